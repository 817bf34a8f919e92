//! The inputs used lately, the last one first.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// So many are remembered.
pub const MOST: usize = 8;

/// An input, where its workbooks went, and when it was last used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recent {
    pub inputs: Vec<PathBuf>,
    /// `None` means beside the input.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output: Option<PathBuf>,
    /// Seconds since 1970.
    #[serde(default)]
    pub used: u64,
}

/// Puts the input first; what was used longest ago may go.
pub fn remember(recent: &mut Vec<Recent>, inputs: &[PathBuf], output: Option<&PathBuf>, now: SystemTime) {
    if inputs.is_empty() {
        return;
    }
    recent.retain(|one| one.inputs != inputs);
    let used = now.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    recent.insert(0, Recent { inputs: inputs.to_vec(), output: output.cloned(), used });
    recent.truncate(MOST);
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn the_last_eight_are_kept_each_once_the_newest_first() {
        let mut recent = Vec::new();
        for n in 0..10_u64 {
            remember(&mut recent, &[format!("/in/{n}").into()], None, UNIX_EPOCH + Duration::from_secs(n));
        }
        let out = PathBuf::from("/out");
        remember(&mut recent, &["/in/5".into()], Some(&out), UNIX_EPOCH + Duration::from_secs(20));
        remember(&mut recent, &[], Some(&out), UNIX_EPOCH + Duration::from_secs(30));
        let kept: Vec<u64> = recent.iter().map(|one| one.used).collect();
        assert_eq!(kept, [20, 9, 8, 7, 6, 4, 3, 2]);
        assert_eq!(recent[0], Recent { inputs: vec!["/in/5".into()], output: Some(out), used: 20 });
    }
}
