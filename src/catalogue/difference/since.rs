//! From when a claim counts, as a date that can be shown.
//!
//! Invariant: the date is one that the dossier states, and the one by which
//! [`standing`](crate::catalogue::standing) judges the claim.

use crate::catalogue::chronology::happens;
use crate::catalogue::slots::is_actual;
use crate::model::{Claim, Dossier, EntityId, Modality, Property, When};

/// The date from which a figure counts; none where nothing dates it.
pub(super) fn since<'a>(dossier: &'a Dossier, claim: &Claim) -> Option<&'a When> {
    let own = match claim.modality {
        Modality::Actual => claim.start.or(claim.as_of).map(|when| dossier.when(when)),
        Modality::Planned | Modality::Alleged | Modality::Denied => {
            claim.as_of.map(|when| dossier.when(when)).or_else(|| published(dossier, claim))
        }
    };
    let ends = claim.modality == Modality::Actual && claim.end.is_some();
    own.or_else(|| if ends { None } else { first_of(dossier, claim.subject) })
}

/// When the first document that says it came out; none where one of them has no date.
fn published<'a>(dossier: &'a Dossier, claim: &Claim) -> Option<&'a When> {
    let all: Option<Vec<&When>> =
        dossier.evidence(claim).map(|place| dossier.document(place.document).published.as_ref()).collect();
    all?.into_iter().min_by(|a, b| a.chronological(b))
}

/// The date by which something that happens is known to have begun.
fn first_of(dossier: &Dossier, subject: EntityId) -> Option<&When> {
    if !happens(dossier.entity(subject).kind) {
        return None;
    }
    let actual = dossier.claims_of(subject).iter().filter(|claim| is_actual(claim));
    let begins = actual.filter(|claim| !matches!(claim.property, Property::End | Property::Attested));
    let dates = begins.filter_map(|claim| dossier.date(claim));
    dates.min_by(|a, b| {
        let known_by = |when: &When| (when.latest().is_none(), when.latest());
        known_by(a).cmp(&known_by(b)).then_with(|| a.chronological(b))
    })
}
