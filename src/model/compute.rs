//! Computes checks.
//!
//! Invariant: a result is computed from all claims that the terms refer to; if a term has no single number, there is no
//! result.

use super::check::{Check, Filter, Term, Which};
use super::dossier::{Claim, Dossier, Value};
use super::id::{ClaimId, EntityId};
use super::quantity::Quantity;
use super::words::{Modality, Operation, Rank, Relation};
use crate::vocabulary::{PropertyId, Vocabulary};

/// One term with its number.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The number.
    pub quantity: Quantity,
    /// The claims that state it; empty for a constant or a count.
    pub claims: Vec<ClaimId>,
}

/// A check that could be computed.
#[derive(Debug, Clone, PartialEq)]
pub struct Computed {
    /// The terms in their order, the last one included.
    pub parts: Vec<Part>,
    /// The result of the terms except the last, in the unit of the last.
    pub result: Quantity,
    /// True if the relation holds.
    pub holds: bool,
}

/// The reason why a check cannot be computed. Terms are numbered from 0 here, and from 1 in messages.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Uncomputable {
    /// No claim fits the term.
    #[error("term {}: no claim says so", nth(*.0))]
    Nothing(usize),
    /// The document leaves a blank there.
    #[error("term {}: the document leaves a blank", nth(*.0))]
    Blank(usize),
    /// The property of the term takes no numbers.
    #[error("term {}: not a number", nth(*.0))]
    NotANumber(usize),
    /// Claims with different numbers fit the term.
    #[error("term {}: several values: {}", nth(*.0), .1.join(", "))]
    Several(usize, Vec<String>),
    /// The units of two terms cannot be converted into each other.
    #[error("term {}: its unit does not go with that of term {}", nth(*.0), nth(*.1))]
    Units(usize, usize),
    /// The divisor of a ratio is 0.
    #[error("term {}: nothing can be divided by zero", nth(*.0))]
    Zero(usize),
    /// Too few terms, or other than two in a ratio.
    #[error("a ratio takes two terms and one to compare with, a sum at least one")]
    Terms,
}

/// Returns the claims of one slot whose numbers count, of several that say the same more or less exactly.
pub type Shown<'a> = &'a dyn Fn(&[ClaimId]) -> Vec<ClaimId>;

/// Returns the number of a term as a person counts.
fn nth(term: usize) -> usize {
    term.saturating_add(1)
}

impl Uncomputable {
    /// Returns the number of the term that cannot be used, from 0.
    pub fn term(&self) -> Option<usize> {
        match self {
            Self::Nothing(term)
            | Self::Blank(term)
            | Self::NotANumber(term)
            | Self::Several(term, _)
            | Self::Units(term, _)
            | Self::Zero(term) => Some(*term),
            Self::Terms => None,
        }
    }
}

/// Computes a check from all claims that its terms fit.
///
/// # Errors
///
/// The same as of [`compute_from`].
pub fn compute(dossier: &Dossier, check: &Check) -> Result<Computed, Uncomputable> {
    compute_from(dossier, check, &<[ClaimId]>::to_vec)
}

/// Computes a check, each term from those claims that `shown` returns of the ones that fit it.
///
/// # Errors
///
/// A term without exactly one number, units that cannot be converted, a division by 0.
pub fn compute_from(dossier: &Dossier, check: &Check, shown: Shown<'_>) -> Result<Computed, Uncomputable> {
    let terms = dossier.terms(check);
    let parts: Vec<Part> =
        terms.iter().enumerate().map(|(index, term)| part(dossier, index, term, shown)).collect::<Result<_, _>>()?;
    let Some((last, others)) = parts.split_last() else { return Err(Uncomputable::Terms) };
    let target = last.quantity;
    let words = dossier.vocabulary();
    let number = match (check.operation, others) {
        (Operation::Sum, [_, ..]) => sum(words, others, target)?,
        (Operation::Ratio, [over, under]) => ratio(words, over.quantity, under.quantity, target)?,
        (Operation::Sum, []) | (Operation::Ratio, _) => return Err(Uncomputable::Terms),
    };
    let holds = match check.relation {
        Relation::Equals => (number - target.number).abs() <= target.tolerance() * (1.0 + SLACK),
        Relation::AtMost => number <= target.number + target.number.abs() * SLACK,
    };
    Ok(Computed { result: Quantity { number, unit: target.unit }, holds, parts })
}

/// The relative error of binary fractions and conversions that is tolerated.
const SLACK: f64 = 1e-9;

fn sum(words: &Vocabulary, parts: &[Part], target: Quantity) -> Result<f64, Uncomputable> {
    let mut total = 0.0;
    for (index, part) in parts.iter().enumerate() {
        total += part.quantity.part_of(target.unit, words).ok_or(Uncomputable::Units(index, parts.len()))?;
    }
    Ok(total)
}

fn ratio(words: &Vocabulary, over: Quantity, under: Quantity, target: Quantity) -> Result<f64, Uncomputable> {
    let over = over.to(under.unit, words).ok_or(Uncomputable::Units(0, 1))?;
    if under.number == 0.0 {
        return Err(Uncomputable::Zero(1));
    }
    Quantity { number: over / under.number, unit: None }.to(target.unit, words).ok_or(Uncomputable::Units(2, 0))
}

fn part(dossier: &Dossier, index: usize, term: &Term, shown: Shown<'_>) -> Result<Part, Uncomputable> {
    match *term {
        Term::Constant(quantity) => Ok(Part { quantity, claims: Vec::new() }),
        Term::Count { kind, filters } => {
            let filters = dossier.filters(filters);
            let number = dossier.of_kind(kind).filter(|&id| filters.iter().all(|filter| fits(dossier, id, filter)));
            let quantity = Quantity { number: number.count() as f64, unit: None };
            Ok(Part { quantity, claims: Vec::new() })
        }
        Term::Slot { entity, property, which } => slot_part(dossier, index, (entity, property, which), shown),
    }
}

fn slot_part(
    dossier: &Dossier,
    index: usize,
    (entity, property, which): (EntityId, PropertyId, Which),
    shown: Shown<'_>,
) -> Result<Part, Uncomputable> {
    let claims: Vec<ClaimId> =
        dossier.claim_ids_of(entity).filter(|&id| is_meant(dossier, id, property, which)).collect();
    let mut quantities: Vec<Quantity> = Vec::new();
    for id in shown(&claims) {
        match dossier.claim(id).value {
            Value::Number { number, unit } => {
                let quantity = Quantity { number: number.get(), unit: Some(unit) };
                if !quantities.contains(&quantity) {
                    quantities.push(quantity);
                }
            }
            Value::Missing => return Err(Uncomputable::Blank(index)),
            Value::Text(_) | Value::Entity(_) | Value::Date(_) => return Err(Uncomputable::NotANumber(index)),
        }
    }
    match quantities[..] {
        [] => Err(Uncomputable::Nothing(index)),
        [quantity] => Ok(Part { quantity, claims }),
        [..] => {
            let words = dossier.vocabulary();
            let numbers = quantities.iter().map(|quantity| quantity.in_words(words)).collect();
            Err(Uncomputable::Several(index, numbers))
        }
    }
}

fn is_meant(dossier: &Dossier, id: ClaimId, property: PropertyId, which: Which) -> bool {
    let claim = dossier.claim(id);
    let modality = match which.modality {
        Some(modality) => claim.modality() == modality,
        None => matches!(claim.modality(), Modality::Actual | Modality::Planned),
    };
    let number = which.number.is_none_or(
        |wanted| matches!(claim.value, Value::Number { number, .. } if number.get().total_cmp(&wanted).is_eq()),
    );
    let as_of = which.as_of.is_none_or(|wanted| {
        claim.as_of.is_some_and(|as_of| dossier.when(as_of).edtf() == dossier.when(wanted).edtf())
    });
    let basis = which.basis.is_none_or(|basis| claim.basis() == basis);
    claim.property == property && claim.rank() != Rank::Deprecated && modality && basis && as_of && number
}

/// Returns true if an entity has a claim that fits a filter.
fn fits(dossier: &Dossier, entity: EntityId, filter: &Filter) -> bool {
    dossier.slot(entity, filter.property).iter().any(|claim| says(dossier, claim, filter))
}

/// Returns true if a claim is actual, not deprecated, and has the value of a filter.
fn says(dossier: &Dossier, claim: &Claim, filter: &Filter) -> bool {
    let same = match (claim.value, filter.value) {
        (Value::Text(a), Value::Text(b)) => dossier.text(a) == dossier.text(b),
        (a, b) => a == b,
    };
    same && claim.modality() == Modality::Actual && claim.rank() != Rank::Deprecated
}

/// Returns every claim that affects the result of a check, including those of counted entities.
pub(super) fn claims_behind(dossier: &Dossier, check: &Check) -> Vec<ClaimId> {
    let mut behind = Vec::new();
    for term in dossier.terms(check) {
        match *term {
            Term::Constant(_) => {}
            Term::Slot { entity, property, which } => {
                behind.extend(dossier.claim_ids_of(entity).filter(|&id| is_meant(dossier, id, property, which)));
            }
            Term::Count { kind, filters } => {
                let filters = dossier.filters(filters);
                for entity in dossier.of_kind(kind).filter(|&id| filters.iter().all(|row| fits(dossier, id, row))) {
                    behind.extend(dossier.claim_ids_of(entity).filter(|&id| {
                        let claim = dossier.claim(id);
                        filters.iter().any(|row| row.property == claim.property && says(dossier, claim, row))
                    }));
                }
            }
        }
    }
    behind
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::builder::Handle;
    use crate::model::{Basis, Builder, CoreKind, NewCheck, NewClaim, NewTerm, NewValue, NewWhich, When};
    use crate::vocabulary::testing::{property, seeds, unit};
    use std::sync::Arc;

    const PLAIN: NewWhich = NewWhich { modality: None, basis: None, as_of: None, number: None };

    /// Computes a check over a dossier of one entity with some numbers.
    fn computed(
        operation: Operation,
        relation: Relation,
        terms: impl Fn(Handle) -> Vec<NewTerm>,
    ) -> Result<Computed, Uncomputable> {
        let mut builder = Builder::new(Arc::clone(seeds()));
        let house = builder.entity(CoreKind::Institution, "house", "House").unwrap();
        let mut say = |property, value, modality, as_of: Option<&str>| {
            let as_of = as_of.map(|text| When::parse(text).unwrap());
            builder.claim(NewClaim { as_of, modality, ..NewClaim::new(house, property, value) });
        };
        let (fact, plan) = (Modality::Actual, Modality::Planned);
        say(property("undergraduates"), NewValue::Number(865.0, unit("students")), fact, None);
        say(property("doctoral"), NewValue::Number(8.0, unit("students")), fact, None);
        say(property("students"), NewValue::Number(873.0, unit("students")), fact, None);
        say(property("students"), NewValue::Number(900.0, unit("students")), Modality::Denied, None);
        say(property("beds"), NewValue::Number(160.0, unit("beds")), fact, Some("2022"));
        say(property("beds"), NewValue::Number(400.0, unit("beds")), plan, None);
        say(property("area"), NewValue::Number(2.0, unit("acre")), fact, None);
        say(property("cribs"), NewValue::Missing, fact, None);
        say(property("faculty"), NewValue::Number(0.0, unit("people")), fact, None);
        builder.check(NewCheck {
            label: "x".into(),
            operation,
            relation,
            terms: terms(house),
            note: None,
            evidence: Vec::new(),
        });
        let dossier = builder.finish();
        compute(&dossier, &dossier.checks()[0])
    }

    fn slot(entity: Handle, property: PropertyId) -> NewTerm {
        NewTerm::Slot { entity, property, which: PLAIN }
    }

    fn constant(number: f64, name: &str) -> NewTerm {
        NewTerm::Constant(Quantity { number, unit: Some(unit(name)) })
    }

    #[test]
    fn a_sum_adds_what_is_claimed_and_leaves_out_what_is_denied() {
        let of =
            |house| [property("undergraduates"), property("doctoral"), property("students")].map(|it| slot(house, it));
        let sum = computed(Operation::Sum, Relation::Equals, |house| of(house).to_vec()).unwrap();
        assert!(sum.holds);
        assert_eq!(sum.parts.iter().map(|part| part.claims.len()).collect::<Vec<_>>(), [1, 1, 1]);
    }

    #[test]
    fn a_sum_too_large_by_one_fails_equality_but_not_a_bound() {
        let terms = |house| vec![slot(house, property("students")), constant(874.0, "students")];
        assert!(!computed(Operation::Sum, Relation::Equals, terms).unwrap().holds);
        assert!(computed(Operation::Sum, Relation::AtMost, terms).unwrap().holds);
        let terms = |house| vec![slot(house, property("students")), constant(872.0, "students")];
        assert!(!computed(Operation::Sum, Relation::AtMost, terms).unwrap().holds);
    }

    #[test]
    fn a_ratio_holds_as_far_as_its_digits_go() {
        let of = |share: f64| {
            move |house| vec![constant(4_046.86, "m²"), slot(house, property("area")), constant(share, "%")]
        };
        for (share, holds) in [(50.0, true), (50.4, false), (49.0, false), (50.000_04, true)] {
            let ratio = computed(Operation::Ratio, Relation::Equals, of(share)).unwrap();
            assert_eq!(ratio.holds, holds, "{share}");
        }
    }

    #[test]
    fn a_claim_is_selected_by_modality_basis_date_or_number() {
        let by = |which: NewWhich| {
            let terms = move |entity| {
                vec![
                    NewTerm::Slot { entity, property: property("beds"), which: which.clone() },
                    constant(160.0, "beds"),
                ]
            };
            computed(Operation::Sum, Relation::Equals, terms).map(|computed| computed.holds)
        };
        assert_eq!(by(NewWhich { modality: Some(Modality::Actual), ..PLAIN }), Ok(true));
        assert_eq!(by(NewWhich { modality: Some(Modality::Planned), ..PLAIN }), Ok(false));
        assert_eq!(by(NewWhich { number: Some(160.0), ..PLAIN }), Ok(true));
        assert_eq!(by(NewWhich { as_of: When::parse("2022").ok(), ..PLAIN }), Ok(true));
        assert_eq!(by(NewWhich { basis: Some(Basis::Counted), ..PLAIN }), Err(Uncomputable::Nothing(0)));
        assert!(matches!(by(PLAIN), Err(Uncomputable::Several(0, numbers)) if numbers.len() == 2));
    }

    #[test]
    fn an_error_of_a_check_names_its_term() {
        let fail =
            |operation, terms: fn(Handle) -> Vec<NewTerm>| computed(operation, Relation::Equals, terms).unwrap_err();
        let (sum, ratio) = (Operation::Sum, Operation::Ratio);
        assert_eq!(fail(sum, |_| Vec::new()), Uncomputable::Terms);
        assert_eq!(fail(sum, |house| vec![slot(house, property("students"))]), Uncomputable::Terms);
        assert_eq!(
            fail(sum, |house| vec![slot(house, property("cribs")), constant(1.0, "cribs")]),
            Uncomputable::Blank(0)
        );
        assert_eq!(
            fail(sum, |house| vec![slot(house, property("motto")), constant(1.0, "cribs")]),
            Uncomputable::Nothing(0)
        );
        assert_eq!(
            fail(sum, |house| vec![slot(house, property("area")), constant(1.0, "beds")]),
            Uncomputable::Units(0, 1)
        );
        assert_eq!(
            fail(ratio, |house| vec![
                slot(house, property("students")),
                slot(house, property("faculty")),
                constant(1.0, "%")
            ]),
            Uncomputable::Units(0, 1)
        );
        assert_eq!(
            fail(ratio, |house| vec![
                slot(house, property("faculty")),
                slot(house, property("faculty")),
                constant(1.0, "%")
            ]),
            Uncomputable::Zero(1)
        );
    }

    #[test]
    fn the_order_of_adding_checks_has_no_effect() {
        let build = |turn: bool| {
            let mut builder = Builder::new(Arc::clone(seeds()));
            let kinds = [CoreKind::Person, CoreKind::Institution];
            let handles = kinds.map(|kind| builder.entity(kind, "one", "One").unwrap());
            let mut checks: Vec<NewCheck> = ["b", "a", "a"]
                .iter()
                .zip([1.0, 2.0, 3.0])
                .map(|(label, number)| NewCheck {
                    label: (*label).to_owned(),
                    operation: Operation::Sum,
                    relation: Relation::Equals,
                    terms: vec![slot(handles[1], property("beds")), constant(number, "beds")],
                    note: None,
                    evidence: Vec::new(),
                })
                .collect();
            if turn {
                checks.reverse();
            }
            for check in checks {
                builder.check(check);
            }
            builder.finish()
        };
        let (first, second) = (build(false), build(true));
        assert_eq!(first, second);
        let labels: Vec<&str> = first.checks().iter().map(|check| first.text(check.label)).collect();
        assert_eq!(labels, ["a", "a", "b"]);
    }
}
