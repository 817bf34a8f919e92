//! The words above the cells where a column is several cells wide: further ones are named so that no field of the
//! source can be taken for one of them.

/// The heads of all cells of a row, `first` being each column's own, and a column as many cells wide as `widths` says.
///
/// The further cells of `text` are `text (2)`, `text (3)`, …. Where the file has a field of its own that is called
/// like one of these, whatever its number, all of them have one more pair of parentheses: `text ((2))`.
#[must_use]
pub fn numbered(first: &[String], widths: &[usize]) -> Vec<String> {
    let mut all = Vec::with_capacity(widths.iter().sum());
    for (head, &width) in first.iter().zip(widths) {
        all.push(head.clone());
        if width > 1 {
            let pairs = pairs(head, first);
            let (open, close) = ("(".repeat(pairs), ")".repeat(pairs));
            all.extend((2..=width).map(|number| format!("{head} {open}{number}{close}")));
        }
    }
    all
}

/// How many pairs of parentheses the further columns of `head` need, so that none of these names looks like one.
fn pairs(head: &str, names: &[String]) -> usize {
    let seen = names.iter().filter_map(|name| {
        let rest = name.strip_prefix(head)?.strip_prefix(' ')?;
        let inner = rest.trim_start_matches('(');
        let pairs = rest.len() - inner.len();
        let number = inner.strip_suffix(&*")".repeat(pairs))?;
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        (is_number && pairs > 0).then_some(pairs)
    });
    seen.max().unwrap_or(0) + 1
}
