//! Records by a person's selector: in XML in XML's own tree, in pages of any length.

use sheetmill::engine::{Cause, Outcome, RecordSelector};

use super::super::support::bench::{Bench, Ran, ran};
use super::super::support::workbooks::rows;
use super::file;

fn selected(bytes: &[u8], selector: &str) -> (Bench, Ran) {
    let bench = Bench::with(&[("f", bytes)]);
    let mut job = bench.job();
    job.choices.reading.record = RecordSelector::parse(selector);
    assert!(job.choices.reading.record.is_some(), "{selector}");
    let ran = ran(&job);
    (bench, ran)
}

fn column(bytes: &[u8], selector: &str, name: &str) -> Vec<String> {
    let cells = selected(bytes, selector).0.cells("f.xlsx");
    let at = cells[0].iter().position(|known| known == name).expect("the column is there");
    cells[1..].iter().map(|row| row[at].clone()).collect()
}

#[test]
fn selectors_of_xml_work_in_its_own_tree() {
    let xml = file("trees/choices.xml");
    for (selector, want) in [
        ("a, b", "1 2 3 4"),
        ("r > a", "1 2 4"),
        ("r > *", "1 2 3 4"),
        ("r/a", "1 2 4"),
        ("b + a", "4"),
        ("a ~ a", "2 4"),
        ("a[x=\"2\"], b[x^=\"3\"]", "2 3"),
        ("a:not([x=\"1\"])", "2 4"),
        ("r > *:nth-child(2n+1)", "1 3"),
        ("A", ""),
    ] {
        let found = if want.is_empty() { Vec::new() } else { column(&xml, selector, "x") };
        assert_eq!(found.join(" "), want, "{selector}");
    }
    let (_, ran) = selected(&xml, "a:last-child");
    match &ran.report("f").outcome {
        Outcome::Failed(error) => assert!(matches!(&error.cause, Cause::Selector(part) if part == ":last-child")),
        other => panic!("{other:?}"),
    }
}

#[test]
fn names_with_a_prefix_are_names() {
    let xml = file("trees/nodes.xml");
    assert_eq!(column(&xml, "y:node", "y:key"), ["Plum", "Fig"]);
    assert_eq!(column(&xml, "y:node > y:node", "y:year"), ["1999", "1998"]);
    assert_eq!(column(&file("trees/suites.xml"), "case[id=\"22\"]", "summary"), ["<p>yes</p>"]);
}

#[test]
fn rows_of_a_table_are_records_by_selector() {
    let page = file("trees/table.html");
    for selector in ["tr", "table"] {
        let cells = selected(&page, selector).0.cells("f.xlsx");
        assert_eq!(cells, rows(&[&["반", "점"], &["1", "90"], &["2", "85"]]), "{selector}");
    }
}

/// A page longer than the bound of a record gave the records of its beginning, and the proof agreed.
#[test]
fn a_long_page_gives_all_that_the_selector_finds() {
    let post = |n: usize| format!("<div class=\"post\" data-n=\"{n}\"><h2>{n}</h2><p>{}</div>\n", "글 ".repeat(100));
    let posts: String = (0..30_000).map(post).collect();
    let page = format!("<!doctype html><title>t</title><body><div id=\"all\">{posts}</div></body>");
    assert!(page.len() > 9 << 20);
    let numbers = column(page.as_bytes(), "div.post", "data-n");
    assert_eq!((numbers.len(), &*numbers[29_999]), (30_000, "29999"));
}

#[test]
fn a_long_file_of_xml_gives_all_that_the_selector_finds() {
    let record = |n: usize| format!("<rec type=\"{}\" n=\"{n}\">{}</rec>\n", ["a", "b"][n % 2], "x".repeat(600));
    let records: String = (0..20_000).map(record).collect();
    let numbers = column(format!("<all>{records}</all>").as_bytes(), "rec[type=a]", "n");
    assert_eq!((numbers.len(), &*numbers[9_999]), (10_000, "19998"));
}
