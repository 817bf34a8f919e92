//! What stands in a record of elements.

pub mod attributes;
pub mod depth;
pub mod element_names;
pub mod html;
pub mod line_breaks;
pub mod newlines;
pub mod outline;
pub mod start_tag;
#[cfg(test)]
mod tests;
pub mod tidy;
pub mod xml;
