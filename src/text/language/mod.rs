//! What a language has to say: a trait a subject, all of them together [`Language`]. A language says it in a
//! folder of its own, in files of the same names as here, so that they can be read side by side. What does
//! not compile without a word can't be forgotten.
//!
//! A method that has a body here puts words together the same way in every language so far; one where that
//! reads badly says it in its own way.

mod causes;
mod errors;
mod files;
mod kinds;
mod notes;
mod progress;
mod runs;
mod system;
mod times;
mod window;

use std::fmt::Debug;

use super::Text;

pub use causes::CauseWords;
pub use errors::ErrorWords;
pub use files::FileWords;
pub use kinds::KindWords;
pub use notes::{NoteWords, sign};
pub use progress::ProgressWords;
pub use runs::{EndedAs, ReportText, RunWords};
pub use system::SystemWords;
pub use times::TimeWords;
pub use window::WindowWords;

/// All that the program says, in one language.
pub trait Language:
    CauseWords
    + ErrorWords
    + FileWords
    + KindWords
    + NoteWords
    + ProgressWords
    + RunWords
    + SystemWords
    + TimeWords
    + WindowWords
    + Debug
    + Sync
{
    /// The language's name in itself, so that whoever needs it can read it.
    fn own_name(&self) -> &'static str;

    /// The fixed words of the window.
    fn labels(&self) -> &'static Text;
}
