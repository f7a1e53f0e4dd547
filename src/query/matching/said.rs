//! Finds the entities of which a property has a value: `opened:2019..2021`, `cost:>12`, `party:labour`.
//!
//! A link means the entities that it names: what belongs to one of them is found, too, if the link leads to a whole. A
//! text means the entities that it is said of; if it is the column of a matrix, the rows in which they stand are found,
//! too, and a heading of the matrix stands for all texts under it.
//!
//! Invariant: a claim that is denied or deprecated has no effect.

use std::collections::HashMap;

use super::named::{NamedEntities, counts, has_words, set};
use crate::model::id::Sym;
use crate::model::{Claim, Dossier, EntityId, PropertyId, Quantity, Value};
use crate::query::SaidTest;
use crate::text::fold::fold;
use crate::timeline::World;
use crate::vocabulary::{Cell, Columns, Matrix};

/// Returns the entities that a test of a property finds.
pub(super) fn entities(world: &World, property: PropertyId, test: &SaidTest) -> NamedEntities {
    let dossier = world.dossier();
    let words = dossier.vocabulary();
    let claims = || dossier.all_claims().iter().filter(|claim| claim.property == property && counts(claim));
    match test {
        SaidTest::Names(names) if claims().any(|claim| matches!(claim.value, Value::Entity(_))) => {
            let named = targets_called(dossier, claims(), names);
            if words.is_whole(property) {
                return NamedEntities::touching(world, &named);
            }
            let subjects =
                claims().filter(|claim| Dossier::target(claim).is_some_and(|target| named.contains(&target)));
            let subjects: Vec<EntityId> = subjects.map(|claim| claim.subject).collect();
            let related = [named.as_slice(), &subjects].concat();
            NamedEntities::Entities { named: set(dossier, &subjects), related: set(dossier, &related) }
        }
        SaidTest::Names(names) => {
            let named = subjects_of_text(dossier, property, claims(), names);
            let rows = words.matrices().iter().filter_map(|matrix| row_of(matrix, property));
            let mut related = named.clone();
            for row in rows {
                for &entity in &named {
                    let links = dossier.slot(entity, row).iter().filter(|claim| counts(claim));
                    related.extend(links.filter_map(Dossier::target));
                }
            }
            NamedEntities::Entities { named: set(dossier, &named), related: set(dossier, &related) }
        }
        SaidTest::Dates(_) => NamedEntities::Entities { named: set(dossier, &[]), related: set(dossier, &[]) },
        SaidTest::Numbers(ranges) => {
            let fits = |claim: &&Claim| match claim.value {
                Value::Number { number, unit } => {
                    let quantity = Quantity { number: number.get(), unit: Some(unit) };
                    ranges.iter().any(|range| range.has(words, quantity))
                }
                Value::Text(_) | Value::Entity(_) | Value::Date(_) | Value::Missing => false,
            };
            let named: Vec<EntityId> = claims().filter(fits).map(|claim| claim.subject).collect();
            NamedEntities::Entities { named: set(dossier, &named), related: set(dossier, &named) }
        }
    }
}

/// Returns the property that leads from the cells to the rows of a matrix whose columns are the values of a property.
fn row_of(matrix: &Matrix, property: PropertyId) -> Option<PropertyId> {
    match matrix.cell {
        Cell::Entities { row, column, .. } if column == property => Some(row),
        Cell::Entities { .. } | Cell::Links(_) => None,
    }
}

/// Returns the targets of these links that have one of these names: all words of it as whole words, or, if none has,
/// words that start with them.
fn targets_called<'a>(dossier: &Dossier, claims: impl Iterator<Item = &'a Claim>, names: &[String]) -> Vec<EntityId> {
    let mut targets: Vec<EntityId> = claims.filter_map(Dossier::target).collect();
    targets.sort_unstable();
    targets.dedup();
    let called: Vec<(EntityId, Vec<String>)> = targets
        .into_iter()
        .map(|target| {
            let others = dossier.names(target).iter().map(|name| fold(dossier.text(name.value)));
            (target, others.chain([fold(dossier.label(target)), fold(dossier.id(target))]).collect())
        })
        .collect();
    let find = |name: &str, are_whole| -> Vec<EntityId> {
        let has = |names: &[String]| names.iter().any(|text| text == name || has_words(text, name, are_whole));
        called.iter().filter(|(_, names)| has(names)).map(|(target, _)| *target).collect()
    };
    let each = names.iter().flat_map(|name| {
        let whole = find(name, true);
        if whole.is_empty() { find(name, false) } else { whole }
    });
    each.collect()
}

/// Returns the entities of which a text is said that is one of these words, or stands under such a heading of a matrix;
/// if no text does, those of which a text starts with them.
fn subjects_of_text<'a>(
    dossier: &Dossier,
    property: PropertyId,
    claims: impl Iterator<Item = &'a Claim>,
    names: &[String],
) -> Vec<EntityId> {
    let claims: Vec<(EntityId, Sym)> = claims
        .filter_map(|claim| match claim.value {
            Value::Text(text) => Some((claim.subject, text)),
            Value::Number { .. } | Value::Entity(_) | Value::Date(_) | Value::Missing => None,
        })
        .collect();
    let mut texts: HashMap<Sym, Vec<String>> = HashMap::new();
    for &(_, text) in &claims {
        texts.entry(text).or_insert_with(|| {
            let folded = fold(dossier.text(text));
            let headings = headings(dossier, property, &folded);
            std::iter::once(folded).chain(headings).collect()
        });
    }
    let mut wanted: Vec<Sym> = Vec::new();
    for name in names {
        let some = |fits: &dyn Fn(&String) -> bool| -> Vec<Sym> {
            texts.iter().filter(|(_, words)| words.iter().any(fits)).map(|(&text, _)| text).collect()
        };
        let whole = some(&|text| text == name);
        wanted.extend(if whole.is_empty() { some(&|text| has_words(text, name, false)) } else { whole });
    }
    claims.into_iter().filter(|(_, text)| wanted.contains(text)).map(|(subject, _)| subject).collect()
}

/// Returns the folded headings of matrices under which a folded text stands as a column.
fn headings(dossier: &Dossier, property: PropertyId, folded: &str) -> Vec<String> {
    let matrices = dossier.vocabulary().matrices().iter().filter(|matrix| row_of(matrix, property).is_some());
    let groups = matrices.flat_map(|matrix| match &matrix.columns {
        Columns::Texts { groups, .. } => groups.as_slice(),
        Columns::Entities { .. } => &[],
    });
    let holds = |values: &[Box<str>]| values.iter().any(|value| fold(value) == folded);
    groups.filter(|(_, values)| holds(values)).map(|(heading, _)| fold(heading)).collect()
}
