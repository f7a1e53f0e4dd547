//! The timeline pane: dated rows of a scope, the silences between them, the undated tray.
//!
//! Invariant: rows keep the order of the chronology whatever is filtered, and a
//! silence is a fact about the scope: a filter never makes one.

use chrono::{Datelike, NaiveDate};

use super::cursor::Cursor;
use super::prompt::Prompt;
use super::tree::Node;
use super::zoom::Zoom;
use crate::catalogue::Catalogue;
use crate::catalogue::axis::MIN_GAP;
use crate::catalogue::chronology::{RowIndex, row_when};
use crate::catalogue::parts;
use crate::catalogue::query::Query;
use crate::catalogue::search::Tier;
use crate::model::{EntityId, When};

/// One line of the timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// A dated row.
    Row(RowIndex),
    /// Years without any dated row of the scope.
    Silence {
        /// The first such year.
        first: i32,
        /// The last such year.
        last: i32,
    },
    /// The head of the undated tray.
    UndatedHead(usize),
    /// An event without a date.
    Undated(EntityId),
}

impl Item {
    /// Whether the cursor may stand on it.
    pub fn is_selectable(self) -> bool {
        matches!(self, Self::Row(_) | Self::Undated(_))
    }
}

/// See the module.
#[derive(Debug, Clone, Default)]
pub struct Timeline {
    /// Where the pane stands.
    pub cursor: Cursor,
    /// The filter.
    pub filter: Prompt,
    /// The shown time.
    pub zoom: Zoom,
    items: Vec<Item>,
    in_scope: usize,
}

impl Timeline {
    /// A timeline that shows this time, without lines yet.
    pub fn new(zoom: Zoom) -> Self {
        Self { zoom, ..Self::default() }
    }

    /// The lines as shown.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The dated rows shown, and in the scope without filter and zoom.
    pub fn counts(&self) -> (usize, usize) {
        let shown = self.items.iter().filter(|item| matches!(item, Item::Row(_))).count();
        (shown, self.in_scope)
    }

    /// The events without a date that are shown.
    pub fn undated(&self) -> usize {
        self.items.iter().filter(|item| matches!(item, Item::Undated(_))).count()
    }

    /// The selected line.
    pub fn selected(&self) -> Option<Item> {
        self.items.get(self.cursor.selected).copied().filter(|item| item.is_selectable())
    }

    /// The entity of the selected line.
    pub fn selected_entity(&self, catalogue: &Catalogue) -> Option<EntityId> {
        match self.selected()? {
            Item::Row(row) => Some(catalogue.chronology().rows()[row as usize].subject),
            Item::Undated(entity) => Some(entity),
            Item::Silence { .. } | Item::UndatedHead(_) => None,
        }
    }

    /// The day of the selected line.
    pub fn selected_day(&self, catalogue: &Catalogue) -> Option<NaiveDate> {
        match self.selected()? {
            Item::Row(row) => day_of(catalogue, row),
            Item::Undated(_) | Item::Silence { .. } | Item::UndatedHead(_) => None,
        }
    }

    /// Computes the lines anew; the selection stays on its row, or on the nearest one left.
    pub fn refresh(&mut self, catalogue: &Catalogue, scope: Node) {
        let selected = self.selected();
        let rows = rows_of(catalogue, scope);
        self.in_scope = rows.len();
        let window = self.zoom.window();
        let query = Query::parse(self.filter.text()).ok().filter(|query| !query.is_empty());
        let matching = query.as_ref().map(|query| Matching::new(catalogue, query, self.filter.text()));
        let passes = |row: RowIndex| {
            let inside = window.is_none_or(|(first, last)| {
                let when = row_when(catalogue.dossier(), &catalogue.chronology().rows()[row as usize]);
                when.is_some_and(|when| stands_in(when, first, last))
            });
            inside && matching.as_ref().is_none_or(|matching| matching.row(catalogue, row))
        };
        self.items.clear();
        let mut previous: Option<i32> = None;
        for row in rows {
            if !passes(row) {
                continue;
            }
            let day = day_of(catalogue, row);
            if let (Some(before), Some(day)) = (previous, day)
                && matching.is_none()
                && day.year() - before > MIN_GAP
            {
                self.items.push(Item::Silence { first: before + 1, last: day.year() - 1 });
            }
            previous = previous.max(last_year(catalogue, row));
            self.items.push(Item::Row(row));
        }
        if window.is_none() {
            self.push_undated(catalogue, scope, matching.as_ref());
        }
        self.reselect(catalogue, selected);
    }

    /// Selects the row nearest to a day; tells whether there is one.
    pub fn select_day(&mut self, catalogue: &Catalogue, day: NaiveDate) -> bool {
        let nearest = (0..self.items.len())
            .filter_map(|index| match self.items[index] {
                Item::Row(row) => day_of(catalogue, row).map(|other| ((other - day).num_days().abs(), index)),
                Item::Silence { .. } | Item::UndatedHead(_) | Item::Undated(_) => None,
            })
            .min();
        if let Some((_, index)) = nearest {
            self.cursor.select(index);
        }
        nearest.is_some()
    }

    /// Selects the first line of an entity; tells whether there is one.
    pub fn select_entity(&mut self, catalogue: &Catalogue, entity: EntityId) -> bool {
        let rows = catalogue.chronology().rows();
        let found = self.items.iter().position(|item| match *item {
            Item::Row(row) => rows[row as usize].subject == entity,
            Item::Undated(event) => event == entity,
            Item::Silence { .. } | Item::UndatedHead(_) => false,
        });
        if let Some(index) = found {
            self.cursor.select(index);
        }
        found.is_some()
    }

    /// Selects the first line of the undated tray.
    pub fn select_undated(&mut self) -> bool {
        let found = self.items.iter().position(|item| matches!(item, Item::Undated(_)));
        if let Some(index) = found {
            self.cursor.select(index);
        }
        found.is_some()
    }

    /// Selects the first row of the next (`1`) or previous (`-1`) year that has one.
    pub fn step_year(&mut self, catalogue: &Catalogue, direction: isize) {
        let Some(here) = self.selected_day(catalogue).map(|day| day.year()) else { return };
        let years: Vec<(usize, i32)> = (0..self.items.len())
            .filter_map(|index| match self.items[index] {
                Item::Row(row) => day_of(catalogue, row).map(|day| (index, day.year())),
                Item::Silence { .. } | Item::UndatedHead(_) | Item::Undated(_) => None,
            })
            .collect();
        let target = if direction > 0 {
            years.iter().map(|&(_, year)| year).find(|&year| year > here)
        } else {
            years.iter().rev().map(|&(_, year)| year).find(|&year| year < here)
        };
        if let Some((index, _)) = target.and_then(|target| years.iter().find(|&&(_, year)| year == target)) {
            self.cursor.select(*index);
        }
    }

    fn push_undated(&mut self, catalogue: &Catalogue, scope: Node, matching: Option<&Matching>) {
        let undated = catalogue.chronology().undated().iter().copied();
        let inside: Vec<EntityId> = undated
            .filter(|&event| match scope {
                Node::All => true,
                _ => scope.entity().is_some_and(|entity| catalogue.touches(event, entity)),
            })
            .filter(|&event| matching.is_none_or(|matching| matching.entity(event)))
            .collect();
        if !inside.is_empty() {
            self.items.push(Item::UndatedHead(inside.len()));
            self.items.extend(inside.into_iter().map(Item::Undated));
        }
    }

    fn reselect(&mut self, catalogue: &Catalogue, selected: Option<Item>) {
        let same = selected.and_then(|item| self.items.iter().position(|&other| other == item));
        if let Some(index) = same {
            self.cursor.select(index);
            return;
        }
        let day = match selected {
            Some(Item::Row(row)) => day_of(catalogue, row),
            _ => None,
        };
        if day.is_none_or(|day| !self.select_day(catalogue, day)) {
            self.cursor.select(self.items.iter().position(|item| item.is_selectable()).unwrap_or(0));
        }
    }
}

/// The rows of a scope, in order.
pub fn rows_of(catalogue: &Catalogue, scope: Node) -> Vec<RowIndex> {
    let chronology = catalogue.chronology();
    match scope {
        Node::All => (0..chronology.rows().len() as RowIndex).collect(),
        Node::Institution(entity) | Node::Part(entity) => chronology.touching(entity).to_vec(),
        Node::Group(institution, group) => {
            let members = parts::parts(catalogue, institution).into_iter().find(|(other, _)| *other == group);
            let members = members.map(|(_, members)| members).unwrap_or_default();
            let mut rows: Vec<RowIndex> =
                members.iter().flat_map(|&member| chronology.touching(member)).copied().collect();
            rows.sort_unstable();
            rows.dedup();
            rows
        }
    }
}

fn day_of(catalogue: &Catalogue, row: RowIndex) -> Option<NaiveDate> {
    row_when(catalogue.dossier(), &catalogue.chronology().rows()[row as usize])?.anchor()
}

/// Whether a date belongs on a window: what has only one bound stands there alone, as on the axis.
fn stands_in(when: &When, first: NaiveDate, last: NaiveDate) -> bool {
    match (when.earliest(), when.latest()) {
        (Some(_), Some(_)) => when.may_touch(first, last),
        (None, _) | (_, None) => when.anchor().is_some_and(|day| (first..=last).contains(&day)),
    }
}

/// The last year that a row certainly reaches.
fn last_year(catalogue: &Catalogue, row: RowIndex) -> Option<i32> {
    let when = row_when(catalogue.dossier(), &catalogue.chronology().rows()[row as usize])?;
    when.latest().or(when.earliest()).map(|day| day.year())
}

/// What a filter of the timeline lets pass.
struct Matching {
    /// Found by name.
    named: Vec<EntityId>,
    /// Found by what is said of them.
    described: Vec<EntityId>,
    /// The days that are meant, where what is typed is a date.
    days: Option<(NaiveDate, NaiveDate)>,
}

impl Matching {
    fn new(catalogue: &Catalogue, query: &Query, text: &str) -> Self {
        let dossier = catalogue.dossier();
        let found = catalogue.names().search(dossier, query, usize::MAX);
        let prose = found.rows.iter().filter(|hit| hit.tier == Tier::Prose);
        let mut described: Vec<EntityId> = prose.map(|hit| hit.entity).collect();
        described.sort_unstable();
        let date = When::parse(text.trim()).ok();
        let days = date.and_then(|date| date.earliest().zip(date.latest()));
        Self { named: catalogue.names().matching_entities(dossier, query), described, days }
    }

    /// A row passes if anything it touches is found by name, or its subject by what is said of it.
    fn row(&self, catalogue: &Catalogue, row: RowIndex) -> bool {
        let when = row_when(catalogue.dossier(), &catalogue.chronology().rows()[row as usize]);
        let is_dated = |(first, last)| when.is_some_and(|when| stands_in(when, first, last));
        if self.days.is_some_and(is_dated) {
            return true;
        }
        let touched = catalogue.chronology().touched(row);
        touched.iter().any(|entity| self.named.binary_search(entity).is_ok())
            || self.described.binary_search(&catalogue.chronology().rows()[row as usize].subject).is_ok()
    }

    fn entity(&self, entity: EntityId) -> bool {
        self.named.binary_search(&entity).is_ok() || self.described.binary_search(&entity).is_ok()
    }
}
