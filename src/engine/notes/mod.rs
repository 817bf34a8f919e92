//! What was left out, repaired or carried on while a file was read: counted by kind, the first of
//! each kind named with its place. Nothing is changed without a note.

mod spool;

pub use spool::Spool;

use crate::engine::error::syntax::SyntaxFault;

/// Places kept for each kind; beyond that notes are only counted, so that a file of a million
/// broken records costs no more memory than one of ten.
const PLACES_A_KIND: usize = 20;

/// What a note is about. The order is the order of importance in a one-line account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoteKind {
    /// A record's body was longer than the bound; the rest of it was left out.
    RecordTooLong,
    /// A start tag that never ends; no record could be made of it.
    StartTagBroken,
    /// A line of a file of JSON lines that is no JSON object.
    LineUnreadable,
    /// From here on a file could not be read; the count is the bytes left out.
    DamagedFromHere,
    /// A record that breaks the rules of its notation was left out; those behind it were read.
    RecordDamaged,
    /// A sign between records was lacking, or one too many.
    SyntaxRepaired,
    /// What a record of a crawl holds is no text (a picture, a PDF): left out.
    BodyNotText,
    /// The file ends inside a record, which says that it is longer.
    RecordCutOff,
    /// A record is longer or shorter than it says.
    LengthWrong,
    /// A quote that is never closed, or that stands inside a quoted cell, was taken as a character.
    QuoteBroken,
    /// A row has more or fewer cells than the table has columns.
    CellsUneven,
    /// A sentence without an end goes on in a further row.
    RecordDivided,
    /// Text that stands outside every record was left out.
    TextOutside,
    /// What the encoding is remains a guess, and no good one: letters may be others than they were.
    EncodingUnsure,
    /// More than a tenth of a file's values stand in none of its records; `what` is their [`share`] (`98%`).
    MuchOutside,
    /// A tenth or less of a file's values stand in none of its records; `what` is their [`share`] (`98%`).
    FewOutside,
    /// Values that stand outside every record were left out: what repeats besides records, or what is too long or
    /// comes too late to stand beside each of them.
    ValuesOutside,
    /// Bytes that are no text in the file's encoding became U+FFFD.
    BadBytes,
    /// Halves of characters (surrogates without their other half) became U+FFFD.
    HalfCharacters,
    /// A name too long for a column was cut.
    NameCut,
    /// A column's name held what a workbook's header cannot hold; `what` is the name there.
    NameCleaned,
    /// Values for which there were too many names stand in one field, behind their names.
    ValuesTogether,
    /// A value is not what its column is taken for, and stayed text; `what` is the column.
    ValueIsText,
    /// A value is not what its column is taken for, so that all of the column stayed text; `what` is the column.
    ColumnIsText,
    /// Control characters, which a workbook cannot hold, were left out.
    ControlCharacters,
    /// U+FFFE and U+FFFF, which are no characters and which a workbook cannot hold, were left out.
    NoCharacters,
    /// Tags that look like prose (`<Head over Heels>`) were left out of a text, as HTML does.
    ProseTags,
    /// The record has no end tag; it ends where the next one begins, or with the file.
    EndTagMissing,
    /// `</doc>` stands inside a text; the record goes on to the last one.
    EndTagInside,
    /// An end tag without a start tag.
    EndTagStray,
    /// An element inside a record lost its start tag; the text before its end tag was taken for it.
    StartTagMissing,
    /// A start tag stands inside a record's text and was taken for markup.
    StartTagInside,
    /// A start tag with quotes inside a quoted value was repaired.
    StartTagRepaired,
    /// The record has none of the attributes that the columns ask for.
    AttributeMissing,
    /// A filter asks a column for which no record of the file has a value; `what` is its name.
    FilterColumnEmpty,
    /// Markup that is not complete was kept as text.
    BrokenMarkup,
    /// A reference that nothing in the file explains was kept as it is written.
    EntityUnknown,
    /// More elements, or more deeply nested, than the HTML parser should be given: the tags were
    /// simply taken out.
    TooMuchMarkup,
    /// A field longer than a cell goes on in `text (2)`, `text (3)`, …
    LongField,
    /// As was asked for, a file was replaced that was not made from this source, or was changed since.
    Replaced,
    /// The rows go on in a further worksheet.
    FurtherWorksheet,
    /// As was asked for, cells that a spreadsheet would take for formulas begin with an apostrophe.
    CellsGuarded,
    /// Form feeds and vertical tabs, which a workbook cannot hold, became line breaks.
    BreaksReplaced,
    /// The record has no field: its row is empty.
    RecordEmpty,
    /// Values of what encloses the records, which are columns only if a person asks for them.
    EnclosingLeftOut,
    /// Tags were left out of texts.
    Tags,
    /// Comments were left out of texts.
    Comments,
}

impl NoteKind {
    /// True where a record, or a part of one, stands in no row: a loss, which is part of the file's outcome. Repairs,
    /// what HTML's rules leave out, and what stands outside of records are none.
    #[must_use]
    pub fn is_loss(self) -> bool {
        matches!(
            self,
            Self::RecordTooLong
                | Self::StartTagBroken
                | Self::LineUnreadable
                | Self::DamagedFromHere
                | Self::RecordDamaged
                | Self::RecordCutOff
                | Self::BadBytes
        )
    }

    /// True where something of the file did not reach the workbook or was guessed: the kinds a
    /// person should look at.
    #[must_use]
    pub fn is_warning(self) -> bool {
        let is_small = matches!(self, Self::LongField | Self::FurtherWorksheet | Self::FewOutside | Self::CellsGuarded);
        let is_whole = matches!(self, Self::BreaksReplaced | Self::RecordEmpty);
        !(is_small || is_whole || matches!(self, Self::EnclosingLeftOut | Self::Tags | Self::Comments))
    }
}

/// A part of a whole as people read it, in whole percent: `13%`. None of it is `0%` and all of it `100%`; what lies
/// between is never either.
#[must_use]
pub fn share(part: u64, all: u64) -> String {
    let nearest = (part as f64 * 100.0 / all.max(1) as f64).round() as u64;
    let percent = match part {
        0 => 0,
        part if part < all => nearest.clamp(1, 99),
        _ => 100,
    };
    format!("{percent}%")
}

/// So much of a file's values stand outside of its records that a person should know: more than a tenth.
#[must_use]
pub fn is_much(outside: u64, all: u64) -> bool {
    u128::from(outside) * 10 > u128::from(all)
}

/// One place.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Note {
    /// What happened.
    pub kind: NoteKind,
    /// Line of the source file, from 1: the record's start tag, or where it stands.
    pub line: u64,
    /// The record's id, empty where there is none.
    pub record: String,
    /// How many at this place (characters, tags, bytes, pieces), at least 1.
    pub count: u64,
    /// The thing itself (a tag, a name), shortened; empty where the kind says all.
    pub what: String,
    /// Where the rules of a notation are broken, if that is what it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<SyntaxFault>,
}

impl Note {
    /// A note about the record with this id, without further words.
    #[must_use]
    pub fn at(kind: NoteKind, line: u64, record: &str, count: u64) -> Self {
        Self { kind, line, record: record.to_owned(), count, what: String::new(), fault: None }
    }
}

/// The notes of one file, or their sums over a run. Most files of a long list have none, or few: they take
/// no more than a pointer until there is one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notes(Option<Box<NoteStore>>);

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct NoteStore {
    /// `(kind, places, sum of counts)`, sorted by kind.
    counts: Vec<(NoteKind, u64, u64)>,
    places: Vec<Note>,
    /// Records that each of a person's filters left out, in their order.
    left_out_by: Vec<u64>,
    spool: Option<Spool>,
}

impl Notes {
    /// Counts a note, and keeps its place while there are few of its kind.
    pub fn add(&mut self, note: Note) {
        let seen = self.count(note.kind, 1, note.count);
        if seen <= PLACES_A_KIND as u64 {
            self.kept().places.push(note);
        } else if note.kind.is_warning()
            && let Some(spool) = &mut self.kept().spool
        {
            spool.push(&note);
        }
    }

    /// Adds `other`'s notes.
    pub fn add_all(&mut self, other: &Self) {
        self.add_counts(other);
        if !other.places().is_empty() {
            self.kept().places.extend(other.places().iter().cloned());
        }
    }

    /// Adds `other`'s counts, not its places.
    pub fn add_counts(&mut self, other: &Self) {
        for &(kind, places, sum) in other.counts() {
            self.count(kind, places, sum);
        }
        self.leave_out(other.left_out_by());
    }

    /// Counts records that were left out because a person asked for that: so many by each filter, in their order.
    pub fn leave_out(&mut self, records: &[u64]) {
        if records.is_empty() {
            return;
        }
        let sums = &mut self.kept().left_out_by;
        sums.resize(sums.len().max(records.len()), 0);
        for (sum, records) in sums.iter_mut().zip(records) {
            *sum += records;
        }
    }

    /// Records that each of the chosen filters left out, in their order; empty where there is none. That is no note:
    /// a person asked for it.
    #[must_use]
    pub fn left_out_by(&self) -> &[u64] {
        self.0.as_ref().map_or(&[], |kept| &kept.left_out_by)
    }

    /// Records that filters left out.
    #[must_use]
    pub fn filtered(&self) -> u64 {
        self.left_out_by().iter().sum()
    }

    /// Forgets places where there are more than `most`: first of what a person need not look at, then all.
    /// The counts stay. Gives how many places are left.
    pub fn keep_places(&mut self, most: usize) -> usize {
        let Self(Some(kept)) = self else { return 0 };
        if kept.places.len() > most {
            kept.places.retain(|note| note.kind.is_warning());
        }
        if kept.places.len() > most {
            kept.places.clear();
        }
        kept.places.shrink_to_fit();
        kept.places.len()
    }

    /// `(kind, records or places concerned, sum of their counts)`, the most important first.
    #[must_use]
    pub fn counts(&self) -> &[(NoteKind, u64, u64)] {
        self.0.as_ref().map_or(&[], |kept| &kept.counts)
    }

    /// The first places of each kind, in file order.
    #[must_use]
    pub fn places(&self) -> &[Note] {
        self.0.as_ref().map_or(&[], |kept| &kept.places)
    }

    /// Places at which something was lost.
    #[must_use]
    pub fn losses(&self) -> u64 {
        self.counts().iter().filter(|(kind, ..)| kind.is_loss()).map(|(_, places, _)| places).sum()
    }

    /// These counts, without places.
    #[must_use]
    pub fn of_counts(counts: &[(NoteKind, u64, u64)]) -> Self {
        let mut notes = Self::default();
        for &(kind, places, sum) in counts {
            notes.count(kind, places, sum);
        }
        notes
    }

    /// From now on, places for which there is no room here go there as well, if a person should look at them.
    pub fn keep_all(&mut self, spool: Spool) {
        self.kept().spool = Some(spool);
    }

    /// Hands back where places went for which there was no room.
    pub fn take_spool(&mut self) -> Option<Spool> {
        let spool = self.0.as_mut()?.spool.take();
        if self.is_empty() && self.left_out_by().is_empty() {
            self.0 = None;
        }
        spool
    }

    /// Nothing was noted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.counts().is_empty()
    }

    fn kept(&mut self) -> &mut NoteStore {
        self.0.get_or_insert_default()
    }

    fn count(&mut self, kind: NoteKind, places: u64, sum: u64) -> u64 {
        let counts = &mut self.kept().counts;
        match counts.binary_search_by_key(&kind, |entry| entry.0) {
            Ok(at) => {
                counts[at].1 += places;
                counts[at].2 += sum;
                counts[at].1
            }
            Err(at) => {
                counts.insert(at, (kind, places, sum));
                places
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(kind: NoteKind, line: u64) -> Note {
        Note { kind, line, record: String::new(), count: 2, what: String::new(), fault: None }
    }

    #[test]
    fn share_is_the_nearest_percent_and_never_rounds_to_nothing_or_all() {
        let shares = [(0, 30), (1, 9_000), (4, 30), (1, 8), (1, 2), (8_999, 9_000), (9, 9)];
        let said = shares.map(|(part, all)| share(part, all));
        assert_eq!(said, ["0%", "1%", "13%", "13%", "50%", "99%", "100%"]);
        assert!(!is_much(3, 30) && is_much(4, 30) && !is_much(0, 0));
    }

    #[test]
    fn counts_go_on_when_places_are_full() {
        let mut notes = Notes::default();
        for line in 1..=100 {
            notes.add(note(NoteKind::Tags, line));
        }
        notes.add(note(NoteKind::BadBytes, 7));
        assert_eq!(notes.counts(), [(NoteKind::BadBytes, 1, 2), (NoteKind::Tags, 100, 200)]);
        assert_eq!(notes.places().len(), PLACES_A_KIND + 1);
        let mut sum = Notes::default();
        sum.add_counts(&notes);
        sum.add_counts(&notes);
        assert_eq!(sum.counts(), [(NoteKind::BadBytes, 2, 4), (NoteKind::Tags, 200, 400)]);
        assert!(sum.places().is_empty());
    }

    #[test]
    fn places_are_forgotten_before_counts_and_the_less_important_first() {
        let mut notes = Notes::default();
        assert_eq!(notes.keep_places(10), 0);
        for line in 1..=4 {
            notes.add(note(NoteKind::Tags, line));
            notes.add(note(NoteKind::BadBytes, line));
        }
        assert_eq!(notes.keep_places(8), 8);
        assert_eq!(notes.keep_places(7), 4);
        assert!(notes.places().iter().all(|note| note.kind == NoteKind::BadBytes));
        assert_eq!(notes.keep_places(3), 0);
        assert_eq!(notes.counts(), [(NoteKind::BadBytes, 4, 8), (NoteKind::Tags, 4, 8)]);
    }
}
