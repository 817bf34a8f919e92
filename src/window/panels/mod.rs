//! The parts of the window. A panel reads a [`View`](super::view::View) and pushes
//! [`Command`](super::command::Command)s; panels never see each other.

pub mod empty;
pub mod folders;
pub mod footer;
pub mod list;
pub mod options;
pub mod overlays;
pub mod side;
pub mod workers;
