//! The pages for readers of the repository: every file, folder and heading that they name exists.
//!
//! Checks Markdown links, and paths in code spans that begin with a folder of [`ROOTS`].
//!
//! Invariant: pages are read from the checkout only, and the network is never used.

#![expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

use std::fs;
use std::path::{Component, Path, PathBuf};

/// The pages, relative to the top of the repository.
const PAGES: [&str; 8] = [
    "README.md",
    "CHANGELOG.md",
    ".github/CONTRIBUTING.md",
    ".github/RELEASING.md",
    "seeds/README.md",
    "tests/RELIABILITY.md",
    "tests/fuzz/README.md",
    "src/lib.rs",
];

/// A code span that begins with one of these is a path relative to the top of the repository.
const ROOTS: [&str; 6] = ["src/", "tests/", "seeds/", "assets/", ".ci/", ".github/"];

/// Folders that the fuzzer creates; a checkout does not contain them.
const GENERATED: [&str; 4] = ["tests/fuzz/artifacts", "tests/fuzz/corpus", "tests/fuzz/merged", "tests/fuzz/target"];

fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns true for a Rust file, whose first comment is the page.
fn is_rust(page: &str) -> bool {
    Path::new(page).extension().is_some_and(|extension| extension == "rs")
}

/// Returns the text of a page without its code blocks; of a Rust file, its first comment.
fn prose(page: &str) -> String {
    let text = fs::read_to_string(top().join(page)).unwrap();
    let is_rust = is_rust(page);
    let lines = text.lines().filter_map(|line| if is_rust { line.strip_prefix("//!") } else { Some(line) });
    without_blocks(lines)
}

fn without_blocks<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let mut inside = false;
    let mut prose = String::new();
    for line in lines {
        let is_fence = line.trim_start().starts_with("```");
        inside ^= is_fence;
        if !inside && !is_fence {
            prose.push_str(line);
        }
        prose.push('\n');
    }
    prose
}

/// Returns the targets of links `[text](target)`, each with its line from 1.
fn links(prose: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (line, number) in prose.lines().zip(1..) {
        let targets = line.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
        found.extend(targets.map(|(target, _)| (number, target.to_owned())));
    }
    found
}

/// Returns the paths in code spans, each with its line from 1. Patterns, and examples with a space, are no paths.
fn code_paths(prose: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (line, number) in prose.lines().zip(1..) {
        let spans = line.split('`').skip(1).step_by(2);
        let paths = spans.filter(|span| ROOTS.iter().any(|root| span.starts_with(root)) && !span.contains(['*', ' ']));
        found.extend(paths.map(|path| (number, path.to_owned())));
    }
    found
}

/// Returns the anchors of a page, as a code forge derives them from headings.
fn anchors(prose: &str) -> Vec<String> {
    let headings = prose.lines().filter_map(|line| {
        let title = line.trim_start_matches('#');
        (title.len() < line.len()).then(|| title.strip_prefix(' ')).flatten()
    });
    let anchor = |title: &str| {
        let kept = title.trim().to_lowercase();
        kept.chars()
            .filter(|c| c.is_alphanumeric() || " -_".contains(*c))
            .map(|c| if c == ' ' { '-' } else { c })
            .collect()
    };
    headings.map(anchor).collect()
}

/// Returns a path with its `..` resolved, or `None` if it leads out of the repository.
fn inside(path: &Path) -> Option<PathBuf> {
    let mut resolved = PathBuf::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => resolved.push(name),
            Component::CurDir => {}
            Component::ParentDir => {
                if !resolved.pop() {
                    return None;
                }
            }
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(resolved)
}

/// Returns the rooms in the table of a page, each with its purpose.
fn rooms(page: &str) -> Vec<(String, String)> {
    let cells = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let rows = prose(page).lines().map(cells).collect::<Vec<_>>();
    let room = |cell: &String| cell.strip_prefix("[`")?.split_once("`]").map(|(room, _)| room.to_owned());
    rows.iter()
        .filter_map(|row| {
            let at = row.iter().position(|cell| room(cell).is_some())?;
            Some((room(&row[at])?, row.get(at + 1)?.clone()))
        })
        .collect()
}

#[test]
fn both_tables_of_rooms_say_the_same() {
    let described = rooms("src/lib.rs");
    assert!(described.len() > 15, "the table of rooms is not read: {described:?}");
    assert_eq!(rooms(".github/CONTRIBUTING.md"), described);
}

/// Returns why a link of a page is broken, or `None` if it is valid or leads to another site.
fn fault(page: &str, target: &str) -> Option<String> {
    if target.starts_with("https://") {
        return None;
    }
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    let from = Path::new(page).parent().unwrap();
    let named = if path.is_empty() { PathBuf::from(page) } else { from.join(path) };
    let Some(named) = inside(&named) else { return Some("leads out of the repository".to_owned()) };
    if !top().join(&named).exists() {
        return Some(format!("there is no {}", named.display()));
    }
    let is_missing = !anchor.is_empty() && !anchors(&prose(named.to_str().unwrap())).iter().any(|one| one == anchor);
    is_missing.then(|| format!("{} has no heading for it", named.display()))
}

/// Returns a message for each name in the prose of a page that does not exist.
fn faults(page: &str, prose: &str) -> Vec<String> {
    let mut faults = Vec::new();
    // rustdoc checks the links of a Rust file.
    let links = if is_rust(page) { Vec::new() } else { links(prose) };
    for (line, target) in links {
        faults.extend(fault(page, &target).map(|why| format!("{page}:{line}: ({target}): {why}")));
    }
    for (line, path) in code_paths(prose) {
        let is_generated = GENERATED.iter().any(|folder| path.starts_with(folder));
        if !is_generated && !top().join(&path).exists() {
            faults.push(format!("{page}:{line}: `{path}`: there is no such file or folder"));
        }
    }
    faults
}

#[test]
fn whatever_the_pages_name_is_there() {
    let faults: Vec<String> = PAGES.iter().flat_map(|page| faults(page, &prose(page))).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    for page in ["README.md", ".github/CONTRIBUTING.md"] {
        assert!(links(&prose(page)).len() >= 5, "{page}: its links are not read");
    }
}

#[test]
fn what_is_not_there_is_found() {
    let faulty = [
        "see [the file](../src/no_such_file.rs)",
        "see [the heading](CONTRIBUTING.md#no-such-heading)",
        "see [this heading](#no-such-heading)",
        "see [elsewhere](../../README.md)",
        "see [elsewhere](/etc/passwd)",
        "see `src/no_such_file.rs`",
        "see [one](../README.md) and [`two`](../src/no_such_file.rs), both on a line",
    ];
    for text in faulty {
        assert_eq!(faults(".github/CONTRIBUTING.md", text).len(), 1, "{text}");
    }
    let sound = [
        "see [the file](../src/lib.rs), [a heading](../README.md#start), [this one](#commits)",
        "see `src/lib.rs`, `src/keymap/`, `src/**`, `target/debug` and [a site](https://keepachangelog.com)",
    ];
    for text in sound {
        assert_eq!(faults(".github/CONTRIBUTING.md", text), [""; 0], "{text}");
    }
    let block = without_blocks("a\n```sh\n[no link](nowhere)\n```\nb".lines());
    assert_eq!(block, "a\n\n\n\nb\n");
}
