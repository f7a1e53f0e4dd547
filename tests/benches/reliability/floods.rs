//! Extreme sizes, storms of resizes, half sequences, and floods of mouse and paste input.

use std::cell::Cell;
use std::fmt::Write as _;
use std::thread;
use std::time::{Duration, Instant};

use super::Length;
use super::process::peak_memory;
use super::report::{Row, run, timed};
use super::support::contract::{READY, reaches_column};
use super::support::{Session, Signal, rows};

const SIZE: (u16, u16) = (80, 24);

/// A text on the list of keys, which `?` opens.
const KEYS: &str = "type to search";

pub fn measure(length: Length) -> Vec<Row> {
    let (few, storms, halves) = (length.of(10), length.of(5), length.of(60));
    let mouse = Flood {
        hazard: "1 MB of mouse",
        target: "repaint ≤ 0.5 s, ≤ 4 MiB",
        bytes: "\x1b[<65;10;10M\x1b[<64;10;10M\x1b[<35;9;9M\x1b[<0;0;0M".repeat(22_000),
        milliseconds: 500.0,
        memory: 4.0,
    };
    let paste = Flood {
        hazard: "4 MB of paste",
        target: "repaint ≤ 1 s, ≤ 16 MiB: four times the paste",
        bytes: format!("\x1b[200~{}\x1b[201~", "paste ".repeat(700_000)),
        milliseconds: 1_000.0,
        memory: 16.0,
    };
    vec![
        timed(("starts at 0×0 and at 1000×500", "no panic"), &run(2, odd_size), 2, (100, f64::INFINITY)),
        timed(
            ("20,000 resizes in 4 s", "caught up ≤ 50 ms, screen identical"),
            &run(storms, storm),
            storms,
            (100, 50.0),
        ),
        timed(("half sequences", "repaint ≤ 50 ms"), &run(halves, half), halves, (100, 50.0)),
        flood(few, &mouse),
        flood(few, &paste),
    ]
}

fn start(size: (u16, u16)) -> Session {
    let session = Session::spawn(size, &[], &[]);
    session.wait_for(READY);
    session
}

/// Starts at an extreme size, changes to a usual one, and ends. Returns the time of all that, or `None` if the terminal
/// was not restored.
fn odd_size(round: usize) -> Option<Duration> {
    let size = [(0, 0), (1000, 500)][round];
    let started = Instant::now();
    let mut session = Session::spawn(size, &[], &[]);
    session.wait_frame_after(0);
    session.resize(SIZE.0, SIZE.1);
    session.wait_for(READY);
    session.kill(Signal::TERM);
    session.wait_ended();
    session.left_behind().is_empty().then(|| started.elapsed())
}

fn storm(_: usize) -> Duration {
    let wanted = start((120, 40)).screen();
    let mut session = start(SIZE);
    let begun = Instant::now();
    for step in 0..20_000_u32 {
        session.resize(40 + (step % 160) as u16, 10 + (step % 50) as u16);
        thread::sleep((Duration::from_micros(200) * step).saturating_sub(begun.elapsed()));
    }
    let last = Instant::now();
    session.resize(120, 40);
    let caught_up = session.wait_until("the screen of the last size", |screen| rows(screen) == wanted);
    caught_up.saturating_duration_since(last)
}

fn half(round: usize) -> Duration {
    let half: &[u8] = [&b"\x1b["[..], b"\x1b[200~pasted", b"\xe0"][round % 3];
    let mut session = start(SIZE);
    session.send(half);
    let resized = Instant::now();
    session.resize(100, 30);
    session.wait_until("the wider screen", |screen| reaches_column(screen, SIZE.0)) - resized
}

/// A flood of input, with limits for the answer to the key that follows it and for the memory it costs.
struct Flood {
    hazard: &'static str,
    target: &'static str,
    bytes: String,
    milliseconds: f64,
    /// The limit in mebibytes.
    memory: f64,
}

fn flood(runs: usize, flood: &Flood) -> Row {
    let grown = Cell::new(0.0);
    let times = run(runs, |_| {
        let (time, more) = answered_after(&flood.bytes);
        grown.set(more.max(grown.get()));
        time
    });
    let mut row = timed((flood.hazard, flood.target), &times, runs, (100, flood.milliseconds));
    row.verdict = row.verdict.and(grown.get() <= flood.memory);
    let _ = write!(row.figure, "; at most {:.1} MiB more of memory", grown.get());
    row
}

/// Returns the time from the first byte of a flood to the answer to the key that follows it, and by how much the peak
/// memory grew, in mebibytes.
fn answered_after(flood: &str) -> (Duration, f64) {
    let mut session = start(SIZE);
    let memory = |session: &Session| peak_memory(session.pid().as_raw_nonzero().get().cast_unsigned()).unwrap();
    let before = memory(&session);
    let begun = Instant::now();
    session.send(flood);
    session.send("?");
    let answered = session.wait_for(KEYS);
    (answered - begun, memory(&session) - before)
}
