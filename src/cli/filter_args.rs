//! Which records become rows: options that `convert` and `inspect` share.

use clap::Args;

use crate::engine::{Choices, Filter};

/// Filters, on top of a preset's.
#[derive(Debug, Args)]
#[command(next_help_heading = "Which records become rows")]
pub struct FilterArgs {
    /// Keep only records whose column passes: 'text contains 한국', 'title matches ^A' (regex), 'text longer 200'
    /// (characters), 'id in ids.txt' (a value a line, UTF-8). The column is a header, a field, or :file, :folder,
    /// :number, :line; "in quotes" where its name has spaces. Values are asked as cells would hold them, and letter
    /// case counts. May be given several times: all must pass
    #[arg(long, value_name = "TEST", value_parser = keep)]
    keep: Vec<Filter>,
    /// Leave out records whose column passes a test as above; or 'empty' ones, or 'empty:COLUMNS' that have nothing in
    /// any of these; or 'duplicates' of an earlier record of the same finished file, or 'duplicates:COLUMNS' that have the same
    /// in these
    #[arg(long, value_name = "WHAT", value_parser = drop)]
    drop: Vec<Filter>,
    /// Keep the first record and every N-th behind it, of those that are left
    #[arg(long, value_name = "N", value_parser = every)]
    every: Option<Filter>,
    /// Keep a sample of what is left: so many records of each finished file (1000), or a share (10%)
    #[arg(long, value_name = "N|P%", value_parser = size)]
    sample: Option<String>,
    /// Which sample: the same seed draws the same again [default: 0]
    #[arg(long, value_name = "SEED", requires = "sample")]
    seed: Option<u64>,
}

impl FilterArgs {
    /// Adds what was chosen to the choices. Lists are taken from the present folder on.
    pub fn put_into(&self, choices: &mut Choices) {
        let sample = self.sample.as_deref().map(|size| format!("sample {size} seed {}", self.seed.unwrap_or_default()));
        let sample = sample.and_then(|line| Filter::parse(&line).ok());
        let chosen = self.keep.iter().chain(&self.drop).chain(&self.every).cloned().chain(sample);
        let here = std::env::current_dir().unwrap_or_default();
        choices.filters.extend(chosen.map(|filter| filter.from_folder(&here)));
    }
}

fn keep(text: &str) -> Result<Filter, String> {
    parsed("keep", text)
}

fn drop(text: &str) -> Result<Filter, String> {
    parsed("drop", text)
}

fn every(text: &str) -> Result<Filter, String> {
    parsed("every", text)
}

fn size(text: &str) -> Result<String, String> {
    parsed("sample", &format!("{text} seed 0")).map(|_| text.to_owned())
}

fn parsed(word: &str, text: &str) -> Result<Filter, String> {
    Filter::parse(&format!("{word} {text}")).map_err(|error| error.to_string())
}
