//! Rows → finished files. What a form of output has to answer is [`OutputForm`] and [`RowSink`]; a file or folder each
//! holds one, and [`FORMS`] is the only place that lists them. Conversion knows no form by name: it keeps the order of rows, begins a file again where its cells
//! don't fit, proves the counts, and gives the finished file its name ([`target`]).
//!
//! A form starts no thread of its own. What it can do apart, it gives to the run's [`Helpers`].

mod csv;
pub mod digest;
pub mod field;
mod heads;
mod jsonl;
mod parquet;
pub mod reservations;
pub mod stamp;
pub mod target;
mod whole;
pub mod xlsx;

use std::borrow::Cow;
use std::fs::File;
use std::io::Write;
use std::path::Path;

use field::Field;

use super::error::Halt;
use super::job::choices::{Choices, Compression};
use super::job::columns::Column;
use super::job::columns::kind::{Holds, Kind};
use super::job::form::Form;
use super::notes::NoteKind;
use super::stop::StopToken;

/// The form of files that a run makes where nobody says otherwise.
pub const DEFAULT: &dyn OutputForm = &xlsx::Xlsx;

/// All forms, each under its name.
pub const FORMS: [(Form, &dyn OutputForm); 4] = [
    (Form::Xlsx, &xlsx::Xlsx),
    (Form::Csv, &csv::Csv { is_guarded: false }),
    (Form::Jsonl, &jsonl::Jsonl),
    (Form::Parquet, &parquet::Parquet),
];

/// The form that was chosen, with what was chosen for it alone.
#[must_use]
pub fn of(choices: &Choices) -> &'static dyn OutputForm {
    if choices.form == Form::Csv && choices.guard {
        return &csv::Csv { is_guarded: true };
    }
    FORMS.iter().find(|(form, _)| *form == choices.form).map_or(DEFAULT, |(_, form)| *form)
}

/// The form of files whose names end so.
#[must_use]
pub fn by_extension(extension: &str) -> Option<&'static dyn OutputForm> {
    FORMS.iter().map(|(_, form)| *form).find(|form| form.extension() == extension)
}

/// A form in which rows can be kept in a file.
pub trait OutputForm: Sync {
    /// What the names of its files end with, without the dot.
    fn extension(&self) -> &'static str;

    /// What a file of this form can hold.
    fn limits(&self) -> Limits;

    /// The value as a file of this form will hold it: unchanged, unless the form cannot hold all.
    fn shown<'v>(&self, value: Cow<'v, str>) -> Cow<'v, str> {
        value
    }

    /// The words over the cells of a file of these columns, each so many cells wide.
    fn heads(&self, columns: &[Column], widths: &[usize]) -> Vec<String>;

    /// A file without rows says which columns it would have.
    fn has_heads_without_rows(&self) -> bool {
        true
    }

    /// How many cells the value takes, at least one; more only where a cell has a bound.
    fn cells(&self, _value: &str) -> usize {
        1
    }

    /// The kinds of values that it holds beside texts.
    fn holds(&self) -> Holds {
        Holds::TEXTS
    }

    /// A file of this form has a place for its stamp. Where it has none, the journal of its folder keeps it.
    fn keeps_stamp(&self) -> bool {
        true
    }

    /// What was chosen for this form alone and changes what its files hold: a word for the stamp.
    fn own_choice(&self) -> Option<&'static str> {
        None
    }

    /// The stamp that [`RowSink::finish`] wrote into the finished file at `target`; `None` for anything that is no
    /// whole file of this form and of our making, and where it has no place for one.
    fn stamp_at(&self, _target: &Path) -> Option<String> {
        None
    }

    /// Another program has written the file of our making at `target` anew, as far as the form shows it.
    fn is_changed(&self, _target: &Path) -> bool {
        false
    }

    /// What stands at `target` is no whole file, and begins as one of this form does: what was left of one when the
    /// power failed, and nothing that a person has made.
    fn is_remnant(&self, target: &Path) -> bool;

    /// Reads a finished file of this form back: all that stands in its cells.
    ///
    /// # Errors
    /// When it is not whole, or `stop` says so.
    fn read_back(&self, file: &File, stop: &StopToken) -> Result<ReadBack, Halt>;

    /// As [`OutputForm::read_back`], with helpers.
    ///
    /// # Errors
    /// As there.
    fn read_back_by(&self, file: &File, _: &dyn Helpers, stop: &StopToken) -> Result<ReadBack, Halt> {
        self.read_back(file, stop)
    }

    /// As [`OutputForm::read_back`], by the library that a person would use, where that is another and takes longer.
    ///
    /// # Errors
    /// As there.
    fn read_by_library(&self, file: &File, stop: &StopToken) -> Result<ReadBack, Halt> {
        self.read_back(file, stop)
    }

    /// Begins a file.
    fn begin<'a>(&self, file: NewFile, helpers: &'a dyn Helpers) -> Box<dyn RowSink + 'a>;
}

/// What files of a form can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Cells in a row.
    pub columns: usize,
    /// UTF-16 units in a cell.
    pub cell_units: usize,
}

/// What a file is to be.
#[derive(Debug, Clone, Copy)]
pub struct NewFile<'a> {
    /// Where it will stand, and temporary data meanwhile.
    pub folder: &'a Path,
    /// Their kinds are those that the form holds ([`OutputForm::holds`]), or the kinds that an earlier attempt has
    /// come to ([`RowSink::kinds`]).
    pub columns: &'a [Column],
    /// The cells that each column takes at least.
    pub widths: &'a [usize],
    /// What the file shall remember of its making: see [`stamp`].
    pub stamp: &'a str,
    pub compression: Compression,
    /// Texts are wrapped in their cells.
    pub wraps: bool,
    /// A digest of all cells is wanted.
    pub digested: bool,
}

/// One file in the making, which goes from hand to hand where several source files make it.
pub trait RowSink: Send {
    /// Takes one row: a field for each column, those that are missing at the end being empty. What a cell cannot
    /// hold is told to `note` with its count.
    ///
    /// # Errors
    /// See [`RowError`].
    fn row(&mut self, fields: &[Field], note: &mut dyn FnMut(NoteKind, u64)) -> Result<(), RowError>;

    /// Cells that each column takes so far.
    fn widths(&self) -> &[usize];

    /// What each column's values are so far; empty where no column is of another kind than at the beginning.
    fn kinds(&self) -> &[Kind] {
        &[]
    }

    /// About how many bytes the finished file would have if these were all rows; the same whatever the number of workers.
    ///
    /// # Errors
    /// When temporary data cannot be written.
    fn bytes(&mut self) -> Result<u64, Halt>;

    /// Writes the file out.
    ///
    /// # Errors
    /// When `out` or temporary data cannot be written, or the run is stopped.
    fn finish(self: Box<Self>, out: &mut dyn Write) -> Result<Written, Halt>;
}

/// What a finished file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub rows: u64,
    /// Of all cells of the rows that have something in them, where it was asked for.
    pub digest: Option<String>,
    /// Worksheets, or what else the rows are divided into; at least one.
    pub sheets: u64,
}

/// What a finished file holds, as it was read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadBack {
    /// The cells of the header, which all its parts have alike.
    pub header: Vec<String>,
    pub rows: u64,
    /// Of all cells of the rows that have something in them.
    pub digest: String,
}

/// Why a row could not be taken.
#[derive(Debug)]
pub enum RowError {
    /// It needs cells where those of earlier rows stand: the file has to be begun again with
    /// [`RowSink::widths`].
    TooNarrow,
    /// It has a value of another kind than the column of earlier rows: the file has to be begun again with
    /// [`RowSink::kinds`].
    OtherKind,
    /// The file cannot be made.
    Halted(Halt),
}

impl From<Halt> for RowError {
    fn from(halt: Halt) -> Self {
        Self::Halted(halt)
    }
}

/// Work that a form has for whoever is free: it ends by itself, and waits for no other.
pub type Task = Box<dyn FnOnce() + Send>;

/// What the run lends to a form: its workers, while they have nothing better to do.
pub trait Helpers: Sync {
    /// How many share the work; what is given and not yet done should be bounded by it.
    fn workers(&self) -> usize;

    /// Leaves a task to whoever is free.
    fn give(&self, task: Task);

    /// Does one of the tasks given, by anybody, on this thread; false where none waits.
    fn help_once(&self) -> bool;
}

/// No helpers: each task is done when it is given.
#[derive(Debug, Clone, Copy, Default)]
pub struct Alone;

impl Helpers for Alone {
    fn workers(&self) -> usize {
        1
    }

    fn give(&self, task: Task) {
        task();
    }

    fn help_once(&self) -> bool {
        false
    }
}
