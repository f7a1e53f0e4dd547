//! Every command, in every form and with every message, on hostile dossiers and arguments.
//!
//! Invariant: both outputs of every run are checked, whatever its exit code.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use annals::keymap::views;
use annals::present::tables::{Needs, TABLES};

use super::dice::Dice;
use super::words::{argument, check};
use crate::support::program::program;

/// Runs a command, checks both of its outputs, and returns standard output.
fn run(dossier: &Path, arguments: &[&str]) -> String {
    let mut command = program();
    command.arg("--dossier").arg(dossier).args(arguments);
    let output = command.output().unwrap();
    assert!(matches!(output.status.code(), Some(0..=2)), "{arguments:?}: {:?}", output.status);
    let stdout = String::from_utf8(output.stdout).unwrap();
    check(&format!("{arguments:?}"), &stdout);
    check(&format!("{arguments:?}, standard error"), &String::from_utf8(output.stderr).unwrap());
    stdout
}

/// Runs the commands that print a whole dossier, each of which must print more than `lines` lines. Returns the number
/// of runs.
pub fn in_whole_forms(dossier: &Path, lines: usize) -> usize {
    let commands = [&["export", "--format", "jsonl"][..], &["export", "--format", "csv"], &["timeline"]];
    for arguments in commands {
        assert!(run(dossier, arguments).lines().count() > lines, "{arguments:?}");
    }
    commands.len()
}

/// Runs every command in every form. Returns the number of runs.
pub fn in_every_form(dossier: &Path) -> usize {
    let mut runs = 0;
    let mut run = |arguments: &[&str]| {
        run(dossier, arguments);
        runs += 1;
    };
    let kinds = "institution unit person post tenure programme agreement facility event scheme place document";
    let lists: Vec<[&str; 2]> = kinds.split(' ').map(|kind| ["list", kind]).collect();
    // The table of two dates is `diff`, below.
    let specs = TABLES.iter().map(|table| table.spec()).filter(|spec| !matches!(spec.needs, Needs::TwoDates));
    let tables: Vec<&str> = ["tenures", "timeline"].into_iter().chain(specs.map(|spec| spec.command)).collect();
    let mut commands: Vec<Vec<&str>> = lists.iter().map(|list| list.to_vec()).collect();
    commands.extend(tables.iter().map(|table| vec![*table]));
    commands.extend([
        vec!["find", "department"],
        vec!["find", "e"],
        vec!["show", "institution/e11"],
        vec!["diff", "1957", "2025"],
        vec!["who", "post/e14"],
    ]);
    for (turn, command) in commands.iter().enumerate() {
        run(command);
        // The forms share their writers, so most commands are tested in one form each, and tables in all.
        let forms = ["json", "jsonl", "csv"];
        let wanted = if command.len() == 1 { &forms[..] } else { &forms[turn % 3..=turn % 3] };
        for form in wanted {
            run(&[command, &["--format", form][..]].concat());
        }
    }
    run(&["check"]);
    run(&["check", "--format", "json"]);
    run(&["export", "--format", "json"]);
    for view in views().map(|(_, view)| view.title().to_lowercase()).chain(["timeline".to_owned()]) {
        run(&["render", &view, "--format", "svg"]);
        run(&["render", &view, "--keys", "j j e"]);
    }
    runs
}

/// Runs `turns` commands with hostile arguments, and checks folders in which every name, key and value is hostile.
/// Returns the number of runs.
pub fn in_every_message(dossier: &Path, turns: usize) -> usize {
    let mut dice = Dice::new(11);
    for turn in 0..turns {
        let word = argument(&mut dice);
        let dashed = format!("--{word}");
        let all = [
            vec!["find", &word],
            vec!["show", &word],
            vec!["list", &word],
            vec!["list", "person", "--query", &word],
            vec!["timeline", "--from", &word],
            vec!["who", &word, "--on", &word],
            vec!["diff", &word, &word],
            vec!["render", &word],
            vec!["render", "chronicle", "--keys", &word],
            vec!["--as-of", &word, "timeline"],
            vec!["export", "--format", &word],
            vec!["export", "--format", "csv", &word, "--nonsense"],
            vec![&word],
            vec![&dashed],
        ];
        run(dossier, &all[turn % all.len()]);
    }
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join(argument(&mut dice).replace('/', ""));
    fs::create_dir(&inner).unwrap();
    let quoted =
        |text: &str| text.replace(['"', '\\', '\n', '\r'], "").replace(|c: char| c.is_control() && c != '\t', "");
    let mut broken = String::new();
    for number in 0..2_000 {
        let word = quoted(&argument(&mut dice));
        let _ = writeln!(
            broken,
            "[[event]]\nid = \"e{number}{word}\"\nlabel = \"{word}\"\nwhen = \"{word}\"\n\"{word}\" = 1"
        );
    }
    fs::write(inner.join("entities.toml"), broken).unwrap();
    run(&inner, &["check"]);
    run(&inner, &["check", "--format", "json"]);
    fs::write(inner.join("entities.toml"), "a = \u{1b}]0;x\u{7}\u{202e}\n".repeat(50)).unwrap();
    run(&inner, &["check"]);
    run(&inner.join("no\u{1b}[2Jwhere"), &["check"]);
    turns + 4
}
