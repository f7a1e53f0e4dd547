//! The evidence of a claim: the place in its document, the words there if the document
//! is at hand, and every claim made from them.
//!
//! Invariant: the reader walks through the document in its own order; where the document
//! is at hand its stops are its units, none left out, claimed or not. What rests on each
//! stop is looked up once, when the document is opened, so that a step costs nothing.

use std::ops::Range;
use std::sync::Arc;

use super::cursor::Cursor;
use crate::evidence::grounding::{Grounder, Stated};
use crate::evidence::library::Library;
use crate::model::id::Sym;
use crate::model::{ClaimId, DocumentId, Dossier, Place};
use crate::passages::Unit;
use crate::passages::document::SourceText;
use crate::timeline::World;

/// A place where the walk can stop, and what rests on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// The section.
    pub section: String,
    /// The spot in the section, as people write it.
    pub spot: String,
    /// The line of the document, where it is known.
    pub line: Option<u32>,
    /// The claims made from here.
    pub claims: Vec<ClaimId>,
    /// The names taken from here.
    pub names: Vec<Sym>,
    /// The reason why nothing is claimed from here, if the dossier gives one.
    pub reason: Option<String>,
}

/// The state of the evidence overlay.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// The document.
    pub document: DocumentId,
    /// The selected claim and the scroll offset.
    pub cursor: Cursor,
    library: Option<Arc<Library>>,
    stops: Vec<Stop>,
    at: usize,
}

impl Evidence {
    /// Returns the evidence of a claim, at its first place; `None` if it has no evidence.
    pub fn of_claim(world: &World, library: Option<&Arc<Library>>, claim: ClaimId) -> Option<Self> {
        let dossier = world.dossier();
        let place = dossier.evidence(dossier.claim(claim)).next()?;
        Self::at_place(world, library, place, claim)
    }

    /// Returns a document, at its start; `None` if nothing is known of it.
    pub fn of_document(world: &World, library: Option<&Arc<Library>>, document: DocumentId) -> Option<Self> {
        let dossier = world.dossier();
        let text = library.and_then(|library| library.document(document));
        let stops = match text {
            Some(text) => text.units().iter().map(stop_of_unit).collect(),
            None => stops_of_places(dossier, document),
        };
        if stops.is_empty() {
            return None;
        }
        let mut evidence = Self { document, cursor: Cursor::default(), library: library.cloned(), stops, at: 0 };
        evidence.look_up(dossier);
        Some(evidence)
    }

    /// Returns the current stop.
    pub fn stop(&self) -> &Stop {
        &self.stops[self.at]
    }

    /// Returns the number of this stop, from 1, and the number of all stops.
    pub fn progress(&self) -> (usize, usize) {
        (self.at + 1, self.stops.len())
    }

    /// Returns the claims made from the current stop.
    pub fn claims(&self) -> &[ClaimId] {
        &self.stop().claims
    }

    /// Returns the selected claim.
    pub fn selected(&self) -> Option<ClaimId> {
        self.claims().get(self.cursor.selected).copied()
    }

    /// Returns the words before, at and after the stop in the same document; `None` if the document is not at hand.
    pub fn words(&self) -> Option<(&str, &str, &str)> {
        let text = self.text()?;
        let before = self.at.checked_sub(1).map_or("", |unit| text.unit_text(unit));
        Some((before, text.unit_text(self.at), text.unit_text(self.at + 1)))
    }

    /// Returns the bytes of the words at the stop that bear the value of the selected claim; none without the document.
    pub fn bearing(&self, dossier: &Dossier) -> Vec<Range<usize>> {
        let stated = self.selected().and_then(|claim| Stated::of(dossier, dossier.claim(claim)));
        let (Some(library), Some(text), Some(stated)) = (&self.library, self.text(), stated) else { return Vec::new() };
        let start = text.unit_bytes(self.at).start;
        let found = Grounder::new(dossier, library).bearing(&stated, self.document, self.at..self.at + 1);
        found.into_iter().map(|words| words.start - start..words.end - start).collect()
    }

    /// Returns true if the document is at hand, but not the key with which its pins would be verified.
    pub fn lacks_key(&self) -> bool {
        self.text().is_some_and(|text| text.fingerprint().is_none())
    }

    /// Walks by `steps` places, at most to the first or last one.
    pub fn walk(&mut self, steps: isize) {
        self.arrive(self.at.saturating_add_signed(steps).min(self.stops.len() - 1));
    }

    /// Goes to the next (`1`) or previous (`-1`) place from which nothing is claimed. Returns true if there is one.
    pub fn walk_to_unclaimed(&mut self, direction: isize) -> bool {
        let is_bare = |&at: &usize| self.stops[at].claims.is_empty() && self.stops[at].names.is_empty();
        let found = if direction < 0 {
            (0..self.at).rev().find(is_bare)
        } else {
            (self.at + 1..self.stops.len()).find(is_bare)
        };
        if let Some(at) = found {
            self.arrive(at);
        }
        found.is_some()
    }

    /// Goes to the next place, in this or another document, where the selected claim is made, and after
    /// the last one to the first; none if it is made here alone.
    pub fn next_of_claim(&self, world: &World) -> Option<Self> {
        let dossier = world.dossier();
        let claim = self.selected()?;
        let places: Vec<&Place> = dossier.evidence(dossier.claim(claim)).collect();
        let is_here = |place: &&Place| self.stops_at(dossier, place).contains(&self.at);
        let here = places.iter().position(is_here)?;
        let next = places[(here + 1) % places.len()];
        if is_here(&next) {
            return None;
        }
        Self::at_place(world, self.library.as_ref(), next, claim)
    }

    fn at_place(world: &World, library: Option<&Arc<Library>>, place: &Place, claim: ClaimId) -> Option<Self> {
        let mut evidence = Self::of_document(world, library, place.document)?;
        let stops = evidence.stops_at(world.dossier(), place);
        evidence.arrive(if stops.is_empty() { 0 } else { stops.start });
        let selected = evidence.claims().iter().position(|&other| other == claim);
        evidence.cursor.selected = selected.unwrap_or(0);
        Some(evidence)
    }

    fn arrive(&mut self, at: usize) {
        self.at = at;
        self.cursor = Cursor::default();
    }

    /// Finds what rests on each stop.
    fn look_up(&mut self, dossier: &Dossier) {
        for (id, claim) in dossier.claims() {
            for place in dossier.evidence(claim) {
                for at in self.stops_at(dossier, place) {
                    let claims = &mut self.stops[at].claims;
                    if claims.last() != Some(&id) {
                        claims.push(id);
                    }
                }
            }
        }
        for name in dossier.all_names() {
            for place in dossier.name_evidence(name) {
                for at in self.stops_at(dossier, place) {
                    self.stops[at].names.push(name.value);
                }
            }
        }
        for (place, reason) in dossier.unclaimed() {
            for at in self.stops_at(dossier, place) {
                self.stops[at].reason = Some(reason.to_owned());
            }
        }
    }

    /// Returns the stops that a place covers: for a paragraph, all of its sentences. Empty for another document.
    fn stops_at(&self, dossier: &Dossier, place: &Place) -> Range<usize> {
        if place.document != self.document {
            return 0..0;
        }
        if let Some(text) = self.text() {
            return text.units_at(dossier, place).unwrap_or(0..0);
        }
        let wanted = name(dossier, place);
        let found = self.stops.iter().position(|stop| stop.section == wanted.0 && stop.spot == wanted.1);
        found.map_or(0..0, |at| at..at + 1)
    }

    fn text(&self) -> Option<&SourceText> {
        self.library.as_ref()?.document(self.document)
    }
}

fn name(dossier: &Dossier, place: &Place) -> (String, String) {
    (dossier.text(place.section).to_owned(), place.spot.map(|row| dossier.text(row)).to_string())
}

fn bare_stop(section: String, spot: String, line: Option<u32>) -> Stop {
    Stop { section, spot, line, claims: Vec::new(), names: Vec::new(), reason: None }
}

fn stop_of_unit(unit: &Unit) -> Stop {
    bare_stop(unit.section.clone(), unit.place.to_string(), Some(unit.line))
}

fn stops_of_places(dossier: &Dossier, document: DocumentId) -> Vec<Stop> {
    let mut places: Vec<&Place> = dossier.places().iter().filter(|place| place.document == document).collect();
    places.sort_by_cached_key(|place| (place.pin.map_or(u32::MAX, |pin| pin.start), name(dossier, place)));
    let stop = |place: &&Place| {
        let (section, spot) = name(dossier, place);
        bare_stop(section, spot, place.pin.map(|pin| pin.line))
    };
    places.iter().map(stop).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::author;

    #[test]
    fn every_claim_stands_at_each_of_its_places() {
        let (dossier, _) = author::load(&author::embedded());
        let world = World::new(dossier);
        let dossier = world.dossier();
        for (document, _) in dossier.documents() {
            let evidence = Evidence::of_document(&world, None, document).unwrap();
            for (id, claim) in dossier.claims() {
                for place in dossier.evidence(claim).filter(|place| place.document == document) {
                    let stops = evidence.stops_at(dossier, place);
                    assert!(!stops.is_empty() && stops.clone().all(|at| evidence.stops[at].claims.contains(&id)));
                }
            }
        }
    }

    #[test]
    fn the_walk_to_what_is_unclaimed_ends_at_the_ends() {
        let (dossier, _) = author::load(&author::embedded());
        let world = World::new(dossier);
        let document = world.dossier().documents().nth(2).unwrap().0;
        let mut evidence = Evidence::of_document(&world, None, document).unwrap();
        let mut stops = 0;
        while evidence.walk_to_unclaimed(1) {
            assert!(evidence.claims().is_empty() && evidence.stop().reason.is_some());
            stops += 1;
        }
        assert!(stops > 10);
        let last = evidence.progress();
        assert!(!evidence.walk_to_unclaimed(1));
        assert_eq!(evidence.progress(), last);
    }
}
