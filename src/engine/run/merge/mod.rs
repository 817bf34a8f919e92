//! Many source files → one finished file, their rows in list order, by all workers at once.
//!
//! Files that share a finished file are the members of a [`Group`]. Each is looked at first for the columns that it
//! needs; then all are read side by side, and their rows wait in batches until it is their turn. Whoever has brought a
//! batch sees whether the growing file is free, and gives it all rows whose turn it is: so one worker at a time writes
//! rows, in order, while the others read on, as far as there is room, and compress. Nothing depends on who was faster:
//! the finished file is the same, byte for byte, whatever the number of workers.
//!
//! Where a late record needs a column that the file does not have, or where a file fails of which rows are written
//! already, the group begins again: all members are looked at from end to end, so that the second time is the last.
//!
//! The finished file gets its name when the last member's rows are in it and proven; until then there is nothing.

mod batch;
mod group;
mod growing;
mod kinds;
mod member;
mod needs;
mod places;
mod read;
mod settle;
pub mod sources;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use super::Sink;
use super::commit::disk::Disk;
use super::commit::in_flight::InFlight;
use super::control::step::{Look, Step, What};
use super::convert::{self, Run};
use super::event::{Event, FileId, Outcome, Summary, WorkerId};
use crate::engine::error::{Cause, Halt};
use crate::engine::input::source_file::SourceFile;
use crate::engine::notes::{Note, NoteKind, Spool};
use crate::engine::output::RowError;
use crate::engine::panics;
use crate::engine::rows::shaper;
use group::{Group, Next, Turn};
use growing::Growing;
use member::{Ended, Member};
use needs::{Needs, Union};
use read::{Leave, Reading};
use sources::Key;

/// Bytes of rows that may wait for their turn, over all members.
const ROOM: usize = 32 << 20;

/// All merges of a run.
pub struct Merging<'a> {
    run: &'a Run<'a>,
    disk: &'a dyn Disk,
    totals: &'a Mutex<Summary>,
    sink: Sink<'a>,
    groups: Mutex<Vec<Arc<Group<'a>>>>,
    /// Bytes of rows that wait.
    waiting: AtomicUsize,
}

impl<'a> Merging<'a> {
    /// Of this run, onto this disk; adds to `totals`.
    #[must_use]
    pub fn new(run: &'a Run<'a>, disk: &'a dyn Disk, totals: &'a Mutex<Summary>, sink: Sink<'a>) -> Self {
        Self { run, disk, totals, sink, groups: Mutex::default(), waiting: AtomicUsize::new(0) }
    }

    /// Takes in files of the list, in its order.
    pub fn take_in(&self, files: Vec<(FileId, SourceFile)>) {
        let held = files.into_iter().map(|(file, source)| InFlight::new(self.run.control, file, source));
        for (key, members) in sources::by_key(held, self.run.job.choices.merge.by) {
            self.join(key, members.into_iter().map(|held| Arc::new(Member::new(held))).collect());
        }
    }

    /// The list is complete for now: what was held back for what might come goes on.
    pub fn listed(&self) {
        let groups = self.groups().clone();
        for (at, group) in groups.iter().enumerate().filter(|(_, group)| !group.is_closed()) {
            if group.enter(group.attempt()) {
                self.leave(at, group);
            }
        }
    }

    /// Members of the group of this key, which may be under way.
    fn join(&self, key: Key, members: Vec<Arc<Member<'a>>>) {
        let open = self.groups().iter().position(|group| group.key == key && !group.is_closed());
        if let Some(at) = open {
            let group = Arc::clone(&self.groups()[at]);
            group.add(members);
            let members = group.members();
            let sources = members.iter().filter_map(|member| Some(sources::about(member.held().as_ref()?.source()?)));
            group.set_stamp(sources::stamp(self.run, &group.key, sources));
            group.enter_first();
            group.draw_from(None);
            return self.leave(at, &group);
        }
        let sources = members.iter().filter_map(|member| Some(sources::about(member.held().as_ref()?.source()?)));
        let stamp = sources::stamp(self.run, &key, sources);
        let group = Arc::new(Group::new(key, stamp, members, &self.run.job.output));
        let at = {
            let mut groups = self.groups();
            groups.push(Arc::clone(&group));
            groups.len() - 1
        };
        group.enter_first();
        match panics::attempt(|| self.begin(at, &group)).unwrap_or_else(|said| Err(Cause::Panic(said).into())) {
            Ok(()) | Err(Halt::Stopped) => {}
            Err(Halt::Failed(cause)) => group.fail(cause),
        }
        self.leave(at, &group);
    }

    /// Gives out the first steps of a group.
    fn begin(&self, at: usize, group: &Group<'a>) -> Result<(), Halt> {
        self.run.control.token().checkpoint()?;
        self.run.output.check()?;
        let what = if settle::is_up_to_date(self.run, group) { What::Tell } else { What::Look(Look::Beginning) };
        if what != What::Tell {
            settle::may_have_its_name(self.run, group)?;
        }
        self.give(at, group, what);
        Ok(())
    }

    /// Gives out a step for each member that has no outcome yet.
    fn give(&self, at: usize, group: &Group<'a>, what: What) {
        let members = group.members();
        let open = (0..).zip(&members).filter(|(_, member)| member.held().is_some());
        let (attempt, steps): (u32, Vec<u32>) = (group.attempt(), open.map(|(member, _)| member).collect());
        group.waits_for(steps.len());
        let step = |member| Step { group: at as u32, member, what, attempt };
        self.run.control.give_steps(steps.into_iter().map(step));
    }

    /// Does a step, as this worker.
    pub fn step(&self, step: Step, worker: WorkerId) {
        let group = Arc::clone(&self.groups()[step.group as usize]);
        if !group.enter(step.attempt) {
            return;
        }
        let member = group.member(step.member);
        let done = panics::attempt(|| match step.what {
            What::Look(look) => self.look(&group, &member, look),
            What::Read => self.read(&group, step, &member, worker),
            What::Tell => self.tell_again(&group, &member, worker),
        });
        if let Err(said) = done {
            group.fail(Cause::Panic(said));
        }
        self.leave(step.group as usize, &group);
    }

    /// Done with a step: the last one does what the group needs next.
    fn leave(&self, at: usize, group: &Group<'a>) {
        let mut turn = group.leave();
        while let Turn::Mine(next) = turn {
            let done = panics::attempt(|| self.turn(at, group, next));
            match done.unwrap_or_else(|said| Err(Cause::Panic(said).into())) {
                Ok(true) => {}
                Ok(false) => {
                    group.rest();
                    // whoever lists what is about to come goes on with it, unless that was done meanwhile
                    if !(self.run.control.close() && group.enter(group.attempt())) {
                        return;
                    }
                }
                Err(Halt::Stopped) => return self.run.control.wake(),
                Err(Halt::Failed(cause)) => group.fail(cause),
            }
            turn = group.leave();
        }
    }

    /// What nobody else works at meanwhile; false where it has to wait for members to come.
    fn turn(&self, at: usize, group: &Group<'a>, next: Next) -> Result<bool, Halt> {
        match next {
            Next::Look(look) => {
                drop(group.growing().take());
                drop(group.places().take());
                for member in group.members() {
                    let was_begun = member.slot().is_begun;
                    let bytes = member.slot().forget();
                    self.waiting.fetch_sub(bytes, Ordering::SeqCst);
                    if was_begun && member.held().is_some() {
                        (self.sink)(Event::Waiting { file: member.file });
                    }
                }
                self.give(at, group, What::Look(look));
            }
            Next::Write => {
                let choices = &self.run.job.choices;
                let needs: Vec<Needs> =
                    group.members().iter().filter_map(|member| member.slot().needs.clone()).collect();
                let is_chosen = choices.columns.as_chosen().is_some();
                let union = Union::of(needs.iter(), (is_chosen, !choices.merge.no_origin), self.run.form);
                if union.columns.len() > self.run.form.limits().columns {
                    return Err(Cause::TooManyColumns(union.columns.len()).into());
                }
                group.write(union);
                self.give(at, group, What::Read);
            }
            Next::Finish => {
                let counted = group.growing().as_ref().and_then(Growing::counted);
                if counted.is_some() {
                    group.draw_from(counted);
                    return Ok(true);
                }
                if group.key == Key::Run && !self.run.control.close() {
                    return Ok(false);
                }
                settle::finish(self, group)?;
            }
            Next::End(cause) => settle::fail(self, group, &cause),
        }
        Ok(true)
    }

    fn look(&self, group: &Group<'a>, member: &Member<'a>, look: Look) {
        let needs = {
            let held = member.held();
            let Some(source) = held.as_ref().and_then(InFlight::source) else { return group.looked() };
            Needs::of(self.run, source, look)
        };
        match needs {
            Ok(needs) => {
                let needs = group.shared(needs);
                member.slot().needs = Some(needs);
            }
            Err(Halt::Stopped) => {}
            Err(Halt::Failed(cause)) => self.failed(group, member, &mut Reading::default(), cause),
        }
        group.looked();
    }

    fn read(&self, group: &Group<'a>, step: Step, member: &Member<'a>, worker: WorkerId) {
        let began = Instant::now();
        let mut reading = Reading::default();
        let read = {
            let held = member.held();
            let Some(source) = held.as_ref().and_then(InFlight::source) else { return self.feed(group) };
            member.slot().is_begun = true;
            (self.sink)(Event::Started { file: member.file, worker });
            self.read_rows(group, step, (member, source), &mut reading)
        };
        match read {
            Ok(()) => {
                let mut slot = member.slot();
                slot.read = Some(Box::new(Ended { reading, took: began.elapsed() }));
                let records = slot.read.as_ref().map_or(0, |ended| ended.reading.records);
                drop(slot);
                (self.sink)(Event::Gathered { file: member.file, records });
            }
            Err(Leave::Halted(Halt::Stopped) | Leave::Void) => return,
            Err(Leave::Unforeseen) => return group.begin_again(Look::Whole),
            Err(Leave::Halted(Halt::Failed(cause))) => {
                let has_gone_on = member.slot().has_gone_on();
                self.failed(group, member, &mut reading, cause);
                if has_gone_on {
                    return group.begin_again(Look::Whole);
                }
                let bytes = member.slot().forget();
                self.waiting.fetch_sub(bytes, Ordering::SeqCst);
            }
        }
        self.feed(group);
    }

    fn read_rows(
        &self,
        group: &Group<'a>,
        step: Step,
        (member, source): (&Member<'a>, &SourceFile),
        reading: &mut Reading,
    ) -> Result<(), Leave> {
        let hear = |bytes, records| (self.sink)(Event::Progress { file: member.file, bytes, records });
        let union = group.union();
        let needs = member.slot().needs.clone().ok_or(Leave::Void)?;
        let is_void = || group.attempt() != step.attempt;
        let may_go_on =
            || is_void() || group.head() == step.member as usize || self.waiting.load(Ordering::SeqCst) < ROOM;
        self.run.control.help_until(may_go_on)?;
        read::read(self.run, source, (&needs, &union), &hear, reading, |batch| {
            self.waiting.fetch_add(batch.size(), Ordering::SeqCst);
            member.slot().push(batch);
            self.feed(group);
            self.run.control.help_until(may_go_on)?;
            if is_void() { Err(Leave::Void) } else { Ok(group.spare()) }
        })
    }

    /// Gives the growing file all rows whose turn it is, unless somebody else is at it.
    fn feed(&self, group: &Group<'a>) {
        loop {
            let Some(mut growing) = group.try_growing() else { return };
            while let Some((member, batch)) = group.next_batch() {
                // nobody else adds to them
                let mut notes = std::mem::take(&mut member.slot().notes);
                if notes.is_empty() {
                    notes.keep_all(Spool::in_folder(&self.run.job.output));
                }
                let growing = growing.get_or_insert_with(|| group.begin_growing(self.run));
                if member.slot().part.is_none() && group.is_first(&member) {
                    shaper::note_headers(&group.union().columns, self.run.form, &mut notes);
                }
                let mut note =
                    |(line, key): (u64, &str), kind: NoteKind, count| notes.add(Note::at(kind, line, key, count));
                let taken = growing.take(&batch, &mut note);
                self.waiting.fetch_sub(batch.size(), Ordering::SeqCst);
                match taken {
                    Ok(taken) => {
                        let mut slot = member.slot();
                        slot.rows += taken.rows;
                        slot.part.get_or_insert(taken.part);
                        slot.notes = notes;
                        slot.notes.leave_out(&taken.left_out);
                    }
                    Err(RowError::Halted(Halt::Stopped)) => return,
                    Err(RowError::TooNarrow | RowError::OtherKind) => return group.begin_again(Look::Whole),
                    Err(RowError::Halted(Halt::Failed(Cause::TooManyColumns(_)))) if !group.has_looked_at_all() => {
                        return group.begin_again(Look::Whole);
                    }
                    Err(RowError::Halted(Halt::Failed(cause))) => return group.fail(cause),
                }
                group.give_back(batch);
                self.run.control.wake();
            }
            drop(growing);
            if !group.has_next() {
                return; // else somebody has brought it while this one was still at it
            }
        }
    }

    /// A source file has failed: it is left out by name, or is the end of the group.
    fn failed(&self, group: &Group<'a>, member: &Member<'a>, reading: &mut Reading, cause: Cause) {
        let Some(held) = member.let_go() else { return };
        let notes = std::mem::take(&mut reading.notes);
        let line = (reading.records > 0).then_some(reading.line);
        let is_for_what_it_is = cause.is_of_content();
        let Some(outcome) = held.source().map(|source| convert::failed(self.run, source, line, cause, &notes)) else {
            return;
        };
        let is_failure = matches!(outcome, Outcome::Failed(_));
        if let Some(source) = held.source() {
            group.left_out(&source.name, is_for_what_it_is);
            if is_failure && self.run.job.choices.merge.ends_with_failure {
                group.fail(Cause::MergeEnded(shaper::slashed(&source.name)));
            }
        }
        reading.notes = notes;
        settle::tell_failed(self, held, reading, outcome, member.slot().is_begun);
    }

    /// What became of a file whose rows stand in the finished file that is there; another one is read for it.
    fn tell_again(&self, group: &Group<'a>, member: &Member<'a>, worker: WorkerId) {
        let mut reading = Reading::default();
        let failed = {
            let held = member.held();
            let Some(source) = held.as_ref().and_then(InFlight::source) else { return group.looked() };
            (self.sink)(Event::Started { file: member.file, worker });
            if settle::was_left_out(self.run, group, source) {
                let void = |batch| Ok(batch);
                let needs = Needs::of(self.run, source, Look::Beginning);
                let read = needs.map_err(Leave::Halted).and_then(|needs| {
                    let union = Union::of([&needs].into_iter(), (false, false), self.run.form);
                    read::read(self.run, source, (&needs, &union), &|_, _| (), &mut reading, void)
                });
                match read {
                    Err(Leave::Halted(Halt::Failed(cause))) => Some(cause),
                    _ => None,
                }
            } else {
                None
            }
        };
        member.slot().is_begun = true;
        match failed {
            Some(cause) => self.failed(group, member, &mut reading, cause),
            None => settle::tell_up_to_date(self, group, member),
        }
        group.looked();
    }

    /// The run is stopped: nobody works at anything any more, and nothing is kept.
    pub fn abandon(&self) {
        for group in self.groups().iter() {
            drop(group.growing().take());
            group.members().iter().for_each(|member| settle::tell_stopped(self, member));
        }
    }

    fn groups(&self) -> MutexGuard<'_, Vec<Arc<Group<'a>>>> {
        self.groups.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
