//! What a finished file holds other than it should: values, which each language says in its own words.

use serde::{Deserialize, Serialize};

/// The first thing in which what was read back is not what was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Difference {
    /// More rows or fewer.
    #[error("{found} rows, {written} written")]
    Rows {
        /// Read back.
        found: u64,
        /// As they were made.
        written: u64,
    },
    /// Another word over a column.
    #[error("the column {found:?}, {written:?} written")]
    Head {
        /// Read back.
        found: String,
        /// As it was made.
        written: String,
    },
    /// More columns or fewer.
    #[error("{found} columns, {written} written")]
    Columns {
        /// Read back.
        found: usize,
        /// As they were made.
        written: usize,
    },
    /// Rows and columns are the same, what stands in the cells is not.
    #[error("other cells")]
    Cells,
    /// Something stands there that is no file.
    #[error("no file")]
    NoFile,
    /// It can't be read to its end as a file of its form, in the words of who reads it.
    #[error("not whole: {0}")]
    NotWhole(String),
}

impl Difference {
    /// The first difference between two headers.
    #[must_use]
    pub fn of_heads(found: &[String], written: &[String]) -> Option<Self> {
        if let Some((found, written)) = found.iter().zip(written).find(|(found, written)| found != written) {
            return Some(Self::Head { found: found.clone(), written: written.clone() });
        }
        let (found, written) = (found.len(), written.len());
        (found != written).then_some(Self::Columns { found, written })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_differ_in_their_first_other_word_or_in_their_number() {
        let heads = |heads: &[&str]| heads.iter().map(|head| (*head).to_owned()).collect::<Vec<_>>();
        let of = |found: &[&str], written: &[&str]| Difference::of_heads(&heads(found), &heads(written));
        assert_eq!(of(&["id", "text"], &["id", "text"]), None);
        let head = Difference::Head { found: "titel".into(), written: "title".into() };
        assert_eq!(of(&["id", "titel"], &["id", "title", "text"]), Some(head));
        assert_eq!(of(&["id"], &["id", "text"]), Some(Difference::Columns { found: 1, written: 2 }));
    }
}
