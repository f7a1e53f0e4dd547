//! Reads a file while `SQLite` checks its pages.
//!
//! The check looks at every page of the file, indexes and all, which of a large file takes about
//! as long as reading it. It runs beside the reading, on a connection of its own, and a dossier is only
//! handed out once it has found nothing. What is read meanwhile is as safe as the rest of the store: a damaged
//! page gives a wrong row or an error, never more work than the size of the file allows. Small files
//! and private copies, which nobody else may open, are checked first.
//!
//! Invariant: both connections read the same file, as of the same moment, and no dossier
//! of a file with findings leaves this module.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use super::connection::{self, Opened};
use super::error::StoreError;
use super::private_copy::{Access, Source};
use crate::model::Dossier;

/// Files of fewer bytes are checked before they are read.
const LARGE: u64 = 4 << 20;

/// Checks a file and reads it with `read`, which ends early when its flag is set.
pub(super) fn checked(
    source: &Source,
    opened: &Opened,
    shown: &Path,
    read: impl FnOnce(&AtomicBool) -> Result<Dossier, StoreError>,
) -> Result<Dossier, StoreError> {
    let stop = AtomicBool::new(false);
    if source.bytes < LARGE || source.access == Access::OwnCopy {
        opened.check_pages(shown)?;
        return read(&stop);
    }
    // From its first statement on, a transaction keeps others from changing the file.
    let transaction = opened.connection.unchecked_transaction().map_err(StoreError::sqlite(shown, "read"))?;
    opened.touch().map_err(StoreError::sqlite(shown, "read"))?;
    let beside = connection::open(source, shown)?;
    if !source.is_unchanged() {
        return Err(StoreError::Busy { path: shown.into() });
    }
    let interrupt = beside.connection.get_interrupt_handle();
    let outcome = thread::scope(|scope| {
        let stop = &stop;
        let check = move || {
            let found = beside.check_pages(shown);
            if found.is_err() {
                stop.store(true, Ordering::Relaxed);
            }
            found
        };
        let Ok(checking) = thread::Builder::new().name("check".into()).spawn_scoped(scope, check) else {
            opened.check_pages(shown)?;
            return read(stop);
        };
        let dossier = read(stop);
        if matches!(dossier, Err(StoreError::Stopped { .. })) && !stop.load(Ordering::Relaxed) {
            // An interrupt only meets a statement that runs, and the check may be between two.
            while !checking.is_finished() {
                interrupt.interrupt();
                thread::sleep(Duration::from_millis(1));
            }
            return dossier;
        }
        // A thread that failed has found nothing to rely on.
        let failed = || Err(StoreError::Damaged { path: shown.into(), findings: vec!["the check did not end".into()] });
        checking.join().unwrap_or_else(|_| failed())?;
        dossier
    });
    drop(transaction);
    outcome
}
