//! The timeline pane: dated rows of a scope, the silences between them, the undated tray.
//!
//! Invariant: rows keep the order of the chronology whatever is filtered, and a
//! silence is a fact about the scope: a filter never makes one. With a window, the
//! selected row lies in it. While the answer to a filter is awaited, the lines are those before.

mod lines;

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use super::cursor::Cursor;
use super::prompt::Prompt;
use super::tree::Node;
use super::zoom::Zoom;
use crate::app::request::{Among, Asker, Passed, Searches, passed};
use crate::graph::containment;
use crate::model::{Basis, EntityId, Modality, Moment};
use crate::query::Query;
use crate::search::Stop;
use crate::text::word::words;
use crate::timeline::World;
use crate::timeline::chronology;
use crate::timeline::chronology::{RowIndex, Rows, Silence, number};
use lines::Break;

pub use lines::Lines;

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
    /// The line of the as-of; rows below it are later.
    Now,
    /// The head of the undated tray.
    UndatedHead(usize),
    /// An event without a date.
    Undated(EntityId),
}

impl Item {
    /// Returns true if the line can be selected.
    pub fn is_selectable(self) -> bool {
        matches!(self, Self::Row(_) | Self::Undated(_))
    }
}

words! {
    /// A filter of rows by modality and basis, in the words of the footer.
    #[derive(Default)]
    Lens {
        /// Everything.
        #[default]
        All = "",
        /// Planned rows.
        Planned = "planned only",
        /// Alleged or denied rows.
        Alleged = "alleged or denied only",
        /// Inferred rows.
        Inferred = "inferred only",
    }
}

impl Lens {
    /// Returns the lens after this one; after the last, the first.
    #[must_use]
    pub fn next(self) -> Self {
        Self::ALL[(self as usize + 1) % Self::ALL.len()]
    }

    fn passes(self, modality: Modality, basis: Basis) -> bool {
        match self {
            Self::All => true,
            Self::Planned => modality == Modality::Planned,
            Self::Alleged => matches!(modality, Modality::Alleged | Modality::Denied),
            Self::Inferred => basis == Basis::Inferred,
        }
    }

    /// Returns true if any claim about an event passes.
    fn passes_event(self, world: &World, event: EntityId) -> bool {
        let claims = world.dossier().claims_of(event);
        self == Self::All || claims.iter().any(|claim| self.passes(claim.modality(), claim.basis()))
    }
}

/// The most rows of a scope that are filtered without a background search.
const AT_ONCE: usize = 20_000;

/// The state of the timeline pane.
#[derive(Debug, Clone, Default)]
pub struct Timeline {
    /// The selected row and the scroll offset.
    pub cursor: Cursor,
    /// The filter.
    pub filter: Prompt,
    /// The shown time.
    pub zoom: Zoom,
    /// The filter by modality and basis.
    pub lens: Lens,
    /// The rows of the scope.
    pub scope: Rows,
    /// The silences of the scope.
    silences: Vec<Silence>,
    /// The rows of the scope that pass the filter, if there is one.
    matched: Option<Passed>,
    /// The question of the filter that has no answer yet.
    awaited: Option<u64>,
    /// The rows of the scope that pass filter and lens; `None` without either.
    passed: Option<Rows>,
    undated: Arc<[EntityId]>,
    /// The undated events that pass filter and lens.
    tray: Arc<[EntityId]>,
    /// The lines as shown.
    pub lines: Lines,
    /// The reasons why nothing passes the filter, a line each; see
    /// [`explain_empty`](crate::query::matching::explain_empty).
    pub reasons: Vec<String>,
}

impl Timeline {
    /// Returns a timeline that shows this time, without lines yet.
    pub fn new(zoom: Zoom) -> Self {
        Self { zoom, ..Self::default() }
    }

    /// Returns the numbers of dated rows: those shown, and those of the scope without filter and zoom.
    pub fn counts(&self) -> (usize, usize) {
        (self.lines.row_count(), self.scope.len())
    }

    /// Returns the rows of the scope that pass filter and lens.
    pub fn passed(&self) -> &Rows {
        self.passed.as_ref().unwrap_or(&self.scope)
    }

    /// Returns true while an answer to a search is awaited.
    pub fn is_searching(&self) -> bool {
        self.awaited.is_some()
    }

    /// Returns the selected line.
    pub fn selected(&self) -> Option<Item> {
        self.lines.get(self.cursor.selected).filter(|item| item.is_selectable())
    }

    /// Returns the row of the selected line.
    pub fn selected_row(&self) -> Option<RowIndex> {
        match self.selected()? {
            Item::Row(row) => Some(row),
            Item::Undated(_) | Item::Silence { .. } | Item::Now | Item::UndatedHead(_) => None,
        }
    }

    /// Returns the entity of the selected line.
    pub fn selected_entity(&self, world: &World) -> Option<EntityId> {
        match self.selected()? {
            Item::Row(row) => Some(world.chronology().row(row).subject),
            Item::Undated(entity) => Some(entity),
            Item::Silence { .. } | Item::Now | Item::UndatedHead(_) => None,
        }
    }

    /// Returns the day of the selected line.
    pub fn selected_day(&self, world: &World) -> Option<NaiveDate> {
        chronology::day(world.chronology().extent(self.selected_row()?).first)
    }

    /// Collects the rows of another scope.
    pub fn set_scope(&mut self, world: &World, scope: Node, as_of: Option<Moment>, searches: &mut Searches) {
        self.scope = rows_of(world, scope);
        self.silences = self.scope.silences().to_vec();
        let undated = world.chronology().undated().iter().copied();
        let inside = |event: EntityId| match scope {
            Node::All => true,
            _ => scope.entity().is_some_and(|entity| world.touches(event, entity)),
        };
        self.undated = undated.filter(|&event| inside(event)).collect();
        // The names that a filter finds are the same in every scope.
        let known = self.matched.take_if(|_| self.awaited.is_none() && self.scope.len() <= AT_ONCE);
        match known {
            Some(known) => {
                self.matched = passed(known.matching, world, &self.scope, &self.undated, &Stop::never());
                self.relens(world, as_of);
            }
            None => self.refilter(world, as_of, searches),
        }
    }

    /// Applies a changed filter. Text that is not a query leaves the rows as they are; an empty filter lets all pass.
    pub fn refilter(&mut self, world: &World, as_of: Option<Moment>, searches: &mut Searches) {
        let Ok(query) = Query::parse(self.filter.text(), world.dossier().vocabulary()) else { return };
        if query.is_empty() {
            self.awaited = None;
            self.matched = None;
            self.reasons.clear();
            self.relens(world, as_of);
            return;
        }
        let among = Among::Rows(world.clone(), self.scope.clone(), Arc::clone(&self.undated));
        self.awaited = Some(searches.ask(Asker::Timeline, query, among));
    }

    /// Forgets the rows found in another world, before [`set_scope`](Self::set_scope) shows this one.
    pub fn forget(&mut self) {
        self.matched = None;
        self.passed = None;
        self.tray = Arc::default();
        self.lines = Lines::default();
    }

    /// Takes the rows that pass the filter. Returns true if they were awaited.
    pub fn found(
        &mut self,
        world: &World,
        as_of: Option<Moment>,
        generation: u64,
        passed: Passed,
        reasons: Vec<String>,
    ) -> bool {
        let is_awaited = self.awaited.take_if(|awaited| *awaited == generation).is_some();
        if is_awaited {
            self.matched = Some(passed);
            self.reasons = reasons;
            self.relens(world, as_of);
        }
        is_awaited
    }

    /// Applies a changed lens to the rows that pass the filter.
    pub fn relens(&mut self, world: &World, as_of: Option<Moment>) {
        let (rows, undated) = match &self.matched {
            Some(matched) => (&matched.rows, &matched.undated),
            None => (&self.scope, &self.undated),
        };
        if self.lens == Lens::All {
            self.passed = self.matched.as_ref().map(|matched| matched.rows.clone());
            self.tray = Arc::clone(undated);
        } else {
            let all = world.chronology().rows();
            let passes = |row: &RowIndex| {
                let dated = &all[*row as usize];
                self.lens.passes(dated.modality, dated.basis)
            };
            self.passed = Some(world.chronology().some(rows.iter().filter(passes).collect()));
            self.tray = undated.iter().copied().filter(|&event| self.lens.passes_event(world, event)).collect();
        }
        self.rearrange(as_of);
    }

    /// Answers another window or as-of. Takes time with the rows that reach into the window
    /// from before, not with those in it.
    pub fn rearrange(&mut self, as_of: Option<Moment>) {
        let selected = self.selected();
        let window = self.zoom.window();
        let mut lines = Lines::new(self.passed().clone(), window.map(|(first, last)| (number(first), number(last))));
        let mut breaks: Vec<Break> = Vec::new();
        if self.passed.is_none() {
            let between = 1..lines.row_count();
            breaks.extend(self.silences.iter().filter_map(|&Silence { before: position, first, last }| {
                let before = lines.ordinal_from(position);
                let shown = between.contains(&before) && lines.stands_at(before, position);
                shown.then_some(Break { before, item: Item::Silence { first, last } })
            }));
        }
        if let Some(moment) = as_of.filter(|_| lines.row_count() > 0) {
            let before = lines.ordinal_from(lines.rows().by(number(moment.last())));
            let at = breaks.partition_point(|found| found.before <= before);
            breaks.insert(at, Break { before, item: Item::Now });
        }
        lines.interrupt(breaks);
        if window.is_none() {
            lines.append_undated(Arc::clone(&self.tray));
        }
        self.lines = lines;
        self.reselect(selected);
    }

    /// Selects the row nearest to a day. Returns true if there is one.
    pub fn select_day(&mut self, day: NaiveDate) -> bool {
        self.select_line(self.lines.line_at(number(day)))
    }

    /// Moves the window to a day that lies outside of it.
    pub fn show_day(&mut self, day: NaiveDate, as_of: Option<Moment>) {
        if self.zoom.window().is_some_and(|(first, last)| !(first..=last).contains(&day)) {
            self.zoom = self.zoom.centred(day);
            self.rearrange(as_of);
        }
    }

    /// Shows a moment and selects the first row within it, else the row nearest to its first day; returns true if
    /// there is one.
    pub fn go_to(&mut self, moment: Moment, as_of: Option<Moment>) -> bool {
        self.show_day(moment.first(), as_of);
        let rows = self.passed();
        let (first, last) = (number(moment.first()), number(moment.last()));
        let inside = (rows.before(first)..rows.by(last)).find(|&position| rows.last(position) <= last);
        let row = inside.map(|position| rows.row(position));
        row.is_some_and(|row| self.select_row(row)) || self.select_day(moment.first())
    }

    /// Selects the last row that begins by the end of a moment; returns true if it is shown.
    pub fn select_last_by(&mut self, moment: Moment) -> bool {
        let last = self.passed().by(number(moment.last())).checked_sub(1).map(|position| self.passed().row(position));
        last.is_some_and(|row| self.select_row(row))
    }

    /// Selects the first line of an entity. Returns true if there is one.
    pub fn select_entity(&mut self, world: &World, entity: EntityId) -> bool {
        let chronology = world.chronology();
        let own = chronology.touching(entity).iter().filter(|&&row| chronology.row(row).subject == entity);
        let found = own.copied().find_map(|row| self.lines.line_of(row)).or_else(|| self.lines.line_of_undated(entity));
        self.select_line(found)
    }

    /// Selects a row. Returns true if it is shown.
    pub fn select_row(&mut self, row: RowIndex) -> bool {
        self.select_line(self.lines.line_of(row))
    }

    /// Selects the first line of the undated tray.
    pub fn select_undated(&mut self) -> bool {
        self.select_line(self.lines.tray())
    }

    fn select_line(&mut self, line: Option<usize>) -> bool {
        self.cursor.selected = line.unwrap_or(self.cursor.selected);
        line.is_some()
    }

    /// Returns the first row of the next (`1`) or previous (`-1`) year that has one, seen from a day.
    pub fn row_of_year(&self, here: NaiveDate, direction: isize) -> Option<RowIndex> {
        let january = |year: i32| NaiveDate::from_ymd_opt(year, 1, 1).map(number);
        let rows = self.passed();
        let position = if direction > 0 {
            Some(rows.before(january(here.year() + 1)?)).filter(|&position| position < rows.len())?
        } else {
            let before = rows.before(january(here.year())?).checked_sub(1)?;
            rows.before(january(chronology::day(rows.first(before))?.year())?)
        };
        Some(rows.row(position))
    }

    /// Returns the first row of the next (`1`) or previous (`-1`) era, the time between two long silences.
    pub fn row_of_era(&self, direction: isize) -> Option<RowIndex> {
        let here = self.scope.position(self.selected_row()?)?;
        let mut starts = std::iter::once(0).chain(self.silences.iter().map(|silence| silence.before));
        let start = if direction > 0 {
            starts.find(|&start| start > here)?
        } else {
            // Within an era, go to its start; at its start, go to that of the previous era.
            starts.rfind(|&start| start < here)?
        };
        let rows = self.passed();
        let position = rows.before_row(self.scope.row(start));
        (position < rows.len()).then(|| rows.row(position))
    }

    fn reselect(&mut self, selected: Option<Item>) {
        let line = match selected {
            Some(Item::Row(row)) => self.lines.line_of(row).or_else(|| self.lines.line_near(row)),
            Some(Item::Undated(event)) => self.lines.line_of_undated(event),
            Some(Item::Silence { .. } | Item::Now | Item::UndatedHead(_)) | None => None,
        };
        let first = || (0..self.lines.len()).find(|&line| self.lines.get(line).is_some_and(Item::is_selectable));
        self.cursor.selected = line.or_else(first).unwrap_or(0);
    }
}

/// Returns the rows of a scope, in order.
fn rows_of(world: &World, scope: Node) -> Rows {
    let chronology = world.chronology();
    match scope {
        Node::All => chronology.of(None),
        Node::Institution(entity) | Node::Part(entity) => chronology.of(Some(entity)),
        Node::Group(institution, group) | Node::More(institution, group) => {
            let members = containment::members_of(world, institution, group);
            let mut rows: Vec<RowIndex> =
                members.iter().flat_map(|&member| chronology.touching(member)).copied().collect();
            rows.sort_unstable();
            rows.dedup();
            chronology.some(rows)
        }
    }
}
