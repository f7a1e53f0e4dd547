//! Signals, and the end of the terminal, on threads of their own.
//!
//! Invariant: these threads never wait for the event loop, so a signal is obeyed
//! however busy the loop is and however little the terminal takes.

#[cfg(unix)]
mod unix {
    use std::io;
    use std::thread;
    use std::time::Duration;

    use rustix::process::{Signal, kill_current_process_group};
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    use crate::tui::input::{Input, Post};
    use crate::tui::terminal;

    const DEADLY: [i32; 4] = [SIGTERM, SIGHUP, SIGINT, SIGQUIT];

    /// How long a signal may take to be reported after we were continued.
    const GRACE: Duration = Duration::from_millis(20);

    /// Signals that are caught, and kept until they are obeyed.
    pub struct Caught(Signals);

    /// Catches signals from now on. Call it before the terminal is taken, so that
    /// there is no moment in which a signal would leave it taken.
    ///
    /// # Errors
    /// When the handlers cannot be set.
    pub fn catch() -> io::Result<Caught> {
        Signals::new(DEADLY.iter().chain(&[SIGTSTP, SIGCONT, SIGWINCH])).map(Caught)
    }

    impl Caught {
        /// Obeys them from now on, and those that were caught before.
        ///
        /// # Errors
        /// When the thread cannot be started.
        pub fn obey(self, post: Post) -> io::Result<()> {
            let Self(mut signals) = self;
            thread::Builder::new().name("signals".into()).spawn(move || {
                let mut next = Vec::new();
                loop {
                    let batch = if next.is_empty() { signals.wait().collect() } else { next };
                    next = obey(&batch, &mut signals, &post);
                }
            })?;
            Ok(())
        }
    }

    /// Obeys signals that arrived together, in an order that is not known; gives those
    /// that it found to have arrived meanwhile.
    fn obey(batch: &[i32], signals: &mut Signals, post: &Post) -> Vec<i32> {
        if let Some(signal) = deadly(batch) {
            die_by(signal);
        }
        let continued = batch.contains(&SIGCONT);
        // Stopped and continued in one breath: who sent both wants us to run.
        let stopped = batch.contains(&SIGTSTP) && !continued;
        let sent_back = continued && !terminal::is_in_front();
        let next = if stopped || sent_back { stop(signals) } else { Vec::new() };
        if deadly(&next).is_some() {
            return next;
        }
        if stopped || continued {
            // After a stop that nobody announced a shell may have undone our modes.
            terminal::step_out();
            terminal::come_back();
            post.notice(Input::Resumed);
        }
        // While stopped we are told of no resize.
        let resized = stopped || continued || batch.contains(&SIGWINCH);
        if let (true, Some((columns, rows))) = (resized, terminal::size()) {
            post.notice(Input::Resize(columns, rows));
        }
        next
    }

    /// Stops the program until it is continued in front; gives the signals that arrived
    /// meanwhile and are still to be obeyed.
    fn stop(signals: &mut Signals) -> Vec<i32> {
        terminal::step_out();
        // Others of our job stop at once, and the shell may take the terminal before we
        // have given it back: then that has stopped us already, and this is the return.
        let mut arrived: Vec<i32> = signals.pending().collect();
        while deadly(&arrived).is_none() && !arrived.contains(&SIGCONT) {
            // It returns when we are continued.
            let _ = emulate_default_handler(SIGTSTP);
            thread::sleep(GRACE);
            arrived = signals.pending().collect();
            if terminal::is_in_front() {
                break;
            }
            // In the background there is nothing to do but to stop again, unless the
            // SIGCONT came along with something worse.
            arrived.retain(|&signal| signal != SIGCONT);
        }
        // The one that brought us back is answered.
        arrived.retain(|&signal| signal != SIGCONT);
        arrived
    }

    fn deadly(batch: &[i32]) -> Option<i32> {
        batch.iter().copied().find(|signal| DEADLY.contains(signal))
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

    /// Ends the program in the same way if the terminal is gone already: for whoever hears of that
    /// before the watcher does, as something that failed.
    pub fn end_with_terminal() {
        if terminal::is_gone() {
            die_by(SIGHUP);
        }
    }

    /// Stops the program as ^Z does elsewhere, together with whatever shares its job
    /// (a pipeline, a wrapper that waits for us): stopping ourselves alone would leave
    /// the shell waiting for those. Gives the terminal back first, since the shell takes
    /// it as soon as the others stop. Returns at once; the stop follows from the thread.
    pub fn suspend() {
        terminal::step_out();
        let _ = kill_current_process_group(Signal::TSTP);
    }
}

#[cfg(unix)]
pub use unix::{Caught, catch, end_with_terminal, suspend, watch_terminal};

#[cfg(not(unix))]
mod other {
    use std::io;

    use crate::tui::input::Post;

    /// Nothing: there are no signals to handle.
    pub struct Caught;

    /// Catches nothing.
    ///
    /// # Errors
    /// Never.
    pub fn catch() -> io::Result<Caught> {
        Ok(Caught)
    }

    impl Caught {
        /// Does nothing.
        ///
        /// # Errors
        /// Never.
        pub fn obey(self, _post: Post) -> io::Result<()> {
            Ok(())
        }
    }

    /// Does nothing: a closed console ends its programs.
    ///
    /// # Errors
    /// Never.
    pub fn watch_terminal() -> io::Result<()> {
        Ok(())
    }

    /// Does nothing: a closed console ends its programs.
    pub fn end_with_terminal() {}

    /// Does nothing: there is no job control.
    pub fn suspend() {}
}

#[cfg(not(unix))]
pub use other::{Caught, catch, end_with_terminal, suspend, watch_terminal};
