//! A thread that answers one question at a time, always the latest: a newer one stops the work on the
//! older and takes its place.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use crate::engine::StopToken;

/// Asks that thread.
#[derive(Debug)]
pub struct Latest<Q> {
    desk: Arc<Desk<Q>>,
    stop: StopToken,
}

#[derive(Debug)]
struct Desk<Q> {
    next: Mutex<Next<Q>>,
    changed: Condvar,
    /// The thread is at a question.
    is_at_work: AtomicBool,
}

#[derive(Debug)]
enum Next<Q> {
    Nothing,
    Question(Q, StopToken),
    Closed,
}

impl<Q: Send + 'static> Latest<Q> {
    /// `work` answers a question, or gives it up where its token is stopped; `wake` is called after each
    /// answer sent.
    pub fn new<A: Send + 'static>(
        name: &str,
        answers: Sender<A>,
        wake: impl Fn() + Send + 'static,
        work: impl Fn(Q, &StopToken) -> Option<A> + Send + 'static,
    ) -> Self {
        let desk = Arc::new(Desk {
            next: Mutex::new(Next::Nothing),
            changed: Condvar::new(),
            is_at_work: AtomicBool::new(false),
        });
        let theirs = Arc::clone(&desk);
        let thread = std::thread::Builder::new().name(name.into()).spawn(move || {
            while let Some((question, stop)) = theirs.take() {
                if let Some(answer) = work(question, &stop)
                    && !stop.is_stopped()
                    && answers.send(answer).is_ok()
                {
                    wake();
                }
            }
        });
        drop(thread); // without it there is no preview, and everything else works
        Self { desk, stop: StopToken::default() }
    }

    pub fn ask(&mut self, question: Q) {
        self.stop.stop();
        self.stop = StopToken::default();
        self.desk.put(Next::Question(question, self.stop.clone()));
    }
}

impl<Q> Latest<Q> {
    /// Nothing is asked that has no answer yet.
    pub fn is_at_rest(&self) -> bool {
        let next = self.desk.next.lock().unwrap_or_else(PoisonError::into_inner);
        matches!(*next, Next::Nothing) && !self.desk.is_at_work.load(Ordering::SeqCst)
    }

    pub fn stop(&self) {
        self.stop.stop();
        self.desk.put(Next::Nothing);
    }
}

impl<Q> Desk<Q> {
    fn put(&self, next: Next<Q>) {
        *self.next.lock().unwrap_or_else(PoisonError::into_inner) = next;
        self.changed.notify_all();
    }

    /// The next question, waited for; `None` once nobody will ask.
    fn take(&self) -> Option<(Q, StopToken)> {
        let next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        self.is_at_work.store(false, Ordering::SeqCst);
        let waits = |next: &mut Next<Q>| matches!(next, Next::Nothing);
        let mut next = self.changed.wait_while(next, waits).unwrap_or_else(PoisonError::into_inner);
        match std::mem::replace(&mut *next, Next::Nothing) {
            Next::Question(question, stop) => {
                self.is_at_work.store(true, Ordering::SeqCst); // under the lock, so that nobody sees neither
                Some((question, stop))
            }
            Next::Nothing | Next::Closed => None,
        }
    }
}

impl<Q> Drop for Latest<Q> {
    /// Not waited for: a read from a sleeping network drive may take long, and leaves nothing behind.
    fn drop(&mut self) {
        self.stop.stop();
        self.desk.put(Next::Closed);
    }
}
