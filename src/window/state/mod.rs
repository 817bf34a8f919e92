//! What the window shows of what it knows: which rows in which order, which of them are selected, who has the
//! keyboard. Plain data, which panels read and the app changes.

pub mod order;
pub mod selection;
pub mod text_focus;
