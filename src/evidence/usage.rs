//! From each unit of a document to what is said from it.
//!
//! Invariant: every claim, name and unclaimed place whose words are in the documents is
//! with all of its units; a place that is missing or ambiguous is with none.

use std::collections::HashMap;
use std::ops::Range;

use super::anchor::Anchors;
use super::library::Library;
use crate::model::{ClaimId, DocumentId, Dossier, Place};

/// What is said from one unit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UnitUse {
    /// The claims, in their order.
    pub claims: Vec<ClaimId>,
    /// The names, as indices into [`Dossier::all_names`].
    pub names: Vec<usize>,
    /// The rows of [`Dossier::unclaimed`] that list it, as indices.
    pub unclaimed: Vec<usize>,
}

/// Whether anything accounts for a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Account {
    /// A claim or a name rests on it.
    Used,
    /// It is listed as carrying no fact.
    Unclaimed,
    /// Both, which cannot be.
    Contested,
    /// Neither.
    Open,
}

impl UnitUse {
    /// Whether anything accounts for it.
    pub fn account(&self) -> Account {
        match (self.is_used(), self.unclaimed.is_empty()) {
            (true, true) => Account::Used,
            (true, false) => Account::Contested,
            (false, false) => Account::Unclaimed,
            (false, true) => Account::Open,
        }
    }

    /// Whether a claim or a name rests on it.
    pub fn is_used(&self) -> bool {
        !self.claims.is_empty() || !self.names.is_empty()
    }
}

/// What is said from every unit of every document that was read.
#[derive(Debug, Default)]
pub struct Usage {
    /// By the number of the document, then by the number of the unit.
    documents: Vec<Vec<UnitUse>>,
    /// The units of each place that has some.
    places: HashMap<Place, Range<usize>>,
}

impl Usage {
    /// Looks up every place once.
    pub fn new(dossier: &Dossier, library: &Library) -> Self {
        let texts = || dossier.documents().map(|(id, _)| library.document(id));
        let anchors: Vec<Option<Anchors<'_>>> = texts().map(|text| text.map(Anchors::new)).collect();
        let units = |place: &Place| anchors.get(place.document.index())?.as_ref()?.find(dossier, place).units();
        let places = dossier.places().iter().filter_map(|place| Some((*place, units(place)?))).collect();
        let empty = || texts().map(|text| vec![UnitUse::default(); text.map_or(0, |text| text.units().len())]);
        let mut usage = Self { documents: empty().collect(), places };
        for (id, claim) in dossier.claims() {
            usage.add(dossier.evidence(claim), |unit| unit.claims.push(id));
        }
        for (index, name) in dossier.all_names().iter().enumerate() {
            usage.add(dossier.name_evidence(name), |unit| unit.names.push(index));
        }
        for (index, (place, _)) in dossier.unclaimed().enumerate() {
            usage.add([place], |unit| unit.unclaimed.push(index));
        }
        usage
    }

    /// What is said from each unit of a document, by the number of the unit; empty if it was not read.
    pub fn units(&self, document: DocumentId) -> &[UnitUse] {
        self.documents.get(document.index()).map(Vec::as_slice).unwrap_or_default()
    }

    /// The units of a place, if it was found beyond doubt.
    pub fn place(&self, place: &Place) -> Option<Range<usize>> {
        self.places.get(place).cloned()
    }

    fn add<'a>(&mut self, places: impl IntoIterator<Item = &'a Place>, mark: impl Fn(&mut UnitUse)) {
        let mut units: Vec<(usize, usize)> = places
            .into_iter()
            .filter_map(|place| Some((place.document.index(), self.places.get(place)?.clone())))
            .flat_map(|(document, units)| units.map(move |unit| (document, unit)))
            .collect();
        // A paragraph and one of its sentences may be given as evidence of the same claim.
        units.sort_unstable();
        units.dedup();
        for (document, unit) in units {
            self.documents.get_mut(document).and_then(|units| units.get_mut(unit)).map(&mark);
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]
mod tests {
    use super::super::fixture::{AUTHORED, DOCUMENT, dossier, id, library, pinned, place};
    use super::*;

    fn usage(dossier: &Dossier, text: &str) -> Usage {
        Usage::new(dossier, &library(dossier, text))
    }

    fn accounts(dossier: &Dossier, text: &str) -> Vec<Account> {
        usage(dossier, text).units(id(dossier)).iter().map(UnitUse::account).collect()
    }

    #[test]
    fn from_a_unit_to_its_claims_and_names_and_back() {
        let dossier = pinned();
        let usage = usage(&dossier, DOCUMENT);
        let row = usage.place(&place(&dossier, "infobox / row Beds")).unwrap();
        let claims = &usage.units(id(&dossier))[row.start].claims;
        let beds: Vec<&str> = claims.iter().map(|&claim| dossier.claim(claim).property.name()).collect();
        assert_eq!(beds, ["beds"]);
        let named = usage.place(&place(&dossier, "lead / p2 s1")).unwrap();
        assert_eq!(usage.units(id(&dossier))[named.start].names, [0]);
    }

    #[test]
    fn a_paragraph_is_used_in_all_of_its_sentences_once() {
        let twice = dossier(&AUTHORED.replace("\"History / p1\"", "[\"History / p1\", \"History / p1 s2\"]"));
        let usage = usage(&twice, DOCUMENT);
        let units = usage.place(&place(&twice, "History / p1")).unwrap();
        let counts: Vec<usize> = usage.units(id(&twice))[units].iter().map(|unit| unit.claims.len()).collect();
        assert_eq!(counts, [1, 1]);
    }

    #[test]
    fn what_moved_is_used_where_it_is_now_and_what_is_new_is_open() {
        let text = DOCUMENT.replace("A paragraph", "Something new.\nA paragraph");
        let accounts = accounts(&pinned(), &text);
        let open: Vec<usize> = (0..accounts.len()).filter(|&unit| accounts[unit] == Account::Open).collect();
        assert_eq!(open, [5]);
    }

    #[test]
    fn what_was_edited_is_open() {
        let accounts = accounts(&pinned(), &DOCUMENT.replace("in 1931", "in 1913"));
        assert_eq!(accounts.iter().filter(|account| **account == Account::Open).count(), 1);
        assert_eq!(accounts[3], Account::Open);
    }
}
