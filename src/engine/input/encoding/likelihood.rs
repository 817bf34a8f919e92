//! How well an encoding explains bytes: the cost of their text in bits, letter by letter. Costs of different
//! encodings for the same bytes can be compared; a difference of n bits is odds of about 2^n.

use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GBK, IBM866, ISO_8859_2, KOI8_R, SHIFT_JIS, UTF_8, WINDOWS_874, WINDOWS_1250,
    WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257, WINDOWS_1258,
};

use super::letters::{BAD, JAPANESE, KOREAN, Letters, ODD, SIMPLIFIED, TRADITIONAL};
use crate::engine::job::system_language::SystemLanguage;

/// An ASCII character costs the same in all encodings, unless it is the second byte of another.
const ASCII: u32 = 5;
/// Odds for what is usual where the system speaks this language.
const SYSTEM: u32 = 8;
/// So many bytes beyond ASCII are weighed.
const WEIGHED: usize = 512;
/// Runs of ASCII are cut to twice this.
const ASCII_KEPT: usize = 4;

/// Encodings of two bytes a letter, which are weighed for any bytes.
pub const SYLLABLES: [&Encoding; 5] = [EUC_KR, SHIFT_JIS, EUC_JP, GBK, BIG5];
/// Encodings of a byte a letter, weighed where a detector has seen none that is usual.
pub const ALPHABETS: [&Encoding; 2] = [WINDOWS_1252, WINDOWS_1251];

/// What of a text's bytes tells encodings apart.
#[derive(Debug)]
pub struct Evidence {
    bytes: Vec<u8>,
    /// Bytes beyond ASCII among them.
    pub beyond_ascii: usize,
    /// The last character may be cut.
    is_cut: bool,
}

impl Evidence {
    /// Of the beginning of a text; `is_whole` unless the text goes on behind it.
    pub fn of(sample: &[u8], is_whole: bool) -> Self {
        let (mut bytes, mut beyond_ascii) = (Vec::new(), 0);
        for run in sample.chunk_by(|a, b| a.is_ascii() == b.is_ascii()) {
            if beyond_ascii >= WEIGHED {
                return Self { bytes, beyond_ascii, is_cut: true };
            }
            if run[0].is_ascii() {
                let kept = run.len().min(ASCII_KEPT);
                bytes.extend_from_slice(&run[..kept]);
                bytes.extend_from_slice(&run[run.len() - (run.len() - kept).min(ASCII_KEPT)..]);
            } else {
                let run = &run[..run.len().min(WEIGHED)];
                bytes.extend_from_slice(run);
                beyond_ascii += run.len();
            }
        }
        Self { bytes, beyond_ascii, is_cut: !is_whole }
    }

    /// The cost of the text that these bytes are in this encoding.
    pub fn bits(&self, encoding: &'static Encoding) -> u32 {
        let mut decoder = encoding.new_decoder_without_bom_handling();
        let room = decoder.max_utf8_buffer_length(self.bytes.len()).unwrap_or(self.bytes.len() * 3);
        let mut text = String::with_capacity(room);
        let _ = decoder.decode_to_string(&self.bytes, &mut text, !self.is_cut);
        match encoding {
            _ if encoding == EUC_KR => of_words(&text, &[&KOREAN], true),
            _ if encoding == SHIFT_JIS || encoding == EUC_JP => of_words(&text, &[&JAPANESE], false),
            _ if encoding == GBK => of_words(&text, &[&SIMPLIFIED], false),
            _ if encoding == BIG5 => of_words(&text, &[&TRADITIONAL], false),
            _ if encoding == UTF_8 => of_any(&text),
            _ => of_letters(&text),
        }
    }
}

/// The cost of a text's characters beyond ASCII in whatever language, and how many they are.
pub fn beyond_ascii(text: &str) -> (u32, u32) {
    let text: String = text.chars().filter(|char| !char.is_ascii()).collect();
    (of_any(&text), text.chars().count() as u32)
}

fn of_any(text: &str) -> u32 {
    of_words(text, &[&KOREAN, &JAPANESE, &SIMPLIFIED, &TRADITIONAL], true).min(of_letters(text))
}

/// What speaks against an encoding before a byte of the text is seen: a rare one needs more evidence.
pub fn prior(encoding: &'static Encoding, language: Option<SystemLanguage>) -> u32 {
    let usual_here: &[&Encoding] = match language {
        Some(SystemLanguage::Korean) => &[EUC_KR],
        Some(SystemLanguage::Japanese) => &[SHIFT_JIS, EUC_JP],
        Some(SystemLanguage::SimplifiedChinese) => &[GBK],
        Some(SystemLanguage::TraditionalChinese) => &[BIG5],
        None => &[],
    };
    let here = if usual_here.is_empty() || usual_here.contains(&encoding) { 0 } else { SYSTEM };
    here + rarity(encoding)
}

/// As [`prior`], wherever one is.
fn rarity(encoding: &'static Encoding) -> u32 {
    const COMMON: [&Encoding; 11] = [
        WINDOWS_1250,
        WINDOWS_1253,
        WINDOWS_1254,
        WINDOWS_1255,
        WINDOWS_1256,
        WINDOWS_1257,
        WINDOWS_1258,
        WINDOWS_874,
        ISO_8859_2,
        KOI8_R,
        IBM866,
    ];
    match encoding {
        _ if [UTF_8, EUC_KR, SHIFT_JIS, GBK, BIG5].contains(&encoding) => 0,
        _ if encoding == EUC_JP => 1,
        _ if encoding == WINDOWS_1252 => 3,
        _ if encoding == WINDOWS_1251 => 5,
        _ if COMMON.contains(&encoding) => 7,
        _ => 16,
    }
}

/// True of those that chance alone does not bring forth.
pub fn is_common(encoding: &'static Encoding) -> bool {
    rarity(encoding) < 16
}

/// The cost of a text whose letters are syllables or words. In most such languages no space stands between
/// them; in none does a letter of ASCII often stand beside one.
fn of_words(text: &str, letters: &[&Letters], is_spaced: bool) -> u32 {
    let mut before = ' ';
    let mut sum: u32 = 0;
    for char in text.chars() {
        sum += match (before.is_ascii(), char.is_ascii()) {
            (false, true) if char == ' ' && !is_spaced => ASCII + 3,
            (false, true) if char.is_ascii_alphabetic() => ASCII + 2,
            (_, true) => ASCII,
            (true, false) if before.is_ascii_alphabetic() => 2 + of_letter(char, letters),
            (_, false) => of_letter(char, letters),
        };
        before = char;
    }
    sum
}

fn of_letter(char: char, letters: &[&Letters]) -> u32 {
    letters.iter().map(|letters| letters.bits(char)).min().unwrap_or(BAD)
}

/// The cost of a text in an alphabet: letters beside letters of their kind, capitals at the beginning.
fn of_letters(text: &str) -> u32 {
    let mut before = ' ';
    let mut sum = 0;
    for char in text.chars() {
        let is_latin = char < '\u{250}';
        sum += match char {
            _ if char.is_ascii() => ASCII,
            '\u{fffd}' => BAD,
            '\u{80}'..='\u{9f}' => 20,
            '\u{2e80}'.. => ODD, // of no alphabet
            '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{652}' | '\u{e31}'..='\u{e4e}' => 7, // marks of their letters
            _ if char.is_alphabetic() => {
                let is_strange = match (is_latin, before.is_alphabetic()) {
                    (true, true) => !before.is_ascii(),
                    (false, true) => before < '\u{250}',
                    _ => false,
                };
                let is_inside = char.is_uppercase() && before.is_lowercase();
                let is_capital = char.is_uppercase() && !before.is_uppercase();
                let letter = if is_capital { 9 } else { 6 + u32::from(is_latin) };
                letter + if is_inside { 6 } else { 0 } + if is_strange { 3 } else { 0 }
            }
            '\u{a0}' | '«' | '»' | '°' | '\u{2010}'..='\u{2026}' | '€' => 10,
            _ => 13,
        };
        before = char;
    }
    sum
}
