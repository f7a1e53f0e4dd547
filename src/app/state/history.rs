//! The entities visited before, for back and forward.
//!
//! Invariant: a new visit drops the entities for going forward, and a visit to the entity in view is not recorded.

use crate::model::EntityId;

/// The most visits that are kept; older ones are forgotten.
const MAX: usize = 500;

/// The visits before and after the entity in view.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    back: Vec<EntityId>,
    forward: Vec<EntityId>,
}

impl History {
    /// Notes that the reader leaves `from`.
    pub fn leave(&mut self, from: EntityId) {
        self.forward.clear();
        if self.back.last() == Some(&from) {
            return;
        }
        if self.back.len() == MAX {
            self.back.remove(0);
        }
        self.back.push(from);
    }

    /// Replaces the numbers of the visited entities, and forgets those without a new number.
    pub fn map(&mut self, number: impl Fn(EntityId) -> Option<EntityId>) {
        for visits in [&mut self.back, &mut self.forward] {
            *visits = visits.iter().copied().filter_map(&number).collect();
        }
    }

    /// Goes back: returns the previous entity, and adds `from` to those that [`forward`](Self::forward) returns.
    pub fn back(&mut self, from: Option<EntityId>) -> Option<EntityId> {
        let to = self.back.pop()?;
        self.forward.extend(from);
        Some(to)
    }

    /// Goes forward: returns the next entity, and adds `from` to those that [`back`](Self::back) returns.
    pub fn forward(&mut self, from: Option<EntityId>) -> Option<EntityId> {
        let to = self.forward.pop()?;
        self.back.extend(from);
        Some(to)
    }

    /// Returns the numbers of visits back and forward.
    pub fn depth(&self) -> (usize, usize) {
        (self.back.len(), self.forward.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_then_forward_is_where_one_was() {
        let [a, b, c] = [0, 1, 2].map(EntityId::from_index);
        let mut history = History::default();
        history.leave(a);
        history.leave(b);
        assert_eq!(history.back(Some(c)), Some(b));
        assert_eq!(history.back(Some(b)), Some(a));
        assert_eq!(history.forward(Some(a)), Some(b));
        history.leave(b);
        assert_eq!(history.forward(Some(c)), None);
    }
}
