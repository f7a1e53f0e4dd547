//! The command line: the same bytes in any environment and at any time, silence when the reader stops early, and no
//! change to the files that it reads.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use annals::store;

use super::Length;
use super::hostile::world::embedded;
use super::report::{Row, Verdict};
use super::support::program::{program, read_one_line};
use super::support::tour;

const COMMANDS: [&str; 8] = [
    "timeline",
    "list person",
    "find aiims",
    "tenures",
    "matrix --format json",
    "export --format jsonl",
    "diff 2021 2025",
    "render chronicle",
];

const SURROUNDINGS: [[(&str, &str); 3]; 5] = [
    [("TZ", "Pacific/Kiritimati"), ("LC_ALL", "C"), ("TERM", "xterm-256color")],
    [("TZ", "America/St_Johns"), ("LC_ALL", "tr_TR.UTF-8"), ("TERM", "dumb")],
    [("TZ", "Asia/Kolkata"), ("LC_ALL", "de_DE.ISO-8859-1"), ("TERM", "vt100")],
    [("TZ", ""), ("LC_ALL", ""), ("TERM", "")],
    [("TZ", "nowhere"), ("LC_ALL", "nothing"), ("TERM", "unheard-of")],
];

/// The moments that a faked clock shows.
const CLOCKS: [&str; 4] = ["1970-01-02 00:00:00", "1999-12-31 23:59:59", "2024-02-29 12:00:00", "2037-06-01 00:00:00"];

pub fn measure(_: Length) -> Vec<Row> {
    vec![surroundings(), clock(), closed_pipe(), untouched()]
}

/// Returns the output and the messages of a command; `before` is put in front of the program.
fn bytes(before: &[&str], words: &str, surroundings: &[(&str, &str)], has_input: bool) -> Vec<u8> {
    let script = if has_input { "exec \"$@\"" } else { "exec \"$@\" <&-" };
    let mut command = Command::new("/bin/sh");
    command.args(["-c", script, "sh"]).args(before).arg(env!("CARGO_BIN_EXE_annals")).args(words.split(' '));
    let path = ("PATH", "/usr/bin:/bin");
    let command = command.env_clear().envs([path]).envs(surroundings.iter().copied());
    let output = command.stdin(Stdio::null()).output().unwrap();
    [output.stdout, output.stderr].concat()
}

fn surroundings() -> Row {
    let mut same = 0;
    for words in COMMANDS {
        let usual = bytes(&[], words, &[], true);
        for surroundings in &SURROUNDINGS {
            for has_input in [true, false] {
                same += usize::from(!usual.is_empty() && bytes(&[], words, surroundings, has_input) == usual);
            }
        }
    }
    let runs = COMMANDS.len() * SURROUNDINGS.len() * 2;
    Row {
        hazard: "command line",
        target: "same bytes under any TZ, locale, TERM, closed stdin",
        figure: format!("{same} of {runs} the same"),
        runs,
        verdict: Verdict::of(same == runs),
    }
}

/// Returns why faketime cannot give the program another clock, or `None` if it can. Faketime must be installed, and the
/// loader must map its library into the program.
fn no_other_clock() -> Option<&'static str> {
    let faketime = |arguments: &[&str]| {
        Command::new("faketime").args(["-f", "@1999-12-31 23:59:59"]).args(arguments).output().ok()
    };
    let shows = |output: Option<Output>, text: &str| {
        output.is_some_and(|output| String::from_utf8_lossy(&output.stdout).contains(text))
    };
    if !shows(faketime(&["date", "+%Y"]), "1999") {
        return Some("faketime is not there");
    }
    // The loader lists what it maps, and does not run the program. A statically linked program has no loader.
    let list = "LD_TRACE_LOADED_OBJECTS=1 exec \"$0\" --version";
    if !shows(faketime(&["/bin/sh", "-c", list, env!("CARGO_BIN_EXE_annals")]), "libfaketime") {
        return Some("the program is linked statically, and faketime does not reach it");
    }
    None
}

/// Compares the output under other clocks, after proving that the program sees them.
fn clock() -> Row {
    let (hazard, target) = ("the same, at another time", "same bytes under any clock");
    if let Some(reason) = no_other_clock() {
        return Row { hazard, target, figure: reason.to_owned(), runs: 0, verdict: Verdict::NotRun };
    }
    let mut same = 0;
    for words in COMMANDS {
        let usual = bytes(&[], words, &[], true);
        for clock in CLOCKS {
            let before = ["faketime", "-f", &format!("@{clock}")];
            same += usize::from(!usual.is_empty() && bytes(&before, words, &[], true) == usual);
        }
    }
    let runs = COMMANDS.len() * CLOCKS.len();
    let figure = format!("{same} of {runs} the same, from 1970 to 2037; faketime is mapped into the program");
    Row { hazard, target, figure, runs, verdict: Verdict::of(same == runs) }
}

/// Reads one line of a command's output and closes the pipe. Returns true if the command then succeeds and writes no
/// messages.
fn ends_in_silence(words: &str) -> bool {
    let mut command = program();
    command.args(words.split(' '));
    let (line, ran) = read_one_line(command);
    ran.code == Some(0) && ran.stderr.is_empty() && !line.is_empty()
}

fn closed_pipe() -> Row {
    let runs = COMMANDS.len() * 5;
    let silent = COMMANDS.iter().cycle().take(runs).filter(|words| ends_in_silence(words)).count();
    Row {
        hazard: "a pipe that is closed after a line",
        target: "silent, exit 0",
        figure: format!("{silent} of {runs}"),
        runs,
        verdict: Verdict::of(silent == runs),
    }
}

/// Returns the bytes of every file in a folder, and the times when its content and its metadata last changed.
fn state(folder: &Path) -> BTreeMap<String, (Vec<u8>, [i64; 4])> {
    let files = fs::read_dir(folder).unwrap().map(|entry| {
        let entry = entry.unwrap();
        let about = entry.metadata().unwrap();
        let times = [about.mtime(), about.mtime_nsec(), about.ctime(), about.ctime_nsec()];
        (entry.file_name().to_string_lossy().into_owned(), (fs::read(entry.path()).unwrap(), times))
    });
    files.collect()
}

fn untouched() -> Row {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dossier.sqlite");
    store::save(&embedded(), &path).unwrap();
    let before = state(folder.path());
    let mut kept = 0;
    for words in COMMANDS {
        let read = program().arg("--dossier").arg(&path).args(words.split(' ')).output().unwrap();
        kept += usize::from(read.status.success() && state(folder.path()) == before);
    }
    let seen = catch_unwind(AssertUnwindSafe(|| tour::all_screens(&path).len()));
    kept += usize::from(seen.is_ok_and(|bytes| bytes > 2_000) && state(folder.path()) == before);
    let runs = COMMANDS.len() + 1;
    Row {
        hazard: "a user's database",
        target: "opened without a byte changed, and nothing beside it",
        figure: format!("{kept} of {runs}, the explorer among them"),
        runs,
        verdict: Verdict::of(kept == runs),
    }
}
