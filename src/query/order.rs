//! In which order what is found stands: the keys behind `sort:`.
//!
//! Invariant: an order is printed as the text that it is read from again.

use std::fmt;

use super::Query;
use super::choices::Key;
use super::error::{Fault, Wrong};
use super::field::Field;
use super::value::Part;
use crate::formats::defect::nearest;

/// What to say to an order where there is only one.
pub const IN_DATE_ORDER: &str = "a timeline stays in date order";

/// A key, and its direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Order {
    /// By what.
    pub key: Key,
    /// Whether the last comes first: written with a `-`.
    pub descending: bool,
}

impl fmt::Display for Order {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}{}", if self.descending { "-" } else { "" }, self.key.word())
    }
}

/// Reads one key; one half typed is the first that begins so.
///
/// # Errors
///
/// A word that begins none.
pub fn order(part: Part<'_>) -> Result<Order, Wrong> {
    let (descending, word) = part.text.strip_prefix('-').map_or((false, part.text), |word| (true, word));
    let typed = word.to_lowercase();
    let key = Key::ALL.into_iter().find(|key| !typed.is_empty() && key.word().starts_with(&typed));
    let unknown = || {
        let suggestion = nearest(&typed, Key::ALL.map(Key::word));
        Fault::unknown(Field::Sort, word, suggestion).at(part.at_end(word))
    };
    Ok(Order { key: key.ok_or_else(unknown)?, descending })
}

impl Query {
    /// The same in the order without any `sort:`.
    #[must_use]
    pub fn unsorted(&self) -> Self {
        Self { order: Vec::new(), ..self.clone() }
    }
}
