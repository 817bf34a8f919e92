//! XML: TEI and Sejong, and any with an element that repeats.

use sheetmill::engine::FormatKind;
use sheetmill::engine::NoteKind::{Comments, Tags, TextOutside};

use super::{convert, file, record};

#[test]
fn items_of_a_feed_are_records() {
    let (format, cells, notes) = convert(&file("rss.xml"));
    assert_eq!(format, FormatKind::Xml);
    let want = [
        ("../../version", "2.0"),
        ("../title", "말뭉치 소식"),
        ("title", "첫 글 & 인사"),
        ("link", "http://example.org/?a=1&b=2"),
        ("guid@isPermaLink", "false"),
        ("guid", "g1"),
        ("pubDate", "Mon, 06 Sep 2021 00:01:00 +0000"),
        ("category", "언어; 말 <뭉치>"),
        ("content:encoded", "<p>하나</p><p>둘</p>"),
    ];
    assert_eq!(record(&cells, 1), want);
    assert_eq!(record(&cells, 2)[6], ("dc:creator", "김"));
    assert_eq!(cells.len(), 3, "what stands in a comment is no record");
    assert_eq!(notes, []);
}

#[test]
fn elements_inside_elements_are_columns_and_running_text_is_text() {
    let (format, cells, notes) = convert(&file("articles.xml"));
    assert_eq!(format, FormatKind::Xml);
    let want = [
        ("id", "a1"),
        ("xml:lang", "ko"),
        ("front/title", "제목 하나"),
        ("front/title/hi@rend", "it"),
        ("front/author@ref", "#kim"),
        ("front/author/name", "김"),
        ("front/author/email", "kim@example.org"),
        ("front/keywords/kw", "형태소; 통사"),
        ("body", "첫 문단.\n둘째 문단."),
    ];
    assert_eq!(record(&cells, 1), want);
    assert_eq!(record(&cells, 2)[6..], [("body", "Words only."), ("note", "late")]);
    assert_eq!(notes, [(Tags, 8)]);
}

#[test]
fn dump_of_a_database_has_its_own_names() {
    let (format, cells, notes) = convert(&file("mysql.xml"));
    assert_eq!(format, FormatKind::Xml);
    assert_eq!(cells[0], ["../../name", "../name", "id", "title", "empty"]);
    assert_eq!(cells[1..], [["d", "posts", "1", "하나", ""], ["d", "posts", "2", "둘", "x"]]);
    assert_eq!(notes, []);
}

#[test]
fn paragraphs_are_no_records() {
    let (format, cells, _) = convert(&file("one_document.xml"));
    assert_eq!(format, FormatKind::Xml);
    assert_eq!(cells, [["year", "head/name", "body"], ["2020", "보고", "하나.\n둘.\n셋."]]);
    // the head of the file ends inside the first text
    let long = "<s>문장입니다.</s>".repeat(20_000);
    let corpus = format!("<corpus><text id=\"1\">{long}</text><text id=\"2\"><s>짧다.</s></text></corpus>");
    let (_, cells, _) = convert(corpus.as_bytes());
    assert_eq!(cells[0][..2], ["id", "text"]);
    assert_eq!((cells.len(), &*cells[2][1]), (3, "짧다."));
    assert_eq!(cells[1][1..].concat().matches("문장입니다.").count(), 20_000);
}

#[test]
fn tei_header_is_a_few_columns_and_the_text_is_in_lines() {
    let (format, cells, notes) = convert(&file("tei_corpus.xml"));
    assert_eq!(format, FormatKind::Tei);
    assert_eq!(cells[0], ["title", "author", "date", "publisher", "header", "id", "TEI@version", "text"]);
    let header = "fileDesc/titleStmt/title@type: main\nfileDesc/titleStmt/title: 봄\nfileDesc/titleStmt/title@type: sub\n\
        fileDesc/titleStmt/title: 노래\nfileDesc/titleStmt/author: 김 아무개\n\
        fileDesc/publicationStmt/publisher: 출판사\nfileDesc/publicationStmt/date@when: 1936\n\
        fileDesc/publicationStmt/idno: K-1\nfileDesc/sourceDesc/bibl/title: 문집\nprofileDesc/langUsage/language@ident: ko\n\
        profileDesc/langUsage/language: 한국어";
    assert_eq!(cells[1][..5], ["봄; 노래", "김 아무개", "1936", "출판사", header]);
    assert_eq!(cells[1][5..], ["t1", "3.3.0", "봄\n산에 산에\n꽃이 피네\n끝.\n정말."]);
    let want = [
        ("title", "Words"),
        ("header", "fileDesc/titleStmt/title: Words"),
        ("id", "t2"),
        ("text", "The cat. A <tag>n"),
    ];
    assert_eq!(record(&cells, 2), want);
    assert_eq!(notes[0], (TextOutside, 6));
}

#[test]
fn sejong_files_are_utf16_with_a_dtd_of_entities() {
    let text = "<!DOCTYPE tei.2 SYSTEM \"c:\\sgml\\dtd\\tei2.dtd\" [\r\n\t<!ENTITY % TEI.corpus \"INCLUDE\">\r\n\t<!ENTITY % \
        TEI.extensions.ent SYSTEM \"sejong1.ent\">\r\n]>\r\n<tei.2>\r\n<teiHeader>\r\n\t<fileDesc>\r\n\t\t<titleStmt>\r\n\
        \t\t\t<title>동아일보, 전자파일</title>\r\n\t\t\t<author>동아일보사</author>\r\n\t\t\t<respStmt>\r\n\
        \t\t\t\t<resp>문헌입력</resp>\r\n\t\t\t\t<name>한국어연구원</name>\r\n\t\t\t</respStmt>\r\n\t\t</titleStmt>\r\n\
        \t\t<publicationStmt>\r\n\t\t\t<idno>BTAA0001.txt</idno>\r\n\t\t</publicationStmt>\r\n\t</fileDesc>\r\n\
        </teiHeader>\r\n<text>\r\n<body>\r\n<head>\r\nBTAA0001-00000001\t프랑스의\t프랑스/NNP + 의/JKG\r\n</head>\r\n<p>\r\n\
        BTAA0001-00000002\t&hellip;\t&hellip;/SE\r\n</p>\r\n</body>\r\n</text>\r\n</tei.2>\r\n";
    let bytes: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (format, cells, notes) = convert(&bytes);
    assert_eq!(format, FormatKind::Tei);
    assert_eq!(cells[0], ["id", "title", "author", "header", "text"]);
    assert_eq!(cells[1][..3], ["BTAA0001.txt", "동아일보, 전자파일", "동아일보사"]);
    assert!(cells[1][3].contains("fileDesc/titleStmt/respStmt/name: 한국어연구원"), "{}", cells[1][3]);
    let lines = "\n\n\nBTAA0001-00000001\t프랑스의\t프랑스/NNP + 의/JKG\n\n\nBTAA0001-00000002\t…\t…/SE\n\n\n";
    assert_eq!(cells[1][4], lines);
    assert_eq!(notes, [(Tags, 6)]);
}

#[test]
fn tei_with_a_prefix_is_tei() {
    let file = "<tei:TEI xmlns:tei=\"http://www.tei-c.org/ns/1.0\"><tei:teiHeader><tei:fileDesc><tei:titleStmt>\
        <tei:title>T</tei:title></tei:titleStmt></tei:fileDesc></tei:teiHeader><tei:text><tei:p>a</tei:p><!-- c -->\
        <tei:p>b</tei:p></tei:text></tei:TEI>";
    let (format, cells, notes) = convert(file.as_bytes());
    assert_eq!(format, FormatKind::Tei);
    assert_eq!(
        record(&cells, 1),
        [("title", "T"), ("header", "tei:fileDesc/tei:titleStmt/tei:title: T"), ("text", "a\nb")]
    );
    assert_eq!(notes, [(Tags, 4), (Comments, 1)]);
}

#[test]
fn paragraphs_of_a_record_are_its_text() {
    let file = "<root><item n=\"1\"><title>T</title><p>하나 <hi>둘</hi></p><p>셋</p></item>\
        <item n=\"2\">some <name>Kim</name>, more</item></root>";
    let (_, cells, _) = convert(file.as_bytes());
    assert_eq!(cells[0], ["n", "title", "text"]);
    assert_eq!(cells[1..], [["1", "T", "하나 둘\n셋"], ["2", "", "some Kim, more"]]);
}
