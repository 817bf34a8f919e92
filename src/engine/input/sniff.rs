//! What a file is, by its first bytes: no text at all, or text in which encoding.
//!
//! A byte order mark decides, or zeros in every other place. ASCII bytes mean the same in all encodings but
//! UTF-16, so the choice among the others waits until the first byte that is not ASCII
//! ([`encoding`](super::encoding)).

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use super::encoding;

use crate::engine::error::FileKind;
use crate::engine::job::reading::EncodingName;

/// What the first bytes of a file say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sniffed {
    /// Text in this encoding, after a byte order mark of so many bytes.
    Text(&'static Encoding, usize),
    /// Text whose encoding shows only at its first byte that is not ASCII.
    Undecided,
    /// Records of a crawl (WARC), each in an encoding of its own, or no text at all.
    Bytes,
    NotText(FileKind),
}

/// Looks at the first bytes of a file (64 kB are plenty).
#[must_use]
pub fn sniff(head: &[u8]) -> Sniffed {
    if let Some((encoding, length)) = Encoding::for_bom(head) {
        return Sniffed::Text(encoding, length);
    }
    if head.starts_with(b"WARC/") {
        return Sniffed::Bytes;
    }
    if let Some(kind) = signature(head) {
        return Sniffed::NotText(kind);
    }
    if let Some(encoding) = utf16(head) {
        return Sniffed::Text(encoding, 0);
    }
    let odd = |bytes: &[u8]| bytes.iter().map(|&byte| u8::from(is_odd(byte))).sum::<u8>();
    let odd: usize = head.chunks(255).map(|bytes| usize::from(odd(bytes))).sum(); // so that the loop is vectorised
    // a single one may stand in a text of a few letters
    if odd > 1 && odd * 10 > head.len() { Sniffed::NotText(FileKind::Unknown) } else { Sniffed::Undecided }
}

/// A control character that hardly stands in texts.
fn is_odd(byte: u8) -> bool {
    byte == 127 || byte < 32 && !matches!(byte, 9..=13 | 27)
}

/// The encoding that markup names for itself near its beginning, in an XML declaration or for HTML.
#[must_use]
pub fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&head[..head.len().min(DECLARED_WITHIN)]).to_ascii_lowercase();
    let head = head.trim_start();
    let name = if let Some((declaration, _)) = head.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")) {
        declaration.split_once("encoding")?.1
    } else {
        head.strip_prefix('<')?.split_once("charset")?.1
    };
    let name = name.trim_start().strip_prefix('=')?.trim_start_matches([' ', '"', '\'']);
    let end = name.find(|char: char| !(char.is_ascii_alphanumeric() || "-_.:".contains(char))).unwrap_or(name.len());
    EncodingName::parse(&name[..end]).map(|name| name.0).filter(|encoding| encoding.is_ascii_compatible())
}

/// Markup names its encoding within so many bytes (HTML asks for 1,024).
const DECLARED_WITHIN: usize = 2048;

/// UTF-16 without a mark: markup and spaces put a zero in every other place, and hardly any elsewhere. A few
/// zeros in other text make none: its bytes would be letters that no text has.
fn utf16(head: &[u8]) -> Option<&'static Encoding> {
    let head = &head[..head.len().min(4096)];
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), head.len() / 2);
    let many = |n: usize| n * 20 > pairs;
    let found = match (many(even), many(odd)) {
        (false, true) if odd > 1 => UTF_16LE,
        (true, false) if even > 1 => UTF_16BE,
        _ => return None, // also where there is a single zero, which may be anything
    };
    let unit = |pair: &[u8]| {
        let pair = [pair[0], pair[1]];
        if found == UTF_16LE { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) }
    };
    let units = head.chunks_exact(2).map(unit);
    let text: String = char::decode_utf16(units).map(|char| char.unwrap_or('\u{fffd}')).collect();
    // what stands below a space and breaks no line stands in no text
    let controls = text.chars().filter(|char| matches!(char, '\0'..='\u{8}' | '\u{e}'..='\u{1f}')).count();
    (!many(controls) && encoding::reads_as_text(&text)).then_some(found)
}

fn signature(head: &[u8]) -> Option<FileKind> {
    const SIGNATURES: &[(&[u8], FileKind)] = &[
        (b"%PDF", FileKind::Pdf),
        (b"\x1f\x8b", FileKind::Gzip),
        (b"BZh", FileKind::Bzip2),
        (b"\xfd7zXZ\0", FileKind::Xz),
        (b"\x28\xb5\x2f\xfd", FileKind::Zstd),
        (b"7z\xbc\xaf\x27\x1c", FileKind::SevenZip),
        (b"HWP Document File", FileKind::Hwp),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileKind::OldOffice),
        (b"\x89PNG", FileKind::Image),
        (b"\xff\xd8\xff", FileKind::Image),
        (b"GIF8", FileKind::Image),
        (b"ID3", FileKind::Sound),
        (b"OggS", FileKind::Sound),
        (b"fLaC", FileKind::Sound),
        (b"RIFF", FileKind::Sound),
        (b"\x7fELF", FileKind::Program),
        (b"MZ\x90", FileKind::Program),
    ];
    if head.starts_with(b"PK\x03\x04") {
        let office = [&b"[Content_Types].xml"[..], b"word/", b"xl/", b"ppt/"];
        let head = &head[..head.len().min(4096)];
        let is_office = office.iter().any(|part| memchr::memmem::find(head, part).is_some());
        return Some(if is_office { FileKind::Office } else { FileKind::Zip });
    }
    if head.get(257..262) == Some(b"ustar") {
        return Some(FileKind::Tar);
    }
    SIGNATURES.iter().find(|(start, _)| head.starts_with(start)).map(|(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use encoding_rs::{EUC_KR, UTF_8};

    use super::*;

    #[test]
    fn byte_order_mark_decides() {
        assert_eq!(sniff(b"\xef\xbb\xbf<doc>"), Sniffed::Text(UTF_8, 3));
        assert_eq!(sniff(b"\xff\xfe<\0d\0"), Sniffed::Text(UTF_16LE, 2));
        assert_eq!(sniff(b"\xfe\xff\0<\0d"), Sniffed::Text(UTF_16BE, 2));
    }

    #[test]
    fn utf16_is_known_without_a_mark() {
        let korean = "<doc id=\"1\" title=\"수학\">\n수학은 수, 양, 구조를 다룬다.\n</doc>\n";
        let little: Vec<u8> = korean.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = korean.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(sniff(&little), Sniffed::Text(UTF_16LE, 0));
        assert_eq!(sniff(&big), Sniffed::Text(UTF_16BE, 0));
        assert_eq!(sniff(korean.as_bytes()), Sniffed::Undecided);
    }

    #[test]
    fn zeros_in_other_text_make_no_utf16() {
        let doc = b"<doc id=\"1\">a\0 few words and no more\0</doc>\n";
        for at in [0, 1] {
            assert_eq!(sniff(&doc[at..]), Sniffed::Undecided, "zeros at even and odd places");
        }
        assert_eq!(sniff(b"[\"a\0a\"]"), Sniffed::Undecided, "a single zero");
        let korean = "<doc>한국어 위키백과는 누구나 쓸 수 있다</doc>\n";
        let (cp949, ..) = EUC_KR.encode(korean);
        for text in [korean.as_bytes(), &cp949] {
            for at in 5..text.len() - 6 {
                let mut text = text.to_vec();
                (text[at], text[at + 4]) = (0, 0);
                assert!(!matches!(sniff(&text), Sniffed::Text(..)), "zeros at {at}");
            }
        }
        let chinese: Vec<u8> =
            "今天早上下雨了，\n所以我去学校。\n".repeat(3).encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(sniff(&chinese), Sniffed::Text(UTF_16LE, 0));
    }

    #[test]
    fn declared_encoding_is_believed_where_it_is_so() {
        assert_eq!(declared(b"<?xml version='1.0' encoding='EUC-KR'?>"), Some(EUC_KR));
        assert_eq!(
            declared(b"\n<html><META http-equiv=x content=\"text/html; charset=ks_c_5601-1987\">"),
            Some(EUC_KR)
        );
        assert_eq!(declared(b"<meta charset = \"utf-8\">"), Some(UTF_8));
        assert_eq!(
            (declared(b"<?xml version='1.0'?>"), declared(b"charset=euc-kr"), declared(b"<a charset=x>")),
            (None, None, None)
        );
    }

    #[test]
    fn file_that_is_no_text_is_named() {
        assert_eq!(sniff(b"%PDF-1.7\n%\xe2"), Sniffed::NotText(FileKind::Pdf));
        assert_eq!(sniff(b"PK\x03\x04....[Content_Types].xml"), Sniffed::NotText(FileKind::Office));
        assert_eq!(sniff(&[0, 1, 2, 3, 0xfe, 0xff, 0, 9, 200, 1, 2]), Sniffed::NotText(FileKind::Unknown));
        assert_eq!(sniff(b""), Sniffed::Undecided);
    }
}
