//! Claims of one slot that say the same: twice of one place, or apart for two documents.
//!
//! Invariant: a claim is held against no more than [`MAX_COMPARED`] earlier ones that say the same.

use std::collections::HashMap;

use super::MAX_COMPARED;
use super::report::{Report, ValueKey, claims_of, value_key};
use crate::model::id::{Sym, WhenId};
use crate::model::{Basis, Claim, ClaimId, Dossier, Modality, PropertyId, Reference, State};
use crate::soundness::{About, Code, Finding};

/// What two claims of one entity have in common that say the same.
#[derive(PartialEq, Eq, Hash)]
struct Statement {
    property: PropertyId,
    value: ValueKey,
    times: [Option<WhenId>; 3],
    modality: Modality,
    basis: Basis,
    by: Option<Reference>,
    said_in: Option<Sym>,
    state: Option<State>,
    scope: Vec<Reference>,
}

pub(super) fn find(report: &mut Report<'_>) {
    let dossier = report.dossier;
    let mut known: HashMap<Statement, Vec<ClaimId>> = HashMap::new();
    for entity in dossier.entities().filter(|&entity| dossier.claims_of(entity).len() > 1) {
        known.clear();
        for (id, claim) in claims_of(dossier, entity) {
            let others = known.entry(Statement::of(dossier, claim)).or_default();
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

fn same(dossier: &Dossier, id: ClaimId, code: Code) -> Finding {
    let property = &dossier.property(dossier.claim(id).property).name;
    let (found, expected) = match code {
        Code::DuplicateClaim => ("is said twice, with the same value and place", "expected it once"),
        _ => ("has one value in two claims", "expected one claim with the places of both"),
    };
    Finding::new(code, About::Claim(id), format!("\"{property}\" {found}"), expected)
}

impl Statement {
    fn of(dossier: &Dossier, claim: &Claim) -> Self {
        // A sentence and a list may state one fact; a count or a conclusion is another one.
        let basis = if claim.basis() == Basis::Listed { Basis::Stated } else { claim.basis() };
        let times = [claim.start, claim.end, claim.as_of];
        let details = dossier.details(claim);
        Self {
            property: claim.property,
            value: value_key(claim.value),
            times,
            modality: claim.modality(),
            basis,
            by: details.and_then(|details| details.by),
            said_in: details.and_then(|details| details.said_in),
            state: details.and_then(|details| details.state),
            scope: details.map(|details| details.scope.clone()).unwrap_or_default(),
        }
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
