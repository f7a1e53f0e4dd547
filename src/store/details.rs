//! The tables of what few rows have, and of what is said about rows.
//!
//! Invariant: a row that belongs to none is a problem, as is one that says nothing.

use std::collections::{BTreeMap, HashMap};

use rusqlite::{Connection, Result, Row, params};

use super::cells::{Cells, Checked, Noted, quoted};
use super::error::Problem;
use super::places::write_evidence;
use super::reader::{Reader, for_each};
use super::schema::column::{claim_detail, claim_scope, complete, document_detail, name_detail, private, review};
use super::schema::{
    CLAIM_DETAIL, CLAIM_SCOPE, COMPLETE, COMPLETE_EVIDENCE, Column, DOCUMENT_DETAIL, NAME_DETAIL, PRIVATE, REVIEW,
    Table, Version,
};
use crate::model::builder::{NewComplete, NewReview};
use crate::model::claim_id::is_own_id;
use crate::model::complete::Members;
use crate::model::id::WhenId;
use crate::model::{
    Details, Dossier, NameDetails, NewDetails, NewNameDetails, NewReference, Reference, ReviewVerdict, SourceKey,
    State, Vocabulary, When,
};

/// Writes the tables of this module.
pub(super) fn write(dossier: &Dossier, connection: &Connection) -> Result<()> {
    write_sources(dossier, connection)?;
    write_names(dossier, connection)?;
    write_claims(dossier, connection)?;
    write_completes(dossier, connection)?;
    write_reviews(dossier, connection)
}

fn write_sources(dossier: &Dossier, connection: &Connection) -> Result<()> {
    let mut rows = connection.prepare(&DOCUMENT_DETAIL.insert())?;
    let details = dossier.documents().flat_map(|(_, document)| {
        let id = dossier.id(document.entity);
        document.details.iter().map(move |(key, value)| (id, *key, value))
    });
    for ((document, key, value), id) in details.zip(1_i64..) {
        rows.execute(params![id, document, key.as_str(), value])?;
    }
    let mut rows = connection.prepare(&PRIVATE.insert())?;
    for &entity in &dossier.private {
        rows.execute([dossier.id(entity)])?;
    }
    Ok(())
}

fn write_names(dossier: &Dossier, connection: &Connection) -> Result<()> {
    let mut rows = connection.prepare(&NAME_DETAIL.insert())?;
    for (name, id) in dossier.all_names().iter().zip(1_i64..) {
        let details = dossier.name_details(name);
        if details == NameDetails::default() {
            continue;
        }
        let [start, end] = [details.start, details.end].map(|id| date_cells(dossier, id));
        rows.execute(params![id, start.0, start.1, end.0, end.1, details.is_private])?;
    }
    Ok(())
}

fn write_claims(dossier: &Dossier, connection: &Connection) -> Result<()> {
    let mut rows = connection.prepare(&CLAIM_DETAIL.insert())?;
    let mut scopes = connection.prepare(&CLAIM_SCOPE.insert())?;
    let mut next_scope = 1_i64..;
    for ((_, claim), id) in dossier.claims().zip(1_i64..) {
        let Some(details) = dossier.details(claim) else { continue };
        // The note has its column in the table of claims. Taken apart whole, so that a new field is placed here, too.
        let Details { id: own, by, said_in, is_private, state, scope, sentence, decimals, note: _ } = details;
        let [own, said_in, sentence] = [own, said_in, sentence].map(|text| text.map(|text| dossier.text(text)));
        let by = by.map(|by| reference_cells(dossier, by)).unwrap_or_default();
        let state = state.map(State::as_str);
        // A remark alone stands in the table of claims.
        let is_row = *is_private
            || [own, by.0, by.1, said_in, state, sentence].iter().any(Option::is_some)
            || decimals.is_some();
        if is_row {
            rows.execute(params![id, own, by.0, by.1, said_in, is_private, state, sentence, decimals])?;
        }
        for (&reference, scope) in scope.iter().zip(&mut next_scope) {
            let (entity, text) = reference_cells(dossier, reference);
            scopes.execute(params![scope, id, entity, text])?;
        }
    }
    Ok(())
}

fn write_completes(dossier: &Dossier, connection: &Connection) -> Result<()> {
    let mut rows = connection.prepare(&COMPLETE.insert())?;
    let mut evidence = connection.prepare(&COMPLETE_EVIDENCE.insert())?;
    for (row, id) in dossier.completes().iter().zip(1_i64..) {
        let [since, until] = [row.since, row.until].map(|id| date_cells(dossier, id));
        let reason = row.reason.map(|reason| dossier.text(reason));
        let list = dossier.text(row.list);
        rows.execute(params![id, dossier.id(row.of), list, since.0, since.1, until.0, until.1, reason])?;
        write_evidence(dossier, &mut evidence, id, row.evidence)?;
    }
    Ok(())
}

fn write_reviews(dossier: &Dossier, connection: &Connection) -> Result<()> {
    let mut rows = connection.prepare(&REVIEW.insert())?;
    for (row, id) in dossier.reviews().iter().zip(1_i64..) {
        let on = date_cells(dossier, row.on);
        let [note, seen] = [row.note, row.seen].map(|text| text.map(|text| dossier.text(text)));
        let (claim, reader) = (dossier.text(row.claim), dossier.text(row.by));
        rows.execute(params![id, claim, reader, on.0, on.1, row.verdict.as_str(), note, seen])?;
    }
    Ok(())
}

/// Returns a date and its label.
fn date_cells(dossier: &Dossier, id: Option<WhenId>) -> (Option<&str>, Option<&str>) {
    let when = id.map(|id| dossier.when(id));
    (when.map(When::edtf), when.and_then(When::label))
}

/// Returns the id of an entity, or a text.
fn reference_cells(dossier: &Dossier, reference: Reference) -> (Option<&str>, Option<&str>) {
    match reference {
        Reference::Entity(entity) => (Some(dossier.id(entity)), None),
        Reference::Text(text) => (None, Some(dossier.text(text))),
    }
}

/// What else is known of each document, by the id of the document.
pub(super) type SourceDetails = HashMap<String, Vec<(SourceKey, String)>>;

/// Reads what else is known of each document.
pub(super) fn read_sources(reader: &mut Reader<'_>, connection: &Connection) -> Result<SourceDetails> {
    let mut details = SourceDetails::new();
    if reader.version < Version::Two {
        return Ok(details);
    }
    let hemisphere = reader.builder.hemisphere();
    for_each(connection, &DOCUMENT_DETAIL, |row| {
        let mut cells = reader.cells(&DOCUMENT_DETAIL, row);
        let key = cells.word::<SourceKey>(document_detail::key);
        let (document, value) = (cells.text(document_detail::document), cells.text(document_detail::value));
        let (key, document, value) = (key?, document?, value?);
        if key == SourceKey::Accessed
            && let Err(error) = When::parse_in(value, hemisphere)
        {
            let found = format!("{} ({error})", quoted(value.as_bytes()));
            return Err(cells.note(document_detail::value, found, "a date in EDTF"));
        }
        details.entry(document.to_owned()).or_default().push((key, value.to_owned()));
        Ok(())
    })?;
    for rows in details.values_mut() {
        rows.sort_by_key(|(key, _)| *key);
    }
    Ok(details)
}

/// Notes what is known of documents that do not exist.
pub(super) fn report_sources(reader: &mut Reader<'_>, details: SourceDetails) {
    let mut strays: Vec<String> = details.into_keys().filter(|id| !reader.documents.contains_key(id)).collect();
    strays.sort();
    for id in strays {
        stray(reader, &DOCUMENT_DETAIL, document_detail::document, &quoted(id.as_bytes()), "document");
    }
}

/// What few names have, by the row of the name.
pub(super) type NamesDetails = BTreeMap<i64, NewNameDetails>;

/// Reads what few names have.
pub(super) fn read_names(reader: &mut Reader<'_>, connection: &Connection) -> Result<NamesDetails> {
    let mut found = NamesDetails::new();
    if reader.version < Version::Two {
        return Ok(found);
    }
    for_each(connection, &NAME_DETAIL, |row| {
        let (name, details) = name_details(reader, row)?;
        found.insert(name, details);
        Ok(())
    })?;
    Ok(found)
}

/// Reads what a name has, and the row of the name.
pub(super) fn name_details(reader: &mut Reader<'_>, row: &Row<'_>) -> Checked<(i64, NewNameDetails)> {
    let hemisphere = reader.builder.hemisphere();
    let mut cells = reader.cells(&NAME_DETAIL, row);
    let name = cells.row_number(name_detail::name);
    let start = cells.when(name_detail::start_date, name_detail::start_label, hemisphere);
    let end = cells.when(name_detail::end_date, name_detail::end_label, hemisphere);
    let is_private = cells.integer::<i64>(name_detail::private, 0, 1);
    Ok((name?, NewNameDetails { start: start?, end: end?, is_private: is_private? == 1 }))
}

/// Notes what belongs to names that do not exist.
pub(super) fn report_names(reader: &mut Reader<'_>, details: NamesDetails) {
    for name in details.into_keys() {
        stray(reader, &NAME_DETAIL, name_detail::name, &name.to_string(), "name");
    }
}

/// What few claims have, by the row of the claim.
#[derive(Default)]
pub(super) struct ClaimDetails(BTreeMap<i64, NewDetails>);

impl ClaimDetails {
    /// Reads the tables of what few claims have.
    pub(super) fn read(reader: &mut Reader<'_>, connection: &Connection) -> Result<Self> {
        let mut found = Self::default();
        if reader.version < Version::Two {
            return Ok(found);
        }
        for_each(connection, &CLAIM_DETAIL, |row| {
            let (claim, details) = claim_details(reader, row)?;
            found.0.insert(claim, details);
            Ok(())
        })?;
        for_each(connection, &CLAIM_SCOPE, |row| {
            let (claim, part) = scope(reader, row)?;
            found.0.entry(claim).or_default().scope.push(part);
            Ok(())
        })?;
        Ok(found)
    }

    /// Removes and returns what the claim in a row has.
    pub(super) fn take(&mut self, row: i64) -> Option<NewDetails> {
        self.0.remove(&row)
    }

    /// Notes what belongs to no claim.
    pub(super) fn report_stray(self, reader: &mut Reader<'_>) {
        for row in self.0.into_keys() {
            stray(reader, &CLAIM_DETAIL, claim_detail::claim, &row.to_string(), "claim");
        }
    }
}

/// Reads what a claim has, except for its scope and remark, and the row of the claim.
pub(super) fn claim_details(reader: &mut Reader<'_>, row: &Row<'_>) -> Checked<(i64, NewDetails)> {
    let by = reference(reader, &CLAIM_DETAIL, row, claim_detail::by_entity, claim_detail::by_text);
    let mut cells = reader.cells(&CLAIM_DETAIL, row);
    let claim = cells.row_number(claim_detail::claim);
    let id = own_id(&mut cells);
    let (said_in, sentence) = (cells.text_or_null(claim_detail::said_in), cells.text_or_null(claim_detail::sentence));
    let is_private = cells.integer::<i64>(claim_detail::private, 0, 1);
    let has_state = !cells.is_null(claim_detail::state);
    let state = has_state.then(|| cells.word::<State>(claim_detail::state)).transpose();
    let has_decimals = !cells.is_null(claim_detail::decimals);
    let decimals = has_decimals.then(|| cells.integer::<u8>(claim_detail::decimals, 1, u8::MAX.into())).transpose();
    let owned = |text: Option<&str>| text.map(str::to_owned);
    let details = NewDetails {
        id: owned(id?),
        by: by?,
        said_in: owned(said_in?),
        is_private: is_private? == 1,
        state: state?,
        scope: Vec::new(),
        sentence: owned(sentence?),
        decimals: decimals?,
        note: None,
    };
    Ok((claim?, details))
}

/// Reads a part of its subject of which a claim speaks, and the row of the claim.
pub(super) fn scope(reader: &mut Reader<'_>, row: &Row<'_>) -> Checked<(i64, NewReference)> {
    let reference = reference(reader, &CLAIM_SCOPE, row, claim_scope::entity, claim_scope::text);
    let mut cells = reader.cells(&CLAIM_SCOPE, row);
    let claim = cells.row_number(claim_scope::claim);
    let Some(reference) = reference? else {
        return Err(cells.note(claim_scope::text, "nothing", "an entity or a text"));
    };
    Ok((claim?, reference))
}

/// Reads the private entities, the lists that are whole, and the reviews.
pub(super) fn read_about(reader: &mut Reader<'_>, connection: &Connection) -> Result<()> {
    if reader.version < Version::Two {
        return Ok(());
    }
    for_each(connection, &PRIVATE, |row| private_entity(reader, row))?;
    read_completes(reader, connection)?;
    read_reviews(reader, connection)
}

/// Reads the reviews.
pub(super) fn read_reviews(reader: &mut Reader<'_>, connection: &Connection) -> Result<()> {
    let hemisphere = reader.builder.hemisphere();
    for_each(connection, &REVIEW, |row| {
        let mut cells = reader.cells(&REVIEW, row);
        let (claim, by) = (cells.text(review::claim), cells.text(review::reader));
        let on = cells.when(review::on_date, review::on_label, hemisphere);
        let verdict = cells.word::<ReviewVerdict>(review::verdict);
        let (note, seen) = (cells.text_or_null(review::note), cells.text_or_null(review::seen));
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let new = NewReview {
            claim: claim?.to_owned(),
            by: by?.to_owned(),
            on: on?,
            verdict: verdict?,
            note: owned(note?),
            seen: owned(seen?),
        };
        reader.builder.review(&new);
        Ok(())
    })
}

/// Marks the private entity of a row.
pub(super) fn private_entity(reader: &mut Reader<'_>, row: &Row<'_>) -> Checked<()> {
    let entity = reader.named(&PRIVATE, row, private::entity)?;
    reader.builder.set_private(entity);
    Ok(())
}

fn read_completes(reader: &mut Reader<'_>, connection: &Connection) -> Result<()> {
    let words = reader.builder.vocabulary();
    let mut rows: BTreeMap<i64, Checked<NewComplete>> = BTreeMap::new();
    for_each(connection, &COMPLETE, |row| {
        let new = whole_list(reader, row, &words);
        let id = reader.cells(&COMPLETE, row).row_number(complete::id)?;
        rows.insert(id, new);
        Ok(())
    })?;
    for_each(connection, &COMPLETE_EVIDENCE, |row| {
        let (owner, number) = reader.owner_and_place(&COMPLETE_EVIDENCE, row)?;
        let place = reader.place(&COMPLETE_EVIDENCE, row, number)?;
        match rows.get_mut(&owner) {
            Some(Ok(complete)) => complete.evidence.push(place),
            Some(Err(Noted)) => {}
            None => reader.report_stray(&COMPLETE_EVIDENCE, owner, number),
        }
        Ok(())
    })?;
    rows.into_values().flatten().for_each(|new| reader.builder.complete(new));
    Ok(())
}

/// Reads the statement that a list is whole, without its evidence.
pub(super) fn whole_list(reader: &mut Reader<'_>, row: &Row<'_>, words: &Vocabulary) -> Checked<NewComplete> {
    let hemisphere = reader.builder.hemisphere();
    let of = reader.named(&COMPLETE, row, complete::entity);
    let mut cells = reader.cells(&COMPLETE, row);
    let list = cells.text(complete::list).and_then(|list| {
        let is_known = Members::of_list(list, words).is_some();
        let expected = "the name of a list, a property or a kind";
        if is_known { Ok(list) } else { Err(cells.note(complete::list, quoted(list.as_bytes()), expected)) }
    });
    let since = cells.when(complete::since_date, complete::since_label, hemisphere);
    let until = cells.when(complete::until_date, complete::until_label, hemisphere);
    let reason = cells.text_or_null(complete::reason);
    Ok(NewComplete {
        of: of?,
        list: list?.to_owned(),
        since: since?,
        until: until?,
        reason: reason?.map(str::to_owned),
        evidence: Vec::new(),
    })
}

/// Returns the id that the authors gave a claim.
fn own_id<'r>(cells: &mut Cells<'r, '_>) -> Checked<Option<&'r str>> {
    let Some(id) = cells.text_or_null(claim_detail::id)? else { return Ok(None) };
    if is_own_id(id) {
        return Ok(Some(id));
    }
    Err(cells.note(claim_detail::id, quoted(id.as_bytes()), "4 to 16 lower-case letters and digits"))
}

/// Reads an entity or a text; `None` if both are NULL.
fn reference(
    reader: &mut Reader<'_>,
    table: &'static Table,
    row: &Row<'_>,
    entity: Column,
    text: Column,
) -> Checked<Option<NewReference>> {
    let mut cells = reader.cells(table, row);
    match (cells.is_null(entity), cells.text_or_null(text)?) {
        (true, None) => Ok(None),
        (true, Some(text)) => Ok(Some(NewReference::Text(text.to_owned()))),
        (false, None) => reader.named(table, row, entity).map(|entity| Some(NewReference::Entity(entity))),
        (false, Some(other)) => {
            Err(cells.note(text, quoted(other.as_bytes()), format_args!("nothing, beside {}", entity.name)))
        }
    }
}

/// Notes a row that belongs to none.
fn stray(reader: &mut Reader<'_>, table: &'static Table, column: Column, found: &str, owner: &str) {
    reader.problems.add(|| Problem {
        table: table.name,
        row: Some(found.to_owned()),
        column: column.name.into(),
        found: found.to_owned(),
        expected: format!("the id of a row of {owner}"),
    });
}
