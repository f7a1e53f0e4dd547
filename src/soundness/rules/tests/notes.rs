//! The notes, and what keeps each silent.

use super::super::findings_of_import;
use super::{found_in, places, table, world};
use crate::soundness::{About, Code, Declared};

#[test]
fn an_end_needs_a_start_of_the_same_thing() {
    for (lines, expected) in [
        ("end = \"1940\"", &["item/swift end"][..]),
        ("start = \"[..1935]\"\nend = \"1940\"", &[]),
        ("start = { missing = true }\nend = \"1940\"", &[]),
        ("start = { value = \"1935\", modality = \"denied\" }\nend = \"1940\"", &["item/swift end"]),
        ("end = { value = \"1940\", modality = \"planned\" }", &[]),
        ("end = [\"1940\", \"1941\"]", &["item/swift end"]),
        ("type = { value = \"ferry\", end = \"1940\" }", &["item/swift type"]),
        ("type = { value = \"ferry\", start = \"1930\", end = \"1940\" }", &[]),
    ] {
        assert_eq!(places(&table("item/swift", lines), Code::EndWithoutStart), expected, "{lines}");
    }
}

#[test]
fn only_events_and_tenures_need_a_date() {
    let posts = table("post/master", "") + &table("person/ida", "");
    for (id, lines, is_found) in [
        ("event/crossing", "type = \"crossing\"", true),
        ("event/crossing", "when = \"[..1931]\"", false),
        ("event/crossing", "when = { missing = true }", true),
        ("item/swift", "type = \"ferry\"", false),
        ("tenure/first", "post = \"master\"", true),
        ("tenure/first", "attested = \"1931\"", false),
        ("tenure/first", "end = \"1931\"", false),
        ("tenure/first", "post = { value = \"master\", as_of = \"1931\" }", false),
        ("tenure/first", "person = { value = \"ida\", as_of = \"1931\" }", true),
    ] {
        assert_eq!(
            places(&(posts.clone() + &table(id, lines)), Code::NeverDated).len(),
            usize::from(is_found),
            "{lines}"
        );
    }
}

#[test]
fn an_agreement_has_two_different_parties() {
    let houses = table("institution/a", "") + &table("institution/b", "");
    for (lines, expected) in [
        ("", &["agreement/hire"][..]),
        ("party = \"institution/a\"", &["agreement/hire party"]),
        ("party = [\"institution/a\", \"institution/b\"]", &[]),
        (
            "party = [\"institution/a\", { value = \"institution/b\", modality = \"denied\" }]",
            &["agreement/hire party"],
        ),
        ("party = [\"institution/a\", { value = \"institution/a\", note = \"so\" }]", &["agreement/hire party"]),
    ] {
        assert_eq!(places(&(houses.clone() + &table("agreement/hire", lines)), Code::OneSided), expected, "{lines}");
    }
}

#[test]
fn an_orphan_has_no_link_with_another() {
    let text = table("institution/a", "partner = \"institution/b\"")
        + &table("institution/b", "")
        + &table("institution/c", "partner = \"institution/c\"");
    assert_eq!(places(&text, Code::Orphan), ["institution/c"]);
}

#[test]
fn every_sort_of_declared_word_is_noted_until_it_is_used() {
    let words = "[[kind]]\nname = \"boat\"\nof = \"item\"\nlabel = \"Boat\"\nplural = \"Boats\"\n\
                 [[kind]]\nname = \"barge\"\nof = \"boat\"\nlabel = \"Barge\"\nplural = \"Barges\"\n\
                 [[measure]]\nname = \"oar\"\nplural = \"oars\"\ndimension = \"count\"\n\
                 [[property]]\nname = \"oars\"\nlabel = \"Oars\"\nof = [\"item\"]\nvalue = \"number\"\nmeasure = [\"oar\"]\n";
    let declared = |more: &str| {
        let world = world(&format!("{words}{more}"));
        let name = |about| match about {
            About::Declaration(Declared::Kind(id)) => format!("kind {}", world.dossier().vocabulary().kind(id).name),
            About::Declaration(Declared::Property(id)) => format!("property {}", world.dossier().property(id).name),
            About::Declaration(Declared::Measure(id)) => {
                format!("measure {}", world.dossier().vocabulary().measure(id).name)
            }
            other => panic!("{other:?}"),
        };
        found_in(&world, Code::UnusedVocabulary).iter().map(|finding| name(finding.about)).collect::<Vec<_>>()
    };
    let swift = table("item/swift", "type = \"ferry\"");
    assert_eq!(declared(&swift), ["kind boat", "kind barge", "property oars", "measure oar"]);
    assert_eq!(declared(&table("boat/swift", "type = \"ferry\"")), ["kind barge", "property oars", "measure oar"]);
    assert_eq!(declared(&table("barge/swift", "oars = 4")), [""; 0]);
}

#[test]
fn a_source_is_used_by_a_place_without_a_fact_too() {
    let source = "[[source]]\nid = \"e\"\nkey = \"E\"\ntitle = \"E\"\n";
    let text = |more: &str| format!("{source}{}{more}", table("item/swift", "type = \"ferry\""));
    assert_eq!(places(&text(""), Code::UnusedSource).len(), 1);
    for more in [
        "[[unclaimed]]\nat = \"E: lead / p1\"\nreason = \"nothing\"\n",
        "[[claim]]\nof = \"item/swift\"\nnames = [{ value = \"Bell\", at = \"E: lead / p1\" }]\n",
    ] {
        assert!(places(&text(more), Code::UnusedSource).is_empty(), "{more}");
    }
}

#[test]
fn a_day_looks_filled_in_only_if_it_is_exact() {
    for (when, authored, imported) in [
        ("1970-01-01", true, true),
        ("1900-01-01", true, true),
        ("1971-01-01", false, true),
        ("1971-12-31", false, true),
        ("1971-12-30", false, false),
        ("1970-01-02", false, false),
        ("1970-01", false, false),
        ("1970-01-01~", false, false),
        ("[..1970-01-01]", false, false),
        ("1970-01-01/1971", false, false),
    ] {
        let world = world(&table("event/crossing", &format!("when = \"{when}\"")));
        assert_eq!(found_in(&world, Code::SuspiciousDate).len(), usize::from(authored), "{when}");
        let found = findings_of_import(&world).into_iter().filter(|finding| finding.code == Code::SuspiciousDate);
        assert_eq!(found.count(), usize::from(imported), "{when}");
    }
}

#[test]
fn a_text_names_another_entity_that_its_subject_does_not_link_to() {
    let choir = table("institution/choir", "names = [\"The Choir\"]") + &table("place/quay", "");
    for (lines, is_found) in [
        ("purpose = \"the choir\"", true),
        ("purpose = \"choir\"", true),
        ("purpose = \"choirs\"", false),
        ("purpose = \"swift\"", false),
        ("type = \"choir\"", false),
        ("description = \"choir\"", false),
        ("purpose = \"choir\"\nowner = \"institution/choir\"", false),
        ("purpose = \"choir\"\nplace = \"quay\"", true),
    ] {
        let text = choir.clone() + &table("facility/swift", lines);
        assert_eq!(places(&text, Code::TextForLink).len(), usize::from(is_found), "{lines}");
    }
}

#[test]
fn open_terms_are_counted_once_for_the_dossier() {
    let term = |id: &str, lines: &str| table(&format!("tenure/{id}"), &format!("post = \"master\"\n{lines}"));
    let post = table("post/master", "");
    let found = |text: &str| {
        let found = found_in(&world(text), Code::NoHorizon);
        found.into_iter().map(|finding| (finding.about, finding.found)).collect::<Vec<_>>()
    };
    let open = post.clone() + &term("a", "start = \"1931\"") + &term("b", "start = \"1932\"");
    assert_eq!(found(&open), [(About::Dossier, "2 terms have no end, and the dossier no horizon".to_owned())]);
    assert_eq!(found(&format!("horizon = \"1950\"\n{open}")), []);
    for lines in ["start = \"1931\"\nend = \"1932\"", "end = \"1932\"", "attested = \"1931\""] {
        assert_eq!(found(&(post.clone() + &term("a", lines))), [], "{lines}");
    }
}
