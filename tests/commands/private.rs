//! A dossier in which every second entity is private: what leaves it never names one of them, and is what the dossier
//! without their tables would be.
//!
//! Invariant: each entity has one word in its names that nothing else has. What has to be left out is found by search for
//! those words, and never by asking the program.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::support::hostile::dice::Dice;
use crate::support::program::{Ran, annals_on, folder};

/// The number of entities, of which every second is private, besides the tenures.
const ENTITIES: usize = 50;

/// The kinds in turn: as there is an odd number of them, each has private entities and others.
const KINDS: [&str; 5] = ["document", "institution", "person", "post", "event"];

/// A place: the number of its document, and the rest as it is written.
type Cited = (usize, String);

/// One claim, in a table of its own.
struct Said {
    of: String,
    key: &'static str,
    /// The fields of the value, as TOML.
    fields: Vec<String>,
    at: Vec<Cited>,
    /// The id of the entity to which it links.
    link: Option<String>,
    is_counted: bool,
    is_private: bool,
    id: Option<String>,
}

/// One entity, with what it has in its own table.
struct Entity {
    id: String,
    is_private: bool,
    /// What cannot be left out of its table: label, and for a tenure its links.
    head: Vec<String>,
    /// Lists of texts, each of which can be left out.
    lists: Vec<(&'static str, Vec<String>)>,
    names: Vec<(String, Vec<Cited>)>,
    /// The documents of the links in the head.
    head_at: Vec<usize>,
}

/// A table about other rows: its lines, its places, and the claims without which it is nothing.
struct Row {
    table: &'static str,
    lines: Vec<String>,
    at: Vec<Cited>,
    /// True if a place that is left out takes the row with it, false if only the last one does.
    wants_every_place: bool,
    rests_on: Vec<usize>,
}

#[derive(Default)]
struct Folder {
    entities: Vec<Entity>,
    said: Vec<Said>,
    rows: Vec<Row>,
    /// For each document the places that are pinned.
    pins: Vec<(usize, String)>,
}

/// Returns the word of an entity: five letters that stand nowhere else.
fn word(number: usize) -> String {
    let letter = |at: usize| char::from(b'a' + u8::try_from(at % 26).unwrap());
    format!("qx{}{}z", letter(number / 26), letter(number))
}

fn label(number: usize) -> String {
    let word = word(number);
    format!("Anna {}{}", word[..1].to_uppercase(), &word[1..])
}

fn id(number: usize) -> String {
    format!("{}/anna-{}", KINDS[number % KINDS.len()], word(number))
}

/// Returns the number of a random entity of a kind.
fn any(dice: &mut Dice, kind: &str) -> usize {
    let at = KINDS.iter().position(|known| *known == kind).unwrap();
    at + KINDS.len() * dice.below(ENTITIES / KINDS.len())
}

/// Returns a random place; its section may name somebody.
fn place(dice: &mut Dice) -> Cited {
    let section = if dice.below(12) == 0 { format!("With {}", label(dice.below(ENTITIES))) } else { "lead".into() };
    (any(dice, "document"), format!("{section} / p{} s1", 1 + dice.below(9)))
}

/// Returns a place in a document that is not private.
fn open_place(dice: &mut Dice) -> Cited {
    let document = loop {
        let number = any(dice, "document");
        if number.is_multiple_of(2) {
            break number;
        }
    };
    (document, format!("lead / p{} s1", 1 + dice.below(9)))
}

/// Returns the name of a person with the family name first, as a text, a file or an address has it.
fn family_first(dice: &mut Dice) -> String {
    let word = word(any(dice, "person"));
    let capital = word.replace("qx", "Qx");
    match dice.below(7) {
        0 => format!("{capital}, Anna"),
        1 => format!("{capital} Anna"),
        2 => format!("{}, ANNA (ed.)", word.to_uppercase()),
        3 => format!("papers/{word}-anna.txt"),
        4 => format!("papers/{capital}_Anna.2.txt"),
        5 => format!("https://example.org/{word}/anna?page=2"),
        _ => format!("https://example.org/?by={capital}%2C%20Anna"),
    }
}

/// Returns a text that names somebody, or nobody.
fn text(dice: &mut Dice) -> String {
    match dice.below(10) {
        0 => family_first(dice),
        1 => format!("Sung for {} in spring", label(dice.below(ENTITIES))),
        2 | 3 => {
            // A document has no such name.
            let number = KINDS.len() * dice.below(ENTITIES / KINDS.len()) + 1 + dice.below(KINDS.len() - 1);
            format!("As old {} said", word(number).replace("qx", "Qx"))
        }
        number => format!("Words of nobody, {number}{}", dice.below(1000)),
    }
}

fn quoted(text: &str) -> String {
    format!("{text:?}")
}

impl Folder {
    fn new(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let mut made = Self::default();
        for number in 0..ENTITIES {
            made.add_entity(number, &mut dice);
        }
        made.add_tenures(&mut dice);
        for _ in 0..ENTITIES * 4 {
            made.add_claim(&mut dice);
        }
        made.add_rows(&mut dice);
        made
    }

    fn say(&mut self, of: usize, key: &'static str, fields: Vec<String>, at: Vec<Cited>, link: Option<usize>) {
        let said =
            Said { of: id(of), key, fields, at, link: link.map(id), is_counted: false, is_private: false, id: None };
        self.said.push(said);
    }

    fn add_entity(&mut self, number: usize, dice: &mut Dice) {
        let kind = KINDS[number % KINDS.len()];
        let mut head = vec![format!("label = {}", quoted(&label(number)))];
        let mut lists = Vec::new();
        let mut names = Vec::new();
        if kind == "document" {
            let key = |at: usize| char::from(b'A' + u8::try_from(at % 26).unwrap());
            head = vec![
                format!("title = {}", quoted(&label(number))),
                format!("key = \"{}{}\"", key(number / 26), key(number)),
            ];
            lists.push(("author", (0..dice.below(3)).map(|_| text(dice)).collect()));
            lists.push(("publisher", vec![text(dice)]));
            lists.push(("kind", vec![text(dice)]));
            lists.push(("url", vec![text(dice)]));
            lists.push(("file", vec![format!("{number}/{}", family_first(dice))]));
        } else {
            let alias = format!("Old {}", word(number).replace("qx", "Qx"));
            names.push((alias, vec![place(dice)]));
            names.push((
                format!("{}, {}", word(number).replace("qx", "Qx"), text(dice)),
                vec![place(dice), place(dice)],
            ));
            // What is said of some stands in a private document alone.
            let at = if dice.below(8) == 0 { (5, "lead / p1 s1".to_owned()) } else { open_place(dice) };
            let key = match kind {
                "person" => "born",
                "event" => "when",
                _ => "established",
            };
            self.say(number, key, vec![format!("value = \"19{:02}\"", 10 + number)], vec![at], None);
        }
        if kind == "institution" {
            let value = format!("value = {}", 10 + number);
            self.say(number, "members", vec![value], vec![open_place(dice)], None);
            let value = vec![format!("value = {}", 1 + number), "basis = \"counted\"".into()];
            self.say(number, "staff", value, vec![open_place(dice)], None);
            self.said.last_mut().unwrap().is_counted = true;
        }
        let is_private = number % 2 == 1;
        self.entities.push(Entity { id: id(number), is_private, head, lists, names, head_at: Vec::new() });
    }

    fn add_tenures(&mut self, dice: &mut Dice) {
        for number in 0..ENTITIES / 4 {
            let (person, post, at) = (any(dice, "person"), any(dice, "post"), open_place(dice));
            let place = quoted(&format!("{}: {}", id(at.0).replace("document/", ""), at.1));
            let links = [("person", id(person)), ("post", id(post))];
            let head = links.map(|(key, id)| format!("{key} = {{ value = \"{id}\", at = {place} }}"));
            self.entities.push(Entity {
                id: format!("tenure/term-{number}"),
                is_private: false,
                head: head.into(),
                lists: Vec::new(),
                names: Vec::new(),
                head_at: vec![at.0],
            });
        }
    }

    fn add_claim(&mut self, dice: &mut Dice) {
        let at = (0..=dice.below(3)).map(|_| place(dice)).collect();
        let (of, key, to) = *dice.of(&[
            ("person", "affiliated-to", "institution"),
            ("person", "related", "person"),
            ("institution", "partner", "institution"),
            ("institution", "member", "person"),
            ("institution", "member", "post"),
            ("post", "institution", "institution"),
            ("event", "institution", "institution"),
            ("event", "person", "person"),
            ("person", "description", ""),
            ("institution", "description", ""),
            ("event", "description", ""),
        ]);
        let (of, link) = (any(dice, of), (!to.is_empty()).then(|| any(dice, to)));
        if link == Some(of) {
            return;
        }
        let value = link.map_or_else(|| text(dice), id);
        let mut fields = vec![format!("value = {}", quoted(&value))];
        match dice.below(8) {
            0 => fields.push(format!("modality = \"alleged\", by = \"{}\"", id(any(dice, "person")))),
            1 => fields.push(format!("note = {}", quoted(&text(dice)))),
            2 => fields.push(format!("sentence = {}", quoted(&text(dice)))),
            3 => fields.push(format!("basis = \"inferred\", reason = {}", quoted(&text(dice)))),
            4 => fields.push(format!("scope = [\"{}\", \"altos\"]", id(any(dice, "institution")))),
            5 => fields.push(format!("modality = \"alleged\", by = {0}, said-in = {0}", quoted(&text(dice)))),
            6 => fields.push(format!("start = \"20{:02}\"", dice.below(20))),
            _ => {}
        }
        self.say(of, key, fields, at, link);
        let said = self.said.last_mut().unwrap();
        said.is_private = dice.below(15) == 0;
    }

    fn add_rows(&mut self, dice: &mut Dice) {
        for number in 0..20 {
            let reason = format!("reason = {}", quoted(&text(dice)));
            let (a, b) = (any(dice, "person"), any(dice, "person"));
            if a != b {
                let lines =
                    vec![format!("a = \"{}\"", id(a)), format!("b = \"{}\"", id(b)), "verdict = \"unsure\"".into()];
                self.row("judgement", [lines, vec![reason.clone()]].concat(), Vec::new(), Vec::new());
            }
            let at = (any(dice, "document"), format!("Empty / p{number} s1").replace("p0", "p99"));
            self.row("unclaimed", vec![reason.clone()], vec![at], Vec::new());
            let of = any(dice, "institution");
            let concerned = |said: &Said| said.of == id(of) || said.link == Some(id(of));
            let behind = (0..self.said.len()).filter(|&at| concerned(&self.said[at])).collect();
            let lines = vec![format!("of = \"{}\"", id(of)), "list = \"event\"".into(), reason];
            self.row("complete", lines, Vec::new(), behind);
            let reviewed = dice.below(self.said.len());
            let claim = self.said[reviewed].id.get_or_insert_with(|| format!("k{number:03}")).clone();
            let lines = vec![
                format!("claim = \"{claim}\""),
                format!("by = {}", quoted(&text(dice))),
                format!("note = {}", quoted(&text(dice))),
                "verdict = \"question\"".into(),
            ];
            self.row("review", lines, Vec::new(), vec![reviewed]);
            let (a, b) = (any(dice, "institution"), any(dice, "institution"));
            let members =
                |of: usize| self.said.iter().position(|said| said.key == "members" && said.of == id(of)).unwrap();
            let behind = vec![members(a), members(b)];
            let lines = vec![
                format!("label = {}", quoted(&format!("Sum {number}. {}", text(dice)))),
                format!("sum = [\"{} members\", \"{} members\"]", id(a), id(b)),
                format!("equals = {}", 20 + a + b),
            ];
            self.row("check", lines, vec![place(dice), place(dice)], behind);
        }
        // As many events as there are, for one institution each.
        for number in 0..6 {
            let of = any(dice, "institution");
            let is_event = |said: &Said| said.of.starts_with("event/") && said.link == Some(id(of));
            let is_plain = |said: &Said| !said.fields.iter().any(|field| field.contains("alleged"));
            let behind: Vec<usize> =
                (0..self.said.len()).filter(|&at| is_event(&self.said[at]) && is_plain(&self.said[at])).collect();
            let events: BTreeSet<&str> = behind.iter().map(|&at| &*self.said[at].of).collect();
            let lines = vec![
                format!("label = \"Count {number}\""),
                format!("sum = [{{ count = \"event\", institution = \"{}\" }}]", id(of)),
                format!("equals = {}", events.len()),
            ];
            self.row("check", lines, vec![open_place(dice)], behind);
        }
        let cited = self.said.iter().flat_map(|said| &said.at).filter(|(_, at)| at.starts_with("lead"));
        self.pins = cited.cloned().collect::<BTreeSet<_>>().into_iter().collect();
    }

    fn row(&mut self, table: &'static str, lines: Vec<String>, at: Vec<Cited>, rests_on: Vec<usize>) {
        let wants_every_place = table == "unclaimed";
        self.rows.push(Row { table, lines, at, wants_every_place, rests_on });
    }

    /// Writes the dossier as it is, or without what is private and whatever names, concerns or counts it.
    fn written(&self, what: &Without) -> String {
        let mut out =
            String::from("[dossier]\nkey = \"people\"\ntitle = \"People\"\nformat = 2\nallow = \"no-evidence\"\n");
        let places = |at: &[Cited]| {
            let kept = at.iter().filter(|place| what.keeps_place(place));
            let texts = kept.map(|(document, at)| quoted(&format!("anna-{}: {at}", word(*document))));
            texts.collect::<Vec<_>>().join(", ")
        };
        for entity in self.entities.iter().filter(|entity| !what.entities.contains(&entity.id)) {
            let (kind, slug) = entity.id.split_once('/').unwrap();
            let _ = writeln!(out, "[[{}]]\nid = \"{slug}\"", if kind == "document" { "source" } else { kind });
            if entity.is_private {
                out += "private = true\n";
            }
            let _ = writeln!(out, "{}", entity.head.join("\n"));
            for (key, texts) in &entity.lists {
                let texts: Vec<String> =
                    texts.iter().filter(|text| !what.names(text)).map(|text| quoted(text)).collect();
                match &texts[..] {
                    [] => {}
                    [one] if *key != "author" => drop(writeln!(out, "{key} = {one}")),
                    _ => drop(writeln!(out, "{key} = [{}]", texts.join(", "))),
                }
            }
            let names = entity.names.iter().filter(|(name, at)| !what.names(name) && what.keeps_evidence(at));
            let names: Vec<String> =
                names.map(|(name, at)| format!("{{ value = {}, at = [{}] }}", quoted(name), places(at))).collect();
            if !names.is_empty() {
                let _ = writeln!(out, "names = [{}]", names.join(", "));
            }
        }
        for (said, _) in self.said.iter().zip(0..).filter(|(_, at)| !what.said.contains(at)) {
            let mut fields = said.fields.clone();
            fields.extend(said.is_private.then(|| "private = true".to_owned()));
            fields.extend(said.id.iter().map(|id| format!("id = \"{id}\"")));
            fields.push(format!("at = [{}]", places(&said.at)));
            let _ = writeln!(out, "[[claim]]\nof = \"{}\"\n{} = {{ {} }}", said.of, said.key, fields.join(", "));
        }
        for row in self.rows.iter().filter(|row| what.keeps_row(row)) {
            let _ = writeln!(out, "[[{}]]\n{}", row.table, row.lines.join("\n"));
            if !row.at.is_empty() {
                let _ = writeln!(out, "at = [{}]", places(&row.at));
            }
        }
        for document in (0..ENTITIES).step_by(KINDS.len()).filter(|&at| !what.entities.contains(&id(at))) {
            let digest = format!("{document:064x}");
            let _ = writeln!(out, "[pins.anna-{}]\nsplitter = 1\nlength = 900\nsha256 = \"{digest}\"", word(document));
            let places = self.pins.iter().filter(|(of, _)| *of == document);
            let places =
                places.zip(1..).map(|((_, at), line)| format!("{} = [{line}, {line}0, 9, \"{digest}\"]", quoted(at)));
            let _ = writeln!(out, "[pins.anna-{}.places]\n{}", word(document), places.collect::<Vec<_>>().join("\n"));
        }
        out
    }
}

/// What a dossier is written without: ids of entities, numbers of claims, and the words that name those entities.
#[derive(Default)]
struct Without {
    entities: BTreeSet<String>,
    said: BTreeSet<usize>,
    words: BTreeSet<String>,
    documents: BTreeSet<usize>,
}

impl Without {
    /// Finds what has to be left out of a dossier.
    fn what_is_private(made: &Folder) -> Self {
        let mut what = Self::default();
        loop {
            let before = what.entities.len();
            for entity in &made.entities {
                let says = |said: &&Said| said.of == entity.id || said.link.as_ref() == Some(&entity.id);
                let said = made.said.iter().filter(says).flat_map(|said| &said.at).map(|(document, _)| *document);
                let named = entity.names.iter().flat_map(|(_, at)| at).map(|(document, _)| *document);
                let documents: BTreeSet<usize> = said.chain(named).chain(entity.head_at.iter().copied()).collect();
                // The links of a tenure are in its head.
                let linked = made
                    .entities
                    .iter()
                    .filter(|other| other.head.iter().any(|line| line.contains(&format!("\"{}\"", entity.id))));
                let documents: BTreeSet<usize> =
                    documents.into_iter().chain(linked.flat_map(|other| other.head_at.iter().copied())).collect();
                let is_unsaid = !documents.is_empty() && documents.is_subset(&what.documents);
                if entity.is_private || is_unsaid || entity.head.iter().any(|line| what.names(line)) {
                    what.entities.insert(entity.id.clone());
                    let number = (0..ENTITIES).find(|&number| id(number) == entity.id);
                    what.words.extend(number.map(word));
                    what.documents.extend(number.filter(|_| entity.id.starts_with("document/")));
                }
            }
            if what.entities.len() == before {
                break;
            }
        }
        let mut touched = BTreeSet::new();
        for (number, said) in made.said.iter().enumerate() {
            let is_gone = said.is_private
                || what.names(&said.of)
                || said.fields.iter().any(|field| what.names(field))
                || said.at.iter().any(|(_, at)| what.names(at))
                || said.at.iter().all(|(document, _)| what.documents.contains(document));
            if is_gone {
                what.said.insert(number);
                touched.extend([Some(said.of.clone()), said.link.clone()].into_iter().flatten());
            }
        }
        let counted = made.said.iter().enumerate().filter(|(_, said)| said.is_counted && touched.contains(&said.of));
        what.said.extend(counted.map(|(number, _)| number));
        what
    }

    fn names(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.words.iter().any(|word| text.contains(word))
    }

    fn keeps_place(&self, (document, at): &Cited) -> bool {
        !self.documents.contains(document) && !self.names(at)
    }

    /// Returns true if a name with this evidence stays.
    fn keeps_evidence(&self, at: &[Cited]) -> bool {
        !at.iter().any(|(_, at)| self.names(at)) && at.iter().any(|(document, _)| !self.documents.contains(document))
    }

    fn keeps_row(&self, row: &Row) -> bool {
        let kept = row.at.iter().filter(|place| self.keeps_place(place)).count();
        let is_said = row.at.is_empty() || if row.wants_every_place { kept == row.at.len() } else { kept > 0 };
        is_said
            && !row.lines.iter().any(|line| self.names(line))
            && row.rests_on.iter().all(|at| !self.said.contains(at))
    }
}

fn ran(path: &Path, arguments: &[&str]) -> Ran {
    let ran = annals_on(path, arguments);
    assert_eq!(ran.code, Some(0), "{arguments:?}: {}", ran.stderr.lines().take(20).collect::<Vec<_>>().join("\n"));
    ran
}

#[test]
fn what_leaves_a_dossier_is_the_dossier_without_every_second_entity() {
    let mut kept: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in 1..=4 {
        let made = Folder::new(seed);
        let what = Without::what_is_private(&made);
        let whole_text = made.written(&Without::default());
        let rest_text = made.written(&what);
        assert!(what.words.iter().all(|word| whole_text.contains(word) && !rest_text.contains(word)), "{seed}");
        // Enough is left out of every sort, and below, enough is left.
        for table in ["[[source]]", "[[person]]", "[[tenure]]", "[[claim]]", "[[check]]", "[[judgement]]", "[[review]]"]
        {
            let (all, left) = (whole_text.matches(table).count(), rest_text.matches(table).count());
            assert!(left < all, "{seed}: {left} of {all} {table}");
            *kept.entry(table).or_default() += left;
        }
        let (whole, rest) = (folder(&[("people.toml", &whole_text)]), folder(&[("people.toml", &rest_text)]));

        for format in ["json", "jsonl", "csv"] {
            let public = ran(whole.path(), &["export", "--public", "--format", format]).stdout;
            let expected = ran(rest.path(), &["export", "--format", format]).stdout;
            for (found, expected) in public.lines().zip(expected.lines()) {
                assert_eq!(found, expected, "{seed}, {format}");
            }
            assert_eq!(public.len(), expected.len(), "{seed}, {format}");
            assert!(!what.names(&public), "{seed}, {format}");
        }
        let saved = |from: &Path, name: &str, public: &[&str]| {
            let file = whole.path().join(name);
            ran(from, &[&["export", "--format", "sqlite", file.to_str().unwrap()], public].concat());
            file
        };
        let (public, expected) = (saved(whole.path(), "public.db", &["--public"]), saved(rest.path(), "rest.db", &[]));
        let bytes = fs::read(&public).unwrap();
        assert!(bytes == fs::read(&expected).unwrap(), "{seed}: another database");
        assert!(!what.names(&String::from_utf8_lossy(&bytes)), "{seed}");

        // Opened, it answers as the rest does.
        let near = made
            .entities
            .iter()
            .find(|entity| entity.id.starts_with("institution/") && !what.entities.contains(&entity.id));
        let near = &*near.unwrap().id;
        for args in [
            &["timeline"][..],
            &["timeline", "--of", near],
            &["show", near],
            &["list", "person"],
            &["tenures"],
            &["figures"],
            &["names", near],
            &["sources"],
            &["find", "anna", "--format", "json"],
            &["render", "chronicle", "--size", "120x60", "--select", near],
        ] {
            // Of some there is nothing to tell.
            let (shown, expected) = (annals_on(&public, args), annals_on(rest.path(), args));
            assert_eq!((shown.code, &shown.stdout), (expected.code, &expected.stdout), "{seed}: {args:?}");
            assert!(shown.code < Some(2) && !what.names(&shown.stdout), "{seed}: {args:?}");
        }
        for word in what.words.iter().take(5) {
            let found = annals_on(&public, &["find", &format!("'{word}"), "--format", "json"]);
            assert!(!what.names(&found.stdout), "{seed}: {word}\n{}", found.stdout);
        }
    }
    assert!(kept.len() == 7 && kept.values().all(|&left| left > 2), "{kept:?}");
}
