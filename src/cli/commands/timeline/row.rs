//! What a line of the timeline says, whichever form it is written in.
//!
//! Invariant: every form speaks from the same claim.

use serde::Serialize;

use super::{Answer, Entry, Within};
use crate::formats::jsonl::{EvidenceObject, Linked, WhenObject};
use crate::model::{Basis, Claim, EntityId, Kind, Modality, Property, When};
use crate::present::wording::marks;
use crate::timeline::World;
use crate::timeline::chronology::{number, row_label, row_when};
use crate::timeline::status::{Standing, row_at};

/// A row of the contract.
#[derive(Serialize)]
pub struct RowObject<'a> {
    id: &'a str,
    kind: Kind,
    /// What happened: the label of the entity, and behind a colon what the property says.
    label: String,
    /// Null for an event without a date.
    when: Option<WhenObject<'a>>,
    modality: Modality,
    institutions: Vec<Linked<'a>>,
    people: Vec<Linked<'a>>,
    evidence: Vec<EvidenceObject<'a>>,
    property: &'a str,
    basis: Basis,
    /// How the date stands to the time asked for by `--from`, `--to` or the query.
    #[serde(skip_serializing_if = "Option::is_none")]
    within: Option<Within>,
    /// How it stands to `--as-of`, where that is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<&'static str>,
}

/// What an entry says, whichever form it is written in.
pub struct Said<'a> {
    /// Of whom or what.
    pub subject: EntityId,
    /// What happened.
    pub label: String,
    /// When.
    pub when: Option<&'a When>,
    /// What the date is a date of.
    pub property: Property,
    /// The claim that says it; an undated event may have none.
    pub claim: Option<&'a Claim>,
    /// How it stands to the moment asked for, if there is one.
    pub standing: Option<Standing>,
    /// Whether its days begin behind that moment.
    pub is_below: bool,
    touched: Vec<EntityId>,
    within: Option<Within>,
}

impl<'a> Said<'a> {
    /// None for a silence, which nobody says.
    pub(super) fn new(world: &'a World, answer: &Answer, entry: Entry) -> Option<Self> {
        let dossier = world.dossier();
        let standing = |claim: Option<&Claim>| {
            let at = |claim, moment| row_at(dossier, claim, moment);
            answer.as_of.map(|moment| claim.map_or(Standing::Undated, |claim| at(claim, moment)))
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

    /// What the row touches of one kind.
    pub fn touched(&self, world: &World, kind: Kind) -> impl Iterator<Item = EntityId> {
        self.touched.iter().copied().filter(move |&entity| world.dossier().entity(entity).kind == kind)
    }

    /// Whether it has an upper bound alone, and is said to have happened.
    fn is_bounded(&self) -> bool {
        self.modality() == Modality::Actual && self.when.is_some_and(|when| when.earliest().is_none())
    }

    /// How it stands to reality.
    pub fn modality(&self) -> Modality {
        self.claim.map_or(Modality::Actual, |claim| claim.modality)
    }

    /// "planned", "alleged", "inferred", "possible": everything that keeps it from being plainly so.
    pub fn marks(&self) -> String {
        let mut words = self.claim.map(marks).unwrap_or_default();
        if self.within == Some(Within::Possible) {
            words.push("possible");
        }
        // Where a row stands says enough of most; the others say how it is.
        let word = match (self.standing.filter(|_| self.when.is_some()), self.is_below) {
            (Some(Standing::Possible), _) => Some("possible"),
            // It may have happened long before the day that bounds it.
            (Some(Standing::Later), true) if self.is_bounded() => Some("perhaps earlier"),
            (Some(Standing::Later), false) => Some("said later"),
            (Some(Standing::So), true) => Some("known by then"),
            (Some(Standing::So | Standing::Undated | Standing::Over | Standing::Later) | None, _) => None,
        };
        words.extend(word.filter(|word| !words.contains(word)));
        words.join(", ")
    }
}

impl<'a> RowObject<'a> {
    /// The object of what is said.
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
            as_of: said.standing.map(Standing::as_str),
            label: said.label,
        }
    }
}
