//! Runs the real program to its end and reads its output.
//!
//! Invariant: the settings of the user who runs the tests do not affect the program.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// The result of a run.
#[derive(Debug)]
pub struct Ran {
    /// The exit code; `None` if a signal ended it.
    pub code: Option<i32>,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

/// Returns a command for the program with no user settings and no input.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_annals"));
    command.stdin(Stdio::null());
    for name in ["NO_COLOR", "ANNALS_SOURCES", "HOME", "XDG_CONFIG_HOME"] {
        command.env_remove(name);
    }
    command
}

/// Runs a shell script in which `"$0" "$@"` is the program with its arguments.
pub fn shell(script: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new("sh");
    command.args(["-c", script, env!("CARGO_BIN_EXE_annals")]).args(arguments);
    command.stdin(Stdio::null()).env_remove("ANNALS_SOURCES").env_remove("XDG_CONFIG_HOME");
    command.output().unwrap()
}

/// Returns what a run wrote to standard error.
pub fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Runs a command to its end and returns the result.
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

/// Starts a command, reads the first line of its output and closes the pipe. Returns that line and the result of the
/// run.
pub fn read_one_line(mut command: Command) -> (String, Ran) {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::with_capacity(16, child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let mut stderr = String::new();
    child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    let code = child.wait().unwrap().code();
    (line, Ran { code, stdout: String::new(), stderr })
}

/// Runs the program with the given arguments.
pub fn annals(args: &[&str]) -> Ran {
    let mut command = program();
    command.args(args);
    finish(command)
}

/// Runs the program on the given dossier.
pub fn annals_on(dossier: &Path, args: &[&str]) -> Ran {
    let mut command = program();
    command.arg("--dossier").arg(dossier).args(args);
    finish(command)
}

/// Returns the output of a run that must succeed without messages.
pub fn found(args: &[&str]) -> String {
    let ran = annals(args);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{args:?}");
    ran.stdout
}

/// Returns the rows of an answer in JSON; a single object counts as one row.
pub fn rows(args: &[&str]) -> Vec<Value> {
    let mut all = args.to_vec();
    all.extend(["--format", "json"]);
    match serde_json::from_str(&found(&all)).unwrap() {
        Value::Array(rows) => rows,
        other => vec![other],
    }
}

/// Returns the entities of the embedded dossier, one from each line of JSON Lines behind the header.
pub fn entities() -> Vec<Value> {
    let lines = found(&["export", "--format", "jsonl"]);
    lines.lines().skip(1).map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Returns a text field.
pub fn text<'a>(row: &'a Value, field: &str) -> &'a str {
    row[field].as_str().unwrap_or_else(|| panic!("no text \"{field}\" in {row}"))
}

/// Returns the items of a list field.
pub fn list<'a>(row: &'a Value, field: &str) -> &'a [Value] {
    row[field].as_array().unwrap_or_else(|| panic!("no list \"{field}\" in {row}"))
}

/// Returns the claims of an entity about one property.
pub fn claims<'a>(entity: &'a Value, property: &str) -> Vec<&'a Value> {
    list(entity, "claims").iter().filter(|claim| claim["property"] == property).collect()
}

/// Returns the ids of the entities that claims about one property refer to.
pub fn targets<'a>(entity: &'a Value, property: &str) -> Vec<&'a str> {
    claims(entity, property).into_iter().filter_map(|claim| claim["entity"].as_str()).collect()
}

/// Writes authored files into a temporary folder and returns it.
pub fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}
