//! Source files that share a finished file, and where the merge of them stands. Who has done a step asks what comes next;
//! of several one is told, when all others are done.

use std::collections::{HashMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, TryLockError};

use super::super::commit::in_flight::InFlight;
use super::super::control::step::Look;
use super::super::convert::Run;
use super::batch::Batch;
use super::growing::Growing;
use super::member::Member;
use super::needs::{Needs, Union};
use super::places::Places;
use super::sources::{Key, LeftOutNames};
use crate::engine::error::Cause;
use crate::engine::job::columns::kind::Kind;
use crate::engine::rows::sieve::Gate;

/// Empty batches that are kept for their room.
const SPARE: usize = 64;

/// Source files that share a finished file.
pub struct Group<'a> {
    pub key: Key,
    stamp: Mutex<String>,
    members: RwLock<Vec<Arc<Member<'a>>>>,
    growing: Mutex<Option<Growing<'a>>>,
    /// Raised where it begins again: whoever has another one works for nothing.
    attempt: AtomicU32,
    /// The member whose rows are taken now, by its place.
    head: AtomicUsize,
    state: Mutex<State>,
    spare: Mutex<VecDeque<Batch>>,
    /// Further places of notes, until the merge ends.
    places: Mutex<Places>,
    output: PathBuf,
}

#[derive(Default)]
struct State {
    phase: Phase,
    /// Steps in somebody's hands.
    in_hand: usize,
    /// Members that are still to be looked at.
    unseen: usize,
    /// It begins again, and how far members are looked at then.
    again: Option<Look>,
    failed: Option<Cause>,
    union: Arc<Union>,
    has_looked_at_all: bool,
    /// How many rows a sample is drawn from, once they are counted.
    drawn_from: Option<u64>,
    /// Columns that members need, each list once.
    known: HashMap<Vec<(String, Kind)>, Needs>,
    left_out: LeftOutNames,
}

#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Phase {
    #[default]
    Looking,
    Writing,
    Closed,
}

/// What comes next, to be done by one alone.
#[derive(Debug)]
pub enum Next {
    /// All members are to be looked at anew.
    Look(Look),
    /// All have been looked at.
    Write,
    /// All rows are taken.
    Finish,
    /// It cannot be made.
    End(Cause),
}

/// Who goes on.
#[derive(Debug)]
pub enum Turn {
    Mine(Next),
    /// Others are at work, or nothing is to be done.
    Others,
}

impl<'a> Group<'a> {
    #[must_use]
    pub fn new(key: Key, stamp: String, members: Vec<Arc<Member<'a>>>, output: &Path) -> Self {
        Self {
            key,
            stamp: Mutex::new(stamp),
            members: RwLock::new(members),
            growing: Mutex::default(),
            attempt: AtomicU32::new(0),
            head: AtomicUsize::new(0),
            state: Mutex::default(),
            spare: Mutex::default(),
            places: Mutex::default(),
            output: output.to_owned(),
        }
    }

    /// What its finished file remembers of its making.
    #[must_use]
    pub fn stamp(&self) -> String {
        self.stamp.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// It remembers something else: members have come.
    pub fn set_stamp(&self, stamp: String) {
        *self.stamp.lock().unwrap_or_else(PoisonError::into_inner) = stamp;
    }

    /// All members, in list order.
    #[must_use]
    pub fn members(&self) -> Vec<Arc<Member<'a>>> {
        self.members.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    #[must_use]
    pub fn member(&self, at: u32) -> Arc<Member<'a>> {
        Arc::clone(&self.members.read().unwrap_or_else(PoisonError::into_inner)[at as usize])
    }

    /// More members, which stand behind all others in the list or between them.
    pub fn add(&self, more: Vec<Arc<Member<'a>>>) {
        let mut members = self.members.write().unwrap_or_else(PoisonError::into_inner);
        members.extend(more);
        members.sort_by_key(|member| member.file);
    }

    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.attempt.load(Ordering::SeqCst)
    }

    /// The member whose rows are taken now.
    #[must_use]
    pub fn head(&self) -> usize {
        self.head.load(Ordering::SeqCst)
    }

    /// Somebody begins a step; false where it is void.
    #[must_use]
    pub fn enter(&self, attempt: u32) -> bool {
        let mut state = self.state();
        let is_wanted = attempt == self.attempt() && state.phase != Phase::Closed;
        state.in_hand += usize::from(is_wanted);
        is_wanted
    }

    /// Somebody begins with it, or with what it is given further.
    pub fn enter_first(&self) {
        self.state().in_hand += 1;
    }

    /// Somebody is done with a step, or with what was to be done alone.
    pub fn leave(&self) -> Turn {
        let mut state = self.state();
        state.in_hand -= 1;
        if state.in_hand > 0 || state.phase == Phase::Closed {
            return Turn::Others;
        }
        let next = if let Some(cause) = state.failed.take() {
            Next::End(cause)
        } else if let Some(look) = state.again.take() {
            state.phase = Phase::Looking;
            state.has_looked_at_all = look == Look::Whole;
            self.head.store(0, Ordering::SeqCst);
            Next::Look(look)
        } else if state.phase == Phase::Looking && state.unseen == 0 {
            Next::Write
        } else if state.phase == Phase::Writing && self.head() == self.count() {
            Next::Finish
        } else {
            return Turn::Others;
        };
        state.in_hand += 1;
        Turn::Mine(next)
    }

    /// Whoever was to finish it waits for members to come.
    pub fn rest(&self) {
        self.state().in_hand -= 1;
    }

    /// It begins again when nobody works at it any more.
    pub fn begin_again(&self, look: Look) {
        let mut state = self.state();
        if state.phase != Phase::Closed && state.failed.is_none() {
            let is_whole = look == Look::Whole || state.again == Some(Look::Whole) || state.has_looked_at_all;
            state.again = Some(if is_whole { Look::Whole } else { Look::Beginning });
            self.attempt.fetch_add(1, Ordering::SeqCst);
        }
    }

    /// So many rows are there of which a sample is drawn, or nobody knows; it begins again with that.
    pub fn draw_from(&self, rows: Option<u64>) {
        self.state().drawn_from = rows;
        self.begin_again(Look::Beginning);
    }

    /// It ends without a finished file when nobody works at it any more.
    pub fn fail(&self, cause: Cause) {
        let mut state = self.state();
        if state.phase != Phase::Closed {
            state.failed.get_or_insert(cause);
            self.attempt.fetch_add(1, Ordering::SeqCst);
        }
    }

    /// Nothing more becomes of it.
    pub fn close(&self) {
        self.state().phase = Phase::Closed;
        self.attempt.fetch_add(1, Ordering::SeqCst);
    }

    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.state().phase == Phase::Closed
    }

    /// So many members are to be looked at, unless they are to be read.
    pub fn waits_for(&self, members: usize) {
        let mut state = self.state();
        if state.phase == Phase::Looking {
            state.unseen = members;
        }
    }

    /// One of them was looked at.
    pub fn looked(&self) {
        let mut state = self.state();
        state.unseen = state.unseen.saturating_sub(1);
    }

    /// All members have been looked at from end to end.
    #[must_use]
    pub fn has_looked_at_all(&self) -> bool {
        self.state().has_looked_at_all
    }

    /// The same needs, sharing their columns with members that need the same.
    #[must_use]
    pub fn shared(&self, needs: Needs) -> Needs {
        if needs.widths.is_some() {
            return needs;
        }
        let names: Vec<_> =
            needs.columns.iter().map(|column| (column.header().to_owned(), column.options.kind)).collect();
        let mut state = self.state();
        let known = state.known.entry(names).or_insert_with(|| needs.clone());
        Needs { columns: Arc::clone(&known.columns), ..needs }
    }

    /// From now on rows are written, in these columns.
    pub fn write(&self, union: Union) {
        let mut state = self.state();
        state.union = Arc::new(union);
        state.phase = Phase::Writing;
        state.known.clear();
        self.skip_told();
    }

    #[must_use]
    pub fn union(&self) -> Arc<Union> {
        Arc::clone(&self.state().union)
    }

    /// What grows; for whoever is alone.
    pub fn growing(&self) -> MutexGuard<'_, Option<Growing<'a>>> {
        self.growing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What grows; `None` where somebody is at it.
    pub fn try_growing(&self) -> Option<MutexGuard<'_, Option<Growing<'a>>>> {
        match self.growing.try_lock() {
            Ok(growing) => Some(growing),
            Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }

    /// A finished file without rows.
    #[must_use]
    pub fn begin_growing(&self, run: &'a Run<'a>) -> Growing<'a> {
        let target = self.key.target(run);
        let folder = target.parent().unwrap_or(&run.job.output).to_owned();
        let name = target.strip_prefix(&run.job.output).unwrap_or(&target).with_extension("");
        let gate = run.mesh.map(|mesh| Gate::new(mesh, &name, self.state().drawn_from));
        Growing::new(run, folder, self.stamp(), self.union(), gate)
    }

    /// The next rows whose turn it is, for whoever has what grows in hand.
    pub fn next_batch(&self) -> Option<(Arc<Member<'a>>, Batch)> {
        let attempt = self.attempt();
        loop {
            let member =
                self.members.read().unwrap_or_else(PoisonError::into_inner).get(self.head()).map(Arc::clone)?;
            let state = self.state();
            if state.phase != Phase::Writing
                || state.again.is_some()
                || state.failed.is_some()
                || self.attempt() != attempt
            {
                return None;
            }
            drop(state);
            let is_told = member.held().is_none();
            let mut slot = member.slot();
            if let Some(batch) = slot.next().filter(|_| !is_told) {
                drop(slot);
                return Some((member, batch));
            }
            if !is_told && slot.read.is_none() {
                return None;
            }
            let spools =
                [slot.read.as_mut().and_then(|ended| ended.reading.notes.take_spool()), slot.notes.take_spool()];
            drop(slot);
            if let Some(source) = member.held().as_ref().and_then(InFlight::source) {
                let mut places = self.places();
                for spool in spools {
                    places.add(&source.name, spool, &self.output);
                }
            }
            self.head.fetch_add(1, Ordering::SeqCst);
        }
    }

    /// There are rows whose turn it is, or it may be the next member's.
    #[must_use]
    pub fn has_next(&self) -> bool {
        let head = self.members.read().unwrap_or_else(PoisonError::into_inner).get(self.head()).map(Arc::clone);
        let state = self.state();
        let is_on = state.phase == Phase::Writing && state.again.is_none() && state.failed.is_none();
        drop(state);
        is_on && head.is_some_and(|member| member.held().is_none() || member.slot().has_next())
    }

    /// It is the first whose rows are taken.
    #[must_use]
    pub fn is_first(&self, member: &Member<'a>) -> bool {
        let members = self.members.read().unwrap_or_else(PoisonError::into_inner);
        members.iter().find(|member| member.held().is_some()).is_some_and(|first| first.file == member.file)
    }

    /// A source file of this name is left out: for what it is, or because it cannot be read now.
    pub fn left_out(&self, name: &Path, is_for_what_it_is: bool) {
        self.state().left_out.add(name, is_for_what_it_is);
    }

    /// Source files that were left out.
    #[must_use]
    pub fn names_left_out(&self) -> LeftOutNames {
        self.state().left_out.clone()
    }

    /// Further places of notes.
    pub fn places(&self) -> MutexGuard<'_, Places> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An empty batch, with the room of an earlier one.
    #[must_use]
    pub fn spare(&self) -> Batch {
        self.spare.lock().unwrap_or_else(PoisonError::into_inner).pop_front().unwrap_or_default()
    }

    /// A batch that is done with.
    pub fn give_back(&self, mut batch: Batch) {
        batch.clear();
        let mut spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        if spare.len() < SPARE {
            spare.push_back(batch);
        }
    }

    fn count(&self) -> usize {
        self.members.read().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// The first members may be told already, and nobody reads them.
    fn skip_told(&self) {
        let members = self.members.read().unwrap_or_else(PoisonError::into_inner);
        let told = members.iter().take_while(|member| member.held().is_none()).count();
        self.head.store(told, Ordering::SeqCst);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
