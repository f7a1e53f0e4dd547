//! The figures: every number with its unit, date, state and source.
//!
//! Invariant: there is one row for every claim of a numeric property, blanks included, and a planned
//! figure never looks like one in service.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use super::data::{SortKey, TableCell, TableColumn, TableData, TableRow, missing_note};
use super::spec::{Table, TableInput, TableSpec};
use crate::graph::slots::source_keys;
use crate::model::{Basis, Claim, ClaimId, Dossier, Modality, PropertyId, State, Value, When};
use crate::present::wording::{by_date, cite_claim, grouped, value_text};
use crate::timeline::chronology::touched_by;

/// The table.
pub const TABLE: Table = Table(&TableSpec {
    title: "Figures",
    command: "figures",
    about: "Prints every number with its unit, date and source",
    build,
    ..TableSpec::PLAIN
});

fn build(input: &TableInput<'_>) -> TableData {
    let dossier = input.world.dossier();
    let mut figures: Vec<ClaimId> =
        dossier.claims().filter(|(_, claim)| is_figure(dossier, claim)).map(|(id, _)| id).collect();
    let properties: HashSet<PropertyId> = figures.iter().map(|&id| dossier.claim(id).property).collect();
    let groups: Groups<'_> = properties.into_iter().map(|id| (id, Group::of(dossier, id))).collect();
    figures.sort_by(|&a, &b| by_subject(dossier, &groups, a, b));
    let has_groups = groups.values().any(|group| !group.heading.is_empty());
    let mut rows: Vec<TableRow> = figures.iter().map(|&id| row(dossier, id)).collect();
    let mut columns = vec![
        TableColumn::words("Of"),
        TableColumn::words("What"),
        TableColumn::number("Figure"),
        TableColumn::fixed("Unit"),
        TableColumn::fixed("When"),
        TableColumn::fixed("State"),
        TableColumn::fixed("Source"),
    ];
    if has_groups {
        // It stands last, so that what is at hand on every screen stands where it did.
        columns.push(TableColumn::extra("Group"));
        for (row, &id) in rows.iter_mut().zip(&figures) {
            let group = groups.get(&dossier.claim(id).property);
            row.cells.push(group.map_or_else(|| TableCell::text(""), Group::cell));
        }
    }
    let notes = missing_note(dossier, "figure", rows.len());
    TableData::new("Figures", columns, rows, notes)
}

/// The heading under which the figures of a property stand.
struct Group<'a> {
    /// Its position among all properties.
    position: u16,
    /// Its words; empty if there are none.
    heading: &'a str,
}

/// The headings of the properties in a table.
type Groups<'a> = HashMap<PropertyId, Group<'a>>;

impl<'a> Group<'a> {
    fn of(dossier: &'a Dossier, property: PropertyId) -> Self {
        let heading = dossier.property(property).group.as_deref().unwrap_or_default();
        Self { position: dossier.vocabulary().group_position(property), heading }
    }

    fn cell(&self) -> TableCell {
        let key = if self.heading.is_empty() { SortKey::Last } else { SortKey::Rank(self.position.into()) };
        TableCell::keyed(self.heading, key)
    }
}

fn row(dossier: &Dossier, id: ClaimId) -> TableRow {
    let vocabulary = dossier.vocabulary();
    let claim = dossier.claim(id);
    let (number, unit, state) = match claim.value {
        Value::Number { number, unit } => {
            let number = number.get();
            let own = dossier.details(claim).and_then(|details| details.state);
            let state = state(claim.modality(), claim.basis(), own);
            let unit = vocabulary.unit_name(unit);
            (TableCell::keyed(grouped(number), SortKey::Number(number)), unit, state)
        }
        Value::Text(_) | Value::Entity(_) | Value::Date(_) | Value::Missing => {
            (TableCell::keyed(value_text(dossier, claim), SortKey::Last), Cow::Borrowed(""), "missing")
        }
    };
    TableRow {
        cells: vec![
            TableCell::keyed(dossier.label(claim.subject), SortKey::Text),
            TableCell::keyed(
                vocabulary.label(claim.property),
                SortKey::Rank(vocabulary.position(claim.property).into()),
            ),
            number,
            TableCell::text(unit),
            TableCell::text(refers_to(dossier, claim).map(When::stated).unwrap_or_default()),
            TableCell::text(state),
            TableCell::text(cite_claim(dossier, claim)),
        ],
        entity: Some(claim.subject),
        claims: vec![id],
        words: words(dossier, claim),
    }
}

/// Returns true if a claim has a numeric property, and a number or a missing value for it.
fn is_figure(dossier: &Dossier, claim: &Claim) -> bool {
    let is_numeric = dossier.property(claim.property).is_number();
    is_numeric && matches!(claim.value, Value::Number { .. } | Value::Missing)
}

/// Orders claims by the subject's label, then heading, property, date (undated last) and documents.
fn by_subject(dossier: &Dossier, groups: &Groups<'_>, a: ClaimId, b: ClaimId) -> Ordering {
    let (x, y) = (dossier.claim(a), dossier.claim(b));
    let position = |claim: &Claim| {
        let own = dossier.vocabulary().position(claim.property);
        (groups.get(&claim.property).map_or(own, |group| group.position), own)
    };
    let subject = |claim: &Claim| (dossier.label(claim.subject), claim.subject, position(claim));
    let by_date = || by_date(refers_to(dossier, x), refers_to(dossier, y));
    let by_source = || source_keys(dossier, &[a]).cmp(&source_keys(dossier, &[b]));
    subject(x).cmp(&subject(y)).then_with(by_date).then_with(by_source).then(a.cmp(&b))
}

/// Returns the date to which a figure refers: as of, else from, else until.
fn refers_to<'a>(dossier: &'a Dossier, claim: &Claim) -> Option<&'a When> {
    claim.as_of.or(claim.start).or(claim.end).map(|when| dossier.when(when))
}

/// Returns words for the filter: everything to which the subject belongs, the modality and the note.
fn words(dossier: &Dossier, claim: &Claim) -> String {
    let touched = touched_by(dossier, claim.subject).into_iter().skip(1);
    let mut words: Vec<&str> = touched.map(|whole| dossier.label(whole)).collect();
    words.push(claim.modality().as_str());
    words.extend(dossier.note(claim));
    words.join(" ")
}

/// Returns the state of a figure in a word: planned, alleged or denied before all, so that none of these looks like one in
/// service; then what it tells of, room or use; then how it was taken from the document.
fn state(modality: Modality, basis: Basis, state: Option<State>) -> &'static str {
    match (modality, state, basis) {
        (Modality::Planned | Modality::Alleged | Modality::Denied, ..) => modality.as_str(),
        (Modality::Actual, Some(State::Capacity), _) => "capacity",
        (Modality::Actual, Some(State::InService), _) => "in service",
        (Modality::Actual, None, Basis::Stated | Basis::Listed) => "stated",
        (Modality::Actual, None, Basis::Counted) => "counted",
        (Modality::Actual, None, Basis::Inferred) => "inferred",
    }
}
