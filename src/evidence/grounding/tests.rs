//! Claims of a small dossier against its document.

use super::super::fixture::{dossier, library};
use super::*;

/// Returns the grounding of the claims of the entity `item/it`, in the order of their properties.
fn grounded(text: &str, tables: &str) -> Vec<Option<Grounding>> {
    let authored = format!(
        "document = \"log\"\n[[source]]\nid = \"log\"\nkey = \"L\"\ntitle = \"The Ferry Log\"\nfile = \"thistle.txt\"\npublished = \"2023-07-01\"\n{tables}"
    );
    let dossier = dossier(&authored);
    let library = library(&dossier, text);
    let usage = Usage::new(&dossier, &library);
    let grounder = Grounder::new(&dossier, &library);
    let entity = dossier.find("institution/it").unwrap();
    dossier.claims_of(entity).iter().map(|claim| grounder.ground(claim, &usage)).collect()
}

fn one(text: &str, claim: &str) -> Option<Grounding> {
    let tables = format!(
        "[[institution]]\nid = \"it\"\nlabel = \"The yard\"\nat = \"lead / p2 s1\"\n{claim}\n[[institution]]\nid = \"swift\"\nlabel = \"Swift & Sons\"\nat = \"lead / p1 s1\"\nnames = [{{ value = \"S. A. S.\", kind = \"acronym\" }}]\n"
    );
    let grounded = grounded(text, &tables);
    assert_eq!(grounded.len(), 1);
    grounded[0]
}

const LOG: &str =
    "The ferry was built in 1930 by its owner.\nIt has forty beds and 1,250 m² of deck, and SAS ran it.\n";

#[test]
fn a_claim_is_judged_by_the_sort_of_its_value() {
    for (claim, expected) in [
        ("beds = 40", Some(Grounding::SpelledOut)),
        ("beds = 41", Some(Grounding::NotInPassage)),
        ("area = \"1250 m²\"", Some(Grounding::Reformatted)),
        ("parent = \"swift\"", Some(Grounding::Verbatim)),
        ("established = \"1930\"", Some(Grounding::NotInPassage)),
        ("description = \"Of wood\"", Some(Grounding::Reworded)),
        ("description = \"Forty beds\"", Some(Grounding::Verbatim)),
        ("description = \"1250 of deck\"", Some(Grounding::Reformatted)),
        ("description = \"1930, as the log begins\"", Some(Grounding::NotInPassage)),
        ("description = \"Number 77\"", Some(Grounding::NotInPassage)),
        ("motto = { missing = true }", None),
        ("beds = { value = 41, basis = \"inferred\", reason = \"so\" }", Some(Grounding::Inferred)),
        ("beds = { value = 41, basis = \"counted\" }", Some(Grounding::Inferred)),
        ("beds = { value = 40, basis = \"counted\" }", Some(Grounding::SpelledOut)),
    ] {
        assert_eq!(one(LOG, claim), expected, "{claim}");
    }
}

#[test]
fn a_link_is_found_by_the_title_the_heading_and_what_comes_before() {
    let tables = |label: &str| {
        format!(
            "[[institution]]\nid = \"it\"\nlabel = \"It\"\nparent = {{ value = \"other\", at = \"Yard / p1 s2\" }}\n[[institution]]\nid = \"other\"\nlabel = \"{label}\"\nbeds = {{ value = 1, at = \"Yard / p2 s1\" }}\n"
        )
    };
    let text = "= Alder =\n\n== Yard ==\nMoss had 7 boats. It sank.\nThe last had 1 bed.\n\n== End ==\nBee was late.\n";
    for (label, expected) in [
        ("The Ferry Log", Grounding::ByContext),
        ("Alder", Grounding::ByContext),
        ("Yard", Grounding::ByContext),
        ("Moss", Grounding::ByContext),
        ("Bee", Grounding::NotInPassage),
    ] {
        assert_eq!(grounded(text, &tables(label)), [Some(expected)], "{label}");
    }
}

#[test]
fn a_link_is_found_by_its_words_its_type_and_the_name_of_the_subject() {
    let tables = |label: &str, more: &str| {
        format!(
            "[[institution]]\nid = \"it\"\nlabel = \"Rope School\"\nnames = [{{ value = \"Roap School\", kind = \"misspelling\" }}]\nparent = {{ value = \"other\", at = \"lead / p1 s1\" }}\n[[institution]]\nid = \"other\"\nlabel = \"{label}\"\n{more}"
        )
    };
    let typed = "type = { value = \"Guild\", at = \"lead / p2 s1\" }\n";
    let text = "The Roap School on ropes, and nets of the guild.\nIt is far.\n";
    for (label, more, expected) in [
        ("School of Nets", "", Grounding::Reformatted),
        ("Rope", "", Grounding::Verbatim),
        ("Rope School", "", Grounding::Reformatted),
        ("School Rope", "", Grounding::Reformatted),
        ("Rope Yard", "", Grounding::NotInPassage),
        ("Net Yard", "", Grounding::NotInPassage),
        ("Net Yard", typed, Grounding::ByContext),
    ] {
        assert_eq!(grounded(text, &tables(label, more)), [Some(expected)], "{label} {more}");
    }
    let misspelled = |text: &str| grounded(text, &tables("Rope", ""));
    assert_eq!(misspelled("The Roap School.\nIt is far.\n"), [Some(Grounding::ByContext)]);
    assert_eq!(misspelled("The Net Yard.\nIt is far.\n"), [Some(Grounding::NotInPassage)]);
}

#[test]
fn a_value_may_stand_in_several_passages_together() {
    let both = "[[institution]]\nid = \"it\"\nlabel = \"It\"\nestablished = { value = \"2021-03\", at = [\"lead / p1 s1\", \"lead / p2 s1\"] }\n";
    assert_eq!(grounded("It began in 2021.\nIn March it was ready.\n", both), [Some(Grounding::Reformatted)]);
    assert_eq!(grounded("It began in 2021.\nIn April it was ready.\n", both), [Some(Grounding::NotInPassage)]);
}

#[test]
fn the_times_of_a_value_have_to_be_there_too() {
    for (claim, expected) in [
        ("beds = { value = 40, as_of = \"2023-07-01\" }", Grounding::ByContext),
        ("beds = { value = 40, as_of = \"1930\" }", Grounding::NotInPassage),
        ("beds = { value = 40, start = \"2023-07-02\" }", Grounding::NotInPassage),
    ] {
        assert_eq!(one(LOG, claim), Some(expected), "{claim}");
    }
}

#[test]
fn a_value_around_a_passage_holds_only_if_the_passage_speaks_of_the_subject() {
    let tables = |at: &str| {
        format!(
            "[[institution]]\nid = \"it\"\nlabel = \"Steam mill\"\nparent = {{ value = \"other\", at = \"Mills / item {at}\" }}\n[[institution]]\nid = \"other\"\nlabel = \"Alder works\"\n"
        )
    };
    let text = "= Alder works =\n\n== Mills ==\n* Steam mill\n* Water mill\n";
    assert_eq!(grounded(text, &tables("1")), [Some(Grounding::ByContext)]);
    assert_eq!(grounded(text, &tables("2")), [Some(Grounding::NotInPassage)]);
}

#[test]
fn initials_stand_for_their_words_and_words_for_their_initials() {
    let tables = |label: &str| {
        format!(
            "[[institution]]\nid = \"it\"\nlabel = \"It\"\nparent = {{ value = \"other\", at = \"lead / p1 s1\" }}\n[[institution]]\nid = \"other\"\nlabel = \"{label}\"\n"
        )
    };
    for (label, text, expected) in [
        ("ARW", "It belongs to the Alder Rope Works.\n", Grounding::Reformatted),
        ("Alder Rope Works", "It belongs to ARW.\n", Grounding::Reformatted),
        ("Guild of Rope Makers", "It belongs to the GRM.\n", Grounding::Reformatted),
        ("ARW", "It belongs to the Alder Net Works.\n", Grounding::NotInPassage),
    ] {
        assert_eq!(grounded(text, &tables(label)), [Some(expected)], "{label} {text}");
    }
}

#[test]
fn the_words_that_bear_a_value_are_told() {
    let text = "It was built in May 1930 by Swift & Sons.\nIt has forty beds.\n";
    for (claim, at, words) in [
        ("established = \"1930-05\"", "p1 s1", "May 1930"),
        ("parent = \"swift\"", "p1 s1", "Swift & Sons"),
        ("beds = 40", "p2 s1", "forty beds"),
        ("description = \"With beds\"", "p2 s1", "beds"),
    ] {
        let authored = format!(
            "document = \"log\"\n[[source]]\nid = \"log\"\nkey = \"L\"\ntitle = \"The Log\"\nfile = \"thistle.txt\"\n[[institution]]\nid = \"it\"\nlabel = \"The yard\"\nat = \"lead / {at}\"\n{claim}\n[[institution]]\nid = \"swift\"\nlabel = \"Swift & Sons\"\nat = \"lead / p1 s1\"\n"
        );
        let dossier = dossier(&authored);
        let library = library(&dossier, text);
        let (usage, grounder) = (Usage::new(&dossier, &library), Grounder::new(&dossier, &library));
        let claim = &dossier.claims_of(dossier.find("institution/it").unwrap())[0];
        let told =
            |found: &[Range<usize>]| found.iter().map(|bytes| text[bytes.clone()].to_owned()).collect::<Vec<_>>();
        let (document, units) = grounder.places(claim, &usage).remove(0);
        let stated = Stated::of(&dossier, claim).unwrap();
        assert_eq!(told(&grounder.bearing(&stated, document, units)), [words], "{at}");
    }
}

#[test]
fn a_document_in_a_language_without_a_table_is_not_judged_by_words() {
    for (language, expected) in [("en-GB", Some(Grounding::NotInPassage)), ("hi", None)] {
        let authored = format!(
            "document = \"log\"\n[[source]]\nid = \"log\"\nkey = \"L\"\ntitle = \"The Log\"\nfile = \"thistle.txt\"\nlanguage = \"{language}\"\n[[institution]]\nid = \"it\"\nlabel = \"It\"\nat = \"lead / p1 s1\"\nbeds = [41, 12]\n"
        );
        let dossier = dossier(&authored);
        let library = library(&dossier, "It has 12 beds.\n");
        let (usage, grounder) = (Usage::new(&dossier, &library), Grounder::new(&dossier, &library));
        let claims = dossier.claims_of(dossier.find("institution/it").unwrap()).iter();
        let states: Vec<Option<Grounding>> = claims.map(|claim| grounder.ground(claim, &usage)).collect();
        assert!(states.contains(&Some(Grounding::Verbatim)) && states.contains(&expected), "{language} {states:?}");
    }
}

#[test]
fn without_the_passage_nothing_is_judged() {
    let lost = "[[institution]]\nid = \"it\"\nlabel = \"It\"\nbeds = { value = 1, at = \"lead / p9 s1\" }\n";
    assert_eq!(grounded("It has 1 bed.\n", lost), [None]);
}
