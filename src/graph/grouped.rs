//! Many lists in one vector, end to end (compressed sparse rows).
//!
//! Invariant: a list keeps the order in which its items were given. If all lists are empty, nothing is allocated.

#![expect(clippy::indexing_slicing, reason = "the ends of lists were counted from the items")]

/// A list for each group; groups are numbered from 0.
#[derive(Debug, Clone)]
pub(crate) struct Grouped<T> {
    /// The start of each list, and the end of the last one; empty if all lists are.
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T: Copy> Grouped<T> {
    /// Creates the lists of `groups` groups from pairs of group and item. `items` is called several times, and has to
    /// return the same items each time.
    ///
    /// # Panics
    /// If an item's group is not below `groups`.
    pub(crate) fn new<I: Iterator<Item = (usize, T)>>(groups: usize, items: impl Fn() -> I) -> Self {
        let Some((_, first)) = items().next() else { return Self { starts: Vec::new(), items: Vec::new() } };
        let starts = starts(groups, items().map(|(group, _)| group));
        let mut next = starts.clone();
        // The first item is a placeholder: every place is overwritten.
        let count = starts.last().map_or(0, |&end| end as usize);
        let mut list = vec![first; count];
        for (group, item) in items() {
            let place = &mut next[group];
            list[*place as usize] = item;
            *place += 1;
        }
        Self { starts, items: list }
    }

    /// Creates the lists one after the other: `fill` calls its argument with each group that has items, in ascending
    /// order. Room for `room` items is allocated at first.
    pub(crate) fn in_order(groups: usize, room: usize, fill: impl FnOnce(&mut dyn FnMut(usize, &[T]))) -> Self {
        let mut grouped = Self { starts: Vec::new(), items: Vec::with_capacity(room) };
        fill(&mut |group, list| {
            if grouped.starts.is_empty() {
                grouped.starts.reserve_exact(groups + 1);
            }
            // Groups that were skipped have empty lists.
            grouped.starts.resize(group + 1, grouped.items.len() as u32);
            grouped.items.extend_from_slice(list);
        });
        if !grouped.starts.is_empty() {
            grouped.starts.resize(groups + 1, grouped.items.len() as u32);
        }
        grouped.items.shrink_to_fit();
        grouped
    }

    pub(crate) fn of(&self, group: usize) -> &[T] {
        if self.starts.is_empty() {
            return &[];
        }
        &self.items[self.starts[group] as usize..self.starts[group + 1] as usize]
    }

    /// All lists; none if all are empty.
    pub(crate) fn lists_mut(&mut self) -> impl Iterator<Item = &mut [T]> {
        let mut rest = self.items.as_mut_slice();
        self.starts.windows(2).map(move |ends| {
            let (list, behind) = std::mem::take(&mut rest).split_at_mut((ends[1] - ends[0]) as usize);
            rest = behind;
            list
        })
    }
}

/// The start of each list, and the end of the last one, by the groups of the items.
pub(crate) fn starts(groups: usize, items: impl Iterator<Item = usize>) -> Vec<u32> {
    let mut starts = vec![0u32; groups + 1];
    for group in items {
        starts[group + 1] += 1;
    }
    for index in 1..starts.len() {
        starts[index] += starts[index - 1];
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_has_its_own_items_in_order() {
        let items = [(2, 'a'), (0, 'b'), (2, 'c'), (4, 'd'), (2, 'a')];
        let mut grouped = Grouped::new(5, || items.into_iter());
        let expected: [&[char]; 5] = [&['b'], &[], &['a', 'c', 'a'], &[], &['d']];
        for (group, list) in expected.into_iter().enumerate() {
            assert_eq!(grouped.of(group), list);
        }
        assert!(grouped.lists_mut().map(|list| &*list).eq(expected));
        let in_order = Grouped::in_order(5, 3, |add| {
            add(0, &['b']);
            add(2, &['a', 'c', 'a']);
            add(4, &['d']);
        });
        assert!((0..5).all(|group| in_order.of(group) == grouped.of(group)));
        let empty = [Grouped::<char>::new(1, std::iter::empty), Grouped::in_order(1, 9, |_| ())];
        assert!(empty.iter().all(|empty| empty.of(0).is_empty() && empty.starts.capacity() == 0));
    }
}
