//! The content of a line of the timeline, independent of the output format.
//!
//! Invariant: all formats are written from the same claim.

use serde::Serialize;

use super::{Answer, Entry, Within};
use crate::formats::jsonl::{EvidenceObject, Linked, WhenObject};
use crate::model::{Basis, Claim, EntityId, Kind, Modality, Property, When};
use crate::present::wording::marks;
use crate::timeline::World;
use crate::timeline::chronology::{number, row_label, row_when};
use crate::timeline::status::{TemporalStatus, row_at};

/// A row of the JSON contract.
#[derive(Serialize)]
pub struct RowObject<'a> {
    id: &'a str,
    kind: Kind,
    /// The label of the entity, followed by what happened to it.
    label: String,
    /// Null for an event without a date.
    when: Option<WhenObject<'a>>,
    modality: Modality,
    institutions: Vec<Linked<'a>>,
    people: Vec<Linked<'a>>,
    evidence: Vec<EvidenceObject<'a>>,
    property: &'a str,
    basis: Basis,
    /// Certain or possible in the time of `--from`, `--to` or the query.
    #[serde(skip_serializing_if = "Option::is_none")]
    within: Option<Within>,
    /// The status at `--as-of`, if given.
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<&'static str>,
}

/// The content of an entry.
pub struct Said<'a> {
    /// The subject.
    pub subject: EntityId,
    /// The label, followed by what happened.
    pub label: String,
    /// The date, if there is one.
    pub when: Option<&'a When>,
    /// The property that the date is the value of.
    pub property: Property,
    /// The claim of the date; an undated event may have none.
    pub claim: Option<&'a Claim>,
    /// The status at the moment asked for, if any.
    pub standing: Option<TemporalStatus>,
    /// True if its days begin after that moment.
    pub is_below: bool,
    touched: Vec<EntityId>,
    within: Option<Within>,
}

impl<'a> Said<'a> {
    /// Returns the content of an entry, or `None` for a silence.
    pub(super) fn new(world: &'a World, answer: &Answer, entry: Entry) -> Option<Self> {
        let dossier = world.dossier();
        let standing = |claim: Option<&Claim>| {
            let at = |claim, moment| row_at(dossier, claim, moment);
            answer.as_of.map(|moment| claim.map_or(TemporalStatus::Undated, |claim| at(claim, moment)))
        };
        match entry {
            Entry::Silence { .. } => None,
            Entry::Row(index, within) => {
                let row = world.chronology().row(index);
                let first = world.chronology().extent(index).first;
                Some(Self {
                    subject: row.subject,
                    label: row_label(dossier, row),
                    when: row_when(dossier, row),
                    property: row.property,
                    claim: Some(dossier.claim(row.claim)),
                    standing: standing(Some(dossier.claim(row.claim))),
                    is_below: answer.as_of.is_some_and(|moment| first > number(moment.last())),
                    touched: world.chronology().touched(index).to_vec(),
                    within: answer.timed.then_some(within),
                })
            }
            Entry::Undated(event) => Some(Self {
                subject: event,
                label: dossier.label(event).to_owned(),
                when: None,
                property: Property::When,
                claim: dossier.claims_of(event).first(),
                standing: standing(dossier.claims_of(event).first()),
                is_below: false,
                touched: world.touched(event),
                within: None,
            }),
        }
    }

    /// Returns the entities of one kind that the row touches.
    pub fn touched(&self, world: &World, kind: Kind) -> impl Iterator<Item = EntityId> {
        self.touched.iter().copied().filter(move |&entity| world.dossier().entity(entity).kind == kind)
    }

    /// Returns true for a fact that has only an upper bound.
    fn is_bounded(&self) -> bool {
        self.modality() == Modality::Actual && self.when.is_some_and(|when| when.earliest().is_none())
    }

    /// Returns the modality.
    pub fn modality(&self) -> Modality {
        self.claim.map_or(Modality::Actual, |claim| claim.modality)
    }

    /// Returns the qualifications of the row: "planned", "alleged", "inferred", "possible".
    pub fn marks(&self) -> String {
        let mut words = self.claim.map(marks).unwrap_or_default();
        if self.within == Some(Within::Possible) {
            words.push("possible");
        }
        // The position tells the status of most rows; only the others are marked.
        let word = match (self.standing.filter(|_| self.when.is_some()), self.is_below) {
            (Some(TemporalStatus::Possible), _) => Some("possible"),
            // An upper bound does not tell how much earlier it happened.
            (Some(TemporalStatus::Later), true) if self.is_bounded() => Some("perhaps earlier"),
            (Some(TemporalStatus::Later), false) => Some("said later"),
            (Some(TemporalStatus::So), true) => Some("known by then"),
            (
                Some(TemporalStatus::So | TemporalStatus::Undated | TemporalStatus::Over | TemporalStatus::Later)
                | None,
                _,
            ) => None,
        };
        words.extend(word.filter(|word| !words.contains(word)));
        words.join(", ")
    }
}

impl<'a> RowObject<'a> {
    /// Creates the JSON object of an entry.
    pub fn new(world: &'a World, said: Said<'a>) -> Self {
        let dossier = world.dossier();
        let linked = |kind| said.touched(world, kind).map(|entity| Linked::new(dossier, entity)).collect();
        Self {
            id: dossier.id(said.subject),
            kind: dossier.entity(said.subject).kind,
            when: said.when.map(WhenObject::new),
            modality: said.modality(),
            institutions: linked(Kind::Institution),
            people: linked(Kind::Person),
            evidence: EvidenceObject::of(dossier, said.claim),
            property: said.property.name(),
            basis: said.claim.map_or(Basis::Stated, |claim| claim.basis),
            within: said.within,
            as_of: said.standing.map(TemporalStatus::as_str),
            label: said.label,
        }
    }
}
