//! The engine: knows no window, no channel and no language.
//!
//! [`run`] takes a [`Job`], a [`Control`] and a sink for [`Event`]s, and gives back a [`Summary`].
//! A face (window, terminal, test) differs from another only in its sink.

mod control;
mod convert;
mod error;
mod event;
mod job;
mod meter;
mod notes;
mod panics;
mod pool;
mod scan;
mod source;
mod target;
mod workbook;

pub use control::{Control, Stopped};
pub use error::{Cause, ConvertError, FileKind, RunError};
pub use event::{Event, Outcome, Report, SourceFile, Summary};
pub use job::{Columns, IfExists, Job, Workers, default_output};
pub use notes::{Note, NoteKind, Notes};
pub use pool::{run, scan_only};
pub use source::sample;
