//! What a screen or a command shows, as data: cards, tables, lanes, and the wording of facts.

pub mod card;
pub mod lanes;
pub mod tables;
pub mod wording;
