//! (to come)
pub mod sample;
