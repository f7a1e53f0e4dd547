//! What `annals find` prints by an index, against what it prints from the whole dossier.

use std::fs::{self, File};
use std::path::PathBuf;

use clap::Parser as _;
use proptest::prelude::*;

use super::*;
use crate::cli::answer;
use crate::cli::output::Screen;
use crate::formats::author::{embedded, load};
use crate::model::{
    Builder, Core, CoreKind, Document, Dossier, Moment, NameKind, NewClaim, NewDetails, NewValue, Spot, When, arbitrary,
};
use crate::store::{self, index_path};

const FORMATS: [&str; 4] = ["text", "json", "jsonl", "csv"];

/// A dossier in a file with its index, and its whole world.
struct Indexed {
    folder: tempfile::TempDir,
    whole: World,
}

impl Indexed {
    fn new(dossier: Dossier) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let indexed = Self { folder, whole: World::new(dossier) };
        store::save(indexed.whole.dossier(), &indexed.path()).unwrap();
        indexed.write_index();
        indexed
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("dossier.db")
    }

    fn write_index(&self) {
        let state = state(&self.path()).unwrap().unwrap();
        let mut file = File::create(index_path(&self.path()).unwrap()).unwrap();
        name_cache::write(&self.whole, &state, &mut file).unwrap();
    }

    fn parsed(&self, options: &[&str], words: &str) -> Cli {
        let path = self.path();
        let before = ["annals", "--dossier", path.to_str().unwrap(), "find"];
        Cli::try_parse_from(before.iter().chain(options).chain(&["--", words])).unwrap()
    }

    fn by_whole(&self, cli: &Cli) -> (String, String) {
        let mut bytes = Vec::new();
        let ended = answer(cli, &|| Ok(self.whole.clone()), &mut Output::new(&mut bytes, Screen::default()));
        printed(bytes, ended)
    }

    /// Compares what is printed, which it returns; `None` if it needs the whole dossier.
    fn agrees(&self, options: &[&str], words: &str) -> Option<String> {
        let cli = self.parsed(options, words);
        let found = by_index(&cli)?;
        assert_eq!(found, self.by_whole(&cli), "{options:?} {words}");
        if found.1 == "Found" {
            return Some(found.0);
        }
        // The number of results without each term is printed elsewhere.
        let Command::Find(args) = cli.command.as_ref()? else { return None };
        let asked = Found::new(&cli, args)?;
        for (_, rest) in asked.query.terms() {
            let all = crate::query::matching::search(&self.whole, &rest, 1).total();
            assert_eq!(search(&asked.kept, &rest, 1).total(), all, "{rest}");
        }
        Some(found.0)
    }
}

/// Returns what is printed by the index, and how it ends; `None` if it needs the whole dossier.
fn by_index(cli: &Cli) -> Option<(String, String)> {
    let mut bytes = Vec::new();
    let ended = find(cli, &mut Output::new(&mut bytes, Screen::default()))?;
    Some(printed(bytes, ended))
}

fn printed(bytes: Vec<u8>, ended: Result<Outcome, Failure>) -> (String, String) {
    let ended = ended.map_or_else(|failure| failure.lines().join("\n"), |outcome| format!("{outcome:?}"));
    (String::from_utf8(bytes).unwrap(), ended)
}

/// Numbers that look random, the same each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    fn word(&mut self) -> String {
        const SYLLABLES: [&str; 12] = ["ka", "lor", "mi", "ten", "ras", "bo", "ny", "vel", "du", "sha", "éli", "gor"];
        let count = 2 + self.below(2);
        (0..count).map(|_| SYLLABLES[self.below(SYLLABLES.len())]).collect()
    }

    fn words(&mut self) -> String {
        format!("{} {}", self.word(), self.word())
    }
}

/// More persons than one piece of the index has, with names and texts that have words in common, and their offices.
fn town() -> Dossier {
    let (mut builder, mut numbers) = (Builder::default(), Numbers(7));
    let book = builder.entity(CoreKind::Document, "book", "The book").unwrap();
    let book = builder.document(book, Document { published: When::parse("2020").ok(), ..Document::new("A") });
    let place = builder.place(book, "1", Spot::Sentence { paragraph: 1, sentence: 1 });
    let mut posts = Vec::new();
    for number in 0..30 {
        let label = format!("The {} and {} house of {}", numbers.words(), numbers.word(), numbers.word());
        let house = builder.entity(CoreKind::Institution, &format!("h{number}"), &label).unwrap();
        builder.name(house, &numbers.words(), NameKind::Alias, None, vec![place]);
        let post =
            builder.entity(CoreKind::Post, &format!("p{number}"), &format!("Head of {}", numbers.word())).unwrap();
        builder.claim(NewClaim::new(post, Core::Institution, NewValue::Entity(house)));
        posts.push(post);
    }
    for number in 0..3_300 {
        let label = numbers.words();
        let person = builder.entity(CoreKind::Person, &format!("n{number}"), &label).unwrap();
        if number % 3 == 0 {
            builder.name(person, &numbers.words(), NameKind::Alias, None, vec![place]);
        }
        if number % 2 == 0 {
            let words = NewValue::Text(format!("Writes of {}, and of the {} year", numbers.word(), numbers.below(90)));
            builder.claim(NewClaim { evidence: vec![place], ..NewClaim::new(person, Core::Description, words) });
        }
        if number % 4 == 0 {
            let tenure = builder.entity(CoreKind::Tenure, &format!("t{number}"), &format!("Term {number}")).unwrap();
            let post = posts[numbers.below(posts.len())];
            builder.claim(NewClaim::new(tenure, Core::Post, NewValue::Entity(post)));
            builder.claim(NewClaim::new(tenure, Core::Person, NewValue::Entity(person)));
            let start = NewValue::Date(When::parse(&format!("{}", 1900 + numbers.below(100))).unwrap());
            let note = (number % 8 == 0).then(|| format!("So says {}.", numbers.words()));
            let details = NewDetails { note, ..NewDetails::default() };
            builder.claim(NewClaim { details, ..NewClaim::new(tenure, Core::Start, start) });
        }
    }
    builder.finish()
}

/// Returns a word with a letter left out, doubled or replaced.
fn mistyped(word: &str, numbers: &mut Numbers) -> String {
    let letters: Vec<char> = word.chars().collect();
    let at = numbers.below(letters.len());
    let mut typed = letters.clone();
    match numbers.below(3) {
        0 => drop(typed.remove(at)),
        1 => typed.insert(at, letters[at]),
        _ => typed[at] = 'x',
    }
    typed.into_iter().collect()
}

#[test]
fn the_index_of_a_large_dossier_gives_what_the_whole_gives() {
    let town = Indexed::new(town());
    let dossier = town.whole.dossier();
    let mut numbers = Numbers(3);
    for number in 0..18 {
        let (word, other) = (numbers.word(), numbers.word());
        let words = match number % 9 {
            0 => word.chars().take(3).collect(),
            1 => format!("{word} {other}"),
            2 => format!("{} {other}", mistyped(&word, &mut numbers)),
            3 => format!("writes {word}"),
            4 => format!("says {word}"),
            5 => format!("{word} !{other}"),
            6 => format!("^{} | '{other}", &word[..2]),
            7 => format!("kind:institution,post {}", &word[..2]),
            _ => format!("qqq{word} {other}"),
        };
        let (format, limit) = (FORMATS[numbers.below(4)], ["1", "3", "50", "300"][numbers.below(4)]);
        let kind: &[&str] = if number % 5 == 0 { &["--kind", "persons"] } else { &[] };
        let options = [&["--format", format, "--limit", limit], kind].concat();
        let found = town.agrees(&options, &words);
        assert!(found.is_some(), "{options:?} {words} needs the whole dossier");
    }
    // Each way to match is among them, in the first piece of the index and in the last.
    for person in ["person/n7", "person/n3299"] {
        let label = dossier.label(dossier.find(person).unwrap());
        let (first, last) = label.split_once(' ').unwrap();
        let turned = format!("{last} {first}");
        for (words, sought) in
            [(label, ",exact,"), (first, ",prefix,"), (&turned, ",word,"), ("writes", ",prose,description,")]
        {
            let found = town.agrees(&["--format", "csv", "--limit", "300"], words).unwrap();
            assert!(found.contains(sought), "{words}: {found}");
        }
        let found = town.agrees(&["--format", "csv"], &format!("{first}x {last}")).unwrap();
        assert!(found.contains(",typo,") || found.contains(",fuzzy,"), "{found}");
    }
    assert!(town.agrees(&["--limit", "1"], "ka").unwrap().contains("shown; see more"));
}

#[test]
fn the_index_of_the_embedded_dossier_gives_what_the_whole_gives() {
    let seeds = Indexed::new(load(&embedded()).0);
    let mut number = 0;
    let mut whole = Vec::new();
    for words in [
        "kalyani",
        "ramji sin",
        "obgy",
        "cadriology",
        "kal",
        "a",
        "university",
        "director",
        "hospital beds",
        "kind:unit",
        "kind:=unit ent",
        "nobody at all",
        "the",
        "\"kalyani hospital\"",
        "!kalyani director",
        "2019",
        "zzzz",
        "é",
    ] {
        for limit in ["2", "50", "100000"] {
            number += 1;
            let format = FORMATS[number % 4];
            if seeds.agrees(&["--format", format, "--limit", limit], words).is_none() {
                whole.push((words, limit));
            }
        }
    }
    // So much of the dossier takes longer to read than all of it, or has plans that need it.
    assert!(whole.len() < number / 2, "{whole:?}");
    assert!(seeds.agrees(&["--limit", "2"], "cadriology").is_some());
}

#[test]
fn what_words_alone_do_not_tell_is_left_to_the_whole_dossier() {
    let seeds = Indexed::new(load(&embedded()).0);
    assert!(seeds.agrees(&[], "ramji").is_some());
    for words in ["ramji year:2021", "ramji sort:kind", "inst:kalyani", "kind:", "ramji yer:2", "", "!"] {
        assert_eq!(seeds.agrees(&[], words), None, "{words}");
    }
    for options in [["--kind", "departments"], ["--kind", "nothing"]] {
        assert_eq!(seeds.agrees(&options, "ramji"), None, "{options:?}");
    }
    let mut cli = seeds.parsed(&[], "ramji");
    cli.global.as_of = Moment::parse("2021", None).ok();
    assert!(cli.global.as_of.is_some());
    assert_eq!(by_index(&cli), None);
}

#[test]
fn an_index_that_does_not_fit_is_not_used() {
    let seeds = Indexed::new(load(&embedded()).0);
    assert!(seeds.agrees(&[], "ramji").is_some());
    let index = index_path(&seeds.path()).unwrap();
    let sound = fs::read(&index).unwrap();
    // A text of the last claims.
    let mut bytes = sound.clone();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&index, bytes).unwrap();
    assert_eq!(seeds.agrees(&[], "ramji"), None);
    fs::write(&index, &sound[..sound.len() / 2]).unwrap();
    assert_eq!(seeds.agrees(&[], "ramji"), None);
    fs::remove_file(&index).unwrap();
    assert_eq!(seeds.agrees(&[], "ramji"), None);
    fs::write(&index, sound).unwrap();
    assert!(seeds.agrees(&[], "ramji").is_some());
    store::save(&Builder::default().finish(), &seeds.path()).unwrap();
    assert_eq!(seeds.agrees(&[], "ramji"), None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// The same holds for any dossier, and for words of its texts.
    #[test]
    fn the_index_of_any_dossier_gives_what_the_whole_gives(dossier in arbitrary::dossier(), format in 0..4_usize) {
        let indexed = Indexed::new(dossier);
        let dossier = indexed.whole.dossier();
        let labels = dossier.entities().map(|entity| dossier.label(entity).to_owned());
        let notes = dossier.all_claims().iter().filter_map(|claim| dossier.details(claim)?.note);
        let texts: Vec<String> = labels.chain(notes.map(|note| dossier.text(note).to_owned())).collect();
        for word in texts.iter().flat_map(|text| text.split(' ')).filter(|word| !word.is_empty() && !word.contains('\0')) {
            indexed.agrees(&["--format", FORMATS[format]], word);
        }
    }
}
