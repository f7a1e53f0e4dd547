//! `annals pick -` beside other pickers, each in a terminal, over the same file of lines.
//!
//! Invariant: a list counts as settled when every cell and colour of the screen equals what the same program showed in
//! a rehearsal, in which it was left alone until its output paused. So the time of a key ends with the last byte that
//! belongs to it, and no end is guessed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::Duration;

use portable_pty::CommandBuilder;

use crate::support::process::Activity;
use crate::support::terminal::{COLUMNS, ROWS, Running, Trouble, shows};
use crate::support::times::Times;

/// The queries, typed piece by piece, each with its last piece; the time is that of the last piece.
pub const QUERIES: [(&str, &str); 5] = [("k", "k"), ("ka", "a"), ("kal", "l"), ("cardio", "cardio"), ("a", "a")];

/// After these queries the prompt is emptied.
const LAST: [&str; 3] = ["kal", "cardio", "a"];

const CLEAR: &[u8] = b"\x15";

/// The longest wait for a program.
const PATIENCE: Duration = Duration::from_secs(30);

/// The pause in the output after which a list that looks settled counts as settled.
const REST: Duration = Duration::from_millis(40);

/// A picker that can be measured.
pub struct Program {
    pub name: &'static str,
    pub version: String,
    path: PathBuf,
    arguments: &'static [&'static str],
    /// The text between the number of matches and that of lines; `None` if neither is shown.
    between: Option<&'static str>,
}

/// Returns annals and the peers that are installed in a folder, and the names of those that are missing. Annals is
/// copied into the same folder.
///
/// A copy lies in the system's cache in larger parts than the file that a linker wrote, and starts 0.1 ms earlier,
/// although it is the same byte for byte.
pub fn programs(annals: &Path, peers: &Path) -> io::Result<(Vec<Program>, Vec<&'static str>)> {
    let bin = |name: &str| peers.join("bin").join(name);
    fs::create_dir_all(peers.join("bin"))?;
    fs::copy(annals, bin("annals"))?;
    let all = [
        ("annals", bin("annals"), ["pick", "-"].as_slice(), Some(" of ")),
        ("fzf", bin("fzf"), &[], Some("/")),
        // It shows only ten rows by default, and the others a whole screen.
        ("fzy", bin("fzy"), &["--lines=38"], None),
        ("skim", bin("sk"), &[], Some("/")),
    ];
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    for (name, path, arguments, between) in all {
        match Command::new(&path).arg("--version").output() {
            Ok(told) => {
                let told = String::from_utf8_lossy(&[told.stdout, told.stderr].concat()).into_owned();
                let version = told.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()));
                let version = version.unwrap_or("unknown").to_owned();
                found.push(Program { name, version, path, arguments, between });
            }
            Err(_) => missing.push(name),
        }
    }
    Ok((found, missing))
}

impl Program {
    fn command(&self, lines: &Path, home: &Path) -> CommandBuilder {
        let mut command = CommandBuilder::new("/bin/sh");
        // The choice is discarded; the program draws on the terminal itself.
        command.args(["-c", "exec \"$0\" \"$@\" < \"$LINES_FILE\" > /dev/null"]);
        command.arg(&self.path);
        command.args(self.arguments);
        command.env_clear();
        command.env("TERM", "xterm-256color");
        command.env("PATH", "/usr/bin:/bin");
        command.env("HOME", home);
        command.env("LINES_FILE", lines);
        command
    }

    /// Returns true if all lines have arrived. A program that does not count them shows no line before it has read all.
    fn is_ready(&self, screen: &vt100::Screen, file: &Input) -> bool {
        match self.between {
            Some(_) => self.matches(screen, file.count) == Some(file.count) && !is_busy(screen),
            None => shows(screen, &file.first),
        }
    }

    /// Returns the number of matches, if the screen shows it.
    fn matches(&self, screen: &vt100::Screen, lines: usize) -> Option<usize> {
        let sign = format!("{}{lines}", self.between?);
        let contents = screen.contents();
        let before = contents.split(&sign).next().filter(|before| before.len() < contents.len())?;
        before[before.trim_end_matches(|c: char| c.is_ascii_digit()).len()..].parse().ok()
    }
}

/// Returns true if annals says that it is still searching or reading.
fn is_busy(screen: &vt100::Screen) -> bool {
    shows(screen, "searching…") || shows(screen, "more is being read")
}

/// Returns every cell with its colours, but not the cursor's style. For blank cells the text colour, and whether they
/// were written, make no visible difference and are left out.
fn cells(screen: &vt100::Screen) -> Vec<Cell> {
    let places = (0..ROWS).flat_map(|row| (0..COLUMNS).map(move |column| (row, column)));
    let cells = places.filter_map(|(row, column)| screen.cell(row, column));
    let seen = |cell: &vt100::Cell| {
        let is_blank = cell.contents().trim().is_empty();
        let text = if is_blank { String::new() } else { cell.contents().to_owned() };
        let ink = if is_blank { vt100::Color::Default } else { cell.fgcolor() };
        (text, ink, cell.bgcolor(), cell.inverse(), cell.bold() && !is_blank)
    };
    cells.map(seen).collect()
}

/// A file of lines, each but the last longer than a word.
pub struct Input {
    pub path: PathBuf,
    pub count: usize,
    /// The beginning of the first line.
    first: String,
}

impl Input {
    pub fn write(folder: &Path, count: usize) -> Result<Self, Trouble> {
        let lines: Vec<String> = crate::support::names::names(count).collect();
        let path = folder.join(format!("names-{count}.txt"));
        fs::write(&path, lines.join("\n") + "\n")?;
        let first = lines.first().ok_or("no lines")?.chars().take(24).collect();
        Ok(Self { path, count, first })
    }
}

/// The figures of one program for one file.
#[derive(Default)]
pub struct Figures {
    pub first_rows: Times,
    pub ready: Times,
    /// The times from the last key to the settled list, by query.
    pub keys: [Times; QUERIES.len()],
    /// The number of matches by the program's own rules, if it shows one.
    pub found: [Option<usize>; QUERIES.len()],
    /// The largest peak memory, in mebibytes.
    pub memory: Option<f64>,
    /// The activity while nothing was typed.
    pub idle: Option<Activity>,
}

/// The visible parts of a cell: text, colour, background colour, whether they are swapped, and whether it is bold.
type Cell = (String, vt100::Color, vt100::Color, bool, bool);

/// The screens at rest: with an empty prompt, and by query.
struct Rehearsed {
    empty: Vec<Cell>,
    queries: Vec<Vec<Cell>>,
}

/// The number of starts, and the length of the idle period.
#[derive(Clone, Copy)]
pub struct Effort {
    pub starts: usize,
    pub idle: Duration,
}

/// Measures all programs with one file, taking turns. Returns for each its figures, or the error that ended its
/// measurement.
pub fn measure(programs: &[Program], file: &Input, effort: Effort) -> Vec<Result<Figures, Trouble>> {
    let mut all: Vec<Result<(Rehearsed, Figures), Trouble>> =
        programs.iter().map(|program| rehearse(program, file)).collect();
    for start in 0..effort.starts {
        // Forwards and backwards, so that no program always follows the same other one.
        let mut turns: Vec<_> = programs.iter().zip(&mut all).collect();
        if start % 2 == 1 {
            turns.reverse();
        }
        for (program, state) in turns {
            let Ok((rehearsed, figures)) = state else { continue };
            let idle = (start + 1 == effort.starts).then_some(effort.idle);
            if let Err(trouble) = visit(program, file, rehearsed, figures, idle) {
                println!("{} is given up: {trouble}", program.name);
                *state = Err(trouble);
            }
        }
    }
    all.into_iter().map(|state| state.map(|(_, figures)| figures)).collect()
}

fn rehearse(program: &Program, file: &Input) -> Result<(Rehearsed, Figures), Trouble> {
    // Longer than any pause of a program between two parts of one answer.
    let rest = Duration::from_millis(if file.count < 100_000 { 300 } else { 1_200 });
    let home = tempfile::tempdir()?;
    let mut running = Running::start(program.command(&file.path, home.path()))?;
    running.wait_until("all lines", PATIENCE, |screen| program.is_ready(screen, file))?;
    running.rest(rest);
    let mut figures = Figures::default();
    let mut queries = Vec::new();
    for (index, (query, keys)) in QUERIES.into_iter().enumerate() {
        running.send(keys.as_bytes())?;
        running.rest(rest);
        figures.found[index] = program.matches(running.screen(), file.count);
        if program.between.is_some() && figures.found[index].is_none() {
            return Err(format!("no count of matches for {query:?}:\n{}", running.screen().contents()).into());
        }
        queries.push(cells(running.screen()));
        if LAST.contains(&query) {
            running.send(CLEAR)?;
            running.rest(rest);
        }
    }
    Ok((Rehearsed { empty: cells(running.screen()), queries }, figures))
}

/// Starts a program and sends each query once: fzf caches its answers and would not search a second time.
fn visit(
    program: &Program,
    file: &Input,
    rehearsed: &Rehearsed,
    figures: &mut Figures,
    idle: Option<Duration>,
) -> Result<(), Trouble> {
    let home = tempfile::tempdir()?;
    let mut running = Running::start(program.command(&file.path, home.path()))?;
    let started = running.started;
    let rows = running.wait_until("the first rows", PATIENCE, |screen| shows(screen, &file.first))?;
    figures.first_rows.add(rows - started);
    let mut ready = rows;
    if !program.is_ready(running.screen(), file) {
        ready = running.wait_until("all lines", PATIENCE, |screen| program.is_ready(screen, file))?;
    }
    figures.ready.add(ready - started);
    running.rest(Duration::from_millis(200));
    for (index, (query, keys)) in QUERIES.into_iter().enumerate() {
        let sent = running.send(keys.as_bytes())?;
        let is_there = |screen: &vt100::Screen| cells(screen) == rehearsed.queries[index];
        let settled = running.settle(&format!("{} to answer {query:?}", program.name), REST, PATIENCE, is_there)?;
        figures.keys[index].add(settled - sent);
        if LAST.contains(&query) {
            running.send(CLEAR)?;
            let is_empty = |screen: &vt100::Screen| cells(screen) == rehearsed.empty;
            running.settle(&format!("{} to empty its prompt", program.name), REST, PATIENCE, is_empty)?;
        }
    }
    figures.memory = running.peak_memory().into_iter().chain(figures.memory).reduce(f64::max);
    if let Some(idle) = idle {
        running.rest(Duration::from_millis(300));
        let before = running.activity();
        thread::sleep(idle);
        figures.idle = before.zip(running.activity()).map(|(before, after)| Activity {
            switches: after.switches.saturating_sub(before.switches),
            ticks: after.ticks.saturating_sub(before.ticks),
        });
    }
    Ok(())
}
