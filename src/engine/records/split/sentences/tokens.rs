//! The tokens of a sentence: a field a column, once a token.

use super::layout::SentenceLayout;
use crate::engine::notes::{Note, NoteKind, Notes};
use crate::engine::records::field_list::FieldList;

/// The column that tells of spaces in CoNLL-U.
const MISC: usize = 9;
/// A token has no more columns than this: the last holds the rest.
const MOST_COLUMNS: usize = 1000;

/// The tokens of the sentence at hand.
pub struct Tokens {
    layout: SentenceLayout,
    names: Vec<String>,
    /// Column and value, token by token.
    cells: Vec<(usize, String)>,
    text: String,
    /// The words of the text so far are all alike: they are no words.
    alike: Option<(String, usize)>,
    glued: bool,
    /// The last word of a range of tokens that are written as one.
    range_end: u64,
    /// The first token that has other columns than the others, and how many there are.
    uneven: Option<(u64, usize, u64)>,
    count: usize,
}

impl Tokens {
    pub fn new(layout: &SentenceLayout) -> Self {
        Self {
            layout: layout.clone(),
            names: layout.columns.clone(),
            cells: Vec::new(),
            text: String::new(),
            alike: None,
            glued: true,
            range_end: 0,
            uneven: None,
            count: 0,
        }
    }

    /// The columns have other names from here on.
    pub fn rename(&mut self, layout: &SentenceLayout) {
        self.layout = layout.clone();
        self.names.clone_from(&layout.columns);
        self.name_all(self.cells.iter().map(|(column, _)| column + 1).max().unwrap_or_default());
    }

    /// So many columns have names.
    fn name_all(&mut self, width: usize) {
        for column in self.names.len()..width {
            self.names.push(format!("column_{}", column + 1));
        }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// No space stands before the next token.
    pub fn glue(&mut self) {
        self.glued = true;
    }

    /// Takes a token's line.
    pub fn add(&mut self, line: &str, number: u64) {
        let first = self.cells.len();
        let mut cells = self.layout.cells(line);
        while let Some(cell) = cells.next() {
            let column = self.cells.len() - first;
            if column + 1 == MOST_COLUMNS {
                let rest = cells.by_ref().fold(cell.to_owned(), |rest, cell| rest + "\t" + cell);
                self.cells.push((column, rest));
                break;
            }
            self.cells.push((column, cell.to_owned()));
        }
        self.count += 1;
        let width = self.cells.len() - first;
        self.name_all(width);
        if self.layout.width > 0 && width != self.layout.width {
            self.uneven.get_or_insert((number, width, 0)).2 += 1;
        }
        self.write(first, width);
    }

    /// Goes on with the text by the token whose cells begin at `first`.
    fn write(&mut self, first: usize, width: usize) {
        let cell = |column: usize| self.cells[first..].get(column).map_or("", |(_, cell)| cell.as_str());
        let id = cell(0);
        let word = if self.layout.counts_tokens && width > 1 { cell(1) } else { id };
        if self.layout.is_conllu {
            let (begin, end) = id.split_once('-').unwrap_or((id, ""));
            if id.contains('.') || begin.parse().is_ok_and(|begin: u64| begin <= self.range_end) {
                return; // nothing of it is written, or it is part of what is
            }
            if let Ok(end) = end.parse() {
                self.range_end = end;
            }
        }
        let glued = self.layout.is_conllu && cell(MISC).split('|').any(|feature| feature == "SpaceAfter=No");
        let word = word.to_owned();
        if !self.glued && !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(&word);
        self.glued = glued;
        self.alike = match self.alike.take() {
            None => Some((word, 1)),
            Some((known, times)) if times > 0 && known == word => Some((known, times + 1)),
            Some((known, _)) => Some((known, 0)),
        };
    }

    /// The sentence as it was written, by the words of its tokens.
    pub fn put_text(&self, fields: &mut FieldList) {
        let is_no_text = self.alike.as_ref().is_some_and(|(_, times)| *times > 1);
        if !is_no_text && !self.text.is_empty() && !self.names.iter().any(|name| name == "text") {
            fields.push("text", &self.text);
        }
    }

    /// A field a column, once a token.
    pub fn put(&self, fields: &mut FieldList) {
        for (column, value) in &self.cells {
            fields.push(&self.names[*column], value);
        }
    }

    /// Tells of tokens with other columns than the others.
    pub fn tell(&mut self, id: &str, notes: &mut Notes) {
        if let Some((line, width, count)) = self.uneven.take() {
            let what = format!("{width} ≠ {}", self.layout.width);
            notes.add(Note { what, ..Note::at(NoteKind::CellsUneven, line, id, count) });
        }
    }

    /// They are given; the sentence may go on.
    pub fn clear(&mut self) {
        self.cells.clear();
        self.text.clear();
        (self.alike, self.glued, self.count) = (None, true, 0);
    }

    /// The sentence ends.
    pub fn end(&mut self) {
        self.clear();
        self.range_end = 0;
    }
}
