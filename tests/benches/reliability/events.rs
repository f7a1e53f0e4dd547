//! A million events in random order for the state and its screens in process, and thousands of keys, clicks, pastes,
//! resizes and broken sequences for the real program.

use std::time::{Duration, Instant};

use super::Length;
use super::hostile::dice::Dice;
use super::hostile::events::live_through;
use super::hostile::screens::catalogues;
use super::hostile::words::argument;
use super::report::{Row, Verdict, grouped, percentile};
use super::support::contract::READY;
use super::support::{Ending, Session, Signal};
use super::work;

const SIZE: (u16, u16) = (100, 30);

/// The number of events in one piece of work, each with random numbers of its own.
const LIFE: usize = 10_000;

/// The number of sessions with the real program, and of events in each if no event ends it.
const VISITS: usize = 100;
const VISIT: u16 = 100;

/// The bytes that a terminal sends for named keys.
const KEYS: &[&str] = &[
    "\r",
    "\t",
    "\u{1b}",
    "\u{7f}",
    "\u{1b}[A",
    "\u{1b}[B",
    "\u{1b}[C",
    "\u{1b}[D",
    "\u{1b}[H",
    "\u{1b}[F",
    "\u{1b}[5~",
    "\u{1b}[6~",
    "\u{1b}[3~",
    "\u{1b}[Z",
    "\u{1b}[1;2C",
    "\u{1b}[1;2D",
];

pub fn measure(length: Length) -> Vec<Row> {
    vec![in_process(length), on_a_terminal(length)]
}

fn in_process(length: Length) -> Row {
    let catalogues = catalogues();
    let lives = length.of(1_000_000) / LIFE;
    let pieces: Vec<_> = catalogues.iter().cycle().zip(0..).take(lives).collect();
    let lived = work::each(&pieces, |(world, seed)| {
        let begun = Instant::now();
        live_through(world, 1_000 + seed, LIFE);
        begun.elapsed()
    });
    let longest = lived.iter().max().copied().unwrap_or_default();
    Row {
        hazard: "random events",
        target: "a million: no panic, no hang, every cursor on something",
        figure: format!(
            "{} of {} events, on two dossiers, drawn after one of 16; {:.3} ms an event in the slowest of {lives} lives",
            grouped(lived.len() * LIFE),
            grouped(lives * LIFE),
            longest.as_secs_f64() * 1e3 / LIFE as f64
        ),
        runs: lives * LIFE,
        verdict: Verdict::of(lived.len() == lives),
    }
}

/// The result of one session with the real program.
#[derive(Default)]
struct Visit {
    times: Vec<Duration>,
    has_quit: bool,
}

fn on_a_terminal(length: Length) -> Row {
    let visits: Vec<u64> = (0..length.of(VISITS) as u64).collect();
    let made = work::each(&visits, |seed| visit(*seed));
    let quits = made.iter().filter(|visit| visit.has_quit).count();
    let mut times: Vec<Duration> = made.iter().flat_map(|visit| visit.times.iter().copied()).collect();
    times.sort();
    let runs = times.len();
    Row {
        hazard: "the same, in a terminal",
        target: "no panic, no hang (≤ 1 s), no exit that leaves a trace",
        figure: format!(
            "{} events in {} of {} visits, {quits} ended by a key and {} by TERM, all restored; a frame after the event: p99 {:.2} ms, \
             longest {:.2} ms",
            grouped(runs),
            made.len(),
            visits.len(),
            made.len() - quits,
            percentile(&times, 99),
            percentile(&times, 100)
        ),
        runs,
        verdict: Verdict::of(made.len() == visits.len() && percentile(&times, 100) <= 1_000.0),
    }
}

/// Returns bytes that a terminal may send, without Ctrl-Z, which would stop the program.
fn event(dice: &mut Dice) -> Vec<u8> {
    let (column, row) = (1 + dice.below(120), 1 + dice.below(40));
    let mut bytes = match dice.below(10) {
        0 => {
            format!("\u{1b}[<{};{column};{row}{}", dice.of(&[0, 2, 32, 35, 64, 65]), dice.of(&['M', 'm'])).into_bytes()
        }
        1 => format!("\u{1b}[200~{}\u{1b}[201~", argument(dice).replace('\u{1b}', "")).into_bytes(),
        2 => (0..dice.below(8)).map(|_| dice.next() as u8).filter(|byte| !b"q\x03".contains(byte)).collect(),
        3 | 4 => dice.of::<&str>(KEYS).as_bytes().to_vec(),
        5 => vec![1 + dice.below(26) as u8],
        _ => vec![b' ' + dice.below(95) as u8],
    };
    bytes.retain(|&byte| byte != 0x1a);
    bytes
}

/// Sends one event after another, each followed by a new size, which always causes a repaint.
fn visit(seed: u64) -> Visit {
    let mut dice = Dice::new(seed);
    let mut session = Session::spawn(SIZE, &[], &[]);
    session.wait_for(READY);
    let mut visit = Visit::default();
    for turn in 0..VISIT {
        let (frames, _) = session.frames();
        let sent = Instant::now();
        session.send(event(&mut dice));
        session.resize(SIZE.0 + 1 - turn % 2 + dice.below(20) as u16 * 2, SIZE.1);
        match session.wait_frame_or_end(frames) {
            None => visit.times.push(sent.elapsed()),
            Some(Ending::Code(0 | 130)) => {
                visit.has_quit = true;
                break;
            }
            Some(other) => panic!("{other:?} in visit {seed}"),
        }
    }
    if !visit.has_quit {
        session.kill(Signal::TERM);
        match session.wait_ended() {
            Ending::Signal(signal) if signal == Signal::TERM.as_raw() => {}
            // The last event was a key that quits, and was read before the signal came.
            Ending::Code(0 | 130) => visit.has_quit = true,
            other @ (Ending::Code(_) | Ending::Signal(_)) => panic!("{other:?} in visit {seed}"),
        }
    }
    assert_eq!(session.left_behind(), Vec::<String>::new(), "visit {seed}");
    visit
}
