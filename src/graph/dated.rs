//! The dates by which an entity or a claim can be meant, and the choice of one among them.
//!
//! Invariant: a date is chosen only if every other claim of the same kind and modality holds it to be possible; claims
//! that differ are left to the user.

use super::slots::{best_date, remoteness};
use crate::model::id::WhenId;
use crate::model::{Claim, ClaimId, Dossier, EntityId, PropertyId, Rank, When};
use crate::text::word::words;

words! {
    /// The part of a claim that is a date.
    DatePart {
        /// Its value.
        Value = "value",
        /// The time from which it held.
        Start = "start",
        /// The time until which it held.
        End = "end",
        /// The time to which it refers.
        AsOf = "as-of",
    }
}

/// A date that a claim has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated {
    /// The claim.
    pub claim: ClaimId,
    /// The part of it that is the date.
    pub part: DatePart,
    /// The date.
    pub when: WhenId,
}

/// The choice of one date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// There is none.
    Nothing,
    /// One date is meant.
    One {
        /// The finest.
        date: Dated,
        /// The other claims of the same thing that it agrees with: coarser, or the same.
        agreeing: Vec<ClaimId>,
        /// The dates of the same property that are further from actual, or deprecated, in their order.
        others: Vec<Dated>,
    },
    /// Several may be meant.
    Several(Vec<Dated>),
}

/// Returns the dates of a claim: its value, or if that is no date the times that it has.
pub fn dates_of_claim(dossier: &Dossier, id: ClaimId) -> Vec<Dated> {
    let claim = dossier.claim(id);
    let of = |part, when: Option<WhenId>| when.map(|when| Dated { claim: id, part, when });
    let value = of(DatePart::Value, Dossier::date_id(claim));
    let times = || {
        let times = [(DatePart::AsOf, claim.as_of), (DatePart::Start, claim.start), (DatePart::End, claim.end)];
        times.into_iter().filter_map(|(part, when)| of(part, when)).collect()
    };
    value.map_or_else(times, |date| vec![date])
}

/// Returns the dates of an entity: those of one property, or all values that are dates.
pub fn dates_of(dossier: &Dossier, entity: EntityId, property: Option<PropertyId>) -> Vec<Dated> {
    let is_meant = |claim: &Claim| match property {
        Some(property) => claim.property == property,
        None => dossier.date(claim).is_some(),
    };
    let claims = dossier.claim_ids_of(entity).filter(|&id| is_meant(dossier.claim(id)));
    claims.flat_map(|id| dates_of_claim(dossier, id)).collect()
}

/// Chooses among dates: those of one property, nearest to actual, preferred before others, the finest of them if the
/// others agree with it.
pub fn choose(dossier: &Dossier, dates: Vec<Dated>) -> Choice {
    let claim = |date: &Dated| dossier.claim(date.claim);
    let key = |date: &Dated| (claim(date).subject, claim(date).property, date.part);
    let Some(first) = dates.first() else { return Choice::Nothing };
    if dates.iter().any(|date| key(date) != key(first)) {
        return Choice::Several(dates);
    }
    let level = dates.iter().map(|date| remoteness(claim(date))).min().unwrap_or_default();
    let is_preferred = |date: &Dated| claim(date).rank() == Rank::Preferred;
    let is_near = |date: &Dated| remoteness(claim(date)) == level;
    let has_preferred = dates.iter().any(|date| is_near(date) && is_preferred(date));
    let (near, mut others): (Vec<Dated>, Vec<Dated>) =
        dates.into_iter().partition(|date| is_near(date) && (!has_preferred || is_preferred(date)));
    let Some(finest) = finest(dossier, &near) else { return Choice::Nothing };
    let window = dossier.when(finest.when).window();
    if near.iter().any(|date| !window.is_within(dossier.when(date.when).window())) {
        return Choice::Several(near);
    }
    others.sort_by(|a, b| dossier.when(a.when).chronological(dossier.when(b.when)));
    let agreeing = near.iter().map(|date| date.claim).filter(|&id| id != finest.claim).collect();
    Choice::One { date: finest, agreeing, others }
}

/// Returns the finest of some dates of one part.
fn finest(dossier: &Dossier, dates: &[Dated]) -> Option<Dated> {
    let best = best_date(dossier, dates.iter().map(|date| date.claim));
    // The times of a claim whose value is no date are not compared by it.
    let days = |when: &When| when.earliest().zip(when.latest()).map(|(first, last)| (last - first).num_days());
    let narrowest = |date: &&Dated| {
        let days = days(dossier.when(date.when));
        (days.is_none(), days, date.claim)
    };
    match best {
        Some(best) => dates.iter().find(|date| date.claim == best).copied(),
        None => dates.iter().min_by_key(narrowest).copied(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Basis, Builder, Core, CoreKind, Modality, NewClaim, NewValue};

    /// Returns what is chosen of a tenure with these starts: the date and the numbers of agreeing and other claims, or
    /// all dates that may be meant.
    fn chosen(starts: &[(&str, Modality, Rank)]) -> Result<(String, usize, usize), Vec<String>> {
        let mut builder = Builder::default();
        let tenure = builder.entity(CoreKind::Tenure, "t", "T").unwrap();
        for &(start, modality, rank) in starts {
            let value = NewValue::Date(When::parse(start).unwrap());
            let mut claim = NewClaim::new(tenure, Core::Start, value);
            claim.modality = modality;
            claim.rank = rank;
            claim.basis = Basis::Stated;
            builder.claim(claim);
        }
        let dossier = builder.finish();
        let tenure = dossier.find("tenure/t").unwrap();
        let text = |date: &Dated| dossier.when(date.when).edtf().to_owned();
        match choose(&dossier, dates_of(&dossier, tenure, None)) {
            Choice::Nothing => Err(Vec::new()),
            Choice::One { date, agreeing, others } => Ok((text(&date), agreeing.len(), others.len())),
            Choice::Several(dates) => Err(dates.iter().map(text).collect()),
        }
    }

    #[test]
    fn the_finest_of_claims_that_agree_is_chosen() {
        let (actual, planned, normal) = (Modality::Actual, Modality::Planned, Rank::Normal);
        for (starts, expected) in [
            (&[("2021", actual, normal)][..], Ok(("2021", 0, 0))),
            (
                &[("2021", actual, normal), ("2021-03-05", actual, normal), ("2021-03", actual, normal)],
                Ok(("2021-03-05", 2, 0)),
            ),
            (&[("2021", actual, normal), ("2020-03", actual, normal)], Err(&["2020-03", "2021"][..])),
            (
                &[("2021-03", actual, normal), ("2019", planned, normal), ("2018", planned, normal)],
                Ok(("2021-03", 0, 2)),
            ),
            (&[("2019", planned, normal), ("2018", planned, normal)], Err(&["2018", "2019"])),
            (&[("2019", actual, Rank::Preferred), ("2018", actual, normal)], Ok(("2019", 0, 1))),
            (&[("2019", actual, Rank::Deprecated), ("2018", actual, normal)], Ok(("2018", 0, 1))),
            (&[("[..2019]", actual, normal), ("2018", actual, normal)], Ok(("2018", 1, 0))),
            (&[], Err(&[])),
        ] {
            let expected = expected
                .map(|(date, agreeing, others)| (date.to_owned(), agreeing, others))
                .map_err(|dates| dates.iter().map(|&date| date.to_owned()).collect::<Vec<_>>());
            let found = chosen(starts).map_err(|mut dates| {
                dates.sort();
                dates
            });
            assert_eq!(found, expected, "{starts:?}");
        }
    }
}
