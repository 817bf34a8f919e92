//! The inputs used lately, the last one first.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// So many are remembered.
pub const MOST: usize = 8;

/// An input, where its workbooks went, and when it was last used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recent {
    /// Folders and files that were the input.
    pub inputs: Vec<PathBuf>,
    /// What was added to them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub added: Vec<PathBuf>,
    /// `None` means beside the input.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output: Option<PathBuf>,
    /// Seconds since 1970.
    #[serde(default)]
    pub used: u64,
}

impl Recent {
    /// All that it was made of.
    pub fn paths(&self) -> impl Iterator<Item = &PathBuf> {
        self.inputs.iter().chain(&self.added)
    }
}

/// Puts what is used first, and in place of what was said of the same inputs before; what was used longest ago
/// may go.
pub fn remember(recent: &mut Vec<Recent>, used: Recent) {
    if used.inputs.is_empty() {
        return;
    }
    recent.retain(|one| one.inputs != used.inputs);
    recent.insert(0, used);
    recent.truncate(MOST);
}

/// As [`Recent::used`] has it.
#[must_use]
pub fn seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recent_inputs_are_the_last_eight_each_once_the_newest_first() {
        let one = |input: &str, used| Recent { inputs: vec![input.into()], added: vec![], output: None, used };
        let mut recent = Vec::new();
        for n in 0..10_u64 {
            remember(&mut recent, one(&format!("/in/{n}"), n));
        }
        let last = Recent { added: vec!["/more".into()], output: Some("/out".into()), ..one("/in/5", 20) };
        remember(&mut recent, last.clone());
        remember(&mut recent, Recent { inputs: vec![], ..last.clone() });
        let kept: Vec<u64> = recent.iter().map(|one| one.used).collect();
        assert_eq!(kept, [20, 9, 8, 7, 6, 4, 3, 2]);
        assert_eq!(recent[0], last);
    }
}
