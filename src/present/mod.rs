//! What a screen or a command shows, as data: cards, tables, lanes, and the wording of facts.

pub mod as_of_sheet;
pub mod card;
pub mod check_text;
pub mod difference_text;
pub mod lanes;
pub mod matrix;
pub mod sheet;
pub mod sheets;
pub mod tables;
pub mod verdict_text;
pub mod wording;
