//! Of which date a figure is, as a date that can be shown.
//!
//! Invariant: the date is one that the dossier states: that of the figure, else that of the
//! document that plans or alleges it, else the first of its subject.

use crate::graph::slots::is_actual;
use crate::model::{Claim, Dossier, EntityId, Kind, Modality, Property, When};
use crate::timeline::status::published;

/// The date of a figure; none where nothing dates it.
pub(super) fn since<'a>(dossier: &'a Dossier, claim: &Claim) -> Option<&'a When> {
    let own = claim.start.or(claim.as_of).map(|when| dossier.when(when)).or_else(|| match claim.modality {
        Modality::Actual => None,
        Modality::Planned | Modality::Alleged | Modality::Denied => published(dossier, claim),
    });
    let ends = claim.modality == Modality::Actual && claim.end.is_some();
    own.or_else(|| if ends { None } else { first_of(dossier, claim.subject) })
}

/// The date of an event or an agreement, which is that of its figures too. Of what lasts, a figure
/// without a date may be of any day.
fn first_of(dossier: &Dossier, subject: EntityId) -> Option<&When> {
    if !matches!(dossier.entity(subject).kind, Kind::Event | Kind::Agreement) {
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
