//! Reports which units of the documents are accounted for, and which claims have no evidence.
//!
//! Invariant: every unit is counted, and the report contains no text of a document.

use serde::Serialize;

use super::library::Library;
use super::usage::{Account, UnitUse, Usage};
use crate::formats::author::{Origins, locator, slug};
use crate::model::{DocumentId, Dossier, Place, Spot};
use crate::passages::Unit;
use crate::passages::document::SourceText;
use crate::syntax::{Code, Defect, Position, nearest};

/// The coverage of documents and claims.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// The documents that were read, sorted by key.
    pub documents: Vec<DocumentCoverage>,
    /// Claims without evidence.
    pub claims_without_evidence: Vec<Unevidenced>,
    /// Names without evidence.
    pub names_without_evidence: Vec<Unevidenced>,
}

impl Coverage {
    /// Returns true if every unit is accounted for exactly once, every claim and name has evidence, and every
    /// place exists.
    pub fn is_sound(&self) -> bool {
        self.claims_without_evidence.is_empty()
            && self.names_without_evidence.is_empty()
            && self.documents.iter().all(DocumentCoverage::is_sound)
    }
}

/// The coverage of one document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentCoverage {
    /// The document's id without the kind.
    pub document: String,
    /// The document's short key.
    pub key: String,
    /// The number of units.
    pub units: usize,
    /// The number of units that a claim or name cites.
    pub used: usize,
    /// The number of units listed as unclaimed.
    pub unclaimed: usize,
    /// The percentage of units that are cited or listed, from 0 to 100, rounded down.
    pub percent: usize,
    /// The units that are neither cited nor listed.
    pub open: Vec<UnitRef>,
    /// The units that are both cited and listed.
    pub contested: Vec<UnitRef>,
    /// The cited places that do not exist.
    pub nowhere: Vec<Nowhere>,
}

impl DocumentCoverage {
    /// Returns true if every unit is accounted for exactly once and every place exists.
    pub fn is_sound(&self) -> bool {
        self.open.is_empty() && self.contested.is_empty() && self.nowhere.is_empty()
    }
}

/// A unit of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnitRef {
    /// Its place: `History / p1 s2`.
    pub place: String,
    /// The line, from 1.
    pub line: u32,
}

impl UnitRef {
    pub(super) fn of(unit: &Unit) -> Self {
        Self { place: unit.to_string(), line: unit.line }
    }
}

/// A place that does not exist in its document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Nowhere {
    /// The document's id without the kind.
    pub document: String,
    /// The place as written.
    pub place: String,
    /// The most similar existing place, if any.
    pub nearest: Option<String>,
    /// The positions in the authored files where it is written; empty if they are not known.
    pub written: Vec<Position>,
}

impl Nowhere {
    /// Describes a place that a document does not have.
    pub fn new(dossier: &Dossier, place: &Place, text: &SourceText, origins: &Origins) -> Self {
        let nearest = nearest_place(text, dossier.text(place.section), place.spot.map(|row| dossier.text(row)));
        Self {
            document: slug(dossier, dossier.document(place.document)).to_owned(),
            place: locator(dossier, place),
            nearest,
            written: origins.place(dossier, place).to_vec(),
        }
    }

    /// Returns what is wrong.
    pub fn found(&self) -> String {
        format!("{} has no place \"{}\"", self.document, self.place)
    }

    /// Returns what to do about it.
    pub fn remedy(&self) -> String {
        match &self.nearest {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => "annals passages prints every place".to_owned(),
        }
    }

    /// Returns one defect for each position, or one for the document if no position is known.
    pub fn defects(&self) -> Vec<Defect> {
        let (found, remedy) = (self.found(), self.remedy());
        let defect = |at| Defect::new(Code::PlaceNowhere, at, found.clone(), remedy.clone());
        if self.written.is_empty() {
            return vec![defect(Position::of_file(&self.document))];
        }
        self.written.iter().cloned().map(defect).collect()
    }
}

/// A claim or name without evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unevidenced {
    /// The subject, as `kind/slug`.
    pub entity: String,
    /// The property, or `names` for a name.
    pub property: String,
}

/// Computes the coverage of the documents that were read.
pub fn coverage(dossier: &Dossier, library: &Library, usage: &Usage, origins: &Origins) -> Coverage {
    let documents = dossier.documents().zip(dossier.places_by_document());
    let documents = documents.filter_map(|((id, _), places)| Some((id, places, library.document(id)?)));
    let documents = documents.map(|(id, places, text)| cover(dossier, id, &places, text, usage, origins)).collect();
    let unevidenced =
        |entity, property: &str| Unevidenced { entity: dossier.id(entity).to_owned(), property: property.to_owned() };
    let claims = dossier.claims().filter(|(_, claim)| dossier.evidence(claim).len() == 0);
    let names = dossier.all_names().iter().filter(|name| dossier.name_evidence(name).len() == 0);
    Coverage {
        documents,
        claims_without_evidence: claims
            .map(|(_, claim)| unevidenced(claim.subject, dossier.vocabulary().name(claim.property)))
            .collect(),
        names_without_evidence: names.map(|name| unevidenced(name.entity, "names")).collect(),
    }
}

fn cover(
    dossier: &Dossier,
    id: DocumentId,
    places: &[(usize, &Place)],
    text: &SourceText,
    usage: &Usage,
    origins: &Origins,
) -> DocumentCoverage {
    let document = dossier.document(id);
    let accounts: Vec<Account> = usage.units(id).iter().map(UnitUse::account).collect();
    let count = |wanted: &[Account]| accounts.iter().filter(|account| wanted.contains(account)).count();
    let those = |wanted: Account| {
        let units = text.units().iter().zip(&accounts).filter(|(_, account)| **account == wanted);
        units.map(|(unit, _)| UnitRef::of(unit)).collect::<Vec<_>>()
    };
    let open = those(Account::Open);
    let units = accounts.len();
    // Moved text is found by its pin; for missing text the place may still exist.
    let lost = |place: &&Place| usage.place(place).is_none() && text.units_at(dossier, place).is_none();
    let nowhere = places.iter().map(|&(_, place)| place).filter(lost);
    DocumentCoverage {
        document: slug(dossier, document).to_owned(),
        key: document.key.clone(),
        units,
        used: count(&[Account::Used, Account::Contested]),
        unclaimed: count(&[Account::Unclaimed, Account::Contested]),
        percent: units.saturating_sub(open.len()).saturating_mul(100).checked_div(units).unwrap_or(100),
        contested: those(Account::Contested),
        open,
        nowhere: nowhere.map(|place| Nowhere::new(dossier, place, text, origins)).collect(),
    }
}

/// Returns the most similar place: in the same section, or in the section with the most similar name. `None` if
/// no section is similar.
fn nearest_place(text: &SourceText, section: &str, spot: Spot<&str>) -> Option<String> {
    let sections = || text.sections().map(|(name, _)| name);
    let name = sections().find(|&name| name == section).or_else(|| nearest(section, sections()))?;
    let mut spots: Vec<Spot<&str>> = text.sections().find(|(other, _)| *other == name)?.1.collect();
    spots.sort_unstable();
    let near = spots.iter().min_by_key(|candidate| distance(spot, **candidate))?;
    Some(format!("{name} / {near}"))
}

/// Returns the distance of two spots of a section. Spots of another kind are farthest; numbers are compared by
/// difference, row names by normalised Damerau-Levenshtein distance.
fn distance(wanted: Spot<&str>, found: Spot<&str>) -> (u8, u16, u16) {
    match (wanted, found) {
        (Spot::Heading, Spot::Heading) => (0, 0, 0),
        (Spot::Row(wanted), Spot::Row(found)) => {
            let alike = strsim::normalized_damerau_levenshtein(&wanted.to_lowercase(), &found.to_lowercase());
            #[expect(clippy::cast_sign_loss, reason = "likeness lies between 0 and 1")]
            (0, (1000.0 * (1.0 - alike)) as u16, 0)
        }
        (Spot::Item(wanted), Spot::Item(found)) | (Spot::Paragraph(wanted), Spot::Paragraph(found)) => {
            (0, wanted.abs_diff(found), 0)
        }
        (Spot::Sentence { paragraph: a, sentence: x }, Spot::Sentence { paragraph: b, sentence: y }) => {
            (0, a.abs_diff(b), x.abs_diff(y))
        }
        (Spot::Sentence { paragraph: a, .. }, Spot::Paragraph(b)) => (1, a.abs_diff(b), 0),
        (Spot::Paragraph(a), Spot::Sentence { paragraph: b, sentence }) => (1, a.abs_diff(b), sentence),
        (
            Spot::Heading | Spot::Row(_) | Spot::Item(_) | Spot::Paragraph(_) | Spot::Sentence { .. },
            Spot::Heading | Spot::Row(_) | Spot::Item(_) | Spot::Paragraph(_) | Spot::Sentence { .. },
        ) => (2, 0, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{AUTHORED, DOCUMENT, dossier, file, library};
    use super::*;

    fn covered(authored: &str) -> Coverage {
        let dossier = dossier(authored);
        let library = library(&dossier, DOCUMENT);
        let origins = Origins::of(&dossier, &[file("a.toml", authored)]);
        coverage(&dossier, &library, &Usage::new(&dossier, &library), &origins)
    }

    fn places(units: &[UnitRef]) -> Vec<&str> {
        units.iter().map(|unit| unit.place.as_str()).collect()
    }

    #[test]
    fn every_unit_is_used_or_listed() {
        let coverage = covered(AUTHORED);
        let document = &coverage.documents[0];
        assert_eq!((document.units, document.used, document.unclaimed, document.percent), (14, 11, 3, 100));
        assert!(coverage.is_sound());
    }

    #[test]
    fn an_open_unit_is_listed_with_its_line() {
        let coverage = covered(&AUTHORED.replace("\"History / heading\", ", ""));
        let document = &coverage.documents[0];
        assert_eq!(document.open, [UnitRef { place: "History / heading".into(), line: 9 }]);
        assert_eq!((document.percent, coverage.is_sound()), (92, false));
    }

    #[test]
    fn a_blank_row_is_a_unit_too() {
        let blank = AUTHORED.replace("motto = { missing = true, at = \"infobox / row Motto\" }\n", "");
        assert_eq!(places(&covered(&blank).documents[0].open), ["infobox / row Motto"]);
    }

    #[test]
    fn a_unit_that_is_cited_and_listed_is_contested() {
        let coverage =
            covered(&AUTHORED.replace("\"History / heading\"", "\"History / heading\", \"History / p1 s1\""));
        let document = &coverage.documents[0];
        assert_eq!(places(&document.contested), ["History / p1 s1"]);
        assert_eq!((document.used, document.unclaimed, document.percent), (11, 4, 100));
        assert!(!coverage.is_sound());
    }

    #[test]
    fn a_place_that_does_not_exist_is_reported_at_each_position() {
        let coverage = covered(
            &AUTHORED
                .replace("History / item 1", "History / item 9")
                .replace("\"History / item 2\"", "[\"History / item 2\", \"thistle: History / item 9\"]"),
        );
        let nowhere = &coverage.documents[0].nowhere;
        assert_eq!(nowhere.len(), 1);
        let lines: Vec<u32> = nowhere[0].defects().iter().map(|defect| defect.at.line).collect();
        assert_eq!((lines, nowhere[0].nearest.as_deref()), (vec![24, 29], Some("History / item 2")));
        assert!(!coverage.is_sound());
    }

    #[test]
    fn a_claim_without_evidence_is_named() {
        use crate::formats::author::load;
        let bare = AUTHORED.replace("at = \"History / p1\"\n", "");
        let (dossier, defects) = load(&[file("a.toml", &bare)]);
        assert_eq!(defects.len(), 1);
        let library = library(&dossier, DOCUMENT);
        let coverage = coverage(&dossier, &library, &Usage::new(&dossier, &library), &Origins::default());
        let expected = Unevidenced { entity: "event/leaving".into(), property: "when".into() };
        assert_eq!(coverage.claims_without_evidence, [expected]);
        assert!(!coverage.is_sound());
    }

    #[test]
    fn the_nearest_place_of_the_same_kind_is_suggested() {
        let text = SourceText::new(DOCUMENT);
        for (written, meant) in [
            ("lead / p1 s3", Some("lead / p1 s2")),
            ("lead / p9 s9", Some("lead / p2 s1")),
            ("lead / p3", Some("lead / p2")),
            ("History / item 7", Some("History / item 2")),
            ("Histroy / item 1", Some("History / item 1")),
            ("history / heading", Some("History / heading")),
            ("infobox / row bed", Some("infobox / row Beds")),
            ("Teaching / p1 s1", Some("Teaching / heading")),
            ("Zoology / p1 s1", None),
        ] {
            let parts = written.rsplit_once(" / ").and_then(|(section, spot)| Some((section, Spot::parse(spot)?)));
            let near = parts.and_then(|(section, spot)| nearest_place(&text, section, spot));
            assert_eq!(near.as_deref(), meant, "{written}");
        }
    }
}
