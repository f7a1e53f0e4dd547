//! Order in time: chronology, axis, status as of a moment, and the difference between two dates.

pub mod as_of;
#[cfg(test)]
pub mod authored;
pub mod axis;
pub mod chronology;
pub mod difference;
pub mod status;
pub mod world;

pub use world::World;
