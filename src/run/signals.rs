//! Signals, and the end of the terminal, on threads of their own.
//!
//! Invariant: these threads never wait for the event loop, so a signal is obeyed
//! however busy the loop is and however little the terminal takes.

#[cfg(unix)]
mod unix {
    use std::io;
    use std::thread;

    use rustix::process::{Signal, kill_current_process_group};
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    use crate::run::input::{Input, Post};
    use crate::run::terminal;

    const DEADLY: [i32; 4] = [SIGTERM, SIGHUP, SIGINT, SIGQUIT];

    /// Handles signals from now on. Call it before the terminal is taken, so that
    /// there is no moment in which a signal would leave it taken.
    ///
    /// # Errors
    /// When the handlers cannot be set or the thread cannot be started.
    pub fn watch(post: Post) -> io::Result<()> {
        let mut signals = Signals::new(DEADLY.iter().chain(&[SIGTSTP, SIGCONT, SIGWINCH]))?;
        thread::Builder::new().name("signals".into()).spawn(move || {
            // The SIGCONT that ended our own stop needs no answer when it is reported.
            let mut answered = false;
            loop {
                let mut batch: Vec<i32> = signals.wait().collect();
                if answered && batch.contains(&SIGCONT) {
                    batch.retain(|&signal| signal != SIGCONT);
                    answered = false;
                }
                answered |= obey(&batch, &post);
            }
        })?;
        Ok(())
    }

    /// Obeys signals that arrived together, in an order that is not known; whether
    /// this stopped the program and saw it continued.
    fn obey(batch: &[i32], post: &Post) -> bool {
        if let Some(&signal) = batch.iter().find(|signal| DEADLY.contains(signal)) {
            die_by(signal);
        }
        let continued = batch.contains(&SIGCONT);
        // Stopped and continued in one breath: who sent both wants us to run.
        let stopped = batch.contains(&SIGTSTP) && !continued;
        if stopped {
            stop();
        } else if continued {
            terminal::refresh();
        }
        if stopped || continued {
            post.notice(Input::Resumed);
        }
        // While stopped we are told of no resize.
        let resized = stopped || continued || batch.contains(&SIGWINCH);
        if let (true, Some((columns, rows))) = (resized, terminal::size()) {
            post.notice(Input::Resize(columns, rows));
        }
        stopped
    }

    fn stop() {
        let was_inside = terminal::leave();
        // This returns when we are continued.
        let _ = emulate_default_handler(SIGTSTP);
        if was_inside {
            // It fails when the program is ending or the terminal is gone; both end us anyway.
            let _ = terminal::retake();
        }
    }

    fn die_by(signal: i32) {
        terminal::restore();
        // It does not return: it aborts when all else fails.
        let _ = emulate_default_handler(signal);
    }

    /// Ends the program, as SIGHUP would, once the terminal is gone, even where SIGHUP
    /// is ignored or never sent. Call it after the terminal was taken.
    ///
    /// # Errors
    /// When the thread cannot be started.
    pub fn watch_terminal() -> io::Result<()> {
        thread::Builder::new().name("hangup".into()).spawn(|| {
            if terminal::wait_until_gone() {
                die_by(SIGHUP);
            }
        })?;
        Ok(())
    }

    /// Stops the program as ^Z does elsewhere, together with whatever shares its job
    /// (a pipeline, a wrapper that waits for us): stopping ourselves alone would leave
    /// the shell waiting for those. Returns at once; the stop follows from the thread.
    pub fn suspend() {
        let _ = kill_current_process_group(Signal::TSTP);
    }
}

#[cfg(unix)]
pub use unix::{suspend, watch, watch_terminal};

#[cfg(not(unix))]
mod other {
    use std::io;

    use crate::run::input::Post;

    /// Does nothing: there are no signals to handle.
    ///
    /// # Errors
    /// Never.
    pub fn watch(_post: Post) -> io::Result<()> {
        Ok(())
    }

    /// Does nothing: a closed console ends its programs.
    ///
    /// # Errors
    /// Never.
    pub fn watch_terminal() -> io::Result<()> {
        Ok(())
    }

    /// Does nothing: there is no job control.
    pub fn suspend() {}
}

#[cfg(not(unix))]
pub use other::{suspend, watch, watch_terminal};
