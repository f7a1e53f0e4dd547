//! Fault injection: the steps of a save at which tests can make it fail.
//!
//! Invariant: a fault is injected once, on the thread that asked for it.

use std::cell::Cell;
use std::io;

/// A call to the file system, in the order of a save.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store::replace) enum Step {
    Create,
    Lock,
    Permissions,
    Sync,
    Rename,
    SyncFolder,
}

/// A way to fail.
#[derive(Debug, Clone, Copy)]
pub(in crate::store::replace) enum Fault {
    Error(io::ErrorKind),
    /// SIGKILL: nothing is cleaned up.
    #[cfg(unix)]
    Kill,
}

thread_local! {
    static WANTED: Cell<Option<(Step, Fault)>> = const { Cell::new(None) };
}

/// Injects a fault before the next such step on this thread.
pub(in crate::store::replace) fn want(step: Step, fault: Fault) {
    WANTED.set(Some((step, fault)));
}

/// Fails, or ends the program, if a test asked for that before this step.
pub(in crate::store::replace) fn at(step: Step) -> io::Result<()> {
    match WANTED.get() {
        Some((wanted, fault)) if wanted == step => {
            WANTED.set(None);
            match fault {
                Fault::Error(kind) => Err(kind.into()),
                #[cfg(unix)]
                Fault::Kill => {
                    use rustix::process::{Signal, getpid, kill_process};
                    kill_process(getpid(), Signal::KILL)?;
                    Ok(())
                }
            }
        }
        Some(_) | None => Ok(()),
    }
}
