//! The evidence of rows: lists of places in one table.
//!
//! Invariant: the last place of a list is marked, so that a row only stores the start of its list; no list is empty,
//! and a row without evidence has no list.

use std::num::NonZeroU32;

/// The bit that marks the last place of a list. No dossier has enough places to need it for a number.
const LAST: u32 = 1 << 31;

/// The list of places of one row, in four bytes; [`NOWHERE`](Self::NOWHERE) for none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Cited(Option<NonZeroU32>);

impl Cited {
    /// The list of a row without evidence.
    pub(crate) const NOWHERE: Self = Self(None);

    /// Returns the start of the list in the table.
    fn start(self) -> Option<usize> {
        self.0.map(|next| next.get().saturating_sub(1) as usize)
    }
}

/// All lists of a dossier, in the order of adding.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Evidence {
    places: Vec<u32>,
}

impl Evidence {
    /// Returns an empty table with space for this number of places.
    pub(crate) fn with_capacity(places: usize) -> Self {
        Self { places: Vec::with_capacity(places) }
    }

    /// Reserves space for exactly this number of further places.
    pub(crate) fn reserve_exact(&mut self, places: usize) {
        self.places.reserve_exact(places);
    }

    /// Returns the total length of all lists.
    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    /// Adds a list.
    pub(crate) fn add(&mut self, places: impl IntoIterator<Item = u32>) -> Cited {
        let start = self.places.len();
        self.places.extend(places);
        match self.places.get_mut(start..).and_then(<[u32]>::last_mut) {
            Some(last) => {
                *last |= LAST;
                Cited(Some(NonZeroU32::MIN.saturating_add(start as u32)))
            }
            None => Cited::NOWHERE,
        }
    }

    /// Returns the places of a list.
    pub(crate) fn of(&self, list: Cited) -> impl ExactSizeIterator<Item = u32> + use<'_> {
        let rest = list.start().and_then(|start| self.places.get(start..)).unwrap_or_default();
        let end = rest.iter().position(|place| place & LAST != 0).map_or(0, |last| last.saturating_add(1));
        rest.iter().take(end).map(|place| place & !LAST)
    }

    /// Returns true if these are all lists, in the order of the table.
    pub(crate) fn are_all(&self, lists: impl Iterator<Item = Cited>) -> bool {
        let mut end = 0_usize;
        for list in lists {
            match list.start() {
                Some(start) if start == end => end = end.saturating_add(self.of(list).len()),
                Some(_) => return false,
                None => {}
            }
        }
        end == self.places.len()
    }

    /// Visits all places of all lists, and may change their numbers.
    pub(crate) fn for_each_place(&mut self, mut visit: impl FnMut(&mut u32)) {
        for marked in &mut self.places {
            let mut place = *marked & !LAST;
            visit(&mut place);
            *marked = place | *marked & LAST;
        }
    }

    /// Frees unused space.
    pub(crate) fn shrink(&mut self) {
        self.places.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_has_its_own_places() {
        let mut evidence = Evidence::default();
        let lists: [&[u32]; 5] = [&[7], &[], &[3, 1, 3], &[], &[0, 9]];
        let cited = lists.map(|list| evidence.add(list.iter().copied()));
        for (list, cited) in lists.into_iter().zip(cited) {
            assert!(evidence.of(cited).eq(list.iter().copied()), "{list:?}");
            assert_eq!(evidence.of(cited).len(), list.len());
        }
        assert_eq!((cited[1], evidence.len()), (Cited::NOWHERE, 6));
        evidence.for_each_place(|place| *place += 1);
        assert!(evidence.of(cited[2]).eq([4, 2, 4]));
    }

    #[test]
    fn lists_are_complete_only_in_their_order_and_without_gaps() {
        let mut evidence = Evidence::default();
        let [a, b, c] = [vec![1, 2], vec![3], vec![]].map(|list| evidence.add(list));
        let are_all = |lists: &[Cited]| evidence.are_all(lists.iter().copied());
        assert!(are_all(&[a, b]) && are_all(&[a, c, b, c]));
        assert!(!are_all(&[b, a]) && !are_all(&[a]) && !are_all(&[]) && !are_all(&[a, a, b]));
        assert!(Evidence::default().are_all([c].into_iter()));
    }
}
