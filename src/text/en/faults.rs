//! Where a text breaks the rules of its notation, in English.

use super::English;
use crate::engine::{Expected, SyntaxFault};
use crate::text::count;
use crate::text::language::{FaultWords, sign};

impl FaultWords for English {
    fn syntax_fault(&self, fault: &SyntaxFault) -> String {
        let found = fault.found.map_or_else(|| "the file ends".to_owned(), |found| format!("{} found", sign(found)));
        let (line, column) = (count(fault.line), count(fault.column));
        format!("line {line}, column {column}: {} expected, {found}", self.expected(fault.expected))
    }

    fn expected(&self, expected: Expected) -> &'static str {
        match expected {
            Expected::Value => "a value",
            Expected::Object => "an object",
            Expected::ValueOrArrayEnd => "a value or ]",
            Expected::Key => "a key in quotes",
            Expected::KeyOrObjectEnd => "a key in quotes or }",
            Expected::Colon => "“:”",
            Expected::CommaOrArrayEnd => "“,” or ]",
            Expected::CommaOrObjectEnd => "“,” or }",
            Expected::Digit => "a digit",
            Expected::Escape => "one of \"\\/bfnrtu",
            Expected::HexDigits => "four hexadecimal digits",
            Expected::Quote => "a closing quote",
            Expected::End => "the end or a further document",
            Expected::LessNesting => "less nesting",
        }
    }

    fn values_outside(&self, outside: u64, all: u64) -> String {
        let share = (outside * 100).div_ceil(all.max(1));
        format!("{} of {} values ({share}%) are outside the records", count(outside), count(all))
    }
}
