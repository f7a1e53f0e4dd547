//! How two values stand to each other, whatever is claimed with them.
//!
//! Invariant: swapping the values swaps [`Stand::Within`] and [`Stand::Around`] and changes
//! nothing else.

use super::rule::Rule;
use crate::graph::slots::is_actual;
use crate::model::id::Sym;
use crate::model::when::Precision;
use crate::model::{Dossier, EntityId, Number, Property, Quantity, Sameness, Value, When};
use crate::text::fold::fold;

/// How two values stand to each other; a rule says by what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stand {
    /// The same.
    Same(Rule),
    /// The first is the narrower.
    Within(Rule),
    /// The second is the narrower.
    Around(Rule),
    /// Neither is the narrower, but both can be right.
    Touching(Rule),
    /// They cannot both be right.
    Apart,
    /// They do not measure the same.
    Unlike,
}

impl Stand {
    /// Seen from the other value.
    pub(super) fn swapped(self) -> Self {
        match self {
            Self::Within(rule) => Self::Around(rule),
            Self::Around(rule) => Self::Within(rule),
            Self::Same(_) | Self::Touching(_) | Self::Apart | Self::Unlike => self,
        }
    }

    /// Whether both can be right.
    pub(super) fn agrees(self) -> bool {
        match self {
            Self::Same(_) | Self::Within(_) | Self::Around(_) | Self::Touching(_) => true,
            Self::Apart | Self::Unlike => false,
        }
    }
}

/// Compares two values of one property. A blank is unlike everything.
pub(super) fn compare(dossier: &Dossier, a: Value, b: Value) -> Stand {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => texts(dossier, a, b),
        (Value::Number { number: a, unit: x }, Value::Number { number: b, unit: y }) => {
            let of = |number: Number, unit| Quantity { number: number.get(), unit: Some(dossier.unit(unit)) };
            numbers(of(a, x), of(b, y))
        }
        (Value::Entity(a), Value::Entity(b)) => entities(dossier, a, b),
        (Value::Date(a), Value::Date(b)) => dates(dossier.when(a), dossier.when(b)),
        (Value::Text(_) | Value::Number { .. } | Value::Entity(_) | Value::Date(_) | Value::Missing, _) => {
            Stand::Unlike
        }
    }
}

/// The number of a value with its unit; `None` for any other value.
pub fn quantity_of(dossier: &Dossier, value: Value) -> Option<Quantity> {
    match value {
        Value::Number { number, unit } => Some(Quantity { number: number.get(), unit: Some(dossier.unit(unit)) }),
        Value::Text(_) | Value::Entity(_) | Value::Date(_) | Value::Missing => None,
    }
}

fn ordered(first_in_second: bool, second_in_first: bool, rule: Rule) -> Option<Stand> {
    match (first_in_second, second_in_first) {
        (true, true) => Some(Stand::Touching(rule)),
        (true, false) => Some(Stand::Within(rule)),
        (false, true) => Some(Stand::Around(rule)),
        (false, false) => None,
    }
}

/// Words that turn what stands with them into something else.
const NEGATIONS: &[&str] = &["not", "no", "non", "never", "without", "nor", "neither"];

fn texts(dossier: &Dossier, a: Sym, b: Sym) -> Stand {
    let same = Stand::Same(Rule::Same);
    if a == b {
        return same;
    }
    let (a, b) = (fold(dossier.text(a)), fold(dossier.text(b)));
    if a == b {
        return same;
    }
    ordered(has_all_words(&b, &a), has_all_words(&a, &b), Rule::TextWithin).unwrap_or(Stand::Apart)
}

/// Whether a text holds another one, word for word in the same order, and adds no negation to it.
/// The narrower text is the one with more words.
fn has_all_words(inner: &str, outer: &str) -> bool {
    let mut wanted = inner.split(' ').filter(|word| !word.is_empty()).peekable();
    if wanted.peek().is_none() {
        return false;
    }
    let mut turned = false;
    for word in outer.split(' ') {
        if wanted.peek() == Some(&word) {
            wanted.next();
        } else {
            turned |= NEGATIONS.contains(&word);
        }
    }
    wanted.next().is_none() && !turned
}

fn numbers(a: Quantity, b: Quantity) -> Stand {
    // Always converted the same way round, so that no rounding depends on which comes first.
    if a.unit > b.unit {
        return numbers(b, a).swapped();
    }
    let (Some(converted), Some(unit)) = (b.to(a.unit), (Quantity { number: 1.0, unit: b.unit }).to(a.unit)) else {
        return Stand::Unlike;
    };
    if a.number.total_cmp(&b.number).is_eq() && a.unit == b.unit {
        return Stand::Same(Rule::Same);
    }
    let (fine, other) = (a.tolerance(), b.tolerance() * unit);
    // The finer of the two has to round to the other; conversion costs the last of a float's digits.
    let reach = fine.max(other) * (1.0 + 1e-9) + (a.number.abs() + converted.abs()) * 1e-12;
    if (a.number - converted).abs() > reach {
        return Stand::Apart;
    }
    ordered(fine < other, other < fine, Rule::NumberRounds).unwrap_or(Stand::Same(Rule::Same))
}

/// Which properties lead from a thing to what it lies in.
const WHOLES: [Property; 2] = [Property::Within, Property::Parent];

/// How many steps from part to whole are followed.
const MAX_STEPS: usize = 16;

fn entities(dossier: &Dossier, a: EntityId, b: EntityId) -> Stand {
    if a == b {
        return Stand::Same(Rule::Same);
    }
    let judged = dossier
        .judgements()
        .iter()
        .any(|row| row.verdict == Sameness::Same && ((row.a, row.b) == (a, b) || (row.a, row.b) == (b, a)));
    if judged {
        return Stand::Same(Rule::JudgedSame);
    }
    ordered(lies_in(dossier, a, b), lies_in(dossier, b, a), Rule::EntityWithin).unwrap_or(Stand::Apart)
}

/// Whether a chain of parts and wholes leads from the one to the other.
fn lies_in(dossier: &Dossier, part: EntityId, whole: EntityId) -> bool {
    let mut seen = vec![part];
    let mut next = 0;
    while let Some(&here) = seen.get(next).filter(|_| next < MAX_STEPS) {
        next += 1;
        for target in WHOLES.iter().flat_map(|&property| said(dossier, here, property)) {
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

/// The entities that a slot names as plain fact.
pub(super) fn said(dossier: &Dossier, entity: EntityId, property: Property) -> impl Iterator<Item = EntityId> {
    let plain = dossier.slot(entity, property).iter().filter(|claim| is_actual(claim));
    plain.filter_map(Dossier::target)
}

fn dates(a: &When, b: &When) -> Stand {
    let bounds = |when: &When| (when.earliest(), when.latest());
    if bounds(a) == bounds(b) && (a.shape() == b.shape() || a.edtf() == b.edtf()) {
        return Stand::Same(Rule::Same);
    }
    if let Some(stand) = ordered(a.is_within(b), b.is_within(a), Rule::DateWithin) {
        return match stand {
            // Equal bounds, told in different ways.
            Stand::Touching(_) => Stand::Same(Rule::Same),
            stand => stand,
        };
    }
    if meets(a, b, 0) {
        return Stand::Touching(Rule::DatesOverlap);
    }
    let near = |when: &When| if when.is_qualified() { leeway(when.precision()) } else { 0 };
    if meets(a, b, near(a) + near(b)) { Stand::Touching(Rule::DateAbout) } else { Stand::Apart }
}

/// How many days an approximate date may be off.
const fn leeway(precision: Precision) -> i64 {
    match precision {
        Precision::Year => 366,
        Precision::Month => 31,
        Precision::Day => 3,
    }
}

/// Whether no more than so many days lie between two dates.
fn meets(a: &When, b: &When, days: i64) -> bool {
    let before = |first: &When, second: &When| match (first.latest(), second.earliest()) {
        (Some(last), Some(first)) => (first - last).num_days() > days,
        (None, _) | (_, None) => false,
    };
    !before(a, b) && !before(b, a)
}
