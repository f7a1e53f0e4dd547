//! The links between entities, asked of a file one entity at a time.
//!
//! Invariant: the rows of an entity are read at most once, all through an index, and no more rows than allowed.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, Statement};

use crate::model::names::MAX_NAMESAKES;
use crate::model::{CoreKind, KindId, PropertyId, Vocabulary};
use crate::store::cells::Noted;

/// The answer cannot be given without reading the whole dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NeedsWhole;

impl From<rusqlite::Error> for NeedsWhole {
    fn from(_: rusqlite::Error) -> Self {
        // Reading the whole gives the message.
        Self
    }
}

impl From<Noted> for NeedsWhole {
    fn from(_: Noted) -> Self {
        Self
    }
}

/// The id of an entity.
pub(super) type Id = Rc<str>;

/// A claim whose value is an entity, from one of its sides.
#[derive(Debug, Clone)]
pub(super) struct Link {
    pub(super) property: PropertyId,
    /// The entity on the other side.
    pub(super) other: Id,
}

const OWN: &str = "SELECT property, value_entity FROM main.claim INDEXED BY claim_subject
    WHERE subject = ?1 AND value_entity IS NOT NULL";

const INCOMING: &str = "SELECT property, subject FROM main.claim INDEXED BY claim_value_entity WHERE value_entity = ?1";

/// To whom claims are attributed, and of which parts of their subject they speak. The order of the tables is that of the
/// loops.
const MENTIONED: &str = "SELECT detail.by_entity FROM main.claim INDEXED BY claim_subject
    CROSS JOIN main.claim_detail AS detail ON detail.claim = claim.id
    WHERE claim.subject = ?1 AND detail.by_entity IS NOT NULL
    UNION ALL SELECT scope.entity FROM main.claim INDEXED BY claim_subject
    CROSS JOIN main.claim_scope AS scope INDEXED BY claim_scope_claim ON scope.claim = claim.id
    WHERE claim.subject = ?1 AND scope.entity IS NOT NULL";

/// The entities of the label of another one.
const NAMESAKES: &str = "SELECT other.id FROM main.entity AS own
    CROSS JOIN main.entity AS other INDEXED BY entity_folded ON other.folded = own.folded
    WHERE own.id = ?1 AND other.label = own.label AND other.id <> own.id";

/// The links of a file.
pub(super) struct Links<'c> {
    words: Arc<Vocabulary>,
    own: Asked<'c>,
    incoming: Asked<'c>,
    mentioned: Statement<'c>,
    namesakes: Statement<'c>,
    /// The number of rows that may still be read.
    left: u64,
}

impl<'c> Links<'c> {
    pub(super) fn new(connection: &'c Connection, words: Arc<Vocabulary>, most: u64) -> Result<Self, NeedsWhole> {
        let (own, incoming) = (Asked::new(connection, OWN)?, Asked::new(connection, INCOMING)?);
        let mentioned = connection.prepare(MENTIONED)?;
        let namesakes = connection.prepare(NAMESAKES)?;
        Ok(Self { words, own, incoming, mentioned, namesakes, left: most })
    }

    /// Returns the claims of an entity that name another.
    pub(super) fn own(&mut self, id: &Id) -> Result<Rc<[Link]>, NeedsWhole> {
        self.own.of(id, &self.words, &mut self.left)
    }

    /// Returns the claims that name an entity, with their subjects.
    pub(super) fn incoming(&mut self, id: &Id) -> Result<Rc<[Link]>, NeedsWhole> {
        self.incoming.of(id, &self.words, &mut self.left)
    }

    /// Passes on the entities that the claims of an entity name beside their values.
    pub(super) fn mentioned(&mut self, id: &Id, mut each: impl FnMut(Id)) -> Result<(), NeedsWhole> {
        let mut rows = self.mentioned.query([&**id])?;
        while let Some(row) = rows.next()? {
            self.left = self.left.checked_sub(1).ok_or(NeedsWhole)?;
            each(text(row, 0)?.into());
        }
        Ok(())
    }

    /// Returns other entities of the label of this one, without documents; of very many only some.
    pub(super) fn namesakes(&mut self, id: &Id) -> Result<Vec<Id>, NeedsWhole> {
        let mut found: Vec<Id> = Vec::new();
        let mut rows = self.namesakes.query([&**id])?;
        while let Some(row) = rows.next()? {
            let other = text(row, 0)?;
            let kind = other.split_once('/').and_then(|(kind, _)| self.words.find_kind(kind)).ok_or(NeedsWhole)?;
            if self.words.core(kind) != CoreKind::Document {
                found.push(other.into());
            }
            if found.len() >= MAX_NAMESAKES {
                break;
            }
        }
        Ok(found)
    }

    /// Returns the kind with which an id begins.
    pub(super) fn kind(&self, id: &str) -> Result<KindId, NeedsWhole> {
        id.split_once('/').and_then(|(kind, _)| self.words.find_kind(kind)).ok_or(NeedsWhole)
    }

    /// Returns the core kind of the kind with which an id begins.
    pub(super) fn core(&self, id: &str) -> Result<CoreKind, NeedsWhole> {
        self.kind(id).map(|kind| self.words.core(kind))
    }

    pub(super) fn words(&self) -> &Vocabulary {
        &self.words
    }
}

/// A statement with the answers that it gave.
struct Asked<'c> {
    statement: Statement<'c>,
    known: HashMap<Id, Rc<[Link]>>,
}

impl<'c> Asked<'c> {
    fn new(connection: &'c Connection, sql: &str) -> rusqlite::Result<Self> {
        Ok(Self { statement: connection.prepare(sql)?, known: HashMap::new() })
    }

    fn of(&mut self, id: &Id, words: &Vocabulary, left: &mut u64) -> Result<Rc<[Link]>, NeedsWhole> {
        if let Some(known) = self.known.get(id) {
            return Ok(Rc::clone(known));
        }
        let mut found = Vec::new();
        let mut rows = self.statement.query([&**id])?;
        while let Some(row) = rows.next()? {
            *left = left.checked_sub(1).ok_or(NeedsWhole)?;
            let property = words.find_property(text(row, 0)?).ok_or(NeedsWhole)?;
            found.push(Link { property, other: text(row, 1)?.into() });
        }
        let found: Rc<[Link]> = found.into();
        self.known.insert(Rc::clone(id), Rc::clone(&found));
        Ok(found)
    }
}

/// Returns a cell that has to be a text in UTF-8.
pub(super) fn text<'r>(row: &'r Row<'_>, at: usize) -> Result<&'r str, NeedsWhole> {
    match row.get_ref(at)? {
        ValueRef::Text(bytes) => str::from_utf8(bytes).map_err(|_| NeedsWhole),
        ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) | ValueRef::Blob(_) => Err(NeedsWhole),
    }
}
