//! A look at source files before they are converted: the first records of the one that a person has
//! selected, and what a few files spread over the list offer to choose from.
//!
//! Files are read on threads of their own, and the latest question wins: a face asks in every frame
//! what it wants to show, which costs nothing while that stays the same. Nothing here waits.

mod latest;

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use latest::Latest;

use super::engine::{
    Cause, Choices, ConvertError, FormatKind, FoundField, Halt, Inspection, Neighbours, OutputForm, Reading,
    SourceFile, StopToken, form_of, inspect_chosen, said,
};
use super::text::system_language;

/// So many records of a file are shown.
pub const ROWS: usize = 50;
/// So many files, and records of each, show what the corpus offers.
const SAMPLES: usize = 8;
const SAMPLE_RECORDS: usize = 300;
/// An answer that takes longer than this is waited for in words.
const SLOW: Duration = Duration::from_millis(150);

/// What is looked at, and how.
#[derive(Debug, Clone, PartialEq)]
struct PreviewRequest {
    source: SourceFile,
    /// What of the choices says how records will stand there; the rest is as where nothing is said.
    choices: Choices,
    reading: Reading,
}

impl PreviewRequest {
    fn is(&self, source: &SourceFile, choices: &Choices, reading: &Reading) -> bool {
        let (own, asked) = (&self.choices, choices);
        self.source == *source
            && own.columns == asked.columns
            && own.filters == asked.filters
            && (own.form, own.guard) == (asked.form, asked.guard)
            && own.has_origin() == asked.has_origin()
            && self.reading == *reading
    }
}

/// What a look at one file found.
#[derive(Debug)]
pub struct PreviewResult {
    /// Each answer has its own, from 1.
    pub number: u64,
    /// The file looked at.
    pub source: SourceFile,
    /// Its first records, or why there are none.
    pub found: Result<Inspection, ConvertError>,
    /// Cells (row, column) whose value is longer than a cell of the form and goes on in the next.
    long: Vec<(usize, usize)>,
}

impl PreviewResult {
    fn new(source: SourceFile, found: Result<Inspection, ConvertError>, form: &dyn OutputForm) -> Self {
        let rows = found.as_ref().map(|inspection| &inspection.rows[..]).unwrap_or_default();
        let most = form.limits().cell_units;
        // a text has at least as many bytes as UTF-16 units, and bytes cost nothing to count
        let is_long = |value: &String| value.len() > most && value.encode_utf16().count() > most;
        let cells = rows.iter().enumerate().flat_map(|(row, values)| {
            values.iter().enumerate().filter(|(_, value)| is_long(value)).map(move |(column, _)| (row, column))
        });
        let long = cells.collect();
        Self { number: 0, source, found, long }
    }

    /// The value is longer than a cell: it will go on in further ones.
    #[must_use]
    pub fn goes_on(&self, row: usize, column: usize) -> bool {
        self.long.contains(&(row, column))
    }
}

/// What the files of the list have to choose from, by a sample of them.
#[derive(Debug, Default)]
pub struct Offers {
    /// Fields of the files looked at, each once.
    pub fields: Vec<FoundField>,
    /// Their formats, each once.
    pub formats: Vec<FormatKind>,
    /// Names in the WHATWG Encoding Standard.
    pub encodings: Vec<&'static str>,
}

impl Offers {
    /// Adds what one file has, each thing once, in the order in which they are met.
    fn add(&mut self, found: Inspection) {
        for field in found.fields {
            match self.fields.iter_mut().find(|known| known.name == field.name) {
                Some(known) => {
                    known.values = known.values.max(field.values);
                    if known.example.trim().is_empty() {
                        known.example = field.example;
                    }
                }
                None => self.fields.push(field),
            }
        }
        if !self.formats.contains(&found.format) {
            self.formats.push(found.format);
        }
        if !self.encodings.contains(&found.encoding) {
            self.encodings.push(found.encoding);
        }
    }
}

type Files = Vec<(SourceFile, Reading)>;

#[derive(Debug)]
enum Answer {
    PreviewResult(Box<PreviewResult>),
    Offers(Offers),
}

/// The looks that a face shows.
#[derive(Debug)]
pub struct Preview {
    looks: Latest<PreviewRequest>,
    samples: Latest<Files>,
    answers: Receiver<Answer>,
    asked: Option<(PreviewRequest, Instant)>,
    /// The last answer; that of an earlier question while the present one is under way.
    look: Option<PreviewResult>,
    answers_so_far: u64,
    sampled: Files,
    offers: Offers,
}

impl Preview {
    /// `wake` is called from other threads when there is something to [`Preview::poll`].
    pub fn new(wake: impl Fn() + Clone + Send + 'static) -> Self {
        let (sender, answers) = channel();
        let looks = Latest::new("preview", sender.clone(), wake.clone(), |ask: PreviewRequest, stop| {
            let form = form_of(&ask.choices);
            let found = looked(&ask.source, &ask.choices, &ask.reading, ROWS, stop)?;
            let found =
                if ask.choices.has_origin() { found.map(|found| found.with_origin(&ask.source)) } else { found };
            Some(Answer::PreviewResult(Box::new(PreviewResult::new(ask.source, found, form))))
        });
        let samples = Latest::new("sample", sender, wake, |files: Files, stop| {
            let mut offers = Offers::default();
            for (source, reading) in files {
                // what cannot be read offers nothing; its own row says why
                if let Ok(found) = looked(&source, &Choices::default(), &reading, SAMPLE_RECORDS, stop)? {
                    offers.add(found);
                }
            }
            Some(Answer::Offers(offers))
        });
        Self {
            looks,
            samples,
            answers,
            asked: None,
            look: None,
            answers_so_far: 0,
            sampled: Vec::new(),
            offers: Offers::default(),
        }
    }

    /// Takes in what was answered.
    pub fn poll(&mut self) {
        for answer in self.answers.try_iter() {
            match answer {
                // the answer to an older question may be on its way still
                Answer::PreviewResult(look)
                    if self.asked.as_ref().is_some_and(|(ask, _)| ask.source == look.source) =>
                {
                    self.answers_so_far += 1;
                    self.look = Some(PreviewResult { number: self.answers_so_far, ..*look });
                }
                Answer::PreviewResult(_) => {}
                Answer::Offers(offers) => self.offers = offers,
            }
        }
    }

    /// Looks at this file, read so, with the columns and the form chosen; nothing to do where that is being looked at.
    pub fn look_at(&mut self, source: &SourceFile, choices: &Choices, reading: &Reading) {
        if self.asked.as_ref().is_some_and(|(ask, _)| ask.is(source, choices, reading)) {
            return;
        }
        let Choices { form, guard, merge, columns, filters, .. } = choices.clone();
        let choices = Choices { form, guard, merge, columns, filters, ..Choices::default() };
        let ask = PreviewRequest { source: source.clone(), choices, reading: reading.clone() };
        self.asked = Some((ask.clone(), Instant::now()));
        self.looks.ask(ask);
    }

    /// Collects what some of these files offer, spread over the list.
    pub fn sample<'a>(
        &mut self,
        files: usize,
        file: impl Fn(usize) -> &'a SourceFile,
        reading: impl Fn(&Path) -> Cow<'a, Reading>,
    ) {
        let picked: Vec<_> = spread(files).map(&file).map(|source| (source, reading(&source.name))).collect();
        let same = self.sampled.iter().map(|(source, reading)| (source, reading));
        if same.eq(picked.iter().map(|(source, reading)| (*source, &**reading))) {
            return;
        }
        self.sampled = picked.into_iter().map(|(source, reading)| (source.clone(), reading.into_owned())).collect();
        self.samples.ask(self.sampled.clone());
    }

    /// Forgets everything: other files are listed now.
    pub fn clear(&mut self) {
        self.looks.stop();
        self.samples.stop();
        (self.asked, self.look) = (None, None);
        (self.sampled, self.offers) = (Vec::new(), Offers::default());
    }

    /// The look to show; `None` where nothing is asked, or the answer is slow to come.
    #[must_use]
    pub fn look(&self) -> Option<&PreviewResult> {
        let (ask, since) = self.asked.as_ref()?;
        self.look.as_ref().filter(|look| look.source == ask.source || since.elapsed() < SLOW)
    }

    /// Whatever was asked is answered; an answer may still have to be taken in.
    #[must_use]
    pub fn is_at_rest(&self) -> bool {
        self.looks.is_at_rest() && self.samples.is_at_rest()
    }

    /// How long until the answer counts as slow; `None` where it is there.
    #[must_use]
    pub fn slow_in(&self) -> Option<Duration> {
        let (ask, since) = self.asked.as_ref()?;
        let answered = self.look.as_ref().is_some_and(|look| look.source == ask.source);
        (!answered).then(|| SLOW.saturating_sub(since.elapsed()))
    }

    /// What columns may be made of.
    #[must_use]
    pub fn offers(&self) -> &Offers {
        &self.offers
    }
}

/// The places of a few files spread over a list of so many: the first, the last, some between.
fn spread(files: usize) -> impl Iterator<Item = usize> {
    let count = files.min(SAMPLES);
    (0..count).map(move |at| if count < 2 { 0 } else { at * (files - 1) / (count - 1) })
}

/// One file's first records, or why there are none; `None` where nobody asks any more.
fn looked(
    source: &SourceFile,
    choices: &Choices,
    reading: &Reading,
    most: usize,
    stop: &StopToken,
) -> Option<Result<Inspection, ConvertError>> {
    let neighbours = Neighbours::new(system_language());
    let work = || inspect_chosen(source, choices, reading, most, stop, &neighbours);
    let cause = match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(inspection)) => return Some(Ok(inspection)),
        Ok(Err(Halt::Stopped)) => return None,
        Ok(Err(Halt::Failed(cause))) => cause,
        Err(panic) => Cause::Panic(said(&*panic)),
    };
    Some(Err(ConvertError { path: source.name.clone(), line: None, cause }))
}

#[cfg(test)]
mod tests;
