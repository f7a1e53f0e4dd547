//! The regular expressions of texts: dates, places, ids, numbers with their units.
//!
//! Invariant: each is a regular expression of ECMA-262 without look-around, so that every validator reads it.

use crate::vocabulary::{Measure, Unit, Vocabulary};

/// The second half of an id.
pub(super) const SLUG: &str = "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$";

/// A date in EDTF, loosely: the signs that one is made of, with a digit or an X among them.
pub(super) const DATE: &str = "^[-0-9XYESTZ?~%.,/:+ \\[\\]{}]*[0-9X][-0-9XYESTZ?~%.,/:+ \\[\\]{}]*$";

/// A place in a document.
pub(super) const PLACE: &str = " / *(heading|p[0-9]+( +s[0-9]+)?|item +[0-9]+|row +\\S.*) *$";

/// A number as it stands in a text.
pub(super) const NUMBER: &str = "[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?";

/// Returns the pattern of a text as it is.
fn literal(text: &str) -> String {
    let mut pattern = String::new();
    for sign in text.chars() {
        if "^$\\.*+?()[]{}|/".contains(sign) {
            pattern.push('\\');
        }
        pattern.push(sign);
    }
    pattern
}

/// Returns the pattern of one of several texts; of none, if there are none.
pub(super) fn among<T: AsRef<str>>(texts: &[T]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| literal(text.as_ref())).collect();
    group(&texts)
}

/// Returns the pattern of one of several patterns.
fn group(patterns: &[String]) -> String {
    // A class without members matches nothing.
    if patterns.is_empty() { "[^\\s\\S]".into() } else { format!("({})", patterns.join("|")) }
}

/// Returns the pattern of the id of an entity of one of these kinds, with or without its kind.
pub(super) fn entity<T: AsRef<str>>(kinds: &[T]) -> String {
    format!("^({}/)?[a-z0-9]([a-z0-9-]*[a-z0-9])?$", among(kinds)).replace("/)?", "\\/)?")
}

/// Returns the pattern of `KIND/ID PROPERTY WHICH` with one of these properties.
pub(super) fn slot(properties: &[&str]) -> String {
    format!("^\\s*([a-z0-9-]+\\/)?[a-z0-9-]+ +{}( .*)?$", among(properties))
}

/// Returns the names of a measure.
fn names(measure: &Measure) -> Vec<&str> {
    let mut names = vec![&*measure.name, &*measure.plural];
    names.extend(measure.symbol.as_deref());
    names.dedup();
    names
}

/// Returns the pattern of a multiplier and a space, or nothing.
fn multiplier(words: &Vocabulary) -> String {
    let names: Vec<&str> = words.multipliers().iter().map(|multiplier| &*multiplier.name).collect();
    format!("({} +)?", among(&names))
}

/// Returns the pattern of every unit.
pub(super) fn any_unit(words: &Vocabulary) -> String {
    of_measures(words, words.measures().iter())
}

/// Returns the pattern of every unit of some measures.
pub(super) fn of_measures<'a>(words: &Vocabulary, measures: impl Iterator<Item = &'a Measure>) -> String {
    let (with_rate, without): (Vec<&Measure>, Vec<&Measure>) = measures.partition(|measure| measure.has_rate);
    let all =
        |measures: &[&Measure]| measures.iter().flat_map(|&measure| names(measure)).map(literal).collect::<Vec<_>>();
    let mut patterns = Vec::new();
    if !without.is_empty() {
        patterns.push(group(&all(&without)));
    }
    if !with_rate.is_empty() {
        patterns.push(format!("{}(\\/year)?", group(&all(&with_rate))));
    }
    format!("{}{}", multiplier(words), group(&patterns))
}

/// Returns the pattern of units, each with any multiplier.
pub(super) fn of_units(words: &Vocabulary, units: &[Unit]) -> String {
    let one = |unit: &Unit| {
        let rate = if unit.is_rate() { "/year" } else { "" };
        names(words.measure(unit.measure())).into_iter().map(move |name| literal(&format!("{name}{rate}")))
    };
    format!("{}{}", multiplier(words), group(&units.iter().flat_map(one).collect::<Vec<_>>()))
}
