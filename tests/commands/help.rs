//! The help of every command names no subject, and its examples can be typed.
//!
//! Invariant: commands are found in the help itself, so that a new one is tested too.

use crate::readme::split;
use crate::support::program::{finish, found, program};
use crate::support::subject::{SUBJECT, found_in};
use std::fs;
use std::path::Path;

/// The help of a command, with the words of the command.
type Help = (Vec<String>, String);

/// Returns the help of the program and of each command.
fn all() -> Vec<Help> {
    let mut waiting = vec![Vec::new()];
    let mut all = Vec::new();
    while let Some(command) = waiting.pop() {
        let arguments: Vec<&str> = command.iter().map(String::as_str).chain(["--help"]).collect();
        let help = found(&arguments);
        waiting.extend(commands(&help).map(|name| [&command[..], &[name]].concat()));
        all.push((command, help));
    }
    all
}

/// Returns the names below "Commands:", except `help`.
fn commands(help: &str) -> impl Iterator<Item = String> {
    let list = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    list.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").map(str::to_owned)
}

/// Returns the command lines that a help gives as examples.
fn examples(help: &str) -> Vec<Vec<String>> {
    let lines = help.lines().skip_while(|line| !line.starts_with("Example"));
    let lines = lines.filter_map(|line| line.strip_prefix("  annals"));
    lines.map(|line| split(line.split("  ").next().unwrap())).map(before_the_shell).collect()
}

/// Returns the words before the first one that is for the shell.
fn before_the_shell(words: Vec<String>) -> Vec<String> {
    words.into_iter().take_while(|word| word != "|" && word != ">").collect()
}

#[test]
fn help_has_no_word_of_a_subject() {
    let all = all();
    assert!(all.len() > 20, "the commands are not found: {all:?}");
    let lines = all.iter().flat_map(|(command, help)| help.lines().map(move |line| (command, line)));
    let told: Vec<_> = lines.filter(|(_, line)| !found_in(line, SUBJECT).is_empty()).collect();
    let told: Vec<String> =
        told.iter().map(|(command, line)| format!("annals {} --help: {line}", command.join(" "))).collect();
    assert!(told.is_empty(), "help is the same for every dossier:\n{}", told.join("\n"));
}

#[test]
fn examples_of_help_are_understood() {
    let folder = tempfile::tempdir().unwrap();
    for (name, help) in all() {
        let examples = examples(&help);
        // A command that has commands leaves the examples to them.
        assert!(!examples.is_empty() || commands(&help).next().is_some(), "{name:?} has no example:\n{help}");
        for mut words in examples {
            // It would wait for a key.
            words.extend((words.first().is_some_and(|word| word == "pick")).then(|| "--help".to_owned()));
            let mut command = program();
            command.args(&words).current_dir(folder.path());
            let ran = finish(command);
            // What it names need not exist; its arguments and its query have to be valid.
            let is_misread = ran.stderr.starts_with("error:") || ran.stderr.contains("query \"");
            assert!(!is_misread, "annals {}\n{}", words.join(" "), ran.stderr);
        }
    }
}

#[test]
fn every_text_of_help_is_printed() {
    let all: Vec<String> = all().into_iter().map(|(_, help)| help).collect();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/help")).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let parts: Vec<&str> = text.trim_end().split("{fields}").collect();
        let is_printed = all.iter().any(|help| parts.iter().all(|part| help.contains(part)));
        assert!(is_printed, "{}: no help has this text", path.display());
    }
}
