//! Bytes → records: compression, encoding, format, record boundaries, the text of a record.
//!
//! [`Records`] reads one source file as a stream; never more than a chunk and a record of it are in
//! memory. The format is recognised by looking inside, never by the file's name.

use std::collections::VecDeque;
use std::io::Read;
use std::sync::LazyLock;

use super::context::Context;
use super::format::html::{only_tables, selection};
use super::format::xml::beside::Beside;
use super::format::{self, Format, Head};
use super::json::outline::{Outline, Selection};
use super::markup::{html, tidy};
use super::record::Record;
use super::split::by_line::LONGEST_LINE;
use super::split::by_value::{LONGEST_RECORD, Wanted};
use super::split::raw_record::RawRecord;
use super::split::{Cut, Cutter};
use crate::engine::error::{Cause, Halt, UnknownText};
use crate::engine::input::decode::TextReader;
use crate::engine::input::open::Opened;
use crate::engine::job::columns::Column;
use crate::engine::job::css::Css;
use crate::engine::job::reading::{Certainty, EncodingName, FormatKind, Reading};
use crate::engine::job::record_selector::RecordSelector;
use crate::engine::notes::{Note, NoteKind, Notes};
use crate::engine::stop::StopToken;

/// How the records of one source file are asked for.
#[derive(Debug, Clone, Copy)]
pub struct ReadOptions<'a> {
    pub reading: &'a Reading,
    /// The source file's name without folders.
    pub file: &'a str,
    /// Records keep their markup, because a column's selector will look into it.
    pub keep_markup: bool,
    /// The columns, where a person chose them.
    pub chosen: Option<&'a [Column]>,
    /// Records come with whatever can be a column, also where it is none.
    pub offers: bool,
    /// The files beside it, where it is a file of a folder.
    pub beside: Option<Beside<'a>>,
}

/// The records of one source file, in order.
pub struct Records<'a, R> {
    pub(super) cutter: Cutter<R>,
    format: &'static dyn Format,
    ask: ReadOptions<'a>,
    /// The selector that finds the records inside what is cut.
    select: Option<&'a Css>,
    /// Records are what a person's selector finds.
    is_selected: bool,
    /// What repeats in the beginning of the file, with its count.
    repeats: Vec<(String, u64)>,
    /// Which of it was taken for the records without being asked, where one path says it.
    taken: Option<String>,
    /// Values outside of the records, and all, there.
    outside: (u64, u64),
    /// The record at hand as it stands in the source, and its key: room that each one uses again.
    raw: RawRecord,
    id: String,
    /// Found and not given yet.
    waiting: VecDeque<Record>,
    /// Records that there must be, by what is cut and found.
    owed: u64,
    unreadable: u64,
}

impl<'a> Records<'a, Opened> {
    /// Recognises the format of a source file just opened.
    ///
    /// # Errors
    /// [`Cause::Read`], [`Cause::NotText`], [`Cause::NotRecognised`].
    pub fn of(opened: Opened, ask: ReadOptions<'a>) -> Result<Self, Halt> {
        let around = opened.around();
        Self::new(TextReader::new(opened, ask.reading.encoding.map(|name| name.0))?.beside(around), ask)
    }

    /// Only the beginning was to be read, and it is read: a record may be cut off.
    pub fn is_cut(&self) -> bool {
        self.cutter.reader().source().is_cut()
    }

    /// Bytes of the file read so far, compressed as they stand on the disk.
    pub fn bytes_read(&self) -> u64 {
        self.cutter.reader().source().bytes_read()
    }
}

impl<'a, R: Read> Records<'a, R> {
    /// Recognises the format of a text.
    ///
    /// # Errors
    /// [`Cause::Read`], [`Cause::NotRecognised`].
    pub fn new(mut reader: TextReader<R>, ask: ReadOptions<'a>) -> Result<Self, Halt> {
        match ask.reading.format {
            Some(FormatKind::Warc) => reader.keep_bytes(),
            Some(_) => reader.keep_no_bytes(ask.reading.encoding.map(|name| name.0)),
            None => {}
        }
        while reader.text().len() < format::HEAD && reader.more()? {}
        let record = ask.reading.record.as_ref();
        let path = record.and_then(RecordSelector::path);
        let said = ask.reading.format;
        let head = Head::new(reader.text(), reader.is_at_end());
        let is_json = path.is_some() && is_json(said, &head);
        let select = record.and_then(RecordSelector::css).filter(|_| !is_json);
        let is_word = select.is_some_and(|css| format::by_word(said, &head, css.as_str()).is_some());
        let select = select.filter(|_| !is_word);
        let is_page = said == Some(FormatKind::HtmlPage) || (said.is_none() && selection::is_page(&head));
        let page_cut = record.filter(|_| is_page && !is_json && !is_word);
        let page_cut = page_cut.map(|record| selection::in_page(record, &mut reader)).transpose()?;
        let head = Head::new(reader.text(), reader.is_at_end());
        let found = match (record, said) {
            _ if is_json => format::chosen(FormatKind::Json, &head),
            (Some(record), _) if is_word => format::by_word(said, &head, record.as_str()),
            (Some(record), _) => Some(match page_cut {
                Some(found) => found,
                None => selection::in_xml(record, &head)?,
            }),
            (None, Some(kind)) => format::chosen(kind, &head),
            (None, None) => format::recognise(&head),
        };
        let is_any_xml = found.as_ref().is_some_and(|(format, _)| format.kind() == FormatKind::Xml);
        if is_any_xml
            && (record, said) == (None, None)
            && let Some(message) = format::xml::refusal(&head, ask.beside.as_ref())
        {
            return Err(Cause::Refusal(message).into());
        }
        let found = found.map(|(format, cut)| match (&cut, ask.beside) {
            (Cut::Tree(_), Some(beside)) if record.is_none() && format.kind() == FormatKind::Xml => {
                (format, format::xml::in_folder(&head, &beside).unwrap_or(cut))
            }
            _ => (format, cut),
        });
        let Some((mut format, mut cut)) = found else { return Err(Cause::NotRecognised(look(&head)).into()) };
        // a page that is nothing but a table: a row of it is a record
        let is_table = record.is_none() && format.kind() == FormatKind::HtmlPage && only_tables::is_all(head.text);
        let select = if is_table { Some(&*TABLE) } else { select };
        let is_selected = select.is_some_and(|css| css.element().is_none() || cut == Cut::Whole);
        let select = select.filter(|_| cut == Cut::Whole);
        let mut repeats = if ask.offers { format.repeats(&head) } else { Vec::new() };
        let mut outline = Outline::default();
        if cut == Cut::Values {
            let may_be_lines = said.is_none() && path.is_none();
            if may_be_lines && let Some(lines) = lines_after_all(&mut reader)? {
                (format, cut) = lines;
            } else {
                look_on(&mut outline, &mut reader)?;
            }
        }
        let selection = path.filter(|_| cut == Cut::Values).map_or_else(|| outline.records(), Selection::at);
        repeats.extend(outline.repeats());
        let outside = outline.outside(&selection);
        let taken = match (&cut, &selection.paths[..]) {
            (Cut::Tree(tree), _) => tree.path(),
            (Cut::Values, [path]) => Some(path.clone()),
            _ => None,
        };
        let cutter = Cutter::new(cut, reader, Wanted::new(selection, ask.chosen, ask.offers));
        let (raw, id, waiting) = (RawRecord::default(), String::new(), VecDeque::new());
        Ok(Self {
            cutter,
            format,
            ask,
            select,
            is_selected,
            repeats,
            taken: taken.filter(|_| record.is_none()),
            outside,
            raw,
            id,
            waiting,
            owed: 0,
            unreadable: 0,
        })
    }

    /// The next record; `None` at the end of the file. What was left out or repaired goes into `notes`.
    ///
    /// # Errors
    /// When the file cannot be read, or the run is stopped.
    pub fn next(&mut self, stop: &StopToken, notes: &mut Notes) -> Result<Option<Record>, Halt> {
        loop {
            stop.checkpoint()?;
            if let Some(record) = self.waiting.pop_front() {
                return Ok(Some(record));
            }
            if !self.cutter.next(&mut self.raw, notes)? {
                return Ok(None);
            }
            self.id.clear();
            let mut context = Context {
                stop,
                notes,
                tags: self.ask.reading.tags,
                keep_markup: self.ask.keep_markup,
                may_be_bad: self.cutter.reader().bad_sequences() > 0,
                encoding: self.ask.reading.encoding.map(|name| name.0),
                file: self.ask.file,
                line: self.raw.line,
                id: &mut self.id,
            };
            if let Some(css) = self.select {
                self.waiting = selection::records(&self.raw.body, css, &mut context)?.into();
                self.owed += self.waiting.len() as u64;
                continue;
            }
            match self.format.read(&mut self.raw, &mut context)? {
                Some(record) => return Ok(Some(record)),
                None => self.unreadable += 1,
            }
        }
    }

    /// Takes a record back that is done with: the next one is made in its place.
    pub fn give_back(&mut self, record: Record) {
        self.raw.attributes = record.fields;
    }

    /// What repeats in the beginning of the file: paths by which records can be chosen, and how many there are.
    pub fn repeats(&self) -> &[(String, u64)] {
        &self.repeats
    }

    /// The path of what was taken for the records without being asked, where it is known.
    pub fn taken(&self) -> Option<&str> {
        self.taken.as_deref()
    }

    /// Values that stand outside of the records in the beginning of the file, and all that stand there.
    pub fn outside(&self) -> (u64, u64) {
        match &self.cutter {
            Cutter::Tree(tree) => tree.outside(),
            _ => self.outside,
        }
    }

    /// How records stand in the file.
    pub fn format(&self) -> FormatKind {
        if self.is_selected { FormatKind::Selected } else { self.format.kind() }
    }

    /// The fields that are columns unless a person chooses others, of a file where these names were
    /// found; `None`: all of them.
    pub fn columns(&self, found: &[String]) -> Option<&'static [&'static str]> {
        if self.is_selected { None } else { self.format.columns(found) }
    }

    /// The encoding, and how it is known.
    pub fn encoding(&self) -> (EncodingName, Certainty) {
        let reader = self.cutter.reader();
        (EncodingName(reader.encoding()), reader.certainty())
    }

    /// Tells of an encoding that may be another, once all is read that may show it.
    pub fn note_encoding(&self, notes: &mut Notes) {
        let (encoding, certainty) = self.encoding();
        if certainty == Certainty::Unsure {
            let what = encoding.0.name().to_owned();
            notes.add(Note { what, ..Note::at(NoteKind::EncodingUnsure, 1, "", 1) });
        }
    }

    /// The number of records that there must be: beginnings seen less those that are named as
    /// unreadable.
    pub fn owed(&self) -> u64 {
        let (beginnings, broken) = self.cutter.beginnings();
        if self.select.is_some() { self.owed } else { beginnings - broken - self.unreadable }
    }
}

/// Whether a text is JSON, by what a person says or by looking inside.
fn is_json(chosen: Option<FormatKind>, head: &Head) -> bool {
    let kind = chosen.or_else(|| format::recognise(head).map(|(format, _)| format.kind()));
    matches!(kind, Some(FormatKind::Json | FormatKind::JsonLines))
}

/// So much of a JSON text is looked at for what repeats, and so much where nothing has yet.
const LOOK: usize = 1 << 20;
const LONGEST_LOOK: usize = LONGEST_RECORD;

/// Looks at the beginning of a JSON text.
fn look_on<R: Read>(outline: &mut Outline, reader: &mut TextReader<R>) -> Result<(), Halt> {
    loop {
        let is_done = outline.look(reader.text(), reader.is_at_end());
        let most = if outline.has_repeats() { LOOK } else { LONGEST_LOOK };
        if is_done || reader.text().len() >= most || !reader.more()? {
            return Ok(());
        }
    }
}

/// JSON lines whose first is longer than what formats look at: another object stands on the line behind it.
fn lines_after_all<R: Read>(reader: &mut TextReader<R>) -> Result<Option<(&'static dyn Format, Cut)>, Halt> {
    if reader.text().len() < format::HEAD || !reader.text().trim_start().starts_with('{') {
        return Ok(None);
    }
    let mut seen = 0;
    loop {
        let text = reader.text();
        if let Some(end) = memchr::memchr(b'\n', &text.as_bytes()[seen..]) {
            let (line, next) = text.split_at(seen + end);
            if next.trim_start().is_empty() && !reader.is_at_end() && text.len() <= LONGEST_LINE {
                seen += end;
                reader.more()?;
                continue;
            }
            let is_lines = next.trim_start().starts_with('{') && format::is_object(line);
            return Ok(is_lines.then(|| format::chosen(FormatKind::JsonLines, &Head::new("", true))).flatten());
        }
        seen = text.len();
        if seen > LONGEST_LINE || !reader.more()? {
            return Ok(None);
        }
    }
}

/// The rows of tables.
static TABLE: LazyLock<Css> =
    LazyLock::new(|| Css::parse("table").unwrap_or_else(|| unreachable!("a name is a selector")));

/// What a text in no known format looks like.
fn look(head: &Head) -> UnknownText {
    let begin = head.begin();
    match begin.chars().next() {
        None => UnknownText::Blank,
        Some('{' | '[') if !begin.starts_with("{\\rtf") => UnknownText::Json,
        Some('{') => UnknownText::Rtf,
        Some(_) if format::is_web_archive(begin) => UnknownText::WebArchive,
        Some('<') => UnknownText::Markup(head.root().map(|root| root.name.to_owned()).unwrap_or_default()),
        _ => UnknownText::Unknown,
    }
}

/// Entities decoded once more.
#[must_use]
pub fn decode_again(text: &str) -> String {
    let text = text.replace('<', "&lt;");
    html::text(&text, tidy::Rules::Html, &StopToken::default()).map_or_else(|_| String::new(), |read| read.text)
}
