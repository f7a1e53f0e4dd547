//! A source tree as the rules see it: files grouped into rooms (top-level modules), and links from each file to what it
//! names.
//!
//! Invariant: a link ends at the file that declares the named item, after following every `use`, `pub use`, `super` and
//! glob, or at the path of a foreign crate.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::reader::{self, Mention, Module, Reading, Segments};

/// A source file.
pub struct File {
    /// Its path below `src`, with `/` between the parts.
    pub path: String,
    /// Its text.
    pub text: String,
    /// Its module, by segments from the root of the crate.
    pub module: Segments,
    /// True if the whole file is compiled for tests only.
    pub test: bool,
    reading: Reading,
}

/// The destination of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// An item or a module of this crate: the index of its file, and its path from the crate root.
    Inside { file: usize, named: Segments },
    /// Something outside the crate: a path such as `std::fs::read`, a macro `name!`, or a method `.name` of any type.
    Outside(Segments),
}

/// A name used in a file, and its destination.
pub struct Link {
    /// The index of the file that uses the name.
    pub from: usize,
    /// The first line that uses it, from 1.
    pub line: usize,
    /// The destination.
    pub to: End,
    /// The rooms whose `use` declarations were followed on the way.
    pub via: Vec<String>,
}

/// A parsed source tree.
pub struct House {
    /// All Rust files, sorted by path.
    pub files: Vec<File>,
    /// The other files of the tree, such as SQL, as (path, text).
    pub texts: Vec<(String, String)>,
    /// The links of production code. Test code is left out, because it may import from any room.
    pub links: Vec<Link>,
    /// Files that `syn` cannot parse, as (path, line, reason).
    pub unreadable: Vec<(String, usize, String)>,
    /// Files that no module declares.
    pub undeclared: Vec<String>,
    /// All modules, each with the index of the file that contains it.
    modules: BTreeMap<Segments, (usize, Module)>,
}

impl File {
    /// Returns the room of the file, its topmost folder, or `None` for `lib.rs` and `main.rs`.
    pub fn room(&self) -> Option<&str> {
        room_of(&self.path)
    }

    /// Returns true if a line, from 1, is compiled for tests only.
    pub fn is_test_line(&self, line: usize) -> bool {
        self.test || self.reading.test_lines.iter().any(|lines| lines.contains(&line))
    }

    /// Returns the number of lines of production code and of test code.
    pub fn lines(&self) -> (usize, usize) {
        let all = self.text.lines().count();
        let tests = (1..=all).filter(|line| self.is_test_line(*line)).count();
        (all - tests, tests)
    }

    /// Returns true if the module of one file is, or contains, the module of the other.
    pub fn is_kin(&self, other: &Self) -> bool {
        self.module.starts_with(&other.module) || other.module.starts_with(&self.module)
    }
}

/// Returns the room of a path below `src`: its first part without `.rs`. Returns `None` for `lib.rs` and `main.rs`.
pub fn room_of(path: &str) -> Option<&str> {
    let first = path.split('/').next()?;
    let name = first.strip_suffix(".rs").unwrap_or(first);
    (!matches!(name, "lib" | "main")).then_some(name)
}

/// Returns the module path of a file: `a/b.rs` and `a/b/mod.rs` are both `a::b`.
fn module_of(path: &str) -> Segments {
    let path = path.strip_suffix(".rs").unwrap_or(path);
    let mut parts: Segments = path.split('/').map(str::to_owned).collect();
    if matches!(parts.last().map(String::as_str), Some("mod")) || matches!(path, "lib" | "main") {
        parts.pop();
    }
    parts
}

impl House {
    /// Reads every file below a folder.
    pub fn open(root: &Path) -> Self {
        let mut waiting = vec![root.to_path_buf()];
        let mut found = Vec::new();
        while let Some(folder) = waiting.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    waiting.push(path);
                } else {
                    let below = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                    found.push((below, fs::read_to_string(&path).unwrap()));
                }
            }
        }
        assert!(found.len() > 30, "the sources are elsewhere");
        Self::new(found)
    }

    /// Builds the tree from files given as (path below `src`, text).
    pub fn new(sources: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut sources: Vec<_> = sources.into_iter().collect();
        sources.sort();
        let is_rust = |path: &str| path.rsplit_once('.').is_some_and(|(_, kind)| kind == "rs");
        let (rust, texts) = sources.into_iter().partition::<Vec<_>, _>(|(path, _)| is_rust(path));
        let mut house = Self {
            files: Vec::new(),
            texts,
            links: Vec::new(),
            unreadable: Vec::new(),
            undeclared: Vec::new(),
            modules: BTreeMap::new(),
        };
        for (path, text) in rust {
            let module = module_of(&path);
            let reading = reader::read(&text, module.clone()).unwrap_or_else(|(line, reason)| {
                house.unreadable.push((path.clone(), line, reason));
                Reading::default()
            });
            house.files.push(File { path, text, module, test: reading.test, reading });
        }
        house.build_modules();
        house.mark_tests();
        house.links = house.find_links();
        house
    }

    /// Merges the modules of all files, and resolves `#[path]` declarations to the files that they name. Of several
    /// declarations of one module, under different `cfg`, the last one wins.
    fn build_modules(&mut self) {
        let mut declared = BTreeSet::new();
        for (index, file) in self.files.iter_mut().enumerate() {
            let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            for (path, mut module) in std::mem::take(&mut file.reading.modules) {
                for (name, moved) in &module.moved {
                    let target = module_of(format!("{folder}/{moved}").trim_start_matches('/'));
                    declared.insert(target.clone());
                    module.children.insert(name.clone(), target);
                }
                declared.extend(module.children.values().cloned());
                // `lib.rs` and `main.rs` are both the crate root. `lib.rs` sorts first and is kept, as only its names
                // are looked up.
                self.modules.entry(path).or_insert((index, module));
            }
        }
        let is_left_out = |file: &&File| !file.module.is_empty() && !declared.contains(&file.module);
        self.undeclared = self.files.iter().filter(is_left_out).map(|file| file.path.clone()).collect();
    }

    /// Marks the files of modules that are declared for tests only, and the files of all modules inside them.
    fn mark_tests(&mut self) {
        let declared: BTreeSet<Segments> =
            self.files.iter().flat_map(|file| file.reading.test_modules.iter().cloned()).collect();
        let whole: Vec<Segments> = self.files.iter().filter(|file| file.test).map(|file| file.module.clone()).collect();
        for file in &mut self.files {
            let is_within = |module: &Segments| file.module.starts_with(module);
            file.test |= declared.iter().chain(&whole).any(is_within);
        }
    }

    fn find_links(&self) -> Vec<Link> {
        let mut links = Vec::new();
        for (from, file) in self.files.iter().enumerate().filter(|(_, file)| !file.test) {
            let production = file.reading.mentions.iter().filter(|(mention, _)| !mention.test);
            links.extend(production.filter_map(|(mention, line)| {
                let (to, via) = self.end_of(mention)?;
                Some(Link { from, line: *line, to, via })
            }));
        }
        links
    }

    /// Returns the destination of a mention and the rooms that it passes through. Returns `None` if the path does not
    /// resolve, or if it is a bare name that only matches a module or an import.
    fn end_of(&self, mention: &Mention) -> Option<(End, Vec<String>)> {
        let path = &mention.path;
        // A name in a `use` must not resolve to the binding that this `use` creates.
        let mut seen = Vec::new();
        if mention.import
            && let Some(first) = path.first()
            && self.binding(&mention.scope, first) == Some(path)
        {
            seen.push((mention.scope.clone(), first.clone()));
        }
        let end = self.resolve(&mention.scope, path, &mut seen)?;
        if let (End::Inside { named, .. }, [name], false) = (&end, path.as_slice(), mention.import)
            // A local variable may have the name of a module, and an import was already recorded at its `use`.
            && (self.modules.contains_key(named) || self.binding(&mention.scope, name).is_some())
        {
            return None;
        }
        Some((end, seen.iter().filter_map(|(module, _)| module.first().cloned()).collect()))
    }

    fn binding(&self, scope: &[String], name: &str) -> Option<&Segments> {
        self.modules.get(scope)?.1.bindings.get(name)
    }

    /// Resolves a path that is written in the module `scope`.
    fn resolve(&self, scope: &[String], path: &[String], seen: &mut Vec<(Segments, String)>) -> Option<End> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "" => return Some(End::Outside(rest.to_vec())),
            "Self" => return None,
            "crate" => return self.descend(&[], rest, seen),
            "self" | "super" => {
                let ups = path.iter().take_while(|part| matches!(part.as_str(), "self" | "super"));
                let (steps, supers) =
                    ups.fold((0, 0), |(all, supers), part| (all + 1, supers + usize::from(part == "super")));
                let base = scope.get(..scope.len().checked_sub(supers)?)?;
                return self.descend(base, path.get(steps..)?, seen);
            }
            _ => {}
        }
        let (_, contents) = self.modules.get(scope)?;
        let is_ours = contents.children.contains_key(first)
            || contents.items.contains(first)
            || contents.bindings.contains_key(first) && !seen.contains(&(scope.to_vec(), first.clone()))
            || self.glob_with(scope, first, 0).is_some();
        if is_ours { self.descend(scope, path, seen) } else { Some(End::Outside(path.to_vec())) }
    }

    /// Resolves a path downwards from a module, through child modules, imports and globs.
    fn descend(&self, from: &[String], path: &[String], seen: &mut Vec<(Segments, String)>) -> Option<End> {
        let mut module = from.to_vec();
        for (at, part) in path.iter().enumerate() {
            let (file, contents) = self.modules.get(&module)?;
            let rest = path.get(at + 1..)?;
            if let Some(child) = contents.children.get(part).filter(|child| self.modules.contains_key(*child)) {
                module.clone_from(child);
                continue;
            }
            let key = (module.clone(), part.clone());
            if let Some(bound) = contents.bindings.get(part).filter(|_| !seen.contains(&key)) {
                seen.push(key);
                let further: Segments = bound.iter().chain(rest).cloned().collect();
                return self.resolve(&module, &further, seen);
            }
            if !contents.items.contains(part)
                && let Some(base) = self.glob_with(&module, part, 0)
            {
                seen.push(key);
                return self.descend(&base, path.get(at..)?, seen);
            }
            // A name inside an item, such as an enum variant, belongs to that item.
            module.push(part.clone());
            return Some(End::Inside { file: *file, named: module });
        }
        let (file, _) = self.modules.get(&module)?;
        Some(End::Inside { file: *file, named: module })
    }

    /// Returns true if a module contains a name: as a child module, an import or an item, or through its globs.
    fn knows(&self, module: &[String], name: &str, depth: usize) -> bool {
        self.modules.get(module).is_some_and(|(_, contents)| {
            contents.children.contains_key(name)
                || contents.bindings.contains_key(name)
                || contents.items.contains(name)
                || self.glob_with(module, name, depth).is_some()
        })
    }

    /// Returns the module behind one of a module's globs that contains a name. Follows globs of globs three levels
    /// deep.
    fn glob_with(&self, module: &[String], name: &str, depth: usize) -> Option<Segments> {
        let (_, contents) = self.modules.get(module)?;
        contents.globs.iter().filter(|_| depth < 3).find_map(|glob| {
            let first = glob.first()?;
            // A glob cannot provide the first segment of its own path.
            if first == name
                || !matches!(first.as_str(), "crate" | "self" | "super") && !contents.children.contains_key(first)
            {
                return None;
            }
            let End::Inside { named, .. } = self.resolve(module, glob, &mut Vec::new())? else { return None };
            (self.modules.contains_key(&named) && self.knows(&named, name, depth + 1)).then_some(named)
        })
    }
}
