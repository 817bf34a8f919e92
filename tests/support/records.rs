//! Records as source files hold them.

use std::fmt::Display;

/// A small record as `WikiExtractor` writes them: `id`, the title `t`, the text `x`.
pub fn doc(id: impl Display) -> String {
    format!("<doc id=\"{id}\" title=\"t\">x</doc>\n")
}

/// [`doc`] with another text.
pub fn doc_of(id: impl Display, text: &str) -> String {
    format!("<doc id=\"{id}\" title=\"t\">{text}</doc>\n")
}

/// A record with an address, whose text begins with its title, as `WikiExtractor` has it.
pub fn wiki(id: impl Display, title: &str, body: &str) -> String {
    format!("<doc id=\"{id}\" url=\"https://x/{id}\" title=\"{title}\">\n{title}\n\n{body}\n</doc>\n")
}

/// XML with `records` of two values each, behind a list of `others` of one value that are none of them.
pub fn apart(records: usize, others: usize) -> String {
    let others: String = (0..others).map(|n| format!("<item><k>k{n}</k></item>")).collect();
    let records: String = (0..records).map(|n| format!("<rec><a>{n}</a><b>x</b></rec>\n")).collect();
    format!("<?xml version=\"1.0\"?><root><list>{others}</list>\n{records}</root>\n")
}

/// So many words, no two alike, which hardly compress: 17 characters each.
pub fn words(count: u64) -> String {
    (0..count).map(|n| format!("{:x} ", n.wrapping_mul(0x9e37_79b9_7f4a_7c15))).collect()
}
