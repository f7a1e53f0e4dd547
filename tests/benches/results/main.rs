//! Measures every promise of speed and memory, beside its peers in one run, and writes `tests/benches/RESULTS.md`.
//!
//! `cargo bench --bench results` installs the peers into `target/peers` and runs for about a quarter of an hour;
//! `cargo bench --bench results -- --quick` tests the bench itself, with small inputs and few runs, and writes
//! `target/quick-results.md`; with `-- --lookups` it only prints the section of answers about one thing. Start it on a
//! machine that does nothing else.

#![expect(clippy::print_stdout, reason = "a benchmark prints")]

mod explorer;
mod folder;
mod goals;
mod library;
mod lookups;
mod machine;
mod programs;
mod report;
#[path = "../support/mod.rs"]
mod support;

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use explorer::{Generated, Opened};
use folder::Folder;
use lookups::Lookups;
use programs::{Effort, Figures, Input, Program};
use report::Report;
use support::opening;
use support::terminal::Trouble;

const ANNALS: &str = env!("CARGO_BIN_EXE_annals");
const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// All measurements, by size.
#[derive(Default)]
pub struct Measured {
    /// The search itself.
    pub library: Vec<library::Size>,
    /// The measured pickers, annals first.
    pub programs: Vec<Program>,
    /// The names of pickers that are not installed.
    pub missing: Vec<&'static str>,
    /// By number of lines: the figures of each program, or the error that ended its measurement.
    pub picks: Vec<(usize, Vec<Result<Figures, Trouble>>)>,
    /// Dossiers.
    pub openings: Vec<Opened>,
    /// A dossier as its author keeps it.
    pub folder: Folder,
    /// Answers about one thing.
    pub lookups: Lookups,
}

fn main() -> Result<(), Trouble> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match &arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        // This bench as a child process that only opens a dossier.
        ["--child", path] => {
            println!("{}", opening::child(Path::new(path))?);
            Ok(())
        }
        // This bench as a child process that only writes a dossier.
        ["--write", path, entities] => {
            println!("{}", explorer::write(Path::new(path), entities.parse()?)?);
            Ok(())
        }
        // This bench as a child process that only writes a dossier of offices.
        ["--write-staffed", path, persons, terms] => {
            lookups::write(Path::new(path), (persons.parse()?, terms.parse()?))
        }
        ["--lookups"] => {
            let folder = tempfile::tempdir()?;
            let lookups = ask(folder.path(), false)?;
            let measured = Measured { lookups, ..Measured::default() };
            let report = Report { measured: &measured, machine: "", is_quick: false, took: Duration::ZERO };
            println!("{}", report.of_lookups()?);
            Ok(())
        }
        [] => run(false),
        ["--quick"] => run(true),
        other => Err(format!("unknown arguments {other:?}; expected none, or --quick").into()),
    }
}

fn run(is_quick: bool) -> Result<(), Trouble> {
    let start = Instant::now();
    let machine = machine::describe();
    let measured = measure(is_quick)?;
    let report = Report { measured: &measured, machine: &machine, is_quick, took: start.elapsed() };
    let path = Path::new(ROOT).join(if is_quick { "target/quick-results.md" } else { "tests/benches/RESULTS.md" });
    std::fs::write(&path, report.to_string())?;
    println!("wrote {}", path.display());
    Ok(())
}

fn measure(is_quick: bool) -> Result<Measured, Trouble> {
    let peers = Path::new(ROOT).join("target/peers");
    let installed = Command::new(Path::new(ROOT).join("tests/benches/peers.sh")).arg(&peers).status();
    if !installed.is_ok_and(|status| status.success()) {
        println!("not all peers could be installed; what is missing is so in the report");
    }
    let (programs, missing) = programs::programs(Path::new(ANNALS), &peers)?;
    let mut measured = Measured { programs, missing, ..Measured::default() };
    let folder = tempfile::tempdir()?;
    let sizes: &[usize] = if is_quick { &[10_000] } else { &[10_000, 100_000, 1_000_000] };

    let lines: &[usize] = if is_quick { &[300, 10_000] } else { &[300, 10_000, 100_000, 1_000_000] };
    for &count in lines {
        println!("pickers, {count} lines");
        let file = Input::write(folder.path(), count)?;
        measured.picks.push((count, programs::measure(&measured.programs, &file, effort(count, is_quick))));
    }
    for &entities in sizes {
        println!("dossiers, {entities} entities");
        let dossier = Generated::write(folder.path(), entities)?;
        let runs = match (is_quick, entities) {
            (true, _) => 2,
            (false, ..=100_000) => 5,
            (false, _) => 3,
        };
        measured.openings.push(explorer::measure(Path::new(ANNALS), &dossier, runs)?);
    }
    println!("a folder of TOML");
    measured.folder = folder::measure(Path::new(ANNALS), folder.path(), is_quick)?;
    println!("answers about one thing");
    measured.lookups = ask(folder.path(), is_quick)?;
    // This comes last, because the memory it keeps would disturb the other measurements.
    for &count in sizes {
        println!("libraries, {count} names");
        measured.library.push(library::measure(count, library::runs_for(count, is_quick))?);
    }
    Ok(measured)
}

/// Writes a dossier of offices in a process of its own, and asks about one thing of it.
fn ask(folder: &Path, is_quick: bool) -> Result<Lookups, Trouble> {
    let path = folder.join("staffed.sqlite");
    let (persons, terms) = if is_quick { (2_000, 3_000) } else { lookups::SIZE };
    let mut writing = Command::new(std::env::current_exe()?);
    writing.arg("--write-staffed").arg(&path).args([persons.to_string(), terms.to_string()]);
    if !writing.status()?.success() {
        return Err("the dossier of offices was not written".into());
    }
    lookups::measure(Path::new(ANNALS), &path, if is_quick { 4 } else { 41 })
}

/// Returns how often a program is started with a number of lines, and how long it is left idle.
fn effort(lines: usize, is_quick: bool) -> Effort {
    let idle = Duration::from_secs(if is_quick { 1 } else { 5 });
    let starts = match (lines, is_quick) {
        (_, true) => 2,
        (..=10_000, _) => 30,
        (..=100_000, _) => 16,
        _ => 12,
    };
    Effort { starts, idle }
}
