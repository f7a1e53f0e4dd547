//! All ways to end or stop: signals, suspension, a terminal that is closed or hangs.

use std::thread;
use std::time::{Duration, Instant};

use super::Length;
use super::report::{Row, run, timed};
use super::support::contract::{DEADLY, ENTER_SCREEN, LEAVE_SCREEN, READY};
use super::support::{Ending, Session, Signal, rows};

const SIZE: (u16, u16) = (80, 24);

pub fn measure(length: Length) -> Vec<Row> {
    let (signals, stops, others) = (length.of(500), length.of(25), length.of(25));
    vec![
        timed(
            ("TERM, HUP, INT, QUIT, 0–12 ms after the start", "all restored, died by it, p99 ≤ 20 ms"),
            &run(signals, early),
            signals,
            (99, 20.0),
        ),
        timed(
            ("the same, late", "all restored, one `?1049l`, died by it, p99 ≤ 20 ms"),
            &run(signals, late),
            signals,
            (99, 20.0),
        ),
        timed(
            ("^Z, SIGTSTP, CONT, once in each session", "clean while stopped, then the same screen"),
            &run(stops, suspended),
            stops,
            (100, f64::INFINITY),
        ),
        timed(("terminal gone", "exit ≤ 100 ms"), &run(others, gone), others, (100, 100.0)),
        timed(("terminal stalled, and full", "TERM obeyed ≤ 300 ms"), &run(others, stalled), others, (100, 300.0)),
    ]
}

fn start() -> Session {
    let session = Session::spawn(SIZE, &[], &[]);
    session.wait_for(READY);
    session
}

/// Ends the program by a signal. Returns the time it took, or `None` if the terminal was not fully restored or the
/// program did not die by the signal.
fn end(mut session: Session, signal: Signal, is_early: bool) -> Option<Duration> {
    let sent = Instant::now();
    session.kill(signal);
    let ending = session.wait_ended();
    let time = sent.elapsed();
    let is_clean = session.left_behind().is_empty();
    let transcript = session.transcript();
    let (entered, left) = (transcript.matches(ENTER_SCREEN).count(), transcript.matches(LEAVE_SCREEN).count());
    let is_once = left == 1 || is_early && left == 0 && entered == 0;
    (ending == Ending::Signal(signal.as_raw()) && is_clean && is_once).then_some(time)
}

fn early(round: usize) -> Option<Duration> {
    let session = Session::spawn(SIZE, &[], &[]);
    thread::sleep(Duration::from_micros(120 * (round as u64 % 101)));
    end(session, DEADLY[round % DEADLY.len()], true)
}

fn late(round: usize) -> Option<Duration> {
    end(start(), DEADLY[round % DEADLY.len()], false)
}

fn suspended(round: usize) -> Option<Duration> {
    let mut session = start();
    let before = session.screen();
    if round.is_multiple_of(2) {
        session.send("\x1a");
    } else {
        session.kill(Signal::TSTP);
    }
    session.wait_stopped();
    if !session.left_behind().is_empty() {
        return None;
    }
    let continued = Instant::now();
    session.kill(Signal::CONT);
    session.wait_until("the same screen", |screen| screen.alternate_screen() && rows(screen) == before);
    Some(continued.elapsed())
}

fn gone(_: usize) -> Option<Duration> {
    let mut session = start();
    let closed = session.hang_up();
    (session.wait_ended() == Ending::Signal(Signal::HUP.as_raw())).then(|| closed.elapsed())
}

fn stalled(_: usize) -> Option<Duration> {
    let mut session = start();
    if !session.stall() {
        return None;
    }
    let sent = Instant::now();
    session.kill(Signal::TERM);
    let ending = session.wait_ended();
    let time = sent.elapsed();
    (ending == Ending::Signal(Signal::TERM.as_raw()) && session.termios() == session.termios_before()).then_some(time)
}
