//! What goes in: folders and archives → source files, and each of them → a stream of UTF-8 text.
//!
//! [`scan`] lists, [`open`] opens a file of the disk or a member of an archive as bytes, [`compressed`] takes
//! them out of gzip, bzip2, xz and zstd, [`sniff`], [`encoding`] and [`decode`] make text of them, where need be by
//! what the [`neighbours`] are. Nothing here knows what a record is.

pub mod archive;
pub mod compressed;
pub mod decode;
pub mod encoding;
pub mod inputs;
pub mod neighbours;
pub mod open;
pub mod regular;
pub mod scan;
pub mod sniff;
pub mod source_file;
