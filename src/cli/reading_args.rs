//! What a person says about reading and columns on the command line, alone or on top of a preset.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};

use crate::engine::{Choices, Columns, EncodingName, FormatKind, RecordSelector, Tags};
use crate::preset::{Preset, PresetError};

/// Options that `convert` and `inspect` share.
#[derive(Debug, Args)]
pub struct ReadingArgs {
    /// Columns, commas between: fields of the records (`inspect` shows them), `:file`, `:folder`, `:number`,
    /// `:line`; `title=Headline` renames one; `views#number`, `day#date` and `done#truth` keep values as numbers, dates
    /// and true or false where they are one, and `auto#number` numbers in every column that has nothing else in the
    /// first records [default: auto, what each file's format offers, all as text]
    #[arg(long, value_name = "NAMES", value_parser = columns)]
    columns: Option<Columns>,
    /// How records stand in the files [default: recognised, a file at a time]
    #[arg(long, value_name = "FORMAT", value_parser = format())]
    format: Option<FormatKind>,
    /// The files' encoding, such as utf-8, cp949, utf-16le, gbk [default: recognised, a file at a time]
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    encoding: Option<EncodingName>,
    /// What is a record: a CSS selector, such as article or div.post, or names from the root down, such as
    /// document/sentence (`inspect` lists what repeats)
    #[arg(long, value_name = "SELECTOR", value_parser = selector)]
    record: Option<RecordSelector>,
    /// What becomes of tags inside texts
    #[arg(long, value_enum, value_name = "WHAT")]
    tags: Option<TagsChoice>,
    /// A preset: columns and reading as saved in the window or written by hand (TOML); the options above
    /// go before it
    #[arg(long, value_name = "FILE")]
    preset: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum TagsChoice {
    /// Only their content stays
    LeaveOut,
    /// They stay as the characters that they are
    Keep,
}

impl ReadingArgs {
    /// The choices as the engine takes them.
    ///
    /// # Errors
    /// When the preset cannot be read.
    pub fn get(&self) -> Result<Choices, PresetError> {
        let preset = self.preset.as_deref().map_or_else(|| Ok(Preset::default()), Preset::load)?;
        let mut choices = Choices::default();
        preset.put_into(&mut choices);
        let reading = &mut choices.reading;
        reading.format = self.format.or(reading.format);
        reading.encoding = self.encoding.or(reading.encoding);
        reading.record = self.record.clone().or(reading.record.take());
        reading.tags = self.tags.map_or(reading.tags, |tags| match tags {
            TagsChoice::LeaveOut => Tags::LeaveOut,
            TagsChoice::Keep => Tags::Keep,
        });
        if let Some(columns) = &self.columns {
            choices.columns = columns.clone();
        }
        Ok(choices)
    }
}

/// The names of the formats, which the parser lists in `--help`.
fn format() -> impl TypedValueParser<Value = FormatKind> {
    PossibleValuesParser::new(FormatKind::RECOGNISED.map(FormatKind::name))
        .try_map(|name| FormatKind::parse(&name).ok_or("no such format"))
}

fn columns(text: &str) -> Result<Columns, String> {
    Columns::parse(text).ok_or_else(|| "names with commas between them, none empty, none twice".into())
}

fn encoding(text: &str) -> Result<EncodingName, String> {
    EncodingName::parse(text).ok_or_else(|| "no encoding has this name".into())
}

fn selector(text: &str) -> Result<RecordSelector, String> {
    RecordSelector::parse(text).ok_or_else(|| "neither a CSS selector nor a path".into())
}
