//! The evidence of a claim: the place in its document, the words there if the document
//! is at hand, and every claim made from them.
//!
//! Invariant: the reader walks through the document in its own order; where the document
//! is at hand no unit is left out, claimed or not.

use std::sync::Arc;

use super::cursor::Cursor;
use crate::catalogue::Catalogue;
use crate::model::{Claim, ClaimId, DocumentId, Dossier, Place};
use crate::sources::library::Library;
use crate::sources::text::{SourceText, spot};

/// A place where the walk can stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// The section.
    pub section: String,
    /// The spot in the section, as people write it.
    pub spot: String,
    /// The line of the document, where it is known.
    pub line: Option<u32>,
    /// The unit of the document, where that is at hand.
    unit: Option<usize>,
}

/// See the module.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// The document.
    pub document: DocumentId,
    /// Where the list of claims stands.
    pub cursor: Cursor,
    library: Option<Arc<Library>>,
    stops: Vec<Stop>,
    at: usize,
    claims: Vec<ClaimId>,
}

impl Evidence {
    /// The evidence of a claim, from its first place; none if it has no evidence.
    pub fn of_claim(catalogue: &Catalogue, library: Option<&Arc<Library>>, claim: ClaimId) -> Option<Self> {
        let dossier = catalogue.dossier();
        let place = dossier.evidence(dossier.claim(claim)).next()?;
        let mut evidence = Self::of_document(catalogue, library, place.document)?;
        evidence.at = evidence.position(dossier, place).unwrap_or(0);
        evidence.arrive(catalogue);
        let selected = evidence.claims.iter().position(|&other| other == claim).unwrap_or(0);
        evidence.cursor.select(selected);
        Some(evidence)
    }

    /// A document from its start; none if nothing is known of it.
    pub fn of_document(catalogue: &Catalogue, library: Option<&Arc<Library>>, document: DocumentId) -> Option<Self> {
        let text = library.and_then(|library| library.document(document));
        let stops = match text {
            Some(text) => stops_of_text(text),
            None => stops_of_places(catalogue.dossier(), document),
        };
        if stops.is_empty() {
            return None;
        }
        let library = library.cloned();
        let mut evidence = Self { document, cursor: Cursor::default(), library, stops, at: 0, claims: Vec::new() };
        evidence.arrive(catalogue);
        Some(evidence)
    }

    /// Where the walk stands.
    pub fn stop(&self) -> &Stop {
        &self.stops[self.at]
    }

    /// The number of this stop, from 1, and how many there are.
    pub fn progress(&self) -> (usize, usize) {
        (self.at + 1, self.stops.len())
    }

    /// The claims made from what stands here.
    pub fn claims(&self) -> &[ClaimId] {
        &self.claims
    }

    /// The selected claim.
    pub fn selected(&self) -> Option<ClaimId> {
        self.claims.get(self.cursor.selected).copied()
    }

    /// The words here, with those before and behind in the same document; none if it is not at hand.
    pub fn words(&self) -> Option<(&str, &str, &str)> {
        let text = self.library.as_ref()?.document(self.document)?;
        let unit = self.stop().unit?;
        let before = unit.checked_sub(1).map_or("", |unit| text.unit_text(unit));
        Some((before, text.unit_text(unit), text.unit_text(unit + 1)))
    }

    /// Walks by so many places; stays at the ends.
    pub fn walk(&mut self, catalogue: &Catalogue, steps: isize) {
        self.at = self.at.saturating_add_signed(steps).min(self.stops.len() - 1);
        self.arrive(catalogue);
    }

    /// Walks to the next (`1`) or previous (`-1`) place without any claim; tells whether there is one.
    pub fn walk_to_unclaimed(&mut self, catalogue: &Catalogue, direction: isize) -> bool {
        let here = self.at;
        let mut at = here;
        loop {
            let next = at.saturating_add_signed(direction).min(self.stops.len() - 1);
            if next == at {
                self.at = here;
                self.arrive(catalogue);
                return false;
            }
            at = next;
            self.at = at;
            self.arrive(catalogue);
            if self.claims.is_empty() && self.names(catalogue.dossier()).is_empty() {
                return true;
            }
        }
    }

    /// Goes to the next place, in this or another document, where the selected claim is made, and after
    /// the last one to the first; none if it is made here alone.
    pub fn next_of_claim(&self, catalogue: &Catalogue) -> Option<Self> {
        let dossier = catalogue.dossier();
        let claim = self.selected()?;
        let places: Vec<&Place> = dossier.evidence(dossier.claim(claim)).collect();
        let here = places.iter().position(|place| self.is_here(dossier, place))?;
        let next = places[(here + 1) % places.len()];
        if self.is_here(dossier, next) {
            return None;
        }
        let mut there = Self::of_document(catalogue, self.library.as_ref(), next.document)?;
        there.at = there.position(dossier, next).unwrap_or(0);
        there.arrive(catalogue);
        there.cursor.select(there.claims.iter().position(|&other| other == claim).unwrap_or(0));
        Some(there)
    }

    /// Why nothing is claimed from here, if the dossier says so.
    pub fn reason<'a>(&self, dossier: &'a Dossier) -> Option<&'a str> {
        dossier.unclaimed().find(|(place, _)| self.is_here(dossier, place)).map(|(_, reason)| reason)
    }

    /// The names that are taken from here.
    pub fn names<'a>(&self, dossier: &'a Dossier) -> Vec<&'a str> {
        let taken = |name: &&crate::model::Name| dossier.name_evidence(name).any(|place| self.is_here(dossier, place));
        dossier.all_names().iter().filter(taken).map(|name| dossier.text(name.value)).collect()
    }

    fn is_here(&self, dossier: &Dossier, place: &Place) -> bool {
        place.document == self.document
            && match (self.text(), self.stop().unit) {
                (Some(text), Some(unit)) => text.units_at(dossier, place).is_some_and(|units| units.contains(&unit)),
                (Some(_) | None, _) => name(dossier, place) == (self.stop().section.clone(), self.stop().spot.clone()),
            }
    }

    fn arrive(&mut self, catalogue: &Catalogue) {
        let dossier = catalogue.dossier();
        let made_here = |claim: &Claim| dossier.evidence(claim).any(|place| self.is_here(dossier, place));
        self.claims = dossier.claims().filter(|(_, claim)| made_here(claim)).map(|(id, _)| id).collect();
        self.cursor = Cursor::default();
    }

    fn text(&self) -> Option<&SourceText> {
        self.library.as_ref()?.document(self.document)
    }

    fn position(&self, dossier: &Dossier, place: &Place) -> Option<usize> {
        if let Some(text) = self.text() {
            let unit = text.units_at(dossier, place)?.start;
            return self.stops.iter().position(|stop| stop.unit == Some(unit));
        }
        let (section, spot) = name(dossier, place);
        self.stops.iter().position(|stop| stop.section == section && stop.spot == spot)
    }
}

fn name(dossier: &Dossier, place: &Place) -> (String, String) {
    (dossier.text(place.section).to_owned(), place.spot.map(|row| dossier.text(row)).to_string())
}

fn stops_of_text(text: &SourceText) -> Vec<Stop> {
    let stop = |(index, unit): (usize, &crate::sources::split::Unit)| Stop {
        section: unit.section.clone(),
        spot: spot(unit).to_string(),
        line: Some(unit.line),
        unit: Some(index),
    };
    text.units().iter().enumerate().map(stop).collect()
}

fn stops_of_places(dossier: &Dossier, document: DocumentId) -> Vec<Stop> {
    let mut places: Vec<&Place> = dossier.places().iter().filter(|place| place.document == document).collect();
    places.sort_by_key(|place| (place.pin.map_or(u32::MAX, |pin| pin.start), name(dossier, place)));
    let stop = |place: &&Place| {
        let (section, spot) = name(dossier, place);
        Stop { section, spot, line: place.pin.map(|pin| pin.line), unit: None }
    };
    places.iter().map(stop).collect()
}
