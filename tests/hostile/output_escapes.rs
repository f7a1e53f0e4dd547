//! Reads the sources and holds every call by which text can reach a terminal, a pipe or a file against a
//! list of the files that may make it.
//!
//! Invariant: a new way to write text has to be added here, with the reason why it is safe.

use crate::sources::{code, sources};

/// What can put text in front of a reader, and the files that may do so.
const OUTPUTS: &[(&str, &[&str])] = &[
    // Cells of the screen: the brush cleans what it paints, and puts other signs of ours in the place of signs.
    ("set_string", &["view/paint.rs"]),
    ("set_line", &[]),
    ("set_span", &[]),
    // Of cells that were painted the text is joined.
    ("set_symbol", &["view/paint.rs", "run/terminal/canvas.rs"]),
    ("set_char", &["view/paint.rs"]),
    ("set_title", &[]),
    ("SetTitle", &[]),
    ("ratatui::text", &[]),
    ("ratatui::widgets", &["view/paint.rs"]),
    ("render_widget", &[]),
    (".render(", &["view/paint.rs"]),
    // Standard output: one writer. The terminal has its own, which takes frames alone.
    ("io::stdout()", &["cli/mod.rs", "cli/output.rs", "run/terminal/other.rs"]),
    // Standard error: a list of clean lines, and the report of a panic, cleaned line by line.
    ("io::stderr()", &["cli/mod.rs", "cli/output.rs", "run/terminal/panics.rs"]),
    ("print!", &[]),
    ("println!", &[]),
    ("eprint", &[]),
    ("dbg!", &[]),
    // Escape sequences: the frame's backend and OSC 52, whose text is clean and in base 64.
    ("write_ansi", &["run/terminal.rs"]),
    ("CopyToClipboard", &["run/terminal.rs"]),
    ("crossterm::execute!", &["run/terminal/other.rs"]),
    ("crossterm::queue!", &[]),
    // The only maker of clean text.
    ("Clean(Cow", &["text.rs"]),
];

/// Who may have the bare writer of standard output: forms that escape or clean what they write.
const FORMS: &[&str] = &[
    // JSON escapes whatever acts on a terminal, CSV cleans each cell.
    "jsonl::",
    "Sheet::new(",
    "write_claims(",
    "export_",
    // Drawn from cells, or cleaned word by word.
    "picture::",
    // Our own table of keys.
    "markdown()",
];

/// The same where the name of the form does not stand on the line.
const FORMS_IN: &[(&str, &str)] = &[
    // Cells of a drawn screen.
    ("cli/render.rs", "text.as_bytes()"),
    // Lines as they came, into what is no terminal.
    ("cli/pick.rs", "write_all(line)"),
    // A tab between id and label.
    ("cli/pick.rs", "b\"\\t\""),
    // Pins as TOML, which escapes whatever acts on a terminal.
    ("cli/evidence.rs", "text.as_bytes()"),
];

#[test]
fn text_leaves_only_by_the_calls_of_the_list() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        for (number, line) in code(&text) {
            for (call, files) in OUTPUTS {
                let found = line.match_indices(call).any(|(at, _)| {
                    // Longer names that end the same are other calls.
                    !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_')
                });
                if found && !files.iter().any(|file| path.ends_with(file)) {
                    wrong.push(format!("{}:{number}: {call}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_bare_writer_is_for_forms_that_are_safe_by_themselves() {
    let mut wrong = Vec::new();
    let mut uses = 0;
    for (path, text) in sources() {
        for (number, line) in code(&text).filter(|(_, line)| line.contains(".raw()")) {
            uses += 1;
            let known = FORMS.iter().any(|form| line.contains(form))
                || FORMS_IN.iter().any(|(file, words)| path.ends_with(file) && line.contains(words));
            if !known {
                wrong.push(format!("{}:{number}: {}", path.display(), line.trim()));
            }
        }
    }
    assert!(uses > 10, "the writer has another name now");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_call_of_the_list_is_still_there() {
    let all = sources();
    for (call, files) in OUTPUTS {
        for file in *files {
            let (_, text) = all.iter().find(|(path, _)| path.ends_with(file)).unwrap();
            assert!(code(text).any(|(_, line)| line.contains(call)), "{call} is gone from {file}");
        }
    }
}
