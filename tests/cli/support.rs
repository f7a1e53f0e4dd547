//! Runs the real program and looks at what it answers.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

/// What a run left behind.
#[derive(Debug)]
pub struct Ran {
    /// The exit code; none if a signal ended it.
    pub code: Option<i32>,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

/// The program, cut off from the environment's wishes about colour.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_annals"));
    command.stdin(Stdio::null()).env_remove("NO_COLOR");
    command
}

/// Runs a command to its end.
pub fn finish(mut command: Command) -> Ran {
    let output = command.output().unwrap();
    Ran {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Runs the program with these arguments.
pub fn annals(args: &[&str]) -> Ran {
    let mut command = program();
    command.args(args);
    finish(command)
}

/// Runs the program on a dossier of its own.
pub fn annals_on(dossier: &Path, args: &[&str]) -> Ran {
    let mut command = program();
    command.arg("--dossier").arg(dossier).args(args);
    finish(command)
}

/// What the program prints when it finds what it was asked for.
pub fn found(args: &[&str]) -> String {
    let ran = annals(args);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{args:?}");
    ran.stdout
}

/// The rows of an answer in JSON.
pub fn rows(args: &[&str]) -> Vec<Value> {
    let mut all = args.to_vec();
    all.extend(["--format", "json"]);
    match serde_json::from_str(&found(&all)).unwrap() {
        Value::Array(rows) => rows,
        other => vec![other],
    }
}

/// The entities of the embedded dossier, one from each line of JSON.
pub fn entities() -> Vec<Value> {
    let lines = found(&["export", "--format", "jsonl"]);
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A text field.
pub fn text<'a>(row: &'a Value, field: &str) -> &'a str {
    row[field].as_str().unwrap_or_else(|| panic!("no text \"{field}\" in {row}"))
}

/// The items of a list field.
pub fn list<'a>(row: &'a Value, field: &str) -> &'a [Value] {
    row[field].as_array().unwrap_or_else(|| panic!("no list \"{field}\" in {row}"))
}

/// The claims of an entity about one property.
pub fn claims<'a>(entity: &'a Value, property: &str) -> Vec<&'a Value> {
    list(entity, "claims").iter().filter(|claim| claim["property"] == property).collect()
}

/// The ids that claims about one property point to.
pub fn targets<'a>(entity: &'a Value, property: &str) -> Vec<&'a str> {
    claims(entity, property).into_iter().filter_map(|claim| claim["entity"].as_str()).collect()
}

/// Writes a folder of authored files.
pub fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

/// Whether a character could act on a terminal; line ends aside.
pub fn acts_on_a_terminal(c: char) -> bool {
    let shapes_lines = matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}');
    shapes_lines || (c.is_control() && c != '\n')
}
