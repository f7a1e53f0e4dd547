//! The rules of form: values, blanks and evidence.

use super::super::{findings, findings_of_import};
use super::{HEAD, found_in, loaded, places, table, world};
use crate::formats::author::{load, load_written};
use crate::model::{
    Builder, CoreKind, Document, NewCheck, NewClaim, NewTerm, NewValue, Operation, Quantity, Relation, Spot,
};
use crate::soundness::{About, Code, Severity};
use crate::syntax::SourceFile;
use crate::timeline::World;
use crate::vocabulary::testing::{kind, property};

/// Returns a dossier of one facility with a raw value, as an import keeps it.
fn imported(name: &str, text: &str) -> World {
    let mut builder = Builder::default();
    let pier = builder.entity(kind("facility"), "pier", "The pier").unwrap();
    builder.claim(NewClaim::new(pier, property(name), NewValue::Text(text.into())));
    World::new(builder.finish())
}

#[test]
fn a_text_begins_with_a_number_where_numbers_are_taken() {
    for (text, is_found) in [
        ("40 or so", true),
        (" 40", true),
        ("−40", true),
        ("+4", true),
        ("some forty", false),
        ("about 40", false),
        ("-", false),
        ("- 40", false),
    ] {
        let found = found_in(&imported("capacity", text), Code::TextWithNumber);
        assert_eq!(found.len(), usize::from(is_found), "{text}");
        assert!(found.iter().all(|finding| finding.found.contains(text)), "{found:?}");
    }
    assert_eq!(found_in(&imported("description", "40 or so"), Code::TextWithNumber), []);
}

#[test]
fn a_share_is_at_most_the_whole() {
    for (share, is_found) in
        [("100", false), ("100.1", true), ("\"1000 ‰\"", false), ("\"1001 ‰\"", true), ("-5", false)]
    {
        let text = table("facility/pier", &format!("share = {share}"));
        assert_eq!(places(&text, Code::ShareOver100).len(), usize::from(is_found), "{share}");
    }
    assert!(places(&table("facility/pier", "capacity = \"900 people\""), Code::ShareOver100).is_empty());
}

#[test]
fn an_address_has_scheme_and_host() {
    for (url, is_found) in [
        ("https://alder.example", false),
        ("http://alder.example:80/a?b#c", false),
        ("https://مثال.example/é", false),
        ("ftp://alder.example/", false),
        ("www.alder.example", true),
        ("//alder.example", true),
        ("https:///path", true),
        ("https://", true),
        ("mailto:ida@alder.example", true),
        ("https://alder example", true),
        ("see https://alder.example", true),
    ] {
        let text = table("item/swift", &format!("url = \"{url}\""));
        assert_eq!(places(&text, Code::UrlForm).len(), usize::from(is_found), "{url}");
    }
}

#[test]
fn an_identifier_has_scheme_and_value() {
    for (identifier, is_found) in [
        ("register:4711", false),
        ("wikidata:Q42", false),
        ("doi:10.1000/182", false),
        ("urn:isbn:0451450523", false),
        ("4711", true),
        (":4711", true),
        ("register:", true),
        ("register: ", true),
        ("a register:4711", true),
    ] {
        let text = table("item/swift", &format!("identifier = \"{identifier}\""));
        assert_eq!(places(&text, Code::IdentifierForm).len(), usize::from(is_found), "{identifier}");
    }
}

#[test]
fn the_licence_of_a_dossier_is_an_spdx_expression() {
    for (licence, is_found) in [
        ("CC-BY-4.0", false),
        ("MIT OR Apache-2.0", false),
        ("GPL-2.0-only WITH Classpath-exception-2.0", false),
        ("LicenseRef-Alder", false),
        ("GPL-2.0", false),
        ("GPL-2.0+", false),
        ("cc-by-4.0", false),
        ("(mit or APACHE-2.0) AND gpl-2.0-or-later with classpath-exception-2.0", false),
        ("CC BY 4.0", true),
        ("cc-by", true),
        ("apache2", true),
        ("CC-BY-4.1", true),
        ("", true),
        ("free", true),
    ] {
        let world = world(&format!("licence = \"{licence}\"\n{}", table("item/swift", "type = \"ferry\"")));
        let found = found_in(&world, Code::LicenceForm);
        assert_eq!(found.len(), usize::from(is_found), "{licence}");
        assert!(found.iter().all(|finding| (finding.about, finding.key) == (About::Dossier, Some("licence"))));
    }
}

#[test]
fn a_blank_shows_nothing() {
    for (text, is_blank) in [
        (" ", true),
        ("\\u00A0\\u200B", true),
        ("\\u200D \\uFEFF", true),
        ("\\u0007", true),
        ("\\u2060\\u3000", true),
        ("\\u00A0a", false),
        ("é", false),
        ("ক", false),
        ("-", false),
        ("★", false),
    ] {
        let rows = [
            format!("[[item]]\nid = \"swift\"\nlabel = \"{text}\"\nat = \"lead / p1\"\ntype = \"ferry\"\n"),
            table("item/swift", &format!("description = \"{text}\"")),
            table("item/swift", &format!("type = {{ value = \"ferry\", note = \"{text}\" }}")),
            table("item/swift", &format!("type = {{ value = \"ferry\", reason = \"{text}\" }}")),
            table("item/swift", &format!("type = \"ferry\"\nnames = [\"{text}\"]")),
            table("item/swift", "type = \"ferry\"")
                + &format!("[[unclaimed]]\nat = \"lead / p2\"\nreason = \"{text}\"\n"),
        ];
        for (row, code) in rows.iter().zip([Code::BlankLabel].into_iter().chain([Code::BlankText; 5])) {
            assert_eq!(found_in(&world(row), code).len(), usize::from(is_blank), "{row}");
        }
    }
}

#[test]
fn what_has_no_evidence_is_an_error_and_in_an_import_a_warning() {
    let text = format!("{HEAD}[[item]]\nid = \"swift\"\nlabel = \"Swift\"\ntype = \"ferry\"\nnames = [\"Bell\"]\n");
    let (dossier, _) = load(&[SourceFile::new("d.toml", text)]);
    let world = World::new(dossier);
    let abouts = |found: Vec<crate::soundness::Finding>| {
        let found = found.into_iter().filter(|finding| finding.code == Code::NoEvidence);
        found.map(|finding| (finding.about, finding.severity)).collect::<Vec<_>>()
    };
    let (claim, _) = world.dossier().claims().next().unwrap();
    assert_eq!(abouts(findings(&world)), [(About::Name(0), Severity::Error), (About::Claim(claim), Severity::Error)]);
    assert!(abouts(findings_of_import(&world)).iter().all(|(_, severity)| *severity == Severity::Warning));
}

#[test]
fn an_entity_needs_a_claim_or_a_name_and_a_document_neither() {
    let bare = "[[item]]\nid = \"swift\"\nlabel = \"Swift\"\n";
    let world = loaded(&format!("{HEAD}{bare}"));
    let found = found_in(&world, Code::NoEvidence);
    let swift = world.dossier().find("item/swift").unwrap();
    assert_eq!(found.iter().map(|finding| finding.about).collect::<Vec<_>>(), [About::Entity(swift)]);
    for more in
        ["names = [{ value = \"Bell\", at = \"lead / p1\" }]", "type = { value = \"ferry\", at = \"lead / p1\" }"]
    {
        assert!(places(&format!("{bare}{more}\n"), Code::NoEvidence).is_empty(), "{more}");
    }
    // It may be named as a part of something else, if a document says that.
    let owner = "[[person]]\nid = \"ann\"\nlabel = \"Ann\"\n";
    let owned = format!("{bare}owner = {{ value = \"person/ann\", at = \"lead / p1\" }}\n{owner}");
    assert!(places(&owned, Code::NoEvidence).is_empty());
    let mut builder = Builder::default();
    let swift = builder.entity(CoreKind::Item, "swift", "Swift").unwrap();
    let ann = builder.entity(CoreKind::Person, "ann", "Ann").unwrap();
    builder.claim(NewClaim::new(swift, property("owner"), NewValue::Entity(ann)));
    let world = World::new(builder.finish());
    let ann = About::Entity(world.dossier().find("person/ann").unwrap());
    assert!(found_in(&world, Code::NoEvidence).iter().any(|finding| finding.about == ann));
}

#[test]
fn a_check_needs_a_visible_label_and_evidence() {
    for (label, is_cited, expected) in
        [("Beds", true, &[][..]), ("Beds", false, &[Code::NoEvidence]), ("\u{200b}", true, &[Code::BlankText])]
    {
        let mut builder = Builder::default();
        let entity = builder.entity(CoreKind::Document, "d", "D").unwrap();
        let document = builder.document(entity, Document::new("D"));
        let place = builder.place(document, "lead", Spot::Paragraph(2));
        let constant = |number| NewTerm::Constant(Quantity { number, unit: None });
        builder.check(NewCheck {
            label: label.to_owned(),
            operation: Operation::Sum,
            relation: Relation::Equals,
            terms: vec![constant(1.0), constant(1.0)],
            note: None,
            evidence: if is_cited { vec![place] } else { Vec::new() },
        });
        let found = findings(&World::new(builder.finish()));
        let of_check = found.iter().filter(|finding| finding.about == About::Check(0));
        assert_eq!(of_check.map(|finding| finding.code).collect::<Vec<_>>(), expected, "{label} {is_cited}");
    }
}

#[test]
fn what_is_known_of_a_document_has_the_forms_of_a_dossier() {
    for (line, code) in [
        ("url = \"www.alder.example\"", Some(Code::UrlForm)),
        ("archived = \"www.alder.example\"", Some(Code::UrlForm)),
        ("url = \"https://alder.example\"", None),
        ("language = \"English\"", None),
        ("language = \"en_GB\"", Some(Code::LanguageForm)),
        ("language = \"en-GB\"", None),
        ("licence = \"CC BY 4.0\"", Some(Code::LicenceForm)),
        ("licence = \"CC-BY-4.0\"", None),
        ("author = \"en_GB\"", None),
    ] {
        let source = format!("[[source]]\nid = \"e\"\nkey = \"E\"\ntitle = \"E\"\n{line}\n");
        let world = world(&(source + &table("item/swift", "type = { value = \"ferry\", at = \"E: lead / p1\" }")));
        let found = findings(&world).into_iter().filter(|finding| matches!(finding.about, About::Document(_)));
        let codes: Vec<Code> = found.map(|finding| finding.code).filter(|code| *code != Code::UnusedSource).collect();
        assert_eq!(codes, code.into_iter().collect::<Vec<_>>(), "{line}");
    }
}

#[test]
fn a_blank_text_is_found_in_every_row() {
    let item =
        "[[item]]\nid = \"it\"\nlabel = \"It\"\nat = \"lead / p1\"\ntype = { value = \"boat\", id = \"k7f3\" }\n";
    // Of a review the place is that of the claim that it names.
    for (row, key, line) in [
        ("[[complete]]\nof = \"item/it\"\nlist = \"url\"\nreason = \" \"\n", "reason", 15),
        ("[[review]]\nclaim = \"k7f3\"\nverdict = \"question\"\nby = \" \"\n", "by", 16),
        ("[[review]]\nclaim = \"k7f3\"\nverdict = \"question\"\nby = \"Ida\"\nnote = \"\u{200b}\"\n", "note", 16),
    ] {
        let found = found_in(&world(&format!("{item}{row}")), Code::BlankText);
        assert_eq!(found.iter().map(|finding| finding.key).collect::<Vec<_>>(), [Some(key)], "{row}");
        let file = SourceFile::new("d.toml", format!("{HEAD}{item}{row}"));
        let (dossier, written, _) = load_written(Vec::new(), &[file]);
        let defects = crate::soundness::defects(&dossier, findings(&World::new(dossier.clone())), Some(&written), "");
        let blank = defects.iter().find(|defect| defect.code == Code::BlankText).unwrap();
        assert_eq!(blank.at.line, line, "{row}");
    }
}
