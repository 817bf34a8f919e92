//! What a session hears of its run, each with its moment: [`Progress`](super::Progress) is the fold of these and of
//! nothing else.

use std::path::PathBuf;
use std::time::Instant;

use crate::engine::{Cause, Event, RunError, Summary};

/// Something that happened in a run, or to it.
#[derive(Debug)]
pub enum Message {
    Began(Instant),
    /// As [`Message::Began`], of a run that nobody works at: its clock stands still.
    Replayed(Instant),
    Event(Event, Instant),
    Paused(Instant),
    Resumed(Instant),
    /// The report of what was made, or why there is none.
    Reported(Result<PathBuf, Cause>),
    Ended(Result<Summary, RunError>, Instant),
}
