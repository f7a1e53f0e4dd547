//! What leaves a dossier, and what does not.
//!
//! Invariant: what is expected is found by plain search of what is written, not by the code under test.

use proptest::prelude::*;

use super::Withheld;
use crate::formats::author;
use crate::formats::jsonl::export_bundle;
use crate::model::builder::NewComplete;
use crate::model::{Builder, CoreKind, Document, Dossier, Meta, NameKind, NewNameDetails, When, arbitrary};
use crate::syntax::SourceFile;

fn loaded(text: &str) -> Dossier {
    let (dossier, defects) = author::load(&[SourceFile::new("choir.toml", text)]);
    assert_eq!(defects, []);
    dossier
}

fn written(dossier: &Dossier) -> String {
    let mut out = Vec::new();
    export_bundle(dossier, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

const CHOIR: &str = r#"
[dossier]
format = 2
key = "choir"
title = "The choir"

[[source]]
id = "book"
key = "A"
title = "The book of the choir"

[[source]]
id = "letter"
key = "B"
title = "A letter of the treasurer"
private = true

[[institution]]
id = "choir"
label = "The choir"
at = "A: lead / p1 s1"
established = "1998"
staff = { value = 4, basis = "counted" }
motto = { value = "Sing", at = "B: lead / p1 s1" }
purpose = { value = "To sing", at = ["A: lead / p2 s1", "B: lead / p2 s1"] }

[[post]]
id = "conductor"
label = "Conductor"
institution = "choir"
at = "A: lead / p3 s1"

[[person]]
id = "ann-low"
label = "Ann Low"
private = true
at = "A: lead / p3 s2"
names = "Ann the Alto"

[[person]]
id = "eve-high"
label = "Eve High"
at = "A: lead / p3 s3"
names = ["Eve", { value = "Evie", at = "B: lead / p4 s1" }]
description = "Soprano"
profession = { value = "Baker", private = true }

[[person]]
id = "sue"
label = "Sue"
at = "B: lead / p5 s1"
description = "Guest"

[[tenure]]
id = "ann-conductor"
person = "ann-low"
post = "conductor"
start = "1998"
at = "A: lead / p3 s4"

[[event]]
id = "concert"
label = "First concert"
at = "A: lead / p4 s1"
when = "1999"
person = ["ann-low", "eve-high"]
purpose = { value = "A thank-you to Ann  LOW", modality = "alleged", by = "person/eve-high" }
outcome = { value = "Sold out", by = "person/ann-low" }

[[unclaimed]]
at = "A: lead / p9 s1"
reason = "It thanks Ann Low."
"#;

#[test]
fn nothing_that_is_left_out_is_named() {
    let dossier = loaded(CHOIR);
    let public = dossier.public().unwrap();
    let text = written(&public.dossier);
    for gone in
        ["Ann", "ann-", "Alto", "treasurer", "\"B\"", "letter", "Sing\"", "Evie", "Baker", "Sue", "Guest", "Sold out"]
    {
        assert!(written(&dossier).contains(gone), "{gone}");
        assert!(!text.contains(gone), "{gone}");
    }
    for kept in ["Eve High", "To sing", "First concert", "Soprano", "Conductor", "\"1999\""] {
        assert!(text.contains(kept), "{kept}");
    }
    assert!(!text.contains("private"));
    let reasons = |why| -> Vec<&str> {
        public.entities.iter().filter(|found| *found.1 == why).map(|(&id, _)| dossier.id(id)).collect()
    };
    assert_eq!(reasons(Withheld::Marked), ["document/letter", "person/ann-low"]);
    assert_eq!(reasons(Withheld::Term), ["tenure/ann-conductor"]);
    assert_eq!(reasons(Withheld::Document), ["person/sue"]);
    let mut claims: Vec<(&str, Withheld)> =
        public.claims.iter().map(|(&id, &why)| (dossier.vocabulary().name(dossier.claim(id).property), why)).collect();
    claims.sort_by_key(|&(property, _)| property);
    assert_eq!(
        claims,
        [
            ("motto", Withheld::Document),
            ("outcome", Withheld::Names),
            ("person", Withheld::Names),
            ("profession", Withheld::Marked),
            ("purpose", Withheld::Names),
            ("staff", Withheld::Counted),
        ]
    );
    assert_eq!((public.names, public.others), (1, 1));
}

#[test]
fn evidence_in_a_private_document_is_left_out_of_a_claim_that_stays() {
    let public = loaded(CHOIR).public().unwrap().dossier;
    let choir = public.find("institution/choir").unwrap();
    let purpose = public.claims_of(choir).iter().find(|claim| public.vocabulary().name(claim.property) == "purpose");
    assert_eq!(public.evidence(purpose.unwrap()).len(), 1);
    assert_eq!(public.documents().count(), 1);
}

#[test]
fn names_are_private_by_themselves_and_with_their_table() {
    let further = r#"
[[claim]]
of = "institution/choir"
at = "A: lead / p6 s1"
private = true
names = ["Secret Nickname", { value = "Open Nickname", private = false }]
short = "SeN"
description = "A text of its own"

[[claim]]
of = "person/eve-high"
at = "A: lead / p6 s2"
names = [{ value = "Night Bird", private = true, start = "1998" }, { value = "High", private = true }]
description = ["They call her the night-bird", "Known as SeN"]
"#;
    let dossier = loaded(&format!("{CHOIR}{further}"));
    let public = dossier.public().unwrap();
    let text = written(&public.dossier);
    for gone in ["Secret Nickname", "SeN", "A text of its own", "Night Bird", "night-bird", "\"High\""] {
        assert!(written(&dossier).contains(gone), "{gone}");
        assert!(!text.contains(gone), "{gone}");
    }
    // A label says its words anyway.
    for kept in ["Open Nickname", "Eve High", "Soprano"] {
        assert!(text.contains(kept), "{kept}");
    }
    assert_eq!(public.names, 5, "four, and one that only the letter has");
    assert!(!text.contains("private"));
}

#[test]
fn a_private_document_is_not_named_by_a_copy_or_its_key() {
    let source = |id: &str, key: &str, more: &str| {
        format!("[[source]]\nid = \"{id}\"\nkey = \"{key}\"\ntitle = \"{id} of the town\"\n{more}\n")
    };
    let sources = source("leak", "QX7", "private = true")
        + &source("draft", "Q", "private = true")
        + &source("print", "P", "copies = \"leak\"")
        + &source("reprint", "R", "copies = \"QX7\"")
        + &source("copy", "S", "copies = \"print\"");
    let claims = r#"
[[claim]]
of = "institution/choir"
at = "P: lead / p1 s1"
description = ["see QX7: p3", "see Q: lead / p2", "in document/leak", "a leak", "Q and A", "(S: p1)"]
"#;
    let text = written(&loaded(&format!("{CHOIR}{sources}{claims}")).public().unwrap().dossier);
    for gone in ["QX7", "see Q:", "document/leak", "\"copies\":\"leak\""] {
        assert!(!text.contains(gone), "{gone}\n{text}");
    }
    for kept in ["a leak", "Q and A", "(S: p1)", "\"copies\":\"print\""] {
        assert!(text.contains(kept), "{kept}\n{text}");
    }
}

#[test]
fn a_term_in_a_private_post_goes_with_it() {
    let further = r#"
[[post]]
id = "spook"
label = "Spook"
at = "A: lead / p7 s1"
private = true
institution = "choir"

[[tenure]]
id = "term-7"
label = "Term of seven"
person = "eve-high"
post = "spook"
start = "1991"
at = "A: lead / p7 s2"
"#;
    let dossier = loaded(&format!("{CHOIR}{further}"));
    let public = dossier.public().unwrap();
    let term = dossier.find("tenure/term-7").unwrap();
    assert_eq!(public.entities.get(&term), Some(&Withheld::Term));
    assert!(!written(&public.dossier).contains("term-7"));
}

#[test]
fn a_dossier_whose_title_names_what_is_private_does_not_leave() {
    let dossier = loaded(&CHOIR.replace("title = \"The choir\"", "title = \"The choir of Ann Low\""));
    assert_eq!(dossier.public(), Err(vec!["The choir of Ann Low".to_owned()]));
}

#[test]
fn a_dossier_whose_declarations_name_what_is_private_does_not_leave() {
    let friends = "[[kind]]\nname = \"circle\"\nof = \"institution\"\nlabel = \"Friends of Ann Low\"\n";
    let refused = loaded(&format!("{CHOIR}{friends}")).public();
    assert_eq!(refused, Err(vec!["label = \"Friends of Ann Low\"".to_owned()]));
}

/// A file in `SQLite` has words for dates that authored files have not.
#[test]
fn no_words_for_a_date_and_no_kind_of_document_name_what_is_left_out() {
    let when = |named: bool| {
        let label = if named { "the year of Ann Low" } else { "the first year" };
        Some(When::parse("1998").unwrap().with_label(label))
    };
    for named in [false, true] {
        let mut builder = Builder::with_meta(Meta { key: "k".into(), title: "T".into(), ..Meta::default() });
        let ann = builder.entity(CoreKind::Person, "ann", "Ann Low").unwrap();
        builder.set_private(ann);
        let choir = builder.entity(CoreKind::Institution, "choir", "The choir").unwrap();
        let details = NewNameDetails { end: when(named), ..NewNameDetails::default() };
        builder.detailed_name(choir, "The singers", NameKind::Alias, None, &details, &[]);
        let reason = Some("It says so.".to_owned());
        let (since, evidence) = (when(named), Vec::new());
        builder.complete(NewComplete { of: choir, list: "event".into(), since, until: None, reason, evidence });
        let book = builder.entity(CoreKind::Document, "book", "The book").unwrap();
        let kind = Some(if named { "A letter of Ann Low" } else { "A letter" }.to_owned());
        builder.document(book, Document { kind, published: when(named), ..Document::new("A") });
        let dossier = builder.finish();
        let text = written(&dossier.public().unwrap().dossier);
        assert!(!text.contains("Ann Low"), "{text}");
        for word in ["The singers", "It says so.", "A letter", "\"published\""] {
            assert_eq!(text.contains(word), !named, "{word}\n{text}");
        }
    }
    let span = Meta { key: "k".into(), title: "T".into(), span: when(true), ..Meta::default() };
    let mut builder = Builder::with_meta(span);
    let ann = builder.entity(CoreKind::Person, "ann", "Ann Low").unwrap();
    builder.set_private(ann);
    assert_eq!(builder.finish().public(), Err(vec!["the year of Ann Low".to_owned()]));
}

#[test]
fn a_dossier_without_anything_private_leaves_as_it_is() {
    let dossier = loaded(&CHOIR.replace("private = true", "").replace("{ value = \"Baker\",  }", "\"Baker\""));
    let public = dossier.public().unwrap();
    assert_eq!((public.entities.len(), public.claims.len(), public.names, public.others), (0, 0, 0, 0));
    assert_eq!(public.dossier, dossier);
}

proptest! {
    #[test]
    fn what_leaves_a_random_dossier_refers_to_nothing_that_is_left_out(dossier in arbitrary::dossier()) {
        let Ok(public) = dossier.public() else { return Ok(()) };
        for &entity in public.entities.keys() {
            prop_assert_eq!(public.dossier.find(dossier.id(entity)), None);
        }
        let ids = public.dossier.entities().map(|id| public.dossier.id(id)).collect::<Vec<_>>();
        prop_assert_eq!(ids.len() + public.entities.len(), dossier.entities().len());
        let has_private = public.dossier.all_claims().iter().any(|claim| {
            public.dossier.details(claim).is_some_and(|details| details.is_private)
        });
        prop_assert!(!has_private);
        let again = public.dossier.public().unwrap();
        prop_assert_eq!(&again.dossier, &public.dossier);
    }
}
