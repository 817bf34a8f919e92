//! What depends on the records before: asked for each record that its own filters keep, in the order of rows.

use std::collections::HashSet;
use std::path::Path;

use super::lots::{Draw, Lots};
use super::mesh::Mesh;
use crate::engine::job::filters::{Filter, Size};

/// Filters at work on the records of one finished file.
pub struct Gate<'m> {
    mesh: &'m Mesh,
    states: Vec<State>,
    left_out: Vec<u64>,
    is_counting: bool,
}

/// What a filter remembers of the records before.
enum State {
    Nothing,
    /// Digests of what stood in the records before.
    Seen(HashSet<u128>),
    /// Records asked so far.
    Count(u64),
    /// Of a sample that is drawn by itself: records asked so far.
    Lots(Lots, u64),
    /// Of a sample of so many, drawn from as many as are known to come; `None` while those are counted.
    Draw(Lots, u64, Option<Draw>),
}

impl<'m> Gate<'m> {
    /// For a finished file; `name` is that of its source file below the input folder, or its own where it is made of
    /// several. `drawn_from` says from how many a sample is drawn; where it has to be known and is not, the sample takes
    /// all, and [`Gate::reached`] counts them.
    #[must_use]
    pub fn new(mesh: &'m Mesh, name: &Path, drawn_from: Option<u64>) -> Self {
        let filters = mesh.filters();
        let mut left = drawn_from;
        let mut states: Vec<State> = filters.iter().map(|_| State::Nothing).collect();
        for &at in mesh.order() {
            states[at] = match &filters[at] {
                Filter::Column { .. } | Filter::Empty(_) => State::Nothing,
                Filter::Duplicates(_) => State::Seen(HashSet::new()),
                Filter::Every(_) => State::Count(0),
                Filter::Sample { size: Size::Share(_), seed } => State::Lots(Lots::of(*seed, name), 0),
                Filter::Sample { size: Size::Records(most), seed } => {
                    let draw = left.map(|left| Draw::new(most.get(), left));
                    left = left.map(|left| left.min(most.get())); // a further sample is drawn from this one
                    State::Draw(Lots::of(*seed, name), 0, draw)
                }
            };
        }
        let is_counting = mesh.must_count() && drawn_from.is_none();
        Self { mesh, states, left_out: vec![0; filters.len()], is_counting }
    }

    /// Asks about the next record, by what [`Probe`](super::Probe) says of it; gives the place of the filter that leaves
    /// it out.
    pub fn passes(&mut self, digests: &[u128]) -> Option<usize> {
        let mut digests = digests.iter();
        let states = &mut self.states;
        let left_out =
            self.mesh.order().iter().copied().find(|at| match (&self.mesh.filters()[*at], &mut states[*at]) {
                (Filter::Duplicates(_), State::Seen(seen)) => {
                    let digest = digests.next().copied().unwrap_or_default();
                    digest != 0 && !seen.insert(digest)
                }
                (Filter::Every(n), State::Count(count)) => {
                    *count += 1;
                    !(*count - 1).is_multiple_of(n.get())
                }
                (Filter::Sample { size: Size::Share(share), .. }, State::Lots(lots, count)) => {
                    *count += 1;
                    !share.takes(lots.lot(*count))
                }
                (Filter::Sample { .. }, State::Draw(lots, count, draw)) => {
                    *count += 1;
                    draw.as_mut().is_some_and(|draw| !draw.takes(lots.lot(*count)))
                }
                _ => false, // asked of the record by itself
            });
        if let Some(filter) = left_out {
            self.left_out[filter] += 1;
        }
        left_out
    }

    /// How many records each filter has left out, in the order in which filters were chosen.
    #[must_use]
    pub fn left_out(&self) -> &[u64] {
        &self.left_out
    }

    /// It is still to be counted from how many a sample is drawn: nothing that passes is a row yet.
    #[must_use]
    pub fn is_counting(&self) -> bool {
        self.is_counting
    }

    /// How many records were kept up to the first sample of so many.
    #[must_use]
    pub fn reached(&self) -> u64 {
        let reached = self.mesh.order().iter().find_map(|at| match &self.states[*at] {
            State::Draw(_, reached, _) => Some(*reached),
            _ => None,
        });
        reached.unwrap_or(0)
    }
}
