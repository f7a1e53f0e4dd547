//! Compares the values of two claims of one property, regardless of who makes them and when.
//!
//! Invariant: swapping the claims swaps [`Comparison::Within`] and [`Comparison::Contains`] and changes
//! nothing else.

use super::slots::is_actual;
use crate::model::id::Sym;
use crate::model::quantity::decimals;
use crate::model::when::Precision;
use crate::model::{
    Claim, Core, DayWindow, Dossier, EntityId, PropertyId, Quantity, Sameness, Value, Vocabulary, When,
};
use crate::text::fold::fold;

/// The way in which two values go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// They are equal.
    Equal,
    /// They are two entities that are judged to be one.
    Judged,
    /// One date lies within the other.
    DateWithin,
    /// The dates overlap.
    DatesOverlap,
    /// A date is approximate, and the other lies near enough.
    DateAbout,
    /// One number is the other, rounded.
    Rounded,
    /// One text has every word of the other.
    Words,
    /// One entity lies in the other, or is a part of it.
    Part,
}

/// The relation between two values, with the way in which it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// They are equal.
    Same(Fit),
    /// The first is the narrower one.
    Within(Fit),
    /// The second is the narrower one.
    Contains(Fit),
    /// Neither is narrower, but both can be right.
    Overlap(Fit),
    /// They contradict each other.
    Disjoint,
    /// They are of different kinds or units.
    Incomparable,
}

impl Comparison {
    /// Returns the relation seen from the other value.
    #[must_use]
    pub fn swapped(self) -> Self {
        match self {
            Self::Within(rule) => Self::Contains(rule),
            Self::Contains(rule) => Self::Within(rule),
            Self::Same(_) | Self::Overlap(_) | Self::Disjoint | Self::Incomparable => self,
        }
    }

    /// Returns true if both can be right.
    pub fn agrees(self) -> bool {
        match self {
            Self::Same(_) | Self::Within(_) | Self::Contains(_) | Self::Overlap(_) => true,
            Self::Disjoint | Self::Incomparable => false,
        }
    }
}

/// Compares the values of two claims of one property. A blank is incomparable with every value.
pub fn compare(dossier: &Dossier, a: &Claim, b: &Claim) -> Comparison {
    let found = match (a.value, b.value) {
        (Value::Text(a), Value::Text(b)) => texts(dossier, a, b),
        (Value::Number { .. }, Value::Number { .. }) => {
            let (Some(x), Some(y)) = (Stated::of(dossier, a), Stated::of(dossier, b)) else {
                return Comparison::Incomparable;
            };
            numbers(dossier.vocabulary(), x, y)
        }
        (Value::Entity(a), Value::Entity(b)) => entities(dossier, a, b),
        (Value::Date(a), Value::Date(b)) => dates(dossier.when(a), dossier.when(b)),
        (Value::Text(_) | Value::Number { .. } | Value::Entity(_) | Value::Date(_) | Value::Missing, _) => {
            return Comparison::Incomparable;
        }
    };
    let property = dossier.property(a.property);
    match found {
        // Of values of a closed list that exclude each other, none is a narrower form of another.
        Comparison::Within(_) | Comparison::Contains(_) | Comparison::Overlap(_)
            if property.exclusive && !property.values.is_empty() =>
        {
            Comparison::Disjoint
        }
        found => found,
    }
}

/// Compares the dates by which two plans are due: of "by the end of 2018" that is its last day.
pub fn compare_due(a: &When, b: &When) -> Comparison {
    if a.edtf() == b.edtf() {
        return Comparison::Same(Fit::Equal);
    }
    match dates(a, b) {
        Comparison::Overlap(Fit::DateAbout) => Comparison::Overlap(Fit::DateAbout),
        _ if a.fills_window() && b.fills_window() => {
            let (x, y) = (due(a), due(b));
            let found = ordered(x.is_within(y), y.is_within(x), Fit::DateWithin);
            match found {
                Some(Comparison::Overlap(_)) => Comparison::Same(Fit::Equal),
                Some(found) => found,
                None if x.overlaps(y) => Comparison::Overlap(Fit::DatesOverlap),
                None => Comparison::Disjoint,
            }
        }
        found => found,
    }
}

/// Returns the days on which a plan may be due: of a date with a last day only, that day.
pub fn due(when: &When) -> DayWindow {
    let window = when.window();
    DayWindow { earliest: window.earliest.or(window.latest), ..window }
}

/// Returns the number of a value with its unit, or `None` for any other value.
pub fn quantity_of(value: Value) -> Option<Quantity> {
    match value {
        Value::Number { number, unit } => Some(Quantity { number: number.get(), unit: Some(unit) }),
        Value::Text(_) | Value::Entity(_) | Value::Date(_) | Value::Missing => None,
    }
}

/// A number as a document writes it.
#[derive(Debug, Clone, Copy)]
struct Stated {
    quantity: Quantity,
    /// Half of its last digit, by which the true number may differ.
    tolerance: f64,
}

impl Stated {
    fn of(dossier: &Dossier, claim: &Claim) -> Option<Self> {
        let quantity = quantity_of(claim.value)?;
        let written = dossier.details(claim).and_then(|details| details.decimals).map_or(0, usize::from);
        let decimals = decimals(quantity.number).max(written);
        Some(Self { quantity, tolerance: 0.5 / 10_f64.powi(decimals.try_into().unwrap_or(i32::MAX)) })
    }
}

fn ordered(first_in_second: bool, second_in_first: bool, fit: Fit) -> Option<Comparison> {
    match (first_in_second, second_in_first) {
        (true, true) => Some(Comparison::Overlap(fit)),
        (true, false) => Some(Comparison::Within(fit)),
        (false, true) => Some(Comparison::Contains(fit)),
        (false, false) => None,
    }
}

/// Words that reverse the meaning of a text.
const NEGATIONS: &[&str] = &["not", "no", "non", "never", "without", "nor", "neither"];

fn texts(dossier: &Dossier, a: Sym, b: Sym) -> Comparison {
    let same = Comparison::Same(Fit::Equal);
    if a == b {
        return same;
    }
    let (a, b) = (fold(dossier.text(a)), fold(dossier.text(b)));
    if a == b {
        return same;
    }
    ordered(has_all_words(&b, &a), has_all_words(&a, &b), Fit::Words).unwrap_or(Comparison::Disjoint)
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

fn numbers(words: &Vocabulary, a: Stated, b: Stated) -> Comparison {
    // Converts in a fixed direction, so that rounding does not depend on the order of the values.
    if a.quantity.unit > b.quantity.unit {
        return numbers(words, b, a).swapped();
    }
    let unit = a.quantity.unit;
    let one = Quantity { number: 1.0, ..b.quantity };
    let (Some(converted), Some(step)) = (b.quantity.to(unit, words), one.to(unit, words)) else {
        return Comparison::Incomparable;
    };
    let (fine, other) = (a.tolerance, b.tolerance * step);
    let is_equal = a.quantity.number.total_cmp(&b.quantity.number).is_eq() && unit == b.quantity.unit;
    if is_equal && fine.total_cmp(&other).is_eq() {
        return Comparison::Same(Fit::Equal);
    }
    // The finer of the two must round to the other; conversion loses the last digits of a float.
    let number = a.quantity.number;
    let reach = fine.max(other) * (1.0 + 1e-9) + (number.abs() + converted.abs()) * 1e-12;
    if (number - converted).abs() > reach {
        return Comparison::Disjoint;
    }
    ordered(fine < other, other < fine, Fit::Rounded).unwrap_or(Comparison::Same(Fit::Equal))
}

/// The properties that lead from a part to the whole that contains it.
const WHOLES: [Core; 2] = [Core::Within, Core::Parent];

/// The most steps from part to whole that are followed.
const MAX_STEPS: usize = 16;

fn entities(dossier: &Dossier, a: EntityId, b: EntityId) -> Comparison {
    if a == b {
        return Comparison::Same(Fit::Equal);
    }
    let judged = dossier
        .judgements()
        .iter()
        .any(|row| row.verdict == Sameness::Same && ((row.a, row.b) == (a, b) || (row.a, row.b) == (b, a)));
    if judged {
        return Comparison::Same(Fit::Judged);
    }
    ordered(lies_in(dossier, a, b), lies_in(dossier, b, a), Fit::Part).unwrap_or(Comparison::Disjoint)
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
pub fn actual_targets(
    dossier: &Dossier,
    entity: EntityId,
    property: impl Into<PropertyId>,
) -> impl Iterator<Item = EntityId> {
    let plain = dossier.slot(entity, property).iter().filter(|claim| is_actual(claim));
    plain.filter_map(Dossier::target)
}

fn dates(a: &When, b: &When) -> Comparison {
    if a.edtf() == b.edtf() {
        return Comparison::Same(Fit::Equal);
    }
    let within = |inner: &When, outer: &When| outer.fills_window() && inner.window().is_within(outer.window());
    if let Some(comparison) = ordered(within(a, b), within(b, a), Fit::DateWithin) {
        return match comparison {
            // The bounds are equal and only the form differs.
            Comparison::Overlap(_) => Comparison::Same(Fit::Equal),
            comparison => comparison,
        };
    }
    if meets(a, b, 0) {
        return Comparison::Overlap(Fit::DatesOverlap);
    }
    let near = |when: &When| if when.is_qualified() { leeway(when.precision()) } else { 0 };
    if meets(a, b, near(a) + near(b)) { Comparison::Overlap(Fit::DateAbout) } else { Comparison::Disjoint }
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
