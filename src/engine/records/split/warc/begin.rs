//! Where a record of a crawl begins, and the head that it begins with.

/// What each begins with: `WARC/1.0`.
pub const MARK: &str = "WARC/";

/// The head of a record.
pub struct Head {
    /// Bytes of text, the empty line behind it included.
    pub length: usize,
    /// The bytes that follow, as the head says.
    pub says: Option<u64>,
    /// Names in small letters, values as they are, in their order.
    pub fields: Vec<(String, String)>,
}

/// The head at the beginning of `text`; `None` where its end is not there. What is looked at already is `seen`.
pub fn head(text: &str, seen: &mut usize, is_all: bool) -> Option<Head> {
    let bytes = text.as_bytes();
    let ends = memchr::memchr_iter(b'\n', &bytes[*seen..]).map(|at| *seen + at + 1);
    let end = ends.into_iter().find_map(|at| match &bytes[at..] {
        [b'\r', b'\n', ..] => Some(at + 2),
        [b'\n', ..] => Some(at + 1),
        _ => None,
    });
    *seen = text.len().saturating_sub(3);
    let length = end.or_else(|| is_all.then_some(text.len()))?;
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut lines = text[..length].lines();
    if let Some(first) = lines.next().filter(|first| !is_version(first)) {
        fields.push(("head".to_owned(), first.trim().to_owned()));
    }
    for line in lines {
        match (line.starts_with([' ', '\t']), line.split_once(':'), fields.last_mut()) {
            (true, _, Some((_, value))) => {
                value.push(' ');
                value.push_str(line.trim());
            }
            (_, Some((name, value)), _) => fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned())),
            (_, None, _) if !line.trim().is_empty() => fields.push(("head".to_owned(), line.trim().to_owned())),
            _ => {}
        }
    }
    let says = fields.iter().find(|(name, _)| name == "content-length").and_then(|(_, value)| value.parse().ok());
    Some(Head { length, says, fields })
}

/// Where a record begins at the beginning of a line, from `from` on: its mark with a version, and a named value on
/// the next line. Near the end of a text that goes on nothing is known.
pub fn find_begin(text: &str, from: usize, is_all: bool) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memmem::find_iter(&bytes[from..], MARK).map(|at| from + at).find(|&at| {
        let begins_line = at == 0 || bytes[at - 1] == b'\n';
        begins_line && is_head(&text[at..], is_all)
    })
}

fn is_head(text: &str, is_all: bool) -> bool {
    let mut lines = text.split('\n');
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else { return false };
    let is_whole = is_all || lines.next().is_some() || second.contains(':');
    let name = second.split_once(':').map_or("", |(name, _)| name);
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_version(first) && is_whole && is_name
}

/// Whether a line is the mark with a version behind it, and nothing more.
fn is_version(line: &str) -> bool {
    let version = line.trim_end_matches('\r').strip_prefix(MARK).unwrap_or_default();
    version.len() <= 8
        && version.starts_with(|digit: char| digit.is_ascii_digit())
        && version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}
