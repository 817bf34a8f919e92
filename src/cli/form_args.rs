//! What files are made: options that `convert` and `inspect` share.

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::engine::{Choices, Form};

/// The form, and what is chosen for one of them alone.
#[derive(Debug, Args)]
pub struct FormArgs {
    /// What files are made
    #[arg(long = "to", value_name = "FORM", value_parser = form(), default_value = "xlsx")]
    form: Form,
    /// In CSV, an apostrophe before cells that a spreadsheet would take for formulas (= + - @), counted in a note
    #[arg(long)]
    guard: bool,
}

impl FormArgs {
    /// Puts what was chosen into the choices.
    pub fn put_into(&self, choices: &mut Choices) {
        (choices.form, choices.guard) = (self.form, self.guard);
    }
}

/// The names of the forms, which the parser lists in `--help` with what each is for.
fn form() -> impl TypedValueParser<Value = Form> {
    let help = |form| match form {
        Form::Xlsx => "Excel workbooks; long texts go on in further columns",
        Form::Csv => "UTF-8 with commas; opens in Excel and everywhere",
        Form::Jsonl => "a JSON object a row, for programs",
        Form::Parquet => "for pandas, Polars, DuckDB and data sets",
    };
    let values = Form::ALL.map(|form| PossibleValue::new(form.name()).help(help(form)));
    PossibleValuesParser::new(values).try_map(|name| Form::parse(&name).ok_or("no such form"))
}
