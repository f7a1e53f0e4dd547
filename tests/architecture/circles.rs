//! Imports between files, and the circles that they form.
//!
//! Invariant: an import leads to the file that declares the named item. A module and the modules inside it never count
//! as importing each other: a child is a part of its parent.

use std::collections::{BTreeMap, BTreeSet};

use crate::house::{End, House};
use crate::violation::{Rule, Violation};

/// The lines and names of imports, by the index of the importing file and then of the imported one.
pub type Imports = BTreeMap<usize, BTreeMap<usize, BTreeSet<(usize, String)>>>;

/// Returns all imports of production code between files of which neither contains the other.
pub fn imports(house: &House) -> Imports {
    let mut imports = Imports::new();
    for link in &house.links {
        let End::Inside { file, named } = &link.to else { continue };
        if !house.files[link.from].is_kin(&house.files[*file]) {
            let names = imports.entry(link.from).or_default().entry(*file).or_default();
            names.insert((link.line, named.last().cloned().unwrap_or_default()));
        }
    }
    imports
}

/// Returns each circle, with the imports that form it.
pub fn circles(house: &House) -> Vec<Violation> {
    let imports = imports(house);
    let reached: BTreeMap<usize, BTreeSet<usize>> =
        imports.keys().map(|file| (*file, reach(*file, &imports))).collect();
    let reaches = |from: &usize, to: &usize| reached.get(from).is_some_and(|files| files.contains(to));
    let mut told = BTreeSet::new();
    let mut circles = Vec::new();
    // Files are sorted by path, so a circle is found first from the first of its files.
    for (file, others) in &reached {
        let circle: Vec<usize> = others.iter().copied().filter(|other| reaches(other, file)).collect();
        if circle.contains(file) && told.insert(circle.clone()) {
            circles.push(tell(house, &imports, &circle));
        }
    }
    circles
}

/// Returns all files that one file imports, directly or through others.
fn reach(from: usize, imports: &Imports) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    let mut waiting = vec![from];
    while let Some(file) = waiting.pop() {
        waiting.extend(imports.get(&file).into_iter().flat_map(BTreeMap::keys).filter(|to| reached.insert(**to)));
    }
    reached
}

fn tell(house: &House, imports: &Imports, circle: &[usize]) -> Violation {
    let path = |file: &usize| house.files[*file].path.clone();
    let mut ties = Vec::new();
    for from in circle {
        for (to, names) in imports[from].iter().filter(|(to, _)| circle.contains(to)) {
            let mut told = BTreeSet::new();
            let names = names.iter().filter(|(_, name)| told.insert(name));
            let names: Vec<String> = names.map(|(line, name)| format!("{name} (line {line})")).collect();
            ties.push(format!("\n    {} -> {}: {}", path(from), path(to), names.join(", ")));
        }
    }
    let first = imports[&circle[0]].iter().filter(|(to, _)| circle.contains(to)).flat_map(|(_, names)| names).min();
    Violation {
        path: path(&circle[0]),
        line: first.map_or(1, |(line, _)| *line),
        rule: Rule::Circle,
        what: circle.iter().map(path).collect::<Vec<_>>().join(" "),
        text: format!("{} files import each other in a circle:{}", circle.len(), ties.concat()),
    }
}
