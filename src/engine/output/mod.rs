//! Rows → finished files.

pub mod claims;
pub mod target;
pub mod xlsx;
