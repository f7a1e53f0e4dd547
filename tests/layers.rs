//! Reads the sources and holds their imports against the order of the layers.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop at what it did not expect")]

use std::fs;
use std::path::{Path, PathBuf};

/// The layers from the ground up. Those on one line may import each other.
const LAYERS: &[&[&str]] = &[
    &["text"],
    &["model"],
    &["formats"],
    &["store"],
    &["sources"],
    &["catalogue"],
    &["app", "keymap"],
    &["view"],
    &["run"],
    &["cli"],
];

/// Crates that one place alone may name.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("rusqlite", &["store"]),
    ("fuzzy_matcher", &["catalogue/fuzzy.rs"]),
    ("toml", &["formats"]),
    ("edtf_core", &["model/when.rs"]),
    ("clap", &["cli"]),
    ("signal_hook", &["run"]),
    ("rustix", &["run", "store", "sources", "cli"]),
    ("sha2", &["sources", "store"]),
];

fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut waiting = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(path) = waiting.pop() {
        for entry in fs::read_dir(path).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path.strip_prefix(&root).unwrap().to_path_buf(), text));
            }
        }
    }
    assert!(found.len() > 30, "the sources are elsewhere");
    found
}

/// The code of a file up to its tests, without comments.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .take_while(|(_, line)| !line.starts_with("#[cfg(test)]"))
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(number, line)| (number + 1, line))
}

fn layer(module: &str) -> usize {
    LAYERS.iter().position(|layer| layer.contains(&module)).unwrap_or_else(|| panic!("no layer is called \"{module}\""))
}

fn module_of(path: &Path) -> Option<String> {
    let first = path.components().next()?.as_os_str().to_str()?;
    let module = first.strip_suffix(".rs").unwrap_or(first);
    (!matches!(module, "lib" | "main")).then(|| module.to_owned())
}

/// The modules of this crate that a line names.
fn named(line: &str) -> Vec<&str> {
    line.match_indices("crate::")
        .map(|(at, _)| &line[at + "crate::".len()..])
        .map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default())
        .filter(|module| LAYERS.concat().contains(module))
        .collect()
}

#[test]
fn a_layer_imports_only_what_stands_above_it() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let Some(module) = module_of(&path) else { continue };
        let own = layer(&module);
        for (number, line) in code(&text) {
            for other in named(line) {
                if layer(other) > own {
                    wrong.push(format!("{}:{number}: {module} imports {other}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_crate_with_a_home_is_named_nowhere_else() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        for (name, homes) in ONLY_IN {
            if homes.iter().any(|home| path.starts_with(home)) {
                continue;
            }
            for (number, line) in code(&text) {
                let used = line.contains(&format!("{name}::")) || line.contains(&format!("use {name};"));
                if used && !line.contains(&format!("::{name}::")) {
                    wrong.push(format!("{}:{number}: {name}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn panes_paint_only_through_the_cleaning_brush() {
    let doors = [
        "set_string",
        "set_stringn",
        "set_line",
        "set_span",
        "set_symbol",
        "Paragraph",
        "Span::",
        "Line::from",
        "Text::",
    ];
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let is_pane = path.starts_with("view") && !path.ends_with("paint.rs");
        if !is_pane && !path.starts_with("run") {
            continue;
        }
        for (number, line) in code(&text) {
            if doors.iter().any(|door| line.contains(door)) {
                wrong.push(format!("{}:{number}: {}", path.display(), line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_module_says_its_purpose_first() {
    let silent: Vec<String> = sources()
        .into_iter()
        .filter(|(_, text)| !text.starts_with("//!"))
        .map(|(path, _)| path.display().to_string())
        .collect();
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}
