//! A record → the values of its row: [`shaper`] makes it, [`finder`] remembers where its columns' fields stand,
//! [`plan`] knows which columns a whole file needs, [`sieve`] which records become rows, [`inspect`] looks at the first
//! records only.

pub mod finder;
pub mod inspect;
pub mod kinds;
pub mod origin;
pub mod plan;
pub mod shaper;
pub mod sieve;
mod tidy;
