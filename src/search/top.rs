//! The best few of very many rows.
//!
//! Invariant: whatever was offered, [`Top::into_sorted`] gives the best `limit` of it in order.

use std::cmp::Ordering;

use super::Tier;
use super::key::Key;

/// A row that may be among the best.
#[derive(Debug, Clone, Copy)]
pub struct Ranked<T> {
    /// Its place.
    pub key: Key,
    /// Whose it is.
    pub group: u32,
    /// What else is known of it.
    pub of: T,
}

/// See the module.
pub struct Top<'l, T> {
    rows: Vec<Ranked<T>>,
    limit: usize,
    /// The last of the best `limit` so far.
    worst: Option<(Key, u32)>,
    labels: Option<&'l Labels<'l>>,
}

/// The label of a group, which decides between rows of the same key.
pub type Labels<'l> = dyn Fn(u32) -> &'l str + Sync + 'l;

impl<'l, T: Copy> Top<'l, T> {
    /// None yet. Where groups have no labels, of rows with the same key the one of the earlier group comes first.
    pub fn new(limit: usize, labels: Option<&'l Labels<'l>>) -> Self {
        Self { rows: Vec::new(), limit, worst: None, labels }
    }

    /// Whether a row that stands there at best could be among the best.
    #[inline]
    pub fn takes(&self, key: Key, group: u32) -> bool {
        let Some(worst) = self.worst else { return self.limit > 0 };
        key <= worst.0 && order((key, group), worst, self.labels).is_lt()
    }

    /// The same of some row with this key.
    #[inline]
    pub fn may_take(&self, key: Key) -> bool {
        self.worst.map_or(self.limit > 0, |(worst, _)| key <= worst)
    }

    /// Whether no row of this tier, or of a worse one, could be among the best.
    pub fn is_closed_to(&self, tier: Tier) -> bool {
        self.limit == 0 || self.worst.is_some_and(|(key, _)| key < Key::first_of(tier))
    }

    /// Offers a row.
    pub fn offer(&mut self, row: Ranked<T>) {
        if !self.takes(row.key, row.group) {
            return;
        }
        self.rows.push(row);
        let is_full = self.worst.is_none() && self.rows.len() >= self.limit;
        // The sooner the last of the best is known, the fewer are offered.
        if is_full || self.rows.len() >= self.limit.saturating_add(self.limit / 4 + 1) {
            self.cut();
        }
    }

    /// Takes what another list has.
    pub fn absorb(&mut self, other: Self) {
        other.rows.into_iter().for_each(|row| self.offer(row));
    }

    /// The best rows, best first.
    pub fn into_sorted(mut self) -> Vec<Ranked<T>> {
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

fn order(a: (Key, u32), b: (Key, u32), labels: Option<&Labels<'_>>) -> Ordering {
    let by_label = || labels.map_or(Ordering::Equal, |labels| labels(a.1).cmp(labels(b.1)));
    a.0.cmp(&b.0).then_with(by_label).then_with(|| a.1.cmp(&b.1))
}
