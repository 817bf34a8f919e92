//! A run of the engine while something else happens: the test has a thread of its own beside it.

use std::thread;

use sheetmill::engine::{Control, Event, Job, Summary, run};

/// Runs the job; `steer` is called beside it. Gives what that gives, and the summary.
pub fn steered<T>(
    job: &Job,
    control: &Control,
    hear: &(dyn Fn(Event) + Sync),
    steer: impl FnOnce() -> T,
) -> (T, Summary) {
    thread::scope(|scope| {
        let runner = scope.spawn(|| run(job, control, hear));
        let _stop = StopOnPanic(control);
        let given = steer();
        (given, runner.join().expect("no panic").expect("it ran"))
    })
}

/// A claim that fails must not leave the run waiting for ever.
struct StopOnPanic<'a>(&'a Control);

impl Drop for StopOnPanic<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.stop();
        }
    }
}
