//! Text → records: where each begins and ends ([`split`]), what stands in one ([`markup`]), what its fields
//! are called ([`format`]).
//!
//! [`Records`](reader::Records) reads one source file as a stream; never more than a chunk and a record of it are in memory.

pub mod audit;
pub mod context;
pub mod field_list;
pub mod format;
pub mod json;
pub mod markup;
pub mod reader;
pub mod record;
pub mod signs;
pub mod split;
#[cfg(test)]
mod tests;
