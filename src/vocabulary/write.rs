//! Writes declarations as TOML.
//!
//! Invariant: what is written is read as an equal vocabulary again.

use std::fmt::Write as _;

use super::Vocabulary;
use super::base::Base;
use super::kind::{Kind, KindId, Kinds};
use super::matrix::{Cell, Columns, Matrix, Members};
use super::measure::{Measure, Unit};
use super::property::{Counts, Property, PropertyId, Range};

/// Returns a text as a TOML string.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len().saturating_add(2));
    quoted.push('"');
    for sign in text.chars() {
        match sign {
            '"' | '\\' => quoted.extend(['\\', sign]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            sign if sign.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(sign));
            }
            sign => quoted.push(sign),
        }
    }
    quoted.push('"');
    quoted
}

fn list<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let texts: Vec<String> = texts.into_iter().map(quoted).collect();
    format!("[{}]", texts.join(", "))
}

/// A table that is written.
struct Table(String);

impl Table {
    fn new(name: &str) -> Self {
        Self(format!("[[{name}]]\n"))
    }

    fn text(&mut self, key: &str, value: impl AsRef<str>) {
        self.raw(key, quoted(value.as_ref()));
    }

    fn optional(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.text(key, value);
        }
    }

    fn raw(&mut self, key: &str, value: impl AsRef<str>) {
        let _ = writeln!(self.0, "{key} = {}", value.as_ref());
    }
}

impl Vocabulary {
    /// Returns the built-in set on which the vocabulary is based.
    pub fn base(&self) -> Base {
        self.base
    }

    /// Returns the declarations that differ from those of the built-in set, as TOML; empty if none does.
    pub fn own_toml(&self) -> String {
        self.toml_without(&Self::built_in(self.base))
    }

    /// Returns all declarations as TOML, without multipliers and currencies.
    pub fn to_toml(&self) -> String {
        self.toml_without(&Self::default())
    }

    fn toml_without(&self, base: &Self) -> String {
        let known_measure = |measure: &Measure| base.measures.iter().any(|known| known.name == measure.name);
        let mut tables: Vec<String> = Vec::new();
        let measures = self.measures.iter().filter(|measure| !base.measures.contains(measure));
        tables.extend(measures.map(|measure| measure_table(measure, known_measure(measure))));
        for kind in &self.kinds {
            let known = base.find_kind(&kind.name).map(|id| base.kind_table(base.kind(id), false));
            let own = self.kind_table(kind, false);
            match known {
                Some(known) if known == own => {}
                Some(_) => tables.push(self.kind_table(kind, true)),
                None => tables.push(own),
            }
        }
        for property in &self.properties {
            let known = base.find_property(&property.name).map(|id| base.property(id));
            match known {
                Some(known) if self.is_same(known, property) => {}
                Some(known) if extends(known, property) => {
                    tables.push(self.property_table(property, Change::Extends(known)));
                }
                Some(_) => tables.push(self.property_table(property, Change::Replaces)),
                None => tables.push(self.property_table(property, Change::New)),
            }
        }
        let matrices =
            self.matrices.iter().filter(|matrix| base.matrices.iter().all(|known| known.name != matrix.name));
        tables.extend(matrices.map(|matrix| self.matrix_table(matrix)));
        tables.join("\n")
    }

    fn kind_table(&self, kind: &Kind, extends: bool) -> String {
        let mut table = Table::new("kind");
        table.text("name", &kind.name);
        match kind.parent {
            Some(parent) if !extends => table.text("of", self.kind_name(parent)),
            Some(_) | None => {}
        }
        table.text("label", &kind.label);
        table.text("plural", &kind.plural);
        table.text("group", &kind.group);
        if let Some(order) = kind.order {
            table.raw("order", order.to_string());
        }
        if extends {
            table.raw("extend", "true");
        }
        table.0
    }

    /// Returns true if a property is as a built-in set has it. Both are written with the words of this vocabulary, whose
    /// units may have other names than those of the set.
    fn is_same(&self, known: &Property, property: &Property) -> bool {
        let table = |property| self.property_table(property, Change::New);
        known.origin == property.origin && table(known) == table(property)
    }

    pub(super) fn property_table(&self, property: &Property, change: Change<'_>) -> String {
        let is_extension = matches!(change, Change::Extends(_));
        let mut table = Table::new("property");
        table.text("name", &property.name);
        table.text("label", &property.label);
        table.raw("of", self.kind_list(&property.domain));
        self.write_range(&mut table, &property.range, change);
        if !is_extension {
            if property.many != Property::is_usually_many(&property.range, property.exclusive) {
                table.raw("many", property.many.to_string());
            }
            if property.exclusive {
                table.raw("exclusive", "true");
            }
            table.optional("role", property.role.map(super::property::Role::as_str));
            if !property.values.is_empty() {
                table.raw("values", list(property.values.iter().map(|value| &**value)));
            }
        }
        table.optional("inverse", property.inverse.as_deref());
        let sentences = [&property.happening].into_iter().chain(&property.others);
        for (key, sentence) in ["happening", "planned", "alleged", "denied"].into_iter().zip(sentences) {
            table.optional(key, sentence.as_ref().map(super::Template::as_str));
        }
        table.optional("field", property.field.as_deref());
        if !property.counts.is_empty() {
            let counts: Vec<String> = property.counts.iter().map(|counts| self.counts(counts)).collect();
            table.raw("counts", format!("[{}]", counts.join(", ")));
        }
        table.optional("group", property.group.as_deref());
        if let Some(order) = property.order {
            table.raw("order", order.to_string());
        }
        match change {
            Change::New => {}
            Change::Extends(_) => table.raw("extend", "true"),
            Change::Replaces => table.raw("replaces", "true"),
        }
        table.0
    }

    fn write_range(&self, table: &mut Table, range: &Range, change: Change<'_>) {
        // Of an extension only the units that it adds: it takes the others over, whatever has become of their names.
        let known = match change {
            Change::Extends(Property { range: Range::Number(numbers), .. }) => Some(numbers.listed.len()),
            Change::Extends(_) => Some(0),
            Change::New | Change::Replaces => None,
        };
        if known.is_none() {
            table.text("value", range.word());
        }
        match range {
            Range::Number(numbers) => {
                let units: Vec<_> = numbers.listed.iter().skip(known.unwrap_or_default()).collect();
                if !units.is_empty() {
                    let units: Vec<_> = units.into_iter().map(|&unit: &Unit| self.unit_name(unit)).collect();
                    table.raw("measure", list(units.iter().map(|unit| &**unit)));
                }
                let dimension = numbers.dimension.as_ref().filter(|_| known.is_none());
                table.optional("dimension", dimension.map(super::Dimension::name));
            }
            Range::Entity(kinds) => table.raw("to", self.kind_list(kinds)),
            Range::Text(_) | Range::Date => {}
        }
    }

    fn kind_list(&self, kinds: &Kinds) -> String {
        list(kinds.listed.iter().map(|&kind| self.kind_name(kind)))
    }

    fn kind_name(&self, kind: KindId) -> &str {
        &self.kind(kind).name
    }

    fn property_name(&self, property: PropertyId) -> String {
        quoted(self.name(property))
    }

    fn counts(&self, counts: &Counts) -> String {
        match counts {
            Counts::Values { property, plus } => {
                let plus = plus.map(|plus| format!(", plus = {}", self.property_name(plus))).unwrap_or_default();
                format!("{{ values = {}{plus} }}", self.property_name(*property))
            }
            Counts::Entities { kind, of_type, through } => self.members(*kind, of_type.as_deref(), *through),
        }
    }

    fn members(&self, kind: KindId, of_type: Option<&str>, through: PropertyId) -> String {
        format!("{{ {} }}", self.members_keys(kind, of_type, through))
    }

    fn members_keys(&self, kind: KindId, of_type: Option<&str>, through: PropertyId) -> String {
        let of_type = of_type.map(|of_type| format!(", type = {}", quoted(of_type))).unwrap_or_default();
        let kind = quoted(self.kind_name(kind));
        format!("kind = {kind}{of_type}, through = {}", self.property_name(through))
    }

    pub(super) fn matrix_table(&self, matrix: &Matrix) -> String {
        let mut table = Table::new("matrix");
        table.text("name", &matrix.name);
        table.text("label", &matrix.label);
        table.text("tab", &matrix.tab);
        table.text("of", self.kind_name(matrix.of));
        let Members { kind, of_type, through } = &matrix.rows;
        table.raw("rows", self.members(*kind, of_type.as_deref(), *through));
        table.raw("columns", self.columns(&matrix.columns));
        table.raw("cell", self.cell(&matrix.cell));
        if !matrix.marks.is_empty() {
            let marks: Vec<String> = matrix
                .marks
                .iter()
                .map(|mark| {
                    format!(
                        "{{ label = {}, kind = {}, row = {}, pick = {} }}",
                        quoted(&mark.label),
                        quoted(self.kind_name(mark.kind)),
                        self.property_name(mark.row),
                        quoted(&format!("earliest {}", self.name(mark.earliest))),
                    )
                })
                .collect();
            table.raw("marks", format!("[{}]", marks.join(", ")));
        }
        if !matrix.checks.is_empty() {
            table.raw("checks", list(matrix.checks.iter().map(|&check| self.name(check))));
        }
        table.0
    }

    fn columns(&self, columns: &Columns) -> String {
        match columns {
            Columns::Texts { order, groups } => {
                let groups: Vec<String> = groups
                    .iter()
                    .map(|(heading, values)| {
                        format!("{} = {}", quoted(heading), list(values.iter().map(|value| &**value)))
                    })
                    .collect();
                let order = list(order.iter().map(|value| &**value));
                format!("{{ order = {order}, group = {{ {} }} }}", groups.join(", "))
            }
            Columns::Entities { members, order } => {
                let Members { kind, of_type, through } = members;
                let order = order.map(|order| format!(", order = {}", self.property_name(order))).unwrap_or_default();
                format!("{{ {}{order} }}", self.members_keys(*kind, of_type.as_deref(), *through))
            }
        }
    }

    fn cell(&self, cell: &Cell) -> String {
        match cell {
            Cell::Entities { kind, row, column } => format!(
                "{{ kind = {}, row = {}, column = {} }}",
                quoted(self.kind_name(*kind)),
                self.property_name(*row),
                self.property_name(*column)
            ),
            Cell::Links(links) => format!(
                "{{ property = {}, sign = {} }}",
                list(links.iter().map(|(property, _)| self.name(*property))),
                list(links.iter().map(|(_, sign)| &**sign))
            ),
        }
    }
}

/// How a table of a property changes what a built-in set has.
#[derive(Debug, Clone, Copy)]
pub(super) enum Change<'a> {
    /// The set has no such property.
    New,
    /// More is said of that of the set.
    Extends(&'a Property),
    /// It takes the place of that of the set.
    Replaces,
}

/// Returns true if an extension of one property gives another: it can add and rename, and take nothing away.
fn extends(known: &Property, property: &Property) -> bool {
    let adds = |known: &Kinds, kinds: &Kinds| kinds.listed.starts_with(&known.listed);
    let range = match (&known.range, &property.range) {
        (Range::Text(known), Range::Text(form)) => known == form,
        (Range::Number(known), Range::Number(numbers)) => {
            (&known.default, &known.dimension) == (&numbers.default, &numbers.dimension)
                && numbers.listed.starts_with(&known.listed)
        }
        (Range::Entity(known), Range::Entity(kinds)) => adds(known, kinds),
        (Range::Date, Range::Date) => true,
        (Range::Text(_) | Range::Number(_) | Range::Entity(_) | Range::Date, _) => false,
    };
    let fixed = |property: &Property| (property.many, property.exclusive, property.role, property.values.clone());
    let said = |property: &Property| {
        let sentences = [&property.happening].into_iter().chain(&property.others).map(Option::is_some);
        let texts = [&property.field, &property.inverse, &property.group].into_iter().map(Option::is_some);
        let others = [property.order.is_some(), !property.counts.is_empty()];
        sentences.chain(texts).chain(others).collect::<Vec<bool>>()
    };
    let keeps_all = said(known).into_iter().zip(said(property)).all(|(before, after)| after || !before);
    range && keeps_all && fixed(known) == fixed(property) && adds(&known.domain, &property.domain)
}

pub(super) fn measure_table(measure: &Measure, replaces: bool) -> String {
    let mut table = Table::new("measure");
    table.text("name", &measure.name);
    if measure.plural != measure.name {
        table.text("plural", &measure.plural);
    }
    table.optional("symbol", measure.symbol.as_deref());
    table.text("dimension", measure.dimension.name());
    table.raw("factor", format!("{:?}", measure.factor));
    table.optional("adds_to", measure.adds_to.as_deref());
    if measure.has_rate {
        table.raw("rate", "true");
    }
    if replaces {
        table.raw("replaces", "true");
    }
    table.0
}

#[cfg(test)]
mod tests;
