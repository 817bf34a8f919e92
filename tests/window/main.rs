//! The window as people meet it: every state drawn and compared, every control named; and in the real
//! window (ignored unless asked for: `tests/run`, `tests/window/screenshots`, `tests/window/measure`) whole
//! stories by keyboard and by accessible names, pictures of everything, and what a start costs.

#[cfg(target_os = "linux")] // elsewhere system fonts and keys have other names
mod components;
#[cfg(target_os = "linux")]
mod corpus;
#[cfg(target_os = "linux")]
mod desktop_told;
#[cfg(target_os = "linux")]
mod keyboard;
#[cfg(target_os = "linux")]
mod measure;
mod names;
mod raster;
mod scenes;
#[cfg(target_os = "linux")]
mod shots;
#[cfg(target_os = "linux")] // elsewhere system fonts, cores and keys have other names
mod snapshots;
#[cfg(target_os = "linux")]
mod spoken;
#[path = "../support/mod.rs"]
mod support;
