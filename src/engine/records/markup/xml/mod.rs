//! XML by XML's own rules, forgiving where a file breaks them: names and attributes as written, CDATA sections
//! whole, `<a/>` closed, entities that the file declares put in. What is broken is text, and said so.

pub mod entities;
pub mod fields;
pub mod matcher;
pub mod names;
pub mod rules;
pub mod scraped;
pub mod selector;
#[cfg(test)]
mod tests;
pub mod text;
pub mod token;
pub mod tree;
