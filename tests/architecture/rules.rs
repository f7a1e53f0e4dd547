//! The rules. Each is a function from a source tree to its violations.
//!
//! Invariant: a rule reads only its arguments; `tables` defines what is allowed.

use std::collections::{BTreeMap, BTreeSet};

use crate::circles;
use crate::house::{End, House, Link};
use crate::subject::found_in;
use crate::tables::{Apart, Belongs, Form, Room};
use crate::violation::{Rule, Violation};

fn violation(rule: Rule, path: &str, line: usize, what: impl Into<String>, text: String) -> Violation {
    Violation { path: path.to_owned(), line, rule, what: what.into(), text }
}

/// Keeps the first of several violations that report the same name in the same file.
fn first_of_each(mut found: Vec<Violation>) -> Vec<Violation> {
    found.sort();
    let mut told = BTreeSet::new();
    found.retain(|violation| told.insert((violation.path.clone(), violation.what.clone())));
    found
}

/// Every file is valid Rust and lies in a room of the table.
pub fn place(house: &House, rooms: &[Room]) -> Vec<Violation> {
    let unreadable = house
        .unreadable
        .iter()
        .map(|(path, line, reason)| violation(Rule::Place, path, *line, "", format!("is no Rust: {reason}")));
    let homeless = house.files.iter().filter_map(|file| {
        let room = file.room().filter(|room| rooms.iter().all(|known| known.name != *room))?;
        Some(violation(Rule::Place, &file.path, 1, room, format!("`{room}` is no room of the table")))
    });
    let faceless = rooms.iter().filter_map(|room| {
        let path = format!("{}.rs", room.name);
        let is_file = house.files.iter().any(|file| file.path == path);
        is_file
            .then(|| violation(Rule::Place, &path, 1, room.name, format!("a room is a folder: {}/mod.rs", room.name)))
    });
    let undeclared = house
        .undeclared
        .iter()
        .map(|path| violation(Rule::Place, path, 1, "undeclared", "no module declares this file".to_owned()));
    unreadable.chain(homeless).chain(faceless).chain(undeclared).collect()
}

/// Production code imports only from rooms below its own, and in some rooms only from a few of those.
pub fn downward(house: &House, rooms: &[Room]) -> Vec<Violation> {
    let rank = |name: &str| rooms.iter().position(|room| room.name == name);
    let mut found = Vec::new();
    for link in &house.links {
        let path = &house.files[link.from].path;
        let Some((own, room)) = house.files[link.from].room().and_then(|name| Some((rank(name)?, &rooms[rank(name)?])))
        else {
            continue;
        };
        for (name, named) in rooms_of(house, link) {
            let text = match (rank(&name), room.only) {
                _ if name == room.name => continue,
                (Some(other), _) if other < own => {
                    format!("imports {named}: `{}` stands below `{name}`", room.name)
                }
                (Some(_), Some(only)) if !only.contains(&name.as_str()) => {
                    format!("imports {named}: `{}` may import only `{}`", room.name, only.join("`, `"))
                }
                _ => continue,
            };
            found.push(violation(Rule::Downward, path, link.line, named, text));
        }
    }
    first_of_each(found)
}

/// Returns the rooms that a link touches, each with a description of the import.
fn rooms_of(house: &House, link: &Link) -> Vec<(String, String)> {
    let named = match &link.to {
        End::Inside { named, .. } => format!("crate::{}", named.join("::")),
        End::Outside(path) => path.join("::"),
    };
    let through = link.via.iter().map(|room| (room.clone(), format!("{named} by way of `{room}`")));
    let end = match &link.to {
        End::Inside { file, .. } => house.files[*file].room().map(|room| (room.to_owned(), named.clone())),
        End::Outside(_) => None,
    };
    let mut rooms: Vec<_> = end.into_iter().chain(through).collect();
    let mut told = BTreeSet::new();
    rooms.retain(|(room, _)| told.insert(room.clone()));
    rooms
}

/// Returns the rooms that a room imports, in the order of the table.
pub fn imports_of<'r>(house: &House, room: &str, rooms: &'r [Room]) -> Vec<&'r str> {
    let from_here = house.links.iter().filter(|link| house.files[link.from].room() == Some(room));
    let touched: BTreeSet<String> = from_here.flat_map(|link| rooms_of(house, link)).map(|(name, _)| name).collect();
    rooms.iter().map(|other| other.name).filter(|other| *other != room && touched.contains(*other)).collect()
}

/// Crates, macros and methods are named in production code only in their places. The entry that matches most segments
/// of a path decides. An unused exception is a violation too.
pub fn only_place(house: &House, belongs: &[Belongs]) -> Vec<Violation> {
    let mut found = Vec::new();
    let mut used = BTreeSet::new();
    for link in &house.links {
        let (file, End::Outside(path)) = (&house.files[link.from].path, &link.to) else { continue };
        let fits = belongs
            .iter()
            .filter_map(|entry| Some((entry.what.iter().filter_map(|what| fit(path, what)).max()?, entry)));
        let Some((_, entry)) = fits.max_by_key(|(fit, _)| *fit) else { continue };
        if let Some((place, _)) = entry.also.iter().find(|(place, _)| is_in(file, place)) {
            used.insert((entry.name, *place));
        } else if !entry.home.iter().any(|place| is_in(file, place)) {
            let home = if entry.home.is_empty() { "no place".to_owned() } else { entry.home.join(", ") };
            let text = format!("names {}: {} belongs to {home}", path.join("::"), entry.name);
            found.push(violation(Rule::OnlyPlace, file, link.line, entry.name, text));
        }
    }
    for (name, place) in belongs.iter().flat_map(|entry| entry.also.iter().map(|(place, _)| (entry.name, *place))) {
        if !used.contains(&(name, place)) {
            let text = format!("names {name} no more: remove the exception");
            found.push(violation(Rule::OnlyPlace, place, 1, name, text));
        }
    }
    first_of_each(found)
}

/// Returns the number of segments of a path that an entry matches, or `None` if it does not match.
fn fit(path: &[String], what: &str) -> Option<usize> {
    if what.ends_with('!') || what.starts_with('.') {
        return path.last().filter(|last| *last == what).map(|_| path.len());
    }
    let parts: Vec<&str> = what.split("::").collect();
    let fits = path.len() >= parts.len() && path.iter().zip(&parts).all(|(part, other)| part == other);
    fits.then_some(parts.len())
}

/// Returns true if a path is `place`, the file of the module `place`, or inside the folder `place`.
fn is_in(path: &str, place: &str) -> bool {
    path.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest == ".rs" || rest.starts_with('/'))
}

/// The raw writer, which cleans nothing, is passed only to forms that escape or clean their own output. An unused form
/// is a violation too.
pub fn bare_writer(house: &House, forms: &[Form]) -> Vec<Violation> {
    let mut used = BTreeSet::new();
    let mut found = Vec::new();
    for (path, number, line) in production_lines(house).filter(|(_, _, line)| line.contains(".raw()")) {
        let is_known = |form: &&Form| line.contains(form.text) && form.only_in.is_none_or(|place| path == place);
        if let Some(form) = forms.iter().find(is_known) {
            used.insert((form.text, form.only_in));
        } else {
            let text = format!("hands out the bare writer, which cleans nothing: {}", line.trim());
            found.push(violation(Rule::BareWriter, path, number, "", text));
        }
    }
    for form in forms.iter().filter(|form| !used.contains(&(form.text, form.only_in))) {
        let text = format!("no bare writer goes to {} any more: remove the form", form.text);
        found.push(violation(Rule::BareWriter, form.only_in.unwrap_or("cli"), 1, "", text));
    }
    found
}

/// Returns the lines of production code as (path, line from 1, text).
fn production_lines(house: &House) -> impl Iterator<Item = (&str, usize, &str)> {
    house.files.iter().flat_map(|file| {
        let lines = file.text.lines().enumerate().map(|(at, line)| (file.path.as_str(), at + 1, line));
        lines.filter(|(_, line, _)| !file.is_test_line(*line))
    })
}

/// Files in certain folders do not import each other. A folder that does not exist has no files.
pub fn apart(house: &House, folders: &[Apart]) -> Vec<Violation> {
    let mut found = Vec::new();
    for folder in folders {
        let within = |file: &usize| is_in(&house.files[*file].path, folder.folder);
        for (from, others) in circles::imports(house).into_iter().filter(|(from, _)| within(from)) {
            for (to, names) in others.into_iter().filter(|(to, _)| within(to)) {
                let (path, other) = (&house.files[from].path, &house.files[to].path);
                let line = names.first().map_or(1, |(line, _)| *line);
                let text =
                    format!("imports {other}: files of {}/ do not import each other: {}", folder.folder, folder.why);
                found.push(violation(Rule::Apart, path, line, other, text));
            }
        }
    }
    found
}

/// Production code contains no word of the subject: not in names, strings or comments.
pub fn subject(house: &House, subject: &[&str]) -> Vec<Violation> {
    // Fixtures of unit tests are no part of the program.
    let texts = house
        .texts
        .iter()
        .filter(|(path, _)| !path.contains("/tests/"))
        .flat_map(|(path, text)| text.lines().enumerate().map(move |(at, line)| (path.as_str(), at + 1, line)));
    let mut found = Vec::new();
    for (path, number, line) in production_lines(house).chain(texts) {
        for word in found_in(line, subject) {
            let text = format!("\"{word}\" is a word of the subject, which the engine does not know");
            found.push(violation(Rule::Subject, path, number, &word, text));
        }
    }
    found
}

/// Every file opens with its purpose, and a file of production code states an invariant in its first comment.
pub fn page(house: &House) -> Vec<Violation> {
    let mut found = Vec::new();
    for file in &house.files {
        let page: Vec<&str> = file.text.lines().take_while(|line| line.starts_with("//!")).collect();
        if page.is_empty() {
            let text = "does not say its purpose: begin it with `//!`".to_owned();
            found.push(violation(Rule::Page, &file.path, 1, "purpose", text));
        } else if !file.test && file.room().is_some() && !page.iter().any(|line| line.contains("Invariant")) {
            let text = "states no invariant: say below its purpose what always holds, after `Invariant:`".to_owned();
            found.push(violation(Rule::Page, &file.path, page.len(), "invariant", text));
        }
    }
    found
}

/// No room holds more than 1/`parts` of all lines.
pub fn share(house: &House, parts: usize) -> Vec<Violation> {
    let rooms = lines_of_rooms(house);
    let all: usize = rooms.values().map(|(production, tests)| production + tests).sum();
    let sizes = rooms.iter().map(|(room, (production, tests))| (room, production + tests));
    sizes
        .filter(|(_, lines)| lines * parts > all)
        .map(|(room, lines)| {
            let text = format!("`{room}` holds {lines} of {all} lines, more than one in {parts}");
            violation(Rule::Share, &format!("{room}/mod.rs"), 1, "", text)
        })
        .collect()
}

/// Returns the number of lines of production code and of unit tests by room.
pub fn lines_of_rooms(house: &House) -> BTreeMap<&str, (usize, usize)> {
    let mut rooms = BTreeMap::<&str, (usize, usize)>::new();
    for file in &house.files {
        let (production, tests) = file.lines();
        let room = rooms.entry(file.room().unwrap_or("-")).or_default();
        *room = (room.0 + production, room.1 + tests);
    }
    rooms
}

/// The documentation of `lib.rs` has one row of the form ``| [`room`] | purpose |`` for each existing room, in the
/// order of the table.
pub fn table(house: &House, rooms: &[Room]) -> Vec<Violation> {
    let Some(face) = house.files.iter().find(|file| file.path == "lib.rs") else { return Vec::new() };
    let rows = face.text.lines().enumerate().filter_map(|(at, line)| {
        let cells = line.strip_prefix("//!")?.trim().strip_prefix('|')?;
        let name = cells.split('|').find_map(|cell| cell.trim().strip_prefix("[`")?.split_once("`]"))?.0;
        Some((at + 1, name.trim_end_matches('/')))
    });
    let rows: Vec<(usize, &str)> = rows.collect();
    let is_there = |room: &&Room| house.files.iter().any(|file| file.room() == Some(room.name));
    let expected: Vec<&str> = rooms.iter().filter(is_there).map(|room| room.name).collect();
    let at = rows.iter().map(|(_, name)| name).zip(&expected).take_while(|(row, room)| row == room).count();
    let (line, text) = match (rows.get(at), expected.get(at)) {
        (None, None) => return Vec::new(),
        (Some((line, row)), Some(room)) => {
            (*line, format!("the table of rooms has `{row}` where `{room}` is expected"))
        }
        (Some((line, row)), None) => (*line, format!("the table of rooms has `{row}` after its last room")),
        (None, Some(room)) => (rows.last().map_or(1, |(line, _)| *line), format!("the table of rooms lacks `{room}`")),
    };
    vec![violation(Rule::Table, "lib.rs", line, "", text)]
}
