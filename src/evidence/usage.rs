//! Maps each unit of a document to the claims and names that cite it.
//!
//! Invariant: every claim, name and unclaimed entry whose place is found is listed with all of its units; one
//! whose place is missing or ambiguous is listed with none.

use std::collections::HashMap;
use std::ops::Range;

use super::anchor::Anchors;
use super::library::Library;
use crate::model::{ClaimId, DocumentId, Dossier, Place};

/// The claims, names and entries that cite one unit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UnitUse {
    /// The claims, in ascending order.
    pub claims: Vec<ClaimId>,
    /// The names, as indexes into [`Dossier::all_names`].
    pub names: Vec<usize>,
    /// The entries of [`Dossier::unclaimed`] that list it, as indexes.
    pub unclaimed: Vec<usize>,
}

/// The state of a unit in the coverage of its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Account {
    /// A claim or name cites it.
    Used,
    /// It is listed as unclaimed.
    Unclaimed,
    /// Both, which is a contradiction.
    Contested,
    /// Neither.
    Open,
}

impl UnitUse {
    /// Returns whether the unit is accounted for.
    pub fn account(&self) -> Account {
        match (self.is_used(), self.unclaimed.is_empty()) {
            (true, true) => Account::Used,
            (true, false) => Account::Contested,
            (false, false) => Account::Unclaimed,
            (false, true) => Account::Open,
        }
    }

    /// Returns true if a claim or name cites it.
    pub fn is_used(&self) -> bool {
        !self.claims.is_empty() || !self.names.is_empty()
    }
}

/// The uses of every unit of every document that was read.
#[derive(Debug, Default)]
pub struct Usage {
    /// By the index of the document, then by the index of the unit.
    documents: Vec<Vec<UnitUse>>,
    /// The units of each place that was found.
    places: HashMap<Place, Range<usize>>,
}

impl Usage {
    /// Locates every place once and collects its uses.
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

    /// Returns the uses of each unit of a document, by the index of the unit; empty if it was not read.
    pub fn units(&self, document: DocumentId) -> &[UnitUse] {
        self.documents.get(document.index()).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns the units of a place, or `None` if it is missing or ambiguous.
    pub fn place(&self, place: &Place) -> Option<Range<usize>> {
        self.places.get(place).cloned()
    }

    fn add<'a>(&mut self, places: impl IntoIterator<Item = &'a Place>, mark: impl Fn(&mut UnitUse)) {
        let mut units: Vec<(usize, usize)> = places
            .into_iter()
            .filter_map(|place| Some((place.document.index(), self.places.get(place)?.clone())))
            .flat_map(|(document, units)| units.map(move |unit| (document, unit)))
            .collect();
        // A claim may cite both a paragraph and one of its sentences.
        units.sort_unstable();
        units.dedup();
        for (document, unit) in units {
            self.documents.get_mut(document).and_then(|units| units.get_mut(unit)).map(&mark);
        }
    }
}

#[cfg(test)]
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
    fn a_unit_lists_its_claims_and_names() {
        let dossier = pinned();
        let usage = usage(&dossier, DOCUMENT);
        let row = usage.place(&place(&dossier, "infobox / row Beds")).unwrap();
        let claims = &usage.units(id(&dossier))[row.start].claims;
        let beds: Vec<&str> =
            claims.iter().map(|&claim| dossier.vocabulary().name(dossier.claim(claim).property)).collect();
        assert_eq!(beds, ["beds"]);
        let named = usage.place(&place(&dossier, "lead / p2 s1")).unwrap();
        assert_eq!(usage.units(id(&dossier))[named.start].names, [0]);
    }

    #[test]
    fn a_paragraph_is_used_once_in_each_of_its_sentences() {
        let twice = dossier(&AUTHORED.replace("\"History / p1\"", "[\"History / p1\", \"History / p1 s2\"]"));
        let usage = usage(&twice, DOCUMENT);
        let units = usage.place(&place(&twice, "History / p1")).unwrap();
        let counts: Vec<usize> = usage.units(id(&twice))[units].iter().map(|unit| unit.claims.len()).collect();
        assert_eq!(counts, [1, 1]);
    }

    #[test]
    fn moved_text_is_used_where_it_is_now_and_new_text_is_open() {
        let text = DOCUMENT.replace("A paragraph", "Something new.\nA paragraph");
        let accounts = accounts(&pinned(), &text);
        let open: Vec<usize> = (0..accounts.len()).filter(|&unit| accounts[unit] == Account::Open).collect();
        assert_eq!(open, [5]);
    }

    #[test]
    fn edited_text_is_open() {
        let accounts = accounts(&pinned(), &DOCUMENT.replace("in 1931", "in 1913"));
        assert_eq!(accounts.iter().filter(|account| **account == Account::Open).count(), 1);
        assert_eq!(accounts[3], Account::Open);
    }
}
