//! The bounds of the rules of time, each a day off.

use super::{found_in, places, table, world};
use crate::soundness::{About, Code};

/// Returns true if a code is found.
fn has(text: &str, code: Code) -> bool {
    !places(text, code).is_empty()
}

#[test]
fn an_end_lies_before_a_beginning_only_with_every_reading() {
    for (start, end, is_found) in [
        ("1931-06-02", "1931-06-01", true),
        ("1931-06-01", "1931-06-01", false),
        ("1931-06", "1931-05-31", true),
        ("1931-06", "1931-06-01", false),
        ("1931-06-30", "1931-06", false),
        ("1931-07-01", "1931-06", true),
        ("1931", "1930", true),
        ("1931", "1931", false),
        ("[1931..]", "1930", true),
        ("[..1931]", "1900", false),
        ("1931", "[..1930]", true),
        ("1931", "[..1931]", false),
        ("1931", "[1900..]", false),
    ] {
        let item = table("item/swift", &format!("start = \"{start}\"\nend = \"{end}\""));
        let expected: &[&str] = if is_found { &["item/swift end + item/swift start"] } else { &[] };
        assert_eq!(places(&item, Code::EndsBeforeBegins), expected, "{start} {end}");
        let value = format!(r#"type = {{ value = "ferry", start = "{start}", end = "{end}" }}"#);
        let expected: &[&str] = if is_found { &["item/swift type"] } else { &[] };
        assert_eq!(places(&table("item/swift", &value), Code::EndsBeforeBegins), expected, "{value}");
    }
}

#[test]
fn an_end_is_held_against_the_first_beginning_that_is_actual() {
    for (more, is_found) in [
        ("established = \"1920\"\nopened = \"1931\"\nclosed = \"1925\"", false),
        ("established = \"1926\"\nopened = \"1931\"\nclosed = \"1925\"", true),
        ("opened = { value = \"1931\", modality = \"planned\" }\nclosed = \"1925\"", false),
        ("opened = \"1931\"\nclosed = { value = \"1925\", modality = \"denied\" }", false),
        ("opened = { value = \"1931\", rank = \"deprecated\", reason = \"A slip.\" }\nclosed = \"1925\"", false),
        ("opened = [\"1931\", \"[..1932]\"]\nclosed = \"1925\"", false),
        ("opened = { missing = true }\nclosed = \"1925\"", false),
    ] {
        assert_eq!(has(&table("institution/house", more), Code::EndsBeforeBegins), is_found, "{more}");
    }
}

/// A tenure of one person in one post of an institution, with further lines of each.
fn tenure(person: &str, house: &str, tenure: &str) -> String {
    let post = "institution = \"house\"";
    let tenure = format!("person = \"ida\"\npost = \"master\"\n{tenure}");
    [
        table("person/ida", person),
        table("institution/house", house),
        table("post/master", post),
        table("tenure/first", &tenure),
    ]
    .concat()
}

#[test]
fn a_tenure_lies_outside_a_life_only_with_every_reading() {
    for (person, dates, expected) in [
        ("died = \"1950-06-30\"", "start = \"1950-06-30\"", &[][..]),
        ("died = \"1950-06-30\"", "start = \"1950-07-01\"", &["tenure/first start + person/ida died"]),
        ("died = \"1950-06\"", "start = \"1950-06-30\"", &[]),
        ("died = \"1950\"", "start = \"1950\"", &[]),
        ("died = \"1950\"", "end = \"1951\"", &["tenure/first end + person/ida died"]),
        ("died = \"1950\"", "attested = \"1951-01-01\"", &["tenure/first attested + person/ida died"]),
        ("died = \"1950\"", "start = \"[..1951]\"", &[]),
        ("died = \"1950\"", "start = \"[1951..]\"", &["tenure/first start + person/ida died"]),
        ("died = \"[1950..]\"", "start = \"1960\"", &[]),
        ("died = [\"1950\", \"1960\"]", "start = \"1955\"", &[]),
        ("died = { value = \"1950\", modality = \"alleged\" }", "start = \"1955\"", &[]),
        ("born = \"1900-01-02\"", "start = \"1900-01-01\"", &["tenure/first start + person/ida born"]),
        ("born = \"1900-01-02\"", "start = \"1900-01-02\"", &[]),
        ("born = \"1900\"", "start = \"1900-01-01\"", &[]),
        ("born = \"1900\"", "start = \"1899\"\nend = \"1899\"", &["tenure/first start + person/ida born"]),
        ("born = \"1900\"", "start = { value = \"1899\", modality = \"planned\" }", &[]),
    ] {
        assert_eq!(places(&tenure(person, "", dates), Code::OutsideLife), expected, "{person} {dates}");
    }
}

#[test]
fn a_holder_comes_no_earlier_than_the_first_beginning_of_the_institution() {
    for (house, dates, is_found) in [
        ("established = \"1920-05-02\"", "start = \"1920-05-01\"", true),
        ("established = \"1920-05-02\"", "start = \"1920-05-02\"", false),
        ("established = \"1920\"", "start = \"1920-01-01\"", false),
        ("established = \"1920\"", "start = \"1919\"", true),
        ("established = \"1920\"\nopened = \"1915\"", "start = \"1916\"", false),
        ("opened = { value = \"1920\", modality = \"planned\" }", "start = \"1916\"", false),
        ("approved = \"1920\"", "start = \"1916\"", false),
    ] {
        assert_eq!(has(&tenure("", house, dates), Code::OutsideLife), is_found, "{house} {dates}");
    }
}

#[test]
fn a_signature_lies_outside_a_life_only_on_all_of_its_days() {
    for (signed, is_found) in [
        (r#"signed = "1950-12-31""#, false),
        (r#"signed = "1951-01-01""#, true),
        (r#"signed = ["1950", "1951"]"#, false),
        (r#"signed = { value = "1951", modality = "planned" }"#, false),
    ] {
        for signatory in ["person/ida", "tenure/first"] {
            let agreement = table("agreement/hire", &format!("signatory = \"{signatory}\"\n{signed}"));
            let text = tenure("died = \"1950\"", "", "") + &agreement;
            let expected: &[&str] = if is_found { &["agreement/hire signatory + person/ida died"] } else { &[] };
            assert_eq!(places(&text, Code::OutsideLife), expected, "{signatory} {signed}");
        }
    }
}

#[test]
fn a_date_lies_outside_the_span_only_with_every_reading() {
    for (value, is_found) in [
        (r#""1899-12-31""#, true),
        (r#""1900-01-01""#, false),
        (r#""1899/1900""#, false),
        (r#""1950-12-31""#, false),
        (r#""1951-01-01""#, true),
        (r#""[..1950]""#, false),
        (r#""[..1899]""#, true),
        (r#"{ value = "1951", modality = "planned" }"#, true),
        (r#"{ value = "1951", rank = "deprecated", reason = "A slip." }"#, false),
        (r#"{ value = "1950", as_of = "1951" }"#, true),
    ] {
        let text = format!("span = \"1900/1950\"\n{}", table("event/crossing", &format!("when = {value}")));
        assert_eq!(has(&text, Code::OutsideSpan), is_found, "{value}");
    }
}

#[test]
fn a_fact_is_after_the_horizon_from_the_next_day_on() {
    for (horizon, value, is_found) in [
        ("1950-06-30", r#""1950-06-30""#, false),
        ("1950-06-30", r#""1950-07-01""#, true),
        ("1950-06", r#""1950-06-30""#, false),
        ("1950-06", r#""1950-07-01""#, true),
        ("1950", r#""1950/1951""#, false),
        ("1950", r#""[1951..]""#, true),
        ("1950", r#""[..1951]""#, false),
        ("1950", r#"{ value = "1951", modality = "denied" }"#, false),
        ("1950", r#"{ value = "1951", modality = "planned" }"#, false),
        ("1950", r#"{ value = "1949", as_of = "1951" }"#, true),
    ] {
        let text = format!("horizon = \"{horizon}\"\n{}", table("event/crossing", &format!("when = {value}")));
        assert_eq!(has(&text, Code::AfterHorizon), is_found, "{horizon} {value}");
    }
}

/// Two documents of given days, and an event with a date.
fn of_two_documents(published: [&str; 2], at: &str, value: &str) -> String {
    let of = |key: &str, day: &str| {
        let day = if day.is_empty() { String::new() } else { format!("published = \"{day}\"\n") };
        format!("[[source]]\nid = \"{key}\"\nkey = \"{}\"\ntitle = \"{key}\"\n{day}", key.to_uppercase())
    };
    let [a, b] = published;
    format!(
        "{}{}[[event]]\nid = \"crossing\"\nlabel = \"Crossing\"\nat = {at}\nwhen = {value}\n",
        of("a", a),
        of("b", b)
    )
}

#[test]
fn a_fact_is_held_against_the_newest_of_its_documents() {
    let both = r#"["A: lead / p1", "B: lead / p1"]"#;
    for (published, at, value, is_found) in [
        (["1950-06-30", ""], r#""A: lead / p1""#, r#""1950-07-01""#, true),
        (["1950-06-30", ""], r#""A: lead / p1""#, r#""1950-06-30""#, false),
        (["1950-06", ""], r#""A: lead / p1""#, r#""1950-06-30""#, false),
        (["1950-06", ""], r#""A: lead / p1""#, r#""1950-06/1950-07""#, false),
        (["1950", "1951"], both, r#""1951-12-31""#, false),
        (["1950", "1951"], both, r#""1952-01-01""#, true),
        (["1951", "1950"], both, r#""1951-12-31""#, false),
        (["1950", ""], both, r#""1952""#, false),
        (["[1950..]", ""], r#""A: lead / p1""#, r#""1952""#, false),
        (["1950", ""], r#""A: lead / p1""#, r#"{ value = "1952", modality = "planned" }"#, false),
        (["1950", ""], r#""A: lead / p1""#, r#"{ value = "1952", rank = "deprecated", reason = "A slip." }"#, false),
    ] {
        let text = of_two_documents(published, at, value);
        assert_eq!(has(&text, Code::AfterPublished), is_found, "{published:?} {value}");
        assert!(!has(&text, Code::AsOfAfterPublished));
    }
}

#[test]
fn a_day_of_which_a_document_speaks_does_not_come_after_it() {
    for (as_of, is_found) in [("1950-06-30", false), ("1950-07-01", true), ("1950", false), ("[1951..]", true)] {
        for modality in ["actual", "planned"] {
            let value = format!(r#"{{ value = "1949", as_of = "{as_of}", modality = "{modality}" }}"#);
            let text = of_two_documents(["1950-06-30", ""], r#""A: lead / p1""#, &value);
            assert_eq!(has(&text, Code::AsOfAfterPublished), is_found, "{value}");
            assert!(!has(&text, Code::AfterPublished), "{value}");
        }
    }
}

/// The terms of persons in one post: their names, and the lines of each.
fn holders(terms: &[(&str, &str)]) -> String {
    let tables = terms.iter().zip(1..).map(|((person, lines), number)| {
        table(&format!("tenure/t{number}"), &format!("person = \"{person}\"\npost = \"master\"\n{lines}"))
    });
    let persons: String = ["ann", "ben", "cy"].map(|person| table(&format!("person/{person}"), "")).concat();
    persons + &table("post/master", "") + &tables.collect::<String>()
}

#[test]
fn two_terms_overlap_only_on_a_day_that_is_surely_in_both() {
    let overlap = "tenure/t2 start + tenure/t1";
    for (first, second, is_found) in [
        ("start = \"1931\"\nend = \"1940\"", "start = \"1936\"\nend = \"1950\"", true),
        ("start = \"1931\"\nend = \"1940\"", "start = \"1940\"\nend = \"1950\"", false),
        ("start = \"1931-01-01\"\nend = \"1940-06-15\"", "start = \"1940-06-15\"\nend = \"1950\"", false),
        ("start = \"1931-01-01\"\nend = \"1940-06-15\"", "start = \"1940-06-14\"\nend = \"1950\"", true),
        ("start = \"1931-01-01\"\nend = \"1940-06\"", "start = \"1940-05-31\"\nend = \"1950\"", true),
        ("start = \"1931-01-01\"\nend = \"1940-06\"", "start = \"1940-06-01\"\nend = \"1950\"", false),
        ("start = \"1931-01-01\"", "start = \"1936-01-01\"", false),
        ("start = \"1931-01-01\"\nend = \"1940\"", "start = \"1936-01-01\"", true),
        ("start = \"1931-01-01\"\nattested = \"1938\"", "start = \"1936-01-01\"", true),
        ("start = \"1936-01-01\"", "start = \"1936-01-01\"", true),
        ("start = \"1931\"\nend = \"1940\"", "start = \"1936\"\nend = \"1950\"\nmanner = \"acting\"", false),
        ("start = \"1931\"\nend = \"1940\"\nmanner = \"acting\"", "start = \"1936\"\nend = \"1950\"", false),
        ("start = \"1931\"\nend = \"1940\"", "start = \"1936\"\nend = \"1950\"\nmanner = \"elected\"", true),
    ] {
        let text = holders(&[("ann", first), ("ben", second)]);
        let expected: &[&str] = if is_found { &[overlap] } else { &[] };
        assert_eq!(places(&text, Code::OverlapHolders), expected, "{first} {second}");
    }
}

#[test]
fn a_post_may_have_as_many_holders_as_it_says() {
    let term = "start = \"1931\"\nend = \"1940\"";
    let text = holders(&[("ann", term), ("ben", term), ("cy", term)]);
    let of_post = |lines: &str| text.replace(&table("post/master", ""), &table("post/master", lines));
    for (lines, found) in [
        ("", 3),
        ("holders = 1", 3),
        ("holders = 2", 1),
        ("holders = \"2 people\"", 1),
        ("holders = 3", 0),
        ("holders = { value = 3, modality = \"planned\" }", 3),
        ("holders = [2, { value = 3, as_of = \"1935\" }]", 0),
    ] {
        assert_eq!(places(&of_post(lines), Code::OverlapHolders).len(), found, "{lines}");
    }
}

#[test]
fn one_person_does_not_overlap_with_herself() {
    let (a, b) = ("start = \"1931\"\nend = \"1940\"", "start = \"1936\"\nend = \"1950\"");
    assert!(!has(&holders(&[("ann", a), ("ann", b)]), Code::OverlapHolders));
    let judged = |verdict: &str| {
        let row = |a, b| {
            format!(
                "[[judgement]]\na = \"person/{a}\"\nb = \"person/{b}\"\nverdict = \"{verdict}\"\nreason = \"So.\"\n"
            )
        };
        holders(&[("ann", a), ("ben", b)]) + &row("ann", "cy") + &row("cy", "ben")
    };
    assert!(!has(&judged("same"), Code::OverlapHolders));
    assert!(has(&judged("unsure"), Code::OverlapHolders));
}

#[test]
fn several_terms_of_one_person_are_one_holder() {
    let term = "start = \"1931\"\nend = \"1940\"";
    let text = holders(&[("ann", term), ("ann", term), ("ben", term), ("ben", term), ("cy", term)]);
    let found = |lines: &str| {
        places(&text.replace(&table("post/master", ""), &table("post/master", lines)), Code::OverlapHolders)
    };
    assert_eq!(found("holders = 2"), ["tenure/t5 start + tenure/t3"]);
    assert!(found("holders = 3").is_empty());
}

#[test]
fn a_post_may_have_any_number_of_holders() {
    for (holders, persons, expected) in [(16, 16, 0), (17, 17, 0), (16, 17, 1), (40, 40, 0), (40, 42, 3)] {
        let terms = (0..persons).map(|n| {
            let lines = format!("person = \"p{n:02}\"\npost = \"master\"\nstart = \"1931\"\nend = \"1950\"");
            table(&format!("person/p{n:02}"), "") + &table(&format!("tenure/t{n:02}"), &lines)
        });
        let text = terms.collect::<String>() + &table("post/master", &format!("holders = {holders}"));
        let world = world(&text);
        let found = found_in(&world, Code::OverlapHolders);
        assert_eq!(found.len(), expected, "{holders} {persons}");
        let remedy = format!("or holders = {} on the post", holders + 1);
        assert!(found.iter().all(|finding| finding.expected.ends_with(&remedy)), "{found:?}");
    }
}

#[test]
fn each_two_of_several_holders_are_found_once() {
    let terms =
        ["start = \"1931\"\nend = \"1950\"", "start = \"1936\"\nend = \"1950\"", "start = \"1940\"\nend = \"1945\""];
    let text = holders(&[("ann", terms[0]), ("ben", terms[1]), ("cy", terms[2])]);
    let found = places(&text, Code::OverlapHolders);
    assert_eq!(found.len(), 3, "{found:?}");
    let world = world(&text);
    let abouts: Vec<_> = found_in(&world, Code::OverlapHolders).iter().map(|finding| finding.about).collect();
    assert!(abouts.iter().all(|about| matches!(about, About::Claim(_))));
}

#[test]
fn a_post_is_vacant_and_held_only_on_a_day_that_is_surely_in_both() {
    for (vacant, term, is_found) in [
        ("1935/1937", "start = \"1931\"\nend = \"1940\"", true),
        ("1935/1937", "start = \"1931\"", false),
        ("1935/1937", "start = \"1931\"\nattested = \"1940\"", true),
        ("1935/1937", "attested = \"1936-05-01\"", true),
        ("1935/1937", "attested = \"1936\"", false),
        ("1935/1937", "start = \"1931\"\nend = \"1940\"\nmanner = \"acting\"", false),
        ("1936-05-01", "start = \"1931\"\nend = \"1940\"", true),
        ("1935-01-01/1937", "start = \"1931\"\nend = \"1935-01-01\"", false),
        ("1935-01-01/1937", "start = \"1931\"\nend = \"1935-01-02\"", true),
        ("1935-01-01/1937", "start = \"1931\"\nend = \"1935-01\"", false),
        ("1935/1937-12-31", "start = \"1937-12-31\"\nend = \"1940\"", false),
        ("1935/1937-12-31", "start = \"1937-12-30\"\nend = \"1940\"", true),
        ("1935/1937-12-31", "start = \"1937-12\"\nend = \"1940\"", false),
        ("1935/..", "start = \"1936\"\nend = \"1940\"", true),
        ("1941/..", "start = \"1936\"\nend = \"1940\"", false),
        ("[1935,1936]", "start = \"1931\"\nend = \"1940\"", false),
    ] {
        let term = format!("person = \"ida\"\npost = \"master\"\n{term}");
        let text = |vacant: &str| {
            table("person/ida", "") + &table("post/master", &format!("vacant = {vacant}")) + &table("tenure/t1", &term)
        };
        let expected: &[&str] = if is_found { &["post/master vacant + tenure/t1"] } else { &[] };
        assert_eq!(places(&text(&format!("\"{vacant}\"")), Code::VacantButHeld), expected, "{vacant} {term}");
        let denied = text(&format!("{{ value = \"{vacant}\", modality = \"denied\" }}"));
        assert!(!has(&denied, Code::VacantButHeld), "{vacant} {term}");
    }
}
