//! A workbook looked at as ECMA-376 does: each part well-formed and its elements in order, everything told about
//! there and everything there told about, no limit of Excel's passed. Knows nothing of how the workbook was made.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::File;
use std::io::Read;
use std::path::Path;

use roxmltree::{Document, Node};

use super::workbooks::CELL;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const PLACES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// Children in the order of `CT_Worksheet`, `CT_Workbook` and `CT_Stylesheet` (ECMA-376 part 1, annex A.2).
const WORKSHEET: &str = "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection \
    protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr \
    conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks \
    colBreaks customProperties cellWatches ignoredErrors smartTags drawing drawingHF legacyDrawing legacyDrawingHF \
    picture oleObjects controls webPublishItems tableParts extLst";
const WORKBOOK: &str = "fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups \
    externalReferences definedNames calcPr oleSize customWorkbookViews pivotCaches smartTagPr smartTagTypes \
    webPublishing fileRecoveryPr webPublishObjects extLst";
const STYLES: &str = "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst";

/// A worksheet's name and cells.
pub type Sheet = (String, Vec<Vec<String>>);

/// A part of a workbook as text.
pub fn part(workbook: &Path, name: &str) -> String {
    parts(workbook).remove(name).unwrap_or_else(|| panic!("{} holds no {name}", workbook.display()))
}

/// Every worksheet's name and cells; panics where a workbook is not what the standard asks for.
pub fn checked(workbook: &Path) -> Vec<Sheet> {
    let parts = parts(workbook);
    let documents: HashMap<&str, Document> =
        parts.iter().map(|(name, xml)| (name.as_str(), parsed(name, xml))).collect();
    check_types(&documents);
    let places = check_places(&documents);
    let book = documents["xl/workbook.xml"].root_element();
    check_order(book, WORKBOOK);
    let styles = documents["xl/styles.xml"].root_element();
    check_order(styles, STYLES);
    let styles = child(styles, "cellXfs").expect("styles").children().filter(Node::is_element).count();
    let strings = documents.get("xl/sharedStrings.xml").map(|document| strings(document.root_element()));
    let sheets: Vec<Node> = child(book, "sheets").expect("sheets").children().filter(Node::is_element).collect();
    let names: Vec<&str> = sheets.iter().map(|sheet| attribute(*sheet, "name")).collect();
    check_names(&names);
    let ids: HashSet<&str> = sheets.iter().map(|sheet| attribute(*sheet, "sheetId")).collect();
    assert_eq!(ids.len(), sheets.len(), "sheets have the same id");
    let cells = sheets.iter().map(|sheet| {
        let id = sheet.attribute((PLACES, "id")).expect("a relationship");
        let part = &places[&("xl/workbook.xml".to_owned(), id.to_owned())];
        cells(documents[part.as_str()].root_element(), styles, strings.as_deref().unwrap_or_default())
    });
    names.iter().map(|name| (*name).to_owned()).zip(cells).collect()
}

fn parts(workbook: &Path) -> BTreeMap<String, String> {
    let file = File::open(workbook).expect("the workbook is there");
    let mut archive = zip::ZipArchive::new(file).expect("a zip archive");
    let mut parts = BTreeMap::new();
    for at in 0..archive.len() {
        let mut member = archive.by_index(at).expect("a member");
        let name = member.name().expect("a name").into_owned();
        let mut xml = String::new();
        member.read_to_string(&mut xml).expect("text, with the right sum");
        assert!(parts.insert(name.clone(), xml).is_none(), "{name} is there twice");
    }
    parts
}

/// Well-formed, in UTF-8, and of characters that XML 1.0 can hold.
fn parsed<'x>(name: &str, xml: &'x str) -> Document<'x> {
    let held =
        |char: char| matches!(char, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    assert!(xml.chars().all(held), "{name} holds what XML cannot");
    Document::parse(xml).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn child<'a, 'x>(node: Node<'a, 'x>, name: &str) -> Option<Node<'a, 'x>> {
    node.children().find(|child| child.has_tag_name((MAIN, name)))
}

fn attribute<'a>(node: Node<'a, '_>, name: &str) -> &'a str {
    node.attribute(name).unwrap_or_else(|| panic!("{node:?} has no {name}"))
}

fn check_order(root: Node, order: &str) {
    let order: Vec<&str> = order.split_whitespace().collect();
    let at = |node: Node| {
        assert_eq!(node.tag_name().namespace(), Some(MAIN), "{node:?}");
        let name = node.tag_name().name();
        order.iter().position(|known| *known == name).unwrap_or_else(|| panic!("{name} in {root:?}"))
    };
    let found: Vec<usize> = root.children().filter(Node::is_element).map(at).collect();
    assert!(found.is_sorted_by(|a, b| a < b), "the elements of {root:?} are out of order: {found:?}");
}

/// Each part has a type, and each type told about is a part's.
fn check_types(documents: &HashMap<&str, Document>) {
    let types = documents["[Content_Types].xml"].root_element();
    let elements = types.children().filter(Node::is_element);
    let (defaults, overrides): (Vec<Node>, Vec<Node>) = elements.partition(|node| node.tag_name().name() == "Default");
    let extensions: HashSet<&str> = defaults.iter().map(|node| attribute(*node, "Extension")).collect();
    let named: HashSet<&str> = overrides.iter().map(|node| attribute(*node, "PartName")).collect();
    assert_eq!(named.len(), overrides.len(), "a part has two types");
    for name in named.iter().map(|name| name.strip_prefix('/').expect("an absolute name")) {
        assert!(documents.contains_key(name), "{name} has a type and is not there");
    }
    for name in documents.keys().filter(|name| **name != "[Content_Types].xml") {
        let (_, extension) = name.rsplit_once('.').expect("an extension");
        let is_named = named.contains(&*format!("/{name}"));
        assert!(is_named || extension == "rels" && extensions.contains(extension), "{name} has no type of its own");
    }
}

/// The part behind each relationship, by the part that has it and its id; no part is without one.
fn check_places(documents: &HashMap<&str, Document>) -> HashMap<(String, String), String> {
    let mut places = HashMap::new();
    for (name, document) in documents.iter().filter(|(name, _)| is_places(name)) {
        let (folder, file) = name.rsplit_once("_rels/").expect("its folder");
        let source = format!("{folder}{}", file.strip_suffix(".rels").expect("its end"));
        assert!(source.is_empty() || documents.contains_key(source.as_str()), "{name} belongs to no part");
        for node in document.root_element().children().filter(Node::is_element) {
            let target = attribute(node, "Target");
            let target = target.strip_prefix('/').map_or_else(|| format!("{folder}{target}"), str::to_owned);
            assert!(documents.contains_key(target.as_str()), "{name} names {target}, which is not there");
            let id = attribute(node, "Id").to_owned();
            assert!(places.insert((source.clone(), id), target).is_none(), "{name} has an id twice");
        }
    }
    let reached: HashSet<&str> = places.values().map(String::as_str).collect();
    let is_content = |name: &&&str| !is_places(name) && **name != "[Content_Types].xml";
    for name in documents.keys().filter(is_content) {
        assert!(reached.contains(name), "no relationship leads to {name}");
    }
    places
}

fn is_places(name: &str) -> bool {
    name.contains("_rels/")
}

fn check_names(names: &[&str]) {
    assert!(!names.is_empty(), "no worksheet");
    let folded: HashSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
    assert_eq!(folded.len(), names.len(), "{names:?}");
    for name in names {
        assert!((1..=31).contains(&name.encode_utf16().count()), "{name}");
        assert!(!name.contains(['*', '?', ':', '[', ']', '\\', '/']), "{name}");
        assert!(!name.starts_with('\'') && !name.ends_with('\''), "{name}");
    }
}

/// The cells of a worksheet up to the last that is not empty in each direction.
fn cells(sheet: Node, styles: usize, strings: &[String]) -> Vec<Vec<String>> {
    check_order(sheet, WORKSHEET);
    let (mut found, mut last_row) = (BTreeMap::new(), 0);
    for row in child(sheet, "sheetData").expect("rows").children().filter(Node::is_element) {
        let number: usize = attribute(row, "r").parse().expect("a number");
        assert!(number > last_row && number <= 1_048_576, "row {number} behind {last_row}");
        last_row = number;
        let mut last_column = 0;
        for cell in row.children().filter(Node::is_element) {
            let (column, of_row) = place(attribute(cell, "r"));
            assert!(of_row == number && column > last_column && column <= 16_384, "{cell:?}");
            last_column = column;
            let style: usize = cell.attribute("s").map_or(0, |style| style.parse().expect("a number"));
            assert!(style < styles, "{cell:?}");
            let text = text(cell, strings);
            assert!(!text.is_empty() && text.encode_utf16().count() <= CELL, "a cell of {} bytes", text.len());
            found.insert((number, column), text);
        }
    }
    let columns = found.keys().map(|(_, column)| *column).max().unwrap_or_default();
    let extent = range(attribute(child(sheet, "dimension").expect("an extent"), "ref"));
    assert_eq!(extent, ((1, 1), (columns, last_row)));
    let filter = child(sheet, "autoFilter").map(|filter| range(attribute(filter, "ref")));
    assert_eq!(filter, Some(extent));
    check_columns(child(sheet, "cols").expect("columns"), columns);
    let rows = found.keys().map(|(row, _)| *row).max().unwrap_or_default();
    let cell = |row: usize, column: usize| found.get(&(row, column)).cloned().unwrap_or_default();
    (1..=rows).map(|row| (1..=columns).map(|column| cell(row, column)).collect()).collect()
}

fn check_columns(columns: Node, most: usize) {
    let mut last = 0;
    for column in columns.children().filter(Node::is_element) {
        let [min, max] = ["min", "max"].map(|end| attribute(column, end).parse::<usize>().expect("a number"));
        assert!(min > last && min <= max && max <= most, "{column:?}");
        last = max;
    }
}

/// The text of a cell: its own, which must not hold an escape, or a shared one.
fn text(cell: Node, strings: &[String]) -> String {
    match attribute(cell, "t") {
        "inlineStr" => {
            let inline = child(cell, "is").and_then(|inline| child(inline, "t")).expect("a text");
            let text = content(inline);
            assert_eq!(unescaped(&text), text, "not all readers undo an escape here");
            text
        }
        "s" => {
            let number = child(cell, "v").and_then(|value| value.text()).expect("a number");
            strings[number.parse::<usize>().expect("a number")].clone()
        }
        other => panic!("{cell:?} is of the type {other}"),
    }
}

fn strings(table: Node) -> Vec<String> {
    let items: Vec<Node> = table.children().filter(Node::is_element).collect();
    for count in ["count", "uniqueCount"] {
        assert_eq!(attribute(table, count), items.len().to_string());
    }
    items.iter().map(|item| unescaped(&content(child(*item, "t").expect("a text")))).collect()
}

/// What blanks at the ends are without `xml:space` is not said: not all readers keep them.
fn content(text: Node) -> String {
    let content = text.text().unwrap_or_default();
    let keeps = text.attribute(("http://www.w3.org/XML/1998/namespace", "space")) == Some("preserve");
    let is_blank = |char: char| matches!(char, ' ' | '\t' | '\n' | '\r');
    assert!(keeps || content.trim_matches(is_blank) == content, "{content:?}");
    content.to_owned()
}

/// `_xHHHH_` as the character that it stands for (`ST_Xstring`).
fn unescaped(text: &str) -> String {
    let (mut all, mut rest) = (String::new(), text);
    while let Some((before, behind)) = rest.split_once("_x") {
        all.push_str(before);
        let digits = behind.get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        if let Some(digits) = digits.filter(|_| behind.as_bytes().get(4) == Some(&b'_')) {
            let code = u32::from_str_radix(digits, 16).expect("hexadecimal");
            all.push(char::from_u32(code).expect("a character"));
            rest = &behind[5..];
        } else {
            all.push_str("_x");
            rest = behind;
        }
    }
    all + rest
}

/// `B3` as (2, 3).
fn place(name: &str) -> (usize, usize) {
    let digits = name.find(|char: char| char.is_ascii_digit()).expect("a row");
    let column = name[..digits].bytes().fold(0, |column, letter| column * 26 + usize::from(letter - b'A') + 1);
    (column, name[digits..].parse().expect("a row"))
}

fn range(name: &str) -> ((usize, usize), (usize, usize)) {
    let (first, last) = name.split_once(':').unwrap_or((name, name));
    (place(first), place(last))
}
