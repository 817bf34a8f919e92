//! What each worker of a run does: it takes files in list order, converts them and hands what came of it on, and does
//! what other files have to give while none waits.

use std::thread;
use std::time::Duration;

use super::Sink;
use super::commit::in_flight::{InFlight, StopOnPanic};
use super::commit::{Ended, HandOver};
use super::control::Work;
use super::convert::{self, Converted, Run};
use super::event::{Event, Outcome, WorkerId};
use super::merge::Merging;
use crate::engine::panics;

/// How often, and how long apart, a file is tried again for which no file could be opened: others are committed
/// meanwhile.
const TRIES: u32 = 100;
const PAUSE: Duration = Duration::from_millis(10);

/// Works as worker number `worker`, from 0, until the run is over.
pub fn work<'a>(
    worker: WorkerId,
    (run, merging): (&'a Run<'a>, &Merging<'a>),
    hand_over: &HandOver<'_, 'a>,
    sink: Sink,
) {
    let control = run.control;
    let _stop = StopOnPanic(control);
    while let Some(work) = control.take(worker) {
        let (file, source) = match work {
            Work::File(file, source) => (file, source),
            Work::Step(step) => {
                merging.step(step, worker);
                control.step_done();
                continue;
            }
            Work::Task(task) => {
                let _ = panics::attempt(task); // whoever waits for it sees that nothing came
                continue;
            }
        };
        let held = InFlight::new(control, file, source);
        sink(Event::Started { file, worker });
        let hear = |bytes, records| sink(Event::Progress { file, bytes, records });
        let Some(source) = held.source() else { continue }; // it is held until it is done
        let mut converted = convert::convert(run, source, &hear);
        if lacks_files(&converted) {
            let _turn = hand_over.turn();
            for _ in 0..TRIES {
                converted.release(run);
                thread::sleep(PAUSE);
                converted = convert::convert(run, source, &hear);
                if !lacks_files(&converted) || control.is_stopped() {
                    break;
                }
            }
        }
        hand_over.take_over(Ended { held, converted });
    }
}

fn lacks_files(converted: &Converted) -> bool {
    matches!(&converted.report.outcome, Outcome::Failed(error) if error.cause.is_too_many_open())
}
