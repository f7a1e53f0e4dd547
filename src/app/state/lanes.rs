//! The lanes: what lasts, over the axis of the timeline.
//!
//! Lanes are collected when they are first shown; for a large dossier a worker collects them, and only the first.
//!
//! Invariant: the lanes are those of the scope; the selected part lies in the selected lane, and a step within a lane
//! goes in the order of time.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::cursor::Cursor;
use super::prompt::Prompt;
use crate::app::request::{Among, Asker, Searches};
use crate::model::{ClaimId, EntityId};
use crate::present::lanes::{Collected, Lane, Part, Wanted, lanes, rows};
use crate::query::Query;
use crate::text::fold::fold;
use crate::timeline::World;

/// The entity whose lanes are collected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Scope {
    /// They have not been collected yet.
    #[default]
    Nothing,
    /// An entity, or everything.
    Of(Option<EntityId>),
}

/// The state of the lanes pane.
#[derive(Debug, Clone, Default)]
pub struct LanePane {
    /// The selected lane among those shown, and the scroll offset.
    pub cursor: Cursor,
    /// The filter: every word begins a word of the lane.
    pub filter: Prompt,
    scope: Scope,
    all: Arc<[Lane]>,
    lanes: Vec<Lane>,
    shown: Vec<usize>,
    /// The selected part of the selected lane.
    pub part: Option<Part>,
    /// The lane and the part of each claim.
    places: HashMap<ClaimId, (usize, Part)>,
    /// The question for lanes that are still being collected.
    awaited: Option<u64>,
    /// The number of lanes that are left out.
    pub left_out: usize,
}

/// The most lanes of a group that are shown of a large dossier.
const MOST: usize = 400;

impl LanePane {
    /// Collects the lanes of a scope, unless they are at hand. Returns true if they are there now and were not before;
    /// those of a large dossier arrive later.
    pub fn set_scope(&mut self, world: &World, scope: Option<EntityId>, searches: &mut Searches) -> bool {
        if self.scope == Scope::Of(scope) {
            return false;
        }
        let is_first = self.scope == Scope::Nothing;
        self.scope = Scope::Of(scope);
        if world.is_large() {
            self.set_lanes(Vec::new());
            self.ask(world, scope, searches);
            return false;
        }
        // All lanes are collected once; a scope has those that touch it, in the same order.
        if is_first {
            self.all = lanes(world, None).into();
        }
        let within = |lane: &&Lane| scope.is_none_or(|scope| world.touches(lane.entity, scope));
        self.set_lanes(self.all.iter().filter(within).cloned().collect());
        self.show_answering();
        true
    }

    /// Applies a changed filter. Returns true if the lanes are up to date; those of a large dossier arrive later.
    pub fn refilter(&mut self, world: &World, searches: &mut Searches) -> bool {
        let Scope::Of(scope) = self.scope else { return true };
        if world.is_large() {
            self.ask(world, scope, searches);
            return false;
        }
        self.show_answering();
        true
    }

    /// Forgets the lanes of another world; the filter stays.
    pub fn forget(&mut self) {
        *self = Self { filter: std::mem::take(&mut self.filter), ..Self::default() };
    }

    /// Returns true while lanes are being collected.
    pub fn is_searching(&self) -> bool {
        self.awaited.is_some()
    }

    /// Takes collected lanes. Returns true if they were awaited.
    pub fn found(&mut self, generation: u64, collected: Collected) -> bool {
        let is_awaited = self.awaited.take_if(|awaited| *awaited == generation).is_some();
        if is_awaited {
            let left_out = collected.total - collected.lanes.len();
            self.set_lanes(collected.lanes);
            self.shown = (0..self.lanes.len()).collect();
            self.left_out = left_out;
        }
        is_awaited
    }

    fn ask(&mut self, world: &World, scope: Option<EntityId>, searches: &mut Searches) {
        let wanted = Wanted { scope, words: self.filter.text().to_owned(), most: MOST };
        let among = Among::Lanes(world.clone(), wanted);
        self.awaited = Some(searches.ask(Asker::Lanes, Query::default(), among));
    }

    fn set_lanes(&mut self, lanes: Vec<Lane>) {
        self.lanes = lanes.into_iter().flat_map(rows).collect();
        self.shown.clear();
        self.left_out = 0;
        self.cursor = Cursor::default();
        self.part = None;
        self.places.clear();
        for (number, lane) in self.lanes.iter().enumerate() {
            for part in lane.parts() {
                for &claim in claims_of(lane, part) {
                    self.places.entry(claim).or_insert((number, part));
                }
            }
        }
    }

    fn show_answering(&mut self) {
        let wanted = fold(self.filter.text());
        self.shown = (0..self.lanes.len()).filter(|&lane| self.lanes[lane].answers(&wanted)).collect();
        self.cursor = Cursor::default();
        self.part = None;
    }

    /// Returns the number of lanes shown.
    pub fn len(&self) -> usize {
        self.shown.len()
    }

    /// Returns true if no lane is shown.
    pub fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    /// Returns a lane that is shown.
    pub fn lane(&self, row: usize) -> Option<&Lane> {
        self.shown.get(row).map(|&lane| &self.lanes[lane])
    }

    /// Returns the lanes that are shown.
    pub fn iter(&self) -> impl Iterator<Item = &Lane> {
        self.shown.iter().map(|&lane| &self.lanes[lane])
    }

    /// Selects a lane as a whole.
    pub fn select(&mut self, row: usize) {
        self.cursor.selected = row;
        self.part = None;
    }

    /// Returns the day on which the selected part begins.
    pub fn selected_day(&self) -> Option<NaiveDate> {
        let lane = self.lane(self.cursor.selected)?;
        match self.part? {
            Part::Bar(bar) => lane.bars.get(bar).map(|bar| bar.from),
            Part::Mark(mark) => lane.marks.get(mark)?.at.position().map(|(first, _)| first),
        }
    }

    /// Returns the claims of the selected part; of the whole lane, in order, where no part is selected.
    pub fn claims(&self) -> Vec<ClaimId> {
        let Some(lane) = self.lane(self.cursor.selected) else { return Vec::new() };
        let parts = self.part.map_or_else(|| lane.parts(), |part| vec![part]);
        parts.into_iter().flat_map(|part| claims_of(lane, part)).copied().collect()
    }

    /// Returns the entity of the selection, and the claim of the selected part, if one is selected.
    pub fn selected(&self) -> Option<(EntityId, Option<ClaimId>)> {
        let lane = self.lane(self.cursor.selected)?;
        let Some(part) = self.part else { return Some((lane.entity, None)) };
        let entity = match part {
            Part::Bar(bar) => lane.bars.get(bar).and_then(|bar| bar.entity).unwrap_or(lane.entity),
            Part::Mark(_) => lane.entity,
        };
        Some((entity, claims_of(lane, part).first().copied()))
    }

    /// Selects the part that has a claim, if one of the lanes shown has such a part.
    pub fn follow(&mut self, claim: ClaimId) {
        self.part = None;
        if let Some(&(lane, part)) = self.places.get(&claim)
            && let Ok(row) = self.shown.binary_search(&lane)
        {
            self.cursor.selected = row;
            self.part = Some(part);
        }
    }

    /// Goes to the next (`1`) or previous (`-1`) part of the selected lane. Returns true if there is one.
    pub fn step(&mut self, direction: isize) -> bool {
        let Some(lane) = self.lane(self.cursor.selected) else { return false };
        let parts = lane.parts();
        let next = match self.part.and_then(|part| parts.iter().position(|&other| other == part)) {
            Some(at) => at.checked_add_signed(direction),
            None if direction > 0 => Some(0),
            None => parts.len().checked_sub(1),
        };
        let part = next.and_then(|next| parts.get(next)).copied();
        self.part = part.or(self.part);
        part.is_some()
    }
}

fn claims_of(lane: &Lane, part: Part) -> &[ClaimId] {
    match part {
        Part::Bar(bar) => lane.bars.get(bar).map_or(&[], |bar| &bar.claims),
        Part::Mark(mark) => lane.marks.get(mark).map_or(&[], |mark| std::slice::from_ref(&mark.claim)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::author;

    fn pane(world: &World) -> LanePane {
        let mut pane = LanePane::default();
        pane.set_scope(world, world.dossier().find("institution/aiims-kalyani"), &mut Searches::default());
        pane
    }

    #[test]
    fn a_walk_through_a_lane_goes_in_the_order_of_time_and_ends() {
        let world = World::new(author::load(&author::embedded()).0);
        let mut pane = pane(&world);
        for row in 0..pane.len() {
            pane.select(row);
            let parts = pane.lane(row).unwrap().parts().len();
            let steps = (0..100).take_while(|_| pane.step(1)).count();
            assert_eq!(steps, parts, "{}", pane.lane(row).unwrap().label);
            assert_eq!((0..100).take_while(|_| pane.step(-1)).count(), parts.saturating_sub(1));
        }
    }

    #[test]
    fn the_lanes_of_a_scope_are_those_that_the_catalogue_has_for_it() {
        let world = World::new(author::load(&author::embedded()).0);
        let mut pane = LanePane::default();
        for entity in world.dossier().of_core(crate::model::CoreKind::Institution) {
            pane.set_scope(&world, Some(entity), &mut Searches::default());
            let expected: Vec<Lane> = lanes(&world, Some(entity)).into_iter().flat_map(rows).collect();
            assert_eq!(pane.lanes, expected, "{}", world.dossier().id(entity));
        }
    }

    #[test]
    fn the_claim_of_a_row_leads_to_its_part() {
        let world = World::new(author::load(&author::embedded()).0);
        let mut pane = pane(&world);
        let opd = world.dossier().find("facility/kalyani-opd").unwrap();
        let claim = world.chronology().rows().iter().find(|row| row.subject == opd).unwrap().claim;
        pane.follow(claim);
        assert_eq!(pane.selected(), Some((opd, Some(claim))));
    }

    #[test]
    fn a_filter_leaves_the_lanes_that_have_its_words() {
        let world = World::new(author::load(&author::embedded()).0);
        let mut pane = pane(&world);
        let all = pane.len();
        pane.filter.paste("ramji");
        pane.refilter(&world, &mut Searches::default());
        assert!(pane.len() < all && pane.iter().all(|lane| lane.bars.iter().any(|bar| bar.label.contains("Ramji"))));
        assert!(!pane.is_empty());
    }
}
