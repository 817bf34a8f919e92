//! Which source files share a finished file: options of `convert`.

use std::num::NonZeroU64;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::engine::{Choices, Merge, MergeBy};

/// Which share one, and what belongs to merged files alone.
#[derive(Debug, Args)]
pub struct MergeArgs {
    /// Which files are put together into one, in the order of the list
    #[arg(long, value_name = "WHICH", value_parser = by(), default_value = "none")]
    merge: MergeBy,
    /// With --merge: begin another file, "name (2 of 5)", after so many rows. Excel is slow with more than 300,000
    #[arg(long, value_name = "N")]
    max_rows: Option<NonZeroU64>,
    /// With --merge: begin another file after about so many bytes, such as 200MB
    #[arg(long, value_name = "SIZE", value_parser = size)]
    max_size: Option<NonZeroU64>,
    /// With --merge: no columns for the source file and the record's number in it, unless --columns names them
    #[arg(long)]
    no_origin: bool,
    /// With --merge: a file that fails is the end of it; without this it is left out by name
    #[arg(long)]
    all_or_nothing: bool,
}

impl MergeArgs {
    /// Puts what was chosen into the choices.
    pub fn put_into(&self, choices: &mut Choices) {
        choices.merge = Merge {
            by: self.merge,
            no_origin: self.no_origin,
            most_rows: self.max_rows,
            most_bytes: self.max_size,
            ends_with_failure: self.all_or_nothing,
        };
    }
}

/// The names, which the parser lists in `--help` with what each does.
fn by() -> impl TypedValueParser<Value = MergeBy> {
    let help = |by| match by {
        MergeBy::None => "a file for each source file",
        MergeBy::Run => "one file for all",
        MergeBy::Folder => "one file for each folder",
    };
    let values = MergeBy::ALL.map(|by| PossibleValue::new(by.name()).help(help(by)));
    PossibleValuesParser::new(values).try_map(|name| MergeBy::parse(&name).ok_or("no such choice"))
}

/// `200MB`, `1.5 GB`, or a number of bytes.
fn size(text: &str) -> Result<NonZeroU64, String> {
    let number = text.trim_end_matches(|char: char| char.is_ascii_alphabetic() || char == ' ');
    let unit = match text[number.len()..].trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1.0,
        "k" | "kb" => 1e3,
        "m" | "mb" => 1e6,
        "g" | "gb" => 1e9,
        _ => return Err("a number with KB, MB or GB".into()),
    };
    let bytes = number.parse::<f64>().ok().filter(|bytes| *bytes > 0.0).map(|bytes| (bytes * unit) as u64);
    bytes.and_then(NonZeroU64::new).ok_or_else(|| "a number with KB, MB or GB".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn size_is_a_number_with_or_without_a_unit() {
        let of = |text| size(text).ok().map(NonZeroU64::get);
        assert_eq!(
            ["200MB", "1.5 GB", "700", "3k"].map(of),
            [Some(200_000_000), Some(1_500_000_000), Some(700), Some(3000)]
        );
        assert_eq!(["", "MB", "-1", "0", "5 XB"].map(of), [None; 5]);
    }
}
