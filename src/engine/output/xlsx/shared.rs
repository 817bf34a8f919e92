//! Texts that read like an escape. To Excel `_x0041_` is an `A`; so that it stays what it is, its first underscore is
//! escaped (ECMA-376 part 1, 22.9.2.19), and every reader known undoes that in the table of shared strings, but not
//! all do in a cell (openpyxl and exceljs don't) or over parts of a text (POI and `SheetJS` join them first). So these
//! few stand in that table, and their cells name them by number; all others stand in their cells.

use memchr::{memchr_iter, memchr3_iter};

/// The table's name in a workbook.
pub const STRINGS: &str = "xl/sharedStrings.xml";
/// What is told about the table of shared strings where there is one, and where it stands.
pub const STRINGS_TYPE: &str = "<Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml\"/>";
pub const STRINGS_PLACE: &str = "<Relationship Id=\"rIdStrings\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings\" Target=\"sharedStrings.xml\"/>";

/// Bytes of a table, which all readers hold in memory; what is more is escaped in its cell.
const MOST: u64 = 64 << 20;

/// The strings shared so far, of which those that are taken are not kept.
#[derive(Debug, Default)]
pub struct SharedStrings {
    xml: Vec<u8>,
    count: u32,
    /// Bytes that were taken.
    taken: u64,
}

impl SharedStrings {
    /// The number by which a cell names `text` from now on.
    pub fn add(&mut self, text: &str) -> u32 {
        self.xml.extend_from_slice(b"<si><t xml:space=\"preserve\">");
        escaped(&mut self.xml, text.as_bytes());
        self.xml.extend_from_slice(b"</t></si>");
        self.count += 1;
        self.count - 1
    }

    /// There may be more.
    #[must_use]
    pub fn has_room(&self) -> bool {
        self.taken + (self.xml.len() as u64) < MOST
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.count
    }

    /// Bytes that are written and not yet taken.
    #[must_use]
    pub fn length(&self) -> usize {
        self.xml.len()
    }

    /// Takes what is written.
    pub fn take(&mut self) -> Vec<u8> {
        self.taken += self.xml.len() as u64;
        std::mem::take(&mut self.xml)
    }

    /// What stands before and behind all of them.
    #[must_use]
    pub fn around(&self) -> (String, &'static str) {
        let count = self.count;
        let before = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" count=\"{count}\" uniqueCount=\"{count}\">"
        );
        (before, "</sst>")
    }
}

/// As XML holds a text, with the first underscore of each escape escaped.
pub fn escaped(out: &mut Vec<u8>, text: &[u8]) {
    let mut from = 0;
    for at in escapes(text) {
        entities(out, &text[from..at]);
        out.extend_from_slice(b"_x005F_");
        from = at + 1;
    }
    entities(out, &text[from..]);
}

/// `&`, `<`, `>` as entities.
pub fn entities(out: &mut Vec<u8>, text: &[u8]) {
    let mut copied = 0;
    for at in memchr3_iter(b'&', b'<', b'>', text) {
        let entity: &[u8] = match text[at] {
            b'&' => b"&amp;",
            b'<' => b"&lt;",
            _ => b"&gt;",
        };
        out.extend_from_slice(&text[copied..at]);
        out.extend_from_slice(entity);
        copied = at + 1;
    }
    out.extend_from_slice(&text[copied..]);
}

/// True for a text that holds what reads like an escape.
pub fn has_escape(text: &[u8]) -> bool {
    escapes(text).next().is_some()
}

/// Where `_x`, four hexadecimal digits and `_` stand.
fn escapes(text: &[u8]) -> impl Iterator<Item = usize> {
    let is_escape = |at: &usize| {
        let text = &text[*at..];
        text.len() >= 7 && text[1] == b'x' && text[6] == b'_' && text[2..6].iter().all(u8::is_ascii_hexdigit)
    };
    memchr_iter(b'_', text).filter(is_escape)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped_and_numbered() {
        let mut shared = SharedStrings::default();
        assert_eq!(shared.add("a _x0041_x0042_ & _x41_"), 0);
        assert_eq!(shared.add("_x005F_"), 1);
        let want = "<si><t xml:space=\"preserve\">a _x005F_x0041_x005F_x0042_ &amp; _x41_</t></si>\
            <si><t xml:space=\"preserve\">_x005F_x005F_</t></si>";
        assert_eq!(String::from_utf8_lossy(&shared.take()), want);
        assert_eq!((shared.length(), shared.add("_xabcd_"), shared.count()), (0, 2, 3));
    }

    #[test]
    fn table_has_an_end() {
        let mut shared = SharedStrings { taken: MOST - 10, ..SharedStrings::default() };
        assert!(shared.has_room());
        shared.add("_x0041_");
        assert!(!shared.has_room());
        shared.take();
        assert!(!shared.has_room());
    }

    #[test]
    fn escapes_are_seen() {
        assert!(["_x0041_", "a_x00fF_b", "__x0041_", "_x0041_x0042"].iter().all(|text| has_escape(text.as_bytes())));
        assert!(
            !["_x041_", "_X0041_", "_x0041", "_x00G1_", "x0041_", "_"].iter().any(|text| has_escape(text.as_bytes()))
        );
    }
}
