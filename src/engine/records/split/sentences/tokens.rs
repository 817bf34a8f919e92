//! The tokens of a sentence: a field a column, once a token.

use std::ops::Range;

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
    /// Values, token by token, one behind the other.
    values: String,
    /// Column and place in `values`.
    cells: Vec<(usize, Range<usize>)>,
    text: String,
    /// Where the first word stands, and whether all others are like it: then they are no words.
    first_word: Option<Range<usize>>,
    are_alike: bool,
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
            values: String::new(),
            cells: Vec::new(),
            text: String::new(),
            first_word: None,
            are_alike: true,
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
            let (column, from) = (self.cells.len() - first, self.values.len());
            self.values.push_str(cell);
            if column + 1 == MOST_COLUMNS {
                cells.by_ref().for_each(|cell| self.values.extend(["\t", cell]));
            }
            self.cells.push((column, from..self.values.len()));
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
        let place = |column: usize| self.cells[first..].get(column).map_or(0..0, |(_, place)| place.clone());
        let cell = |column: usize| &self.values[place(column)];
        if self.layout.is_conllu {
            let (begin, end) = cell(0).split_once('-').unwrap_or((cell(0), ""));
            if begin.contains('.') || begin.parse().is_ok_and(|begin: u64| begin <= self.range_end) {
                return; // nothing of it is written, or it is part of what is
            }
            if let Ok(end) = end.parse() {
                self.range_end = end;
            }
        }
        let word = place(usize::from(self.layout.counts_tokens && width > 1));
        if !self.glued && !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(&self.values[word.clone()]);
        self.glued = self.layout.is_conllu && cell(MISC).split('|').any(|feature| feature == "SpaceAfter=No");
        match &self.first_word {
            None => self.first_word = Some(word),
            Some(first) => self.are_alike &= self.values[first.clone()] == self.values[word],
        }
    }

    /// The sentence as it was written, by the words of its tokens.
    pub fn put_text(&self, fields: &mut FieldList) {
        let is_no_text = self.are_alike && self.count > 1;
        if !is_no_text && !self.text.is_empty() && !self.names.iter().any(|name| name == "text") {
            fields.push("text", &self.text);
        }
    }

    /// A field a column, once a token.
    pub fn put(&self, fields: &mut FieldList) {
        for (column, place) in &self.cells {
            fields.push(&self.names[*column], &self.values[place.clone()]);
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
        self.values.clear();
        self.cells.clear();
        self.text.clear();
        (self.first_word, self.are_alike, self.glued, self.count) = (None, true, true, 0);
    }

    /// The sentence ends.
    pub fn end(&mut self) {
        self.clear();
        self.range_end = 0;
    }
}
