//! Handles signals, and the end of the terminal, on threads of their own.
//!
//! Invariant: these threads never wait for the event loop, so a signal takes effect even if the
//! loop is busy or the terminal takes no bytes.

#[cfg(unix)]
mod unix {
    use std::io;
    use std::thread;
    use std::time::Duration;

    use rustix::process::{Signal, kill_current_process_group};
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    use crate::tui::events::EventSender;
    use crate::tui::terminal;

    const DEADLY: [i32; 4] = [SIGTERM, SIGHUP, SIGINT, SIGQUIT];

    /// Maximum time after which a signal is reported once the program is continued.
    const GRACE: Duration = Duration::from_millis(20);

    /// Catches signals from now on, and keeps them until they are handled. Call it before the terminal is changed;
    /// otherwise a signal in between would leave it changed.
    pub fn catch() -> io::Result<Signals> {
        Signals::new(DEADLY.iter().chain(&[SIGTSTP, SIGCONT, SIGWINCH]))
    }

    /// Starts the thread that handles signals, also those that were caught before.
    pub fn handle(mut signals: Signals, events: EventSender) -> io::Result<()> {
        thread::Builder::new().name("signals".into()).spawn(move || {
            let mut next = Vec::new();
            loop {
                let batch = if next.is_empty() { signals.wait().collect() } else { next };
                next = handle_batch(&batch, &mut signals, &events);
            }
        })?;
        Ok(())
    }

    /// Handles signals that arrived together, in unknown order; returns those that arrived meanwhile.
    fn handle_batch(batch: &[i32], signals: &mut Signals, events: &EventSender) -> Vec<i32> {
        if let Some(signal) = deadly(batch) {
            die_by(signal);
        }
        let continued = batch.contains(&SIGCONT);
        // Stopped and continued at once: the program is meant to run.
        let stopped = batch.contains(&SIGTSTP) && !continued;
        let in_background = continued && !terminal::is_in_foreground();
        let next = if stopped || in_background { stop(signals) } else { Vec::new() };
        if deadly(&next).is_some() {
            return next;
        }
        if stopped || continued {
            // After SIGSTOP, which cannot be caught, a shell may have reset the terminal.
            terminal::leave_for_stop();
            terminal::return_from_stop();
            events.wake();
        }
        // A stopped program gets no SIGWINCH.
        let resized = stopped || continued || batch.contains(&SIGWINCH);
        if let (true, Some(size)) = (resized, terminal::size()) {
            events.send_size(size);
        }
        next
    }

    /// Stops the program until it is continued in the foreground; returns the signals that arrived meanwhile
    /// and are still to be handled.
    fn stop(signals: &mut Signals) -> Vec<i32> {
        terminal::leave_for_stop();
        // Other processes of the job stop at once, and the shell may take the terminal before it is given
        // back here: then that has stopped this process already, and it has just been continued.
        let mut arrived: Vec<i32> = signals.pending().collect();
        while deadly(&arrived).is_none() && !arrived.contains(&SIGCONT) {
            // Returns when the program is continued.
            let _ = emulate_default_handler(SIGTSTP);
            thread::sleep(GRACE);
            arrived = signals.pending().collect();
            if terminal::is_in_foreground() {
                break;
            }
            // In the background it stops again, unless a deadly signal came together with SIGCONT.
            arrived.retain(|&signal| signal != SIGCONT);
        }
        // The SIGCONT that ended the stop is handled with it.
        arrived.retain(|&signal| signal != SIGCONT);
        arrived
    }

    fn deadly(batch: &[i32]) -> Option<i32> {
        batch.iter().copied().find(|signal| DEADLY.contains(signal))
    }

    fn die_by(signal: i32) {
        terminal::restore();
        // Does not return: it aborts if everything else fails.
        let _ = emulate_default_handler(signal);
    }

    /// Starts the thread that ends the program, as SIGHUP would, once the terminal is gone, even if SIGHUP is
    /// ignored or never sent. Call it after the terminal was taken.
    pub fn watch_terminal() -> io::Result<()> {
        thread::Builder::new().name("hangup".into()).spawn(|| {
            if terminal::wait_until_gone() {
                die_by(SIGHUP);
            }
        })?;
        Ok(())
    }

    /// Ends the program in the same way if the terminal is gone already. Call it when the terminal fails, which
    /// may be noticed before that thread is woken.
    pub fn end_with_terminal() {
        if terminal::is_gone() {
            die_by(SIGHUP);
        }
    }

    /// Stops the program as ^Z does elsewhere, together with the other processes of its job (a pipeline, or a
    /// wrapper that waits): if it stopped alone, the shell would wait for them. Gives the terminal back first,
    /// since the shell takes it as soon as the others stop. Returns at once; the thread that handles signals
    /// stops the program.
    pub fn suspend() {
        terminal::leave_for_stop();
        let _ = kill_current_process_group(Signal::TSTP);
    }
}

#[cfg(unix)]
pub use unix::{catch, end_with_terminal, handle, suspend, watch_terminal};

#[cfg(not(unix))]
mod other {
    use std::io;

    use crate::tui::events::EventSender;

    /// Does nothing: there are no signals.
    pub fn catch() -> io::Result<()> {
        Ok(())
    }

    /// Does nothing: there are no signals.
    pub fn handle(_caught: (), _events: EventSender) -> io::Result<()> {
        Ok(())
    }

    /// Does nothing: a closed console ends its programs.
    pub fn watch_terminal() -> io::Result<()> {
        Ok(())
    }

    /// Does nothing: a closed console ends its programs.
    pub fn end_with_terminal() {}

    /// Does nothing: there is no job control.
    pub fn suspend() {}
}

#[cfg(not(unix))]
pub use other::{catch, end_with_terminal, handle, suspend, watch_terminal};
