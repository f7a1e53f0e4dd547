//! Where a save can go wrong, so that tests can make it go wrong there.
//!
//! Invariant: outside of tests every step goes well as far as this module is concerned.

use std::io;

/// A call to the file system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum Step {
    /// The new file is made.
    Create,
    /// It is locked.
    Lock,
    /// It gets the permissions of the old one.
    Permissions,
    /// It is synced.
    Sync,
    /// It takes the place of the old one.
    Rename,
    /// The folder is synced.
    SyncFolder,
}

/// Fails, or ends the program, where a test wants that before this step.
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

    /// What happens.
    #[derive(Debug, Clone, Copy)]
    pub(in crate::store::replace) enum Fault {
        Error(io::ErrorKind),
        /// As by the kernel, without a chance to clean up.
        #[cfg(unix)]
        Kill,
    }

    thread_local! {
        static WANTED: Cell<Option<(Step, Fault)>> = const { Cell::new(None) };
    }

    /// Has it happen before this step on this thread, once.
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
