//! Keeps the computer from falling asleep while a run works. A system that cannot be asked sleeps as
//! always; nobody is told, for nothing is lost by it.

use std::sync::mpsc::{Sender, channel};

/// Awake while it is held.
#[derive(Debug, Default)]
pub struct Awake {
    /// Dropped when the computer may sleep again.
    held: Option<Sender<()>>,
}

impl Awake {
    /// Holds the computer awake, or lets it go; asking the system is not waited for.
    pub fn hold(&mut self, hold: bool) {
        if !hold {
            self.held = None;
        } else if self.held.is_none() {
            let (sender, let_go) = channel::<()>();
            let thread = std::thread::Builder::new().name("awake".into()).spawn(move || {
                // idleness alone: the screen may go dark, and who closes the lid means it
                let mut ask = keepawake::Builder::default();
                ask.idle(true)
                    .reason("Converting files")
                    .app_name("Sheetmill")
                    .app_reverse_domain(crate::window::desktop::APP_ID);
                let awake = ask.create();
                let _ = let_go.recv(); // until it is dropped
                drop(awake);
            });
            self.held = thread.is_ok().then_some(sender);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keep_awake_is_held_once_and_let_go() {
        let mut awake = Awake::default();
        awake.hold(true);
        awake.hold(true);
        assert!(awake.held.is_some());
        awake.hold(false);
        assert!(awake.held.is_none());
    }
}
