//! What is told of a dossier while it is read.
//!
//! Invariant: whoever watches is asked at least every 65,536 rows whether to go on, and
//! what is told never changes what is read.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::Connection;

use super::schema::{CLAIM, ENTITY, EVIDENCE, NAME, NAME_EVIDENCE, PLACE, Table};
use crate::model::Dossier;
use crate::model::builder::Sizes;

/// What has been read so far.
#[derive(Debug, Clone, Copy)]
pub enum Stage<'a> {
    /// Rows read of the rows there are. Told every 65,536 rows, which is some 20 times a second, and
    /// at the end of every large table. The total is what the numbers of the last rows tell: it is right
    /// for a file of annals and never below `read`.
    Progress {
        /// Rows read.
        read: u64,
        /// Rows there are.
        total: u64,
    },
    /// The entities so far, without claims: a dossier of its own, in which everything can be asked.
    ///
    /// Of a dossier of more than 20,000 entities it is given twice: with the first 4,096 and their labels
    /// alone, then with all entities, names and documents. It is lent, not copied: the tables of the
    /// whole dossier are filled behind it. In a file that annals wrote, its
    /// [`EntityId`](crate::model::EntityId)s and the numbers of its labels and names are those of the whole
    /// dossier. The rows of another tool may turn out to stand in another order: who keeps an entity
    /// asks the whole dossier for its [`id`](Dossier::id) again. A file whose rows are out of order from
    /// the start has no such stage, and a damaged file may have one before it is refused.
    Names(&'a Dossier),
}

/// Whoever watches; ends the reading with [`ControlFlow::Break`].
pub(super) type Watch<'w> = &'w mut dyn FnMut(Stage<'_>) -> ControlFlow<()>;

/// Rows between two questions.
const STEP: u64 = 1 << 16;

/// From more entities than this on, names are given before the rest.
const MANY: usize = 20_000;

/// The entities that are given first.
const FIRST: usize = 4_096;

/// How few bytes of a file a row can take.
const ROW_BYTES: u64 = 8;

/// See the module.
pub(super) struct Progress<'w> {
    watch: Watch<'w>,
    /// Set by somebody else who knows that reading on is in vain.
    stop: &'w AtomicBool,
    read: u64,
    total: u64,
    pub(super) sizes: Sizes,
    pub(super) is_stopped: bool,
}

impl<'w> Progress<'w> {
    pub(super) fn new(watch: Watch<'w>, stop: &'w AtomicBool) -> Self {
        Self { watch, stop, read: 0, total: 0, sizes: Sizes::default(), is_stopped: false }
    }

    /// Asks for the last row of each large table of a file of so many bytes.
    pub(super) fn count(&mut self, connection: &Connection, bytes: u64) {
        let most = bytes / ROW_BYTES;
        // A file may number its rows as it likes, or not at all: what comes of it is a guess.
        let last = |table: &Table| -> u64 {
            let last = connection.query_row(&table.select_last(), [], |row| row.get::<_, i64>(0));
            last.map_or(0, |last| u64::try_from(last).unwrap_or(0).min(most))
        };
        let tables = [&ENTITY, &NAME, &CLAIM, &PLACE, &NAME_EVIDENCE, &EVIDENCE].map(last);
        let [entities, names, claims, ..] = tables;
        self.total = tables.into_iter().fold(0, u64::saturating_add);
        // All together, the tables of a file cannot have more rows than the file has room for.
        let share = |rows: u64| rows.min(most / 3) as usize;
        self.sizes = Sizes { entities: share(entities), names: share(names), claims: share(claims) };
    }

    /// Whether names are given before the rest.
    pub(super) fn is_large(&self) -> bool {
        self.sizes.entities > MANY
    }

    /// Whether it is time for the first entities.
    pub(super) fn has_first(&self, entities: usize) -> bool {
        entities == FIRST && self.is_large()
    }

    /// Counts a row.
    pub(super) fn row(&mut self) {
        self.read = self.read.saturating_add(1);
        if self.read.is_multiple_of(STEP) {
            self.tell();
        }
    }

    /// Tells how far it is.
    pub(super) fn tell(&mut self) {
        self.total = self.total.max(self.read);
        self.stage(Stage::Progress { read: self.read, total: self.total });
    }

    /// Tells of a stage; once whoever watches has seen enough, nothing is told any more.
    pub(super) fn stage(&mut self, stage: Stage<'_>) {
        self.is_stopped = self.is_stopped || (self.watch)(stage).is_break() || self.stop.load(Ordering::Relaxed);
    }
}
