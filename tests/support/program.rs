//! Runs the real program to its end and reads what it answers.
//!
//! Invariant: nothing of the user who runs the tests reaches the program.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};

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

/// The program, which finds no wishes of the user's own and no input.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_annals"));
    command.stdin(Stdio::null());
    for name in ["NO_COLOR", "ANNALS_SOURCES", "HOME", "XDG_CONFIG_HOME"] {
        command.env_remove(name);
    }
    command
}

/// Runs a shell script in which the program with its arguments is `"$0" "$@"`.
pub fn shell(script: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new("sh");
    command.args(["-c", script, env!("CARGO_BIN_EXE_annals")]).args(arguments);
    command.stdin(Stdio::null()).env_remove("ANNALS_SOURCES").env_remove("XDG_CONFIG_HOME");
    command.output().unwrap()
}

/// What a run wrote to standard error.
pub fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Runs a command to its end.
pub fn finish(mut command: Command) -> Ran {
    Ran::from(command.output().unwrap())
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// Starts a command, reads the first line of its output and closes the pipe. Returns that line and what
/// came of the run.
pub fn read_one_line(mut command: Command) -> (String, Ran) {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::with_capacity(16, child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let mut stderr = String::new();
    child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    let code = child.wait().unwrap().code();
    (line, Ran { code, stdout: String::new(), stderr })
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
