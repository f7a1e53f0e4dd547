//! Compares two values of a property, regardless of who claims them.
//!
//! Invariant: swapping the values swaps [`Comparison::Within`] and [`Comparison::Contains`] and changes
//! nothing else.

use super::rule::Rule;
use crate::graph::slots::is_actual;
use crate::model::id::Sym;
use crate::model::when::Precision;
use crate::model::{Core, Dossier, EntityId, Number, PropertyId, Quantity, Sameness, Value, Vocabulary, When};
use crate::text::fold::fold;

/// The relation between two values, with the rule that found it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    /// They are equal.
    Same(Rule),
    /// The first is the narrower one.
    Within(Rule),
    /// The second is the narrower one.
    Contains(Rule),
    /// Neither is narrower, but both can be right.
    Overlap(Rule),
    /// They contradict each other.
    Disjoint,
    /// They are of different kinds or units.
    Incomparable,
}

impl Comparison {
    /// Returns the relation seen from the other value.
    pub(super) fn swapped(self) -> Self {
        match self {
            Self::Within(rule) => Self::Contains(rule),
            Self::Contains(rule) => Self::Within(rule),
            Self::Same(_) | Self::Overlap(_) | Self::Disjoint | Self::Incomparable => self,
        }
    }

    /// Returns true if both can be right.
    pub(super) fn agrees(self) -> bool {
        match self {
            Self::Same(_) | Self::Within(_) | Self::Contains(_) | Self::Overlap(_) => true,
            Self::Disjoint | Self::Incomparable => false,
        }
    }
}

/// Compares two values of one property. A blank is incomparable with every value.
pub(super) fn compare(dossier: &Dossier, a: Value, b: Value) -> Comparison {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => texts(dossier, a, b),
        (Value::Number { number: a, unit: x }, Value::Number { number: b, unit: y }) => {
            let of = |number: Number, unit| Quantity { number: number.get(), unit: Some(unit) };
            numbers(dossier.vocabulary(), of(a, x), of(b, y))
        }
        (Value::Entity(a), Value::Entity(b)) => entities(dossier, a, b),
        (Value::Date(a), Value::Date(b)) => dates(dossier.when(a), dossier.when(b)),
        (Value::Text(_) | Value::Number { .. } | Value::Entity(_) | Value::Date(_) | Value::Missing, _) => {
            Comparison::Incomparable
        }
    }
}

/// Returns the number of a value with its unit, or `None` for any other value.
pub fn quantity_of(_dossier: &Dossier, value: Value) -> Option<Quantity> {
    match value {
        Value::Number { number, unit } => Some(Quantity { number: number.get(), unit: Some(unit) }),
        Value::Text(_) | Value::Entity(_) | Value::Date(_) | Value::Missing => None,
    }
}

fn ordered(first_in_second: bool, second_in_first: bool, rule: Rule) -> Option<Comparison> {
    match (first_in_second, second_in_first) {
        (true, true) => Some(Comparison::Overlap(rule)),
        (true, false) => Some(Comparison::Within(rule)),
        (false, true) => Some(Comparison::Contains(rule)),
        (false, false) => None,
    }
}

/// Words that reverse the meaning of a text.
const NEGATIONS: &[&str] = &["not", "no", "non", "never", "without", "nor", "neither"];

fn texts(dossier: &Dossier, a: Sym, b: Sym) -> Comparison {
    let same = Comparison::Same(Rule::Same);
    if a == b {
        return same;
    }
    let (a, b) = (fold(dossier.text(a)), fold(dossier.text(b)));
    if a == b {
        return same;
    }
    ordered(has_all_words(&b, &a), has_all_words(&a, &b), Rule::TextWithin).unwrap_or(Comparison::Disjoint)
}

/// Returns true if `outer` contains the words of `inner` in the same order and adds no negation to them. The
/// text with more words is the narrower one.
fn has_all_words(inner: &str, outer: &str) -> bool {
    let mut wanted = inner.split(' ').filter(|word| !word.is_empty()).peekable();
    if wanted.peek().is_none() {
        return false;
    }
    let mut negated = false;
    for word in outer.split(' ') {
        if wanted.peek() == Some(&word) {
            wanted.next();
        } else {
            negated |= NEGATIONS.contains(&word);
        }
    }
    wanted.next().is_none() && !negated
}

fn numbers(words: &Vocabulary, a: Quantity, b: Quantity) -> Comparison {
    // Converts in a fixed direction, so that rounding does not depend on the order of the values.
    if a.unit > b.unit {
        return numbers(words, b, a).swapped();
    }
    let (Some(converted), Some(unit)) =
        (b.to(a.unit, words), (Quantity { number: 1.0, unit: b.unit }).to(a.unit, words))
    else {
        return Comparison::Incomparable;
    };
    if a.number.total_cmp(&b.number).is_eq() && a.unit == b.unit {
        return Comparison::Same(Rule::Same);
    }
    let (fine, other) = (a.tolerance(), b.tolerance() * unit);
    // The finer of the two must round to the other; conversion loses the last digits of a float.
    let reach = fine.max(other) * (1.0 + 1e-9) + (a.number.abs() + converted.abs()) * 1e-12;
    if (a.number - converted).abs() > reach {
        return Comparison::Disjoint;
    }
    ordered(fine < other, other < fine, Rule::NumberRounds).unwrap_or(Comparison::Same(Rule::Same))
}

/// The properties that lead from a part to the whole that contains it.
const WHOLES: [Core; 2] = [Core::Within, Core::Parent];

/// The most steps from part to whole that are followed.
const MAX_STEPS: usize = 16;

fn entities(dossier: &Dossier, a: EntityId, b: EntityId) -> Comparison {
    if a == b {
        return Comparison::Same(Rule::Same);
    }
    let judged = dossier
        .judgements()
        .iter()
        .any(|row| row.verdict == Sameness::Same && ((row.a, row.b) == (a, b) || (row.a, row.b) == (b, a)));
    if judged {
        return Comparison::Same(Rule::JudgedSame);
    }
    ordered(lies_in(dossier, a, b), lies_in(dossier, b, a), Rule::EntityWithin).unwrap_or(Comparison::Disjoint)
}

/// Returns true if `part` lies in `whole`, directly or through other wholes.
fn lies_in(dossier: &Dossier, part: EntityId, whole: EntityId) -> bool {
    let mut seen = vec![part];
    let mut next = 0;
    while let Some(&here) = seen.get(next).filter(|_| next < MAX_STEPS) {
        next += 1;
        for target in WHOLES.iter().flat_map(|&property| actual_targets(dossier, here, property)) {
            if target == whole {
                return true;
            }
            if !seen.contains(&target) {
                seen.push(target);
            }
        }
    }
    false
}

/// Returns the entities that a slot names as fact.
pub(super) fn actual_targets(
    dossier: &Dossier,
    entity: EntityId,
    property: impl Into<PropertyId>,
) -> impl Iterator<Item = EntityId> {
    let plain = dossier.slot(entity, property).iter().filter(|claim| is_actual(claim));
    plain.filter_map(Dossier::target)
}

fn dates(a: &When, b: &When) -> Comparison {
    if a.edtf() == b.edtf() {
        return Comparison::Same(Rule::Same);
    }
    let within = |inner: &When, outer: &When| outer.fills_window() && inner.window().is_within(outer.window());
    if let Some(comparison) = ordered(within(a, b), within(b, a), Rule::DateWithin) {
        return match comparison {
            // The bounds are equal and only the form differs.
            Comparison::Overlap(_) => Comparison::Same(Rule::Same),
            comparison => comparison,
        };
    }
    if meets(a, b, 0) {
        return Comparison::Overlap(Rule::DatesOverlap);
    }
    let near = |when: &When| if when.is_qualified() { leeway(when.precision()) } else { 0 };
    if meets(a, b, near(a) + near(b)) { Comparison::Overlap(Rule::DateAbout) } else { Comparison::Disjoint }
}

/// Returns by how many days an approximate date may be off.
const fn leeway(precision: Precision) -> i64 {
    match precision {
        Precision::Year => 366,
        Precision::Season => 92,
        Precision::Month => 31,
        Precision::Day => 3,
    }
}

/// Returns true if at most `days` days lie between two dates.
fn meets(a: &When, b: &When, days: i64) -> bool {
    let before = |first: &When, second: &When| match (first.latest(), second.earliest()) {
        (Some(last), Some(first)) => (first - last).num_days() > days,
        (None, _) | (_, None) => false,
    };
    !before(a, b) && !before(b, a)
}
