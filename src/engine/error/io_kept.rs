//! An error of the system as a journal keeps it: its kind, its number and its words, so that any language can say it
//! later, also on another machine, where the same number means something else.

use std::io::{self, ErrorKind};
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::NotRegular;

/// The kinds that can be told apart, by the names that Rust gives them; any other is one that has no name.
const KINDS: [ErrorKind; 21] = [
    ErrorKind::NotFound,
    ErrorKind::PermissionDenied,
    ErrorKind::AlreadyExists,
    ErrorKind::WouldBlock,
    ErrorKind::NotADirectory,
    ErrorKind::IsADirectory,
    ErrorKind::DirectoryNotEmpty,
    ErrorKind::ReadOnlyFilesystem,
    ErrorKind::InvalidInput,
    ErrorKind::InvalidData,
    ErrorKind::InvalidFilename,
    ErrorKind::TimedOut,
    ErrorKind::StorageFull,
    ErrorKind::QuotaExceeded,
    ErrorKind::FileTooLarge,
    ErrorKind::ResourceBusy,
    ErrorKind::CrossesDevices,
    ErrorKind::TooManyLinks,
    ErrorKind::Unsupported,
    ErrorKind::UnexpectedEof,
    ErrorKind::OutOfMemory,
];
const NOT_REGULAR: &str = "NotRegular";

#[derive(Serialize, Deserialize)]
struct Kept {
    kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    code: Option<i32>,
    text: String,
}

fn name(error: &io::Error) -> String {
    if NotRegular::is(error) { NOT_REGULAR.to_owned() } else { format!("{:?}", error.kind()) }
}

/// Writes kind, number and words.
pub fn serialize<S: Serializer>(error: &Arc<io::Error>, serializer: S) -> Result<S::Ok, S::Error> {
    Kept { kind: name(error), code: error.raw_os_error(), text: error.to_string() }.serialize(serializer)
}

/// Reads what [`serialize`] has written.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<io::Error>, D::Error> {
    let kept = Kept::deserialize(deserializer)?;
    if kept.kind == NOT_REGULAR {
        return Ok(Arc::new(io::Error::other(NotRegular)));
    }
    let same = |error: &io::Error| name(error) == kept.kind && error.to_string() == kept.text;
    let of_system = kept.code.map(io::Error::from_raw_os_error).filter(same);
    let kind = KINDS.into_iter().find(|kind| format!("{kind:?}") == kept.kind).unwrap_or(ErrorKind::Other);
    Ok(Arc::new(of_system.unwrap_or_else(|| io::Error::new(kind, kept.text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize, Deserialize)]
    struct Held(#[serde(with = "super")] Arc<io::Error>);

    fn back(error: io::Error) -> Arc<io::Error> {
        let json = serde_json::to_string(&Held(Arc::new(error))).expect("written");
        serde_json::from_str::<Held>(&json).expect("read").0
    }

    #[test]
    fn errors_come_back_with_their_kinds_and_words() {
        for kind in KINDS {
            let error = back(kind.into());
            assert_eq!((error.kind(), error.to_string()), (kind, io::Error::from(kind).to_string()));
        }
        let refused = io::Error::from_raw_os_error(13);
        let error = back(io::Error::from_raw_os_error(13));
        assert_eq!((error.kind(), error.to_string()), (refused.kind(), refused.to_string()));
        assert_eq!(error.raw_os_error(), Some(13));
        assert!(NotRegular::is(&back(io::Error::other(NotRegular))));
    }

    #[test]
    fn number_of_another_system_does_not_change_what_is_said() {
        let json = r#"{"kind":"PermissionDenied","code":5,"text":"Zugriff verweigert (os error 5)"}"#;
        let Held(error) = serde_json::from_str(json).expect("read");
        assert_eq!(error.kind(), ErrorKind::PermissionDenied);
        assert_eq!(error.to_string(), "Zugriff verweigert (os error 5)");
        let Held(error) = serde_json::from_str(r#"{"kind":"LaterKind","text":"new"}"#).expect("read");
        assert_eq!((error.kind(), error.to_string()), (ErrorKind::Other, "new".to_owned()));
    }
}
