//! Every word that people read.
//!
//! [`Text`] holds the fixed words of the window, [`Language`] is all that is said about the engine's values
//! and around numbers. A language is a folder (`en`, `ko`) that answers both, and a line in the table of
//! `lang.rs`; nothing else knows which languages there are. [`Explained`] and the functions beside it put
//! whole lines together from a language's words.

mod en;
mod explained;
mod ko;
mod labels;
mod lang;
mod language;
pub mod licences;
mod numbers;
mod visible;

pub use explained::{
    Explained, gone_line, journal_line, left_out_line, losses_line, note_line, report_line, run_words,
    source_changed_line, summary_line, verified_line, verify_summary,
};
pub use labels::Text;
pub use lang::{Lang, system_language};
pub use language::{
    CauseWords, EndedAs, ErrorWords, FileWords, KindWords, Language, NoteWords, ProgressWords, RunWords, SystemWords,
    TimeWords, WindowWords,
};
pub use numbers::{bytes, count, speed};
pub use visible::{is_unsafe, visible};
