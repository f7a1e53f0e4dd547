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
            let known = base.find_property(&property.name);
            let own = self.property_table(property, None);
            if known.is_some_and(|id| base.property_table(base.property(id), None) == own) {
                continue;
            }
            tables.push(match known {
                Some(id) if id.core().is_some() => self.property_table(property, Some("extend")),
                Some(_) => self.property_table(property, Some("replaces")),
                None => own,
            });
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

    pub(super) fn property_table(&self, property: &Property, change: Option<&str>) -> String {
        let is_extension = change == Some("extend");
        let mut table = Table::new("property");
        table.text("name", &property.name);
        table.text("label", &property.label);
        table.raw("of", self.kind_list(&property.domain));
        self.write_range(&mut table, property, is_extension);
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
        if let Some(change) = change {
            table.raw(change, "true");
        }
        table.0
    }

    fn write_range(&self, table: &mut Table, property: &Property, is_extension: bool) {
        let value = match &property.range {
            Range::Text(form) => form.as_str(),
            Range::Number(_) => "number",
            Range::Entity(_) => "entity",
            Range::Date => "date",
        };
        if !is_extension {
            table.text("value", value);
        }
        match &property.range {
            Range::Number(numbers) => {
                if !numbers.listed.is_empty() {
                    let units: Vec<_> = numbers.listed.iter().map(|&unit: &Unit| self.unit_name(unit)).collect();
                    table.raw("measure", list(units.iter().map(|unit| &**unit)));
                }
                table.optional("dimension", numbers.dimension.as_ref().map(super::Dimension::name));
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
mod tests {
    use super::*;
    use crate::syntax::SourceFile;
    use crate::vocabulary::Origin;
    use crate::vocabulary::read::read_texts;

    const OWN: &str = r#"
[[measure]]
name = "voice"
plural = "voices"
symbol = "V\"\\"
factor = 2.5
dimension = "loudness"
[[kind]]
name = "choir"
of = "institution"
label = "Choir"
[[kind]]
name = "person"
label = "Singer"
extend = true
[[property]]
name = "range"
label = "Range"
of = ["choir", "person"]
value = "number"
measure = ["voices", "million voices"]
counts = [{ kind = "unit", type = "alto", through = "institution" }, { values = "member", plus = "seats" }]
group = "Voices"
[[property]]
name = "sung"
label = "Sung"
of = ["choir"]
value = "date"
happening = "{subject} sings[ in {place}]"
planned = "{subject} is to sing"
[[property]]
name = "parent"
of = ["choir"]
label = "Sings in"
extend = true
[[property]]
name = "motto"
label = "Song"
of = ["choir"]
value = "text"
values = ["a", "b"]
replaces = true
[[matrix]]
name = "songs"
label = "Singers × songs"
of = "choir"
rows = { kind = "person", through = "member" }
columns = { order = ["x"], group = { "Y z" = ["y", "z"] } }
cell = { kind = "event", row = "person", column = "type" }
marks = [{ label = "First", kind = "event", row = "person", pick = "earliest when" }]
checks = ["range"]
"#;

    #[test]
    fn what_is_written_is_read_as_the_same_vocabulary() {
        for &base in Base::ALL {
            let base = Vocabulary::built_in(base);
            let own = if base.base() == Base::General { OWN } else { "" };
            let (vocabulary, defects) = read_texts(&base, Origin::Dossier, &[SourceFile::new("own.toml", own)]);
            assert_eq!(defects, []);
            let written = vocabulary.own_toml();
            assert_eq!(written.is_empty(), own.is_empty(), "{written}");
            let (again, defects) = read_texts(&base, Origin::Dossier, &[SourceFile::new("again.toml", &*written)]);
            assert_eq!(defects, [], "{written}");
            assert_eq!(again.own_toml(), written);
            assert_eq!(again, vocabulary);
        }
    }

    #[test]
    fn a_text_is_quoted_so_that_it_is_read_again() {
        for text in ["", "a\"b\\", "é\u{1}\u{7f}\u{85}\n\r\t", "漢"] {
            let toml = format!("x = {}", quoted(text));
            let file = SourceFile::new("x", toml);
            let mut defects = Vec::new();
            let parsed = crate::syntax::Parsed::new(&file, &mut defects);
            assert_eq!(parsed.fields().get("x").unwrap().as_text(), Some(text), "{}", file.text);
        }
    }
}
