//! The sort keys of `sort:`.
//!
//! Invariant: parsing a printed order returns an equal order.

use std::fmt;

use super::Query;
use super::choices::Key;
use super::error::{Fault, Wrong};
use super::field::Field;
use super::value::Part;
use crate::syntax::nearest;

/// The message for `sort:` where the order is fixed.
pub const IN_DATE_ORDER: &str = "a timeline stays in date order";

/// A sort key and its direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Order {
    /// The key.
    pub key: Key,
    /// True for descending order, written with a `-`.
    pub descending: bool,
}

impl fmt::Display for Order {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}{}", if self.descending { "-" } else { "" }, self.key)
    }
}

/// Parses one key; an incomplete word means the first key that starts with it.
///
/// # Errors
///
/// Returns an error if no key starts with the word.
pub fn order(part: Part<'_>) -> Result<Order, Wrong> {
    let (descending, word) = part.text.strip_prefix('-').map_or((false, part.text), |word| (true, word));
    let typed = word.to_lowercase();
    let key = Key::ALL.iter().copied().find(|key| !typed.is_empty() && key.as_str().starts_with(&typed));
    let unknown = || {
        let suggestion = nearest(&typed, Key::ALL.iter().map(|key| key.as_str()));
        Fault::unknown(Field::Sort, word, suggestion).at(part.at_end(word))
    };
    Ok(Order { key: key.ok_or_else(unknown)?, descending })
}

impl Query {
    /// Returns the query without `sort:`.
    #[must_use]
    pub fn unsorted(&self) -> Self {
        Self { order: Vec::new(), ..self.clone() }
    }
}
