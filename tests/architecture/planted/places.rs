//! Planted names of crates, macros and methods, and files that must not import each other.
//!
//! Invariant: each kind of entry in the table of places is planted at least once.

use super::{house, told};
use crate::rules;
use crate::tables::{Apart, Belongs, Form};

pub const BELONGS: &[Belongs] = &[
    Belongs { name: "clap", what: &["clap"], home: &["cli"], also: &[] },
    Belongs { name: "printing", what: &["println!", "std::io::stdout"], home: &["cli/output.rs"], also: &[] },
    Belongs { name: "ratatui", what: &["ratatui"], home: &["view"], also: &[] },
    Belongs { name: "areas", what: &["ratatui::layout"], home: &["view"], also: &[("app", "panes lie somewhere")] },
    Belongs { name: "the clock", what: &["std::time::Instant::now", ".elapsed"], home: &["tui"], also: &[] },
];

#[track_caller]
fn only_place(files: &[(&str, &str)], expected: &[&str]) {
    // The exceptions of the table have a test of their own.
    let found = rules::only_place(&house(files), BELONGS);
    let found: Vec<_> =
        found.into_iter().filter(|violation| !violation.text.ends_with("remove the exception")).collect();
    assert_eq!(told(&found), expected);
}

#[test]
fn printing_behind_a_test_module_is_found() {
    let text = "#[cfg(test)]\nmod tests {\n    fn f() { println!(\"fine\"); }\n}\n\nfn show(data: &str) {\n    println!(\"{data}\");\n}\n";
    only_place(
        &[("model/names.rs", text)],
        &["src/model/names.rs:7: names println!: printing belongs to cli/output.rs"],
    );
    let text = "use std::io;\nfn f(t: &str) { vec![writeln!(io::stdout(), \"{t}\"), std::println!(\"\")]; }\n";
    only_place(
        &[("cli/show.rs", text), ("cli/output.rs", text)],
        &["src/cli/show.rs:2: names std::io::stdout: printing belongs to cli/output.rs"],
    );
}

#[test]
fn a_crate_is_named_only_where_it_belongs_and_the_closest_entry_decides() {
    let app = "use ratatui::{layout::Rect, style::{self as looks}};\nfn f() { looks::Style::new() }\n";
    only_place(
        &[("app/pane.rs", app), ("view/pane.rs", app), ("cli/args.rs", "use clap::Parser;\n")],
        &["src/app/pane.rs:1: names ratatui::style: ratatui belongs to view"],
    );
    only_place(
        &[("model/a.rs", "#[derive(clap::Parser)]\nstruct A;")],
        &["src/model/a.rs:1: names clap::Parser: clap belongs to cli"],
    );
    // A module of this crate may have the name of a foreign crate.
    only_place(&[("model/mod.rs", "mod clap;\nuse clap::Parser;\n"), ("model/clap.rs", "pub struct Parser;\n")], &[]);
    only_place(
        &[("model/mod.rs", "mod clap;\nuse ::clap::Parser;\n"), ("model/clap.rs", "")],
        &["src/model/mod.rs:2: names clap::Parser: clap belongs to cli"],
    );
    let clock = "use std::time::{self, Instant as I};\nfn f(i: I) { I::now(); }\nfn g(i: I) { i.elapsed(); }\n";
    only_place(
        &[("model/mod.rs", clock), ("tui/mod.rs", clock)],
        &["src/model/mod.rs:2: names std::time::Instant::now: the clock belongs to tui"],
    );
    only_place(
        &[("model/mod.rs", "fn g(i: I) { assert!(i.elapsed() > 3); }\n")],
        &["src/model/mod.rs:1: names .elapsed: the clock belongs to tui"],
    );
}

#[test]
fn an_exception_that_is_used_no_more_is_found() {
    let found = rules::only_place(&house(&[("app/mod.rs", "")]), BELONGS);
    assert_eq!(told(&found), ["src/app:1: names areas no more: remove the exception"]);
}

#[test]
fn files_of_a_folder_that_keeps_them_apart_are_found() {
    let apart = [Apart { folder: "app/handlers", why: "`sync` does it" }, Apart { folder: "app/none", why: "" }];
    let found = rules::apart(
        &house(&[
            ("app/mod.rs", "mod handlers;\nmod sync;\n"),
            ("app/handlers/mod.rs", "mod tree;\nmod sheet;\nuse tree::open;\n"),
            ("app/handlers/tree.rs", "use super::sheet::{close};\nuse crate::app::sync;\npub fn open() {}\n"),
            ("app/handlers/sheet.rs", "pub fn close() {}\n"),
            ("app/sync.rs", "use super::handlers::tree;\n"),
        ]),
        &apart,
    );
    let expected = "src/app/handlers/tree.rs:1: imports app/handlers/sheet.rs: files of app/handlers/ do not import each other: `sync` does it";
    assert_eq!(told(&found), [expected]);
}

#[test]
fn a_bare_writer_for_a_form_that_cleans_nothing_is_found() {
    let forms = [
        Form { text: "json::", only_in: None },
        Form { text: "b\"-\"", only_in: Some("cli/a.rs") },
        Form { text: "csv::", only_in: None },
    ];
    let text = "#[cfg(test)]\nmod tests { fn f() { raw().raw().x(); } }\nfn f(out: O) {\n    json::write(out.raw());\n    out.raw().write(b\"-\");\n}\n";
    let found = rules::bare_writer(&house(&[("cli/a.rs", text), ("cli/b.rs", text)]), &forms);
    assert_eq!(
        told(&found),
        [
            "src/cli/b.rs:5: hands out the bare writer, which cleans nothing: out.raw().write(b\"-\");",
            "src/cli:1: no bare writer goes to csv:: any more: remove the form",
        ]
    );
}
