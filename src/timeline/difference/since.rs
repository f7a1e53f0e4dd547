//! The date that dates a figure.
//!
//! Invariant: the date is stated in the dossier: that of the figure, else the publication date of the document
//! that plans or alleges it, else the first date of its subject.

use crate::graph::slots::is_actual;
use crate::model::{Claim, Core, CoreKind, Dossier, EntityId, Modality, When};
use crate::timeline::status::published;

/// Returns the date of a figure, or `None` if it has none.
pub(super) fn since<'a>(dossier: &'a Dossier, claim: &Claim) -> Option<&'a When> {
    let own = claim.start.or(claim.as_of).map(|when| dossier.when(when)).or_else(|| match claim.modality() {
        Modality::Actual => None,
        Modality::Planned | Modality::Alleged | Modality::Denied => published(dossier, claim),
    });
    let ends = claim.modality() == Modality::Actual && claim.end.is_some();
    own.or_else(|| if ends { None } else { first_of(dossier, claim.subject) })
}

/// Returns the first date of an event or agreement, which dates its figures too; `None` for other subjects,
/// whose undated figures may be of any day.
fn first_of(dossier: &Dossier, subject: EntityId) -> Option<&When> {
    if !matches!(dossier.core_kind(subject), CoreKind::Event | CoreKind::Agreement) {
        return None;
    }
    let actual = dossier.claims_of(subject).iter().filter(|claim| is_actual(claim));
    let begins = actual.filter(|claim| !matches!(claim.property.core(), Some(Core::End | Core::Attested)));
    let dates = begins.filter_map(|claim| dossier.date(claim));
    dates.min_by(|a, b| {
        let known_by = |when: &When| (when.latest().is_none(), when.latest());
        known_by(a).cmp(&known_by(b)).then_with(|| a.chronological(b))
    })
}
