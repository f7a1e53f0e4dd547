//! Measures the first frame, key to repaint, peak memory and size, beside fzf in the same run.
//!
//! `cargo bench --bench interactive`. The peer is `fzf` on the path, or the program named by the variable `PEER`; it
//! shows the same names as annals. Runs are interleaved, so that a slow moment of the machine affects both; compare
//! medians and ratios.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark may stop at what it did not expect, and prints"
)]

mod support;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use portable_pty::CommandBuilder;
use support::terminal::{Running, shows};

/// The number of measured runs of each program.
const RUNS: usize = 40;

/// The number of measured keys of each kind.
const KEYS: usize = 200;

/// The longest wait for any output.
const PATIENCE: Duration = Duration::from_secs(10);

/// Waits until the screen shows a text, and returns that moment.
fn wait_for(run: &mut Running, text: &str) -> Instant {
    run.wait_until(text, PATIENCE, |screen| shows(screen, text)).unwrap()
}

/// Returns the time from a key to the last byte of its output, which ends with a pause.
fn press(run: &mut Running, key: &[u8]) -> Duration {
    run.rest(Duration::from_millis(1));
    let sent = run.send(key).unwrap();
    run.answer(PATIENCE, Duration::from_millis(15)).unwrap() - sent
}

fn annals() -> CommandBuilder {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_annals"));
    command.env("TERM", "xterm-256color");
    command
}

/// Returns the command that starts fzf with a file of names, or `None` if it is not installed.
fn peer(names: &Path) -> Option<CommandBuilder> {
    let program = std::env::var("PEER").unwrap_or_else(|_| "fzf".into());
    Command::new(&program).arg("--version").stdout(Stdio::null()).status().ok()?;
    let mut command = CommandBuilder::new("sh");
    command.args(["-c", &format!("exec {program} < '{}'", names.display())]);
    command.env("TERM", "xterm-256color");
    Some(command)
}

fn names() -> PathBuf {
    let listed = Command::new(env!("CARGO_BIN_EXE_annals"))
        .args(["find", "kind:person,unit,institution,event,programme", "--limit", "1000", "--format", "csv"])
        .output()
        .unwrap();
    let path = std::env::temp_dir().join(format!("annals-names-{}.txt", std::process::id()));
    std::fs::write(&path, &listed.stdout).unwrap();
    path
}

fn milliseconds(mut times: Vec<Duration>) -> String {
    times.sort();
    let at = |share: usize| times[(times.len() - 1) * share / 100].as_secs_f64() * 1e3;
    format!("median {:7.2} ms   p95 {:7.2} ms   p99 {:7.2} ms", at(50), at(95), at(99))
}

fn main() {
    let names = names();
    let has_peer = peer(&names).is_some();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let mut run = Running::start(annals()).unwrap();
        ours.push(wait_for(&mut run, "Institutions") - run.started);
        if let Some(command) = peer(&names) {
            let mut run = Running::start(command).unwrap();
            theirs.push(wait_for(&mut run, "Kalyani") - run.started);
        }
    }
    println!("first frame      annals  {}", milliseconds(ours));
    if has_peer {
        println!("first frame      peer    {}", milliseconds(theirs));
    } else {
        println!("first frame      peer    (no fzf on the path)");
    }

    let mut run = Running::start(annals()).unwrap();
    wait_for(&mut run, "Institutions");
    for (name, keys) in [("move", ["j", "k"]), ("pane", ["l", "h"]), ("year", ["]", "["])] {
        let times = (0..KEYS).map(|index| press(&mut run, keys[index % 2].as_bytes())).collect();
        println!("key to repaint   {name:6}  {}", milliseconds(times));
    }
    press(&mut run, b"f");
    let times = (0..KEYS).map(|index| press(&mut run, if index % 2 == 0 { b"a" } else { b"\x7f" })).collect();
    println!("key to repaint   find    {}", milliseconds(times));
    if let Some(memory) = run.peak_memory() {
        println!("peak memory      annals  {memory:.1} MB");
    }
    drop(run);
    if let Some(command) = peer(&names) {
        let mut run = Running::start(command).unwrap();
        wait_for(&mut run, "Kalyani");
        let times = (0..KEYS).map(|index| press(&mut run, if index % 2 == 0 { b"a" } else { b"\x7f" })).collect();
        println!("key to repaint   peer    {}", milliseconds(times));
        if let Some(memory) = run.peak_memory() {
            println!("peak memory      peer    {memory:.1} MB");
        }
    }
    let size = std::fs::metadata(env!("CARGO_BIN_EXE_annals")).unwrap().len();
    println!("binary           annals  {:.1} MB", size as f64 / 1e6);
    let _ = std::fs::remove_file(names);
}
