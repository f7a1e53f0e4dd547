//! The rules of identity: judgements, names, links, and claims that say the same.

use std::fmt::Write;
use std::time::Duration;

use super::super::{MAX_COMPARED, findings_of_import};
use super::{found_in, places, table, world};
use crate::soundness::{About, Code, Severity};

fn judgement(a: &str, b: &str, verdict: &str) -> String {
    format!("[[judgement]]\na = \"{a}\"\nb = \"{b}\"\nverdict = \"{verdict}\"\nreason = \"So.\"\n")
}

/// An entity with a label.
fn labelled(id: &str, label: &str, more: &str) -> String {
    let (kind, slug) = id.split_once('/').unwrap();
    format!("[[{kind}]]\nid = \"{slug}\"\nlabel = \"{label}\"\nat = \"lead / p1\"\n{more}\n")
}

#[test]
fn labels_are_alike_within_one_core_kind_and_without_a_judgement() {
    let two = |a: &str, b: &str| labelled(a, "Aldmouth", "") + &labelled(b, "ALDMÓUTH", "");
    assert_eq!(places(&two("place/a", "place/b"), Code::DuplicateLabel), ["place/b + place/a"]);
    assert_eq!(places(&two("item/a", "facility/b"), Code::DuplicateLabel), ["item/a + facility/b"]);
    assert!(places(&two("place/a", "person/b"), Code::DuplicateLabel).is_empty());
    for verdict in ["same", "not-same", "unsure"] {
        let text = two("place/a", "place/b") + &judgement("place/b", "place/a", verdict);
        assert!(places(&text, Code::DuplicateLabel).is_empty(), "{verdict}");
    }
    let by_others = |verdict| {
        let rows = judgement("place/a", "place/c", "same") + &judgement("place/c", "place/b", verdict);
        two("place/a", "place/b") + &table("place/c", "") + &rows
    };
    assert!(places(&by_others("same"), Code::DuplicateLabel).is_empty());
    assert_eq!(places(&by_others("unsure"), Code::DuplicateLabel).len(), 1);
}

#[test]
fn signs_without_letters_are_alike_only_if_they_are_equal() {
    let two = |b: &str| labelled("place/a", "★", "") + &labelled("place/b", b, "");
    assert_eq!(places(&two("★"), Code::DuplicateLabel).len(), 1);
    assert!(places(&two("☆"), Code::DuplicateLabel).is_empty());
}

#[test]
fn two_terms_of_one_person_in_one_post_have_one_label() {
    let term = |id: &str| table(id, "person = \"ida\"\npost = \"master\"").replace("label = ", "# ");
    let text = table("person/ida", "") + &table("post/master", "") + &term("tenure/a") + &term("tenure/b");
    assert!(places(&text, Code::DuplicateLabel).is_empty());
}

#[test]
fn a_name_is_shared_with_a_label_or_a_name_of_another() {
    let bell = "names = [\"The Bell\"]";
    for (a, b, expected) in [
        (
            table("item/swift", bell),
            table("place/town", bell),
            &["place/town \"The Bell\" + item/swift \"The Bell\""][..],
        ),
        (labelled("item/swift", "The Bell", ""), table("place/town", bell), &["place/town \"The Bell\" + item/swift"]),
        (table("item/swift", bell), labelled("place/town", "the bell", ""), &["place/town + item/swift \"The Bell\""]),
        (labelled("item/swift", "The Bell", ""), labelled("place/town", "The Bell", ""), &["place/town + item/swift"]),
        (labelled("place/a", "The Bell", ""), labelled("place/b", "The Bell", ""), &[]),
        (table("item/swift", "names = [\"The Bell\", \"the bell\"]"), String::new(), &[]),
    ] {
        assert_eq!(places(&(a.clone() + &b), Code::SharedName), expected, "{a}{b}");
    }
    let judged =
        table("item/swift", bell) + &table("place/town", bell) + &judgement("item/swift", "place/town", "not-same");
    assert!(places(&judged, Code::SharedName).is_empty());
}

#[test]
fn a_tenure_lacks_what_no_claim_tells_or_leaves_blank() {
    let parts = table("person/ida", "") + &table("post/master", "");
    for (lines, no_person, no_post) in [
        ("", true, true),
        ("person = \"ida\"\npost = \"master\"", false, false),
        ("person = { missing = true }\npost = \"master\"", false, false),
        ("person = { value = \"ida\", modality = \"denied\" }\npost = \"master\"", true, false),
        ("person = { value = \"ida\", modality = \"planned\" }", false, true),
        ("modality = \"denied\"\nperson = \"ida\"\npost = \"master\"\nstart = \"1990\"", false, false),
        ("modality = \"denied\"\nperson = \"ida\"", false, true),
    ] {
        let text = parts.clone() + &table("tenure/first", lines);
        assert_eq!(places(&text, Code::NoPerson).len(), usize::from(no_person), "{lines}");
        assert_eq!(places(&text, Code::NoPost).len(), usize::from(no_post), "{lines}");
    }
}

#[test]
fn a_contradiction_of_judgements_names_the_whole_way() {
    let persons: String = ["a", "b", "c", "d"].map(|id| table(&format!("person/{id}"), "")).concat();
    let same = |a: &str, b: &str| judgement(&format!("person/{a}"), &format!("person/{b}"), "same");
    let not = judgement("person/a", "person/d", "not-same");
    let text = persons.clone() + &same("a", "b") + &same("c", "b") + &same("c", "d") + &not;
    let world = world(&text);
    let found = found_in(&world, Code::SameAndNotSame);
    let [finding] = &found[..] else { panic!("{found:?}") };
    assert_eq!(finding.found, "both same and not same: person/a, person/b, person/c, person/d");
    let rows = world.dossier().judgements();
    let row = |about| match about {
        About::Judgement(row) => rows[row].verdict.as_str(),
        other => panic!("{other:?}"),
    };
    assert_eq!((row(finding.about), finding.second.map(row)), ("not-same", Some("same")));
    for text in [
        persons.clone() + &same("a", "b") + &same("c", "d") + &not,
        persons.clone() + &same("a", "b") + &judgement("person/b", "person/d", "unsure") + &not,
    ] {
        assert!(places(&text, Code::SameAndNotSame).is_empty(), "{text}");
    }
    let direct = persons.clone() + &same("d", "a") + &not;
    assert_eq!(places(&direct, Code::SameAndNotSame).len(), 1);
    assert_eq!(places(&(persons + &judgement("person/a", "person/a", "not-same")), Code::SameAndNotSame).len(), 1);
}

#[test]
fn no_more_judgements_are_followed_than_can_be_named() {
    const MANY: usize = 3_000;
    let ids: Vec<String> = (0..MANY).map(|n| format!("person/p{n:04}")).collect();
    // Each pair that is not the same leads through the one that all are judged to be the same as.
    let rows = ids.iter().skip(1).map(|id| judgement(id, &ids[0], "same"));
    let not = ids.windows(2).skip(1).map(|pair| judgement(&pair[0], &pair[1], "not-same"));
    let text: String = ids.iter().map(|id| table(id, "")).chain(rows).chain(not).collect();
    let world = world(&text);
    let begun = std::time::Instant::now();
    assert_eq!(found_in(&world, Code::SameAndNotSame).len(), MANY - 2);
    assert!(begun.elapsed() < Duration::from_secs(20));
}

#[test]
fn only_a_link_that_leads_elsewhere_cannot_lead_to_its_own_subject() {
    let house = |line: &str| table("institution/house", line);
    for (text, is_found) in [
        (house("parent = \"institution/house\""), true),
        (house("predecessor = \"institution/house\""), true),
        (house("member = \"institution/house\""), true),
        (table("place/town", "within = \"town\""), true),
        (house("partner = \"institution/house\""), false),
        (house("parent = { value = \"institution/house\", modality = \"denied\" }"), false),
        (house("parent = { value = \"institution/house\", modality = \"planned\" }"), true),
        (house("parent = { value = \"institution/house\", rank = \"deprecated\", reason = \"A slip.\" }"), false),
    ] {
        assert_eq!(places(&text, Code::SelfLink).len(), usize::from(is_found), "{text}");
        assert!(places(&text, Code::ParentCycle).is_empty() && places(&text, Code::WithinCycle).is_empty(), "{text}");
    }
}

/// Institutions, each with the one whose part it is, as a value of `parent`.
fn parts(links: &[(&str, &str)]) -> String {
    let mut text = String::new();
    for (part, whole) in links {
        write!(text, "{}", table(&format!("institution/{part}"), &format!("parent = {whole}"))).unwrap();
    }
    text
}

#[test]
fn a_circle_of_parts_is_found_once_with_all_members() {
    let three = parts(&[("a", "\"institution/b\""), ("b", "\"institution/c\""), ("c", "\"institution/a\"")]);
    assert_eq!(places(&three, Code::ParentCycle), ["institution/a parent + institution/c parent"]);
    let world = world(&three);
    let [finding] = &found_in(&world, Code::ParentCycle)[..] else { panic!() };
    assert_eq!(finding.found, "institution/a, institution/b, institution/c are parts of each other");
    assert_eq!(finding.severity, Severity::Error);
    let imported = findings_of_import(&world);
    assert!(imported.iter().any(|finding| (finding.code, finding.severity) == (Code::ParentCycle, Severity::Warning)));
    let two = parts(&[
        ("a", "\"institution/b\""),
        ("b", "\"institution/a\""),
        ("c", "\"institution/d\""),
        ("d", "[\"institution/c\", \"institution/a\"]"),
    ]);
    assert_eq!(places(&two, Code::ParentCycle).len(), 2);
    for last in [
        "{ value = \"institution/a\", modality = \"planned\" }",
        "{ value = \"institution/a\", modality = \"denied\" }",
        "{ value = \"institution/a\", rank = \"deprecated\", reason = \"A slip.\" }",
        "{ missing = true }",
    ] {
        let text = parts(&[("a", "\"institution/b\""), ("b", last)]);
        assert!(places(&text, Code::ParentCycle).is_empty(), "{last}");
    }
    assert!(places(&parts(&[("a", "\"institution/b\""), ("b", "\"institution/b\"")]), Code::ParentCycle).is_empty());
}

#[test]
fn a_circle_that_no_document_tells_alone_is_a_warning() {
    let source = "[[source]]\nid = \"e\"\nkey = \"E\"\ntitle = \"E\"\n";
    let circle = |at: &str| {
        let last = format!("{{ value = \"institution/a\", at = {at} }}");
        let text = source.to_owned() + &parts(&[("a", "\"institution/b\""), ("b", &last)]);
        let found = found_in(&world(&text), Code::ParentCycle);
        found.iter().map(|finding| finding.severity).collect::<Vec<_>>()
    };
    assert_eq!(circle("\"D: lead / p2\""), [Severity::Error]);
    assert_eq!(circle("\"E: lead / p2\""), [Severity::Warning]);
    assert_eq!(circle("[\"E: lead / p2\", \"D: lead / p2\"]"), [Severity::Error]);
}

#[test]
fn claims_that_say_the_same_share_a_place_or_differ_in_their_documents() {
    let second = "[[source]]\nid = \"e\"\nkey = \"E\"\ntitle = \"E\"\n";
    let both = |value: &str| {
        let item = table("item/swift", "type = \"ferry\"");
        let text = format!("{second}{item}[[claim]]\nof = \"item/swift\"\ntype = {value}\n");
        [Code::DuplicateClaim, Code::SplitAgreement].map(|code| places(&text, code).len())
    };
    for (value, expected) in [
        (r#"{ value = "ferry", at = "D: lead / p1", note = "so" }"#, [1, 0]),
        (r#"{ value = "ferry", at = ["D: lead / p2", "D: lead / p1"], note = "so" }"#, [1, 0]),
        (r#"{ value = "ferry", at = "D: lead / p2", note = "so" }"#, [0, 0]),
        (r#"{ value = "ferry", at = "E: lead / p1", note = "so" }"#, [0, 1]),
        (r#"{ value = "ferry", at = "E: lead / p1" }"#, [0, 0]),
        (r#"{ value = "barge", at = "E: lead / p1", note = "so" }"#, [0, 0]),
        (r#"{ value = "ferry", at = "E: lead / p1", as_of = "1950" }"#, [0, 0]),
        (r#"{ value = "ferry", at = "E: lead / p1", start = "1950" }"#, [0, 0]),
        (r#"{ value = "ferry", at = "E: lead / p1", modality = "planned" }"#, [0, 0]),
        (r#"{ value = "ferry", at = "E: lead / p1", basis = "inferred", reason = "So." }"#, [0, 0]),
        (r#"{ value = "ferry", at = "E: lead / item 1", note = "so" }"#, [0, 1]),
        (r#"{ value = "ferry", at = "D: lead / p1", sentence = "A ferry." }"#, [1, 0]),
        (r#"{ value = "ferry", at = "D: lead / p1", by = "Ida" }"#, [0, 0]),
        (r#"{ value = "ferry", at = "D: lead / p1", said-in = "a speech" }"#, [0, 0]),
        (r#"{ value = "ferry", at = "D: lead / p1", scope = "hull" }"#, [0, 0]),
    ] {
        assert_eq!(both(value), expected, "{value}");
    }
}

#[test]
fn many_of_one_name_or_one_post_are_compared_with_few() {
    const MANY: usize = 2_000;
    let places = (0..MANY).map(|n| labelled(&format!("place/p{n:04}"), "Aldmouth", ""));
    let terms = (0..MANY).map(|n| {
        let person = table(&format!("person/p{n:04}"), "");
        let lines = format!("person = \"p{n:04}\"\npost = \"master\"\nstart = \"1931\"\nend = \"1950\"");
        person + &table(&format!("tenure/t{n:04}"), &lines)
    });
    let text = places.chain(terms).collect::<String>() + &table("post/master", "");
    let world = world(&text);
    let begun = std::time::Instant::now();
    assert_eq!(found_in(&world, Code::DuplicateLabel).len(), MANY - 1);
    let overlaps = found_in(&world, Code::OverlapHolders).len();
    assert!(overlaps <= MAX_COMPARED * MANY && overlaps > MAX_COMPARED * (MANY - MAX_COMPARED - 1), "{overlaps}");
    assert!(begun.elapsed() < Duration::from_secs(20));
}
