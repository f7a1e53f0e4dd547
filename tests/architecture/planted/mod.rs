//! Small source trees with planted violations, which prove that each rule finds and reports what it should.
//!
//! Invariant: every planted tree is complete, and messages are compared in full.

mod imports;
mod places;
mod texts;

use crate::circles::circles;
use crate::house::House;
use crate::rules;
use crate::tables::{Apart, Room};
use crate::violation::Violation;

const fn room(name: &'static str, only: Option<&'static [&'static str]>) -> Room {
    Room { name, purpose: "", only }
}

/// Five rooms, of which `search` may import only `text`.
const ROOMS: &[Room] =
    &[room("cli", None), room("app", None), room("search", Some(&["text"])), room("model", None), room("text", None)];

/// Returns a tree of the given files in which all their rooms are declared.
fn house(files: &[(&str, &str)]) -> House {
    let mut sources: Vec<(String, String)> =
        files.iter().map(|(path, text)| ((*path).into(), (*text).into())).collect();
    let mut faces: Vec<&str> = files.iter().filter_map(|(path, _)| Some(path.split_once('/')?.0)).collect();
    faces.sort_unstable();
    faces.dedup();
    let declared: Vec<_> = faces.iter().map(|room| format!("pub mod {room};\n")).collect();
    if !files.iter().any(|(path, _)| *path == "lib.rs") {
        sources.push(("lib.rs".into(), format!("//! A house.\n{}", declared.concat())));
    }
    for room in faces {
        let face = format!("{room}/mod.rs");
        if !files.iter().any(|(path, _)| *path == face) {
            let children =
                files.iter().filter_map(|(path, _)| path.strip_prefix(room)?.strip_prefix('/')?.strip_suffix(".rs"));
            let children: Vec<_> =
                children.filter(|child| !child.contains('/')).map(|child| format!("pub mod {child};\n")).collect();
            sources.push((face, format!("//! A room.\n//!\n//! Invariant: none.\n{}", children.concat())));
        }
    }
    House::new(sources)
}

fn told(found: &[Violation]) -> Vec<String> {
    found.iter().map(ToString::to_string).collect()
}

#[test]
fn a_clean_house_gives_nothing() {
    let page = "//! A purpose.\n//!\n//! Invariant: it is clean.\n\n";
    let house = house(&[
        ("lib.rs", "//! | [`cli`] | x |\n//! | [`app`] | x |\n//! | [`text`] | x |\nmod cli;\nmod app;\nmod text;\n"),
        ("cli/mod.rs", &format!("{page}mod output;\nuse clap::Parser;\nuse crate::{{app::Pane, text}};\n")),
        ("cli/output.rs", &format!("{page}pub fn print(t: crate::text::Clean) {{ println!(\"{{t}}\"); }}\n")),
        ("app/mod.rs", &format!("{page}use ratatui::layout::Rect;\npub struct Pane(Rect, crate::text::Clean);\n")),
        ("text/mod.rs", &format!("{page}pub struct Clean;\n")),
    ]);
    let found = [
        rules::place(&house, ROOMS),
        rules::downward(&house, ROOMS),
        circles(&house),
        rules::only_place(&house, places::BELONGS),
        rules::apart(&house, &[Apart { folder: "app/handlers", why: "" }]),
        rules::subject(&house, &["bed"]),
        rules::page(&house),
        rules::share(&house, 2),
        rules::table(&house, ROOMS),
    ];
    assert_eq!(told(&found.concat()), [""; 0]);
}
