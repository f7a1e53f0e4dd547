//! Reads the sources and holds their imports against the order of the layers.

#![expect(clippy::panic, reason = "a test may stop at what it did not expect")]

mod sources;

use std::path::Path;

use sources::{code, sources};

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
    ("edtf_core", &["model/when.rs", "model/when"]),
    ("clap", &["cli"]),
    ("signal_hook", &["run"]),
    ("rayon", &["catalogue/search/parallel"]),
    ("rustix", &["run", "store", "formats", "catalogue/search/parallel"]),
    ("sha2", &["sources", "text"]),
];

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
fn every_module_says_its_purpose_first() {
    let silent: Vec<String> = sources()
        .into_iter()
        .filter(|(_, text)| !text.starts_with("//!"))
        .map(|(path, _)| path.display().to_string())
        .collect();
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}
