//! Which elements are the records, and what becomes of everything that stands in and around them: files after those
//! that people reported, expected rows by hand.

use sheetmill::engine::NoteKind::{EntityUnknown, HalfCharacters, MuchOutside, TextOutside};
use sheetmill::engine::{Cause, Columns, FormatKind, Outcome, Reading, RecordSelector, SourceFile, StopToken, inspect};

use super::super::support::bench::{Bench, ran};
use super::super::support::records::apart;
use super::super::support::workbooks::rows;
use super::{convert, file, record};

fn cells(name: &str) -> Vec<Vec<String>> {
    convert(&file(&format!("trees/{name}"))).1
}

#[test]
fn attributes_of_inner_elements_are_fields_and_pairs_of_name_and_value_too() {
    let want: &[&[&str]] =
        &[&["lemma", "sense@n", "sense/gloss"], &["여울", "1", "물살이 빠른 곳"], &["둑", "1", "물을 막는 곳"]];
    assert_eq!(cells("dictionary.xml"), rows(want));
    let want: &[&[&str]] = &[&["key", "KEY", "OwnerId"], &["1", "A", "x"], &["2", "B", "y"]];
    assert_eq!(cells("letters_of_names.xml"), rows(want), "names in the letters of the source");
    let want: &[&[&str]] = &[
        &["d:title@xml:lang", "d:title", "m:object@ref"],
        &["de; en", "Eins; One", "http://y.example/1.png"],
        &["en", "Two", "http://y.example/2.png"],
    ];
    assert_eq!(cells("languages.xml"), rows(want));
    let all = cells("channels.xml");
    assert_eq!(record(&all, 1)[2], ("Sum", "40"));
    let column = |name: &str| all[0].iter().position(|known| known == name).expect(name);
    assert_eq!(["Sum", "Up", "Lost"].map(|name| &*all[2][column(name)]), ["41", "", "1 %"]);
}

#[test]
fn values_of_a_group_keep_their_places() {
    let want: &[&[&str]] =
        &[&["no", "author/family", "author/given"], &["7", "Ga; Na; Da", "X; ; Z"], &["8", "Ra", "W"]];
    assert_eq!(cells("people_of_a_paper.xml"), rows(want));
}

#[test]
fn tmx_has_a_column_a_language() {
    let all = cells("translations.tmx");
    assert_eq!(record(&all, 1), [("ko", "비; 눈."), ("fr", "Pluie; neige.")]);
    assert_eq!(record(&all, 2), [("fr", "Vent.")]);
}

#[test]
fn a_file_that_declares_xml_is_read_by_its_rules_whatever_its_tags_are_called() {
    let (format, all, notes) = convert(&file("trees/upper_case.xml"));
    assert_eq!(format, FormatKind::Xml);
    let want: &[&[&str]] = &[&["DOCNO", "TITLE", "TEXT"], &["P-1", "Salt & pepper", "One."], &["P-2", "Wood", "Two."]];
    assert_eq!((all, notes), (rows(want), vec![]));
}

#[test]
fn in_xml_names_of_htmls_elements_are_names_like_any_others() {
    let want: &[&[&str]] = &[&["name", "b", "s", "b@nil"], &["K", "1991", "f", ""], &["L", "", "m", "true"]];
    assert_eq!(cells("inline_names.xml"), rows(want));
    let (_, all, _) = convert(b"<rows>\n<i v=\"1\"/>\n<i v=\"2\"/>\n</rows>");
    assert_eq!(all, rows(&[&["v"], &["1"], &["2"]]));
    let (_, all, _) = convert(b"<?xml version=\"1.0\"?><data>\n<s id=\"1\">one</s>\n<s id=\"2\">two</s>\n</data>");
    assert_eq!(all, rows(&[&["id", "text"], &["1", "one"], &["2", "two"]]));
}

#[test]
fn mixed_content_gets_no_breaks_and_words_get_a_space() {
    let want: &[&[&str]] =
        &[&["no", "aff"], &["1", "Long House, Hill Street, Elsewhere"], &["2", "Low House, Ford Street, Elsewhere"]];
    assert_eq!(cells("addresses.xml"), rows(want));
    let all = cells("subtitles.xml");
    assert_eq!(all[0], ["../id", "id", "time@id", "time@value", "w@id", "text"]);
    assert_eq!(all[1], ["44", "1", "T1S", "00:00:02,500", "1.1; 1.2", "Who ?"]);
    assert_eq!(all[3], ["44", "3", "", "", "3.1", "Ah"]);
}

#[test]
fn siblings_in_turn_are_one_record() {
    let want: &[&[&str]] = &[&["date", "post"], &["1 May", "Rain all day."], &["2 May", "Sun at last."]];
    assert_eq!(cells("diary.xml"), rows(want));
}

#[test]
fn kinds_side_by_side_are_records_all_and_a_column_tells_them_apart() {
    let all = cells("health.xml");
    assert_eq!(all.len(), 7);
    let first = [
        ("../owner", "m"),
        ("../exported@on", "2023-11-05"),
        ("element", "sample"),
        ("kind", "pace"),
        ("value", "0099"),
        ("place", "Busan"),
        ("wrist", "left"),
    ];
    assert_eq!(record(&all, 1), first);
    assert_eq!(record(&all, 5)[2..], [("element", "ride"), ("kind", "bike"), ("km", "7.0")]);
    assert_eq!(record(&all, 6)[2..], [("element", "sum"), ("date", "2023-11-04"), ("slept", "8")]);
    let all = cells("bibliography.xml");
    assert_eq!(
        all.iter().map(|row| &*row[0]).collect::<Vec<_>>(),
        ["element", "thesis", "article", "article", "talk", "talk"]
    );
    let want = [
        ("element", "article"),
        ("key", "r1"),
        ("author", "Mü; Q"),
        ("year", "2011"),
        ("author@orcid", "0000-7; "),
        ("title", "CO2 now"),
    ];
    assert_eq!(record(&all, 2), want);
    let all = cells("strings.xml");
    assert_eq!(record(&all, 1), [("element", "string"), ("name", "hi"), ("text", "Hello from Ferry!")]);
    assert_eq!(record(&all, 4), [("element", "string-array"), ("name", "ports"), ("item", "East; West")]);
}

#[test]
fn what_encloses_a_record_comes_along() {
    let (_, all, notes) = convert(&file("trees/hosts.xml"));
    let want = [
        ("../../name", "q"),
        ("../name", "a1"),
        ("../Facts/kernel", "Linux"),
        ("../Facts/fqdn", "a1.example"),
        ("port", "25"),
        ("plugin", "12"),
        ("sev", "2"),
        ("risk", "High"),
        ("what", "beta"),
        ("ref", "P; Q"),
    ];
    assert_eq!(record(&all, 2), want);
    assert_eq!((all.len(), &*all[3][1], &*all[3][3]), (4, "a2", ""));
    assert_eq!(notes, [(MuchOutside, 4)]);
    let all = cells("suites.xml");
    let names = |number: usize| {
        let all = record(&all, number);
        let of = |name: &str| all.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| *value).to_owned();
        [of("name"), of("../name"), of("../../name"), of("summary")]
    };
    assert_eq!(names(1), ["opens", "menu", "", "if x<y && z>w then stop"]);
    assert_eq!(names(2), ["shuts", "inner", "menu", "<p>yes</p>"]);
    assert_eq!(names(3), ["pdf", "print", "", "q"]);
}

#[test]
fn a_record_may_have_the_name_of_what_holds_it() {
    let want: &[&[&str]] = &[
        &["../page", "../total", "y:key@id", "y:key", "y:year"],
        &["2", "9", "c", "Plum", "1999"],
        &["2", "9", "d", "Fig", "1998"],
    ];
    assert_eq!(cells("nodes.xml"), rows(want));
}

#[test]
fn one_page_of_an_export_is_the_record() {
    let (_, all, _) = convert(&file("trees/wiki_page.xml"));
    let want: &[&[&str]] = &[
        &["title", "id", "revision/id", "revision/text"],
        &["Ford", "31", "32", "A shallow place where a river is crossed on foot."],
    ];
    assert_eq!(all, rows(want));
    let (_, all, _) = convert(b"<?xml version=\"1.0\"?><settings><a>1</a></settings>");
    assert_eq!(all, rows(&[&["a"], &["1"]]), "where nothing repeats, the document is the record");
}

#[test]
fn entities_of_the_file_are_put_in_and_those_of_other_files_named() {
    let (_, all, notes) = convert(&file("trees/own_entities.xml"));
    assert_eq!(all[0], ["b:no", "xml:lang", "payer", "line@sku", "line@qty", "line", "memo"]);
    assert_eq!(all[1], ["3", "ko", "Seoul Paper & Ink", "K1; K2", "4; 9", "붓; 먹", "x < y & z"]);
    assert_eq!(all[2], ["4", "", "&far;", "K3", "1", "벼루", ""]);
    assert_eq!(notes, [(EntityUnknown, 1)]);
}

#[test]
fn halves_of_a_character_are_joined_or_named() {
    let (_, all, notes) = convert(&file("trees/half_characters.xml"));
    let bodies: Vec<&str> = all[1..].iter().map(|row| &*row[1]).collect();
    assert_eq!((bodies, notes), (vec!["😀 ok", "😀 ok", "broken \u{fffd} one"], vec![(HalfCharacters, 1)]));
}

#[test]
fn several_documents_in_one_file_are_read_and_lines_before_them_named() {
    let (format, all, notes) = convert(&file("trees/glued.xml"));
    assert_eq!(format, FormatKind::Xml);
    let want: &[&[&str]] = &[
        &["System/Provider@Name", "System/EventID", "EventData/Who", "EventData/How", "EventData/Part"],
        &["P", "11", "m", "2", ""],
        &["Q", "12", "", "", "t"],
    ];
    assert_eq!((all, notes), (rows(want), vec![(TextOutside, 12)]));
}

#[test]
fn a_folders_files_have_one_shape() {
    let bench = Bench::with(&[]);
    for name in ["marks/one.xml", "marks/two.xml"] {
        bench.put(name, file(&format!("trees/{name}")));
    }
    ran(&bench.job());
    let head = ["../seen", "../name", "../size/w", "../size/h", "what", "box/x", "box/y"];
    let one: &[&[&str]] = &[&head, &["no", "a.png", "10", "20", "boat", "1", "2"]];
    assert_eq!(bench.cells("marks/one.xml.xlsx"), rows(one));
    assert_eq!(bench.cells("marks/two.xml.xlsx")[2], ["no", "b.png", "30", "40", "pier", "5", "6"]);
}

#[test]
fn an_answer_without_records_is_no_failure() {
    let bench = Bench::with(&[]);
    for name in ["1-three.xml", "2-one.xml", "3-none.xml", "4-refused.xml"] {
        bench.put(name, file(&format!("trees/answers/{name}")));
    }
    let ran = ran(&bench.job());
    let three = bench.cells("1-three.xml.xlsx");
    let one = bench.cells("2-one.xml.xlsx");
    assert_eq!(three[0], one[0]);
    assert_eq!((three.len(), &one[1][2..]), (4, &rows(&[&["s", "8"]])[0][..]));
    assert!(matches!(ran.report("3-none.xml").outcome, Outcome::NotRecognised(_)));
    assert_eq!(ran.summary().failed, 0);
    let refused = ran.report("4-refused.xml");
    let Outcome::NotRecognised(error) = &refused.outcome else { panic!("{refused:?}") };
    assert!(matches!(&error.cause, Cause::Refusal(said) if said == "TOO MANY CALLS (22)"), "{error:?}");
    assert!(!bench.outputs().iter().any(|name| name.contains("refused")));
}

#[test]
fn an_answer_that_is_no_data_is_told_by_its_message_where_its_folder_holds_others() {
    let service = "<OpenAPI_ServiceResponse><cmmMsgHeader><errMsg>SERVICE ERROR</errMsg><returnAuthMsg>등록되지 않은 \
                   키</returnAuthMsg><returnReasonCode>30</returnReasonCode></cmmMsgHeader></OpenAPI_ServiceResponse>";
    let of_city = "<RESULT><CODE>INFO-200</CODE><MESSAGE><![CDATA[해당하는\n 데이터가 없습니다.]]></MESSAGE></RESULT>";
    for (answer, said) in [
        (service, "등록되지 않은 키 (30)"),
        (of_city, "해당하는 데이터가 없습니다. (INFO-200)"),
        ("<Error><Code>AccessDenied</Code><Message>No</Message><HostId>x</HostId></Error>", "No (AccessDenied)"),
        ("<errors>down</errors>", "down"),
    ] {
        let bench = Bench::with(&[]);
        bench.put("a.xml", file("trees/answers/1-three.xml"));
        bench.put("b.xml", answer);
        let ran = ran(&bench.job());
        let report = ran.report("b.xml");
        let Outcome::NotRecognised(error) = &report.outcome else { panic!("{answer}: {report:?}") };
        assert!(matches!(&error.cause, Cause::Refusal(found) if found == said), "{answer}: {error:?}");
    }
    // whoever keeps such documents has records of them, and so has who asks for one
    let bench = Bench::with(&[]);
    for name in ["a.xml", "b.xml"] {
        bench.put(name, "<error><code>5</code><message>m</message></error>");
    }
    ran(&bench.job());
    assert_eq!(bench.cells("b.xml.xlsx"), rows(&[&["code", "message"], &["5", "m"]]));
    // and what only looks like one is data: alone in its folder, or with other names
    for (text, head) in [
        ("<product><code>5</code><description>a mill</description></product>", ["code", "description"]),
        ("<defaults><code>5</code><size>7</size></defaults>", ["code", "size"]),
    ] {
        let bench = Bench::with(&[]);
        bench.put("a.xml", text);
        ran(&bench.job());
        assert_eq!(bench.cells("a.xml.xlsx")[0], head);
    }
    let bench = Bench::with(&[]);
    bench.put("a.xml", "<error><code>5</code><message>m</message></error>");
    let mut job = bench.job();
    job.choices.reading.record = RecordSelector::parse("error");
    ran(&job);
    assert_eq!(bench.cells("a.xml.xlsx"), rows(&[&["code", "message"], &["5", "m"]]));
}

#[test]
fn sgml_fields_without_end_tags_end_where_the_next_begin() {
    let (format, all, notes) = convert(&file("trees/topics"));
    assert_eq!(format, FormatKind::TrecTopics);
    let want: &[&[&str]] = &[
        &["num", "title", "desc", "narr"],
        &["77", "Ferry Fares", "Which ports charge?", "Name the port."],
        &["78", "Snow Roads", "Which roads close?", "Any road."],
    ];
    assert_eq!((all, notes), (rows(want), vec![]));
    let (format, all, _) = convert(&file("trees/speakers"));
    assert_eq!(format, FormatKind::Europarl);
    let want: &[&[&str]] = &[
        &["chapter", "chapter_title", "id", "name", "language", "text"],
        &["4", "Votes", "9", "President", "", "We vote.\nThe vote is closed."],
        &["4", "Votes", "10", "Prova, C", "IT", "I object."],
        &["5", "Closing", "11", "Koe, D", "FI", "Good night."],
    ];
    assert_eq!(all, rows(want));
}

#[test]
fn a_page_that_is_nothing_but_a_table_is_its_rows() {
    let want: &[&[&str]] = &[&["Nr", "Who", "Room"], &["0071", "Lee", "B2"], &["0072", "up\ndown", "B2"]];
    assert_eq!(cells("table.xls"), rows(want));
    assert_eq!(cells("table_in_div.xls"), rows(&[&["Day", "Paid"], &["03/04", "1,500.00"]]));
    assert_eq!(cells("table.html")[1], ["f", "점수", "반\t점\n1\t90\n2\t85"]);
}

#[test]
fn look_counts_what_stands_outside_in_all_of_the_beginning_and_knows_what_was_taken() {
    let look = |text: &str, record: Option<&str>| {
        let bench = Bench::with(&[("f", text.as_bytes())]);
        let source = SourceFile::at(bench.input.join("f"), "f", text.len() as u64);
        let reading = Reading { record: record.and_then(RecordSelector::parse), ..Reading::default() };
        inspect(&source, &Columns::AUTO, &reading, 5, &StopToken::default()).expect("XML")
    };
    let few = look(&apart(13, 4), None);
    assert_eq!((few.outside, few.taken.as_deref()), ((4, 30), Some("root/rec")), "not of the first five alone");
    let many = look(&apart(500, 4), None);
    assert_eq!((many.outside.0, many.taken.as_deref()), (4, Some("root/rec")), "a long head is no warning");
    let items = look(&apart(13, 4), Some("item"));
    assert_eq!((items.outside, items.taken.as_deref()), ((26, 30), Some("root/list/item")));
    let page = "<html><head><title>t</title></head><body><p>a</p><p>b</p><div>1</div><div>2</div></body></html>";
    assert_eq!(look(page, Some("html/body/div")).outside, (0, 0), "of a page nobody expects it");
}

#[test]
fn look_names_the_fields_that_no_column_takes() {
    let left_out = |columns: &str| {
        let text = "<doc id=\"1\" url=\"u\" title=\"t\" revid=\"3\">\nx\n</doc>\n";
        let bench = Bench::with(&[("f", text.as_bytes())]);
        let source = SourceFile::at(bench.input.join("f"), "f", text.len() as u64);
        let columns = Columns::parse(columns).expect("columns");
        inspect(&source, &columns, &Reading::default(), 5, &StopToken::default()).expect("records").left_out
    };
    assert_eq!(left_out("auto"), ["url", "revid"]);
    assert_eq!(left_out("URL,id,text=body,:file"), ["title", "revid"]);
}
