//! The words of a dossier in its file: kept as TOML in one row of the table `dossier`, and written once more as rows of
//! `kind`, `property` and `measure` for people's queries.
//!
//! Invariant: only what is used or declared by the dossier is written as rows.

use std::collections::HashSet;

use rusqlite::{Connection, Result, params};

use super::schema::{KIND, MEASURE, PROPERTY};
use crate::model::{Dossier, KindId, PropertyId, Range, Term, Unit, Value, Vocabulary};
use crate::vocabulary::{Kinds, MeasureId, Origin, Role, Template};

/// What the rows of a dossier use.
#[derive(Default)]
struct Used {
    kinds: HashSet<KindId>,
    properties: HashSet<PropertyId>,
    measures: HashSet<MeasureId>,
}

impl Used {
    fn new(dossier: &Dossier) -> Self {
        let mut used = Self::default();
        used.kinds.extend(dossier.entities().map(|id| dossier.entity(id).kind));
        for claim in dossier.all_claims() {
            used.properties.insert(claim.property);
            if let Value::Number { unit, .. } = claim.value {
                used.unit(unit);
            }
        }
        for term in dossier.checks().iter().flat_map(|check| dossier.terms(check)) {
            match *term {
                Term::Slot { property, .. } => {
                    used.properties.insert(property);
                }
                Term::Constant(quantity) => quantity.unit.into_iter().for_each(|unit| used.unit(unit)),
                Term::Count { kind, filters } => {
                    used.kinds.insert(kind);
                    used.properties.extend(dossier.filters(filters).iter().map(|filter| filter.property));
                }
            }
        }
        let words = dossier.vocabulary();
        used.kinds.extend(words.kinds().filter(|&kind| words.kind(kind).origin == Origin::Dossier));
        let above: Vec<KindId> = used.kinds.iter().flat_map(|&kind| words.with_above(kind)).collect();
        used.kinds.extend(above);
        used.properties.extend(words.properties().filter(|&id| words.property(id).origin == Origin::Dossier));
        used
    }

    fn unit(&mut self, unit: Unit) {
        self.measures.insert(unit.measure());
    }
}

/// Writes the rows of `kind`, `property` and `measure`.
pub(super) fn write(dossier: &Dossier, connection: &Connection) -> Result<()> {
    let words = dossier.vocabulary();
    let used = Used::new(dossier);
    let mut kinds = connection.prepare(&KIND.insert())?;
    let mut known: Vec<KindId> = words.kinds().filter(|id| used.kinds.contains(id)).collect();
    // A row refers to that of the kind above.
    known.sort_by_key(|&id| words.with_above(id).count());
    for id in known {
        let kind = words.kind(id);
        let parent = kind.parent.map(|parent| &*words.kind(parent).name);
        kinds.execute(params![kind.name, parent, kind.label, kind.plural, kind.origin.as_str()])?;
    }
    let mut properties = connection.prepare(&PROPERTY.insert())?;
    for id in words.properties().filter(|id| used.properties.contains(id)) {
        let property = words.property(id);
        let (value, allowed) = range(words, &property.range);
        let many = if property.many { "several" } else { "one" };
        properties.execute(params![
            property.name,
            property.label,
            names(words, &property.domain),
            value,
            allowed,
            many,
            property.happening.as_ref().map(Template::words),
            property.role.map(Role::as_str),
            property.inverse,
            property.origin.as_str(),
        ])?;
    }
    let mut measures = connection.prepare(&MEASURE.insert())?;
    for (id, measure) in words.measures_by_id() {
        if used.measures.contains(&id) || measure.origin == Origin::Dossier {
            let dimension = measure.dimension.name();
            measures.execute(params![
                measure.name,
                measure.plural,
                dimension,
                measure.factor,
                measure.origin.as_str()
            ])?;
        }
    }
    Ok(())
}

/// Returns the word for the values of a property, and what it takes.
fn range(words: &Vocabulary, range: &Range) -> (&'static str, Option<String>) {
    let takes = match range {
        Range::Text(_) | Range::Date => None,
        Range::Number(numbers) => {
            let units: Vec<_> = numbers.listed.iter().map(|&unit| words.unit_name(unit)).collect();
            let dimension = numbers.dimension.as_ref().map(|dimension| dimension.name().into());
            Some(units.into_iter().chain(dimension).collect::<Vec<_>>().join(", "))
        }
        Range::Entity(kinds) => Some(names(words, kinds)),
    };
    (range.word(), takes)
}

fn names(words: &Vocabulary, kinds: &Kinds) -> String {
    let names: Vec<&str> = kinds.listed.iter().map(|&kind| &*words.kind(kind).name).collect();
    names.join(", ")
}
