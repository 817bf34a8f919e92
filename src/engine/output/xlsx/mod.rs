//! Rows → a finished `.xlsx`: the only place that names `rust_xlsxwriter`.

mod cell;
mod deflate;
mod package;
mod sheet;
#[doc(hidden)]
pub mod stages;
pub mod stamp;
mod writer;

pub use cell::{CELL_UNITS, Field, Value};
pub use writer::{Full, MOST_COLUMNS, ROWS, WorkbookWriter};
