//! Its pace: the first frame, a key to its repaint, and what it does while nobody does anything.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use super::Length;
use super::report::{Row, percentile, run, timed};
use super::support::Session;
use super::support::manners::READY;

const SIZE: (u16, u16) = (120, 40);

pub fn measure(length: Length) -> Vec<Row> {
    let (starts, keys) = (length.of(100), length.of(1_000));
    let times = key_times(keys);
    let mut repaint = timed(("key to repaint", "p95 ≤ 2 ms, p99 ≤ 8 ms"), &times, keys, (95, 2.0));
    repaint.met &= percentile(&times, 99) <= 8.0;
    vec![
        idle(Duration::from_secs(length.of(60) as u64)),
        timed(("first real frame", "p95 ≤ 25 ms"), &run(starts, first_frame), starts, (95, 25.0)),
        repaint,
    ]
}

fn first_frame(_: usize) -> Duration {
    let started = Instant::now();
    let session = Session::spawn(SIZE, &[], &[]);
    let framed = session.wait_frame_after(0);
    session.wait_for(READY);
    framed - started
}

fn key_times(count: usize) -> Vec<Duration> {
    let mut session = Session::spawn(SIZE, &[], &[]);
    session.wait_for(READY);
    let mut times: Vec<Duration> = (0..count)
        .map(|round| {
            let (frames, _) = session.frames();
            let sent = Instant::now();
            session.send(["j", "k"][round % 2]);
            session.wait_frame_after(frames) - sent
        })
        .collect();
    times.sort();
    times
}

/// How often the program's threads went to sleep or were put to it, all together.
fn switches(session: &Session) -> u64 {
    let tasks = fs::read_dir(format!("/proc/{}/task", session.pid().as_raw_nonzero())).unwrap();
    let statuses = tasks.map(|task| fs::read_to_string(task.unwrap().path().join("status")).unwrap());
    let count = |status: String| -> u64 {
        let lines = status.lines().filter(|line| line.contains("ctxt_switches"));
        lines.filter_map(|line| line.rsplit('\t').next()?.parse::<u64>().ok()).sum()
    };
    statuses.map(count).sum()
}

fn idle(time: Duration) -> Row {
    let mut session = Session::spawn(SIZE, &[], &[]);
    session.wait_for(READY);
    // What the start has left to do is over by then.
    thread::sleep(Duration::from_secs(2));
    session.catch_up();
    let before = (switches(&session), session.transcript().len());
    thread::sleep(time);
    session.catch_up();
    let (woken, written) = (switches(&session) - before.0, session.transcript().len() - before.1);
    Row {
        hazard: "idle",
        target: "no wake-up and no byte in 60 s",
        figure: format!("{woken} wake-ups, {written} bytes in {} s", time.as_secs()),
        runs: 1,
        met: (woken, written) == (0, 0) && time.as_secs() >= 60,
    }
}
