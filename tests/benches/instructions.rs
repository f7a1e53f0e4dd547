//! Counts the instructions that a search spends per name, and the making of lines per line of text, and fails above a
//! limit: a regression of an inner loop is found however busy the machine is.
//!
//! `cargo bench --bench instructions`. The bench runs itself under `valgrind --tool=callgrind` twice for each query,
//! with few and with more searches over the same names; the difference is the cost of searching. The names are so few
//! that one thread does all the work.

#![expect(clippy::print_stdout, reason = "a benchmark prints")]

#[path = "support/names.rs"]
mod names;

use std::error::Error;
use std::hint::black_box;
use std::process::{Command, ExitCode};

use annals::query::Query;
use annals::search::{Lines, Stop};

/// The number of names searched, too small for a second thread to pay off.
const NAMES: usize = 20_000;

/// The number of best matches to return.
const BEST: usize = 100;

/// The number of searches in the first and in the second run.
const FEW: u64 = 1;
const MANY: u64 = 4;

/// Instructions per name by query, as last measured with the release profile on a processor with AVX2. One letter is
/// the worst case, `cadriology` also searches for slips, and `zzqx` finds nothing.
const MEASURED: [(&str, f64); 8] = [
    ("k", 61.2),
    ("kal", 82.8),
    ("cardio", 104.3),
    ("a", 134.1),
    ("ramji sin", 51.5),
    ("aiimskal", 25.5),
    ("zzqx", 12.8),
    ("cadriology", 36.2),
];

/// Instructions per line for making lines of a text, with their bitmap index.
const MEASURED_LINES: f64 = 1077.7;

/// The fraction by which a count may exceed the measured one, since compilers and processors differ a little.
const SLACK: f64 = 0.15;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match &arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--search", query, times] => {
            search(query, times.parse()?);
            Ok(ExitCode::SUCCESS)
        }
        ["--lines", times] => {
            read_lines(times.parse()?);
            Ok(ExitCode::SUCCESS)
        }
        [] if !has_valgrind() => Ok(without_valgrind()),
        [] => hold(),
        other => Err(format!("unknown arguments {other:?}; expected none").into()),
    }
}

/// Runs the same query several times; this is the work that is counted.
fn search(query: &str, times: u64) {
    let mut lines = Lines::default();
    names::names(NAMES).for_each(|name| lines.push(&name));
    let query = Query::of_words(query);
    for _ in 0..times {
        black_box(lines.search(black_box(query.pattern()), BEST, &Stop::never()));
    }
}

/// Makes lines of the same text several times; this is the work that is counted.
fn read_lines(times: u64) {
    let text = names::names(NAMES).collect::<Vec<_>>().join("\n");
    for _ in 0..times {
        let mut lines = Lines::default();
        lines.extend(black_box(&text));
        black_box(lines);
    }
}

fn has_valgrind() -> bool {
    Command::new("valgrind").arg("--version").output().is_ok_and(|told| told.status.success())
}

/// Returns the exit code when valgrind is missing: a failure on CI, where a check must not be skipped.
fn without_valgrind() -> ExitCode {
    println!("valgrind is not on the path: no instructions were counted; install it (apt-get install valgrind)");
    let is_ci = std::env::var("CI").is_ok_and(|set| !["", "0", "false"].contains(&set.as_str()));
    if is_ci { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn hold() -> Result<ExitCode, Box<dyn Error>> {
    println!("{:>12} {:>12} {:>12}", "query", "a name", "limit");
    let mut is_held = true;
    let searches = MEASURED.map(|(query, measured)| (query, vec!["--search", query], measured));
    for (query, work, measured) in searches.into_iter().chain([("(lines)", vec!["--lines"], MEASURED_LINES)]) {
        let spent = (count(&work, MANY)? - count(&work, FEW)?) as f64 / ((MANY - FEW) as f64 * NAMES as f64);
        let limit = measured * (1.0 + SLACK);
        let is_over = spent > limit;
        is_held &= !is_over;
        println!("{query:>12} {spent:>12.1} {limit:>12.1}{}", if is_over { "   over the limit" } else { "" });
    }
    if is_held {
        return Ok(ExitCode::SUCCESS);
    }
    println!(
        "More instructions are spent on a name than were. Find out why: valgrind --tool=callgrind {} --search QUERY {MANY}, \
         or --lines {MANY}, then callgrind_annotate. If it is worth it, put the new figures into MEASURED in tests/benches/instructions.rs and say why.",
        std::env::current_exe()?.display()
    );
    Ok(ExitCode::FAILURE)
}

/// Returns the instructions of a whole process that does some work `times` times.
fn count(work: &[&str], times: u64) -> Result<u64, Box<dyn Error>> {
    let told = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(std::env::current_exe()?)
        .args(work)
        .arg(times.to_string())
        .output()?;
    let text = String::from_utf8_lossy(&told.stderr);
    let collected = text.lines().find_map(|line| line.split_once("Collected : "));
    let number = collected.and_then(|(_, number)| number.trim().parse().ok()).filter(|_| told.status.success());
    Ok(number.ok_or_else(|| format!("valgrind told no count of instructions:\n{text}"))?)
}
