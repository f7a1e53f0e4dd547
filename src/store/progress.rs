//! Progress reports while a dossier is read.
//!
//! Invariant: the callback runs at least every 65,536 rows, so that a load can be cancelled, and never changes what is
//! read.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::Connection;

use super::schema::{CLAIM, ENTITY, EVIDENCE, NAME, NAME_EVIDENCE, PLACE, Table};
use crate::model::Dossier;
use crate::model::builder::Sizes;

/// A report of what has been read so far.
#[derive(Debug, Clone, Copy)]
pub enum Stage<'a> {
    /// Rows read, of all rows. Reported every 65,536 rows, which is some 20 times a second, and at the end of every
    /// large table. The total is estimated from the ids of the last rows: it is exact for a file that annals wrote,
    /// and never below `read`.
    Progress {
        /// Rows read.
        read: u64,
        /// All rows.
        total: u64,
    },
    /// The entities so far, as a dossier without claims.
    ///
    /// A dossier of more than 20,000 entities is reported twice: with the first 4,096 entities and only their labels,
    /// then with all entities, names and documents. It is borrowed; the tables of the complete dossier are filled
    /// afterwards. In a file that annals wrote, its [`EntityId`](crate::model::EntityId)s and the numbers of its labels
    /// and names are those of the complete dossier. The rows of another tool may be in another order, so look an entity
    /// up again by its [`id`](Dossier::id). A file whose rows are out of order from the start has no such stage, and a
    /// damaged file may have one before it is refused.
    Names(&'a Dossier),
}

/// Progress callback; returns [`ControlFlow::Break`] to cancel the load.
pub type Watch<'w> = &'w mut dyn FnMut(Stage<'_>) -> ControlFlow<()>;

/// The number of rows between two reports.
const STEP: u64 = 1 << 16;

/// Names are reported before the claims are read if there are more entities than this.
const MANY: usize = 20_000;

/// The number of entities in the first report of names.
const FIRST: usize = 4_096;

/// The smallest size of a row in a file, in bytes.
const ROW_BYTES: u64 = 8;

pub(super) struct Progress<'w> {
    watch: Watch<'w>,
    /// Set by the check of the pages once it has found damage.
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

    /// Estimates the number of rows by the id of the last row of each large table, bounded by the size of the file.
    pub(super) fn count(&mut self, connection: &Connection, bytes: u64) {
        let most = bytes / ROW_BYTES;
        // A file may number its rows in any way, so this is an estimate.
        let last = |table: &Table| -> u64 {
            let last = connection.query_row(&table.select_last(), [], |row| row.get::<_, i64>(0));
            last.map_or(0, |last| u64::try_from(last).unwrap_or(0).min(most))
        };
        let tables = [&ENTITY, &NAME, &CLAIM, &PLACE, &NAME_EVIDENCE, &EVIDENCE].map(last);
        let [entities, names, claims, ..] = tables;
        self.total = tables.into_iter().fold(0, u64::saturating_add);
        // Together, the tables cannot have more rows than the file has room for.
        let share = |rows: u64| rows.min(most / 3) as usize;
        self.sizes = Sizes { entities: share(entities), names: share(names), claims: share(claims) };
    }

    /// Returns true if names are reported before the claims are read.
    pub(super) fn is_large(&self) -> bool {
        self.sizes.entities > MANY
    }

    /// Returns true if exactly the first entities have been read, and are to be reported.
    pub(super) fn has_first(&self, entities: usize) -> bool {
        entities == FIRST && self.is_large()
    }

    /// Counts a row; reports progress if it is time.
    pub(super) fn row(&mut self) {
        self.read = self.read.saturating_add(1);
        if self.read.is_multiple_of(STEP) {
            self.tell();
        }
    }

    pub(super) fn tell(&mut self) {
        self.total = self.total.max(self.read);
        self.stage(Stage::Progress { read: self.read, total: self.total });
    }

    /// Reports a stage, unless the load is cancelled.
    pub(super) fn stage(&mut self, stage: Stage<'_>) {
        self.is_stopped = self.is_stopped || (self.watch)(stage).is_break() || self.stop.load(Ordering::Relaxed);
    }
}
