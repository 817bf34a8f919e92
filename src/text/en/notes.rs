//! Notes in English.

use super::{English, plural};
use crate::engine::{Expected, NoteKind, SyntaxFault, share};
use crate::text::language::{NoteWords, sign};
use crate::text::{bytes, count};

impl NoteWords for English {
    fn note_kind(&self, kind: NoteKind, places: u64, sum: u64) -> String {
        let one = |one: &str, many: &str| plural(places, one, many);
        let total = |one: &str, many: &str| plural(sum, one, many);
        match kind {
            NoteKind::RecordTooLong => {
                format!("{}, {} left out", one("record is too long", "records are too long"), bytes(sum))
            }
            NoteKind::StartTagBroken => one("start tag never ends, no row", "start tags never end, no rows"),
            NoteKind::LineUnreadable => one("line is not a JSON object, no row", "lines are not JSON objects, no rows"),
            NoteKind::DamagedFromHere if sum == 0 => one("file ends too early", "files end too early"),
            NoteKind::DamagedFromHere => format!("damaged, {} could not be read", bytes(sum)),
            NoteKind::RecordDamaged => one("damaged record, no row", "damaged records, no rows"),
            NoteKind::SyntaxRepaired => one("sign between records repaired", "signs between records repaired"),
            NoteKind::EntityUnknown => format!("{} kept as written", total("unknown entity", "unknown entities")),
            NoteKind::MuchOutside | NoteKind::FewOutside | NoteKind::ValuesOutside => {
                format!("{} outside records left out", total("value", "values"))
            }
            NoteKind::HalfCharacters => total("half character became U+FFFD", "half characters became U+FFFD"),
            NoteKind::NameCut => total("name too long for a column, cut", "names too long for a column, cut"),
            NoteKind::NameCleaned => {
                format!("{} cleaned of what Excel can't hold", total("column name", "column names"))
            }
            NoteKind::ValuesTogether => format!("too many fields: {} together in “rest”", total("value", "values")),
            NoteKind::ValueIsText => {
                format!("{} not of the column's kind, kept as text", total("value is", "values are"))
            }
            NoteKind::ColumnIsText => {
                format!("{} not of the column's kind, so the column is text", total("value is", "values are"))
            }
            NoteKind::EnclosingLeftOut => {
                format!("{} of what encloses records not in a column", total("value", "values"))
            }
            NoteKind::BodyNotText => {
                format!("{}, {} left out", one("content is not text", "contents are not text"), bytes(sum))
            }
            NoteKind::RecordCutOff => {
                format!("{}, {} missing", one("record is cut off", "records are cut off"), bytes(sum))
            }
            NoteKind::LengthWrong => one("record has a wrong length", "records have a wrong length"),
            NoteKind::QuoteBroken => {
                one("row with a faulty quote, kept as text", "rows with faulty quotes, kept as text")
            }
            NoteKind::CellsUneven => {
                one("row whose cells are not as many as the columns", "rows whose cells are not as many as the columns")
            }
            NoteKind::RecordDivided => one("long sentence divided over rows", "long sentences divided over rows"),
            NoteKind::TextOutside => format!("{} of text outside records left out", bytes(sum)),
            NoteKind::EncodingUnsure => one("uncertain encoding", "uncertain encodings"),
            NoteKind::BadBytes => {
                total("unreadable byte sequence became U+FFFD", "unreadable byte sequences became U+FFFD")
            }
            NoteKind::ControlCharacters => {
                format!("{} that Excel can't hold left out", total("control character", "control characters"))
            }
            NoteKind::NoCharacters => {
                format!("{} (U+FFFE, U+FFFF) left out", total("noncharacter", "noncharacters"))
            }
            NoteKind::BreaksReplaced => total("page break became a line break", "page breaks became line breaks"),
            NoteKind::RecordEmpty => one("record without a field, empty row", "records without a field, empty rows"),
            NoteKind::ProseTags => format!("{} left out, may be text", total("tag", "tags")),
            NoteKind::EndTagMissing => one("record has no end tag", "records have no end tag"),
            NoteKind::EndTagInside => one("text holds an end tag", "texts hold an end tag"),
            NoteKind::EndTagStray => one("end tag without a start", "end tags without a start"),
            NoteKind::StartTagMissing => one("start tag inside a record missing", "start tags inside records missing"),
            NoteKind::StartTagInside => one("start tag inside a text", "start tags inside texts"),
            NoteKind::StartTagRepaired => one("start tag repaired", "start tags repaired"),
            NoteKind::FilterColumnEmpty => one(
                "column of a filter for which no record has a value",
                "columns of filters for which no record has a value",
            ),
            NoteKind::AttributeMissing => one("value missing in the source", "values missing in the source"),
            NoteKind::BrokenMarkup => {
                format!("{} kept as text", total("bit of broken markup", "bits of broken markup"))
            }
            NoteKind::TooMuchMarkup => one(
                "record has too much markup, its tags were taken out",
                "records have too much markup, their tags were taken out",
            ),
            NoteKind::CellsGuarded => {
                format!("{} kept from being formulas by an apostrophe", total("cell", "cells"))
            }
            NoteKind::LongField => one("long value split over columns", "long values split over columns"),
            NoteKind::Replaced => "a file that was not this source's was replaced".into(),
            NoteKind::FurtherWorksheet => one("further worksheet", "further worksheets"),
            NoteKind::Tags => format!("{} left out", total("tag", "tags")),
            NoteKind::Comments => format!("{} left out", total("comment", "comments")),
        }
    }

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
        let share = share(outside, all);
        format!("{} of {} values ({share}) are outside the records", count(outside), count(all))
    }

    fn share_outside(&self, outside: u64, all: u64) -> String {
        format!("{} of the values are outside the records", share(outside, all))
    }

    fn line(&self, line: u64) -> String {
        format!("line {}", count(line))
    }
}
