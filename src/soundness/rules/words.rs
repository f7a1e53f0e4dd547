//! Words that a dossier declares and does not use.
//!
//! Invariant: words of the built-in sets are never found.

use std::collections::HashSet;

use super::report::Report;
use crate::model::{KindId, PropertyId, Term, Value, Vocabulary};
use crate::soundness::{About, Code, Declared, Finding};
use crate::vocabulary::{Cell, Columns, KindSet, Matrix, MeasureId, Origin};

/// The words that a dossier uses.
struct Used {
    /// Kinds of which there is an entity, with those above them.
    kinds: KindSet,
    properties: HashSet<PropertyId>,
    measures: HashSet<MeasureId>,
}

pub(super) fn find(report: &mut Report<'_>) {
    let dossier = report.dossier;
    let words = dossier.vocabulary();
    let used = Used::of(report);
    let is_own = |origin| origin == Origin::Dossier;
    let mut unused: Vec<(Declared, &str)> = Vec::new();
    let kinds = words.kinds().filter(|&kind| is_own(words.kind(kind).origin) && !used.kinds.has(kind));
    unused.extend(kinds.map(|kind| (Declared::Kind(kind), &*words.kind(kind).name)));
    let properties =
        words.properties().filter(|id| is_own(words.property(*id).origin) && !used.properties.contains(id));
    unused.extend(properties.map(|id| (Declared::Property(id), &*words.property(id).name)));
    let measures = words.measures_by_id().filter(|(id, measure)| is_own(measure.origin) && !used.measures.contains(id));
    unused.extend(measures.map(|(id, measure)| (Declared::Measure(id), &*measure.name)));
    let matrices = words.matrices().iter().enumerate();
    let matrices = matrices.filter(|(_, matrix)| is_own(matrix.origin) && !used.has_cells_of(matrix));
    unused.extend(matrices.map(|(row, matrix)| (Declared::Matrix(row), &*matrix.name)));
    for (declared, name) in unused {
        let found = format!("\"{name}\" is declared and not used");
        let finding =
            Finding::new(Code::UnusedVocabulary, About::Declaration(declared), found, "expected a row that uses it");
        report.add(finding);
    }
}

impl Used {
    fn of(report: &Report<'_>) -> Self {
        let dossier = report.dossier;
        let words = dossier.vocabulary();
        let mut used = Self { kinds: KindSet::default(), properties: HashSet::new(), measures: HashSet::new() };
        for entity in dossier.entities() {
            let kind = dossier.entity(entity).kind;
            if !used.kinds.has(kind) {
                words.with_above(kind).for_each(|kind| used.kinds.insert(kind));
            }
        }
        for claim in dossier.all_claims() {
            used.properties.insert(claim.property);
            if let Value::Number { unit, .. } = claim.value {
                used.measures.insert(unit.measure());
            }
        }
        let constants = dossier.checks().iter().flat_map(|check| dossier.terms(check)).filter_map(|term| match term {
            Term::Constant(quantity) => quantity.unit,
            Term::Slot { .. } | Term::Count { .. } => None,
        });
        used.measures.extend(constants.map(|unit| unit.measure()));
        used.add_sums(words);
        used
    }

    /// Adds the measures as which those in use are added up.
    fn add_sums(&mut self, words: &Vocabulary) {
        let sums: Vec<MeasureId> = self
            .measures
            .iter()
            .filter_map(|&id| words.find_unit(words.measure(id).adds_to.as_deref()?))
            .map(|unit| unit.measure())
            .collect();
        self.measures.extend(sums);
    }

    /// Returns true if a matrix has what stands at its left, at its top and in its cells.
    fn has_cells_of(&self, matrix: &Matrix) -> bool {
        let has_columns = match &matrix.columns {
            Columns::Texts { .. } => true,
            Columns::Entities { members, .. } => self.has_kind(members.kind),
        };
        let has_cells = match &matrix.cell {
            Cell::Entities { kind, .. } => self.has_kind(*kind),
            Cell::Links(links) => links.iter().any(|(property, _)| self.properties.contains(property)),
        };
        self.has_kind(matrix.of) && self.has_kind(matrix.rows.kind) && has_columns && has_cells
    }

    fn has_kind(&self, kind: KindId) -> bool {
        self.kinds.has(kind)
    }
}
