//! English.

mod causes;
mod errors;
mod files;
mod kinds;
mod labels;
mod notes;
mod progress;
mod runs;
mod system;
mod times;
mod window;

use super::language::Language;
use super::{Text, count};

/// What the program says in English.
#[derive(Debug)]
pub struct English;

impl Language for English {
    fn own_name(&self) -> &'static str {
        "English"
    }

    fn labels(&self) -> &'static Text {
        &labels::TEXT
    }
}

/// `1 record`, `1,327 records`.
fn plural(number: u64, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{} {many}", count(number)) }
}
