//! What a fault costs: as little as can be. A broken record among others is passed over alone, a comma too many or a
//! scalar behind a document is read over, and where nothing more can be read, what stands before is kept.

use std::io::Read;

use super::{Mode, ValueSplitter};
use crate::engine::error::Halt;
use crate::engine::error::syntax::{Expected, SyntaxFault};
use crate::engine::notes::{Note, NoteKind, Notes};

impl<R: Read> ValueSplitter<R> {
    /// The text does not go on as it must: the rest of a record that stands among others is passed over, else nothing
    /// more can be read.
    pub(super) fn fault(&mut self, at: usize, expected: Expected, notes: &mut Notes) -> Result<(), Halt> {
        let byte = self.gone + at as u64;
        let mut place = self.place;
        place.advance(self.reader.text(), self.gone, byte);
        let found = self.reader.text()[at..].chars().next();
        let expected = if self.has_begun { expected } else { Expected::Value };
        let fault = SyntaxFault { line: place.line, column: place.column(), expected, found };
        if expected == Expected::End && found.is_some_and(begins_scalar) && self.tokens.take_document(at) {
            // it is told, and taken: nothing of it is lost
            notes.add(Note { fault: Some(fault), ..Note::at(NoteKind::SyntaxRepaired, fault.line, "", 1) });
            return Ok(());
        }
        self.first_fault.get_or_insert(fault);
        if found.is_some()
            && let Mode::Record(begun) = &self.mode
            && self.frames.last().is_some_and(|frame| frame.holds_records)
        {
            let begun = begun.clone();
            if let Some(end) = self.end_of_broken(&begun, at, expected)? {
                self.broken += 1;
                let record = &self.reader.text()[self.window(begun.start)..self.window(end)];
                let what = record.chars().take(60).collect(); // whatever the window shows behind it
                notes.add(Note { what, fault: Some(fault), ..Note::at(NoteKind::RecordDamaged, fault.line, "", 1) });
                self.tokens.resume(self.window(end), begun.depth);
                self.mode = Mode::Way;
                return Ok(());
            }
        }
        if self.mend(at, fault) {
            notes.add(Note { fault: Some(fault), ..Note::at(NoteKind::SyntaxRepaired, fault.line, "", 1) });
            return Ok(());
        }
        self.end_at(byte, fault, notes);
        Ok(())
    }

    /// Reads on between records, where a comma lacks or is one too many.
    fn mend(&mut self, at: usize, fault: SyntaxFault) -> bool {
        let is_between = matches!(self.mode, Mode::Way) && self.frames.last().is_some_and(|frame| frame.holds_records);
        match (is_between, fault.expected, fault.found) {
            (true, Expected::CommaOrArrayEnd, Some('{' | '[' | '"')) => self.tokens.mend(at, true),
            (true, Expected::Value | Expected::ValueOrArrayEnd, Some(',')) => self.tokens.mend(at + 1, true),
            (true, Expected::Value, Some(']')) => self.tokens.mend(at, false),
            _ => return false,
        }
        true
    }

    /// Nothing can be read from here on; what stands before it in a record is kept.
    fn end_at(&mut self, byte: u64, fault: SyntaxFault, notes: &mut Notes) {
        match &self.mode {
            Mode::Record(begun) if begun.has_value => self.end_record(byte, notes),
            Mode::Record(_) => {
                self.broken += 1;
                self.mode = Mode::Way;
            }
            Mode::TooLong(_) => self.end_record(byte, notes),
            Mode::Beside(_) => self.end_beside(notes),
            Mode::Way => {}
        }
        while !self.frames.is_empty() {
            self.close(notes);
        }
        self.has_ended = true;
        self.damage = Some((byte, fault));
    }

    /// Passes over what cannot be read, and tells of it.
    pub(super) fn pass_damage(&mut self, byte: u64, fault: SyntaxFault, notes: &mut Notes) -> Result<(), Halt> {
        let mut left = (self.reader.text().len() - self.window(byte)) as u64;
        loop {
            let length = self.reader.text().len();
            self.reader.consume(length);
            if !self.reader.more()? {
                break;
            }
            left += self.reader.text().len() as u64;
        }
        notes.add(Note { fault: Some(fault), ..Note::at(NoteKind::DamagedFromHere, fault.line, "", left) });
        Ok(())
    }
}

/// A text, number or word of JSON may begin so.
fn begins_scalar(char: char) -> bool {
    char.is_ascii_digit() || "\"-tfnNI".contains(char)
}
