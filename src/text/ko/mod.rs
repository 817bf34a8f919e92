//! Korean.
//!
//! Sentences avoid particles after variables, so that they read well whatever stands there.

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

use super::Text;
use super::language::Language;

/// What the program says in Korean.
#[derive(Debug)]
pub struct Korean;

impl Language for Korean {
    fn own_name(&self) -> &'static str {
        "한국어"
    }

    fn labels(&self) -> &'static Text {
        &labels::TEXT
    }
}
