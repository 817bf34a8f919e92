//! The answer of a server: its status, its headers, its body.

/// An answer as it was recorded.
pub struct Message<'a> {
    /// `200 OK`
    pub status: String,
    /// As they stand, a line each.
    pub headers: String,
    pub body: &'a [u8],
}

impl<'a> Message<'a> {
    /// `None` where the block is no answer.
    #[must_use]
    pub fn of(block: &'a [u8]) -> Option<Self> {
        if !block.starts_with(b"HTTP/") {
            return None;
        }
        let ends = memchr::memchr_iter(b'\n', block).find_map(|at| match &block[at + 1..] {
            [b'\r', b'\n', ..] => Some((at + 1, at + 3)),
            [b'\n', ..] => Some((at + 1, at + 2)),
            _ => None,
        });
        let (end, body) = ends.unwrap_or((block.len(), block.len()));
        let head = String::from_utf8_lossy(&block[..end]);
        let (first, headers) = head.split_once('\n').unwrap_or((&head, ""));
        let status = first.split_once(' ').map_or("", |(_, status)| status.trim()).to_owned();
        let headers = headers.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
        Some(Self { status, headers, body: &block[body..] })
    }

    /// The value of a header by its name in small letters; empty where there is none.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        let pairs = self.headers.lines().filter_map(|line| line.split_once(':'));
        let mut values = pairs.filter(|(known, _)| known.trim().eq_ignore_ascii_case(name));
        values.next().map_or("", |(_, value)| value.trim())
    }
}

/// A body sent in pieces, each behind its length; `None` where it is not, as some crawls have put it together
/// already. A body that is cut off gives what is there.
#[must_use]
pub fn put_together(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(body.len());
    let mut is_first = true;
    loop {
        let line = memchr::memchr(b'\n', body);
        let size = line.and_then(|end| {
            let size = std::str::from_utf8(&body[..end]).ok()?.split(';').next()?.trim();
            usize::from_str_radix(size, 16).ok()
        });
        let (Some(end), Some(size)) = (line, size) else {
            return if is_first { None } else { Some(whole) };
        };
        body = &body[end + 1..];
        if size == 0 {
            return Some(whole);
        }
        whole.extend_from_slice(&body[..size.min(body.len())]);
        body = body.get(size..).unwrap_or_default();
        body = body.strip_prefix(b"\r\n").or_else(|| body.strip_prefix(b"\n")).unwrap_or(body);
        is_first = false;
    }
}
