//! Reviews of claims that are gone.
//!
//! Invariant: a derived id does not tell which claim it was, so that none is named but one whose id is nearly the same.

use super::report::Report;
use crate::model::claim_id::{DERIVED, derived_id};
use crate::soundness::{About, Code, Finding};
use crate::syntax::suggestion;

/// The most reviews for which an id like theirs is looked for.
const MAX_SUGGESTIONS: usize = 20;

pub(super) fn find(report: &mut Report<'_>) {
    let dossier = report.dossier;
    let gone = dossier.reviews_of_nothing();
    if gone.is_empty() {
        return;
    }
    let known: Vec<String> = dossier.all_claims().iter().map(|claim| derived_id(dossier, claim)).collect();
    for (at, &row) in gone.iter().enumerate() {
        let Some(review) = dossier.reviews().get(row) else { continue };
        let claim = dossier.text(review.claim);
        let is_compared = at < MAX_SUGGESTIONS && claim.starts_with(DERIVED);
        let near = known.iter().map(String::as_str).take(if is_compared { usize::MAX } else { 0 });
        let expected = suggestion(claim, near, || {
            "expected the id that the claim has now, or one of its own, which \"annals id\" writes".into()
        });
        let found = format!("no claim has the id \"{claim}\" any more; it has changed since this review, or is gone");
        report.add(Finding::new(Code::StaleReview, About::Review(row), found, expected));
    }
}
