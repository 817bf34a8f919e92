//! The window itself, in English.

use super::{English, plural};
use crate::text::count;
use crate::text::language::WindowWords;

impl WindowWords for English {
    fn deleted(&self, name: &str) -> String {
        format!("{name} deleted")
    }

    fn forget(&self, name: &str) -> String {
        format!("Remove {name} from the list")
    }

    fn no_window(&self, why: &str) -> String {
        format!("The window can't be opened ({why}). In the terminal, use: sheetmill convert INPUT OUTPUT")
    }

    fn filters(&self, number: usize) -> String {
        plural(number as u64, "filter", "filters")
    }

    fn crates(&self, number: usize) -> String {
        format!("{} crates that it is built and tested with", count(number as u64))
    }
}
