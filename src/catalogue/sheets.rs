//! The sheets of the table views.

use super::Catalogue;
use super::card::Card;
use super::sheet::{Row, Sheet};
use crate::model::EntityId;

/// x
pub fn matrix(_c: &Catalogue, _about: Option<EntityId>) -> Sheet {
    Sheet::default()
}
/// x
pub fn agreements(_c: &Catalogue) -> Sheet {
    Sheet::default()
}
/// x
pub fn figures(_c: &Catalogue) -> Sheet {
    Sheet::default()
}
/// x
pub fn sources(_c: &Catalogue) -> Sheet {
    Sheet::default()
}
/// x
pub fn conflicts(_c: &Catalogue) -> Sheet {
    Sheet::default()
}
/// x
pub fn names(_c: &Catalogue, _about: Option<EntityId>) -> Sheet {
    Sheet::default()
}
/// x
pub fn conflict_card(_c: &Catalogue, _row: &Row) -> Option<Card> {
    None
}
