//! The findings so far, and the lookups that several rules share.
//!
//! Invariant: a finding is added once, with the severity that its code has in a dossier of this origin.

use crate::graph::slots::is_actual;
use crate::model::id::WhenId;
use crate::model::{Claim, ClaimId, Core, Dossier, EntityId, Rank, Unit, Value, When};
use crate::soundness::Finding;
use crate::timeline::World;
use crate::vocabulary::Role;

/// The findings so far.
pub(super) struct Report<'a> {
    /// The dossier with its lookups.
    pub world: &'a World,
    /// The dossier.
    pub dossier: &'a Dossier,
    /// True if it was imported from another format.
    pub is_import: bool,
    /// The findings so far.
    pub found: Vec<Finding>,
}

/// The part of a claim in which a date stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DatePart {
    Value,
    Start,
    End,
    AsOf,
}

impl DatePart {
    /// Returns the key of the date in a table of a claim; `None` for its value.
    pub(super) const fn key(self) -> Option<&'static str> {
        match self {
            Self::Value => None,
            Self::Start => Some("start"),
            Self::End => Some("end"),
            Self::AsOf => Some("as_of"),
        }
    }
}

impl<'a> Report<'a> {
    /// Returns a report without findings.
    pub(super) fn new(world: &'a World, is_import: bool) -> Self {
        Self { world, dossier: world.dossier(), is_import, found: Vec::new() }
    }

    /// Adds a finding; in an import, an error of content is a warning.
    pub(super) fn add(&mut self, finding: Finding) {
        let severity =
            if self.is_import { finding.severity.max(finding.code.severity_of_import()) } else { finding.severity };
        self.found.push(Finding { severity, ..finding });
    }

    /// Returns the dates of a claim: its value, from and until when it held, and of when it speaks.
    pub(super) fn dates(&self, claim: &Claim) -> impl Iterator<Item = (DatePart, &'a When)> + use<'a> {
        let dossier = self.dossier;
        let parts: [(DatePart, Option<WhenId>); 4] = [
            (DatePart::Value, Dossier::date_id(claim)),
            (DatePart::Start, claim.start),
            (DatePart::End, claim.end),
            (DatePart::AsOf, claim.as_of),
        ];
        parts.into_iter().filter_map(move |(part, id)| Some((part, dossier.when(id?))))
    }

    /// Returns the actual claims of a slot whose value is a date, with the date.
    pub(super) fn dated(
        &self,
        entity: EntityId,
        property: Core,
    ) -> impl Iterator<Item = (ClaimId, &'a When)> + use<'a> {
        let dossier = self.dossier;
        let of_slot = move |&(_, claim): &(ClaimId, &Claim)| claim.property == property && is_actual(claim);
        let claims = claims_of(dossier, entity).filter(of_slot);
        claims.filter_map(move |(id, claim)| Some((id, dossier.date(claim)?)))
    }

    /// Returns the actual claim by which an entity begins, with its date: of several the one with the earliest first day,
    /// where one that may lie any time before comes first.
    pub(super) fn first_begins(&self, entity: EntityId) -> Option<(ClaimId, &'a When)> {
        let dossier = self.dossier;
        let begins = claims_of(dossier, entity)
            .filter(|(_, claim)| is_actual(claim) && dossier.vocabulary().has_role(claim.property, Role::Begins));
        begins.filter_map(|(id, claim)| Some((id, dossier.date(claim)?))).min_by_key(|(_, when)| when.earliest())
    }

    /// Returns the entities that the actual claims of a slot name.
    pub(super) fn targets(
        &self,
        entity: EntityId,
        property: Core,
    ) -> impl Iterator<Item = (ClaimId, EntityId)> + use<'a> {
        let of_slot = move |&(_, claim): &(ClaimId, &Claim)| claim.property == property && is_actual(claim);
        claims_of(self.dossier, entity).filter(of_slot).filter_map(|(id, claim)| Some((id, Dossier::target(claim)?)))
    }
}

/// Returns the claims of an entity with their ids.
pub(super) fn claims_of(dossier: &Dossier, entity: EntityId) -> impl Iterator<Item = (ClaimId, &Claim)> {
    dossier.claim_ids_of(entity).zip(dossier.claims_of(entity))
}

/// Returns true unless the dossier's authors know the claim to be superseded or wrong.
pub(super) fn is_held(claim: &Claim) -> bool {
    claim.rank() != Rank::Deprecated
}

/// What tells one value from another.
pub(super) type ValueKey = (u8, u64, Option<Unit>);

/// Returns what tells a value from others.
pub(super) fn value_key(value: Value) -> ValueKey {
    match value {
        Value::Text(text) => (0, text.index() as u64, None),
        Value::Number { number, unit } => (1, number.get().to_bits(), Some(unit)),
        Value::Entity(target) => (2, target.index() as u64, None),
        Value::Date(date) => (3, date.index() as u64, None),
        Value::Missing => (4, 0, None),
    }
}
