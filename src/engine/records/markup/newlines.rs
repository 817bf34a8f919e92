//! Line ends as HTML and Excel have them.

use std::borrow::Cow;

/// CR LF and CR become LF, as HTML reads them.
#[must_use]
pub fn lines_to_lf(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return text.into();
    }
    text.replace("\r\n", "\n").replace('\r', "\n").into()
}
