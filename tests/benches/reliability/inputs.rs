//! Millions of inputs for every parser of data from outside, each parser in processes of its own.
//!
//! Invariant: the memory is that of a process which does nothing else.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::Length;
use super::hostile::mutants::attack;
use super::process::peak_memory;
use super::report::{Row, Verdict, grouped};
use super::work::cores;

/// The first argument of a child process, followed by target, count and seed.
const CHILD: &str = "--attack";

/// The limits for the time of one input, and for the peak memory of a process in mebibytes.
const PATIENCE: Duration = Duration::from_secs(1);
const MEMORY: f64 = 512.0;

/// A process that has not ended after this time counts as hung.
const HANGS: Duration = Duration::from_secs(600);

/// The targets, each with the name of its row and its number of inputs.
const PARSERS: [(&str, &str, usize); 9] = [
    ("authored", "importer: authored TOML, with all its indexes", 2_000_000),
    ("tables", "importer: declarations and tables around claims, with exports", 500_000),
    ("config", "importer: configuration", 2_000_000),
    ("splitter", "importer: documents into sentences", 2_000_000),
    ("query", "parser: queries", 2_000_000),
    ("when", "parser: dates", 2_000_000),
    ("moment", "parser: moments and steps", 2_000_000),
    ("clean", "cleaning, wrapping and fitting text", 2_000_000),
    ("sqlite", "importer: SQLite files, with all their indexes", 200_000),
];

/// The result of one process.
struct Found {
    inputs: usize,
    slowest: f64,
    memory: f64,
}

pub fn measure(length: Length) -> Vec<Row> {
    PARSERS.iter().map(|&(name, hazard, full)| row(name, hazard, length.of(full))).collect()
}

fn row(name: &str, hazard: &'static str, count: usize) -> Row {
    let processes = cores();
    let share = count.div_ceil(processes);
    let begun = Instant::now();
    let children: Vec<_> = (0..processes).map(|seed| start(name, share, seed)).collect();
    let found: Vec<Found> = children.into_iter().filter_map(|child| end(child, begun)).collect();
    let inputs: usize = found.iter().map(|found| found.inputs).sum();
    let largest = |figure: fn(&Found) -> f64| found.iter().map(figure).fold(0.0, f64::max);
    let (slowest, memory) = (largest(|found| found.slowest), largest(|found| found.memory));
    let figure = if found.len() == processes {
        let seconds = begun.elapsed().as_secs();
        format!("{} inputs in {seconds} s; slowest {slowest:.2} ms, peak {memory:.0} MiB", grouped(inputs))
    } else {
        format!("{} of {processes} processes failed", processes - found.len())
    };
    let met =
        found.len() == processes && inputs >= count && slowest <= PATIENCE.as_secs_f64() * 1e3 && memory <= MEMORY;
    Row { hazard, target: "no panic, none over 1 s or 512 MiB", figure, runs: inputs, verdict: Verdict::of(met) }
}

fn start(name: &str, count: usize, seed: usize) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args([CHILD, name, &count.to_string(), &seed.to_string()]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap()
}

/// Waits for a process and returns its result, or `None` if it failed or hung.
fn end(mut child: Child, begun: Instant) -> Option<Found> {
    while child.try_wait().ok()?.is_none() {
        if begun.elapsed() > HANGS {
            child.kill().ok()?;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    let output = child.wait_with_output().ok().filter(|output| output.status.success())?;
    let text = String::from_utf8(output.stdout).ok()?;
    let mut figures = text.split_whitespace();
    let inputs = figures.next()?.parse().ok()?;
    let mut figure = || figures.next()?.parse().ok();
    Some(Found { inputs, slowest: figure()?, memory: figure()? })
}

/// Returns true if the arguments are those of a child process, after doing its work.
pub fn is_child(words: &[String]) -> bool {
    let [word, name, count, seed] = words else { return false };
    if word != CHILD {
        return false;
    }
    let (count, seed): (usize, u64) = (count.parse().unwrap(), seed.parse().unwrap());
    match attack(name, count, seed, if seed == 0 { usize::MAX } else { 0 }, PATIENCE) {
        Ok(attack) => {
            let memory = peak_memory(std::process::id()).unwrap_or(f64::INFINITY);
            println!("{} {} {memory}", attack.inputs, attack.slowest.as_secs_f64() * 1e3);
        }
        Err(trouble) => panic!("{name}: {trouble}"),
    }
    true
}
