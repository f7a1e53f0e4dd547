//! Every mistake of a declaration, with its place and its remedy; and what a vocabulary may do.

mod matrices;

use super::read_texts;
use crate::syntax::SourceFile;
use crate::vocabulary::{Base, CoreKind, Origin, Range, Vocabulary};

/// Reads declarations on top of the general set.
fn read(text: &str) -> (Vocabulary, Vec<String>) {
    let file = SourceFile::new("v.toml", text);
    let (vocabulary, defects) = read_texts(&Vocabulary::built_in(Base::General), Origin::Dossier, &[file]);
    (vocabulary, defects.iter().map(ToString::to_string).collect())
}

const KIND: &str = "[[kind]]\nname = \"ship\"\nof = \"item\"\nlabel = \"Ship\"\n";
const PROPERTY: &str = "[[property]]\nname = \"draught\"\nlabel = \"Draught\"\nof = [\"item\"]\n";

#[test]
fn a_sound_declaration_has_no_defect() {
    let text = format!("{KIND}{PROPERTY}value = \"number\"\nmeasure = [\"m\", \"ft\"]\n");
    let (words, defects) = read(&text);
    assert_eq!(defects, [""; 0]);
    let ship = words.find_kind("ship").unwrap();
    assert_eq!((words.core(ship), &*words.kind(ship).plural), (CoreKind::Item, "Ships"));
    let draught = words.find_property("draught").unwrap();
    assert!(words.property(draught).domain.has(ship), "kinds below one may have what it may have");
    assert!(!words.property(draught).domain.has(CoreKind::Person.into()));
    assert!(words.takes(draught, words.find_unit("thousand ft").unwrap()));
    assert!(!words.takes(draught, words.find_unit("km").unwrap()));
}

#[test]
fn every_mistake_of_a_kind_is_named() {
    for (text, said) in [
        (
            "[[kind]]\nlabel = \"X\"\nof = \"item\"\n",
            "v.toml:1:1: error wrong-value: no \"name\"; expected name = \"…\"",
        ),
        (
            "[[kind]]\nname = \"Ship\"\n",
            "v.toml:2:8: error vocabulary-name: name \"Ship\"; expected a lower-case letter, then lower-case letters, digits and hyphens",
        ),
        ("[[kind]]\nname = \"ship\"\nof = \"item\"\n", "v.toml:1:1: error wrong-value: no \"label\""),
        (
            "[[kind]]\nname = \"letter\"\nof = \"document\"\nlabel = \"Letter\"\n",
            "v.toml:1:1: error vocabulary-core: kind \"letter\" lies below document; documents are declared as [[source]]",
        ),
        (
            "[[kind]]\nname = \"ship\"\nlabel = \"S\"\n",
            "v.toml:1:1: error wrong-value: kind \"ship\" lies below no core kind",
        ),
        (
            "[[kind]]\nname = \"ship\"\nlabel = \"S\"\nof = \"itm\"\n",
            "v.toml:4:6: error vocabulary-unknown: unknown kind \"itm\"; did you mean \"item\"?",
        ),
        (
            "[[kind]]\nname = \"source\"\nlabel = \"S\"\nof = \"item\"\n",
            "error vocabulary-reserved: kind \"source\" has the name of another table",
        ),
        (
            "[[kind]]\nname = \"person\"\nlabel = \"S\"\n",
            "error vocabulary-duplicate: kind \"person\" exists; expected extend = true",
        ),
        (
            "[[kind]]\nname = \"company\"\nof = \"nonsense\"\nextend = true\n",
            "v.toml:3:6: error vocabulary-misfit: \"of\" of kind \"company\", which exists; expected label, plural, group or order",
        ),
        (
            "[[kind]]\nname = \"company\"\nof = \"item\"\nextend = true\n",
            "v.toml:3:6: error vocabulary-misfit: \"of\" of kind \"company\", which exists",
        ),
        (
            "[[kind]]\nname = \"person\"\nof = \"item\"\nextend = true\n",
            "v.toml:3:6: error vocabulary-core: \"of\" of kind \"person\", which exists",
        ),
        (
            "[[kind]]\nname = \"shp\"\nlabel = \"S\"\nof = \"item\"\nextend = true\n",
            "error vocabulary-unknown: kind \"shp\" does not exist",
        ),
        (
            "[[kind]]\nname = \"ship\"\nlabel = \" \"\nof = \"item\"\n",
            "v.toml:3:9: error wrong-value: no characters; expected 1 to 200",
        ),
        (
            "[[kind]]\nname = \"ship\"\nlabel = \"S\"\nof = \"item\"\norder = -1\n",
            "v.toml:5:9: error wrong-value: found -1; expected a whole number",
        ),
        (
            "[[kind]]\nname = \"ship\"\nlabel = \"S\"\nof = \"item\"\nlabl = \"S\"\n",
            "error unknown-key: unknown key \"labl\"; did you mean \"label\"?",
        ),
    ] {
        let (_, defects) = read(text);
        assert!(defects.iter().any(|defect| defect.contains(said)), "{text}\nexpected {said}\nfound {defects:#?}");
    }
    let (_, defects) = read("[[kind]]\nname = \"company\"\nof = \"institution\"\nlabel = \"Firm\"\nextend = true\n");
    assert_eq!(defects, [""; 0], "what it lies below may be said again");
    let twice = format!("{KIND}{KIND}");
    let (_, defects) = read(&twice);
    assert_eq!(
        defects,
        ["v.toml:5:1: error vocabulary-duplicate: kind \"ship\" is declared twice; expected it once (v.toml:1:1)"]
    );
}

#[test]
fn kinds_below_themselves_and_chains_that_are_too_long_are_defects_and_end() {
    let below = |name: &str, of: &str| format!("[[kind]]\nname = \"{name}\"\nof = \"{of}\"\nlabel = \"X\"\n");
    let (words, defects) = read(&format!("{}{}", below("a", "b"), below("b", "a")));
    assert!(
        defects
            .iter()
            .any(|defect| defect.contains("error vocabulary-cycle: kind \"a\" lies below itself: \"a\", \"b\"")),
        "{defects:#?}"
    );
    assert_eq!(words.core(words.find_kind("b").unwrap()), CoreKind::Item);
    // A circle is one defect however long it is, wherever it is entered.
    for length in [1, 2, 5, 6, 7, 20] {
        let circle = (0..length).map(|n| below(&format!("k{n}"), &format!("k{}", (n + 1) % length)));
        let text = below("in", "k0") + &circle.collect::<String>() + &below("too", "k0");
        let (words, defects) = read(&text);
        let said = "error vocabulary-cycle: kind \"k0\" lies below itself: \"k0\"";
        assert!(defects.len() == 1 && defects[0].contains(said), "{length} {defects:#?}");
        assert!(words.kinds().all(|kind| words.with_above(kind).count() <= 5), "{length}");
    }
    let chain = [("a", "item"), ("b", "a"), ("c", "b"), ("d", "c"), ("e", "d"), ("f", "e")];
    let text = chain.map(|(name, of)| below(name, of)).concat();
    let (_, defects) = read(&text);
    assert_eq!(defects.len(), 1, "{defects:#?}");
    assert!(
        defects[0]
            .contains("kind \"e\" lies more than four deep below its core kind; expected at most 4 kinds above it"),
        "{defects:#?}"
    );
}

#[test]
fn a_kind_with_a_reserved_name_is_one_defect() {
    let property = PROPERTY.replace("item", "review") + "value = \"date\"\n";
    let (_, defects) = read(&(KIND.replace("ship", "review") + &property));
    assert!(defects.len() == 1 && defects[0].contains("kind \"review\" has the name of another table"), "{defects:#?}");
}

#[test]
fn every_mistake_of_a_property_is_named() {
    for (rest, said) in [
        ("", "v.toml:1:1: error wrong-value: no \"value\"; expected value = \"…\""),
        ("value = \"txt\"\n", "v.toml:5:9: error unknown-word: unknown value \"txt\"; did you mean \"text\"?"),
        ("value = \"number\"\n", "v.toml:1:1: error vocabulary-misfit: a number without a unit"),
        ("value = \"number\"\nmeasure = [\"furlong\"]\n", "v.toml:6:12: error unknown-unit: unknown unit \"furlong\""),
        ("value = \"entity\"\n", "v.toml:1:1: error wrong-value: a link without \"to\""),
        (
            "value = \"entity\"\nto = [\"persn\"]\n",
            "v.toml:6:7: error vocabulary-unknown: unknown kind \"persn\"; did you mean \"person\"?",
        ),
        (
            "value = \"text\"\nrole = \"begins\"\n",
            "v.toml:6:8: error vocabulary-misfit: role \"begins\" of a property with other values",
        ),
        (
            "value = \"date\"\nrole = \"begin\"\n",
            "v.toml:6:8: error unknown-word: unknown role \"begin\"; did you mean \"begins\"?",
        ),
        (
            "value = \"date\"\nhappening = \"sails\"\n",
            "v.toml:6:13: error wrong-value: happening \"sails\": no {subject}",
        ),
        ("value = \"date\"\nhappening = \"{subject} [\"\n", "a bracket has no partner"),
        (
            "value = \"date\"\nhappening = \"{subject} by {ownr}\"\n",
            "unknown placeholder \"ownr\"; did you mean \"owner\"?",
        ),
        ("value = \"date\"\nmany = \"no\"\n", "v.toml:6:8: error wrong-value: found \"no\"; expected true or false"),
        (
            "value = \"text\"\nfield = \"area\"\n",
            "v.toml:6:9: error vocabulary-duplicate: field \"area\" is taken by property \"area\"",
        ),
        ("value = \"number\"\nmeasure = [\"m\"]\ncounts = {}\n", "neither \"kind\" nor \"values\""),
        (
            "value = \"number\"\nmeasure = [\"m\"]\ncounts = { kind = \"unt\" }\n",
            "unknown kind \"unt\"; did you mean \"unit\"?",
        ),
        (
            "value = \"text\"\nfield = \"sort\"\n",
            "v.toml:6:9: error vocabulary-reserved: field \"sort\" is one of the query language; expected a name that is none of: at, has,",
        ),
        (
            "value = \"text\"\nfield = \"Two Words\"\n",
            "v.toml:6:9: error vocabulary-name: field \"Two Words\"; expected a lower-case letter, then lower-case letters, digits and hyphens",
        ),
        ("value = \"number\"\nmeasure = []\n", "v.toml:1:1: error vocabulary-misfit: a number without a unit"),
        ("value = \"entity\"\nto = []\n", "v.toml:6:6: error wrong-value: an empty list; expected the name of a kind"),
        (
            "value = \"text\"\nvalues = [\"a\", \" \"]\n",
            "v.toml:6:16: error wrong-value: no characters; expected a text that",
        ),
        ("value = \"text\"\nvalues = []\n", "v.toml:6:10: error wrong-value: an empty list; expected a text in it"),
        (
            "value = \"text\"\nexclusive = true\nmany = true\n",
            "v.toml:7:8: error vocabulary-misfit: \"many\" of a property with exclusive = true",
        ),
        ("value = \"text\"\nunits = 1\n", "v.toml:6:1: error unknown-key: unknown key \"units\""),
    ] {
        let (words, defects) = read(&format!("{PROPERTY}{rest}"));
        assert!(defects.iter().any(|defect| defect.contains(said)), "{rest}\nexpected {said}\nfound {defects:#?}");
        assert!(words.find_property("draught").is_some(), "a broken declaration counts as declared");
    }
}

#[test]
fn what_exists_is_extended_or_replaced_and_the_core_is_never_replaced() {
    let area = |rest: &str| read(&format!("[[property]]\nname = \"area\"\n{rest}"));
    let (_, defects) = area("label = \"A\"\nof = [\"item\"]\nvalue = \"text\"\n");
    assert_eq!(
        defects,
        ["v.toml:1:1: error vocabulary-duplicate: property \"area\" exists; expected extend = true or replaces = true"]
    );
    let (words, defects) = area("label = \"Size\"\nof = [\"person\"]\nextend = true\n");
    assert_eq!(defects, [""; 0]);
    let size = words.property(words.find_property("area").unwrap());
    assert!(
        &*size.label == "Size" && size.domain.has(CoreKind::Person.into()) && size.domain.has(CoreKind::Place.into())
    );
    let (_, defects) = area("value = \"text\"\nextend = true\n");
    assert!(
        defects[0].contains("error vocabulary-misfit: \"value\" of property \"area\", which exists"),
        "{defects:#?}"
    );
    let (words, defects) = area("label = \"A\"\nof = [\"event\"]\nvalue = \"text\"\nreplaces = true\n");
    assert_eq!(defects, [""; 0]);
    assert!(matches!(words.property(words.find_property("area").unwrap()).range, Range::Text(_)));
    let (_, defects) =
        read("[[property]]\nname = \"start\"\nlabel = \"S\"\nof = [\"event\"]\nvalue = \"text\"\nreplaces = true\n");
    assert!(defects[0].contains("error vocabulary-core: property \"start\" is one of the core"), "{defects:#?}");
    let (_, defects) = read("[[property]]\nname = \"rank\"\nlabel = \"R\"\nof = [\"event\"]\nvalue = \"text\"\n");
    assert!(
        defects[0].contains("error vocabulary-reserved: property \"rank\" has the name of a key of claims"),
        "{defects:#?}"
    );
}

#[test]
fn what_cannot_be_counted_or_added_up_is_one_defect() {
    let number = "[[property]]\nname = \"crew\"\nlabel = \"Crew\"\nof = [\"institution\"]\nvalue = \"number\"\nmeasure = \"people\"\n";
    let code = "error vocabulary-misfit: ";
    for (counts, said) in [
        ("{ kind = \"unit\", through = \"person\" }", Some("v.toml:7:37: CODE\"person\" cannot be said of a unit")),
        (
            "{ kind = \"person\", through = \"born\" }",
            Some("v.toml:7:39: CODE\"born\" is not a link to an institution"),
        ),
        ("{ kind = \"unit\", through = \"place\" }", Some("CODE\"place\" is not a link to an institution")),
        (
            "{ values = \"cost\" }",
            Some("v.toml:7:21: CODE\"cost\" is not a link; expected a link of what has the number"),
        ),
        ("{ values = \"spouse\" }", Some("CODE\"spouse\" cannot be said of an institution")),
        ("{ values = \"member\", plus = \"motto\" }", Some("v.toml:7:38: CODE\"motto\" is not a number")),
        ("{ values = \"member\", plus = \"staff\" }", None),
        ("{ kind = \"unit\" }", None),
        ("[{ kind = \"unit\", through = \"institution\" }, { values = \"member\" }]", None),
    ] {
        let (_, defects) = read(&format!("{number}counts = {counts}\n"));
        let expected = said.map(|said| said.replace("CODE", code));
        assert_eq!(defects.len(), usize::from(said.is_some()), "{counts} {defects:#?}");
        assert!(expected.iter().all(|said| defects[0].contains(said.as_str())), "{said:?} {defects:#?}");
    }
    let measure = |rest: &str| read(&format!("[[measure]]\nname = \"cot\"\nplural = \"cots\"\n{rest}")).1;
    assert_eq!(
        measure("adds_to = \"zebras\"\n"),
        ["v.toml:4:11: error vocabulary-unknown: unknown measure \"zebras\"; expected a declared measure"]
    );
    assert!(measure("adds_to = \"peopel\"\n")[0].ends_with("did you mean \"people\"?"));
    assert_eq!(measure("adds_to = \"goats\"\n[[measure]]\nname = \"goat\"\nplural = \"goats\"\n"), [""; 0]);
}

#[test]
fn a_word_that_is_changed_and_does_not_exist_is_one_defect() {
    for (text, said) in [
        (
            "[[property]]\nname = \"beds2\"\nextend = true\nmeasure = \"people\"\n",
            "v.toml:1:1: error vocabulary-unknown: property \"beds2\" does not exist; did you mean \"beds\"?",
        ),
        (
            "[[kind]]\nname = \"compny\"\nextend = true\n",
            "v.toml:1:1: error vocabulary-unknown: kind \"compny\" does not exist; did you mean \"company\"?",
        ),
        (
            "[[kind]]\nname = \"company\"\nof = \"item\"\nlabel = \"A\"\nreplaces = true\n",
            "v.toml:1:1: error vocabulary-duplicate: kind \"company\" exists; expected extend = true",
        ),
        (
            "[[kind]]\nname = \"person\"\nlabel = \"A\"\nreplaces = true\n",
            "v.toml:1:1: error vocabulary-core: kind \"person\" is one of the core; expected extend = true, with which label, order and heading may change",
        ),
    ] {
        assert_eq!(read(text).1, [said], "{text}");
    }
}

#[test]
fn a_key_that_does_not_go_with_the_values_is_refused_in_a_new_property_and_in_one_that_is_extended() {
    let keys = [
        ("measure = [\"m\"]", "number"),
        ("dimension = \"mass\"", "number"),
        ("counts = { kind = \"unit\" }", "number"),
        ("group = \"Size\"", "number"),
        ("to = [\"item\"]", "entity"),
        ("inverse = \"Of\"", "entity"),
        ("happening = \"{subject} sails\"", "date"),
        ("planned = \"{subject} is to sail\"", "date"),
        ("values = [\"a\"]", "text"),
        ("exclusive = true", "text"),
    ];
    let sorts = [
        ("motto", "text", "value = \"text\"\n"),
        ("area", "number", "value = \"number\"\nmeasure = [\"m\"]\n"),
        ("owner", "entity", "value = \"entity\"\nto = [\"item\"]\n"),
        ("opened", "date", "value = \"date\"\n"),
    ];
    for (key, fits) in keys {
        for (known, sort, value) in sorts.iter().filter(|(_, sort, _)| *sort != fits) {
            let name = key.split(' ').next().unwrap();
            let extension = format!("[[property]]\nname = \"{known}\"\nextend = true\n{key}\n");
            for text in [format!("{PROPERTY}{value}{key}\n"), extension] {
                let (_, defects) = read(&text);
                let said = format!("error vocabulary-misfit: \"{name}\" of a property with value = \"{sort}\"");
                assert!(
                    defects.len() == 1 && defects[0].contains(&said),
                    "{text}\nexpected {said}\nfound {defects:#?}"
                );
            }
        }
    }
    let (_, defects) = read("[[property]]\nname = \"area\"\nextend = true\ndimension = \"mass\"\n");
    assert!(
        defects.len() == 1 && defects[0].contains("\"dimension\" of property \"area\", which exists"),
        "{defects:#?}"
    );
}

#[test]
fn a_name_that_means_something_else_is_refused_with_all_such_names() {
    for (name, said) in [
        (
            "kind",
            "property \"kind\" has the name of a field of queries; expected a name that is none of: at, has, id, inst,",
        ),
        (
            "sort",
            "property \"sort\" has the name of a field of queries; expected a name that is none of: at, has, id, inst,",
        ),
        (
            "check",
            "property \"check\" has the name of a table of files; expected a name that is none of: dossier, source,",
        ),
        ("at", "property \"at\" has the name of a key of claims; expected a name that is none of: allow, as_of, at,"),
    ] {
        let (_, defects) = read(&PROPERTY.replace("draught", name).replace("of =", "value = \"date\"\nof ="));
        assert!(defects.len() == 1 && defects[0].contains(said), "{name} {defects:#?}");
    }
}

#[test]
fn a_broken_declaration_is_known_as_broken_and_its_unit_stands() {
    for (rest, is_broken) in [
        ("value = \"date\"\n", false),
        ("value = \"dat\"\n", true),
        ("value = \"entity\"\n", true),
        ("value = \"entity\"\nto = [\"itm\"]\n", true),
        ("value = \"number\"\n", true),
        ("value = \"number\"\nmeasure = [\"furlong\"]\n", true),
        ("value = \"date\"\nrole = \"whole\"\n", false),
    ] {
        let (words, _) = read(&format!("{PROPERTY}{rest}"));
        assert_eq!(words.is_broken(words.find_property("draught").unwrap()), is_broken, "{rest}");
    }
    let twice = format!("{PROPERTY}value = \"number\"\nmeasure = [\"furlong\"]\n");
    let (words, defects) = read(&format!("{twice}{}", twice.replace("draught", "freeboard")));
    assert_eq!(defects.len(), 1, "{defects:#?}");
    assert!(words.find_unit("million furlong").is_some());
}

#[test]
fn a_text_whose_values_exclude_each_other_has_one_at_a_time() {
    let (words, defects) = read(&format!("{PROPERTY}value = \"text\"\nexclusive = true\n"));
    assert_eq!(defects, [""; 0]);
    assert!(!words.property(words.find_property("draught").unwrap()).many);
    let (again, defects) = read(&words.own_toml());
    assert_eq!(defects, [""; 0]);
    assert_eq!(again, words);
}

#[test]
fn every_mistake_of_a_measure_and_of_a_matrix_is_named() {
    for (text, said) in [
        ("[[measure]]\nplural = \"x\"\n", "v.toml:1:1: error wrong-value: no \"name\""),
        ("[[measure]]\nname = \"km\"\n", "v.toml:1:1: error vocabulary-duplicate: \"km\" is a unit already"),
        ("[[measure]]\nname = \"league\"\nplural = \"m\"\n", "\"m\" is a unit already"),
        (
            "[[measure]]\nname = \"league\"\nfactor = 0\n",
            "v.toml:3:10: error wrong-value: found 0; expected a number above 0",
        ),
        (
            "[[measure]]\nname = \"leage\"\nreplaces = true\n",
            "v.toml:1:1: error vocabulary-unknown: measure \"leage\" does not exist; expected no replaces = true",
        ),
        (
            "[[measure]]\nname = \"buildng\"\nreplaces = true\n",
            "measure \"buildng\" does not exist; did you mean \"building\"?",
        ),
        ("[[measure]]\nname = \" \"\n", "expected a word or a few"),
        (
            "[[measure]]\nname = \"boats/year\"\n",
            "v.toml:2:8: error vocabulary-reserved: name \"boats/year\" with \"/year\", which may stand around every unit; expected the unit alone",
        ),
        (
            "[[measure]]\nname = \"boat\"\nplural = \"million boats\"\n",
            "v.toml:3:10: error vocabulary-reserved: plural \"million boats\" with \"million\", which may stand",
        ),
        ("[[measure]]\nname = \"boat\"\nsymbol = \"crore\"\n", "symbol \"crore\" with \"crore\", which may stand"),
        ("[[matrix]]\nname = \"votes\"\n", "v.toml:1:1: error wrong-value: no \"of\"; expected of = …"),
        ("[[matrix]]\nname = \"votes\"\nof = \"asembly\"\n", "unknown kind \"asembly\"; did you mean \"assembly\"?"),
        ("[[matrix]]\nname = \"votes\"\nof = \"assembly\"\nrows = 1\n", "found 1; expected { kind = \"…\""),
        (
            "[[matrix]]\nname = \"votes\"\nof = \"assembly\"\nrows = { kind = \"person\" }\ncell = { property = [\"owner\"] }\n",
            "signs of another number than properties",
        ),
        (
            "[[matrix]]\nname = \"v\"\nof = \"unit\"\nrows = { kind = \"person\" }\ncell = { kind = \"event\", row = \"person\", column = \"type\" }\nmarks = [{ label = \"a\", kind = \"event\", row = \"person\", pick = \"when\" }]\n",
            "pick \"when\"; expected \"earliest PROPERTY\"",
        ),
    ] {
        let (_, defects) = read(text);
        assert!(defects.iter().any(|defect| defect.contains(said)), "{text}\nexpected {said}\nfound {defects:#?}");
    }
}

#[test]
fn more_declarations_than_a_dossier_may_have_are_one_defect() {
    let kinds = (0..202)
        .fold(String::new(), |text, n| text + &format!("[[kind]]\nname = \"k{n}\"\nof = \"item\"\nlabel = \"K\"\n"));
    let (words, defects) = read(&kinds);
    assert_eq!(defects, ["v.toml:801:1: error vocabulary-limit: more than 200 [[kind]]; expected fewer"]);
    assert!(words.find_kind("k199").is_some() && words.find_kind("k200").is_none());
}

#[test]
fn money_has_no_usual_currency_and_every_multiplier() {
    let text =
        "[[property]]\nname = \"toll\"\nlabel = \"Toll\"\nof = [\"item\"]\nvalue = \"number\"\ndimension = \"money\"\n";
    let (words, defects) = read(text);
    assert_eq!(defects, [""; 0]);
    let toll = words.find_property("toll").unwrap();
    let Range::Number(numbers) = &words.property(toll).range else { unreachable!() };
    assert_eq!(numbers.default, None);
    for unit in ["EUR", "million EUR", "crore INR", "lakh INR", "trillion JPY", "thousand CHF", "€"] {
        assert!(words.find_unit(unit).is_some_and(|unit| words.takes(toll, unit)), "{unit}");
    }
    for unit in ["eur", "dozen EUR", "EUR/year", "km", "million"] {
        assert!(words.find_unit(unit).is_none_or(|unit| !words.takes(toll, unit)), "{unit}");
    }
    let (million, billion) = (words.find_unit("million EUR").unwrap(), words.find_unit("billion EUR").unwrap());
    assert_eq!(words.conversion(billion, million), Some(1_000.0));
    assert_eq!(words.conversion(words.find_unit("USD").unwrap(), million), None);
}
