//! The claims that a pattern asks for by the name of their property, or by nothing but a date.
//!
//! The words of a pattern may be divided: the property has at least one of them, the text of the claim, the names of its
//! subject and those of the entity that is its value may have the others ("motto north", "opened harbour"). Links by
//! which an entity has its place (its institution, its post, its holder) are not asked for by the name of the property:
//! nearly everything has them.
//!
//! Invariant: a claim is stated once, and claims are in the order of the dossier.

use super::NameIndex;
use crate::model::{Claim, ClaimId, Core, DayWindow, Dossier, EntityId, PropertyId, Value};
use crate::search::{Bits, Pattern, Stop};
use crate::text::fold::fold;

/// What is asked of claims.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The words.
    pub pattern: &'a Pattern,
    /// The days of a date that stands among the words. A claim with such a date is preferred.
    pub days: Option<DayWindow>,
    /// True if the date is all that is asked: it then finds the claims that are so dated.
    pub is_date: bool,
}

/// A claim that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stated {
    /// The claim.
    pub claim: ClaimId,
    /// True if every word was typed to its end.
    pub whole: bool,
    /// True if its date lies within the days.
    pub dated: bool,
}

/// The shortest beginning of a word of a property that finds it, in characters.
const MIN_BEGUN: usize = 3;

/// The number of claims between two looks at whether the search is to stop.
const PACE: usize = 4096;

impl<'a> From<&'a Pattern> for Asked<'a> {
    fn from(pattern: &'a Pattern) -> Self {
        Self { pattern, days: None, is_date: false }
    }
}

impl Asked<'_> {
    /// Returns true if a property of the dossier has a word of the pattern in its name, or if the pattern is a date: the
    /// claims tell what matches, beside names and texts.
    pub fn is_of_claims(self, dossier: &Dossier) -> bool {
        self.is_date || !by_property(dossier, self.pattern).is_empty()
    }
}

/// Returns for each property the words of the pattern that its name has; none at all if no property has any.
fn by_property(dossier: &Dossier, pattern: &Pattern) -> Vec<Bits> {
    let words = dossier.vocabulary();
    let of = |id: PropertyId| {
        if is_place(id) {
            return Bits::default();
        }
        let property = words.property(id);
        let names = [Some(&property.name), Some(&property.label), property.field.as_ref()];
        let found = names.into_iter().flatten().map(|name| pattern.bits_in(&fold(name), MIN_BEGUN));
        found.fold(Bits::default(), Bits::union)
    };
    let mut table = Vec::new();
    for id in words.properties() {
        table.resize(table.len().max(id.index().saturating_add(1)), Bits::default());
        if let Some(row) = table.get_mut(id.index()) {
            *row = of(id);
        }
    }
    if table.iter().all(|bits| bits.begun == 0) { Vec::new() } else { table }
}

/// Returns true for a link by which an entity has its place.
fn is_place(property: PropertyId) -> bool {
    matches!(property.core(), Some(Core::Institution | Core::Parent | Core::Person | Core::Post))
}

impl NameIndex {
    /// Returns the claims that are asked for. If `stop` is set meanwhile, some may be missing.
    pub fn stated(&self, dossier: &Dossier, asked: Asked<'_>, stop: &Stop) -> Vec<Stated> {
        let Asked { pattern, days, is_date } = asked;
        let table = by_property(dossier, pattern);
        if table.is_empty() && !is_date {
            return Vec::new();
        }
        let all = pattern.all_bits();
        let is_dated = |claim: &Claim| {
            let date = days.and_then(|days| Some((days, dossier.date(claim)?.window())));
            date.is_some_and(|(days, date)| date.is_within(days))
        };
        let mut stated = Vec::new();
        for (number, (id, claim)) in dossier.claims().enumerate() {
            if number.is_multiple_of(PACE) && stop.is_set() {
                break;
            }
            if is_date && is_dated(claim) {
                stated.push(Stated { claim: id, whole: true, dated: true });
                continue;
            }
            let Some(mut found) = table.get(claim.property.index()).copied().filter(|bits| bits.begun != 0) else {
                continue;
            };
            if found.begun != all {
                found = self.with_rest(dossier, pattern, claim, found);
            }
            if found.begun == all {
                stated.push(Stated { claim: id, whole: found.whole == all, dated: is_dated(claim) });
            }
        }
        stated
    }

    /// Adds the words that the text of a claim, its subject or its value has.
    fn with_rest(&self, dossier: &Dossier, pattern: &Pattern, claim: &Claim, found: Bits) -> Bits {
        let of_names = |entity: EntityId| {
            let names = self.texts.names().group(entity.index());
            names.fold(Bits::default(), |bits, (name, _)| bits.union(pattern.bits_in(name.text, 1)))
        };
        let of_value = match claim.value {
            Value::Text(text) => pattern.bits_in(&fold(dossier.text(text)), 1),
            Value::Entity(target) => of_names(target),
            Value::Number { .. } | Value::Date(_) | Value::Missing => Bits::default(),
        };
        found.union(of_value).union(of_names(claim.subject))
    }
}
