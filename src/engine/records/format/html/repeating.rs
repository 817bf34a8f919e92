//! What repeats in a page: elements by which a person may choose records, `tr`, `div.post`.

use std::collections::HashMap;

use crate::engine::records::markup::element_names::is_inline;
use crate::engine::records::markup::xml::token::{self, Token, Unended};

/// So many are told.
const MOST: usize = 200;
/// Elements that say by their name alone what they are.
const NAMES: &str = " tr li article section dt dd p h1 h2 h3 h4 h5 h6 blockquote details figure table ";

/// Selectors, and how many elements each finds in the beginning of a page, in their order.
#[must_use]
pub fn repeats(head: &str) -> Vec<(String, u64)> {
    let mut found: Vec<(String, u64)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut count = |selector: String| match places.get(&selector) {
        Some(&at) => found[at].1 += 1,
        None if found.len() < MOST => {
            places.insert(selector.clone(), found.len());
            found.push((selector, 1));
        }
        None => {}
    };
    let (mut at, mut unended) = (0, Unended::default());
    while let Some((token, length)) = token::next(&head[at..], true, &mut unended) {
        at += length;
        let Token::Start(start) = token else { continue };
        let name = start.name.to_ascii_lowercase();
        if NAMES.split(' ').any(|known| known == name) {
            count(name.clone());
        }
        if is_inline(&name) || !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            continue;
        }
        let classes = start.attributes().into_iter().find(|(name, _)| name.eq_ignore_ascii_case("class"));
        let classes = classes.map_or("", |(_, value)| value);
        for class in classes.split_ascii_whitespace().filter(|class| is_word(class)) {
            count(format!("{name}.{class}"));
        }
    }
    found.retain(|(_, count)| *count > 1);
    found
}

/// A class that stands in a selector as it is.
fn is_word(class: &str) -> bool {
    let begins = class.starts_with(|char: char| char.is_alphabetic() || char == '_');
    begins && class.chars().all(|char| char.is_alphanumeric() || matches!(char, '_' | '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_that_repeat_are_told_with_their_count() {
        let page = "<html><body class=all><div class='post big'>a<p>x</div><DIV CLASS=post>b</DIV>\
            <div class=\"1st\">c</div><div class=1st>d</div><table><tr><td>1<tr><td>2<tr><td>3</table>";
        let want = [("div.post", 2), ("tr", 3)].map(|(path, count)| (path.to_owned(), count));
        assert_eq!(repeats(page), want);
    }
}
