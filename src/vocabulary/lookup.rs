//! Lookups in a vocabulary, and conversion of units.
//!
//! Invariant: what a unit or a property prints as is read as the same again.

#![expect(clippy::indexing_slicing, reason = "an id is a row of the vocabulary that gave it")]

use std::borrow::Cow;
use std::collections::HashSet;

use super::Vocabulary;
use super::kind::{CoreKind, Kind, KindId, KindSet, Kinds};
use super::matrix::Matrix;
use super::measure::{Dimension, Measure, MeasureId, Multiplier, RATE, Unit};
use super::property::{Core, Numbers, Property, PropertyId, Range, Role};
use crate::text::with_article;

/// The most units that a message names.
const MOST_UNITS: usize = 8;

impl Vocabulary {
    /// Returns a declared kind.
    pub fn kind(&self, id: KindId) -> &Kind {
        &self.kinds[id.index()]
    }

    /// Returns the core kind that a kind is or lies below.
    pub fn core(&self, id: KindId) -> CoreKind {
        self.kinds[id.index()].core
    }

    /// Returns the kind with this name.
    pub fn find_kind(&self, name: &str) -> Option<KindId> {
        self.kinds_by_name.get(name).copied()
    }

    /// Returns all kinds in the order in which they are listed.
    pub fn kinds(&self) -> impl DoubleEndedIterator<Item = KindId> + ExactSizeIterator + '_ {
        self.kinds_in_order.iter().copied()
    }

    /// Returns the names of all kinds in the order in which they are listed.
    pub fn kind_names(&self) -> impl Iterator<Item = &str> {
        self.kinds().map(|kind| &*self.kind(kind).name)
    }

    /// Returns a kind and all kinds above it, up to its core kind.
    pub fn with_above(&self, kind: KindId) -> impl Iterator<Item = KindId> + '_ {
        std::iter::successors(Some(kind), |&kind| self.kind(kind).parent)
    }

    /// Returns true if a kind is another one or lies below it.
    pub fn is_below(&self, kind: KindId, above: KindId) -> bool {
        self.with_above(kind).any(|kind| kind == above)
    }

    /// Returns a kind and all kinds below it.
    pub fn kinds_below(&self, above: KindId) -> KindSet {
        self.kinds().filter(|&kind| self.is_below(kind, above)).collect()
    }

    /// Returns the kinds that are or lie below one of these core kinds.
    pub fn kinds_of(&self, cores: &[CoreKind]) -> KindSet {
        self.kinds().filter(|&kind| cores.contains(&self.core(kind))).collect()
    }

    /// Returns the number of the section in which a comparison lists what happened to entities of a kind: the position of
    /// the first kind with the same group.
    pub fn section(&self, kind: KindId) -> u8 {
        let group = &self.kind(kind).group;
        let first = self.kinds().find(|&other| self.kind(other).group == *group);
        self.kind(first.unwrap_or(kind)).position
    }

    /// Returns the heading of a section.
    pub fn section_label(&self, section: u8) -> &str {
        self.kinds_in_order.get(usize::from(section)).map_or("", |&kind| &self.kind(kind).group)
    }

    /// Returns the names of declared kinds in a phrase: "institution or unit".
    pub fn phrase(&self, kinds: &Kinds) -> String {
        let names: Vec<&str> = kinds.listed.iter().map(|&kind| &*self.kind(kind).name).collect();
        names.join(" or ")
    }

    /// Returns a declared property.
    pub fn property(&self, id: impl Into<PropertyId>) -> &Property {
        &self.properties[id.into().index()]
    }

    /// Returns the property with this name.
    pub fn find_property(&self, name: &str) -> Option<PropertyId> {
        self.properties_by_name.get(name).copied()
    }

    /// Returns the property with this name or second name in queries.
    pub fn find_field(&self, name: &str) -> Option<PropertyId> {
        self.find_property(name).or_else(|| self.properties_by_field.get(name).copied())
    }

    /// Returns true if a declaration does not tell what values a property takes, or of what it is said. Its claims are not
    /// read: the defect of the declaration stands for theirs.
    pub fn is_broken(&self, id: PropertyId) -> bool {
        self.broken.contains(&id)
    }

    /// Returns all properties in the order in which they are listed.
    pub fn properties(&self) -> impl ExactSizeIterator<Item = PropertyId> + Clone + '_ {
        self.properties_in_order.iter().copied()
    }

    /// Returns the properties that an entity of a kind may have, in the order in which they are listed.
    pub fn properties_of(&self, kind: KindId) -> impl Iterator<Item = PropertyId> + Clone + '_ {
        self.properties().filter(move |&id| self.property(id).domain.has(kind))
    }

    /// Returns the names of the properties that an entity of a kind may have, in the order in which they are listed.
    pub fn names_for(&self, kind: KindId) -> impl Iterator<Item = &str> + Clone {
        self.properties_of(kind).map(|id| &*self.property(id).name)
    }

    /// Returns the position of a property among those that are listed.
    pub fn position(&self, id: PropertyId) -> u16 {
        self.properties[id.index()].position
    }

    /// Returns the position of the heading under which the figures of a property stand: that of the first property with the
    /// same heading, or its own if it has none.
    pub fn group_position(&self, id: PropertyId) -> u16 {
        let group = self.property(id).group.as_deref();
        let is_of_group = |&other: &PropertyId| group.is_some() && self.property(other).group.as_deref() == group;
        self.position(self.properties().find(is_of_group).unwrap_or(id))
    }

    /// Returns true if a property has this role.
    pub fn has_role(&self, id: PropertyId, role: Role) -> bool {
        self.property(id).role == Some(role)
    }

    /// Returns the words of an error message for the values of a property: "a date".
    pub fn expectation(&self, id: PropertyId) -> String {
        match &self.property(id).range {
            Range::Text(_) => "a text".into(),
            Range::Number(numbers) => self.number_expectation(numbers),
            Range::Entity(kinds) => format!("the id of {}", with_article(&self.phrase(kinds))),
            Range::Date => format!("a date in EDTF, {DATE_EXAMPLES}"),
        }
    }

    fn number_expectation(&self, numbers: &Numbers) -> String {
        if numbers.dimension == Some(Dimension::Money) {
            return match numbers.default.map(|unit| self.unit_name(unit)) {
                Some(unit) => {
                    format!("a number of {unit}, or one with a currency in quotes, such as \"5 million EUR\"")
                }
                None => "a number with a currency in quotes, such as \"5 million EUR\"".into(),
            };
        }
        let of_dimension = |measure: &&Measure| Some(&measure.dimension) == numbers.dimension.as_ref();
        let mut units: Vec<_> = numbers.listed.iter().map(|&unit| self.unit_name(unit)).collect();
        units.extend(self.measures.iter().filter(of_dimension).map(|measure| Cow::from(&*measure.plural)));
        let mut named = HashSet::new();
        units.retain(|unit| named.insert(unit.clone()));
        let of = numbers.dimension.as_ref().map(|dimension| format!("of {} ", dimension.name())).unwrap_or_default();
        let shown: Vec<&str> = units.iter().take(MOST_UNITS).map(|unit| &**unit).collect();
        let more = if units.len() > MOST_UNITS { " …" } else { "" };
        let example = shown.first().map(|unit| format!(", such as \"5 {unit}\"")).unwrap_or_default();
        let bare = if numbers.default.is_some() { "a number, or one" } else { "a number" };
        format!("{bare} with a unit {of}in quotes{example}: {}{more}", shown.join(", "))
    }

    /// Returns a declared measure.
    pub fn measure(&self, id: MeasureId) -> &Measure {
        &self.measures[usize::from(id.0)]
    }

    /// Returns all measures, in the order of their declaration.
    pub fn measures(&self) -> &[Measure] {
        &self.measures
    }

    /// Returns all measures with their ids, in the order of their declaration.
    pub fn measures_by_id(&self) -> impl Iterator<Item = (MeasureId, &Measure)> {
        self.measures.iter().zip(0_u16..).map(|(measure, id)| (MeasureId(id), measure))
    }

    /// Returns the words that may stand before a unit.
    pub fn multipliers(&self) -> &[Multiplier] {
        &self.multipliers
    }

    /// Returns the matrices, in the order of their declaration.
    pub fn matrices(&self) -> &[Matrix] {
        &self.matrices
    }

    /// Reads a unit: a measure by any of its names, perhaps with a multiplier before it and `/year` behind it.
    pub fn find_unit(&self, text: &str) -> Option<Unit> {
        if let Some(&measure) = self.measures_by_name.get(text) {
            return Some(Unit::new(measure, 0, false));
        }
        let (multiplier, rest) = match text.split_once(' ') {
            Some((word, rest)) => match self.multipliers.iter().position(|known| *known.name == *word) {
                Some(at) => (at.saturating_add(1), rest.trim_start()),
                None => (0, text),
            },
            None => (0, text),
        };
        let (name, is_rate) = rest.strip_suffix(RATE).map_or((rest, false), |name| (name, true));
        let measure = *self.measures_by_name.get(name)?;
        (!is_rate || self.measure(measure).has_rate).then(|| Unit::new(measure, multiplier as u8, is_rate))
    }

    /// Returns every word for a measure: its name, its plural and its symbol.
    pub fn measure_names(&self) -> impl Iterator<Item = &str> {
        self.measures_by_name.keys().map(|name| &**name)
    }

    /// Returns the name of a unit, for several of it: "million EUR", "boxes/year".
    pub fn unit_name(&self, unit: Unit) -> Cow<'_, str> {
        self.named(unit, &self.measure(unit.measure()).plural)
    }

    /// Returns the name of a unit behind a number: "1 kilometre", "2 kilometres".
    pub fn unit_after(&self, number: f64, unit: Unit) -> Cow<'_, str> {
        let measure = self.measure(unit.measure());
        let is_one = number.abs().total_cmp(&1.0).is_eq() && unit.multiplier() == 0;
        self.named(unit, if is_one { &measure.name } else { &measure.plural })
    }

    fn named<'a>(&'a self, unit: Unit, name: &'a str) -> Cow<'a, str> {
        let rate = if unit.is_rate() { RATE } else { "" };
        match self.multiplier(unit) {
            None if rate.is_empty() => Cow::Borrowed(name),
            None => Cow::Owned(format!("{name}{rate}")),
            Some(multiplier) => Cow::Owned(format!("{} {name}{rate}", multiplier.name)),
        }
    }

    fn multiplier(&self, unit: Unit) -> Option<&Multiplier> {
        unit.multiplier().checked_sub(1).and_then(|at| self.multipliers.get(at))
    }

    /// Returns true if a property takes numbers with this unit.
    pub fn takes(&self, id: PropertyId, unit: Unit) -> bool {
        let Range::Number(numbers) = &self.property(id).range else { return false };
        let lists = |listed: &Unit| listed.measure() == unit.measure() && listed.is_rate() == unit.is_rate();
        numbers.listed.iter().any(lists)
            || numbers.dimension.as_ref().is_some_and(|dimension| self.measure(unit.measure()).dimension == *dimension)
    }

    /// Returns the size of a unit in the base unit of its dimension.
    pub fn size(&self, unit: Unit) -> f64 {
        self.measure(unit.measure()).factor * self.scale(unit)
    }

    /// Returns the number by which the multiplier of a unit multiplies; 1 without one.
    pub fn scale(&self, unit: Unit) -> f64 {
        self.multiplier(unit).map_or(1.0, |multiplier| multiplier.factor)
    }

    /// Returns the number by which a number with one unit is multiplied to have another; `None` if the two cannot be
    /// converted.
    pub fn conversion(&self, from: Unit, to: Unit) -> Option<f64> {
        let (a, b) = (self.measure(from.measure()), self.measure(to.measure()));
        let converts = from.measure() == to.measure() || a.dimension == b.dimension && a.dimension.has_conversions();
        (converts && from.is_rate() == to.is_rate()).then(|| self.size(from) / self.size(to))
    }

    /// Returns true if a number with this unit counts things.
    pub fn is_count(&self, unit: Unit) -> bool {
        self.measure(unit.measure()).dimension == Dimension::Count
    }

    /// Returns true if a unit is a share of a whole.
    pub fn is_share(&self, unit: Unit) -> bool {
        self.measure(unit.measure()).dimension == Dimension::Share
    }

    /// Returns true if a number with one unit may be part of a sum with another: both count the same, if by other words.
    /// What is taken on each year is so many a year, but what comes each year is no part of what there is.
    pub fn adds_up(&self, part: Unit, sum: Unit) -> bool {
        let counted = |unit: Unit| self.measure(unit.measure()).adds_to.as_deref();
        counted(part).is_some() && counted(part) == counted(sum) && part.is_rate() <= sum.is_rate()
    }

    /// Returns true if a link leads from a part to a whole.
    pub fn is_whole(&self, id: PropertyId) -> bool {
        self.has_role(id, Role::Whole)
    }

    /// Returns the links along which a part leads to its wholes, and a tenure to its person.
    pub fn ways(&self) -> &[PropertyId] {
        &self.ways
    }

    /// Returns the properties with a role, in the order in which they are listed.
    pub fn with_role(&self, role: Role) -> impl Iterator<Item = PropertyId> + '_ {
        self.properties().filter(move |&id| self.has_role(id, role))
    }

    /// Returns the name of a core property.
    pub fn name(&self, id: impl Into<PropertyId>) -> &str {
        &self.property(id).name
    }

    /// Returns the label of a property.
    pub fn label(&self, id: impl Into<PropertyId>) -> &str {
        &self.property(id).label
    }

    /// Returns true if every core property and core kind is declared under its own number.
    pub(super) fn has_core(&self) -> bool {
        let kinds = CoreKind::ALL.iter().all(|&kind| self.find_kind(kind.as_str()) == Some(kind.into()));
        kinds && Core::ALL.iter().all(|&core| self.find_property(core.as_str()) == Some(core.into()))
    }
}

/// Examples of dates, as the end of a message about one that is wrong.
pub const DATE_EXAMPLES: &str = "such as \"1957\", \"2014-07\", \"2021-01-27\" or \"[..2014-06]\"";
