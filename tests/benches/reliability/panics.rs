//! A panic of a development build; no other build panics on request.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::Length;
use super::report::{Row, Verdict, run, timed};
use super::support::contract::{LEAVE_SCREEN, READY};
use super::support::{Ending, Session};

const SIZE: (u16, u16) = (80, 24);
const VARIABLES: [(&str, &str); 1] = [("ANNALS_TEST_PANIC", "1")];
const HAZARD: &str = "panic, early and late, of a development build";
const TARGET: &str = "all restored, one `?1049l`, then its report";

pub fn measure(length: Length) -> Vec<Row> {
    let runs = length.of(500);
    let Some(program) = development_build() else {
        let figure = "no development build could be made".to_owned();
        return vec![Row { hazard: HAZARD, target: TARGET, figure, runs: 0, verdict: Verdict::NotRun }];
    };
    vec![timed((HAZARD, TARGET), &run(runs, |round| panicked(&program, round)), runs, (99, f64::INFINITY))]
}

/// Builds a development build beside the measured program. Returns its path, or `None` if the build fails.
fn development_build() -> Option<PathBuf> {
    let target = Path::new(env!("CARGO_BIN_EXE_annals")).ancestors().nth(2)?;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["build", "--locked", "--quiet", "--bin", "annals", "--target-dir"]).arg(target);
    let built = command.current_dir(env!("CARGO_MANIFEST_DIR")).stdin(Stdio::null()).status().ok()?;
    built.success().then(|| target.join("debug/annals"))
}

/// Types the key that causes a panic: in even rounds after the first screen, in odd ones 0 to 12 ms after the start.
/// Returns the time from the key to the end, or `None` if the terminal was not restored or the panic not reported.
fn panicked(program: &Path, round: usize) -> Option<Duration> {
    let mut session = Session::spawn_build(program, SIZE, &VARIABLES);
    if round.is_multiple_of(2) {
        session.wait_for(READY);
    } else {
        thread::sleep(Duration::from_micros(120 * (round as u64 % 101)));
    }
    let typed = Instant::now();
    session.send("j");
    let ending = session.wait_ended();
    let time = typed.elapsed();
    let is_clean = session.left_behind().is_empty();
    let transcript = session.transcript();
    let report = transcript.rsplit_once(LEAVE_SCREEN).is_some_and(|(_, after)| after.contains("panicked at"));
    let is_once = transcript.matches(LEAVE_SCREEN).count() == 1;
    (ending == Ending::Code(101) && is_clean && is_once && report).then_some(time)
}
