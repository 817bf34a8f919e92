//! A panic is an outcome: of the file that was converted, of the archive that was listed, else of the
//! run. Caught here, with its place, and not printed over the terminal face's lines.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    static CATCHING: Cell<bool> = const { Cell::new(false) };
    static MESSAGE: RefCell<String> = const { RefCell::new(String::new()) };
}

static HOOK: Once = Once::new();

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panic_becomes_its_message_with_its_place() {
        let message = attempt(|| panic!("out of {}", "luck")).map_or_else(|said| said, |()| String::new());
        assert!(message.contains("out of luck") && message.contains("panics.rs"), "{message}");
        assert_eq!(attempt(|| 7), Ok(7));
    }

    #[test]
    fn panic_is_caught_around_another_and_from_another_thread() {
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
}
