//! The lines of a text, of which the longest are cut.

use std::io::Read;

use crate::engine::error::Halt;
use crate::engine::input::decode::TextReader;
use crate::engine::notes::{Note, NoteKind, Notes};

/// The length of the line at which the text begins, its end included, `longest` or little more at most; `None`
/// at the end of the file. The reader holds the line.
pub fn next<R: Read>(reader: &mut TextReader<R>, longest: usize) -> Result<Option<usize>, Halt> {
    let mut seen = 0;
    loop {
        let text = reader.text();
        if let Some(end) = memchr::memchr(b'\n', &text.as_bytes()[seen..]) {
            let length = seen + end + 1;
            return Ok(Some(if length > longest { text.floor_char_boundary(longest) } else { length }));
        }
        seen = text.len();
        if seen > longest {
            return Ok(Some(text.floor_char_boundary(longest)));
        }
        if !reader.more()? {
            return Ok((seen > 0).then_some(seen));
        }
    }
}

/// Passes over the line of this length; what is beyond is left out, and named.
pub fn pass<R: Read>(reader: &mut TextReader<R>, length: usize, longest: usize, notes: &mut Notes) -> Result<(), Halt> {
    let line = reader.line();
    let is_whole = reader.text()[..length].ends_with('\n') || length < longest.saturating_sub(3);
    reader.consume(length);
    if is_whole {
        return Ok(());
    }
    let mut left_out = 0;
    loop {
        let text = reader.text();
        let end = memchr::memchr(b'\n', text.as_bytes());
        let passed = end.map_or(text.len(), |end| end + 1);
        left_out += (passed - usize::from(end.is_some())) as u64;
        reader.consume(passed);
        if end.is_some() || !reader.more()? {
            break;
        }
    }
    if left_out > 0 {
        notes.add(Note::at(NoteKind::RecordTooLong, line, "", left_out));
    }
    Ok(())
}
