//! Rows of the table `claim` into claims.
//!
//! Invariant: a claim that is taken has a property that its subject may have, and exactly
//! one value, of the sort that the property takes.

use std::collections::HashMap;

use rusqlite::{Connection, Row};

use super::cells::{Cells, Checked, Lazy, hint, quoted};
use super::numbers::RowNumbers;
use super::quick::Quick;
use super::reader::Reader;
use super::schema::{CLAIM, EVIDENCE};
use crate::model::builder::Handle;
use crate::model::{Basis, Kind, Modality, NewClaim, NewValue, Property, Range, Rank};

/// Reads all claims with their evidence.
pub(super) fn read(reader: &mut Reader<'_>, connection: &Connection) -> rusqlite::Result<()> {
    let properties: HashMap<&str, Property> =
        Property::ALL.iter().map(|&property| (property.name(), property)).collect();
    let mut quick = Quick::default();
    let mut numbers = RowNumbers::default();
    reader.for_each(connection, &CLAIM, |reader, row| {
        if let Some((id, claim)) = quick.claim(&mut reader.builder, row) {
            numbers.insert(id, Ok(reader.builder.add_claim(claim)));
            return Ok(());
        }
        let id = Cells { table: &CLAIM, row, problems: &mut reader.problems }.row_number("id");
        let claim = claim(reader, row, &properties);
        // Known even where the claim is unsound: its evidence is not stray.
        numbers.insert(id?, claim.as_ref().map(|_| reader.builder.claim_count() as u32).map_err(|noted| *noted));
        reader.builder.claim(claim?);
        Ok(())
    })?;
    let evidence = reader.read_evidence(connection, &EVIDENCE, &numbers)?;
    reader.builder.prove_claims(evidence);
    Ok(())
}

/// A claim, its evidence left out; every problem of its row is noted.
pub(super) fn claim(reader: &mut Reader<'_>, row: &Row<'_>, properties: &HashMap<&str, Property>) -> Checked<NewClaim> {
    let subject = reader.named(&CLAIM, row, "subject");
    let kind = subject.map(|subject| reader.builder.kind(subject));
    let mut cells = Cells { table: &CLAIM, row, problems: &mut reader.problems };
    let property = property(&mut cells, properties, kind.ok());
    let (start, end) = (cells.when("start_date", "start_label"), cells.when("end_date", "end_label"));
    let as_of = cells.when("as_of_date", "as_of_label");
    let (modality, basis) = (cells.word::<Modality>("modality"), cells.word::<Basis>("basis"));
    let rank = cells.word::<Rank>("rank");
    let (reason, note) = (cells.text_or_null("reason"), cells.text_or_null("note"));
    let column = filled(&mut cells);
    // Without its property, nothing can be said of a value.
    let property = property?;
    let value = column.and_then(|column| value(reader, row, property.spec().range, column));
    Ok(NewClaim {
        subject: subject?,
        property,
        value: value?,
        start: start?,
        end: end?,
        as_of: as_of?,
        modality: modality?,
        basis: basis?,
        rank: rank?,
        reason: reason?.map(str::to_owned),
        note: note?.map(str::to_owned),
        evidence: Vec::new(),
    })
}

/// The property that a cell names, if a subject of this kind may have it.
pub(super) fn property(
    cells: &mut Cells<'_, '_>,
    properties: &HashMap<&str, Property>,
    kind: Option<Kind>,
) -> Checked<Property> {
    let name = cells.text("property")?;
    let found = quoted(name.as_bytes());
    let Some(&property) = properties.get(name) else {
        let known = || Property::ALL.iter().map(|property| property.name());
        return Err(cells.note("property", found, Lazy(|| format!("a known property{}", hint(name, known())))));
    };
    match kind {
        Some(kind) if !property.spec().domain.contains(&kind) => {
            let expected = Lazy(|| {
                let known: Vec<_> = Property::names_for(kind).collect();
                let known = if known.is_empty() { "none".into() } else { known.join(", ") };
                format!("a property of the kind {kind}: {known}")
            });
            Err(cells.note("property", found, expected))
        }
        Some(_) | None => Ok(property),
    }
}

/// The columns that can hold the value of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Text,
    Number,
    Entity,
    Date,
    Missing,
}

impl Column {
    const ALL: [Self; 5] = [Self::Text, Self::Number, Self::Entity, Self::Date, Self::Missing];

    const fn name(self) -> &'static str {
        match self {
            Self::Text => "value_text",
            Self::Number => "value_number",
            Self::Entity => "value_entity",
            Self::Date => "value_date",
            Self::Missing => "missing",
        }
    }
}

/// The one column that holds the value.
fn filled(cells: &mut Cells<'_, '_>) -> Checked<Column> {
    let missing: i64 = cells.integer("missing", 0, 1)?;
    let is_filled = |column: &Column| match column {
        Column::Missing => missing == 1,
        Column::Text | Column::Number | Column::Entity | Column::Date => !cells.is_null(column.name()),
    };
    let filled: Vec<Column> = Column::ALL.into_iter().filter(is_filled).collect();
    let column = match *filled.as_slice() {
        [column] => column,
        ref several => {
            let names: Vec<_> = several.iter().map(|column| column.name()).collect();
            let found = if names.is_empty() { "no value".into() } else { format!("values in {}", names.join(", ")) };
            let expected = "exactly one of value_text, value_number, value_entity, value_date, or missing = 1";
            return Err(cells.note("value_*", found, expected));
        }
    };
    // Beside a number and a date there is more; beside anything else it is a slip.
    for (owner, part) in [(Column::Number, "unit"), (Column::Date, "value_label")] {
        if column != owner && !cells.is_null(part) {
            let found = cells.shown(part);
            return Err(cells.note(part, found, format_args!("nothing, where {} is empty", owner.name())));
        }
    }
    Ok(column)
}

fn value(reader: &mut Reader<'_>, row: &Row<'_>, range: Range, column: Column) -> Checked<NewValue> {
    let mut cells = Cells { table: &CLAIM, row, problems: &mut reader.problems };
    match (range, column) {
        (_, Column::Missing) => Ok(NewValue::Missing),
        (Range::Text, Column::Text) => cells.text("value_text").map(|text| NewValue::Text(text.to_owned())),
        (Range::Number(units), Column::Number) => {
            let (number, unit) = (cells.number("value_number"), unit(&mut cells, units));
            Ok(NewValue::Number(number?, unit?))
        }
        (Range::Entity(kinds), Column::Entity) => {
            let target = reader.named(&CLAIM, row, "value_entity")?;
            target_of(reader, row, target, kinds).map(NewValue::Entity)
        }
        (Range::Date, Column::Date) => {
            let when = cells.when("value_date", "value_label")?;
            when.map(NewValue::Date).ok_or_else(|| cells.note("value_date", "nothing", range.expectation()))
        }
        (Range::Text | Range::Number(_) | Range::Entity(_) | Range::Date, _) => {
            let (found, right) = (cells.shown(column.name()), column_for(range).name());
            let expected = format!("nothing; this property takes {}, in {right}", range.expectation());
            Err(cells.note(column.name(), found, expected))
        }
    }
}

const fn column_for(range: Range) -> Column {
    match range {
        Range::Text => Column::Text,
        Range::Number(_) => Column::Number,
        Range::Entity(_) => Column::Entity,
        Range::Date => Column::Date,
    }
}

fn unit(cells: &mut Cells<'_, '_>, units: &'static [&'static str]) -> Checked<&'static str> {
    let text = cells.text("unit")?;
    let known = units.iter().copied().find(|unit| *unit == text);
    known.ok_or_else(|| cells.note("unit", quoted(text.as_bytes()), format_args!("one of: {}", units.join(", "))))
}

fn target_of(reader: &mut Reader<'_>, row: &Row<'_>, target: Handle, kinds: &'static [Kind]) -> Checked<Handle> {
    if kinds.contains(&reader.builder.kind(target)) {
        return Ok(target);
    }
    let mut cells = Cells { table: &CLAIM, row, problems: &mut reader.problems };
    let found = cells.shown("value_entity");
    Err(cells.note("value_entity", found, Range::Entity(kinds).expectation()))
}
