//! First frame, key to repaint, peak memory and size, beside fzf in the same run.
//!
//! `cargo bench --bench interactive`. The peer is `fzf` on the path, or the program that
//! the variable `PEER` names; it shows the same names that annals shows. Runs are
//! interleaved, so that a slow moment of the machine meets both; read medians and ratios.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark may stop at what it did not expect, and prints"
)]

use std::io::{Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

/// Counted runs of each program.
const RUNS: usize = 40;

/// Counted keys of each kind.
const KEYS: usize = 200;

/// A program in a terminal of its own.
struct Running {
    child: Box<dyn portable_pty::Child + Send + Sync>,
    writer: Arc<Mutex<Box<dyn std::io::Write + Send>>>,
    output: Receiver<(Instant, Vec<u8>)>,
    started: Instant,
    _master: Box<dyn portable_pty::MasterPty + Send>,
}

fn start(command: CommandBuilder) -> Running {
    let pty = native_pty_system().openpty(PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 }).unwrap();
    let mut reader = pty.master.try_clone_reader().unwrap();
    let writer = Arc::new(Mutex::new(pty.master.take_writer().unwrap()));
    let answers = Arc::clone(&writer);
    let (send, output) = channel();
    thread::spawn(move || {
        let mut buffer = vec![0; 1 << 16];
        while let Ok(read @ 1..) = reader.read(&mut buffer) {
            // A terminal answers when it is asked for its cursor; the peer waits for that.
            let asked = String::from_utf8_lossy(&buffer[..read]).matches("\u{1b}[6n").count();
            for _ in 0..asked {
                let _ = answers.lock().unwrap().write_all(b"\x1b[1;1R");
            }
            if send.send((Instant::now(), buffer[..read].to_vec())).is_err() {
                return;
            }
        }
    });
    let started = Instant::now();
    let child = pty.slave.spawn_command(command).unwrap();
    Running { child, writer, output, started, _master: pty.master }
}

impl Running {
    /// When the output first held this text.
    fn wait_for(&self, text: &str) -> Instant {
        let mut seen = Vec::new();
        loop {
            let (at, bytes) = self.output.recv_timeout(Duration::from_secs(10)).unwrap();
            seen.extend(bytes);
            if String::from_utf8_lossy(&seen).contains(text) {
                return at;
            }
        }
    }

    /// When the output that a key causes has come to rest, and the time of its last byte.
    fn press(&mut self, key: &[u8]) -> Duration {
        while self.output.try_recv().is_ok() {}
        let sent = Instant::now();
        self.writer.lock().unwrap().write_all(key).unwrap();
        let (mut last, _) = self.output.recv_timeout(Duration::from_secs(5)).unwrap();
        while let Ok((at, _)) = self.output.recv_timeout(Duration::from_millis(15)) {
            last = at;
        }
        last - sent
    }

    /// Peak memory in kilobytes, as the kernel counts it.
    fn peak_memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.process_id()?)).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
        line.split_whitespace().nth(1)?.parse().ok()
    }

    fn end(mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn annals() -> CommandBuilder {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_annals"));
    command.env("TERM", "xterm-256color");
    command
}

/// fzf over the names that annals holds.
fn peer(names: &std::path::Path) -> Option<CommandBuilder> {
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
        let run = start(annals());
        ours.push(run.wait_for("Institutions") - run.started);
        run.end();
        if let Some(command) = peer(&names) {
            let run = start(command);
            theirs.push(run.wait_for("Kalyani") - run.started);
            run.end();
        }
    }
    println!("first frame      annals  {}", milliseconds(ours));
    if has_peer {
        println!("first frame      peer    {}", milliseconds(theirs));
    } else {
        println!("first frame      peer    (no fzf on the path)");
    }

    let mut run = start(annals());
    run.wait_for("Institutions");
    for (name, keys) in [("move", ["j", "k"]), ("pane", ["l", "h"]), ("year", ["]", "["])] {
        let times = (0..KEYS).map(|index| run.press(keys[index % 2].as_bytes())).collect();
        println!("key to repaint   {name:6}  {}", milliseconds(times));
    }
    run.press(b"f");
    let times = (0..KEYS).map(|index| run.press(if index % 2 == 0 { b"a" } else { b"\x7f" })).collect();
    println!("key to repaint   find    {}", milliseconds(times));
    if let Some(memory) = run.peak_memory() {
        println!("peak memory      annals  {:.1} MB", memory as f64 / 1024.0);
    }
    run.end();
    if let Some(command) = peer(&names) {
        let mut run = start(command);
        run.wait_for("Kalyani");
        let times = (0..KEYS).map(|index| run.press(if index % 2 == 0 { b"a" } else { b"\x7f" })).collect();
        println!("key to repaint   peer    {}", milliseconds(times));
        if let Some(memory) = run.peak_memory() {
            println!("peak memory      peer    {:.1} MB", memory as f64 / 1024.0);
        }
        run.end();
    }
    let size = std::fs::metadata(env!("CARGO_BIN_EXE_annals")).unwrap().len();
    println!("binary           annals  {:.1} MB", size as f64 / 1e6);
    let _ = std::fs::remove_file(names);
}
