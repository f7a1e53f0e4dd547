//! Order in time: chronology, axis, status as of a moment, and the difference between two dates.
//!
//! Invariant: everything here is computed from a dossier and dates; nothing reads the clock.

pub mod as_of;
#[cfg(test)]
pub mod authored;
pub mod axis;
pub mod chronology;
pub mod difference;
pub mod status;
pub mod world;

pub use world::World;
