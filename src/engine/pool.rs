//! (to come)
use super::{Control, Event, Job, RunError, Summary};
pub fn run(_job: &Job, _control: &Control, _sink: &(dyn Fn(Event) + Sync)) -> Result<Summary, RunError> {
    todo!()
}
pub fn scan_only(_job: &Job, _control: &Control, _sink: &(dyn Fn(Event) + Sync)) -> Result<Summary, RunError> {
    todo!()
}
