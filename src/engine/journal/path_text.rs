//! Paths as JSON can hold them, and back: a file's name need not be Unicode.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize as _, Deserializer, Serializer};

/// Begins a path that is written as the hexadecimal digits of its bytes.
const HEX: &str = "hex:";

/// Writes a path as it is, or by its bytes.
pub fn serialize<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    if let Some(text) = path.to_str().filter(|text| !text.starts_with(HEX)) {
        return serializer.serialize_str(text);
    }
    let mut digits = HEX.to_owned();
    for byte in path.as_os_str().as_encoded_bytes() {
        let _ = write!(digits, "{byte:02x}"); // into a string nothing fails
    }
    serializer.serialize_str(&digits)
}

/// Reads what [`serialize`] has written.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<PathBuf, D::Error> {
    let text = String::deserialize(deserializer)?;
    let bytes = text.strip_prefix(HEX).map(|digits| {
        let pairs = (0..digits.len() / 2).map_while(|at| u8::from_str_radix(digits.get(2 * at..2 * at + 2)?, 16).ok());
        pairs.collect::<Vec<u8>>()
    });
    Ok(bytes.map_or_else(|| PathBuf::from(&text), |bytes| of_bytes(&bytes)))
}

#[cfg(unix)]
fn of_bytes(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt as _;
    OsStr::from_bytes(bytes).into()
}

/// Where paths are no bytes, what is no Unicode cannot be told again.
#[cfg(not(unix))]
fn of_bytes(bytes: &[u8]) -> PathBuf {
    OsStr::new(&*String::from_utf8_lossy(bytes)).into()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    struct Held(#[serde(with = "super")] PathBuf);

    #[test]
    fn paths_come_back_as_they_were_unicode_or_not() {
        for bytes in [&b"AA/wiki_00"[..], "한글".as_bytes(), b"no \xff unicode", b"hex:41"] {
            let path = Held(of_bytes(bytes));
            let json = serde_json::to_string(&path).expect("written");
            assert_eq!(serde_json::from_str::<Held>(&json).expect("read"), path, "{json}");
        }
    }
}
