//! Planted words, page comments, sizes and tables, and their comparison with the list of known violations.
//!
//! Invariant: each limit is tested from both sides.

use super::{ROOMS, house, told};
use crate::rules;
use crate::violation::{Known, Rule, unexpected};

#[test]
fn words_of_the_subject_are_found_in_names_strings_and_comments() {
    let text = "//! Of wards.\nstruct FreeBeds;\nconst S: &str = \"the HOSPITAL's\";\nfn in_ward_3() {} // hospitality, embedded\n\
                #[cfg(test)]\nmod tests {\n    const BED: u8 = 1;\n}\n";
    let found =
        rules::subject(&house(&[("model/a.rs", text), ("model/a.sql", "-- a bed\n")]), &["bed", "hospital", "ward"]);
    let expected =
        [("a.rs:1", "wards"), ("a.rs:2", "beds"), ("a.rs:3", "hospital"), ("a.rs:4", "ward"), ("a.sql:1", "bed")].map(
            |(place, word)| {
                format!("src/model/{place}: \"{word}\" is a word of the subject, which the engine does not know")
            },
        );
    assert_eq!(told(&found), expected);
}

#[test]
fn a_file_without_its_purpose_or_an_invariant_is_found() {
    let found = rules::page(&house(&[
        ("model/a.rs", "// No page.\n"),
        ("model/b.rs", "//! A purpose.\n\n// Invariant: too late.\n"),
        ("model/c.rs", "//! A purpose.\n//!\n//! Invariant: it stands here.\n\n#[cfg(test)]\nmod tests;\n"),
        ("model/c/tests.rs", "//! Tests have no invariant.\n"),
    ]));
    assert_eq!(
        told(&found),
        [
            "src/model/a.rs:1: does not say its purpose: begin it with `//!`",
            "src/model/b.rs:1: states no invariant: say below its purpose what always holds, after `Invariant:`",
        ]
    );
}

#[test]
fn a_room_that_holds_too_much_is_found() {
    let (large, small) = ("fn f() {}\n".repeat(40), "fn f() {}\n".repeat(39));
    let found =
        rules::share(&house(&[("app/mod.rs", &large), ("model/mod.rs", &small), ("lib.rs", "//! A house.\n")]), 2);
    assert_eq!(told(&found), [""; 0], "40 of 80 lines are no more than half");
    let found = rules::share(
        &house(&[("app/mod.rs", &large), ("model/mod.rs", &small[10..]), ("lib.rs", "//! A house.\n")]),
        2,
    );
    assert_eq!(told(&found), ["src/app/mod.rs:1: `app` holds 40 of 79 lines, more than one in 2"]);
}

#[test]
fn lines_are_told_apart_by_item() {
    let text = "//! A.\n\n/// Doubles.\n#[cfg(test)]\nfn two() -> u8 {\n    2\n}\n\nfn one() {}\n";
    let house = house(&[("model/a.rs", text), ("lib.rs", "")]);
    assert_eq!(house.files.iter().find(|file| file.path == "model/a.rs").unwrap().lines(), (4, 5));
}

#[test]
fn a_file_outside_the_rooms_is_found() {
    let found = rules::place(
        &house(&[
            ("lib.rs", "mod model;\nmod attic;\nmod app;\n"),
            ("attic/mod.rs", ""),
            ("app.rs", ""),
            ("model/mod.rs", "fn f( {}\n"),
            ("model/lost.rs", ""),
        ]),
        ROOMS,
    );
    assert_eq!(
        told(&found),
        [
            "src/model/mod.rs:1: is no Rust: cannot parse string into token stream",
            "src/attic/mod.rs:1: `attic` is no room of the table",
            "src/app.rs:1: a room is a folder: app/mod.rs",
            "src/model/lost.rs:1: no module declares this file",
        ]
    );
}

#[test]
fn the_table_of_the_documentation_is_compared_with_the_rooms_there_are() {
    let table = |rows: &[&str]| {
        let rows: Vec<_> = rows.iter().map(|room| format!("//! | [`{room}`] | what it is | `clap` |\n")).collect();
        let rows = rows.concat();
        let face = format!("//! A house.\n//!\n//! | room | purpose | only |\n//! |---|---|---|\n{rows}");
        told(&rules::table(
            &house(&[("lib.rs", &face), ("cli/mod.rs", ""), ("app/mod.rs", ""), ("text/mod.rs", "")]),
            ROOMS,
        ))
    };
    assert_eq!(table(&["cli", "app", "text"]), [""; 0]);
    assert_eq!(table(&["cli", "text"]), ["src/lib.rs:6: the table of rooms has `text` where `app` is expected"]);
    assert_eq!(table(&["cli", "app"]), ["src/lib.rs:6: the table of rooms lacks `text`"]);
    assert_eq!(
        table(&["cli", "app", "text", "attic"]),
        ["src/lib.rs:8: the table of rooms has `attic` after its last room"]
    );
}

#[test]
fn what_is_known_may_only_shrink() {
    let found =
        rules::subject(&house(&[("model/a.rs", "// bed\n// bed, ward\n"), ("app/b.rs", "// bed\n")]), &["bed", "ward"]);
    let compare = |known: &[Known]| unexpected(&found, &known.iter().collect::<Vec<_>>());
    let known = |place, what, count| Known { rule: Rule::Subject, place, what, count };
    let is = "is a word of the subject, which the engine does not know";
    assert_eq!(compare(&[known("model", "", 3), known("app/b.rs", "bed", 1)]), [""; 0]);
    assert_eq!(compare(&[known("model", "", 3)]), [format!("src/app/b.rs:1: \"bed\" {is}")]);
    assert_eq!(
        compare(&[known("model", "", 2), known("app", "", 1)]),
        [format!(
            "Subject in `model`: 3, and 2 are known. One of these is new:\n  \
         src/model/a.rs:1: \"bed\" {is}\n  src/model/a.rs:2: \"bed\" {is}\n  src/model/a.rs:2: \"ward\" {is}"
        )]
    );
    assert_eq!(
        compare(&[known("model", "", 4), known("app", "", 1)]),
        ["known.rs: Subject in `model`: 3 are left of 4: lower the figure"]
    );
    assert_eq!(
        compare(&[known("model", "", 3), known("app", "", 1), known("text", "", 1)]),
        ["known.rs: Subject in `text`: none is left: remove this line of KNOWN"]
    );
}
