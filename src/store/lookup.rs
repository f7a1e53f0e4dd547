//! Answers about one thing, from the rows around it: a file of any size is read as far as the answer needs.
//!
//! Header and tables are checked as for a whole load, and so is every row that is read; pages and all other rows are
//! not. Rows are found by the indexes that annals writes. Whatever is unusual (an older version, a missing index, a
//! journal beside the file, a row with a problem, an answer about a large part of the dossier) makes a whole load
//! necessary, which also says what is wrong.
//!
//! Invariant: a command says the same of the part of a dossier that is read as of the whole dossier.

mod by;
mod gather;
mod links;
mod rows;

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use rusqlite::Connection;

pub use gather::Reach;
pub use links::NeedsWhole;

use super::connection;
use super::file::{has_journal, open_dossier, resolve};
use super::private_copy::Source;
use super::progress::Progress;
use super::reader::Reader;
use super::schema::{CLAIM, Version};
use crate::model::claim_id::DERIVED;
use crate::model::{CoreKind, Dossier, Vocabulary};
use crate::text::fold::fold;
use gather::Needed;
use links::{Id, Links, text};

/// A whole load takes as long as reading this share of all claims one by one.
const SHARE: u64 = 8;

/// The number of links that may be read in a dossier of any size.
const FEW: u64 = 2_000;

/// Memory for pages, in KiB: rows are read in the order of the entities, not of the pages, so that an answer returns to
/// the same pages. Unless it does, little of this is used.
const CACHE: &str = "PRAGMA main.cache_size = -16384";

/// What an answer is about.
#[derive(Debug, Clone)]
pub struct Subject {
    /// The ids of the entities that are meant. If there are several, the answer is their ids and labels alone, unless
    /// the claims of each are asked for.
    pub ids: Vec<String>,
    /// What is to be told of the entity.
    pub reach: Reach,
}

/// A file in which entities can be looked up.
pub struct Lookup<'c> {
    connection: &'c Connection,
    words: Arc<Vocabulary>,
}

/// Reads the part of a dossier that an answer needs. `choose` looks up what the answer is about.
///
/// # Errors
///
/// [`NeedsWhole`] if only the whole dossier gives the answer, or the reason why there is none.
pub fn part(
    path: &Path,
    choose: impl FnOnce(&Lookup<'_>) -> Result<Subject, NeedsWhole>,
) -> Result<Dossier, NeedsWhole> {
    let (_, _, header) = open_dossier(path, path).map_err(|_| NeedsWhole)?;
    // Such a file would be copied.
    if header.wal || has_journal(&resolve(path).map_err(|_| NeedsWhole)?) {
        return Err(NeedsWhole);
    }
    let source = Source::of(path, path).map_err(|_| NeedsWhole)?;
    if source.is_copy() {
        return Err(NeedsWhole);
    }
    let opened = connection::open(&source, path).map_err(|_| NeedsWhole)?;
    match opened.version {
        // It has neither folded names nor all of the indexes.
        Version::One => return Err(NeedsWhole),
        Version::Two => {}
    }
    opened.connection.execute_batch(CACHE)?;
    // In one transaction everything is read as of the same moment.
    let transaction = opened.connection.unchecked_transaction()?;
    let (mut watch, stop) = (|_: super::Stage<'_>| ControlFlow::Continue(()), AtomicBool::new(false));
    let mut reader = Reader::new(opened.version, Progress::new(&mut watch, &stop));
    reader.read_meta(&transaction)?.map_err(|_| NeedsWhole)?;
    let lookup = Lookup { connection: &transaction, words: reader.builder.vocabulary() };
    let subject = choose(&lookup)?;
    let (needed, proven) = lookup.needed(&subject)?;
    rows::read(&mut reader, &transaction, &needed, proven)?;
    Ok(reader.builder.finish())
}

impl Lookup<'_> {
    /// Returns the words of the dossier.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.words
    }

    /// Returns true if an entity has this id.
    ///
    /// # Errors
    ///
    /// [`NeedsWhole`] if the file cannot be read.
    pub fn has(&self, id: &str) -> Result<bool, NeedsWhole> {
        let mut statement = self.connection.prepare("SELECT id FROM main.entity WHERE id = ?1")?;
        Ok(statement.exists([id])?)
    }

    /// Returns true if a claim may have this id; whether one has a derived id, only the whole dossier tells.
    ///
    /// # Errors
    ///
    /// [`NeedsWhole`] if the file cannot be read.
    pub fn may_have_claim(&self, id: &str) -> Result<bool, NeedsWhole> {
        let mut statement = self.connection.prepare("SELECT id FROM main.claim_detail WHERE id = ?1")?;
        Ok(id.starts_with(DERIVED) || statement.exists([id])?)
    }

    /// Returns the core kind of an id; `None` if it does not begin with a kind.
    pub fn core(&self, id: &str) -> Option<CoreKind> {
        let (kind, _) = id.split_once('/')?;
        self.words.find_kind(kind).map(|kind| self.words.core(kind))
    }

    /// Returns the ids of the entities with this id, or else with this slug, label or other name, in their order.
    ///
    /// # Errors
    ///
    /// [`NeedsWhole`] if there is none, or the file cannot be read.
    pub fn called(&self, called: &str) -> Result<Vec<String>, NeedsWhole> {
        if self.has(called)? {
            return Ok(vec![called.to_owned()]);
        }
        let mut found = Vec::new();
        for kind in self.words.kind_names() {
            let id = format!("{kind}/{called}");
            if self.has(&id)? {
                found.push(id);
            }
        }
        let folded = fold(called);
        if !folded.is_empty() {
            for sql in [
                "SELECT id, label FROM main.entity INDEXED BY entity_folded WHERE folded = ?1",
                "SELECT entity, value FROM main.name INDEXED BY name_folded WHERE folded = ?1",
            ] {
                let mut statement = self.connection.prepare(sql)?;
                let mut rows = statement.query([&folded])?;
                while let Some(row) = rows.next()? {
                    if fold(text(row, 1)?) == folded {
                        found.push(text(row, 0)?.to_owned());
                    }
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        if found.is_empty() { Err(NeedsWhole) } else { Ok(found) }
    }

    /// Returns the entities that an answer needs, and the id of the one whose names are read with their evidence.
    fn needed<'s>(&self, subject: &'s Subject) -> Result<(Needed, Option<&'s str>), NeedsWhole> {
        let mut documents: Vec<Id> = Vec::new();
        let mut statement = self.connection.prepare("SELECT id FROM main.document")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            documents.push(text(row, 0)?.into());
        }
        let claims = self.connection.query_row(&CLAIM.select_last(), [], |row| row.get::<_, i64>(0));
        let most = u64::try_from(claims.unwrap_or_default()).unwrap_or_default() / SHARE;
        let mut links = Links::new(self.connection, Arc::clone(&self.words), most.saturating_add(FEW))?;
        let ids: Vec<Id> = subject.ids.iter().map(|id| id.as_str().into()).collect();
        let needed = gather::gather(&mut links, &documents, &ids, subject.reach)?;
        let proven = if let [id] = &subject.ids[..] { Some(id.as_str()) } else { None };
        Ok((needed, proven))
    }
}
