//! Reads the rows of some entities, each by an index, with the checks of a whole load.
//!
//! Invariant: the rows are read as [`Reader`] reads all of them; places are those that the rows refer to.

use rusqlite::Connection;

use super::by::By;
use super::gather::Needed;
use super::links::NeedsWhole;
use crate::model::builder::{Handle, PlaceHandle};
use crate::model::{CoreKind, Modality, NewDetails, NewNameDetails, Value, Vocabulary};
use crate::store::reader::Reader;
use crate::store::schema::column::{
    claim, claim_detail, claim_scope, complete, complete_evidence, entity, evidence, name, name_detail, name_evidence,
    place, private,
};
use crate::store::schema::{
    CLAIM, CLAIM_DETAIL, CLAIM_SCOPE, COMPLETE, COMPLETE_EVIDENCE, ENTITY, EVIDENCE, NAME, NAME_DETAIL, NAME_EVIDENCE,
    PLACE, PRIVATE, Table,
};
use crate::store::{details, statement};

/// Reads entities with their names, and the claims of those that are needed with theirs. The names of these, and of
/// `proven`, an id, are read with their evidence.
pub(super) fn read(
    reader: &mut Reader<'_>,
    connection: &Connection,
    needed: &Needed,
    proven: Option<&str>,
) -> Result<(), NeedsWhole> {
    let words = reader.builder.vocabulary();
    let mut rows = By::new(connection, &ENTITY, entity::id, None)?;
    for id in needed.keys() {
        rows.each(id, |row| Ok(reader.entity(row, &words)?))?;
    }
    reader.read_documents(connection)?;
    let mut places = Places { rows: By::new(connection, &PLACE, place::id, None)?, firsts: Vec::new() };
    read_names(reader, connection, needed, proven, &mut places)?;
    read_claims(reader, connection, needed, &mut places, &words)?;
    read_about(reader, connection, needed, &mut places, &words)?;
    // A whole load explains what is wrong.
    if reader.problems.list.is_empty() { Ok(()) } else { Err(NeedsWhole) }
}

fn read_names(
    reader: &mut Reader<'_>,
    connection: &Connection,
    needed: &Needed,
    proven: Option<&str>,
    places: &mut Places<'_>,
) -> Result<(), NeedsWhole> {
    let mut rows = By::new(connection, &NAME, name::entity, Some("name_entity"))?;
    let mut further = By::new(connection, &NAME_DETAIL, name_detail::name, None)?;
    let mut evidence = By::new(connection, &NAME_EVIDENCE, name_evidence::name, None)?;
    let mut pairs = Vec::new();
    for (id, has_claims) in needed {
        let mut owners = Vec::new();
        rows.each(id, |row| {
            same(id, reader.cells(&NAME, row).text(name::entity)?)?;
            let number = reader.cells(&NAME, row).row_number(name::id)?;
            let mut details = NewNameDetails::default();
            further.each(number, |row| {
                details = details::name_details(reader, row)?.1;
                Ok(())
            })?;
            owners.push((number, reader.name(row, &details)?));
            Ok(())
        })?;
        if *has_claims || proven == Some(&**id) {
            for (number, owner) in owners {
                let cited = places.of(reader, &NAME_EVIDENCE, &mut evidence, number)?;
                pairs.extend(cited.into_iter().map(|place| (owner, place)));
            }
        }
    }
    reader.builder.prove_names(pairs);
    Ok(())
}

fn read_claims(
    reader: &mut Reader<'_>,
    connection: &Connection,
    needed: &Needed,
    places: &mut Places<'_>,
    words: &Vocabulary,
) -> Result<(), NeedsWhole> {
    let mut rows = By::new(connection, &CLAIM, claim::subject, Some("claim_subject"))?;
    let mut further = Further::new(connection)?;
    let mut evidence = By::new(connection, &EVIDENCE, evidence::claim, None)?;
    let mut pairs = Vec::new();
    for id in needed.iter().filter(|(_, has_claims)| **has_claims).map(|(id, _)| id) {
        let subject = reader.builder.find(id).ok_or(NeedsWhole)?;
        let mut owners = Vec::new();
        rows.each(id, |row| {
            same(id, reader.cells(&CLAIM, row).text(claim::subject)?)?;
            let number = reader.cells(&CLAIM, row).row_number(claim::id)?;
            let details = further.of(reader, number)?;
            let read = statement::claim(reader, row, Ok::<Handle, _>(subject), words, details)?;
            // Whether such plans agree depends on judgements, and on wholes however far away.
            if read.modality() == Modality::Planned
                && matches!(read.value, Value::Entity(_))
                && read.start.or(read.as_of).is_some()
            {
                return Err(NeedsWhole);
            }
            owners.push((number, reader.builder.add_claim(read)));
            Ok(())
        })?;
        for (number, owner) in owners {
            let cited = places.of(reader, &EVIDENCE, &mut evidence, number)?;
            pairs.extend(cited.into_iter().map(|place| (owner, place)));
        }
    }
    reader.builder.prove_claims(pairs);
    Ok(())
}

/// Reads which entities are private, which lists of those with claims, and of documents, are whole, and the reviews, which
/// name claims by ids that may follow from what they say.
fn read_about(
    reader: &mut Reader<'_>,
    connection: &Connection,
    needed: &Needed,
    places: &mut Places<'_>,
    words: &Vocabulary,
) -> Result<(), NeedsWhole> {
    let mut private = By::new(connection, &PRIVATE, private::entity, None)?;
    let mut lists = By::new(connection, &COMPLETE, complete::entity, Some("complete_entity"))?;
    let mut evidence = By::new(connection, &COMPLETE_EVIDENCE, complete_evidence::complete, None)?;
    for (id, has_claims) in needed {
        private.each(id, |row| {
            same(id, reader.cells(&PRIVATE, row).text(private::entity)?)?;
            Ok(details::private_entity(reader, row)?)
        })?;
        // A document may list the terms of any post.
        let kind = id.split_once('/').and_then(|(kind, _)| words.find_kind(kind));
        if !has_claims && kind.is_none_or(|kind| words.core(kind) != CoreKind::Document) {
            continue;
        }
        let mut found = Vec::new();
        lists.each(id, |row| {
            same(id, reader.cells(&COMPLETE, row).text(complete::entity)?)?;
            let number = reader.cells(&COMPLETE, row).row_number(complete::id)?;
            found.push((number, details::whole_list(reader, row, words)?));
            Ok(())
        })?;
        for (number, mut list) in found {
            list.evidence = places.of(reader, &COMPLETE_EVIDENCE, &mut evidence, number)?;
            reader.builder.complete(list);
        }
    }
    Ok(details::read_reviews(reader, connection)?)
}

/// Refuses the row of another entity, to which a damaged index may lead.
fn same(id: &str, found: &str) -> Result<(), NeedsWhole> {
    if id == found { Ok(()) } else { Err(NeedsWhole) }
}

/// What few claims have.
struct Further<'c> {
    details: By<'c>,
    scopes: By<'c>,
}

impl<'c> Further<'c> {
    fn new(connection: &'c Connection) -> Result<Self, NeedsWhole> {
        let details = By::new(connection, &CLAIM_DETAIL, claim_detail::claim, None)?;
        let scopes = By::new(connection, &CLAIM_SCOPE, claim_scope::claim, Some("claim_scope_claim"))?;
        Ok(Self { details, scopes })
    }

    /// Returns what the claim in a row has, except for a remark.
    fn of(&mut self, reader: &mut Reader<'_>, claim: i64) -> Result<Option<NewDetails>, NeedsWhole> {
        let mut found: Option<NewDetails> = None;
        self.details.each(claim, |row| {
            found = Some(details::claim_details(reader, row)?.1);
            Ok(())
        })?;
        self.scopes.each(claim, |row| {
            let (of, part) = details::scope(reader, row)?;
            if of != claim {
                return Err(NeedsWhole);
            }
            found.get_or_insert_default().scope.push(part);
            Ok(())
        })?;
        Ok(found)
    }
}

/// The places that were read.
struct Places<'c> {
    rows: By<'c>,
    firsts: Vec<i64>,
}

impl Places<'_> {
    /// Reads the evidence of the owner in a row.
    fn of(
        &mut self,
        reader: &mut Reader<'_>,
        table: &'static Table,
        evidence: &mut By<'_>,
        owner: i64,
    ) -> Result<Vec<PlaceHandle>, NeedsWhole> {
        let mut cited = Vec::new();
        evidence.each(owner, |row| {
            let number = reader.owner_and_place(table, row)?.1;
            if reader.places.get(number).is_none() {
                self.rows.each(number, |row| Ok(reader.place_row(row, &mut self.firsts)?))?;
            }
            cited.push(PlaceHandle(reader.places.get(number).ok_or(NeedsWhole)??));
            Ok(())
        })?;
        Ok(cited)
    }
}
