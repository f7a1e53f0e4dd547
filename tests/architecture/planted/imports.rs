//! Planted imports: rooms that import from above, and circles of files.
//!
//! Invariant: each way to write an import is planted at least once.

use super::{ROOMS, house, told};
use crate::circles::circles;
use crate::rules;

#[track_caller]
fn downward(files: &[(&str, &str)], expected: &[&str]) {
    assert_eq!(told(&rules::downward(&house(files), ROOMS)), expected);
}

#[test]
fn an_import_in_a_nested_group_is_found() {
    let text = "//! Names.\nuse crate::{\n    text::fold,\n    app::{state::{self, State as S}, views},\n};\n";
    downward(
        &[("model/names.rs", text), ("app/state.rs", "pub struct State;"), ("app/views.rs", ""), ("text/mod.rs", "")],
        &[
            "src/model/names.rs:4: imports crate::app::state: `model` stands below `app`",
            "src/model/names.rs:4: imports crate::app::state::State: `model` stands below `app`",
            "src/model/names.rs:4: imports crate::app::views: `model` stands below `app`",
        ],
    );
    let text = "use crate::{a::b, cli};";
    downward(
        &[("model/names.rs", text), ("cli/mod.rs", "")],
        &["src/model/names.rs:1: imports crate::cli: `model` stands below `cli`"],
    );
}

#[test]
fn an_import_behind_a_test_module_in_the_middle_of_a_file_is_found() {
    let text = "//! Names.\n\n#[cfg(test)]\nmod tests {\n    use crate::cli::run;\n}\n\nuse crate::app::State;\n";
    downward(
        &[("model/names.rs", text), ("app/mod.rs", "pub struct State;"), ("cli/mod.rs", "pub fn run() {}")],
        &["src/model/names.rs:8: imports crate::app::State: `model` stands below `app`"],
    );
}

#[test]
fn a_fully_qualified_path_is_found_in_expressions_types_patterns_attributes_and_macros() {
    let app = (
        "app/mod.rs",
        "pub fn run() {}\npub struct State;\npub enum Msg { Quit }\npub mod named {}\npub const A: u8 = 1;",
    );
    for (text, named) in [
        ("fn f() { crate::app::run() }", "run"),
        ("fn f() { drop(1 + super::super::app::run()) }", "run"),
        ("type T = Vec<crate::app::State>;", "State"),
        ("fn f(m: M) { match m { crate::app::Msg::Quit => {} } }", "Msg"),
        ("struct S(#[serde(with = \"crate::app::named\")] u8);", "named"),
        ("fn f() { assert_eq!(1, crate::app::run(), \"{}\", 2); }", "run"),
        ("macro_rules! m { () => { $crate::app::run() } }", "run"),
        ("macro_rules! m { () => { use crate::{text::fold, app::{State}}; } }", "State"),
        ("impl From<u8> for T { fn from(n: u8) -> T { if n == crate::app::A { T } else { T } } }", "A"),
        ("pub use crate::app::State as Hidden;", "State"),
    ] {
        downward(
            &[("model/names.rs", text), app],
            &[&format!("src/model/names.rs:1: imports crate::app::{named}: `model` stands below `app`")],
        );
    }
}

#[test]
fn a_glob_and_a_module_by_another_name_are_followed() {
    let app = [("app/mod.rs", "pub mod state;\n"), ("app/state.rs", "pub struct State;\n")];
    downward(
        &[("model/names.rs", "use crate::app::state::*;\nfn f(s: State) {}"), app[0], app[1]],
        &[
            "src/model/names.rs:1: imports crate::app::state: `model` stands below `app`",
            "src/model/names.rs:2: imports crate::app::state::State: `model` stands below `app`",
        ],
    );
    downward(
        &[("model/names.rs", "use crate::app as below;\nfn f(s: below::state::State) {}"), app[0], app[1]],
        &[
            "src/model/names.rs:1: imports crate::app: `model` stands below `app`",
            "src/model/names.rs:2: imports crate::app::state::State: `model` stands below `app`",
        ],
    );
}

#[test]
fn an_import_of_what_a_room_above_hands_on_is_found() {
    let app = ("app/mod.rs", "pub use crate::text::Clean;\npub use ratatui::layout::Rect;\n");
    let text = ("text/mod.rs", "pub struct Clean;\n");
    downward(
        &[("model/names.rs", "use crate::app::{Clean, Rect};"), app, text],
        &[
            "src/model/names.rs:1: imports crate::text::Clean by way of `app`: `model` stands below `app`",
            "src/model/names.rs:1: imports ratatui::layout::Rect by way of `app`: `model` stands below `app`",
        ],
    );
}

#[test]
fn a_room_may_be_held_to_a_few_of_those_below_it() {
    let files = [("search/mod.rs", "use crate::{model::Id, text::fold};\n"), ("model/mod.rs", ""), ("text/mod.rs", "")];
    downward(&files, &["src/search/mod.rs:1: imports crate::model::Id: `search` may import only `text`"]);
}

#[test]
fn test_code_may_import_from_anywhere() {
    let text = "#[cfg(test)]\nuse crate::app::A;\n#[cfg(test)]\nmod tests;\n#[cfg(all(test, unix))]\nfn f() { crate::app::run() }\n\
                impl T { #[cfg(test)] fn g() { crate::app::run() } }\nfn h() { #[cfg(test)] crate::app::run(); }\n\
                struct S { #[cfg(test)] field: crate::app::A }\n#[test]\nfn t() { crate::app::run() }\n";
    downward(
        &[
            ("model/mod.rs", "mod names;\n#[cfg(test)]\nmod world;\n"),
            ("model/names.rs", text),
            ("model/names/tests.rs", "use crate::app::A;\nmod deep;\n"),
            ("model/names/tests/deep.rs", "use crate::app::A;\n"),
            ("model/world.rs", "use crate::app::A;\n"),
            ("model/whole.rs", "#![cfg(test)]\nuse crate::app::A;\n"),
            ("app/mod.rs", ""),
        ],
        &[],
    );
    for condition in ["not(test)", "any(test, unix)", "unix"] {
        downward(
            &[("model/names.rs", &format!("#[cfg({condition})]\nuse crate::app::A;")), ("app/mod.rs", "")],
            &["src/model/names.rs:2: imports crate::app::A: `model` stands below `app`"],
        );
    }
}

#[test]
fn a_circle_of_three_files_is_told_with_what_ties_it() {
    let found = circles(&house(&[
        ("model/a.rs", "use super::b::B;\npub struct A;\n"),
        ("model/b.rs", "pub struct B;\nfn f() { super::c::run() }\n"),
        ("model/c.rs", "use super::a;\nuse super::d::D;\npub fn run() { drop(a::A) }\n"),
        ("model/d.rs", "pub struct D;\n"),
    ]));
    let expected = "src/model/a.rs:1: 3 files import each other in a circle:\n    \
                    model/a.rs -> model/b.rs: B (line 1)\n    \
                    model/b.rs -> model/c.rs: run (line 2)\n    \
                    model/c.rs -> model/a.rs: a (line 1), A (line 3)";
    assert_eq!(told(&found), [expected]);
}

#[test]
fn a_circle_through_the_face_of_a_room_is_found_where_the_item_comes_from() {
    let face = ("model/mod.rs", "mod a;\nmod b;\npub use a::A;\npub use self::b::*;\n");
    let found = circles(&house(&[
        face,
        ("model/a.rs", "use crate::model::B;\npub struct A;\n"),
        ("model/b.rs", "use super::A;\npub struct B;\n"),
    ]));
    let expected = "src/model/a.rs:1: 2 files import each other in a circle:\n    \
                    model/a.rs -> model/b.rs: B (line 1)\n    \
                    model/b.rs -> model/a.rs: A (line 1)";
    assert_eq!(told(&found), [expected]);
    // Without the second import there is no circle, although `mod.rs` imports from both files.
    let found = circles(&house(&[
        face,
        ("model/a.rs", "use crate::model::B;\npub struct A;\n"),
        ("model/b.rs", "pub struct B;\n"),
    ]));
    assert_eq!(told(&found), [""; 0]);
}

#[test]
fn a_parent_and_its_child_are_no_circle() {
    let found = circles(&house(&[
        ("app/mod.rs", "mod tree;\nuse tree::Tree;\npub struct App(Tree);\n"),
        ("app/tree.rs", "mod node;\nuse super::App;\nuse node::Node;\npub struct Tree(App, Node);\n"),
        ("app/tree/node.rs", "use crate::app::App;\nuse super::Tree;\npub struct Node;\n"),
    ]));
    assert_eq!(told(&found), [""; 0]);
}

#[test]
fn a_module_moved_by_an_attribute_is_found_where_it_is() {
    let found = circles(&house(&[
        ("cli/mod.rs", "mod a;\n#[path = \"unix/real.rs\"]\nmod system;\n"),
        ("cli/a.rs", "use super::system::Terminal;\npub struct A;\n"),
        ("cli/unix/real.rs", "pub struct Terminal(crate::cli::a::A);\n"),
    ]));
    assert_eq!(found.iter().map(|circle| circle.what.as_str()).collect::<Vec<_>>(), ["cli/a.rs cli/unix/real.rs"]);
}
