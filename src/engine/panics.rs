//! A panic is an outcome: of the file that was converted, of the archive that was listed, else of the
//! run. Caught here, with its place, and not printed over the terminal face's lines.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use super::error::Cause;
use super::output::target::writing;

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
    attempt(work).map_err(cause)
}

/// Does `work`, which may do so in turn.
///
/// # Errors
/// What a panic says, with its place, on one line.
pub fn attempt<T>(work: impl FnOnce() -> T) -> Result<T, String> {
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
    let is_inside = CATCHING.replace(true); // a worker that waits may come upon other work of this kind
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    CATCHING.set(is_inside);
    done.map_err(|panic| {
        let message = MESSAGE.take();
        // one that began on another thread was told there
        let message = if message.is_empty() { said(&*panic) } else { message };
        message.replace('\n', " ")
    })
}

/// What a panic said, without its place.
#[must_use]
pub fn said(panic: &(dyn Any + Send)) -> String {
    let words = panic.downcast_ref::<String>().map(String::as_str);
    words.or(panic.downcast_ref::<&str>().copied()).unwrap_or_default().to_owned()
}

/// `rust_xlsxwriter` panics where its temporary data cannot be written; a full disk is no fault of ours.
fn cause(message: String) -> Cause {
    if !message.contains("Couldn't write to xml file") {
        return Cause::Panic(message);
    }
    if message.contains("StorageFull") || message.contains("QuotaExceeded") {
        return Cause::DiskFull;
    }
    let (_, why) = message.rsplit_once("message: ").unwrap_or(("", &message));
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
    fn a_panic_is_caught_around_another_and_from_another_thread() {
        let outer = attempt(|| {
            let inner = attempt(|| panic!("the first"));
            assert!(inner.is_err_and(|said: String| said.contains("the first")));
            panic!("the\nsecond")
        });
        let said = outer.map_or_else(|said| said, |()| String::new());
        assert!(said.contains("the second") && said.contains("panics.rs"), "{said}");
        let elsewhere = attempt(|| panic::resume_unwind(Box::new("elsewhere".to_owned())));
        assert_eq!(elsewhere, Err::<(), _>("elsewhere".to_owned()));
    }

    #[test]
    fn a_full_disk_is_called_so() {
        let full = "panicked at x.rs:1:\nCouldn't write to xml file: Os { code: 28, kind: StorageFull, message: \"No space\" }";
        assert!(matches!(cause(full.to_owned()), Cause::DiskFull));
        let other = "Couldn't write to xml file: Os { code: 5, kind: Other, message: \"I/O error\" }";
        assert!(matches!(cause(other.to_owned()), Cause::Write(error) if error.to_string() == "I/O error"));
    }
}
