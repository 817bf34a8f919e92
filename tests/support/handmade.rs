//! A small folder of source files written by hand, and what must stand in their workbooks, written
//! by hand too: HTML's rules for each record alone, never what the program happens to say.

use std::fmt::Write as _;
use std::path::Path;

use super::folder::put;
use super::workbooks::{CELL, cells, names};

/// Korean, as `WikiExtractor` 3 writes it: entities in the title and in the text, a raw `<title>`, a
/// record whose end tag is missing, a value that looks like a formula.
const KOREAN: &str = r#"<doc id="007" url="https://ko.wikipedia.org/wiki?curid=7" title="지미 카터 &amp; &quot;친구&quot;">
지미 카터

x &lt; y &amp; z&nbsp;그리고 &#48;&#x31;.
두 번 적은 &amp;amp; 하나.
</doc>
<doc id="00000000000000000012" url="https://ko.wikipedia.org/wiki?curid=12" title="수학">
앞 <title>안 &amp; 쪽</title> 뒤 3 < 4 <b>굵게</b>
</doc>
<doc id="13" url="https://ko.wikipedia.org/wiki?curid=13" title="끝 표시 없음">
끝 표시가 없다.
<doc id="14" url="https://ko.wikipedia.org/wiki?curid=14" title="=1+1">=1+1</doc>
"#;

/// English, lines ended as Windows does; attributes in another order; nothing in one record.
const ENGLISH: &str = "<doc id=\"1\" url=\"https://en.wikipedia.org/wiki?curid=1\" title=\"Anarchism\">\r\n\
    Anarchism\r\n\r\nCaf&eacute; &copy; 2023 &lt;br&gt;\r\n</doc>\r\n\
    <doc title='AT&T \"Bell\"' id='2'>http://example.org/?a=1&b=2</doc>\r\n\
    <doc id=\"3\" url=\"\" title=\"Empty\"></doc>\r\n";

/// Excel's longest cell twice over and a little more.
fn long_text() -> String {
    "가나다라마바사아자차".repeat(CELL / 5 + 1)
}

/// Writes the source files below `folder`.
pub fn write(folder: &Path) {
    let long = format!(
        "<doc id=\"1\" url=\"\" title=\"짧은 글\">짧다.</doc>\n<doc id=\"2\" url=\"\" title=\"긴 글\">{}</doc>\n",
        long_text()
    );
    for (name, text) in [("AA/wiki_00", KOREAN), ("AA/wiki_01", ENGLISH), ("나라/긴 글.txt", &long)] {
        put(&folder.join(name), text);
    }
}

/// The workbooks that [`write`]'s files become.
pub const WORKBOOKS: [&str; 3] = ["AA/wiki_00.xlsx", "AA/wiki_01.xlsx", "나라/긴 글.txt.xlsx"];

/// Compares every cell of every workbook below `output` and finds nothing else there.
pub fn check(output: &Path) {
    assert_eq!(names(output), WORKBOOKS);
    let korean = [
        ["id", "title", "text"],
        ["007", "지미 카터 & \"친구\"", "\n지미 카터\n\nx < y & z\u{a0}그리고 01.\n두 번 적은 &amp; 하나.\n"],
        ["00000000000000000012", "수학", "\n앞 안 & 쪽 뒤 3 < 4 굵게\n"],
        ["13", "끝 표시 없음", "\n끝 표시가 없다.\n"],
        ["14", "=1+1", "=1+1"],
    ];
    assert_eq!(cells(&output.join(WORKBOOKS[0])), korean, "{}", WORKBOOKS[0]);
    let english = [
        ["id", "title", "text"],
        ["1", "Anarchism", "\nAnarchism\n\nCafé © 2023 <br>\n"],
        ["2", "AT&T \"Bell\"", "http://example.org/?a=1&b=2"],
        ["3", "Empty", ""],
    ];
    assert_eq!(cells(&output.join(WORKBOOKS[1])), english, "{}", WORKBOOKS[1]);

    let long = cells(&output.join(WORKBOOKS[2]));
    assert_eq!(long[0], ["id", "title", "text", "text (2)", "text (3)"]);
    assert_eq!(long[1], ["1", "짧은 글", "짧다.", "", ""]);
    assert_eq!(long[2][..2], ["2", "긴 글"]);
    assert!(long[2][2..].iter().all(|cell| !cell.is_empty() && cell.encode_utf16().count() <= CELL));
    assert!(long[2][2..].concat() == long_text(), "the cells joined are not the text");
    assert_eq!(long.len(), 3);
}

/// Writes `files` source files of `records` records each: about 1.5 kB a record, every one different.
pub fn write_many(folder: &Path, files: usize, records: usize) {
    const WORDS: [&str; 8] = ["나라", "sea", "하늘", "Linguistics", "말뭉치", "river &amp; wood", "사람", "1945년"];
    let mut state = 1_u32;
    for file in 0..files {
        let mut text = String::new();
        for record in 0..records {
            let id = file * records + record;
            let url = "https://ko.wikipedia.org/wiki?curid=";
            let _ = writeln!(text, "<doc id=\"{id}\" url=\"{url}{id}\" title=\"글 {id}\">\n글 {id}\n"); // a string takes all
            for _ in 0..150 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                text += WORDS[state as usize >> 29];
                text += if state & 0xff00 == 0 { ".\n" } else { " " };
            }
            text += "\n</doc>\n";
        }
        put(&folder.join(format!("AA/wiki_{file:03}")), text);
    }
}
