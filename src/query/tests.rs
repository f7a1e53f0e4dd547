//! The query parser: meaning, errors and printing.

use super::*;
use crate::model::DayWindow;
use crate::text::fold::fold;
use crate::vocabulary::testing::seeds;
use crate::vocabulary::{self, Base};
use proptest::prelude::*;

fn show(terms: &[Term]) -> String {
    let atom = |atom: &Atom| {
        let text = &atom.token.text;
        match atom.form {
            Form::Loose => text.to_owned(),
            Form::Within => format!("'{text}"),
            Form::Start => format!("^{text}"),
            Form::End => format!("{text}$"),
            Form::Whole => format!("^{text}$"),
            Form::Phrase(Quote::Closed) => format!("\"{text}\""),
            Form::Phrase(Quote::Open) => format!("\"{text}"),
        }
    };
    let term = |term: &Term| term.any.iter().map(atom).collect::<Vec<_>>().join("|");
    terms.iter().map(term).collect::<Vec<_>>().join(" ")
}

#[test]
fn words_and_signs_are_parsed() {
    for (text, wanted, unwanted) in [
        ("", "", ""),
        ("ramji sin", "ramji sin", ""),
        ("Dr. RAMJI", "ramji", ""),
        ("V K Tewari", "vk tewari", ""),
        ("IIT-KGP", "iit kgp", ""),
        ("Müller & Söhne", "muller sohne", ""),
        ("'ent", "'ent", ""),
        ("^iit", "^iit", ""),
        ("singh$", "singh$", ""),
        ("^opd$", "^opd$", ""),
        ("\"B. C. Roy\"", "\"bc roy\"", ""),
        ("\"two wor", "\"two wor", ""),
        ("^\"two words\"$", "^two words$", ""),
        ("!roy", "", "roy"),
        ("!'roy kal", "kal", "'roy"),
        ("!\"b c roy\"", "", "\"bc roy\""),
        ("dm|mch", "dm|mch", ""),
        ("dm | mch cardio", "dm|mch cardio", ""),
        ("a | iit-kgp", "a|\"iit kgp", ""),
        ("!a|b", "", "a|b"),
        ("| dm |", "dm", ""),
        ("! ^ ' $ \" - &", "", ""),
        ("don't", "dont", ""),
        ("10:30 Kalyani: ::", "10 30 kalyani", ""),
    ] {
        let query = Query::parse(text, seeds()).unwrap();
        assert_eq!(
            (show(&query.pattern.wanted).as_str(), show(&query.pattern.unwanted).as_str()),
            (wanted, unwanted),
            "{text}"
        );
    }
}

#[test]
fn words_with_signs_come_before_plain_ones_and_stop_a_whole_match() {
    assert_eq!(show(&Query::parse("kal 'roy", seeds()).unwrap().pattern.wanted), "'roy kal");
    assert_eq!(Query::parse("kal 'roy", seeds()).unwrap().pattern.whole, None);
    assert_eq!(Query::parse("kal !roy kind:unit", seeds()).unwrap().pattern.whole.as_deref(), Some("kal"));
    assert_eq!(Query::parse("", seeds()).unwrap().pattern.whole, None);
}

#[test]
fn kinds_are_combined() {
    let allowed = |text: &str| -> Vec<&str> {
        let query = Query::parse(text, seeds()).unwrap();
        seeds().kinds().filter(|&kind| query.allows(kind)).map(|kind| &*seeds().kind(kind).name).collect()
    };
    assert_eq!(allowed("").len(), seeds().kinds().len());
    assert_eq!(allowed("kind:person,unit"), ["unit", "person"]);
    assert_eq!(allowed("KIND:People kal"), ["person"]);
    assert_eq!(allowed("kind:person,"), ["person"]);
    assert_eq!(allowed("kind:fac"), ["facility"]);
    assert_eq!(allowed("kind:person,unit kind:unit"), ["unit"]);
    assert_eq!(allowed("!kind:event").len(), seeds().kinds().len() - 3);
}

#[test]
fn an_error_names_its_column_and_what_is_expected() {
    for (text, message) in [
        ("knd:person", "column 1: unknown field \"knd\"; did you mean \"kind\"?"),
        ("é !rol:x", "column 4: unknown field \"rol\"; did you mean \"role\"?"),
        ("colour:red", "column 1: unknown field \"colour\"; expected one of: kind, inst, person, role, source, "),
        ("roy kind:persn", "column 10: unknown kind \"persn\"; did you mean \"person\"?"),
        ("kind:unit,\u{1b}x", "column 11: unknown kind \"x\"; expected one of: institution, "),
        ("kind:", "column 6: \"kind:\" needs a value; expected names of kinds, such as person"),
        ("é kind:,", "column 8: \"kind:\" needs a value; expected names of kinds, such as person"),
        ("inst:", "column 6: \"inst:\" needs a value; expected words of a name, such as inst:\"green hill\""),
        ("!role:\"-\"", "column 7: \"role:\" needs a value; expected words of a name, such as role:director"),
        ("degree:,", "column 8: \"degree:\" needs a value; expected words of a text"),
        ("floors:x", "column 8: \"x\" is no value of floors; expected a number, such as 12, >12"),
        ("prop:flors:3", "column 6: unknown field \"flors\"; did you mean \"floors\"?"),
        ("source:", "column 8: \"source:\" needs a value; expected the key of a document or words of its name"),
        ("has:", "column 5: \"has:\" needs a value; expected conflict, date, evidence, figure, name, note"),
        ("has:date,conflct", "column 10: unknown flag \"conflct\"; did you mean \"conflict\"?"),
        ("has:zzz", "column 5: unknown flag \"zzz\"; expected one of: conflict, date, "),
        ("state:", "column 7: \"state:\" needs a value; expected actual, planned, alleged, denied, inferred"),
        ("x state:plnned", "column 9: unknown state \"plnned\"; did you mean \"planned\"?"),
        ("sort:", "column 6: \"sort:\" needs a value; expected relevance, name, kind, date"),
        ("id:", "column 4: \"id:\" needs a value; expected ids of claims, such as k7f3"),
        ("id:k7f3,~x%", "column 9: \"~x%\" is no value of id; expected ids of claims, such as k7f3"),
        ("id:~", "column 4: \"~\" is no value of id; expected ids of claims, such as k7f3"),
        ("sort:-dtae", "column 7: unknown order \"dtae\"; did you mean \"date\"?"),
        ("sort:-", "column 7: unknown order \"\"; expected one of: relevance, "),
        ("roy !sort:date", "column 5: \"!\" cannot stand before \"sort:\"; expected sort:-date for the latest first"),
        (
            "kind:unit|person",
            "column 1: \"kind:\" cannot stand beside \"|\"; expected words there, or a comma: kind:person,unit",
        ),
        (
            "roy | year:2019",
            "column 7: \"year:\" cannot stand beside \"|\"; expected words there, or a comma: year:1957,1994",
        ),
        ("a|at:2019", "column 3: \"at:\" cannot stand beside \"|\"; expected words there"),
        ("a | !b", "column 5: \"!\" cannot stand behind \"|\"; expected it in front: !a|b means neither a nor b"),
        ("a|colour:red", "column 3: unknown field \"colour\"; expected one of: kind, "),
        ("yaer:2019", "column 1: unknown field \"yaer\"; did you mean \"year\"?"),
    ] {
        let error = Query::parse(text, seeds()).unwrap_err().to_string();
        assert!(error.starts_with(message), "{text}: {error}");
    }
}

#[test]
fn a_query_that_is_too_long_is_refused() {
    assert!(Query::parse(&"é".repeat(MAX_QUERY), seeds()).is_ok());
    let error = Query::parse(&"é".repeat(MAX_QUERY + 1), seeds()).unwrap_err();
    assert_eq!(error, QueryError { column: MAX_QUERY + 1, fault: Fault::TooLong });
}

#[test]
fn only_a_query_without_any_condition_is_empty() {
    for text in ["", "  ", "!", "^", "\"", "'"] {
        assert!(Query::parse(text, seeds()).unwrap().is_empty(), "{text}");
    }
    for text in ["a", "!a", "kind:unit", "&", "++", "!'+", "2021"] {
        assert!(!Query::parse(text, seeds()).unwrap().is_empty(), "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_parsed_or_refused(text in ".{0,60}") {
        if let Err(error) = Query::parse(&text, seeds()) {
            prop_assert!(!error.to_string().is_empty());
        }
    }

    #[test]
    fn every_text_of_a_query_is_folded(text in "[a|!'^\"$ é:.-]{0,20}") {
        if let Ok(query) = Query::parse(&text, seeds()) {
            for atom in query.pattern.wanted.iter().chain(&query.pattern.unwanted).flat_map(|term| &term.any) {
                prop_assert!(!atom.token.text.is_empty());
                prop_assert_eq!(&fold(&atom.token.text), &atom.token.text);
            }
        }
    }
}

#[test]
fn a_time_is_parsed_to_the_days_that_it_covers() {
    for (text, printed) in [
        ("year:2019", "year:2019"),
        ("YEAR:2019", "year:2019"),
        ("year:2019..2021", "year:2019..2021"),
        ("year:2019..", "year:2019.."),
        ("year:..1994", "year:..1994"),
        ("year:..", "year:.."),
        ("year:2021-6..2021-08", "year:2021-06..2021-08"),
        ("year:2021-06..2021-06", "year:2021-06"),
        ("year:2021-01-01..2021-12-31", "year:2021"),
        ("year:2021..2021-03", "year:2021-01..2021-03"),
        ("year:2021-06-15,2019", "year:2019,2021-06-15"),
        ("year:2019,2020,1994", "year:1994,2019..2020"),
        ("year:2019..,..2000", "year:..2000,2019.."),
        ("year:2000..,..2019", "year:.."),
        ("year:2019,", "year:2019"),
        ("!year:1957..1994", "!year:1957..1994"),
        ("at:2021-06", "at:2021-06"),
        ("at:2021 at:2019-02-01 at:2021", "at:2019-02-01 at:2021"),
        ("state:planned,alleged", "state:planned,alleged"),
        ("!state:inf,Actual", "!state:actual,inferred"),
        ("at:\"15 jun 2021\"", "at:2021-06-15"),
        ("inst:\"AIIMS Kalyani\",iit-KGP,\"Dr Roy", "inst:\"aiims kalyani\",\"iit kgp\",roy"),
        ("!PERSON:Müller,,müller dept:É.N.T.", "!person:muller dept:ent"),
        ("degree:M.Ch.,DM role:a source:C", "degree:dm,mch role:a source:c"),
        ("!has:con,DATE has:n", "!has:conflict,date has:name,note"),
        ("year:2019 roy kind:unit !kind:post,event", "roy kind:unit !kind:post !kind:event year:2019"),
    ] {
        let query = Query::parse(text, seeds()).unwrap();
        assert_eq!(query.to_string(), printed, "{text}");
        assert!(!query.is_empty(), "{text}");
    }
}

#[test]
fn the_days_of_a_span_reach_from_its_first_to_its_last() {
    for (text, first, last) in [
        ("year:2019", Some("2019-01-01"), Some("2019-12-31")),
        ("year:2020-02", Some("2020-02-01"), Some("2020-02-29")),
        ("year:1957..1994-09", Some("1957-01-01"), Some("1994-09-30")),
        ("year:2019-03..", Some("2019-03-01"), None),
        ("year:..1994", None, Some("1994-12-31")),
    ] {
        let query = Query::parse(text, seeds()).unwrap();
        let [Condition { kind: ConditionKind::Year(spans), negated: false }] = query.conditions() else {
            panic!("{text}")
        };
        let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
        assert_eq!(spans.len(), 1, "{text}");
        assert_eq!((day(spans[0].first()).as_deref(), day(spans[0].last()).as_deref()), (first, last), "{text}");
    }
}

#[test]
fn a_span_distinguishes_certain_from_possible_dates() {
    let day = |text: &str| When::parse(text).unwrap().earliest();
    let months = Span::new(day("2019-06-01"), day("2019-12-31")).unwrap();
    for (text, holds, touches) in [
        ("2019-09", true, true),
        ("2019", false, true),
        ("[..2019-07]", false, true),
        ("[..2020]", false, false),
        ("[2018..]", false, false),
        ("2020", false, false),
        ("2019-09/..", false, true),
    ] {
        let when = When::parse(text).unwrap();
        assert_eq!((months.holds(when.window()), months.may_touch(when.window())), (holds, touches), "{text}");
    }
    assert!(Span::default().holds(DayWindow { earliest: None, latest: day("2019-07-01") }));
    assert_eq!(Span::new(day("2020"), day("2019")), None);
}

#[test]
fn an_invalid_time_names_its_column_and_what_is_expected() {
    const DATES: &str = "expected 2021, 2021-06, 2021-06-15, 1957..1994, 2019.. or ..1994";
    const DAY: &str = "expected 2021, 2021-06 or 2021-06-15";
    for (text, found, expected) in [
        ("year:2021-13", "column 6: \"2021-13\": there is no such date", DATES),
        ("roy !year:2021-02-30", "column 11: \"2021-02-30\": there is no such date", DATES),
        ("é year:1994..1957", "column 8: \"1994..1957\" ends before it begins", DATES),
        ("year:1994..19x", "column 12: \"19x\" is no date", DATES),
        ("year:2019,soon", "column 11: \"soon\" is no date", DATES),
        ("year:", "column 6: \"year:\" needs a date", DATES),
        ("year:,", "column 6: \"year:\" needs a date", DATES),
        ("year:19", "column 6: \"19\" is no date", DATES),
        ("year:+6m", "column 6: \"+6m\" is no date", DATES),
        ("year:\"2021\",\"x y\"", "column 14: \"x y\" is no date", DATES),
        ("at:", "column 4: \"at:\" needs a date", DAY),
        ("\"a b\" at:2021-00", "column 10: \"2021-00\": there is no such date", DAY),
        ("at:2019..2021", "column 4: \"2019..2021\" is no date", DAY),
        ("at:2019,2021", "column 4: \"2019,2021\" is no date", DAY),
    ] {
        let error = Query::parse(text, seeds()).unwrap_err().to_string();
        assert_eq!(error, format!("{found}; {expected}"), "{text}");
    }
}

#[test]
fn a_date_as_the_only_words_is_kept_as_a_date() {
    let date = |text: &str| Query::parse(text, seeds()).unwrap().date.map(|date| date.edtf().to_owned());
    assert_eq!(date("2021-06"), Some("2021-06".into()));
    assert_eq!(date(" 2019/2020 kind:event"), Some("2019/2020".into()));
    for text in ["2021-06 roy", "'2021", "year:2021", "roy", ""] {
        assert_eq!(date(text), None, "{text}");
    }
}

#[test]
fn sort_keys_are_parsed_in_order_and_repeated_ones_are_dropped() {
    for (text, printed) in [
        ("sort:date", "sort:date"),
        ("roy SORT:Kind,-date sort:date,n", "roy sort:kind,-date,name"),
        ("sort:-rel", "sort:-relevance"),
    ] {
        let query = Query::parse(text, seeds()).unwrap();
        assert_eq!(query.to_string(), printed, "{text}");
        assert_eq!(query.unsorted().order(), []);
    }
    assert!(Query::parse("sort:name", seeds()).unwrap().is_empty(), "an order leaves nothing out");
}

#[test]
fn repeated_terms_count_once() {
    for (twice, once) in [
        ("kal kal", "kal"),
        ("roy Kál. roy kal", "roy kal"),
        ("'x 'x b", "'x b"),
        ("!x !x", "!x"),
        ("a|a", "a"),
        ("a|b|a c a|b", "a|b c"),
        ("2021 2021", "2021"),
        ("kind:unit kind:unit", "kind:unit"),
        ("role:a role:a !role:a", "role:a !role:a"),
    ] {
        assert_eq!(Query::parse(twice, seeds()).unwrap(), Query::parse(once, seeds()).unwrap(), "{twice}");
    }
}

#[test]
fn every_field_has_a_valid_example_and_a_short_meaning() {
    for field in Field::ALL {
        assert!(Query::parse(field.example(), seeds()).is_ok_and(|query| query.has_fields()), "{}", field.example());
        assert!(field.example().starts_with(&format!("{}:", field.name())));
        assert!(field.example().len() < 22 && field.meaning().len() <= 54, "{}", field.meaning());
        assert_eq!(Field::called(&field.name().to_uppercase()), Some(*field));
        assert_eq!(field.either().map(|either| Query::parse(either, seeds())).and_then(Result::err), None);
    }
}

#[test]
fn parsing_takes_time_linear_in_the_length() {
    let texts = |word: fn(usize) -> String, between: &str| (0..5_000).map(word).collect::<Vec<_>>().join(between);
    for text in [
        texts(|n| format!("w{n}"), " "),
        texts(|n| format!("!role:r{n}"), " "),
        texts(|n| format!("b{n}"), "|"),
        texts(|n| format!("\"c{n}"), "\" "),
    ] {
        let text: String = text.chars().take(MAX_QUERY).collect();
        let started = std::time::Instant::now();
        let _ = Query::parse(&text, seeds());
        // About two milliseconds in an optimised build; a quadratic parser takes seconds.
        assert!(started.elapsed() < std::time::Duration::from_millis(500), "{:?}", started.elapsed());
    }
}

#[test]
fn each_term_is_removed_in_turn() {
    let terms = |text: &str| -> Vec<(String, String)> {
        Query::parse(text, seeds()).unwrap().terms().map(|(term, rest)| (term, rest.to_string())).collect()
    };
    let pairs = |found: &[(&str, &str)]| -> Vec<(String, String)> {
        found.iter().map(|&(term, rest)| (term.to_owned(), rest.to_owned())).collect()
    };
    assert_eq!(
        terms("role:dean year:2021 roy !kind:unit sort:name"),
        pairs(&[
            ("role:dean", "roy !kind:unit year:2021 sort:name"),
            ("year:2021", "roy !kind:unit role:dean sort:name"),
            ("!kind:unit", "roy role:dean year:2021 sort:name"),
            ("roy", "!kind:unit role:dean year:2021 sort:name"),
        ])
    );
    assert_eq!(terms("a|b !c"), pairs(&[("!c", "a|b"), ("a|b", "!c")]));
    assert_eq!(
        Query::parse("roy", seeds())
            .unwrap()
            .of_kinds(&seeds().kinds_of(&[crate::model::CoreKind::Unit]))
            .terms()
            .len(),
        1
    );
    assert_eq!(terms(""), []);
}

/// Generates words and fields as people type them, valid or not.
fn typed() -> impl Strategy<Value = String> {
    let date = || (1950_u16..2030, 0_u8..14, 0_u8..29);
    let date = move || {
        date().prop_map(|(year, month, day)| match (month, day) {
            (0, _) => format!("{year}"),
            (_, 0) => format!("{year}-{month:02}"),
            _ => format!("{year}-{month:02}-{day:02}"),
        })
    };
    prop_oneof![
        4 => "[!]?['^]?[a-dA-D0-9.'é-]{0,4}[$]?",
        2 => "[!]?\"[a-d. -]{0,6}\"?",
        2 => date(),
        1 => "[!]?kind:(person|unit|ev|a)(,post)?",
        1 => "[!]?state:(planned|a|inferred)(,denied)?",
        2 => "[!]?(inst|dept|degree|person|role|source):(\"[a-c .é]{0,5}\"|[a-c'-]{0,3})(,[a-c]{0,2})?",
        1 => "[!]?has:(conflict|n|date)(,note)?",
        1 => "[!]?id:[#~]?[a-c7Z\"%é]{0,5}(,~[a-c7]{0,3})?",
        1 => "[!]?review:(none|c|disp|x)(,stale)?",
        1 => "sort:[-]?(name|kind|date|rel)(,[-]?date)?",
        2 => ("[!]?", date()).prop_map(|(sign, date)| format!("{sign}at:{date}")),
        2 => ("[!]?", date(), date(), "(\\.\\.)?,?").prop_map(|(sign, a, b, join)| format!("{sign}year:{a}{join}{b}")),
        1 => Just("|".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_printed_query_is_parsed_to_an_equal_one(words in proptest::collection::vec(typed(), 0..5)) {
        if let Ok(query) = Query::parse(&words.join(" "), seeds()) {
            let printed = query.to_string();
            prop_assert_eq!(Query::parse(&printed, seeds()), Ok(query), "{} → {}", words.join(" "), printed);
        }
    }

    #[test]
    fn a_query_without_a_term_equals_one_parsed_without_it(words in proptest::collection::vec(typed(), 0..5)) {
        if let Ok(query) = Query::parse(&words.join(" "), seeds()) {
            for (term, rest) in query.terms() {
                prop_assert_ne!(&rest, &query, "{}", term);
                let printed = rest.to_string();
                prop_assert_eq!(Query::parse(&printed, seeds()), Ok(rest), "{} without {} → {}", query, term, printed);
            }
        }
    }

    #[test]
    fn a_field_may_stand_before_or_after_the_words(word in "[a-d0-9-]{1,5}", field in typed()) {
        let front = Query::parse(&format!("{field} {word}"), seeds());
        // An open quote takes everything after it.
        if field.contains(':') && field.matches('"').count() % 2 == 0 {
            let behind = Query::parse(&format!("{word} {field}"), seeds());
            prop_assert_eq!(front.is_ok(), behind.is_ok());
            if let (Ok(front), Ok(behind)) = (front, behind) {
                prop_assert_eq!(front, behind);
            }
        }
    }
}

#[test]
fn an_unknown_field_or_kind_is_told_with_those_of_the_dossier_and_of_many_with_a_few() {
    let said = |words: &Vocabulary, query: &str| Query::parse(query, words).unwrap_err().to_string();
    let own = |count: usize| {
        (0..count).fold(String::new(), |text, n| {
            text + &format!(
                "[[kind]]\nname = \"ship{n}\"\nof = \"item\"\nlabel = \"S\"\n\
                 [[property]]\nname = \"keel{n}\"\nfield = \"k{n}\"\nlabel = \"K\"\nof = \"item\"\nvalue = \"date\"\n"
            )
        })
    };
    let words = |count| vocabulary::read_own(Base::Core, &own(count)).unwrap();
    let few = said(&words(2), "colour:red");
    assert!(few.ends_with("state, review, id, has, prop, sort, k0, k1, or the name of a property"), "{few}");
    assert_eq!(said(&words(2), "keel:red"), "column 1: unknown field \"keel\"; did you mean \"keel0\"?");
    let many = said(&words(90), "colour:red");
    assert!(
        many.ends_with("sort, k0, k1, k2, k3, k4, k5, k6, k7, k8, k9, k10 and 79 more, or the name of a property"),
        "{many}"
    );
    let kinds = said(&words(90), "kind:colour");
    assert!(kinds.starts_with("column 6: unknown kind \"colour\"; expected one of: institution, unit,"), "{kinds}");
    assert!(kinds.ends_with(" and 76 more"), "{kinds}");
}
