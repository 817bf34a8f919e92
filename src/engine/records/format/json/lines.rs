//! JSON lines: one object a line, as WikiExtractor writes with `--json`. Values are what they are in JSON documents.

use super::{of_wikiextractor, record};
use crate::engine::error::Halt;
use crate::engine::error::syntax::{Expected, SyntaxFault};
use crate::engine::job::reading::FormatKind;
use crate::engine::notes::{Note, NoteKind};
use crate::engine::records::context::Context;
use crate::engine::records::format::{Format, Head};
use crate::engine::records::json::scan::scan;
use crate::engine::records::json::tokenizer::{Kind, Pause, Token, Tokenizer};
use crate::engine::records::record::Record;
use crate::engine::records::split::Cut;
use crate::engine::records::split::raw_record::RawRecord;

pub struct JsonLines;

impl Format for JsonLines {
    fn kind(&self) -> FormatKind {
        FormatKind::JsonLines
    }

    /// One of the first lines is an object, and another line begins as one: a single object is a document.
    fn recognise(&self, head: &Head) -> Option<Cut> {
        if !head.begin().starts_with('{') {
            return None;
        }
        let mut lines = head.begin().lines().filter(|line| !line.trim().is_empty()).take(3).peekable();
        let begin = lines.clone().filter(|line| line.trim_start().starts_with('{')).count();
        let is_document = lines.peek().is_some_and(|first| fault(first, &mut Vec::new()).is_some()) && goes_on(head);
        (begin > 1 && !is_document && lines.any(is_object)).then_some(Cut::Lines)
    }

    fn cut(&self, _: &Head) -> Option<Cut> {
        Some(Cut::Lines)
    }

    fn read(&self, raw: &mut RawRecord, context: &mut Context) -> Result<Option<Record>, Halt> {
        let Some((at, expected)) = fault(&raw.body, &mut raw.tokens) else { return Ok(Some(record(raw, context))) };
        let what = raw.body.chars().take(60).collect();
        let column = 1 + raw.body[..at].chars().count() as u64;
        let fault = SyntaxFault { line: raw.line, column, expected, found: raw.body[at..].chars().next() };
        let note = Note::at(NoteKind::LineUnreadable, raw.line, "", 1);
        context.notes.add(Note { what, fault: Some(fault), ..note });
        Ok(None)
    }

    fn columns(&self, found: &[String]) -> Option<&'static [&'static str]> {
        of_wikiextractor(found)
    }
}

/// The line is one object.
#[must_use]
pub fn is_object(line: &str) -> bool {
    fault(line, &mut Vec::new()).is_none()
}

/// The text goes on as JSON from line to line.
fn goes_on(head: &Head) -> bool {
    let mut tokens = Tokenizer::default();
    loop {
        match tokens.next(head.begin().as_bytes(), head.is_all) {
            Ok(token) if token.kind == Kind::End => return true,
            Ok(_) => {}
            Err(pause) => return pause == Pause::More,
        }
    }
}

/// Where a line is no single object, and what was expected there; of one that is, its tokens unless there are many.
fn fault(line: &str, kept: &mut Vec<Token>) -> Option<(usize, Expected)> {
    let line = line.as_bytes();
    if scan(line, kept) == Some(line.len()) && line[0] == b'{' {
        return None;
    }
    kept.clear();
    let mut tokens = Tokenizer::default();
    match tokens.next(line, true) {
        Ok(token) if token.kind == Kind::OpenObject => {}
        Ok(token) => return Some((token.start, Expected::Object)),
        Err(Pause::Fault(at, _)) => return Some((at, Expected::Object)),
        Err(Pause::More) => return Some((line.len(), Expected::Object)),
    }
    let mut is_open = true;
    loop {
        match tokens.next(line, true) {
            Ok(token) if token.kind == Kind::End => return None,
            Ok(token) if !is_open => return Some((token.start, Expected::End)),
            Ok(_) => is_open = tokens.depth() > 0,
            Err(Pause::Fault(at, expected)) => return Some((at, expected)),
            Err(Pause::More) => return Some((line.len(), Expected::End)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recognised(text: &str, is_all: bool) -> Option<Cut> {
        JsonLines.recognise(&Head::new(text, is_all))
    }

    #[test]
    fn json_lines_are_objects_on_lines_of_their_own() {
        assert_eq!(recognised("{\"id\": 1}\n{\"id\": 2}\n", true), Some(Cut::Lines));
        assert_eq!(recognised("\u{feff}{\"id\": 1}\r\n\r\n{\"id\": \"2", true), Some(Cut::Lines));
        assert_eq!(recognised("{\"id\" 1}\n{\"id\": 2}", true), Some(Cut::Lines));
        for other in [
            "",
            "{",
            "{\"id\": 1}\n",
            "{\n\"a\": 1}\n{\n\"a\": 2}\n",
            "{\"data\": [\n{\"id\": 1},\n{\"id\": 2}\n]}",
            "{{cite}}\n<doc id=\"1\">",
            "[{\"id\": 1}]",
            "<doc>{\"id\": 1}",
        ] {
            assert_eq!(recognised(other, true), None, "{other}");
        }
    }

    #[test]
    fn json_line_that_is_no_object_is_told_with_its_place() {
        assert_eq!(fault("{\"id\": NaN, \"t\": \"a\tb\"} ", &mut Vec::new()), None);
        assert_eq!(fault("[3]", &mut Vec::new()), Some((0, Expected::Object)));
        assert_eq!(fault("{\"id\": \"2", &mut Vec::new()), Some((9, Expected::Quote)));
        assert_eq!(fault("{\"id\": 1} {}", &mut Vec::new()), Some((10, Expected::End)));
        assert_eq!(fault("{\"id\" 1}", &mut Vec::new()), Some((6, Expected::Colon)));
    }
}
