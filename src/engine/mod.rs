//! The engine: knows no window, no channel and no language.
//!
//! [`run`] takes a [`Job`], a [`Control`] and a sink for [`Event`]s, and gives back a [`Summary`].
//! A face (window, terminal, test) differs from another only in its sink.

mod error;
mod input;
mod job;
pub mod journal;
mod notes;
mod output;
mod panics;
mod records;
mod rows;
mod run;
mod stop;

pub use error::difference::Difference;
pub use error::left_out::{LeftOut, LeftOutCounts};
pub use error::syntax::{Expected, SyntaxFault};
pub use error::{ArchiveFault, Cause, ConvertError, FileKind, Halt, NotRegular, RunError, ScanError, UnknownText};
pub use input::archive::Member;
pub use input::neighbours::Neighbours;
pub use input::source_file::SourceFile;
pub use job::choices::{Choices, Compression, IfExists, Proof};
pub use job::columns::kind::Kind;
pub use job::columns::{BadColumns, Column, Columns, Options, Origin, Place};
pub use job::css::Css;
pub use job::filters::{BadFilter, Filter, Pattern, Share, Size, Test};
pub use job::form::Form;
pub use job::merge::{Merge, MergeBy};
pub use job::numbered;
pub use job::reading::{Certainty, EncodingName, FormatKind, Reading, Tags};
pub use job::record_selector::RecordSelector;
pub use job::system_language::SystemLanguage;
pub use job::{Job, Workers, default_output};
pub use notes::{Note, NoteKind, Notes, is_much, share};
pub(crate) use output::target::unlocked as new_temporary;
#[doc(hidden)]
pub use output::xlsx::stages;
pub use output::xlsx::tables::{Tables, Value};
pub use output::{Limits, OutputForm, of as form_of};
pub use panics::said;
#[doc(hidden)]
pub use records::audit::{Account, account, records_of};
pub use rows::inspect::{FoundField, Inspection, Repeat, Sifted, inspect, inspect_beside, inspect_chosen};
pub use run::control::Control;
pub use run::event::{Event, FileId, Outcome, Report, Summary, WorkerId};
pub use run::proof::verify::{SourceIs, Unproven, Verified, verify};
pub use run::replaced::{WouldReplace, would_replace};
pub use run::{run, scan_only};
pub use stop::{StopToken, Stopped};
