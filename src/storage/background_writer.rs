//! A thread that writes what it is given, in that order, and is waited for at the end: files written by a thread
//! each may overtake one another, and what still waits when the program ends would be lost.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{Builder, JoinHandle};

/// `R` is what the thread says at its end.
#[derive(Debug)]
pub struct BackgroundWriter<T, R = ()> {
    sender: Option<Sender<T>>,
    thread: Option<JoinHandle<R>>,
}

impl<T: Send + 'static, R: Send + 'static> BackgroundWriter<T, R> {
    /// `work` goes on until nothing can come any more. Where no thread can be had, what is given is dropped.
    pub fn new(name: &str, work: impl FnOnce(Receiver<T>) -> R + Send + 'static) -> Self {
        let (sender, received) = channel();
        let thread = Builder::new().name(name.into()).spawn(move || work(received));
        Self { sender: Some(sender), thread: thread.ok() }
    }

    /// Hands it over; nobody waits.
    pub fn give(&self, what: T) {
        if let Some(sender) = &self.sender {
            let _ = sender.send(what); // the thread is gone only where it could not be had
        }
    }

    /// Waits until all that was given is done; `None` where it was not, or was waited for before. What is given
    /// later is dropped.
    pub fn close(&mut self) -> Option<R> {
        self.sender = None;
        self.thread.take()?.join().ok()
    }
}
