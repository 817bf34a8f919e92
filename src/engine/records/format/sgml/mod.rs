//! SGML collections whose element names people know by heart.

pub mod europarl;
pub mod gigaword;
pub mod reuters;
pub mod sogou;
pub mod topics;
pub mod trec;
