//! Claims of one slot that say the same: twice of one place, or apart for two documents.
//!
//! Invariant: a claim is held against no more than [`MAX_COMPARED`] earlier ones that say the same.

use std::collections::HashMap;

use super::MAX_COMPARED;
use super::report::{Report, claims_of};
use crate::model::id::WhenId;
use crate::model::{Basis, Claim, ClaimId, Dossier, Modality, PropertyId, Unit, Value};
use crate::soundness::{About, Code, Finding};

/// What two claims of one entity have in common that say the same.
#[derive(PartialEq, Eq, Hash)]
struct Statement {
    property: PropertyId,
    value: (u8, u64, Option<Unit>),
    times: [Option<WhenId>; 3],
    modality: Modality,
    basis: Basis,
}

pub(super) fn find(report: &mut Report<'_>) {
    let dossier = report.dossier;
    let mut known: HashMap<Statement, Vec<ClaimId>> = HashMap::new();
    for entity in dossier.entities().filter(|&entity| dossier.claims_of(entity).len() > 1) {
        known.clear();
        for (id, claim) in claims_of(dossier, entity) {
            let others = known.entry(Statement::of(claim)).or_default();
            let compared =
                others.iter().filter_map(|&other| Some((other, relation(dossier, claim, dossier.claim(other))?)));
            // What is said twice comes before what is told apart.
            if let Some((other, code)) = compared.min_by_key(|&(_, code)| code) {
                report.add(same(dossier, id, code).with_second(About::Claim(other)));
            }
            if others.len() < MAX_COMPARED {
                others.push(id);
            }
        }
    }
}

/// Returns the finding for a claim of which two entries cite one place. In a dossier, entries that say the same in every
/// respect are one claim, so that only the reader of files knows of them.
pub fn said_twice(dossier: &Dossier, claim: ClaimId) -> Finding {
    same(dossier, claim, Code::DuplicateClaim)
}

fn same(dossier: &Dossier, id: ClaimId, code: Code) -> Finding {
    let property = &dossier.property(dossier.claim(id).property).name;
    let (found, expected) = match code {
        Code::DuplicateClaim => ("is said twice of one place", "expected one claim, or another place"),
        _ => ("has one value in two claims", "expected one claim with the places of both"),
    };
    Finding::new(code, About::Claim(id), format!("\"{property}\" {found}"), expected)
}

impl Statement {
    fn of(claim: &Claim) -> Self {
        let value = match claim.value {
            Value::Text(text) => (0, text.index() as u64, None),
            Value::Number { number, unit } => (1, number.get().to_bits(), Some(unit)),
            Value::Entity(target) => (2, target.index() as u64, None),
            Value::Date(date) => (3, date.index() as u64, None),
            Value::Missing => (4, 0, None),
        };
        // A sentence and a list may state one fact; a count or a conclusion is another one.
        let basis = if claim.basis() == Basis::Listed { Basis::Stated } else { claim.basis() };
        let times = [claim.start, claim.end, claim.as_of];
        Self { property: claim.property, value, times, modality: claim.modality(), basis }
    }
}

/// Returns the code of two claims that say the same: twice, if they share a place; apart, if their documents differ.
fn relation(dossier: &Dossier, a: &Claim, b: &Claim) -> Option<Code> {
    if dossier.evidence(a).any(|place| dossier.evidence(b).any(|other| other == place)) {
        return Some(Code::DuplicateClaim);
    }
    let documents = |claim| {
        let mut documents: Vec<_> = dossier.evidence(claim).map(|place| place.document).collect();
        documents.dedup();
        documents
    };
    (documents(a) != documents(b)).then_some(Code::SplitAgreement)
}
