//! The first records of a source file as they will stand in its workbook, without converting it: what
//! a person sees before the start. Only a file's beginning is read, whatever its size.

use std::collections::{HashMap, HashSet};
use std::io::Read;
use std::path::Path;

use super::kinds::{Come, Kinds};
use super::plan::Plan;
use super::shaper::{self, RecordPosition, Shaper};
use super::sieve::{Mesh, Sieve};
use crate::engine::error::{Cause, Halt};
use crate::engine::input::neighbours::Neighbours;
use crate::engine::input::open::Opener;
use crate::engine::input::source_file::SourceFile;
use crate::engine::job::choices::Choices;
use crate::engine::job::columns::{Column, Columns, Origin};
use crate::engine::job::reading::{Certainty, EncodingName, FormatKind, Reading};
use crate::engine::job::record_selector::RecordSelector;
use crate::engine::notes::{Notes, is_much};
use crate::engine::output::{self, OutputForm};
use crate::engine::records::format::xml::beside::{Beside, Folders};
use crate::engine::records::reader::{ReadOptions, Records};
use crate::engine::records::record::Record;
use crate::engine::stop::StopToken;

/// So much of a file, decompressed, is looked at.
const BEGINNING: u64 = 4 << 20;

/// So many records show a file's fields.
const RECORDS: usize = 1000;

/// So much of what repeats is tried, to find which of it is the record.
const MOST_TRIED: usize = 8;

/// What a source file holds, by its beginning.
#[derive(Debug, Clone)]
pub struct Inspection {
    /// How records stand in it.
    pub format: FormatKind,
    /// The encoding's name in the WHATWG Encoding Standard.
    pub encoding: &'static str,
    /// How sure the encoding is.
    pub certainty: Certainty,
    /// The fields of the records looked at, in the order in which they were found.
    pub fields: Vec<FoundField>,
    /// The columns that the workbook will have.
    pub columns: Vec<Column>,
    /// A row a record, a value a column; a column that is spread holds its values joined.
    pub rows: Vec<Vec<String>>,
    /// Of each row its record's number in the file, from 1.
    pub numbers: Vec<u64>,
    /// The file has no more records than these.
    pub is_all: bool,
    /// What would be left out or repaired in these records.
    pub notes: Notes,
    /// What repeats in the beginning of the file and can be chosen as its records, in the order of the text.
    pub repeats: Vec<Repeat>,
    /// Values that stand outside of the records in the beginning of the file, and all that stand there; both zero
    /// where they are not counted.
    pub outside: (u64, u64),
    /// The path of what repeats and was taken for records without being asked, as far as it is known.
    pub taken: Option<String>,
    /// Names of the fields found that no column takes.
    pub left_out: Vec<String>,
    /// What filters did, where there are some.
    pub sifted: Option<Sifted>,
}

/// What filters did to the records that were looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Sifted {
    /// Records looked at.
    pub looked_at: u64,
    /// Of these, so many that filters left out.
    pub left_out: u64,
    /// A sample of so many records is drawn from more than were looked at: all that would come into it are shown.
    pub is_undrawn: bool,
}

/// Something that repeats in a file.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Repeat {
    /// The names that lead to it from the root, `/` between; empty for the root itself.
    pub path: String,
    /// How many there are in the part that was looked at.
    pub count: u64,
}

/// A field that a file's records offer.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct FoundField {
    /// Its name, as a column takes it.
    pub name: String,
    /// The beginning of its first value that is not blank.
    pub example: String,
    /// The most values that one record has of it.
    pub values: usize,
}

/// Looks at the first `most` records of a source file, as files of the default form would hold them.
///
/// # Errors
/// As for a conversion: when the file cannot be read or holds no record in a known format.
pub fn inspect(
    source: &SourceFile,
    columns: &Columns,
    reading: &Reading,
    most: usize,
    stop: &StopToken,
) -> Result<Inspection, Halt> {
    inspect_beside(source, columns, reading, most, stop, &Neighbours::new(None))
}

/// As [`inspect`], where something is known of the files beside and of the system's language.
///
/// # Errors
/// As there.
pub fn inspect_beside(
    source: &SourceFile,
    columns: &Columns,
    reading: &Reading,
    most: usize,
    stop: &StopToken,
    neighbours: &Neighbours,
) -> Result<Inspection, Halt> {
    sifted(output::DEFAULT, source, (columns, None), reading, most, stop, neighbours)
}

/// As [`inspect_beside`], as a file made with these choices would hold the records, without those that filters leave
/// out. `reading` is the file's own.
///
/// # Errors
/// As there; and when a filter's list cannot be read.
pub fn inspect_chosen(
    source: &SourceFile,
    choices: &Choices,
    reading: &Reading,
    most: usize,
    stop: &StopToken,
    neighbours: &Neighbours,
) -> Result<Inspection, Halt> {
    let form = output::of(choices);
    let mesh = Mesh::of(&choices.filters).map_err(Cause::from)?;
    let (columns, mesh) = (&choices.columns, mesh.as_ref());
    sifted(form, source, (columns, mesh), reading, most, stop, neighbours)
}

fn sifted(
    form: &dyn OutputForm,
    source: &SourceFile,
    (columns, mesh): (&Columns, Option<&Mesh>),
    reading: &Reading,
    most: usize,
    stop: &StopToken,
    neighbours: &Neighbours,
) -> Result<Inspection, Halt> {
    if source.bytes == 0 {
        return Err(Cause::Empty.into());
    }
    let needs_markup = columns.as_chosen().is_some_and(shaper::need_markup);
    let chosen = columns.as_chosen();
    // filters may leave out most of them
    let read = if mesh.is_some() { most.max(RECORDS) } else { most };
    let look = Look { reading, keep_markup: needs_markup, chosen, most: read, folders: None, counts: true };
    let opener = Opener::alone(source, stop).beside(neighbours.of(source, stop));
    let mut sample = Sample::of(&opener, look, stop)?;
    if sample.records.is_empty() {
        return Err(Cause::NoRecords.into());
    }
    let taken = match &sample.taken {
        Some(path) => Some(path.clone()).filter(|path| sample.repeats.iter().any(|repeat| repeat.path == *path)),
        None if is_much(sample.outside.0, sample.outside.1) => sample.taken(&opener, look, stop)?,
        None => None,
    };
    let names: Vec<String> = sample.fields.iter().map(|field| field.name.clone()).collect();
    let strict = columns.as_chosen().is_some() || sample.named.is_some();
    let mut sieve = mesh.map(|mesh| sample.sieve(mesh, chosen, &source.name));
    let are_numbers = columns.are_numbers();
    let (columns, has_rest) = shaper::resolve(columns, sample.named, &names, sample.format, form.limits())?;
    let shaper = |columns: &[Column]| {
        let columns = columns.to_vec();
        let shaper = if strict { Shaper::new(columns, true) } else { Shaper::of_found(columns) };
        if has_rest { shaper.with_rest(sample.format) } else { shaper }
    };
    let columns = if are_numbers {
        // by as many records as the conversion looks at
        let all = Look { most: RECORDS, counts: false, ..look };
        let further = if sample.is_all || read >= RECORDS { None } else { Some(Sample::of(&opener, all, stop)?) };
        let records = further.as_ref().map_or(&sample.records, |further| &further.records);
        shaper::with_numbers(columns.clone(), records, &shaper(&columns))
    } else {
        columns
    };
    let shaper = shaper(&columns).with_kinds(Kinds::of(&columns, form.holds()));
    let (mut rows, mut numbers) = (Vec::new(), Vec::new());
    let mut looked_at = 0;
    for (number, record) in (1..).zip(&sample.records) {
        if rows.len() == most {
            break;
        }
        looked_at = number;
        let at = RecordPosition { name: &source.name, number };
        if sieve.as_mut().is_some_and(|sieve| sieve.keeps(record, at).is_some()) {
            continue;
        }
        let fields = shaper.row(record, at, &mut sample.notes);
        numbers.push(number);
        rows.push(fields.into_iter().map(|field| field.into_joined(|value| form.shown(value))).collect());
    }
    let left_out = sample.left_out(shaper.columns());
    let is_all = sample.is_all && looked_at == sample.records.len() as u64;
    let sifted = sieve.map(|sieve| {
        if is_all {
            sieve.note(&mut sample.notes);
        }
        let is_undrawn = sieve.is_counting();
        Sifted { looked_at, left_out: looked_at - rows.len() as u64, is_undrawn }
    });
    Ok(Inspection {
        format: sample.format,
        encoding: sample.encoding.0.0.name(),
        certainty: sample.encoding.1,
        fields: sample.fields,
        columns: Come::of(shaper.columns(), form.holds()).put_into(shaper.columns().to_vec()),
        rows,
        numbers,
        is_all,
        notes: sample.notes,
        repeats: sample.repeats,
        outside: sample.outside,
        taken,
        left_out,
        sifted,
    })
}

/// What a file's workbook needs unless a person chooses its columns: by its first records, for what comes later is known
/// only when all is read. With `are_numbers`, columns that hold nothing but numbers there are numbers.
///
/// # Errors
/// As for a conversion.
pub fn columns_found<'a>(
    opener: &Opener,
    reading: &Reading,
    are_numbers: bool,
    form: &'a dyn OutputForm,
    folders: &Folders,
    stop: &StopToken,
) -> Result<Plan<'a>, Halt> {
    let look = Look { reading, keep_markup: false, chosen: None, most: RECORDS, folders: Some(folders), counts: false };
    let sample = Sample::of(opener, look, stop)?;
    let names: Vec<String> = sample.fields.into_iter().map(|field| field.name).collect();
    let (columns, has_rest) = shaper::resolve(&Columns::AUTO, sample.named, &names, sample.format, form.limits())?;
    let plan = Plan::new(form, columns, sample.named.is_some());
    let plan = if has_rest { plan.with_rest(sample.format) } else { plan };
    Ok(if are_numbers { plan.with_numbers(&sample.records) } else { plan })
}

/// The first records of a file.
struct Sample {
    format: FormatKind,
    encoding: (EncodingName, Certainty),
    named: Option<&'static [&'static str]>,
    fields: Vec<FoundField>,
    /// Where each field stands in the list.
    places: HashMap<String, usize>,
    records: Vec<Record>,
    notes: Notes,
    is_all: bool,
    repeats: Vec<Repeat>,
    taken: Option<String>,
    outside: (u64, u64),
}

/// How the first records are looked at.
#[derive(Clone, Copy)]
struct Look<'a> {
    reading: &'a Reading,
    keep_markup: bool,
    chosen: Option<&'a [Column]>,
    most: usize,
    folders: Option<&'a Folders>,
    /// What stands outside of the records is counted beyond those that are looked at.
    counts: bool,
}

/// Values outside of the records, and all, in the beginning of the file. Where they look like many by its first
/// records, the rest is asked as well: a long head is soon outweighed by what comes behind it.
fn outside<R: Read>(found: &mut Records<R>, stop: &StopToken) -> Result<(u64, u64), Halt> {
    if found.format() == FormatKind::Selected {
        return Ok((0, 0)); // of a page nobody expects that all of it is records
    }
    let grows = found.format() != FormatKind::Json; // there it is known of the beginning as a whole
    while grows && is_much(found.outside().0, found.outside().1) {
        match found.next(stop, &mut Notes::default()) {
            Ok(Some(record)) => found.give_back(record),
            Ok(None) | Err(Halt::Failed(_)) => break,
            Err(stopped @ Halt::Stopped) => return Err(stopped),
        }
    }
    Ok(found.outside())
}

impl Sample {
    fn of(opener: &Opener, look: Look, stop: &StopToken) -> Result<Self, Halt> {
        let Look { reading, keep_markup, chosen, most, folders, counts } = look;
        let file = opener.source().file_name();
        let beside = Some(Beside::of(opener.source(), stop, folders));
        let ask = ReadOptions { reading, file: &file, keep_markup, chosen, offers: true, beside };
        let mut found = Records::of(opener.open()?.limited(BEGINNING), ask)?;
        let mut sample = Self {
            format: found.format(),
            encoding: found.encoding(),
            named: None,
            fields: Vec::new(),
            places: HashMap::new(),
            records: Vec::new(),
            notes: Notes::default(),
            is_all: false,
            repeats: found.repeats().iter().map(|(path, count)| Repeat { path: path.clone(), count: *count }).collect(),
            taken: found.taken().map(str::to_owned),
            outside: found.outside(),
        };
        while sample.records.len() < most {
            let mut notes = Notes::default();
            let next = match found.next(stop, &mut notes) {
                Err(Halt::Failed(Cause::Damaged(_))) if found.is_cut() => None, // by the end of the beginning
                next => next?,
            };
            let Some(record) = next else {
                sample.is_all = !found.is_cut();
                if sample.is_all {
                    sample.notes.add_all(&notes); // of what stands behind the last record
                }
                break;
            };
            if found.is_cut() && !sample.records.is_empty() {
                break; // the record that the end of the beginning cuts off
            }
            if !found.is_cut() {
                sample.notes.add_all(&notes);
            }
            sample.add(record);
        }
        if sample.records.len() == most {
            // one more would be too many; what it is does not matter, nor that it can't be read
            sample.is_all = matches!(found.next(stop, &mut Notes::default()), Ok(None)) && !found.is_cut();
        }
        sample.encoding = found.encoding();
        sample.outside = if counts { outside(&mut found, stop)? } else { found.outside() };
        found.note_encoding(&mut sample.notes);
        let names: Vec<String> = sample.fields.iter().map(|field| field.name.clone()).collect();
        sample.named = found.columns(&names);
        Ok(sample)
    }

    /// What sifts these records, the number that a sample is drawn from counted before where they are all.
    fn sieve<'m>(&self, mesh: &'m Mesh, chosen: Option<&[Column]>, name: &Path) -> Sieve<'m> {
        let mut sieve = Sieve::new(mesh, chosen, name, None);
        if !(self.is_all && sieve.is_counting()) {
            return sieve;
        }
        for (number, record) in (1..).zip(&self.records) {
            sieve.keeps(record, RecordPosition { name, number });
        }
        Sieve::new(mesh, chosen, name, Some(sieve.reached()))
    }

    /// The path of what was taken for records: the first that gives the same first record where a person says it.
    fn taken(&self, opener: &Opener, look: Look, stop: &StopToken) -> Result<Option<String>, Halt> {
        let has_enough = |repeat: &&Repeat| repeat.count >= self.records.len() as u64;
        for repeat in self.repeats.iter().filter(has_enough).take(MOST_TRIED) {
            let reading = Reading { record: RecordSelector::of_path(&repeat.path), ..look.reading.clone() };
            match Self::of(opener, Look { reading: &reading, most: 1, counts: false, ..look }, stop) {
                Ok(tried) if tried.records.first() == self.records.first() => return Ok(Some(repeat.path.clone())),
                Err(Halt::Stopped) => return Err(Halt::Stopped),
                _ => {} // another one, or none at all
            }
        }
        Ok(None)
    }

    /// Names of the fields that none of these columns takes, by its name or by what that means in a record.
    fn left_out(&self, columns: &[Column]) -> Vec<String> {
        let asked = columns.iter().filter(|column| matches!(column.from, Origin::Field(_))).map(Column::name);
        let (known, others): (Vec<&str>, Vec<&str>) = asked.partition(|name| self.places.contains_key(*name));
        let mut taken: HashSet<&str> = known.into_iter().collect();
        for record in &self.records {
            let places = others.iter().filter_map(|name| record.resolve(name));
            taken.extend(places.map(|at| record.fields[at].0.as_str()));
        }
        let names = self.fields.iter().map(|field| &field.name);
        names.filter(|name| !taken.contains(name.as_str())).cloned().collect()
    }

    fn add(&mut self, record: Record) {
        let mut counts: HashMap<usize, usize> = HashMap::new();
        for (name, value) in record.fields.iter() {
            let at = *self.places.entry(name.clone()).or_insert_with(|| {
                self.fields.push(FoundField { name: name.clone(), example: String::new(), values: 0 });
                self.fields.len() - 1
            });
            let count = counts.entry(at).or_default();
            *count += 1;
            let field = &mut self.fields[at];
            field.values = field.values.max(*count);
            if field.example.is_empty() {
                field.example = value.trim_start().chars().take(80).collect();
            }
        }
        self.records.push(record);
    }
}
