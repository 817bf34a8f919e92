//! Texts read back: their references and escapes, and the table of those that are shared, few and bounded by who
//! writes it.

use std::borrow::Cow;
use std::io::Read;

use memchr::{memchr, memmem};

use super::unproven;
use crate::engine::error::Halt;

const BEGIN: &str = "<si><t xml:space=\"preserve\">";
const END: &str = "</t></si>";
/// More bytes than a table of ours has.
const MOST: u64 = 256 << 20;

/// The strings as the table holds them.
#[derive(Default)]
pub struct Strings {
    xml: String,
    /// Where each begins and ends.
    places: Vec<(usize, usize)>,
}

impl Strings {
    /// # Errors
    /// Where the table is not as ours are.
    pub fn read(table: &mut impl Read) -> Result<Self, Halt> {
        let mut xml = String::new();
        table.take(MOST).read_to_string(&mut xml).map_err(|error| unproven(&error))?;
        let mut places = Vec::new();
        let mut from = xml.find(BEGIN).ok_or_else(|| unproven(&"no shared string"))?;
        while let Some(rest) = xml[from..].strip_prefix(BEGIN) {
            let length = rest.find(END).ok_or_else(|| unproven(&"a shared string without an end"))?;
            let begin = from + BEGIN.len();
            places.push((begin, begin + length));
            from = begin + length + END.len();
        }
        if &xml[from..] != "</sst>" {
            return Err(unproven(&"shared strings that are cut off"));
        }
        Ok(Self { xml, places })
    }

    /// The text of the string with this number.
    #[must_use]
    pub fn get(&self, number: &str) -> Option<Cow<'_, str>> {
        let &(begin, end) = self.places.get(number.parse::<usize>().ok()?)?;
        decoded(&self.xml[begin..end])
    }
}

/// The text behind references of XML and Excel's own escapes (`_x0041_`); `None` for others than ours.
pub fn decoded(text: &str) -> Option<Cow<'_, str>> {
    if memchr(b'&', text.as_bytes()).is_none() && memmem::find(text.as_bytes(), b"_x").is_none() {
        return Some(text.into());
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr2(b'&', b'_', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with('_') {
            let escaped = rest.get(2..6).filter(|_| rest.starts_with("_x") && rest.as_bytes().get(6) == Some(&b'_'));
            let unit = escaped.and_then(|hex| u32::from_str_radix(hex, 16).ok());
            out.push(unit.map_or(Some('_'), char::from_u32)?);
            rest = &rest[if unit.is_some() { 7 } else { 1 }..];
            continue;
        }
        let (reference, behind) = rest[1..].split_once(';')?;
        out.push(match reference {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            _ => {
                let hex = reference.strip_prefix("#x").map(|digits| u32::from_str_radix(digits, 16).ok());
                char::from_u32(hex.unwrap_or_else(|| reference.strip_prefix('#')?.parse().ok())?)?
            }
        });
        rest = behind;
    }
    out.push_str(rest);
    Some(out.into())
}
