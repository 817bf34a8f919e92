//! The words above a worksheet's columns: cleaned as cells are, and no two the same.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::engine::job::columns::Column;
use crate::engine::output::heads::numbered;
use crate::engine::output::xlsx::cell::Fit;

/// The heads of all columns of a worksheet, a column being as many cells wide as `widths` says.
#[must_use]
pub fn heads(columns: &[Column], widths: &[usize]) -> Vec<String> {
    numbered(&first(columns), widths)
}

/// Each column's first head: its own word without what a cell cannot hold. Where that makes it another's, it is
/// numbered, as columns of a table are whose name stands twice: `name_2`.
fn first(columns: &[Column]) -> Vec<String> {
    let cleaned = |column: &Column| cleaned(column.header()).into_owned();
    let mut heads: Vec<String> = columns.iter().map(cleaned).collect();
    let is_changed = |at: usize, heads: &[String]| heads[at] != columns[at].header();
    if !(0..heads.len()).any(|at| is_changed(at, &heads)) {
        return heads;
    }
    let unchanged = |at: &usize| !is_changed(*at, &heads);
    let mut taken: HashSet<String> = (0..heads.len()).filter(unchanged).map(|at| heads[at].clone()).collect();
    for at in 0..heads.len() {
        if is_changed(at, &heads) {
            let head = &heads[at];
            let numbered = (2..=taken.len() + 2).map(|number| format!("{head}_{number}"));
            let mut names = std::iter::once(head.clone()).chain(numbered);
            let free = names.find(|name| !taken.contains(name)).unwrap_or_default(); // one of these is free
            taken.insert(free.clone());
            heads[at] = free;
        }
    }
    heads
}

/// What a cell of the header holds of a name.
fn cleaned(header: &str) -> Cow<'_, str> {
    let fit = Fit::of(header);
    let piece = fit.pieces(header).next().unwrap_or_default();
    if piece == header { header.into() } else { piece.to_owned().into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heads(names: &[&str], widths: &[usize]) -> Vec<String> {
        let columns: Vec<Column> = names.iter().copied().map(Column::field).collect();
        super::heads(&columns, widths)
    }

    #[test]
    fn further_columns_are_numbered() {
        assert_eq!(heads(&["id", "text"], &[1, 3]), ["id", "text", "text (2)", "text (3)"]);
        assert_eq!(heads(&["text_2", "text"], &[1, 2]), ["text_2", "text", "text (2)"]);
    }

    #[test]
    fn further_column_is_never_called_like_a_field() {
        let field_of_that_name = heads(&["text (7)", "text"], &[1, 3]);
        assert_eq!(field_of_that_name, ["text (7)", "text", "text ((2))", "text ((3))"]);
        let both = heads(&["text (2)", "text ((2))", "text"], &[2, 1, 2]);
        assert_eq!(both, ["text (2)", "text (2) (2)", "text ((2))", "text", "text (((2)))"]);
        let others = heads(&["text ()", "text (x)", "text (2", "text(2)", "texts (2)", "text"], &[1, 1, 1, 1, 1, 2]);
        assert_eq!(others[5..], ["text", "text (2)"]);
    }

    #[test]
    fn heads_are_cleaned_and_stay_apart() {
        let names = ["a\r\nb", "\u{7}bell", "no\u{fffe}", "page\u{c}two"];
        assert_eq!(heads(&names, &[1, 1, 1, 2]), ["a\nb", "bell", "no", "page\ntwo", "page\ntwo (2)"]);
        assert_eq!(heads(&["x\u{1}", "x", "x\u{2}", "x_2"], &[1, 1, 1, 1]), ["x_3", "x", "x_4", "x_2"]);
    }
}
