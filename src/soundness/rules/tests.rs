//! The rules against small dossiers: the case of each code in `tests/soundness`, and own ones for every bound.
//!
//! Invariant: what a case expects is written down beside it, never computed by a rule.

mod complete;
mod disclosure;
mod embedded;
mod form;
mod identity;
mod notes;
mod time;

use std::fs;
use std::path::Path;

use super::findings;
use crate::formats::author::load;
use crate::model::{ClaimId, Dossier};
use crate::soundness::{About, Code, Finding};
use crate::syntax::{Parsed, SourceFile};
use crate::timeline::World;

/// The codes of the rules of this room whose case is an authored dossier.
const CASES: &[Code] = &[
    Code::EndsBeforeBegins,
    Code::OutsideLife,
    Code::OutsideSpan,
    Code::AfterHorizon,
    Code::AfterPublished,
    Code::AsOfAfterPublished,
    Code::OverlapHolders,
    Code::VacantButHeld,
    Code::DuplicateLabel,
    Code::NoPerson,
    Code::NoPost,
    Code::SharedName,
    Code::SameAndNotSame,
    Code::SelfLink,
    Code::ParentCycle,
    Code::WithinCycle,
    Code::ShareOver100,
    Code::UrlForm,
    Code::IdentifierForm,
    Code::LanguageForm,
    Code::LicenceForm,
    Code::CompleteBroken,
    Code::UnattributedAllegation,
    Code::PrivateEvidence,
    Code::StaleReview,
    Code::BlankLabel,
    Code::BlankText,
    Code::SplitAgreement,
    Code::EndWithoutStart,
    Code::NeverDated,
    Code::OneSided,
    Code::Orphan,
    Code::UnusedVocabulary,
    Code::UnusedSource,
    Code::SuspiciousDate,
    Code::TextForLink,
    Code::NoHorizon,
];

/// Prepended to the text of a test: a document `d` without a date, and the table `[dossier]`, which may go on.
const HEAD: &str = "document = \"d\"\n[[source]]\nid = \"d\"\nkey = \"D\"\ntitle = \"D\"\n\
                    [dossier]\nkey = \"d\"\ntitle = \"D\"\nformat = 2\n";

/// Loads an authored text.
fn loaded(text: &str) -> World {
    let (dossier, defects) = load(&[SourceFile::new("d.toml", text)]);
    assert_eq!(defects, [], "{text}");
    World::new(dossier)
}

/// Loads an authored text behind [`HEAD`].
fn world(text: &str) -> World {
    loaded(&format!("{HEAD}{text}"))
}

/// Returns the TOML of an entity: `KIND/SLUG`, evidence, and further lines.
fn table(id: &str, more: &str) -> String {
    let (kind, slug) = id.split_once('/').unwrap();
    format!("[[{kind}]]\nid = \"{slug}\"\nlabel = \"{slug}\"\nat = \"lead / p1\"\n{more}\n")
}

/// Returns what the rules find of a code.
fn found_in(world: &World, code: Code) -> Vec<Finding> {
    findings(world).into_iter().filter(|finding| finding.code == code).collect()
}

/// Returns where the findings of a code stand in a text behind [`HEAD`]: see [`place`].
fn places(text: &str, code: Code) -> Vec<String> {
    let world = world(text);
    let at = |about| place(world.dossier(), about);
    let found = found_in(&world, code);
    found.iter().map(|f| f.second.map_or(at(f.about), |second| format!("{} + {}", at(f.about), at(second)))).collect()
}

/// Returns a row in words: the id of an entity, with the property of a claim or the value of a name.
fn place(dossier: &Dossier, about: About) -> String {
    match about {
        About::Entity(id) => dossier.id(id).to_owned(),
        About::Claim(id) => place_of_claim(dossier, id),
        About::Complete(row) => {
            let row = dossier.completes()[row];
            format!("{} list of {}", dossier.id(row.of), dossier.text(row.list))
        }
        About::Name(row) => {
            let name = dossier.all_names()[row];
            format!("{} \"{}\"", dossier.id(name.entity), dossier.text(name.value))
        }
        other => format!("{other:?}"),
    }
}

fn place_of_claim(dossier: &Dossier, id: ClaimId) -> String {
    let claim = dossier.claim(id);
    format!("{} {}", dossier.id(claim.subject), dossier.property(claim.property).name)
}

#[test]
fn each_code_is_found_in_its_case_and_not_in_its_neighbour() {
    for &code in CASES {
        let name = format!("tests/soundness/{code}.toml");
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&name);
        let file = SourceFile::new(name, fs::read_to_string(path).unwrap());
        let mut defects = Vec::new();
        let parsed = Parsed::new(&file, &mut defects);
        assert_eq!(defects, []);
        let fields = parsed.fields();
        let text = |key| fields.value(key).unwrap_or_else(|| panic!("{code}: no {key}"));
        let in_trips = found_in(&loaded(text("trips")), code);
        let [finding] = &in_trips[..] else { panic!("{code}: {in_trips:#?}") };
        assert!(finding.found.contains(text("found")), "{finding:#?}");
        assert_eq!(finding.severity.as_str(), text("severity"), "{finding:#?}");
        assert_eq!(found_in(&loaded(text("silent")), code), [], "{code}");
    }
}
