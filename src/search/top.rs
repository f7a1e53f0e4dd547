//! The best `limit` of many rows, selected with a buffer that is cut from time to time.
//!
//! Invariant: [`TopRows::into_sorted`] returns the best `limit` of all rows that were offered, in order.

use std::cmp::{Ordering, Reverse};

use super::rank::{MatchRank, SortKey, Tier};

/// The best text of a group.
#[derive(Debug, Clone, Copy)]
pub struct BestText {
    /// Its row in the chunk of the group.
    pub row: u32,
    pub rank: MatchRank,
}

/// A group with its sort key.
#[derive(Debug, Clone, Copy)]
pub struct Ranked {
    /// By which it is ordered.
    pub key: SortKey,
    pub group: u32,
    pub best: BestText,
}

/// Collects rows and keeps the best.
pub struct TopRows<'l> {
    rows: Vec<Ranked>,
    limit: usize,
    /// The last of the best `limit` rows; `None` while there are fewer.
    worst: Option<(SortKey, u32)>,
    labels: Option<&'l Labels<'l>>,
}

/// Returns the label of a group, which decides between rows with the same key, and before it how many words of the
/// pattern the group has as they were typed.
pub type Labels<'l> = dyn Fn(u32) -> (Reverse<usize>, &'l str) + Sync + 'l;

impl<'l> TopRows<'l> {
    /// Creates an empty collection. Without labels, rows with the same key are ordered by their groups.
    pub fn new(limit: usize, labels: Option<&'l Labels<'l>>) -> Self {
        Self { rows: Vec::new(), limit, worst: None, labels }
    }

    /// Returns true if a row would be among the best so far.
    #[inline]
    pub fn takes(&self, key: SortKey, group: u32) -> bool {
        let Some(worst) = self.worst else { return self.limit > 0 };
        key <= worst.0 && order((key, group), worst, self.labels).is_lt()
    }

    /// Returns true if a row with this key may be among the best so far, whatever its label.
    #[inline]
    pub fn may_take(&self, key: SortKey) -> bool {
        self.worst.map_or(self.limit > 0, |(worst, _)| key <= worst)
    }

    /// Returns true if no row of this tier, or of a worse one, can be among the best.
    pub fn is_closed_to(&self, tier: Tier) -> bool {
        self.limit == 0 || self.worst.is_some_and(|(key, _)| key < SortKey::first_of(tier))
    }

    /// Adds a row if it is among the best so far.
    pub fn offer(&mut self, row: Ranked) {
        if !self.takes(row.key, row.group) {
            return;
        }
        self.rows.push(row);
        let is_full = self.worst.is_none() && self.rows.len() >= self.limit;
        // The sooner `worst` is known, the fewer rows have to be scored.
        if is_full || self.rows.len() >= self.limit.saturating_add(self.limit / 4 + 1) {
            self.cut();
        }
    }

    /// Adds the rows of another collection.
    pub fn absorb(&mut self, other: Self) {
        other.rows.into_iter().for_each(|row| self.offer(row));
    }

    /// The best rows, best first.
    pub fn into_sorted(mut self) -> Vec<Ranked> {
        self.cut();
        let labels = self.labels;
        self.rows.sort_unstable_by(|a, b| order((a.key, a.group), (b.key, b.group), labels));
        self.rows
    }

    fn cut(&mut self) {
        if self.rows.len() < self.limit || self.limit == 0 {
            return;
        }
        let labels = self.labels;
        let last = self.limit - 1;
        self.rows.select_nth_unstable_by(last, |a, b| order((a.key, a.group), (b.key, b.group), labels));
        self.rows.truncate(self.limit);
        self.worst = self.rows.last().map(|row| (row.key, row.group));
    }
}

fn order(a: (SortKey, u32), b: (SortKey, u32), labels: Option<&Labels<'_>>) -> Ordering {
    let by_label = || labels.map_or(Ordering::Equal, |labels| labels(a.1).cmp(&labels(b.1)));
    a.0.cmp(&b.0).then_with(by_label).then_with(|| a.1.cmp(&b.1))
}
