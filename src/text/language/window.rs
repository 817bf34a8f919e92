//! What the window says about itself and what it keeps.

/// Words about the window, its lists and its presets.
pub trait WindowWords {
    /// `News deleted`, of a preset.
    fn deleted(&self, name: &str) -> String;

    /// `2 filters`.
    fn filters(&self, number: usize) -> String;

    /// Takes `name` out of the list of inputs used lately.
    fn forget(&self, name: &str) -> String;

    /// Why there is no window, and what works without one.
    fn no_window(&self, why: &str) -> String;

    /// `520 crates that it is built and tested with`.
    fn crates(&self, number: usize) -> String;
}
