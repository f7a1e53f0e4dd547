//! Claims as annals writes them, read by the position of their columns.
//!
//! Invariant: a row is taken only where nothing is wrong with it, and then says the same as
//! [`statement`](super::statement) reads from it; that module reads all others, and has the words
//! for what is wrong.

use hashbrown::HashMap;
use rusqlite::Row;
use rusqlite::types::ValueRef;

use super::schema::{CLAIM, Word};
use crate::model::builder::Handle;
use crate::model::dossier::{Claim, Value};
use crate::model::evidence::Cited;
use crate::model::id::{EntityId, Sym, WhenId};
use crate::model::{Basis, Builder, Modality, Property, Range, Rank};

const ID: usize = CLAIM.at("id");
const SUBJECT: usize = CLAIM.at("subject");
const PROPERTY: usize = CLAIM.at("property");
const VALUES: [usize; 7] = [
    CLAIM.at("value_text"),
    CLAIM.at("value_number"),
    CLAIM.at("unit"),
    CLAIM.at("value_entity"),
    CLAIM.at("value_date"),
    CLAIM.at("value_label"),
    CLAIM.at("missing"),
];
const START: [usize; 2] = [CLAIM.at("start_date"), CLAIM.at("start_label")];
const END: [usize; 2] = [CLAIM.at("end_date"), CLAIM.at("end_label")];
const AS_OF: [usize; 2] = [CLAIM.at("as_of_date"), CLAIM.at("as_of_label")];
const MODALITY: usize = CLAIM.at("modality");
const BASIS: usize = CLAIM.at("basis");
const RANK: usize = CLAIM.at("rank");
const REASON: usize = CLAIM.at("reason");
const NOTE: usize = CLAIM.at("note");

/// What is kept from row to row.
#[derive(Debug)]
pub(super) struct Quick {
    properties: HashMap<&'static [u8], Property>,
    /// The subject of the row before: claims stand together by subject.
    subject: Option<Handle>,
}

impl Default for Quick {
    fn default() -> Self {
        let properties = Property::ALL.iter().map(|&property| (property.name().as_bytes(), property)).collect();
        Self { properties, subject: None }
    }
}

impl Quick {
    /// The row's number and its claim, without evidence.
    pub(super) fn claim(&mut self, builder: &mut Builder, row: &Row<'_>) -> Option<(i64, Claim)> {
        let ValueRef::Integer(id) = row.get_ref(ID).ok()? else { return None };
        let subject = self.subject(builder, text(row, SUBJECT)?)?;
        let property = *self.properties.get(bytes(row, PROPERTY)?)?;
        if !property.spec().domain.contains(&builder.kind(subject)) {
            return None;
        }
        let claim = Claim {
            subject: EntityId::from_index(subject.index()),
            property,
            value: value(builder, row, property.spec().range)?,
            start: when(builder, row, START).ok()?,
            end: when(builder, row, END).ok()?,
            as_of: when(builder, row, AS_OF).ok()?,
            modality: word::<Modality>(row, MODALITY)?,
            basis: word::<Basis>(row, BASIS)?,
            rank: word::<Rank>(row, RANK)?,
            reason: words(builder, row, REASON).ok()?,
            note: words(builder, row, NOTE).ok()?,
            evidence: Cited::NOWHERE,
        };
        Some((id, claim))
    }

    fn subject(&mut self, builder: &Builder, id: &str) -> Option<Handle> {
        let near = self.subject.and_then(|before| {
            let next = || builder.next(before).filter(|&next| builder.id(next) == id);
            if builder.id(before) == id { Some(before) } else { next() }
        });
        self.subject = near.or_else(|| builder.find(id));
        self.subject
    }
}

/// A cell is not as annals writes it; why, is for others to say.
struct Unusual;

fn value(builder: &mut Builder, row: &Row<'_>, range: Range) -> Option<Value> {
    use ValueRef::{Integer, Null, Real, Text};
    let mut cells = [Null; 7];
    for (cell, at) in cells.iter_mut().zip(VALUES) {
        *cell = row.get_ref(at).ok()?;
    }
    match (range, cells) {
        (Range::Text, [Text(text), Null, Null, Null, Null, Null, Integer(0)]) => {
            Some(Value::Text(builder.intern(utf8(text)?)))
        }
        (Range::Number(units), [Null, Real(number), Text(unit), Null, Null, Null, Integer(0)])
            if number.is_finite() =>
        {
            let unit = units.iter().find(|known| known.as_bytes() == unit)?;
            Some(builder.number(number, unit))
        }
        (Range::Entity(kinds), [Null, Null, Null, Text(id), Null, Null, Integer(0)]) => {
            let target = builder.find(utf8(id)?)?;
            let is_taken = kinds.contains(&builder.kind(target));
            is_taken.then(|| Value::Entity(EntityId::from_index(target.index())))
        }
        (Range::Date, [Null, Null, Null, Null, Text(date), label, Integer(0)]) => {
            date_of(builder, date, label).map(Value::Date)
        }
        (_, [Null, Null, Null, Null, Null, Null, Integer(1)]) => Some(Value::Missing),
        _ => None,
    }
}

/// The date in two cells.
fn when(builder: &mut Builder, row: &Row<'_>, [date, label]: [usize; 2]) -> Result<Option<WhenId>, Unusual> {
    match (row.get_ref(date), row.get_ref(label)) {
        (Ok(ValueRef::Null), Ok(ValueRef::Null)) => Ok(None),
        (Ok(ValueRef::Text(date)), Ok(label)) => date_of(builder, date, label).map(Some).ok_or(Unusual),
        _ => Err(Unusual),
    }
}

fn date_of(builder: &mut Builder, date: &[u8], label: ValueRef<'_>) -> Option<WhenId> {
    let label = match label {
        ValueRef::Null => None,
        ValueRef::Text(label) => Some(utf8(label)?),
        ValueRef::Integer(_) | ValueRef::Real(_) | ValueRef::Blob(_) => return None,
    };
    builder.intern_date(utf8(date)?, label).ok()
}

/// The words in a cell.
fn words(builder: &mut Builder, row: &Row<'_>, column: usize) -> Result<Option<Sym>, Unusual> {
    match row.get_ref(column) {
        Ok(ValueRef::Null) => Ok(None),
        Ok(ValueRef::Text(text)) => utf8(text).map(|text| Some(builder.intern(text))).ok_or(Unusual),
        _ => Err(Unusual),
    }
}

fn word<W: Word>(row: &Row<'_>, column: usize) -> Option<W> {
    let found = bytes(row, column)?;
    W::ALL.iter().copied().find(|word| word.word().as_bytes() == found)
}

fn text<'r>(row: &'r Row<'_>, column: usize) -> Option<&'r str> {
    bytes(row, column).and_then(utf8)
}

fn bytes<'r>(row: &'r Row<'_>, column: usize) -> Option<&'r [u8]> {
    match row.get_ref(column).ok()? {
        ValueRef::Text(bytes) => Some(bytes),
        ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) | ValueRef::Blob(_) => None,
    }
}

fn utf8(bytes: &[u8]) -> Option<&str> {
    str::from_utf8(bytes).ok()
}
