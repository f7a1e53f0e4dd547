//! Writes a dossier into a new `SQLite` file.
//!
//! Invariant: equal dossiers give equal bytes: one transaction, rows in the order of the dossier, nothing of the clock
//! or the machine.

use std::path::Path;

use rusqlite::{Connection, OpenFlags, Result, Statement, params};

use super::places::{place_id, write_evidence};
use super::schema::{
    APPLICATION_ID, CLAIM, DIGESTS_KEY, DOCUMENT, DOSSIER, ENTITY, EVIDENCE, INDEXES_AND_VIEWS, JUDGEMENT, NAME,
    NAME_EVIDENCE, PLACE, SpotKind, UNCLAIMED, Version, tables,
};
use super::{check, details, words};
use crate::model::id::{Sym, WhenId};
use crate::model::{Claim, Digests, Dossier, Hemisphere, Spot, Value, When};
use crate::text::digest::to_hex;
use crate::text::fold::fold;

/// Fills an empty file. After an error it is incomplete, and the caller has to remove it.
pub(super) fn write(dossier: &Dossier, path: &Path) -> Result<()> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let connection = Connection::open_with_flags(path, flags)?;
    // The file is private and removed after an error, so it needs no journal and no locks; the caller syncs it.
    let version = Version::NEWEST.number();
    connection.execute_batch(&format!(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
         PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON;
         BEGIN; PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {version};"
    ))?;
    connection.execute_batch(&tables())?;
    write_rows(dossier, &connection)?;
    connection.execute_batch(INDEXES_AND_VIEWS)?;
    connection.execute_batch("COMMIT")?;
    connection.close().map_err(|(_, error)| error)
}

fn write_rows(dossier: &Dossier, connection: &Connection) -> Result<()> {
    write_meta(dossier, connection)?;
    words::write(dossier, connection)?;
    let mut entity = connection.prepare(&ENTITY.insert())?;
    for id in dossier.entities() {
        let label = dossier.label(id);
        entity.execute(params![dossier.id(id), dossier.kind(id).name, label, fold(label)])?;
    }
    write_documents(dossier, connection)?;
    write_places(dossier, connection)?;
    write_names(dossier, connection)?;
    write_claims(dossier, connection)?;
    let mut judgement = connection.prepare(&JUDGEMENT.insert())?;
    for (row, id) in dossier.judgements().iter().zip(1_i64..) {
        let (a, b) = (dossier.id(row.a), dossier.id(row.b));
        judgement.execute(params![id, a, b, row.verdict.as_str(), dossier.text(row.reason)])?;
    }
    let mut unclaimed = connection.prepare(&UNCLAIMED.insert())?;
    for row in &dossier.unclaimed {
        unclaimed.execute(params![place_id(row.place), dossier.text(row.reason)])?;
    }
    details::write(dossier, connection)?;
    check::write(dossier, connection)
}

fn write_meta(dossier: &Dossier, connection: &Connection) -> Result<()> {
    let own = dossier.vocabulary().own_toml();
    let base = dossier.vocabulary().base().as_str();
    let mut statement = connection.prepare(&DOSSIER.insert())?;
    let meta = dossier.meta();
    let dates = [("span", "span_label", &meta.span), ("horizon", "horizon_label", &meta.horizon)];
    let dates = dates.into_iter().flat_map(|(key, label, when)| {
        let when = when.as_ref();
        [(key, when.map(When::edtf)), (label, when.and_then(When::label))]
    });
    let plain = [
        ("key", Some(&*meta.key)),
        ("title", Some(&*meta.title)),
        ("licence", meta.licence.as_deref()),
        ("origin", meta.origin.as_deref()),
        ("documents", meta.documents.as_deref()),
        ("hemisphere", (meta.hemisphere != Hemisphere::default()).then(|| meta.hemisphere.as_str())),
    ];
    let words = [("vocabulary_base", Some(base)), ("vocabulary", Some(&*own).filter(|own| !own.is_empty()))];
    let digests = Some(meta.digests).filter(|digests| *digests != Digests::default());
    let digests = [(DIGESTS_KEY, digests.map(Digests::as_str))];
    for (key, value) in plain.into_iter().chain(dates).chain(words).chain(digests) {
        if let Some(value) = value {
            statement.execute([key, value])?;
        }
    }
    Ok(())
}

fn write_documents(dossier: &Dossier, connection: &Connection) -> Result<()> {
    let mut statement = connection.prepare(&DOCUMENT.insert())?;
    for (_, document) in dossier.documents() {
        let published = document.published.as_ref();
        statement.execute(params![
            dossier.id(document.entity),
            document.key,
            document.kind,
            document.publisher,
            published.map(When::edtf),
            published.and_then(When::label),
            document.file,
            document.fingerprint.map(|fingerprint| to_hex(&fingerprint.sha256)),
            document.fingerprint.map(|fingerprint| fingerprint.length),
        ])?;
    }
    Ok(())
}

fn write_places(dossier: &Dossier, connection: &Connection) -> Result<()> {
    let mut statement = connection.prepare(&PLACE.insert())?;
    for (place, number) in dossier.places().iter().zip(0_u32..) {
        let document = dossier.id(dossier.document(place.document).entity);
        let text = |row| Some(dossier.text(row));
        let (kind, row, [paragraph, sentence, item]) = match place.spot {
            Spot::Heading => (SpotKind::Heading, None, [None; 3]),
            Spot::Row(row) => (SpotKind::Row, text(row), [None; 3]),
            Spot::Paragraph(paragraph) => (SpotKind::Paragraph, None, [Some(paragraph), None, None]),
            Spot::Sentence { paragraph, sentence } => {
                (SpotKind::Sentence, None, [Some(paragraph), Some(sentence), None])
            }
            Spot::Item(item) => (SpotKind::Item, None, [None, None, Some(item)]),
        };
        let section = dossier.text(place.section);
        let pin = place.pin;
        statement.execute(params![
            place_id(number),
            document,
            section,
            kind.as_str(),
            row,
            paragraph,
            sentence,
            item,
            pin.map(|pin| pin.line),
            pin.map(|pin| pin.start),
            pin.map(|pin| pin.length),
            pin.map(|pin| to_hex(&pin.sha256)),
        ])?;
    }
    Ok(())
}

fn write_names(dossier: &Dossier, connection: &Connection) -> Result<()> {
    let mut statement = connection.prepare(&NAME.insert())?;
    let mut evidence = connection.prepare(&NAME_EVIDENCE.insert())?;
    for (name, id) in dossier.all_names().iter().zip(1_i64..) {
        let language = name.lang.map(|lang| dossier.text(lang));
        let value = dossier.text(name.value);
        statement.execute(params![id, dossier.id(name.entity), value, name.kind.as_str(), language, fold(value)])?;
        write_evidence(dossier, &mut evidence, id, name.evidence)?;
    }
    Ok(())
}

fn write_claims(dossier: &Dossier, connection: &Connection) -> Result<()> {
    let mut statement = connection.prepare(&CLAIM.insert())?;
    let mut evidence = connection.prepare(&EVIDENCE.insert())?;
    for ((_, claim), id) in dossier.claims().zip(1_i64..) {
        write_claim(dossier, &mut statement, claim, id)?;
        write_evidence(dossier, &mut evidence, id, claim.evidence)?;
    }
    Ok(())
}

fn write_claim(dossier: &Dossier, statement: &mut Statement<'_>, claim: &Claim, id: i64) -> Result<()> {
    let text = |sym: Option<Sym>| sym.map(|sym| dossier.text(sym));
    let when = |id: Option<WhenId>| id.map(|id| dossier.when(id));
    let value_date = dossier.date(claim);
    let (value_text, number, unit) = match claim.value {
        Value::Text(sym) => (Some(dossier.text(sym)), None, None),
        Value::Number { number, unit } => (None, Some(number.get()), Some(dossier.unit(unit))),
        Value::Entity(_) | Value::Date(_) | Value::Missing => (None, None, None),
    };
    let (start, end, as_of) = (when(claim.start), when(claim.end), when(claim.as_of));
    statement.execute(params![
        id,
        dossier.id(claim.subject),
        dossier.vocabulary().name(claim.property),
        value_text,
        number,
        unit,
        Dossier::target(claim).map(|target| dossier.id(target)),
        value_date.map(When::edtf),
        value_date.and_then(When::label),
        claim.value == Value::Missing,
        start.map(When::edtf),
        start.and_then(When::label),
        end.map(When::edtf),
        end.and_then(When::label),
        as_of.map(When::edtf),
        as_of.and_then(When::label),
        claim.modality().as_str(),
        claim.basis().as_str(),
        claim.rank().as_str(),
        text(claim.reason),
        dossier.note(claim),
        value_date.and_then(When::earliest).map(|day| day.to_string()),
        value_date.and_then(When::latest).map(|day| day.to_string()),
    ])?;
    Ok(())
}
