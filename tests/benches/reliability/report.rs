//! Rows of figures, and the report that they form.
//!
//! Invariant: a row is met only if every run of it succeeded and its time kept the limit.

use std::fmt::Write as _;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::Command;
use std::time::Duration;

use super::Length;

/// One row of the report.
pub struct Row {
    pub hazard: &'static str,
    pub target: &'static str,
    pub figure: String,
    pub runs: usize,
    pub verdict: Verdict,
}

impl Row {
    /// Returns the row of a part that could not be measured to its end.
    pub fn failed(part: &'static str) -> Self {
        let figure = "it ended before its end: see what it printed".to_owned();
        Self { hazard: part, target: "it can be measured", figure, runs: 0, verdict: Verdict::Missed }
    }
}

/// The result for a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Met,
    Missed,
    /// The run was too short, or a tool that it needs is missing.
    NotRun,
}

impl Verdict {
    pub fn of(met: bool) -> Self {
        if met { Self::Met } else { Self::Missed }
    }

    /// Returns this verdict if a further condition is met, and `Missed` otherwise.
    pub fn and(self, met: bool) -> Self {
        if met { self } else { Self::Missed }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Missed => "MISSED",
            Self::NotRun => "not run",
        }
    }
}

/// Makes `count` runs and returns the sorted times of those that succeeded. A run succeeds by returning a time, and
/// fails by returning none or by panicking.
pub fn run<T: Into<Option<Duration>>>(count: usize, one: impl Fn(usize) -> T) -> Vec<Duration> {
    let succeeded = |round| catch_unwind(AssertUnwindSafe(|| one(round))).ok().and_then(Into::into);
    let mut times: Vec<Duration> = (0..count).filter_map(succeeded).collect();
    times.sort();
    times
}

/// Returns the time in milliseconds that `share` of a hundred runs do not exceed; infinity if there are no runs.
pub fn percentile(sorted: &[Duration], share: usize) -> f64 {
    let at = (sorted.len() * share).div_ceil(100).saturating_sub(1);
    sorted.get(at).map_or(f64::INFINITY, |time| time.as_secs_f64() * 1e3)
}

/// Returns a row for runs that must all succeed, `share` of a hundred within `bound` milliseconds.
pub fn timed(
    (hazard, target): (&'static str, &'static str),
    times: &[Duration],
    runs: usize,
    (share, bound): (usize, f64),
) -> Row {
    let at = |share| percentile(times, share);
    let figure = format!(
        "{} of {runs}; median {:.2} ms, p95 {:.2} ms, p99 {:.2} ms, longest {:.2} ms",
        times.len(),
        at(50),
        at(95),
        at(99),
        at(100)
    );
    Row { hazard, target, figure, runs, verdict: Verdict::of(times.len() == runs && at(share) <= bound) }
}

/// Formats a number with its digits in groups of three.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn said(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default()
}

/// Returns the value after a name in one of the kernel's files, or `unknown`.
fn kernel(file: &str, name: &str) -> String {
    let text = fs::read_to_string(file).unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default();
    line.split_once(':').map_or("unknown", |(_, value)| value.trim()).to_owned()
}

/// Returns the whole report.
pub fn page(length: Length, rows: &[Row], took: Duration) -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let kept = match length {
        Length::Full => "a full run",
        Length::Quick => "a short run, a fifth of the full one",
    };
    let mut page = format!(
        "# What does not break\n\n\
         Written by `cargo bench --bench reliability`: {kept}, in {} minutes.\n\n\
         - annals {}, {}\n- {}\n- {cores} cores: {}; memory {}\n- load at the end: {}\n\n\
         | hazard | target | figure | runs | |\n|---|---|---|---|---|\n",
        took.as_secs().div_ceil(60),
        env!("CARGO_PKG_VERSION"),
        said("rustc", &["--version"]),
        said("uname", &["-srm"]),
        kernel("/proc/cpuinfo", "model name"),
        kernel("/proc/meminfo", "MemTotal"),
        load.split(' ').take(3).collect::<Vec<_>>().join(" "),
    );
    for Row { hazard, target, figure, runs, verdict } in rows {
        let _ = writeln!(page, "| {hazard} | {target} | {figure} | {} | {} |", grouped(*runs), verdict.word());
    }
    page.push_str(
        "\nTimes hold the scheduler's and the measuring terminal's share; an end is waited for, not looked for.\n\
         \"Hostile\" is a dossier in which every text holds what acts on a terminal, reorders, hides or floods, every \
         claim that can be made is made, and everything that can form a circle does. Mutants are made from the seeds and \
         from every input that once made a parser fail (`tests/fuzz`); the guided fuzzer is run by hand \
         (`tests/fuzz/README.md`). A parser's peak is the memory of its whole process. strace makes system calls fail and \
         faketime sets the clock; without these tools their rows are not run.\n",
    );
    page
}
