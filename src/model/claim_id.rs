//! The ids of claims: those that authors write, and those that follow from what a claim says.
//!
//! Invariant: a derived id depends on what is said only: subject, property, value, state, scope, modality, basis, speaker,
//! times and places. It is the same in every file that holds the claim with all that it names, and whatever words stand
//! beside it.

use std::borrow::Cow;
use std::collections::HashMap;

use super::details::Reference;
use super::dossier::{Claim, Dossier, Value};
use super::id::{ClaimId, WhenId};
use super::when::When;
use super::words::{Basis, State};
use crate::text::digest::sha256;

/// The sign before a derived id.
pub const DERIVED: char = '~';

/// The digits of base 32 (RFC 4648), in lower case.
const DIGITS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// The length of a derived id, without its sign.
const LENGTH: usize = 8;

/// Returns true for an id that authors may give a claim: 4 to 16 lower-case letters and digits.
pub fn is_own_id(id: &str) -> bool {
    (4..=16).contains(&id.len()) && id.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9'))
}

/// Returns the id that follows from what a claim says: `~` and eight digits of base 32.
pub fn derived_id(dossier: &Dossier, claim: &Claim) -> String {
    let mut said = Vec::new();
    let mut add = |text: &str| {
        // The length keeps "a", "bc" apart from "ab", "c".
        said.extend((text.len() as u64).to_le_bytes());
        said.extend(text.as_bytes());
    };
    add(dossier.id(claim.subject));
    add(dossier.vocabulary().name(claim.property));
    match claim.value {
        Value::Text(text) => ["text", dossier.text(text)].map(&mut add),
        Value::Number { number, unit } => ["number", &format!("{} {}", number.get(), dossier.unit(unit))].map(&mut add),
        Value::Entity(entity) => ["entity", dossier.id(entity)].map(&mut add),
        Value::Date(date) => ["date", dossier.when(date).edtf()].map(&mut add),
        Value::Missing => ["missing", ""].map(&mut add),
    };
    add(claim.modality().as_str());
    // A sentence and a list may state the same claim.
    add(match claim.basis() {
        Basis::Stated | Basis::Listed => Basis::Stated.as_str(),
        basis @ (Basis::Counted | Basis::Inferred) => basis.as_str(),
    });
    let details = dossier.details(claim);
    add(details.and_then(|details| details.state).map_or("", State::as_str));
    let reference = |reference: &Reference| match *reference {
        Reference::Entity(entity) => ["entity", dossier.id(entity)],
        Reference::Text(text) => ["text", dossier.text(text)],
    };
    details.and_then(|details| details.by.as_ref()).map_or(["", ""], reference).into_iter().for_each(&mut add);
    let scope = details.map_or(&[][..], |details| &details.scope);
    add(&scope.len().to_string());
    scope.iter().flat_map(reference).for_each(&mut add);
    for when in [claim.start, claim.end, claim.as_of] {
        add(when.map_or("", |id: WhenId| When::edtf(dossier.when(id))));
    }
    for place in dossier.evidence(claim) {
        add(dossier.id(dossier.document(place.document).entity));
        add(dossier.text(place.section));
        add(&place.spot.map(|row| dossier.text(row)).to_string());
    }
    let bits = sha256(&said).iter().take(LENGTH).fold(0_u64, |bits, &byte| bits << 8 | u64::from(byte));
    let digits = (1..=LENGTH).map(|at| bits >> (64_usize.saturating_sub(at.saturating_mul(5))) & 31);
    let digits = digits.filter_map(|digit| DIGITS.get(digit as usize).map(|&digit| char::from(digit)));
    std::iter::once(DERIVED).chain(digits).collect()
}

impl Dossier {
    /// Returns the id of a claim: that of its authors, or the derived one.
    pub fn claim_name(&self, claim: &Claim) -> Cow<'_, str> {
        match self.details(claim).and_then(|details| details.id) {
            Some(id) => Cow::Borrowed(self.text(id)),
            None => Cow::Owned(derived_id(self, claim)),
        }
    }

    /// Returns the claims with this id, of either sort; more than one only if they say the same, if with another note,
    /// sentence, reason, rank or occasion.
    pub fn claims_named(&self, id: &str) -> Vec<ClaimId> {
        self.claims_by_name([id]).remove(id).unwrap_or_default()
    }

    /// Returns the claims with each of these ids, in one pass over all claims.
    pub fn claims_by_name<'a>(&self, ids: impl IntoIterator<Item = &'a str>) -> HashMap<&'a str, Vec<ClaimId>> {
        let mut found: HashMap<&str, Vec<ClaimId>> = ids.into_iter().map(|id| (id, Vec::new())).collect();
        let has_derived = found.keys().any(|id| id.starts_with(DERIVED));
        if found.is_empty() {
            return found;
        }
        for (claim, row) in self.claims() {
            let own = self.details(row).and_then(|details| details.id).map(|own| self.text(own));
            let derived = if has_derived { Some(derived_id(self, row)) } else { None };
            for id in own.into_iter().chain(derived.as_deref()) {
                if let Some(claims) = found.get_mut(id) {
                    claims.push(claim);
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::derived_id;
    use crate::formats::author;
    use crate::syntax::SourceFile;

    const CHOIR: &str = "
[dossier]
format = 2
key = 'choir'
title = 'Choir'

[[source]]
id = 'book'
key = 'A'
title = 'Book'

[[institution]]
id = 'singers'
label = 'Choir'
at = 'A: lead / p1 s1'
established = { value = '1998', id = 'k7f3' }
staff = [40, { value = 42, as_of = '2001' }]
";

    fn loaded(text: &str) -> crate::model::Dossier {
        let (dossier, defects) = author::load(&[SourceFile::new("choir.toml", text)]);
        assert_eq!(defects, []);
        dossier
    }

    /// The digits were computed by another program: base 32 of the SHA-256 of the fields, each after its length.
    #[test]
    fn a_derived_id_is_the_hash_of_what_the_claim_says() {
        let dossier = loaded(CHOIR);
        let names: Vec<String> = dossier.all_claims().iter().map(|claim| dossier.claim_name(claim).into()).collect();
        assert_eq!(derived_id(&dossier, &dossier.all_claims()[0]), "~o6y6legn");
        assert_eq!(names, ["k7f3", "~vfa2sy4o", "~oqatsiaz"]);
        let more = "44, state = 'capacity', scope = ['institution/singers', 'altos'], by = 'Ann', basis = 'counted'";
        let dossier = loaded(
            &CHOIR.replace("staff = [40, { value = 42, as_of = '2001' }]", &format!("staff = {{ value = {more} }}")),
        );
        assert_eq!(derived_id(&dossier, &dossier.all_claims()[1]), "~c3xw6dgd");
    }

    #[test]
    fn the_same_claim_has_the_same_id_whatever_stands_beside_it() {
        let before = loaded(CHOIR);
        let after = loaded(&CHOIR.replace("label = 'Choir'", "label = 'The choir'\nnames = 'Singers'"));
        let names = |dossier: &crate::model::Dossier| -> Vec<String> {
            dossier.all_claims().iter().map(|claim| derived_id(dossier, claim)).collect()
        };
        assert_eq!(names(&before), names(&after));
        for other in [
            CHOIR.replace("40,", "41,"),
            CHOIR.replace("p1 s1", "p1 s2"),
            CHOIR.replace("{ value = 42, as_of = '2001' }", "{ value = 42, as_of = '2002' }"),
            CHOIR.replace("\nat =", "\nmodality = 'planned'\nat ="),
            CHOIR.replace("value = 42,", "value = 42, state = 'capacity',"),
            CHOIR.replace("value = 42,", "value = 42, scope = 'altos',"),
            CHOIR.replace("value = 42,", "value = 42, scope = ['altos', 'tenors'],"),
            CHOIR.replace("value = 42,", "value = 42, by = 'altos',"),
            CHOIR.replace("value = 42,", "value = 42, by = 'institution/singers',"),
            CHOIR.replace("value = 42,", "value = 42, basis = 'counted',"),
            CHOIR.replace("value = 42,", "value = 42, basis = 'inferred', reason = 'so',"),
            CHOIR.replace("id = 'singers'", "id = 'chorus'"),
        ] {
            assert_ne!(names(&before), names(&loaded(&other)), "{other}");
        }
        for same in
            ["note = 'N',", "sentence = 'It is so.',", "said-in = 'spring',", "rank = 'preferred', reason = 'R',"]
        {
            let other = CHOIR.replace("value = 42,", &format!("value = 42, {same}"));
            assert_eq!(names(&before), names(&loaded(&other)), "{other}");
        }
        // A sentence and a list may state the same.
        assert_eq!(names(&before), names(&loaded(&CHOIR.replace("value = 42,", "value = 42, basis = 'listed',"))));
    }

    #[test]
    fn a_review_is_stale_once_state_scope_basis_or_speaker_of_its_claim_is_another() {
        let stale = |more: &str| {
            let seen = "[[review]]\nclaim = 'k7f4'\nby = 'Eve'\nverdict = 'confirmed'\nseen = '~oqatsiaz'\n";
            let text = CHOIR.replace("value = 42,", &format!("value = 42, id = 'k7f4', {more}"));
            let dossier = loaded(&(text + seen));
            let [(review, claim)] = dossier.reviewed()[..] else { panic!("{more}") };
            dossier.is_stale(review, claim)
        };
        for same in ["", "note = 'N',", "sentence = 'It is so.',", "rank = 'deprecated', reason = 'R',"] {
            assert!(!stale(same), "{same}");
        }
        for other in ["state = 'in-service',", "scope = 'altos',", "basis = 'counted',", "by = 'Ann',"] {
            assert!(stale(other), "{other}");
        }
    }

    #[test]
    fn claims_are_found_by_either_id() {
        let dossier = loaded(CHOIR);
        for (id, claim) in dossier.claims() {
            assert_eq!(dossier.claims_named(&dossier.claim_name(claim)), [id]);
            assert_eq!(dossier.claims_named(&derived_id(&dossier, claim)), [id]);
        }
        assert!(dossier.claims_named("k7f").is_empty() && dossier.claims_named("~").is_empty());
    }
}
