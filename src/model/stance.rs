//! How an entity stands: whether anything that is said of it is so, and which of its links place it.
//!
//! Invariant: a denied or deprecated link places nothing, and what a planned or alleged link places is itself no more
//! than that, so that the word stands beside it wherever it is shown.

use super::dossier::{Claim, Dossier};
use super::id::EntityId;
use super::words::{Modality, Rank};
use super::{Core, CoreKind, Range};

impl Dossier {
    /// Returns the modality of an entity as a whole: the one nearest to actual among its claims; actual without any.
    ///
    /// Deprecated claims do not count, and no texts but its type: what is to come of something can be told of what is there.
    /// A person, a place or a document is there whatever is alleged of it.
    pub fn stance(&self, entity: EntityId) -> Modality {
        if matches!(self.core_kind(entity), CoreKind::Person | CoreKind::Place | CoreKind::Document) {
            return Modality::Actual;
        }
        let mut nearest = None;
        let is_told = |claim: &Claim| {
            claim.property != Core::Type && matches!(self.property(claim.property).range, Range::Text(_))
        };
        let claims = self.claims_of(entity).iter();
        for claim in claims.filter(|claim| claim.rank() != Rank::Deprecated && !is_told(claim)) {
            match claim.modality() {
                Modality::Actual => return Modality::Actual,
                other => nearest = Some(nearest.map_or(other, |known: Modality| known.min(other))),
            }
        }
        nearest.unwrap_or(Modality::Actual)
    }

    /// Returns true if a link puts its subject into what it names: a part into its whole, a tenure at its post, a
    /// happening where it took place.
    ///
    /// An actual link does, and one that is planned or alleged if nothing nearer to actual is said of its subject.
    pub fn situates(&self, claim: &Claim) -> bool {
        let modality = claim.modality();
        let may_place = match modality {
            Modality::Actual => true,
            Modality::Planned | Modality::Alleged => self.stance(claim.subject) == modality,
            Modality::Denied => false,
        };
        may_place && claim.rank() != Rank::Deprecated
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Builder, NewClaim, NewValue};

    /// Returns the stance of an entity with a type, a planned description and a link of these modalities, and whether the link places it.
    fn stand(text: Modality, link: Modality, rank: Rank) -> (Modality, bool) {
        let mut builder = Builder::default();
        let part = builder.entity(CoreKind::Unit, "part", "Part").unwrap();
        let whole = builder.entity(CoreKind::Institution, "whole", "Whole").unwrap();
        let said = |property| NewClaim::new(part, property, NewValue::Text("said".into()));
        builder.claim(NewClaim { modality: text, ..said(Core::Type) });
        builder.claim(NewClaim { modality: Modality::Planned, ..said(Core::Description) });
        let said = NewClaim::new(part, Core::Institution, NewValue::Entity(whole));
        builder.claim(NewClaim { modality: link, rank, ..said });
        let dossier = builder.finish();
        let part = dossier.find("unit/part").unwrap();
        let link = dossier.slot(part, Core::Institution).first().unwrap();
        (dossier.stance(part), dossier.situates(link))
    }

    #[test]
    fn a_link_places_only_what_is_no_nearer_to_actual_than_itself() {
        use Modality::{Actual, Alleged, Denied, Planned};
        for (text, link, stance, places) in [
            (Actual, Actual, Actual, true),
            (Alleged, Actual, Actual, true),
            (Actual, Planned, Actual, false),
            (Actual, Alleged, Actual, false),
            (Planned, Planned, Planned, true),
            (Planned, Alleged, Planned, false),
            (Alleged, Alleged, Alleged, true),
            (Denied, Alleged, Alleged, true),
            (Denied, Denied, Denied, false),
        ] {
            assert_eq!(stand(text, link, Rank::Normal), (stance, places), "{text} {link}");
        }
        assert_eq!(stand(Alleged, Actual, Rank::Deprecated), (Alleged, false));
    }
}
