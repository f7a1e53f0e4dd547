//! Reads the table `claim`.
//!
//! Invariant: a claim has a property that its subject may have, and exactly one value, of the sort that the property
//! takes. The columns of this largest table are found at compile time, and texts and dates go straight into the pools.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

use super::cells::{Cells, Checked, Lazy, hint, quoted};
use super::details::ClaimDetails;
use super::reader::{Reader, RowNumbers};
use super::schema::column::claim;
use super::schema::{CLAIM, Column, EVIDENCE};
use crate::model::builder::Handle;
use crate::model::evidence::Cited;
use crate::model::id::{EntityId, WhenId};
use crate::model::rows::Stance;
use crate::model::{
    Basis, Builder, Claim, KindId, Modality, NewDetails, PropertyId, Range, Rank, Unit, Value, Vocabulary,
};
use crate::vocabulary::Numbers;

/// Stands for all columns of values.
const VALUES: Column = Column { name: "value_*", at: usize::MAX };

pub(super) fn read(reader: &mut Reader<'_>, connection: &Connection) -> rusqlite::Result<()> {
    let words = reader.builder.vocabulary();
    let mut numbers = RowNumbers::default();
    let mut details = ClaimDetails::read(reader, connection)?;
    // Claims of one subject follow each other.
    let mut before = None;
    reader.for_each(connection, &CLAIM, |reader, row| {
        let id = reader.cells(&CLAIM, row).row_number(claim::id);
        let subject = subject(reader, row, before);
        before = subject.ok().or(before);
        let further = id.ok().and_then(|id| details.take(id));
        let claim = claim(reader, row, subject, &words, further);
        // An unsound claim is added to the numbers too, so that its evidence is not reported as stray.
        let number = claim.map(|claim| reader.builder.add_claim(claim));
        numbers.insert(id?, number);
        number.map(drop)
    })?;
    details.report_stray(reader);
    let evidence = reader.read_evidence(connection, &EVIDENCE, &numbers)?;
    reader.builder.prove_claims(evidence);
    Ok(())
}

/// Returns the subject of a row: that of the row before or the next one, if it has this id, else by a search.
fn subject(reader: &mut Reader<'_>, row: &Row<'_>, before: Option<Handle>) -> Checked<Handle> {
    if let (Some(before), Ok(ValueRef::Text(id))) = (before, row.get_ref(claim::subject.at)) {
        let is_subject = |handle: &Handle| reader.builder.id(*handle).as_bytes() == id;
        let near = Some(before).filter(is_subject).or_else(|| reader.builder.next(before).filter(is_subject));
        if let Some(near) = near {
            return Ok(near);
        }
    }
    reader.named(&CLAIM, row, claim::subject)
}

/// Reads a claim, without its evidence; notes every problem of its row.
pub(super) fn claim(
    reader: &mut Reader<'_>,
    row: &Row<'_>,
    subject: Checked<Handle>,
    words: &Vocabulary,
    details: Option<NewDetails>,
) -> Checked<Claim> {
    let builder = &mut reader.builder;
    let kind = subject.map(|subject| builder.kind(subject));
    let mut cells = Cells { table: &CLAIM, row, problems: &mut reader.problems };
    let property = property(&mut cells, claim::property, words, kind.ok());
    let (start, end) = (
        when(&mut cells, builder, claim::start_date, claim::start_label),
        when(&mut cells, builder, claim::end_date, claim::end_label),
    );
    let as_of = when(&mut cells, builder, claim::as_of_date, claim::as_of_label);
    let (modality, basis) = (cells.word::<Modality>(claim::modality), cells.word::<Basis>(claim::basis));
    let rank = cells.word::<Rank>(claim::rank);
    let (reason, note) = (cells.text_or_null(claim::reason), cells.text_or_null(claim::note));
    let column = filled(&mut cells);
    // A value can only be judged by its property.
    let property = property?;
    let value = column.and_then(|column| value(reader, row, words, property, column));
    let value = value?;
    // The pools are in the order of first use: values, dates, then these.
    let reason = reason?.map(|reason| reader.builder.intern(reason));
    let details = match (details, note?) {
        (None, None) => None,
        (details, note) => {
            let details = NewDetails { note: note.map(str::to_owned), ..details.unwrap_or_default() };
            reader.builder.new_details(&details)
        }
    };
    Ok(Claim {
        subject: EntityId::from_index(subject?.index()),
        property,
        value,
        start: start?,
        end: end?,
        as_of: as_of?,
        stance: Stance::new(modality?, basis?, rank?),
        reason,
        details,
        evidence: Cited::NOWHERE,
    })
}

fn when(cells: &mut Cells<'_, '_>, builder: &mut Builder, date: Column, label: Column) -> Checked<Option<WhenId>> {
    cells.date(date, label, |text, label| builder.intern_date(text, label))
}

/// Reads a property, which a subject of this kind has to be able to have.
pub(super) fn property(
    cells: &mut Cells<'_, '_>,
    column: Column,
    words: &Vocabulary,
    kind: Option<KindId>,
) -> Checked<PropertyId> {
    let name = cells.text(column)?;
    let found = Lazy(|| quoted(name.as_bytes()));
    let Some(property) = words.find_property(name) else {
        let known = || words.properties().map(|property| words.name(property));
        return Err(cells.note(column, found, Lazy(|| format!("a known property{}", hint(name, known())))));
    };
    match kind {
        Some(kind) if !words.property(property).domain.has(kind) => {
            let expected = Lazy(|| {
                let known: Vec<_> = words.names_for(kind).collect();
                let known = if known.is_empty() { "none".into() } else { known.join(", ") };
                format!("a property of the kind {}: {known}", words.kind(kind).name)
            });
            Err(cells.note(column, found, expected))
        }
        Some(_) | None => Ok(property),
    }
}

/// A sort of value, by the column that holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Text,
    Number,
    Entity,
    Date,
    Missing,
}

impl Sort {
    const ALL: [Self; 5] = [Self::Text, Self::Number, Self::Entity, Self::Date, Self::Missing];

    const fn column(self) -> Column {
        match self {
            Self::Text => claim::value_text,
            Self::Number => claim::value_number,
            Self::Entity => claim::value_entity,
            Self::Date => claim::value_date,
            Self::Missing => claim::missing,
        }
    }

    const fn of(range: &Range) -> Self {
        match range {
            Range::Text(_) => Self::Text,
            Range::Number(_) => Self::Number,
            Range::Entity(_) => Self::Entity,
            Range::Date => Self::Date,
        }
    }
}

/// Returns the sort of the value, if exactly one column holds one.
fn filled(cells: &mut Cells<'_, '_>) -> Checked<Sort> {
    let missing: i64 = cells.integer(claim::missing, 0, 1)?;
    let mut filled = Sort::ALL.into_iter().filter(|sort| match sort {
        Sort::Missing => missing == 1,
        Sort::Text | Sort::Number | Sort::Entity | Sort::Date => !cells.is_null(sort.column()),
    });
    let (first, second) = (filled.next(), filled.next());
    let (Some(sort), None) = (first, second) else {
        let names: Vec<_> = first.into_iter().chain(second).chain(filled).map(|sort| sort.column().name).collect();
        let found = if names.is_empty() { "no value".into() } else { format!("values in {}", names.join(", ")) };
        let expected = "exactly one of value_text, value_number, value_entity, value_date, or missing = 1";
        return Err(cells.note(VALUES, found, expected));
    };
    for (owner, part) in [(Sort::Number, claim::unit), (Sort::Date, claim::value_label)] {
        if sort != owner && !cells.is_null(part) {
            let found = cells.shown(part);
            return Err(cells.note(part, found, format_args!("nothing, where {} is empty", owner.column().name)));
        }
    }
    Ok(sort)
}

/// Reads the value of a property.
fn value(
    reader: &mut Reader<'_>,
    row: &Row<'_>,
    words: &Vocabulary,
    property: PropertyId,
    sort: Sort,
) -> Checked<Value> {
    let range = &words.property(property).range;
    let builder = &mut reader.builder;
    let mut cells = Cells { table: &CLAIM, row, problems: &mut reader.problems };
    match (range, sort) {
        (_, Sort::Missing) => Ok(Value::Missing),
        (Range::Text(_), Sort::Text) => cells.text(claim::value_text).map(|text| Value::Text(builder.intern(text))),
        (Range::Number(numbers), Sort::Number) => {
            let (number, unit) = (cells.number(claim::value_number), unit(&mut cells, words, property, numbers));
            Ok(Value::number(number?, unit?))
        }
        (Range::Entity(kinds), Sort::Entity) => {
            let target = reader.named(&CLAIM, row, claim::value_entity)?;
            if kinds.has(reader.builder.kind(target)) {
                return Ok(Value::Entity(EntityId::from_index(target.index())));
            }
            let mut cells = reader.cells(&CLAIM, row);
            let found = cells.shown(claim::value_entity);
            Err(cells.note(claim::value_entity, found, words.expectation(property)))
        }
        (Range::Date, Sort::Date) => {
            let date = when(&mut cells, builder, claim::value_date, claim::value_label)?;
            let nothing = || cells.note(claim::value_date, "nothing", words.expectation(property));
            date.map(Value::Date).ok_or_else(nothing)
        }
        (Range::Text(_) | Range::Number(_) | Range::Entity(_) | Range::Date, _) => {
            let (found, right) = (cells.shown(sort.column()), Sort::of(range).column().name);
            let expected = format!("nothing; this property takes {}, in {right}", words.expectation(property));
            Err(cells.note(sort.column(), found, expected))
        }
    }
}

fn unit(cells: &mut Cells<'_, '_>, words: &Vocabulary, property: PropertyId, numbers: &Numbers) -> Checked<Unit> {
    let text = cells.text(claim::unit)?;
    let known = words.find_unit(text).filter(|&unit| words.takes(property, unit));
    known.ok_or_else(|| cells.note(claim::unit, quoted(text.as_bytes()), Lazy(|| units(words, numbers))))
}

/// Returns the words of an error message for the units of a number.
fn units(words: &Vocabulary, numbers: &Numbers) -> String {
    let names: Vec<_> = numbers.listed.iter().map(|&unit| words.unit_name(unit)).collect();
    match &numbers.dimension {
        Some(dimension) => format!("a unit of {}", dimension.name()),
        None => format!("one of: {}", names.join(", ")),
    }
}
