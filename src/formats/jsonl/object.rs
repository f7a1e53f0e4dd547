//! The objects of the contract, field by field.
//!
//! Invariant: field names and their order are those of the contract in the parent
//! module; a field that has no value is left out, except for a blank in a document.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use super::implied::Implied;
use crate::model::dossier::Judgement;
use crate::model::{
    Basis, Claim, CoreKind, Digests, Dossier, EntityId, Modality, NameKind, Place, Rank, Sameness, Spot, Value, When,
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
    /// The other names.
    pub names: Vec<NameObject<'a>>,
    /// Its own claims, then the implied ones.
    pub claims: Vec<ClaimObject<'a>>,
    /// The fields of a document.
    #[serde(flatten)]
    document: Option<DocumentObject<'a>>,
}

impl<'a> EntityObject<'a> {
    /// Leaves the digest of a document out.
    pub(super) fn without_digest(mut self) -> Self {
        if let Some(document) = &mut self.document {
            document.sha256 = None;
        }
        self
    }

    pub(super) fn new(dossier: &'a Dossier, id: EntityId, claims: Vec<ClaimObject<'a>>) -> Self {
        let kind = &*dossier.kind(id).name;
        let names = dossier.names(id).iter().map(|name| NameObject {
            value: dossier.text(name.value),
            kind: name.kind,
            lang: name.lang.map(|lang| dossier.text(lang)),
        });
        let document =
            (dossier.core_kind(id) == CoreKind::Document).then(|| DocumentObject::new(dossier, id)).flatten();
        Self { id: dossier.id(id), kind, label: dossier.label(id), names: names.collect(), claims, document }
    }
}

/// A name.
#[derive(Debug, Serialize)]
pub struct NameObject<'a> {
    value: &'a str,
    kind: NameKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    lang: Option<&'a str>,
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
        })
    }
}

/// One statement.
#[derive(Debug, Serialize)]
pub struct ClaimObject<'a> {
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
    evidence: Vec<EvidenceObject<'a>>,
}

impl<'a> ClaimObject<'a> {
    /// Returns a claim of the dossier.
    pub fn new(dossier: &'a Dossier, claim: &'a Claim) -> Self {
        let when = |id| WhenObject::new(dossier.when(id));
        Self {
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
            note: claim.note.map(|note| dossier.text(note)),
            evidence: EvidenceObject::of(dossier, [claim]),
        }
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

/// The description of a dossier.
#[derive(Debug, Serialize)]
pub(super) struct MetaObject<'a> {
    key: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    span: Option<WhenObject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    horizon: Option<WhenObject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    licence: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<&'a str>,
    /// The word for how digests are made, unless they are plain.
    #[serde(skip_serializing_if = "Option::is_none")]
    digests: Option<Digests>,
}

impl<'a> MetaObject<'a> {
    pub(super) fn new(dossier: &'a Dossier) -> Self {
        let meta = dossier.meta();
        Self {
            key: &meta.key,
            title: &meta.title,
            span: meta.span.as_ref().map(WhenObject::new),
            horizon: meta.horizon.as_ref().map(WhenObject::new),
            licence: meta.licence.as_deref(),
            origin: meta.origin.as_deref(),
            digests: Some(meta.digests).filter(|digests| *digests != Digests::default()),
        }
    }
}

/// A judgement of two similar entities.
#[derive(Debug, Serialize)]
pub(super) struct Judged<'a> {
    a: &'a str,
    b: &'a str,
    verdict: Sameness,
    reason: &'a str,
}

impl<'a> Judged<'a> {
    pub(super) fn new(dossier: &'a Dossier, row: &Judgement) -> Self {
        Self { a: dossier.id(row.a), b: dossier.id(row.b), verdict: row.verdict, reason: dossier.text(row.reason) }
    }
}

/// A place that carries no fact.
#[derive(Debug, Serialize)]
pub(super) struct UnclaimedObject<'a> {
    #[serde(flatten)]
    place: EvidenceObject<'a>,
    reason: &'a str,
}

impl<'a> UnclaimedObject<'a> {
    pub(super) fn new(dossier: &'a Dossier, place: &Place, reason: &'a str) -> Self {
        Self { place: EvidenceObject::new(dossier, place), reason }
    }
}
