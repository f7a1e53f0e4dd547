//! The tables, the picture and the commands in the README match the program.

use std::fs;
use std::path::Path;
use std::process::Command;

fn readme() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap()
}

/// Returns the text between two marks.
fn section<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let from = text.find(start).unwrap() + start.len();
    let to = text[from..].find(end).unwrap();
    text[from..from + to].trim()
}

#[test]
fn the_keys_are_those_of_the_table() {
    let text = readme();
    let written = section(&text, "<!-- keys -->", "<!-- /keys -->");
    assert_eq!(written, annals::keymap::markdown().trim(), "run: annals keys --format markdown");
}

#[test]
fn the_fields_of_a_query_are_those_of_the_table() {
    let text = readme();
    let written = section(&text, "<!-- fields -->", "<!-- /fields -->");
    let table = annals::query::markdown();
    assert_eq!(written, table.trim(), "write between the marks:\n{table}");
}

#[test]
fn the_picture_is_what_the_program_draws() {
    let text = readme();
    let command = section(&text, "<!-- picture: annals ", " -->");
    let arguments: Vec<&str> = command.split(' ').collect();
    let drawn = Command::new(env!("CARGO_BIN_EXE_annals")).args(&arguments).output().unwrap();
    assert!(drawn.status.success());
    let kept = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/screen.svg")).unwrap();
    assert!(drawn.stdout == kept, "run: annals {command} > assets/screen.svg");
}

#[test]
fn every_command_of_the_tour_works() {
    let text = readme();
    let commands: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("annals ")).collect();
    assert!(commands.len() >= 10, "a tour has commands");
    let folder = tempfile::tempdir().unwrap();
    for command in commands {
        let words = split(
            command.split(" | ").next().unwrap().split(" > ").next().unwrap().split("  #").next().unwrap().trim(),
        );
        let ran = Command::new(env!("CARGO_BIN_EXE_annals")).args(&words).current_dir(folder.path()).output().unwrap();
        assert!(ran.status.success(), "annals {command}\n{}", String::from_utf8_lossy(&ran.stderr));
        assert!(!ran.stdout.is_empty() || words[0] == "export", "annals {command} says nothing");
    }
}

/// Splits a command line into words at spaces outside double or single quotes.
pub fn split(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for c in line.chars() {
        match (quote, c) {
            (Some(open), c) if open == c => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, ' ') => words.push(String::new()),
            (_, c) => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}
