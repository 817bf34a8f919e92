//! Sheetmill turns folders of tagged documents into Excel workbooks.
//!
//! The map of the house, from the ground up; a file imports only from floors below its own
//! (`tests/layers.rs` holds it to that):
//!
//! | floor | module | what lives there |
//! |---|---|---|
//! | 0 | [`engine`] | one way through: source file → records → rows → workbook |
//! | 1 | [`session`] | one run as a face sees it: thread, channel, [`session::Progress`] |
//! | 1 | [`preview`] | a look at source files before they are converted |
//! | 1 | [`preset`] | a choice of reading and columns under a name, as a file |
//! | 1 | [`settings`] | what a person chose, kept between starts, made into an [`engine::Job`] |
//! | 1 | [`sample`] | the small corpus that the program carries |
//! | 1 | [`storage`] | how the program keeps files of its own: settings, presets, the log |
//! | 1 | [`text`] | every word, in Korean and in English |
//! | 2 | [`cli`] | the terminal face |
//! | 2 | [`window`] | the desktop face |

pub mod cli;
pub mod engine;
pub mod preset;
pub mod preview;
pub mod sample;
pub mod session;
pub mod settings;
pub mod storage;
pub mod text;
#[cfg(feature = "window")]
pub mod window;
