//! The objects of the contract, field by field.
//!
//! Invariant: field names and their order are those of the contract in the parent
//! module; a field that has no value is left out, except for a blank in a document.

pub(super) mod digests;
pub(super) mod whole;

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use self::whole::ReviewObject;
use super::implied::Implied;
use crate::model::id::WhenId;
use crate::model::{
    Basis, Claim, ClaimId, CoreKind, Document, Dossier, EntityId, Modality, NameKind, Place, Rank, Reference, Review,
    SourceKey, Spot, State, Value, When,
};
use crate::text::digest::to_hex;

/// An entity with all its claims.
#[derive(Debug, Serialize)]
pub struct EntityObject<'a> {
    /// `kind/slug`.
    pub id: &'a str,
    /// The kind.
    pub kind: &'a str,
    /// The label.
    pub label: &'a str,
    /// True if a public export leaves it out.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub private: bool,
    /// The other names.
    pub names: Vec<NameObject<'a>>,
    /// Its own claims, then the implied ones.
    pub claims: Vec<ClaimObject<'a>>,
    /// The fields of a document.
    #[serde(flatten)]
    document: Option<DocumentObject<'a>>,
}

impl<'a> EntityObject<'a> {
    pub(super) fn new(dossier: &'a Dossier, id: EntityId, claims: Vec<ClaimObject<'a>>) -> Self {
        let kind = &*dossier.kind(id).name;
        let date = |id: Option<WhenId>| id.map(|id| WhenObject::new(dossier.when(id)));
        let names = dossier.names(id).iter().map(|name| NameObject {
            value: dossier.text(name.value),
            kind: name.kind,
            lang: name.lang.map(|lang| dossier.text(lang)),
            start: date(dossier.name_details(name).start),
            end: date(dossier.name_details(name).end),
            private: dossier.name_details(name).is_private,
            evidence: dossier.name_evidence(name).map(|place| EvidenceObject::new(dossier, place)).collect(),
        });
        let document =
            (dossier.core_kind(id) == CoreKind::Document).then(|| DocumentObject::new(dossier, id)).flatten();
        Self {
            id: dossier.id(id),
            kind,
            label: dossier.label(id),
            private: dossier.is_private(id),
            names: names.collect(),
            claims,
            document,
        }
    }
}

/// A name.
#[derive(Debug, Serialize)]
pub struct NameObject<'a> {
    value: &'a str,
    kind: NameKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    lang: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<WhenObject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<WhenObject<'a>>,
    /// True if a public export leaves it out.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    private: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<EvidenceObject<'a>>,
}

#[derive(Debug, Serialize)]
struct DocumentObject<'a> {
    key: &'a str,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<WhenObject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sha256: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    length: Option<u32>,
    #[serde(flatten)]
    details: BTreeMap<&'static str, SourceDetail<'a>>,
}

/// What else is known of a document.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum SourceDetail<'a> {
    One(&'a str),
    Several(Vec<&'a str>),
}

impl<'a> DocumentObject<'a> {
    fn new(dossier: &'a Dossier, entity: EntityId) -> Option<Self> {
        let (_, document) = dossier.documents().find(|(_, document)| document.entity == entity)?;
        Some(Self {
            key: &document.key,
            kind: document.kind.as_deref(),
            publisher: document.publisher.as_deref(),
            published: document.published.as_ref().map(WhenObject::new),
            file: document.file.as_deref(),
            sha256: document.fingerprint.map(|fingerprint| to_hex(&fingerprint.sha256)),
            length: document.fingerprint.map(|fingerprint| fingerprint.length),
            details: source_details(document),
        })
    }
}

/// Returns what else is known of a document by key; authors are a list.
fn source_details(document: &Document) -> BTreeMap<&'static str, SourceDetail<'_>> {
    let mut found = BTreeMap::new();
    for (key, value) in &document.details {
        match (key, found.get_mut(key.as_str())) {
            (SourceKey::Author, Some(SourceDetail::Several(authors))) => authors.push(value.as_str()),
            (SourceKey::Author, _) => {
                found.insert(key.as_str(), SourceDetail::Several(vec![value]));
            }
            (_, _) => {
                found.insert(key.as_str(), SourceDetail::One(value));
            }
        }
    }
    found
}

/// One statement.
#[derive(Debug, Serialize)]
pub struct ClaimObject<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Cow<'a, str>>,
    property: &'a str,
    #[serde(flatten)]
    value: ValueObject<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<WhenObject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<WhenObject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<WhenObject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<WhenObject<'a>>,
    modality: Modality,
    basis: Basis,
    rank: Rank,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    #[serde(flatten)]
    details: Option<DetailsObject<'a>>,
    /// The reviews of the claim, where they are asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reviews: Vec<ReviewObject<'a>>,
    evidence: Vec<EvidenceObject<'a>>,
}

/// What few claims have.
#[derive(Debug, Serialize)]
struct DetailsObject<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<ReferenceObject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    said_in: Option<&'a str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    private: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<State>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    scope: Vec<ReferenceObject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sentence: Option<&'a str>,
    /// The number as it is written, where it has more decimal places than the number needs.
    #[serde(skip_serializing_if = "Option::is_none")]
    number_written: Option<String>,
}

impl<'a> DetailsObject<'a> {
    fn new(dossier: &'a Dossier, claim: &Claim) -> Option<Self> {
        let details = dossier.details(claim)?;
        let reference = |&reference: &Reference| ReferenceObject::new(dossier, reference);
        Some(Self {
            by: details.by.as_ref().map(reference),
            said_in: details.said_in.map(|text| dossier.text(text)),
            private: details.is_private,
            state: details.state,
            scope: details.scope.iter().map(reference).collect(),
            sentence: details.sentence.map(|text| dossier.text(text)),
            number_written: dossier.number_written(claim),
        })
    }
}

/// An entity, or a text in place of one.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum ReferenceObject<'a> {
    Entity { entity: &'a str, entity_label: &'a str },
    Text { value: &'a str },
}

impl<'a> ReferenceObject<'a> {
    fn new(dossier: &'a Dossier, reference: Reference) -> Self {
        match reference {
            Reference::Entity(id) => Self::Entity { entity: dossier.id(id), entity_label: dossier.label(id) },
            Reference::Text(text) => Self::Text { value: dossier.text(text) },
        }
    }
}

impl<'a> ClaimObject<'a> {
    /// Returns a claim of the dossier.
    pub fn new(dossier: &'a Dossier, claim: &'a Claim) -> Self {
        let when = |id| WhenObject::new(dossier.when(id));
        Self {
            id: Some(dossier.claim_name(claim)),
            property: dossier.vocabulary().name(claim.property),
            value: ValueObject::new(dossier, claim),
            when: dossier.date(claim).map(WhenObject::new),
            start: claim.start.map(when),
            end: claim.end.map(when),
            as_of: claim.as_of.map(when),
            modality: claim.modality(),
            basis: claim.basis(),
            rank: claim.rank(),
            reason: claim.reason.map(|reason| Cow::Borrowed(dossier.text(reason))),
            note: dossier.note(claim),
            details: DetailsObject::new(dossier, claim),
            reviews: Vec::new(),
            evidence: EvidenceObject::of(dossier, [claim]),
        }
    }

    /// Returns the claim with these reviews of it.
    #[must_use]
    pub fn with_reviews(mut self, dossier: &'a Dossier, claim: ClaimId, reviews: Option<&Vec<&Review>>) -> Self {
        self.add_reviews(dossier, claim, reviews);
        self
    }

    /// Adds reviews of the claim.
    pub(super) fn add_reviews(&mut self, dossier: &'a Dossier, claim: ClaimId, reviews: Option<&Vec<&Review>>) {
        let reviews = reviews.into_iter().flatten();
        self.reviews.extend(reviews.map(|review| ReviewObject::new(dossier, review, Some(claim))));
    }

    /// Returns a claim from the side of its value: the value is then the subject.
    pub fn incoming(dossier: &'a Dossier, claim: &'a Claim) -> Self {
        Self { value: ValueObject::entity(dossier, claim.subject), ..Self::new(dossier, claim) }
    }

    /// Returns an implied claim.
    pub(super) fn implied(dossier: &'a Dossier, found: &Implied<'a>) -> Self {
        let way: Vec<&str> =
            found.path.iter().filter_map(|claim| Dossier::target(claim)).map(|id| dossier.id(id)).collect();
        let way = way.split_last().map(|(_, between)| between.join(", ")).unwrap_or_default();
        Self {
            id: None,
            property: dossier.vocabulary().name(found.property),
            value: ValueObject::entity(dossier, found.target),
            when: None,
            start: None,
            end: None,
            as_of: None,
            modality: found.path.iter().map(|claim| claim.modality()).max().unwrap_or(Modality::Actual),
            basis: Basis::Inferred,
            rank: Rank::Normal,
            reason: Some(format!("by way of {way}").into()),
            note: None,
            details: None,
            reviews: Vec::new(),
            evidence: EvidenceObject::of(dossier, found.path.iter().copied()),
        }
    }

    /// Returns the event whose claim `link` points here, with one of its dates.
    pub(super) fn event(dossier: &'a Dossier, link: &'a Claim, date: Option<&'a Claim>) -> Self {
        let said = Self::new(dossier, date.unwrap_or(link));
        let mut reasons: Vec<&str> = [Some(link), date]
            .into_iter()
            .flatten()
            .filter_map(|claim| claim.reason)
            .map(|reason| dossier.text(reason))
            .collect();
        reasons.dedup();
        Self {
            id: None,
            property: CoreKind::Event.as_str(),
            value: ValueObject::entity(dossier, link.subject),
            modality: link.modality().max(said.modality),
            basis: link.basis().max(said.basis),
            rank: link.rank().max(said.rank),
            reason: (!reasons.is_empty()).then(|| reasons.join(" ").into()),
            evidence: EvidenceObject::of(dossier, [link].into_iter().chain(date)),
            ..said
        }
    }
}

/// The value of a claim: exactly one of the contract's alternatives.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum ValueObject<'a> {
    /// Words, or the EDTF text of a date.
    Text { value: &'a str },
    /// A number with its unit.
    Number { number: Quantity, unit: Cow<'a, str> },
    /// Another entity.
    Entity { entity: &'a str, entity_label: &'a str },
    /// The document leaves a blank.
    Missing { value: () },
}

impl<'a> ValueObject<'a> {
    pub(super) fn new(dossier: &'a Dossier, claim: &'a Claim) -> Self {
        match claim.value {
            Value::Text(text) => Self::Text { value: dossier.text(text) },
            Value::Number { number, unit } => Self::Number { number: Quantity(number.get()), unit: dossier.unit(unit) },
            Value::Entity(target) => Self::entity(dossier, target),
            Value::Date(when) => Self::Text { value: dossier.when(when).edtf() },
            Value::Missing => Self::Missing { value: () },
        }
    }

    fn entity(dossier: &'a Dossier, id: EntityId) -> Self {
        Self::Entity { entity: dossier.id(id), entity_label: dossier.label(id) }
    }
}

/// Writes a whole number without a fraction.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quantity(pub f64);

/// 2^53: whole numbers up to here are exact in a float, and for readers of JSON.
const MAX_WHOLE: f64 = 9_007_199_254_740_992.0;

impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if self.0.fract() == 0.0 && self.0.abs() <= MAX_WHOLE {
            to.serialize_i64(self.0 as i64)
        } else {
            to.serialize_f64(self.0)
        }
    }
}

/// A date with the days that bound it.
#[derive(Debug, Serialize)]
pub struct WhenObject<'a> {
    edtf: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    earliest: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    latest: Option<String>,
}

impl<'a> WhenObject<'a> {
    /// Returns the object of a date.
    pub fn new(when: &'a When) -> Self {
        Self {
            edtf: when.edtf(),
            label: when.label(),
            earliest: when.earliest().map(|day| day.to_string()),
            latest: when.latest().map(|day| day.to_string()),
        }
    }
}

/// A place in a document.
#[derive(Debug, Serialize, PartialEq, Eq)]
pub struct EvidenceObject<'a> {
    document: &'a str,
    section: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    paragraph: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sentence: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    length: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sha256: Option<String>,
}

impl<'a> EvidenceObject<'a> {
    /// Returns the evidence of several claims, each place once.
    pub fn of(dossier: &'a Dossier, claims: impl IntoIterator<Item = &'a Claim>) -> Vec<Self> {
        let mut found = Vec::new();
        for place in claims.into_iter().flat_map(|claim| dossier.evidence(claim)) {
            let evidence = Self::new(dossier, place);
            if !found.contains(&evidence) {
                found.push(evidence);
            }
        }
        found
    }

    pub(super) fn new(dossier: &'a Dossier, place: &Place) -> Self {
        let mut object = Self {
            document: dossier.id(dossier.document(place.document).entity),
            section: dossier.text(place.section),
            paragraph: None,
            sentence: None,
            item: None,
            row: None,
            line: place.pin.map(|pin| pin.line),
            start: place.pin.map(|pin| pin.start),
            length: place.pin.map(|pin| pin.length),
            sha256: place.pin.map(|pin| to_hex(&pin.sha256)),
        };
        match place.spot {
            Spot::Heading => {}
            Spot::Row(row) => object.row = Some(dossier.text(row)),
            Spot::Item(item) => object.item = Some(item),
            Spot::Paragraph(paragraph) => object.paragraph = Some(paragraph),
            Spot::Sentence { paragraph, sentence } => {
                (object.paragraph, object.sentence) = (Some(paragraph), Some(sentence));
            }
        }
        object
    }
}

/// Another entity, by id and label.
#[derive(Debug, Serialize)]
pub struct Linked<'a> {
    id: &'a str,
    label: &'a str,
}

impl<'a> Linked<'a> {
    /// Returns the id and label of an entity.
    pub fn new(dossier: &'a Dossier, entity: EntityId) -> Self {
        Self { id: dossier.id(entity), label: dossier.label(entity) }
    }
}
