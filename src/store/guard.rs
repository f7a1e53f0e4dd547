//! Reads a file while `SQLite` checks its pages.
//!
//! The check reads every page of the file, those of indexes included, and takes about as long as reading a dossier.
//! For a large file it runs on a second connection and thread, and the dossier is only returned after the check has
//! found nothing. Until then a damaged page may give a wrong row or an error, but no more work than the size of the
//! file allows. Small files, and private copies, which are locked by one connection, are checked first.
//!
//! Invariant: both connections read the same file, as of the same moment, and no dossier
//! of a file with findings leaves this module.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use super::connection::{self, Opened};
use super::error::{Cause, StoreError};
use super::private_copy::Source;
use crate::model::Dossier;

/// Files of fewer bytes are checked before they are read, instead of meanwhile.
const LARGE: u64 = 4 << 20;

/// Checks a file and reads it with `read`, which has to return early if its flag is set.
///
/// # Errors
///
/// The errors of `read`; damage of the pages; a file that changed while it was opened.
pub(super) fn checked(
    source: &Source,
    opened: &Opened,
    shown: &Path,
    read: impl FnOnce(&AtomicBool) -> Result<Dossier, StoreError>,
) -> Result<Dossier, StoreError> {
    let stop = AtomicBool::new(false);
    if source.bytes < LARGE || source.is_copy() {
        opened.check_pages(shown)?;
        return read(&stop);
    }
    // From its first statement on, a transaction keeps others from changing the file.
    let transaction = opened.connection.unchecked_transaction().map_err(StoreError::sqlite(shown, "read"))?;
    opened.touch().map_err(StoreError::sqlite(shown, "read"))?;
    let beside = connection::open(source, shown)?;
    if !source.is_unchanged() {
        return Err(Cause::Busy.of(shown));
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
        if matches!(dossier, Err(StoreError { cause: Cause::Stopped, .. })) && !stop.load(Ordering::Relaxed) {
            // An interrupt has no effect between two statements of the check, so it is repeated.
            while !checking.is_finished() {
                interrupt.interrupt();
                thread::sleep(Duration::from_millis(1));
            }
            return dossier;
        }
        // A thread that panicked has not checked everything.
        let failed = || Err(Cause::Damaged(vec!["the check did not end".into()]).of(shown));
        checking.join().unwrap_or_else(|_| failed())?;
        dossier
    });
    drop(transaction);
    outcome
}
