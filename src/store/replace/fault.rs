//! Fault injection: the steps of a save at which tests can make it fail.
//!
//! Invariant: outside of tests no step fails here.

use std::io;

/// A call to the file system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum Step {
    /// Creates the temporary file.
    Create,
    /// Locks it.
    Lock,
    /// Sets its permissions.
    Permissions,
    /// Syncs it.
    Sync,
    /// Renames it over the target.
    Rename,
    /// Syncs the folder.
    SyncFolder,
}

/// Fails, or ends the program, if a test asked for that before this step.
#[cfg(not(test))]
#[expect(clippy::unnecessary_wraps, reason = "it fails where a test wants it to")]
pub(super) const fn at(_: Step) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
pub(super) use injected::at;

#[cfg(test)]
pub(super) mod injected {
    use std::cell::Cell;

    use super::{Step, io};

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
}
