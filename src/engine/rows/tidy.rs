//! What a column's options do to its values: spaces, blank lines, a title that the text repeats, marks of lists.

use std::borrow::Cow;

use crate::engine::job::columns::Options;
use crate::engine::records::reader;

/// A value as a column's options ask for it; `title` is its record's.
#[must_use]
pub fn shaped<'r>(mut value: Cow<'r, str>, options: &Options, title: &str) -> Cow<'r, str> {
    if options.decode_again && value.contains('&') {
        value = reader::decode_again(&value).into();
    }
    if options.drop_title {
        value = part(value, |value| without_title(value, title));
    }
    if options.drop_list_marks {
        value = without_list_marks(&value).into();
    }
    if options.collapse_blank_lines {
        value = with_single_blank_lines(&value).into();
    }
    if options.trim {
        value = part(value, str::trim);
    }
    value
}

/// A part of a value.
fn part<'r>(value: Cow<'r, str>, find: impl for<'a> Fn(&'a str) -> &'a str) -> Cow<'r, str> {
    match value {
        Cow::Borrowed(value) => Cow::Borrowed(find(value)),
        Cow::Owned(value) => Cow::Owned(find(&value).to_owned()),
    }
}

/// Without its first line that is not blank, where that repeats the title.
fn without_title<'a>(value: &'a str, title: &str) -> &'a str {
    let begin = value.trim_start();
    let (first, rest) = begin.split_once('\n').unwrap_or((begin, ""));
    let same = !title.is_empty() && first.trim().trim_end_matches('.') == title.trim().trim_end_matches('.');
    if same { rest.trim_start_matches(['\n', '\r']) } else { value }
}

/// WikiExtractor's marks of list items and headings.
fn without_list_marks(value: &str) -> String {
    let lines = value.split('\n').map(|line| {
        let marked = line.strip_prefix("BULLET::::").or_else(|| line.strip_prefix("Section::::"));
        marked.map_or(line, |rest| rest.trim_start_matches(['-', '*', ':', ' ']))
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn with_single_blank_lines(value: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in value.split('\n') {
        let blank = line.trim().is_empty();
        if !(blank && lines.last().is_some_and(|last| last.trim().is_empty())) {
            lines.push(line);
        }
    }
    lines.join("\n")
}
