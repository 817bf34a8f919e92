//! Strings as they stand in a JSON text → what they mean.

/// Adds what a string means to `out`; `inside` is what stands between its quotes, its escapes known to be whole. Gives
/// how many halves of surrogate pairs became U+FFFD.
pub fn decode(inside: &str, out: &mut String) -> u64 {
    let (mut rest, mut halves) = (inside, 0);
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        let next = || rest.get(at + 6..).and_then(unit);
        let (char, length) = match unit(&rest[at..]) {
            None => (plain(rest.as_bytes().get(at + 1).copied()), 2),
            Some(high @ 0xd800..=0xdbff) if let Some(low @ 0xdc00..=0xdfff) = next() => {
                let code = 0x10000 + ((u32::from(high) - 0xd800) << 10) + (u32::from(low) - 0xdc00);
                (char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), 12)
            }
            Some(code) => {
                let char = char::from_u32(u32::from(code));
                halves += u64::from(char.is_none());
                (char.unwrap_or(char::REPLACEMENT_CHARACTER), 6)
            }
        };
        out.push(char);
        rest = rest.get(at + length..).unwrap_or_default();
    }
    out.push_str(rest);
    halves
}

/// The UTF-16 unit of a `\u` escape that begins here.
pub(super) fn unit(text: &str) -> Option<u16> {
    u16::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok()
}

/// What stands for itself behind a backslash, or for a control character.
fn plain(sign: Option<u8>) -> char {
    match sign {
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(sign) => sign.into(),
        None => '\\',
    }
}
