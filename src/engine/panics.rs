//! A panic while a file is converted is that file's outcome: caught here, with its place, and not
//! printed over the terminal face's lines.

use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use super::error::Cause;
use super::target::writing;

thread_local! {
    static CATCHING: Cell<bool> = const { Cell::new(false) };
    static MESSAGE: RefCell<String> = const { RefCell::new(String::new()) };
}

static HOOK: Once = Once::new();

/// Does `work`; a panic becomes its cause.
///
/// # Errors
/// [`Cause::Panic`], or the error of writing that stands behind the panic.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, Cause> {
    HOOK.call_once(|| {
        let print = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if CATCHING.get() {
                MESSAGE.set(info.to_string());
            } else {
                print(info);
            }
        }));
    });
    let before = CATCHING.replace(true); // a worker that waits may come upon other work of this kind
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    CATCHING.set(before);
    done.map_err(|_| cause(&MESSAGE.take()))
}

/// `rust_xlsxwriter` panics where its temporary data cannot be written; a full disk is no fault of ours.
fn cause(message: &str) -> Cause {
    if !message.contains("Couldn't write to xml file") {
        return Cause::Panic(message.replace('\n', " "));
    }
    if message.contains("StorageFull") || message.contains("QuotaExceeded") {
        return Cause::DiskFull;
    }
    let (_, why) = message.rsplit_once("message: ").unwrap_or(("", message));
    writing(std::io::Error::other(why.trim_matches(['"', ' ', '}']).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_its_message_with_its_place() {
        match caught(|| panic!("out of {}", "luck")) {
            Err(Cause::Panic(message)) => {
                assert!(message.contains("out of luck") && message.contains("panics.rs"), "{message}");
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(caught(|| 7).ok(), Some(7));
    }

    #[test]
    fn what_is_caught_inside_leaves_what_is_caught_outside_its_message() {
        let outer = caught(|| {
            assert!(caught(|| panic!("inside")).is_err());
            panic!("outside")
        });
        assert!(matches!(&outer, Err(Cause::Panic(message)) if message.contains("outside")), "{outer:?}");
    }

    #[test]
    fn a_full_disk_is_called_so() {
        let full = "panicked at x.rs:1:\nCouldn't write to xml file: Os { code: 28, kind: StorageFull, message: \"No space\" }";
        assert!(matches!(cause(full), Cause::DiskFull));
        let other = "Couldn't write to xml file: Os { code: 5, kind: Other, message: \"I/O error\" }";
        assert!(matches!(cause(other), Cause::Write(error) if error.to_string() == "I/O error"));
    }
}
