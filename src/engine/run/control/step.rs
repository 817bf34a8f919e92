//! What a worker does next where source files share a finished file.

/// A step in a merge: plain data, by which the merge knows what is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Which of the run's merges.
    pub group: u32,
    /// Which of its source files.
    pub member: u32,
    pub what: What,
    /// What was given before the merge began again is void.
    pub attempt: u32,
}

/// What is to be done with a source file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Look at what it needs.
    Look(Look),
    /// Read it.
    Read,
    /// Read it for what is to be told of it alone: the finished file is there.
    Tell,
}

/// How far a source file is looked at for what it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Its first records.
    Beginning,
    /// All of it: a late record of some file has brought what no beginning shows.
    Whole,
}
