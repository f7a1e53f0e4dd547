//! What commands print from a part of a dossier, against what they print from the whole.

use std::path::Path;

use clap::Parser as _;
use proptest::prelude::*;

use super::*;
use crate::cli::output::{Output, Screen};
use crate::cli::{Cli, answer};
use crate::formats::author::{embedded, load};
use crate::model::{Dossier, arbitrary};
use crate::store;

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

const CORE_KINDS: [&str; 10] =
    ["institution", "unit", "person", "posts", "tenure", "agreement", "event", "place", "document", "item"];

#[test]
fn what_is_said_of_one_thing_is_the_same_from_a_part_of_the_embedded_dossier() {
    let filed = Filed::new(load(&embedded()).0);
    // Each kind is listed for every tenth entity.
    for (number, id) in filed.ids().iter().enumerate() {
        let kinds = CORE_KINDS.get(number % 10..=number % 10).unwrap_or_default();
        for asked in filed.needs_whole(id, kinds, number / 10) {
            let is_no_office = asked.starts_with("who ") && !id.starts_with("post/") && !id.starts_with("institution/");
            let counts_all = asked.starts_with("show document/");
            assert!(is_no_office || counts_all, "{asked}");
        }
    }
}

#[test]
fn a_name_that_one_entity_has_is_resolved_and_one_of_several_is_refused_alike() {
    let filed = Filed::new(load(&embedded()).0);
    let dossier = filed.whole.dossier();
    let mut refused = 0;
    for entity in dossier.entities() {
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
