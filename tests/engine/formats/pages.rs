//! HTML pages, plain text, JSON lines.

use encoding_rs::EUC_KR;
use sheetmill::engine::NoteKind::{BadBytes, LineUnreadable};
use sheetmill::engine::{Certainty, Columns, EncodingName, FormatKind, Reading, SourceFile, StopToken, inspect};

use super::super::support::bench::{Bench, ran};
use super::{convert, file, record};

#[test]
fn page_is_what_a_reader_sees() {
    let (format, cells, notes) = convert(&file("page.html"));
    assert_eq!(format, FormatKind::HtmlPage);
    assert_eq!(cells[0], ["file", "title", "text"]);
    let text = "홈\n뉴스\n제목\n첫 문단 이어짐.\n둘째 굵은 글\n새 줄\n  그대로\n    들여쓰기\n가\t나\n1\t2";
    assert_eq!(cells[1], ["f", "뉴스 | 오늘", text]);
    assert_eq!(notes, []);
    let bench = Bench::with(&[("f", &file("page.html"))]);
    let mut job = bench.job();
    job.choices.columns = Columns::parse("lang,url,description").expect("columns");
    ran(&job);
    assert_eq!(bench.cells("f.xlsx")[1], ["ko", "https://example.org/1", "요약 & 더"]);
}

#[test]
fn page_of_old_says_its_encoding() {
    let page = "<HTML><HEAD><META http-equiv=\"Content-Type\" content=\"text/html; charset=euc-kr\"><TITLE>글</TITLE>\
        </HEAD><BODY bgcolor=#ffffff><FONT size=2>뷁</FONT><P>둘</BODY></HTML>";
    let bench = Bench::with(&[("f", &EUC_KR.encode(page).0)]);
    let ran = bench.run();
    assert_eq!(ran.report("f").encoding, EncodingName::parse("EUC-KR"));
    assert_eq!(bench.cells("f.xlsx")[1], ["f", "글", "뷁\n둘"]);
}

#[test]
fn plain_text_is_a_record_a_file() {
    let korean = "\r\n옛날 옛적에 <호랑이>가 살았다.\r\n그리고 펲시콜라를 마셨다 & 끝.\r\n";
    let bench = Bench::with(&[("가/cp949.txt", &EUC_KR.encode(&korean.repeat(2)).0), ("utf8", korean.as_bytes())]);
    bench.put("bad", [korean.as_bytes(), b"\xff x\n"].concat());
    let ran = bench.run();
    let lines = korean.replace("\r\n", "\n");
    assert_eq!(bench.cells("가/cp949.txt.xlsx"), [["name", "text"], ["cp949.txt", &lines.repeat(2)]]);
    assert_eq!(bench.cells("utf8.xlsx")[1], ["utf8", &lines]);
    assert_eq!(bench.cells("bad.xlsx")[1], ["bad", &format!("{lines}\u{fffd} x\n")]);
    assert_eq!((ran.notes("utf8"), ran.notes("bad")), (vec![], vec![(BadBytes, 1, 1)]));
    assert_eq!(ran.report("utf8").format, Some(FormatKind::PlainText));
}

#[test]
fn lines_of_json_have_columns_by_all_their_keys() {
    let (format, cells, notes) = convert(&file("lines.jsonl"));
    assert_eq!(format, FormatKind::JsonLines);
    assert_eq!(cells[0], ["_id", "title", "tags", "n", "meta/by", "late", "text"]);
    assert_eq!(cells[1], ["5f0a", "R&amp;B", "가; b", "1.50", "x", "", "줄\n둘"]);
    assert_eq!(record(&cells, 2), [("_id", "5f0b"), ("late", "true"), ("text", "😀")]);
    assert_eq!(notes, [(LineUnreadable, 1)]);
}

/// Another reader (`serde_json`) reads the same lines by itself.
#[test]
fn values_of_json_are_those_that_another_reader_gives() {
    let lines: Vec<serde_json::Value> = (0..200)
        .map(|n| serde_json::json!({"id": n.to_string(), "title": format!("제목 \"{n}\" \\ / \u{1f600}"), "text": "줄\n\t<b>&amp;"}))
        .collect();
    let file = lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    let (_, cells, _) = convert(file.as_bytes());
    assert_eq!(cells.len(), 201);
    for (cells, line) in cells[1..].iter().zip(&lines) {
        let values = ["id", "title", "text"].map(|name| line[name].as_str().expect("a string").to_owned());
        assert_eq!(cells[..], values);
    }
}

#[test]
fn inspection_says_how_sure_it_is() {
    let bench = Bench::with(&[("f", &EUC_KR.encode(&"한국어 위키백과, 우리 모두의 백과사전 ".repeat(9)).0)]);
    let source = SourceFile::at(bench.input.join("f"), "f", 1);
    let look = inspect(&source, &Columns::AUTO, &Reading::default(), 10, &StopToken::default()).expect("text");
    assert_eq!((look.format, look.encoding, look.certainty), (FormatKind::PlainText, "EUC-KR", Certainty::Likely));
    assert_eq!((look.rows.len(), look.is_all), (1, true));
}

#[test]
fn what_repeats_in_a_page_and_in_sentences_is_offered() {
    let offered = |bytes: &[u8]| {
        let bench = Bench::with(&[("f", bytes)]);
        let source = SourceFile::at(bench.input.join("f"), "f", bytes.len() as u64);
        let look = inspect(&source, &Columns::AUTO, &Reading::default(), 5, &StopToken::default()).expect("read");
        look.repeats.into_iter().map(|repeat| format!("{} {}", repeat.path, repeat.count)).collect::<Vec<_>>()
    };
    let page = b"<html><body><div class=post>a</div><div class=post>b</div><table><tr><td>1<tr><td>2</table></body>";
    assert_eq!(offered(page), ["div.post 2", "tr 2"]);
    assert_eq!(offered(b"1\ta\ta\tX\t_\t_\t0\troot\t_\t_\n2\tb\tb\tX\t_\t_\t1\tx\t_\t_\n\n"), ["token 2"]);
}
