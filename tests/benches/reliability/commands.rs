//! The command line: the same bytes wherever it runs.

use std::process::{Command, Stdio};

use super::Length;
use super::report::Row;

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

fn bytes(words: &str, surroundings: &[(&str, &str)], has_input: bool) -> Vec<u8> {
    let script = if has_input { "exec \"$0\" \"$@\"" } else { "exec \"$0\" \"$@\" <&-" };
    let mut command = Command::new("/bin/sh");
    command.args(["-c", script, env!("CARGO_BIN_EXE_annals")]).args(words.split(' '));
    let output = command.env_clear().envs(surroundings.iter().copied()).stdin(Stdio::null()).output().unwrap();
    [output.stdout, output.stderr].concat()
}

pub fn measure(_: Length) -> Vec<Row> {
    let mut same = 0;
    for words in COMMANDS {
        let usual = bytes(words, &[], true);
        for surroundings in &SURROUNDINGS {
            for has_input in [true, false] {
                same += usize::from(!usual.is_empty() && bytes(words, surroundings, has_input) == usual);
            }
        }
    }
    let runs = COMMANDS.len() * SURROUNDINGS.len() * 2;
    vec![Row {
        hazard: "command line",
        target: "same bytes under any TZ, locale, TERM, closed stdin",
        figure: format!("{same} of {runs} the same; the clock was not varied"),
        runs,
        met: same == runs,
    }]
}
