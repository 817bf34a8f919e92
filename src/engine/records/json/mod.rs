//! What stands in a JSON text: [`tokenizer`] tells its signs, strictly and in pieces of any length, [`scan`] those of a
//! value that is all there; [`strings`] and
//! [`compact`] make text of values; [`fields`] makes named values of a record; [`outline`] sees what repeats in the
//! beginning of a text.

pub mod compact;
pub mod fields;
pub mod outline;
pub mod scan;
pub mod strings;
#[cfg(test)]
mod tests;
pub mod tokenizer;

/// The name of a key: an empty one is written as two quotes, since a column needs a word.
#[must_use]
pub fn name_of(key: &str) -> &str {
    if key.is_empty() { "\"\"" } else { key }
}
