//! Its pace: the first frame, a key to its repaint, and what it does while nobody does anything.

use std::panic::catch_unwind;
use std::thread;
use std::time::{Duration, Instant};

use super::Length;
use super::process::activity;
use super::report::{Row, Verdict, percentile, run, timed};
use super::support::Session;
use super::support::contract::READY;

const SIZE: (u16, u16) = (120, 40);

/// For so long nothing may happen.
const WHOLE_IDLE: Duration = Duration::from_secs(60);

/// What the first screen of the embedded dossier shows, a word from each pane.
const CONTENT: [&str; 3] = ["AIIMS Kalyani", "36 years without a dated event", "Jawaharlal Nehru"];

pub fn measure(length: Length) -> Vec<Row> {
    let (starts, keys) = (length.of(100), length.of(1_000));
    let times = catch_unwind(|| key_times(keys)).unwrap_or_default();
    let mut repaint = timed(("key to repaint", "p95 ≤ 2 ms, p99 ≤ 8 ms"), &times, keys, (95, 2.0));
    repaint.verdict = repaint.verdict.and(percentile(&times, 99) <= 8.0);
    vec![
        idle(WHOLE_IDLE / if length == Length::Full { 1 } else { 5 }),
        timed(("first real frame", "p95 ≤ 25 ms"), &run(starts, first_frame), starts, (95, 25.0)),
        repaint,
    ]
}

/// From the start to the last byte of the frame in which the embedded dossier stands: its institutions,
/// its events, and what is told of the first of them.
fn first_frame(_: usize) -> Duration {
    let started = Instant::now();
    let session = Session::spawn(SIZE, &[], &[]);
    let framed = session.wait_until("the content of every pane", |screen| {
        let shown = screen.contents();
        CONTENT.iter().all(|text| shown.contains(text))
    });
    framed - started
}

/// From before a key is written to the last byte of the frame in which the selection has moved, which is
/// held against the frames that the same keys gave before.
fn key_times(count: usize) -> Vec<Duration> {
    let mut session = Session::spawn(SIZE, &[], &[]);
    session.wait_for(READY);
    let press = |session: &mut Session, round: usize| {
        let (frames, _) = session.frames();
        session.send(["j", "k"][round % 2]);
        session.wait_frame_after(frames);
        session.terminal().contents_formatted()
    };
    let wanted = [press(&mut session, 0), press(&mut session, 1)];
    assert_ne!(wanted[0], wanted[1], "the keys show nothing");
    let mut times: Vec<Duration> = (0..count)
        .map(|round| {
            let sent = Instant::now();
            session.send(["j", "k"][round % 2]);
            let shown =
                session.wait_until("what the key shows", |screen| screen.contents_formatted() == wanted[round % 2]);
            shown - sent
        })
        .collect();
    times.sort();
    times
}

fn idle(time: Duration) -> Row {
    let session = Session::spawn(SIZE, &[], &[]);
    session.wait_for(READY);
    // What the start has left to do is over by then.
    thread::sleep(Duration::from_secs(2));
    session.catch_up();
    let process = session.pid().as_raw_nonzero().get().cast_unsigned();
    let switches = || activity(process).unwrap().switches;
    let before = (switches(), session.transcript().len());
    thread::sleep(time);
    session.catch_up();
    let (woken, written) = (switches() - before.0, session.transcript().len() - before.1);
    let is_whole = time >= WHOLE_IDLE;
    Row {
        hazard: "idle",
        target: "no wake-up and no byte in 60 s",
        figure: format!("{woken} wake-ups, {written} bytes in {} s", time.as_secs()),
        runs: 1,
        verdict: if is_whole || (woken, written) != (0, 0) {
            Verdict::of((woken, written) == (0, 0))
        } else {
            Verdict::NotRun
        },
    }
}
