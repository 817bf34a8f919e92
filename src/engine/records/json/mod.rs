//! What stands in a JSON text: [`tokenizer`] tells its signs, strictly and in pieces of any length; [`strings`] and
//! [`compact`] make text of values; [`fields`] makes named values of a record; [`outline`] sees what repeats in the
//! beginning of a text.

pub mod compact;
pub mod fields;
pub mod outline;
pub mod strings;
#[cfg(test)]
mod tests;
pub mod tokenizer;

/// The name of a key: an empty one is written as two quotes, since a column needs a word.
#[must_use]
pub fn name_of(key: &str) -> &str {
    if key.is_empty() { "\"\"" } else { key }
}

/// True for the name of a field by which an object is known from others: `id`, `doc_id`, `documentId`, `title`. Only
/// such ones of what encloses records are columns unless a person asks for more.
#[must_use]
pub fn identifies(name: &str) -> bool {
    const NAMES: [&str; 12] =
        ["id", "title", "name", "docid", "docno", "uid", "guid", "uuid", "pmid", "doi", "isbn", "headline"];
    let name = name.rsplit('/').next().unwrap_or(name);
    NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
        || ["_id", "-id", "Id", "ID", "_title"].iter().any(|end| name.ends_with(end))
}
