//! TREC, Gigaword, Reuters-21578, Sogou: records whose fields are elements, without a root.

use encoding_rs::GBK;
use sheetmill::engine::FormatKind;
use sheetmill::engine::NoteKind::{Comments, ControlCharacters, EndTagMissing, StartTagMissing, Tags};

use super::{convert, file, record};

#[test]
fn trec_fields_are_columns_and_the_number_is_the_id() {
    let (format, cells, notes) = convert(&file("trec_ap"));
    assert_eq!(format, FormatKind::Trec);
    assert_eq!(cells[0], ["id", "fileid", "first", "second", "title", "dateline", "text"]);
    let text = "\n   More than 150 former officers of the overthrown South\nVietnamese government have been released & \
        sent home.\n   AT&T said nothing.\n";
    assert_eq!(cells[1][0], "AP880212-0001");
    assert_eq!(cells[1][4], "Reports Former Saigon Officials Released from Re-education Camp");
    assert_eq!(cells[1][6], text);
    assert_eq!(record(&cells, 2), [("id", "doc2"), ("text", "\na bit of text\n")]);
    assert_eq!(notes, []);
}

#[test]
fn texts_keep_their_lines_and_other_fields_only_those_with_words() {
    let (format, cells, notes) = convert(&file("trec_latimes"));
    assert_eq!(format, FormatKind::Trec);
    let want = [
        ("id", "LA010189-0001"),
        ("docid", "1"),
        ("date", "January 1, 1989, Sunday, Home Edition"),
        ("title", "NEW FALLOUT FROM CHERNOBYL;\nMORE CHILDREN ILL"),
        ("type", "Column"),
        ("text", "\n\nFirst line of one paragraph, \nand its second. \n\n\nThe next paragraph. \n\n"),
    ];
    assert_eq!(record(&cells, 1), want);
    assert_eq!(notes, [(Tags, 12)]);
}

#[test]
fn lost_end_tag_inside_a_record_costs_no_text() {
    let (_, cells, notes) = convert(&file("trec_ft"));
    let header = ["id", "profile", "date", "title", "pub", "page", "text"];
    assert_eq!(cells[0], header);
    assert_eq!(cells[1][2..5], ["910514", "FT  14 MAY 91 / Survey of Hungary", "The Financial Times"]);
    assert_eq!(cells[1][6], "\nA survey.\nOf two lines.\n");
    assert_eq!(cells[2][6], "\nThe end tag of this text is lost.\n\nWith a paragraph.\n\n");
    assert_eq!(cells[2][4], "The Financial Times");
    assert_eq!(notes, [(EndTagMissing, 1), (Tags, 2)]);
}

#[test]
fn title_of_a_broadcast_stands_in_its_header() {
    let (_, cells, notes) = convert(&file("trec_fbis"));
    let want = [
        ("id", "FBIS3-1"),
        ("ht", "\"cr00000011094001\""),
        ("h2", "March Reports"),
        ("date1", "1 March 1994"),
        ("title", "FOREIGN MEDIA NOTE"),
        ("header", "Document Type:JPRS"),
        ("text/f@p", "105"),
        ("text", "\nLanguage:   English \nArticle Type:CSO \n\n  Note 23 Dec 93 \n"),
    ];
    assert_eq!(record(&cells, 1), want);
    assert_eq!(notes, [(Tags, 2)]);
}

#[test]
fn page_of_a_web_collection_is_read_as_one() {
    let (format, cells, notes) = convert(&file("trec_web"));
    assert_eq!(format, FormatKind::Trec);
    assert_eq!(cells[0], ["id", "dochdr", "title", "text"]);
    assert_eq!(cells[1][0], "WTX001-B01-1");
    assert_eq!(cells[1][2..], ["A page", "Welcome\nOne\nTwo & three\na\tb\nend"]);
    assert_eq!(cells[2], ["WTX001-B01-2", "\nhttp://www.example.org/2\n", "", "just text"]);
    assert_eq!(notes, [(StartTagMissing, 1)]);
}

#[test]
fn gigaword_stories_have_a_type_a_title_and_a_dateline() {
    let (format, cells, notes) = convert(&file("gigaword"));
    assert_eq!(format, FormatKind::Gigaword);
    assert_eq!(cells[0], ["id", "type", "title", "dateline", "text"]);
    assert_eq!(cells[1][..4], ["AFP_ENG_20020501.0001", "story", "Quake hits Taiwan", "TAIPEI, May 1 (AFP)"]);
    assert_eq!(cells[1][4], "\n\nA quake measuring 5.2 & more\nhit the island.\n\n\nNo one was hurt.\n\n");
    assert_eq!(cells[2], ["AFP_ENG_20020501.0002", "other", "", "", "\nA list without paragraphs.\n"]);
    assert_eq!(notes, [(Tags, 4)]);
}

#[test]
fn reuters_stories_of_every_kind_have_their_id_title_and_text() {
    let (format, cells, notes) = convert(&file("reuters"));
    assert_eq!(format, FormatKind::Reuters);
    let want = [
        ("@topics", "YES"),
        ("lewissplit", "TRAIN"),
        ("cgisplit", "TRAINING-SET"),
        ("oldid", "5544"),
        ("id", "1"),
        ("date", "26-FEB-1987 15:01:01.79"),
        ("topics", "cocoa; sugar"),
        ("places", "el-salvador"),
        ("unknown", " \nC T\n"),
        ("title", "BAHIA COCOA REVIEW"),
        ("dateline", "SALVADOR, Feb 26 -"),
        ("text", "Showers continued <in the zone>.\n    The dry period means 1.05 mln bags.\n Reuter\n"),
    ];
    assert_eq!(record(&cells, 1), want);
    let field = |number: usize, name: &str| {
        let found = record(&cells, number).into_iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.to_owned()).unwrap_or_default()
    };
    assert_eq!(
        ["id", "title", "text"].map(|name| field(2, name)),
        ["2", "", "STANDARD OIL <SRD> TO FORM FINANCIAL UNIT"]
    );
    assert_eq!(
        ["id", "title", "text"].map(|name| field(3, name)),
        ["3", "TEXAS COMMERCE FILES PLAN", "******\nBlah blah blah."]
    );
    assert_eq!(notes, [(ControlCharacters, 3)]);
}

#[test]
fn sogou_news_in_gbk_are_read_with_their_addresses() {
    let news = "<doc>\n<url>http://news.sohu.com/?a=1&copy=2&lt=3</url>\n<docno>f0a1-9913</docno>\n\
        <contenttitle>深圳地铁将设立ＶＩＰ头等车厢　买双倍票可享坐票</contenttitle>\n\
        <content>南都讯　记者刘凡　周昌和　任笑一　继推出日票后，深圳今后将设地铁ＶＩＰ头等车厢</content>\n</doc>\n";
    let news = news.repeat(3);
    let bytes = GBK.encode(&news).0;
    let (format, cells, notes) = convert(&bytes);
    assert_eq!(format, FormatKind::Sogou);
    assert_eq!(cells[0], ["url", "id", "title", "text"]);
    assert_eq!(cells.len(), 4);
    assert_eq!(cells[3][..2], ["http://news.sohu.com/?a=1&copy=2&lt=3", "f0a1-9913"]);
    assert_eq!(cells[3][2], "深圳地铁将设立ＶＩＰ头等车厢　买双倍票可享坐票");
    assert!(cells[3][3].starts_with("南都讯　记者刘凡") && cells[3][3].ends_with("头等车厢"), "{}", cells[3][3]);
    assert_eq!(notes, []);
}

#[test]
fn comments_of_a_record_are_counted() {
    let file = "<DOC>\n<DOCNO> FR1 </DOCNO>\n<TEXT>\n<!-- PJG STAG 4700 -->\n\n<!-- PJG ITAG l=90 -->\n\n<USDEPT>DEPT \
        OF</USDEPT>\n<!-- PJG /ITAG -->\nRules\n</TEXT>\n</DOC>\n";
    let (_, cells, notes) = convert(file.as_bytes());
    assert_eq!(record(&cells, 1), [("id", "FR1"), ("text", "\n\n\n\n\nDEPT OF\n\nRules\n")]);
    assert_eq!(notes, [(Tags, 2), (Comments, 3)]);
}
