//! Checks into rows, and rows into checks.
//!
//! Invariant: a check has only terms and filters that the tables of properties and units allow. It may still be
//! impossible to compute.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rusqlite::{Connection, Row, params};

use super::cells::{Cells, Checked, Noted, quoted};
use super::places::write_evidence;
use super::reader::{Reader, for_each};
use super::schema::column::{check, check_filter, check_term};
use super::schema::{CHECK, CHECK_EVIDENCE, CHECK_FILTER, CHECK_TERM, Column, Table};
use super::statement::property;
use crate::model::{
    Basis, Dossier, KindId, Modality, NewCheck, NewFilter, NewTerm, NewWhich, Operation, PropertyId, Quantity, Range,
    Relation, Term, Value, Vocabulary, When,
};

/// Writes all checks with their terms, filters and evidence.
pub(super) fn write(dossier: &Dossier, connection: &Connection) -> rusqlite::Result<()> {
    let mut rows = connection.prepare(&CHECK.insert())?;
    let mut evidence = connection.prepare(&CHECK_EVIDENCE.insert())?;
    let (mut terms, mut filters) =
        (connection.prepare(&CHECK_TERM.insert())?, connection.prepare(&CHECK_FILTER.insert())?);
    let (mut next_term, mut next_filter) = (1_i64.., 1_i64..);
    for (check, id) in dossier.checks().iter().zip(1_i64..) {
        let note = check.note.map(|note| dossier.text(note));
        let (operation, relation) = (check.operation.as_str(), check.relation.as_str());
        rows.execute(params![id, dossier.text(check.label), operation, relation, note])?;
        write_evidence(dossier, &mut evidence, id, check.evidence)?;
        for (term, term_id) in dossier.terms(check).iter().zip(&mut next_term) {
            let mut row = TermRow::default();
            match term {
                Term::Constant(Quantity { number, unit }) => {
                    (row.number, row.unit) = (Some(*number), unit.map(|unit| dossier.unit(unit)));
                }
                Term::Count { kind, .. } => row.kind = Some(*kind),
                Term::Slot { entity, property, which } => {
                    row.slot = Some((dossier.id(*entity), *property));
                    (row.modality, row.basis, row.number) = (which.modality, which.basis, which.number);
                    row.as_of = which.as_of.map(|id| dossier.when(id));
                }
            }
            terms.execute(params![
                term_id,
                id,
                row.slot.map(|(entity, _)| entity),
                row.slot.map(|(_, property)| dossier.vocabulary().name(property)),
                row.modality.map(Modality::as_str),
                row.basis.map(Basis::as_str),
                row.as_of.map(When::edtf),
                row.as_of.and_then(When::label),
                row.number,
                row.unit,
                row.kind.map(|kind| &*dossier.vocabulary().kind(kind).name),
            ])?;
            let Term::Count { filters: range, .. } = term else { continue };
            for (filter, filter_id) in dossier.filters(*range).iter().zip(&mut next_filter) {
                let (text, entity) = match filter.value {
                    Value::Text(text) => (Some(dossier.text(text)), None),
                    Value::Entity(entity) => (None, Some(dossier.id(entity))),
                    Value::Number { .. } | Value::Date(_) | Value::Missing => (None, None),
                };
                filters.execute(params![
                    filter_id,
                    term_id,
                    dossier.vocabulary().name(filter.property),
                    text,
                    entity
                ])?;
            }
        }
    }
    Ok(())
}

/// The columns of a row of `check_term` that depend on the sort of term.
#[derive(Default)]
struct TermRow<'a> {
    slot: Option<(&'a str, PropertyId)>,
    modality: Option<Modality>,
    basis: Option<Basis>,
    as_of: Option<&'a When>,
    number: Option<f64>,
    unit: Option<Cow<'a, str>>,
    kind: Option<KindId>,
}

/// Rows by id; an unsound row is present without its content.
type Rows<T> = BTreeMap<i64, Checked<T>>;

/// Reads all checks.
pub(super) fn read(reader: &mut Reader<'_>, connection: &Connection) -> rusqlite::Result<()> {
    let words = reader.builder.vocabulary();
    let mut checks: Rows<NewCheck> = BTreeMap::new();
    for_each(connection, &CHECK, |row| {
        let mut cells = reader.cells(&CHECK, row);
        let id = cells.row_number(check::id);
        let check = check(&mut cells);
        checks.insert(id?, check);
        Ok(())
    })?;
    for_each(connection, &CHECK_EVIDENCE, |row| {
        let (owner, number) = reader.owner_and_place(&CHECK_EVIDENCE, row)?;
        let place = reader.place(&CHECK_EVIDENCE, row, number)?;
        match checks.get_mut(&owner) {
            Some(Ok(check)) => check.evidence.push(place),
            Some(Err(Noted)) => {}
            None => reader.report_stray(&CHECK_EVIDENCE, owner, number),
        }
        Ok(())
    })?;
    let mut terms: Rows<(i64, NewTerm)> = BTreeMap::new();
    for_each(connection, &CHECK_TERM, |row| {
        let owner = owner(reader, &CHECK_TERM, row, check_term::check, &checks);
        let term = term(reader, row, &words);
        let id = reader.cells(&CHECK_TERM, row).row_number(check_term::id)?;
        terms.insert(id, owner.and_then(|owner| Ok((owner, term?))));
        Ok(())
    })?;
    let mut filters: Rows<(i64, PropertyId, NewFilter)> = BTreeMap::new();
    for_each(connection, &CHECK_FILTER, |row| {
        let owner = owner(reader, &CHECK_FILTER, row, check_filter::term, &terms);
        let kind = owner.ok().and_then(|owner| counted_kind(&terms, owner));
        if let (Ok(owner), None) = (owner, kind) {
            let expected = "the id of a term that has a kind";
            return Err(reader.cells(&CHECK_FILTER, row).note(check_filter::term, owner, expected));
        }
        let filter = filter(reader, row, &words, kind);
        let id = reader.cells(&CHECK_FILTER, row).row_number(check_filter::id)?;
        filters.insert(id, owner.and_then(|owner| filter.map(|(property, filter)| (owner, property, filter))));
        Ok(())
    })?;
    for (owner, property, filter) in filters.into_values().flatten() {
        if let Some(Ok((_, NewTerm::Count(_, wanted)))) = terms.get_mut(&owner) {
            wanted.push((property, filter));
        }
    }
    for (owner, term) in terms.into_values().flatten() {
        if let Some(Ok(check)) = checks.get_mut(&owner) {
            check.terms.push(term);
        }
    }
    checks.into_values().flatten().for_each(|check| reader.builder.check(check));
    Ok(())
}

fn check(cells: &mut Cells<'_, '_>) -> Checked<NewCheck> {
    let (label, note) = (cells.text(check::label), cells.text_or_null(check::note));
    let (operation, relation) = (cells.word::<Operation>(check::operation), cells.word::<Relation>(check::relation));
    Ok(NewCheck {
        label: label?.to_owned(),
        operation: operation?,
        relation: relation?,
        terms: Vec::new(),
        note: note?.map(str::to_owned),
        evidence: Vec::new(),
    })
}

/// Returns the id of the row to which a row belongs.
fn owner<T>(
    reader: &mut Reader<'_>,
    table: &'static Table,
    row: &Row<'_>,
    column: Column,
    known: &Rows<T>,
) -> Checked<i64> {
    let mut cells = reader.cells(table, row);
    let owner = cells.row_number(column)?;
    match known.get(&owner) {
        Some(Ok(_)) => Ok(owner),
        Some(Err(noted)) => Err(*noted),
        None => Err(cells.note(column, owner, "the id of the row to which this one belongs")),
    }
}

fn counted_kind(terms: &Rows<(i64, NewTerm)>, id: i64) -> Option<KindId> {
    match terms.get(&id) {
        Some(Ok((_, NewTerm::Count(kind, _)))) => Some(*kind),
        Some(Ok((_, NewTerm::Slot { .. } | NewTerm::Constant(_))) | Err(Noted)) | None => None,
    }
}

fn term(reader: &mut Reader<'_>, row: &Row<'_>, words: &Vocabulary) -> Checked<NewTerm> {
    let mut cells = reader.cells(&CHECK_TERM, row);
    let filled = |column: Column| !cells.is_null(column);
    let (slot, kind) = (filled(check_term::entity) || filled(check_term::property), filled(check_term::kind));
    let others = [
        check_term::modality,
        check_term::basis,
        check_term::as_of_date,
        check_term::as_of_label,
        check_term::number,
        check_term::unit,
    ];
    let barred = match (slot, kind) {
        (true, _) => &[check_term::kind, check_term::unit][..],
        (false, true) => &others,
        (false, false) => others.split_at(4).0,
    };
    if let Some(column) = barred.iter().copied().find(|&column| filled(column)) {
        let found = cells.shown(column);
        return Err(cells.note(column, found, "nothing, beside what else is in the row"));
    }
    if kind {
        return cells.kind(check_term::kind, words).map(|kind| NewTerm::Count(kind, Vec::new()));
    }
    if slot {
        return slot_term(reader, row, words);
    }
    if cells.is_null(check_term::number) && !cells.is_null(check_term::unit) {
        let found = cells.shown(check_term::unit);
        return Err(cells.note(check_term::unit, found, "nothing, where there is no number"));
    }
    let (number, unit) = (cells.number(check_term::number), cells.text_or_null(check_term::unit));
    let known = |text: &str| {
        words.find_unit(text).ok_or_else(|| cells.note(check_term::unit, quoted(text.as_bytes()), "a declared unit"))
    };
    let unit = unit?.map(known).transpose()?;
    Ok(NewTerm::Constant(Quantity { number: number?, unit }))
}

fn slot_term(reader: &mut Reader<'_>, row: &Row<'_>, words: &Vocabulary) -> Checked<NewTerm> {
    let entity = reader.named(&CHECK_TERM, row, check_term::entity);
    let kind = entity.ok().map(|entity| reader.builder.kind(entity));
    let hemisphere = reader.builder.hemisphere();
    let mut cells = reader.cells(&CHECK_TERM, row);
    let property = property(&mut cells, check_term::property, words, kind).and_then(|property| {
        if words.property(property).is_number() {
            return Ok(property);
        }
        let found = quoted(words.name(property).as_bytes());
        Err(cells.note(check_term::property, found, "a property that takes numbers"))
    });
    let modality = optional(&mut cells, check_term::modality, Cells::word::<Modality>);
    let basis = optional(&mut cells, check_term::basis, Cells::word::<Basis>);
    let as_of = cells.when(check_term::as_of_date, check_term::as_of_label, hemisphere);
    let number = optional(&mut cells, check_term::number, Cells::number);
    let which = NewWhich { modality: modality?, basis: basis?, as_of: as_of?, number: number? };
    Ok(NewTerm::Slot { entity: entity?, property: property?, which })
}

fn optional<'r, 'p, T>(
    cells: &mut Cells<'r, 'p>,
    column: Column,
    read: impl FnOnce(&mut Cells<'r, 'p>, Column) -> Checked<T>,
) -> Checked<Option<T>> {
    if cells.is_null(column) { Ok(None) } else { read(cells, column).map(Some) }
}

fn filter(
    reader: &mut Reader<'_>,
    row: &Row<'_>,
    words: &Vocabulary,
    kind: Option<KindId>,
) -> Checked<(PropertyId, NewFilter)> {
    let mut cells = reader.cells(&CHECK_FILTER, row);
    let property = property(&mut cells, check_filter::property, words, kind)?;
    let (text, entity) = (!cells.is_null(check_filter::value_text), !cells.is_null(check_filter::value_entity));
    let filter = match (&words.property(property).range, text, entity) {
        (Range::Text(_), true, false) => NewFilter::Text(cells.text(check_filter::value_text)?.to_owned()),
        (Range::Entity(kinds), false, true) => {
            let target = reader.named(&CHECK_FILTER, row, check_filter::value_entity)?;
            if !kinds.has(reader.builder.kind(target)) {
                let mut cells = reader.cells(&CHECK_FILTER, row);
                let found = cells.shown(check_filter::value_entity);
                return Err(cells.note(check_filter::value_entity, found, words.expectation(property)));
            }
            NewFilter::Entity(target)
        }
        (Range::Text(_) | Range::Entity(_) | Range::Number(_) | Range::Date, _, _) => {
            let expected =
                format!("a property of texts or entities with one of its values, not {}", words.expectation(property));
            return Err(cells.note(check_filter::property, quoted(words.name(property).as_bytes()), expected));
        }
    };
    Ok((property, filter))
}
