//! Carries the words of one vocabulary over to another built-in set: what has to be declared so that they mean the same.
//!
//! Invariant: only words in use are declared, and those that their declarations name.

use super::Vocabulary;
use super::matrix::{Cell, Columns, Matrix};
use super::measure::MeasureId;
use super::property::{Counts, Property, PropertyId, Range};
use super::write::{Change, measure_table};

/// The properties and measures that are in use.
#[derive(Debug, Clone, Default)]
pub struct InUse {
    /// Properties of which there is a claim, or which a check names.
    pub properties: Vec<PropertyId>,
    /// Measures in which there is a number.
    pub measures: Vec<MeasureId>,
}

/// The keys of a declaration that `extend = true` may change or add to.
const EXTENDABLE: &[&str] =
    &["label", "of", "to", "inverse", "happening", "planned", "alleged", "denied", "field", "counts", "group"];

impl Vocabulary {
    /// Returns the vocabulary with other names for some properties. A name that it does not have is left out.
    #[must_use]
    pub fn renamed(&self, names: &[(&str, &str)]) -> Self {
        let mut renamed = self.clone();
        for &(old, new) in names {
            let Some(id) = renamed.properties_by_name.remove(old) else { continue };
            renamed.properties_by_name.insert(new.into(), id);
            if let Some(property) = renamed.properties.get_mut(id.index()) {
                property.name = new.into();
            }
        }
        renamed
    }

    /// Returns the declarations, a table of TOML each, by which a dossier that is based on another set has the words in
    /// use with the meaning that they have here. Kinds are not declared: the other set has to have them.
    pub fn carried(&self, used: &InUse, to: &Self) -> Vec<String> {
        let matrices: Vec<&Matrix> = self.matrices.iter().filter(|matrix| has_cells(matrix, used)).collect();
        let matrices: Vec<&Matrix> =
            matrices.into_iter().filter(|own| to.matrices.iter().all(|known| known.name != own.name)).collect();
        let mut changes: Vec<(PropertyId, String)> = Vec::new();
        let mut waiting = used.properties.clone();
        waiting.extend(matrices.iter().flat_map(|matrix| properties_of(matrix)));
        while let Some(id) = waiting.pop() {
            if changes.iter().any(|(known, _)| *known == id) {
                continue;
            }
            if let Some(table) = self.change(id, to) {
                waiting.extend(self.named_by(self.property(id)));
                changes.push((id, table));
            }
        }
        changes.sort_by_key(|(id, _)| self.position(*id));
        let units = changes.iter().flat_map(|(id, _)| match &self.property(*id).range {
            Range::Number(numbers) => numbers.listed.as_slice(),
            Range::Text(_) | Range::Entity(_) | Range::Date => &[],
        });
        let needed: Vec<MeasureId> = used.measures.iter().copied().chain(units.map(|unit| unit.measure())).collect();
        let missing = self
            .measures_by_id()
            .filter(|(id, measure)| needed.contains(id) && to.measures.iter().all(|known| known.name != measure.name));
        let mut tables: Vec<String> = missing.map(|(_, measure)| measure_table(measure, false)).collect();
        tables.extend(changes.into_iter().map(|(_, table)| table));
        tables.extend(matrices.into_iter().map(|matrix| self.matrix_table(matrix)));
        tables
    }

    /// Returns the declaration that gives a property its meaning in another set; `None` if it has it there.
    fn change(&self, id: PropertyId, to: &Self) -> Option<String> {
        let own = self.property(id);
        let whole = self.property_table(own, Change::New);
        let Some(known) = to.find_property(&own.name) else { return Some(whole) };
        let theirs = to.property_table(to.property(known), Change::New);
        let (ours, theirs): (Vec<_>, Vec<_>) = (rows(&whole).collect(), rows(&theirs).collect());
        let fits = |key: &str| match key {
            "order" => true,
            "of" => self.has_all(&own.domain.listed, to, |kind| to.property(known).domain.has(kind)),
            "to" => self.has_all(targets(own), to, |kind| match &to.property(known).range {
                Range::Entity(kinds) => kinds.has(kind),
                Range::Text(_) | Range::Number(_) | Range::Date => false,
            }),
            "measure" | "dimension" => self.numbers_fit(own, to, known),
            _ => false,
        };
        let differs = |row: &(&str, &str), others: &[(&str, &str)]| !others.contains(row) && !fits(row.0);
        let changed: Vec<&(&str, &str)> = ours.iter().filter(|row| differs(row, &theirs)).collect();
        let is_more = theirs.iter().any(|row| differs(row, &ours) && ours.iter().all(|(key, _)| *key != row.0));
        if changed.is_empty() && !is_more {
            return None;
        }
        if !is_more && changed.iter().all(|(key, _)| EXTENDABLE.contains(key)) {
            let rows = changed.iter().map(|(key, value)| format!("{key} = {value}\n"));
            let head = format!("[[property]]\nname = {}\n", super::quoted(&own.name));
            return Some(head + &rows.collect::<String>() + "extend = true\n");
        }
        Some(self.property_table(own, Change::Replaces))
    }

    /// Returns true if another set has kinds of these names that all pass a test.
    fn has_all(&self, kinds: &[super::KindId], to: &Self, passes: impl Fn(super::KindId) -> bool) -> bool {
        kinds.iter().all(|&kind| to.find_kind(&self.kind(kind).name).is_some_and(&passes))
    }

    /// Returns true if a number without a unit means the same in both, and the other takes every unit of this one.
    fn numbers_fit(&self, own: &Property, to: &Self, known: PropertyId) -> bool {
        let (Range::Number(ours), Range::Number(theirs)) = (&own.range, &to.property(known).range) else {
            return false;
        };
        let usual = ours.default.map(|unit| self.unit_name(unit)) == theirs.default.map(|unit| to.unit_name(unit));
        let takes = |name: &str| to.find_unit(name).is_some_and(|unit| to.takes(known, unit));
        let all = ours.listed.iter().all(|&unit| takes(&self.unit_name(unit)));
        usual && all && (ours.dimension.is_none() || ours.dimension == theirs.dimension)
    }

    /// Returns the properties that a declaration names.
    fn named_by(&self, property: &Property) -> Vec<PropertyId> {
        let sentences = property.happening.iter().chain(property.others.iter().flatten());
        let placeholders =
            sentences.flat_map(super::Template::placeholders).filter_map(|name| self.find_property(name));
        let counted = property.counts.iter().flat_map(|counts| match counts {
            Counts::Entities { through, .. } => vec![*through],
            Counts::Values { property, plus } => [Some(*property), *plus].into_iter().flatten().collect(),
        });
        placeholders.chain(counted).collect()
    }
}

/// Returns the kinds to which a link may lead; none for other properties.
fn targets(property: &Property) -> &[super::KindId] {
    match &property.range {
        Range::Entity(kinds) => &kinds.listed,
        Range::Text(_) | Range::Number(_) | Range::Date => &[],
    }
}

/// Returns the keys of a written table with their values.
fn rows(table: &str) -> impl Iterator<Item = (&str, &str)> {
    table.lines().filter_map(|line| line.split_once(" = "))
}

/// Returns true if there are claims from which a matrix has cells.
fn has_cells(matrix: &Matrix, used: &InUse) -> bool {
    match &matrix.cell {
        Cell::Entities { row, column, .. } => used.properties.contains(row) && used.properties.contains(column),
        Cell::Links(links) => links.iter().any(|(property, _)| used.properties.contains(property)),
    }
}

/// Returns the properties that a matrix names.
fn properties_of(matrix: &Matrix) -> Vec<PropertyId> {
    let mut named = vec![matrix.rows.through];
    match &matrix.columns {
        Columns::Texts { .. } => {}
        Columns::Entities { members, order } => named.extend([members.through].into_iter().chain(*order)),
    }
    match &matrix.cell {
        Cell::Entities { row, column, .. } => named.extend([*row, *column]),
        Cell::Links(links) => named.extend(links.iter().map(|(property, _)| *property)),
    }
    named.extend(matrix.marks.iter().flat_map(|mark| [mark.row, mark.earliest]));
    named.extend(&matrix.checks);
    named
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::SourceFile;
    use crate::vocabulary::read::read_texts;
    use crate::vocabulary::{Base, Origin};

    /// Reads declarations on top of the core.
    fn words(text: &str) -> Vocabulary {
        let file = SourceFile::new("words.toml", text);
        let (words, defects) = read_texts(&Vocabulary::built_in(Base::Core), Origin::General, &[file]);
        assert_eq!(defects, []);
        words
    }

    fn carried(from: &str, to: &str, used: &[&str]) -> Vec<String> {
        let (from, to) = (words(from), words(to));
        let properties = used.iter().map(|name| from.find_property(name).unwrap()).collect();
        from.carried(&InUse { properties, measures: Vec::new() }, &to)
    }

    const WIDE: &str = "[[property]]\nname = \"x\"\nlabel = \"X\"\nof = [\"item\", \"unit\"]\nvalue = \"number\"\nmeasure = [\"m\", \"km\"]\n";

    #[test]
    fn what_the_other_set_has_is_not_declared() {
        let narrow = WIDE.replace(", \"unit\"", "").replace(", \"km\"", "\"").replace("\"m\"\"", "\"m\"");
        assert_eq!(carried(&narrow, WIDE, &["x"]), [""; 0]);
        assert_eq!(carried(WIDE, "", &[]), [""; 0], "only what is used");
    }

    #[test]
    fn what_it_lacks_is_declared_with_what_that_names() {
        let text = "[[measure]]\nname = \"oar\"\nplural = \"oars\"\n[[measure]]\nname = \"sail\"\n\
            [[property]]\nname = \"rowers\"\nlabel = \"R\"\nof = [\"item\"]\nvalue = \"number\"\nmeasure = [\"oars\"]\ncounts = { values = \"crew\" }\n\
            [[property]]\nname = \"crew\"\nlabel = \"C\"\nof = [\"item\"]\nvalue = \"entity\"\nto = [\"person\"]\n";
        let tables = carried(text, "", &["rowers"]);
        let heads: Vec<&str> = tables.iter().map(|table| table.lines().nth(1).unwrap()).collect();
        assert_eq!(heads, ["name = \"oar\"", "name = \"rowers\"", "name = \"crew\""]);
        let (_, defects) = read_texts(
            &Vocabulary::built_in(Base::Core),
            Origin::Dossier,
            &[SourceFile::new("own.toml", tables.join("\n"))],
        );
        assert_eq!(defects, []);
    }

    #[test]
    fn what_means_something_else_is_extended_or_replaced() {
        let extension = "[[property]]\nname = \"x\"\nlabel = \"X\"\nextend = true\n";
        assert_eq!(carried(WIDE, &WIDE.replace("\"X\"", "\"Y\""), &["x"]), [extension]);
        for other in [
            WIDE.replace("\"m\", \"km\"", "\"km\", \"m\""),
            WIDE.replace("\"m\", \"km\"", "\"m\""),
            WIDE.replace("measure = [\"m\", \"km\"]", "dimension = \"money\""),
            format!("{WIDE}group = \"G\"\n"),
            format!("{WIDE}many = true\n"),
        ] {
            let tables = carried(WIDE, &other, &["x"]);
            assert_eq!(tables.len(), 1, "{other}");
            assert!(tables[0].ends_with("replaces = true\n"), "{other}");
        }
    }

    #[test]
    fn the_general_set_has_every_kind_and_measure_of_format_1_as_it_was() {
        let (old, new) = (Vocabulary::built_in(Base::V1), Vocabulary::built_in(Base::General));
        for kind in old.kinds().map(|id| old.kind(id)) {
            let known = new.kind(new.find_kind(&kind.name).unwrap());
            assert_eq!((&known.label, &known.plural, &known.group), (&kind.label, &kind.plural, &kind.group));
            assert_eq!((known.core, known.order), (kind.core, kind.order));
        }
        for measure in old.measures() {
            let known = new.measures().iter().find(|known| known.name == measure.name);
            assert!(known.is_none_or(|known| known == measure), "{}", measure.name);
        }
    }

    #[test]
    fn a_renamed_property_is_found_by_its_new_name_alone() {
        let words = words(WIDE).renamed(&[("x", "y"), ("z", "w")]);
        assert_eq!(words.find_property("x"), None);
        assert_eq!(&*words.property(words.find_property("y").unwrap()).name, "y");
        assert_eq!(words.find_property("w"), None);
    }
}
