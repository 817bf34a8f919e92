//! What lies over the window: words about the program, the question before it closes, the place to drop on.

pub mod about;
pub mod confirm_close;
pub mod drops;
