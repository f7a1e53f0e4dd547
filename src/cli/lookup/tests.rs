//! What commands print from a part of a dossier, against what they print from the whole.

use std::path::Path;

use clap::Parser as _;
use proptest::prelude::*;

use super::*;
use crate::cli::output::{Output, Screen};
use crate::cli::{Cli, answer};
use crate::formats::author::{embedded, load};
use crate::model::claim_id::derived_id;
use crate::model::{Builder, Core, CoreKind, Dossier, NewClaim, NewValue, When, arbitrary};
use crate::store;
use crate::syntax::SourceFile;

const FORMATS: [&str; 4] = ["text", "json", "jsonl", "csv"];

fn parsed(arguments: &[&str], dossier: &Path, format: &str) -> Cli {
    let dossier = dossier.to_str().unwrap();
    Cli::try_parse_from(["annals", "--dossier", dossier].iter().chain(arguments).chain(&["--format", format])).unwrap()
}

/// Returns what a command prints, and how it ends.
fn printed(cli: &Cli, world: &World) -> (String, String) {
    let mut bytes = Vec::new();
    let ended = answer(cli, &|| Ok(world.clone()), &mut Output::new(&mut bytes, Screen::default()));
    let ended = ended.map_or_else(|failure| failure.lines().join("\n"), |outcome| format!("{outcome:?}"));
    (String::from_utf8(bytes).unwrap(), ended)
}

/// A dossier in a file, with its whole world.
struct Filed {
    folder: tempfile::TempDir,
    whole: World,
}

impl Filed {
    fn new(dossier: Dossier) -> Self {
        let folder = tempfile::tempdir().unwrap();
        store::save(&dossier, &folder.path().join("dossier.db")).unwrap();
        Self { folder, whole: World::new(dossier) }
    }

    fn ids(&self) -> Vec<String> {
        let dossier = self.whole.dossier();
        dossier.entities().map(|entity| dossier.id(entity).to_owned()).collect()
    }

    /// Compares what a command prints; returns false if it needs the whole dossier.
    fn agrees(&self, arguments: &[&str], format: &str) -> bool {
        let cli = parsed(arguments, &self.folder.path().join("dossier.db"), format);
        let Some(part) = world(&cli) else { return false };
        assert_eq!(printed(&cli, &part), printed(&cli, &self.whole), "{arguments:?} {format}");
        true
    }

    /// Compares all that is asked of one thing, each in one of the formats; returns the questions that need the whole
    /// dossier.
    fn needs_whole(&self, id: &str, kinds: &[&str], number: usize) -> Vec<String> {
        let mut asked = vec![
            vec!["show", id],
            vec!["names", id],
            vec!["tenures", "--of", id],
            vec!["tenures", "--of", id, "--as-of", "2021"],
            vec!["who", id, "--on", "2021-06"],
            vec!["who", id, "--cite"],
        ];
        asked.extend(kinds.iter().map(|&kind| vec!["list", kind, "--of", id]));
        let formats = FORMATS.iter().cycle().skip(number % FORMATS.len());
        let whole = asked.iter().zip(formats).filter(|(arguments, format)| !self.agrees(arguments, format));
        whole.map(|(arguments, _)| arguments.join(" ")).collect()
    }
}

/// Returns true if `who` is asked about what is no office, and then searches all names.
fn searches_names(asked: &str, id: &str) -> bool {
    asked.starts_with("who ") && !id.starts_with("post/") && !id.starts_with("institution/")
}

const CORE_KINDS: [&str; 10] =
    ["institution", "unit", "person", "posts", "tenure", "agreement", "event", "place", "document", "item"];

#[test]
fn what_is_said_of_one_thing_is_the_same_from_a_part_of_the_embedded_dossier() {
    let filed = Filed::new(load(&embedded()).0);
    // Every third entity is asked for; each kind is listed for every tenth of them.
    for (number, id) in filed.ids().iter().step_by(3).enumerate() {
        let kinds = CORE_KINDS.get(number % 10..=number % 10).unwrap_or_default();
        for asked in filed.needs_whole(id, kinds, number / 10) {
            let counts_all = asked.starts_with("show document/");
            assert!(searches_names(&asked, id) || counts_all, "{asked}");
        }
    }
}

#[test]
fn a_name_that_one_entity_has_is_resolved_and_one_of_several_is_refused_alike() {
    let filed = Filed::new(load(&embedded()).0);
    let dossier = filed.whole.dossier();
    let mut refused = 0;
    for entity in dossier.entities().step_by(2) {
        let slug = dossier.id(entity).split_once('/').map(|(_, slug)| slug.to_owned()).unwrap();
        let names = dossier.names(entity).iter().map(|name| dossier.text(name.value).to_owned());
        for name in [slug, dossier.label(entity).to_uppercase()].into_iter().chain(names) {
            if name.starts_with('-') {
                continue;
            }
            let path = filed.folder.path().join("dossier.db");
            let cli = parsed(&["names", &name], &path, "csv");
            let part = world(&cli).unwrap();
            let found = printed(&cli, &part);
            assert_eq!(found, printed(&cli, &filed.whole), "{name}");
            refused += usize::from(found.1.contains("means any of"));
        }
    }
    assert!(refused > 5, "{refused}");
    assert!(
        world(&parsed(&["names", "nobody of this name"], &filed.folder.path().join("dossier.db"), "csv")).is_none()
    );
}

#[test]
fn what_only_the_whole_dossier_tells_is_not_asked_of_a_part() {
    let filed = Filed::new(load(&embedded()).0);
    for arguments in [
        &["show", "person/ramji-singh", "--as-of", "2021"][..],
        &["list", "person"],
        &["list", "departments", "--of", "institution/aiims-kalyani"],
        &["list", "unit", "--of", "institution/aiims-kalyani", "--query", "x"],
        &["tenures"],
        &["names"],
        &["who", "kalyani", "director"],
        &["sources"],
    ] {
        assert!(!filed.agrees(arguments, "csv"), "{arguments:?}");
    }
}

/// What few rows have: times of names, speakers and parts that are named beside values, ids of claims, what is private,
/// a list that is whole, reviews.
const CHOIR: &str = "
document = 'book'
[dossier]
format = 2
key = 'choir'
title = 'Choir'
[[source]]
id = 'book'
key = 'A'
title = 'Book'
short = 'The book'
author = ['Low, Ann', 'Eve']
published = '2015-06'
[[institution]]
id = 'choir'
label = 'Choir'
at = 'lead / p1 s1'
private = true
names = [{ value = 'The northern singers', start = '1998', end = '2004-03' }, { value = 'k7f3' }]
established = { value = '1998', id = 'k7f3' }
staff = [
  { value = 12.0, state = 'in-service', scope = ['altos', 'event/concert', 'event/tour'] },
  { value = 90, modality = 'alleged', by = 'person/eve', said-in = 'a letter', note = 'One reads 96.' },
]
motto = { value = 'Sing', private = true, sentence = 'The choir sings.' }
[[institution]]
id = 'k7f3'
label = 'House'
at = 'lead / p2 s3'
staff = { value = 3, id = 'house3' }
[[event]]
id = 'concert'
label = 'First concert'
at = 'lead / p1 s2'
[[event]]
id = 'tour'
label = 'Tour'
at = 'lead / p1 s3'
[[person]]
id = 'ann'
label = 'Ann'
at = 'lead / p1 s4'
[[person]]
id = 'eve'
label = 'Eve'
at = 'lead / p2 s1'
[[post]]
id = 'head'
label = 'Head'
institution = 'choir'
at = 'lead / p2 s2'
[[tenure]]
id = 'ann-head'
person = 'ann'
post = 'head'
start = '2010'
end = '2012-06-30'
at = 'lead / p1 s4'
[[complete]]
of = 'post/head'
list = 'tenures'
since = '2009'
until = '2022'
at = 'lead / p2 s2'
[[source]]
id = 'roll'
key = 'B'
title = 'Roll'
published = '2022'
complete = 'tenures'
[[post]]
id = 'clerk'
label = 'Clerk'
institution = 'choir'
at = 'B: lead / p1 s1'
[[tenure]]
id = 'eve-clerk'
person = 'eve'
post = 'clerk'
start = '2010'
end = '2012-06-30'
at = 'B: lead / p1 s1'
[[review]]
claim = 'k7f3'
by = 'Eve'
verdict = 'confirmed'
";

fn choir() -> Filed {
    let (dossier, defects) = load(&[SourceFile::new("choir.toml", CHOIR)]);
    assert_eq!(defects, []);
    Filed::new(dossier)
}

#[test]
fn what_few_rows_have_is_the_same_from_a_part() {
    let filed = choir();
    for (id, format) in filed.ids().iter().flat_map(|id| (0..FORMATS.len()).map(move |format| (id, format))) {
        for asked in filed.needs_whole(id, &CORE_KINDS, format) {
            assert!(searches_names(&asked, id) || id.starts_with("document/"), "{asked}");
        }
    }
    // The test would hold nothing if none of it were printed.
    let said = |arguments: &[&str], format| printed(&parsed(arguments, Path::new("x"), format), &filed.whole).0;
    let card = said(&["show", "institution/choir"], "json");
    for words in [
        "person/eve",
        "event/tour",
        "a letter",
        "1998",
        "2004-03",
        "k7f3",
        "\"private\"",
        "in-service",
        "12.0",
        "\"reviews\"",
    ] {
        assert!(card.contains(words), "{words} {card}");
    }
    for post in ["post/head", "post/clerk"] {
        assert!(said(&["who", post, "--on", "2021-06"], "text").contains("vacant"), "{post}");
    }
}

/// Houses one below the other, deeper than any rule looks. Each has a unit, an event, and a post that somebody holds.
fn chain() -> Filed {
    let mut builder = Builder::default();
    let mut above = None;
    for number in 0..8 {
        let mut entity = |kind, word: &str| {
            let label = format!("{word} {number}");
            builder.entity(kind, &label.replace(' ', "-"), &label).unwrap()
        };
        let house = entity(CoreKind::Institution, "house");
        let (unit, event) = (entity(CoreKind::Unit, "unit"), entity(CoreKind::Event, "event"));
        let (post, person) = (entity(CoreKind::Post, "head"), entity(CoreKind::Person, "person"));
        let tenure = entity(CoreKind::Tenure, "term");
        let date = |text: &str| NewValue::Date(When::parse(text).unwrap());
        let of = |house| NewValue::Entity(house);
        let mut rows = vec![
            (unit, Core::Institution, of(house)),
            (event, Core::Institution, of(house)),
            (event, Core::When, date("2020-05")),
            (post, Core::Institution, of(house)),
            (tenure, Core::Post, of(post)),
            (tenure, Core::Person, of(person)),
            (tenure, Core::Start, date("2019")),
        ];
        rows.extend(above.replace(house).map(|above| (house, Core::Parent, of(above))));
        for (subject, property, value) in rows {
            builder.claim(NewClaim::new(subject, property, value));
        }
    }
    Filed::new(builder.finish())
}

#[test]
fn what_lies_far_below_one_thing_is_the_same_from_a_part() {
    let filed = chain();
    for (number, id) in filed.ids().iter().enumerate() {
        for asked in filed.needs_whole(id, &CORE_KINDS, number) {
            assert!(searches_names(&asked, id), "{asked}");
        }
    }
    let events = printed(&parsed(&["list", "event", "--of", "house 0"], Path::new("x"), "text"), &filed.whole).0;
    assert!(events.contains("event/event-3"), "{events}");
}

#[test]
fn the_id_of_a_claim_is_left_to_the_whole_dossier() {
    let filed = choir();
    let dossier = filed.whole.dossier();
    let house = dossier.find("institution/k7f3").unwrap();
    let derived = derived_id(dossier, &dossier.claims_of(house)[0]);
    // Of these, `k7f3` is the name and the slug of entities, too.
    for id in ["k7f3", "#k7f3", "house3", "#house3", &derived, &format!("#{derived}")] {
        let shown = printed(&parsed(&["show", id], Path::new("x"), "text"), &filed.whole).0;
        assert!(shown.contains('#'), "{id}: {shown}");
        assert!(!filed.agrees(&["show", id], "text"), "{id}");
    }
    for id in ["house3", "#house3", &derived] {
        assert!(!filed.agrees(&["names", id], "text"), "{id}");
        assert!(!filed.agrees(&["list", "person", "--of", id], "text"), "{id}");
        assert!(!filed.agrees(&["tenures", "--of", id], "text"), "{id}");
        assert!(!filed.agrees(&["who", id], "text"), "{id}");
    }
    // Other commands prefer what has it as its name.
    assert!(filed.agrees(&["names", "k7f3"], "text"));
    assert!(filed.agrees(&["show", "institution/k7f3"], "text"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// The same holds for any dossier.
    #[test]
    fn what_is_said_of_one_thing_is_the_same_from_a_part_of_any_dossier(dossier in arbitrary::dossier()) {
        let filed = Filed::new(dossier);
        for (number, id) in filed.ids().iter().enumerate().filter(|(_, id)| !id.contains('\0')) {
            filed.needs_whole(id, &CORE_KINDS, number);
        }
    }
}
