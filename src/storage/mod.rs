//! The program's own files: written as a whole or not at all, in order, and bounded.

pub mod background_writer;
pub mod log;
pub mod small_file;
