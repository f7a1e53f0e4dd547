//! The data that screens and commands show: cards of entities, tables, lanes over the time axis, and the wording of
//! facts.
//!
//! Invariant: nothing here draws, prints or keeps state; the same world gives the same data.

pub mod card;
pub mod check_text;
pub mod difference_text;
pub mod interval_text;
pub mod lanes;
pub mod path_text;
pub mod tables;
pub mod verdict_text;
pub mod wording;
