//! Dossiers with words of their own: a choir, a river, a council.

use std::fs;

use crate::support::program::{annals, annals_on, found};

const CHOIR: &str = r#"
document = "programme"
[dossier]
key = "choir"
title = "A choir"
format = 2
[[source]]
id = "programme"
key = "P"
title = "Programme of the spring concert"
published = "2021-04"
[[kind]]
name = "choir"
of = "institution"
label = "Choir"
[[measure]]
name = "voice"
plural = "voices"
[[property]]
name = "singers"
label = "Singers"
of = ["choir"]
value = "number"
measure = ["voices"]
[[choir]]
id = "north"
label = "North Choir"
at = "lead / p1 s1"
singers = 40
established = "1998"
[[event]]
id = "spring"
label = "Spring concert"
institution = "choir/north"
when = "2021-04-12"
at = "lead / p2 s1"
"#;

const RIVER: &str = r#"
document = "survey"
[dossier]
key = "river"
title = "A river"
format = 2
[[source]]
id = "survey"
key = "S"
title = "Survey of the river"
[[kind]]
name = "river"
of = "item"
label = "River"
[[measure]]
name = "cusec"
plural = "cusecs"
dimension = "flow"
factor = 0.0283168
[[measure]]
name = "m³/s"
dimension = "flow"
[[property]]
name = "flow"
label = "Flow"
of = ["river"]
value = "number"
measure = ["m³/s", "cusecs"]
[[property]]
name = "dammed"
label = "Dammed"
of = ["river"]
value = "date"
happening = "{subject} is dammed[ at {place}]"
[[place]]
id = "rye"
label = "Rye"
at = "lead / p1 s1"
[[river]]
id = "ash"
label = "Ash"
flow = [{ value = "12 m³/s", as_of = "1990" }, { value = "424 cusecs", as_of = "1990" }]
dammed = "1931-05"
place = "rye"
at = "lead / p1 s1"
"#;

const COUNCIL: &str = r#"
document = "minutes"
[dossier]
key = "council"
title = "A council"
format = 2
[[source]]
id = "minutes"
key = "M"
title = "Minutes"
[[matrix]]
name = "votes"
label = "Members × votes"
tab = "Votes"
of = "assembly"
rows = { kind = "person", through = "member" }
columns = { kind = "vote", through = "institution", order = "when" }
cell = { property = ["voted-for", "voted-against"], sign = ["+", "−"] }
[[assembly]]
id = "council"
label = "The council"
member = ["ada", "ben", "cleo"]
at = "lead / p1 s1"
[[vote]]
id = "tram"
label = "Second line"
institution = "assembly/council"
when = "2011-05-02"
at = "lead / p1 s2"
[[vote]]
id = "budget"
label = "Budget"
institution = "assembly/council"
when = "2010-12-02"
at = "lead / p1 s2"
[[person]]
id = "ada"
label = "Ada Holm"
voted-for = ["vote/tram", "vote/budget"]
at = "lead / p1 s3"
[[person]]
id = "ben"
label = "Ben Roe"
voted-against = "vote/tram"
at = "lead / p1 s3"
[[person]]
id = "cleo"
label = "Cleo Tan"
voted-for = { value = "vote/tram", modality = "alleged" }
at = "lead / p1 s4"
"#;

fn folder(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("dossier.toml"), text).unwrap();
    folder
}

#[test]
fn a_kind_a_property_and_a_measure_of_its_own_work_everywhere() {
    let (choir, river) = (folder(CHOIR), folder(RIVER));
    for (dossier, args, said) in [
        (&choir, &["check"][..], "choir     1"),
        (&choir, &["list", "choirs"], "choir/north"),
        (&choir, &["list", "institution"], "choir/north"),
        (&choir, &["figures"], "40      voices"),
        (&choir, &["find", "singers:>39"], "choir/north"),
        (&choir, &["find", "established:1998 kind:institution"], "choir/north"),
        (&choir, &["timeline"], "1998-··-··  North Choir: established"),
        (&choir, &["vocabulary", "singers"], "number: voices"),
        (&choir, &["export", "--format", "jsonl"], r#""property":"singers","number":40,"unit":"voices""#),
        (&river, &["timeline"], "1931-05-··  Ash is dammed at Rye"),
        (&river, &["conflicts", "--all"], "number-rounds"),
        (&river, &["find", "flow:\">400 cusecs\""], "river/ash"),
        (&river, &["find", "dammed:1930..1935"], "river/ash"),
        (&river, &["find", "has:dammed kind:item"], "river/ash"),
        (&river, &["show", "river/ash"], "12 m³/s"),
    ] {
        let ran = annals_on(dossier.path(), args);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{args:?}");
        assert!(ran.stdout.contains(said), "{args:?}\n{}", ran.stdout);
    }
}

#[test]
fn a_matrix_of_its_own_has_a_tab_and_signs() {
    let council = folder(COUNCIL);
    let matrix = annals_on(council.path(), &["matrix"]).stdout;
    for line in [
        "Members × votes · The council",
        "Person    Budget  Second line",
        "Ada Holm  +       +",
        "Ben Roe           −",
        "Cleo Tan          ?+",
    ] {
        assert!(matrix.contains(line), "{line}\n{matrix}");
    }
    let screen = annals_on(council.path(), &["render", "matrix", "--size", "100x20"]).stdout;
    assert!(screen.contains(" 3 Votes "), "{screen}");
    let without = annals_on(folder(CHOIR).path(), &["render", "chronicle", "--size", "100x20"]).stdout;
    assert!(without.contains(" 2 Tenures 4 Agreements "), "{without}");
    for query in ["voted-for:tram", "voted-for:\"second line\"", "!voted-against:tram voted-for:budget"] {
        let found = annals_on(council.path(), &["find", query, "--format", "csv"]).stdout;
        assert!(found.contains("person/ada") && !found.contains("person/ben"), "{query}\n{found}");
    }
}

#[test]
fn the_command_takes_the_name_of_a_matrix_and_says_if_there_is_none() {
    let second = "[[matrix]]\nname = \"budget\"\nlabel = \"Offices × votes\"\nof = \"assembly\"\n\
        rows = { kind = \"post\" }\ncolumns = { kind = \"vote\" }\ncell = { property = \"voted-for-by\", sign = \"+\" }\n\
        [[property]]\nname = \"voted-for-by\"\nlabel = \"Voted for\"\nof = \"post\"\nvalue = \"entity\"\nto = \"vote\"\n\
        [[post]]\nid = \"chair\"\nlabel = \"Chair\"\ninstitution = \"assembly/council\"\nvoted-for-by = \"vote/tram\"\n\
        at = \"lead / p1 s4\"\n";
    let council = folder(&format!("{COUNCIL}{second}"));
    for (args, title) in [
        (&["matrix"][..], "Members × votes · The council"),
        (&["matrix", "votes"], "Members × votes · The council"),
        (&["matrix", "budget"], "Offices × votes · The council"),
        (&["matrix", "budget", "council"], "Offices × votes · The council"),
        (&["matrix", "assembly/council"], "Members × votes · The council"),
    ] {
        let ran = annals_on(council.path(), args);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{args:?}");
        assert_eq!(ran.stdout.lines().next(), Some(title), "{args:?}");
    }
    let choir = folder(CHOIR);
    for (dossier, args, code, said) in [
        (&council, &["matrix", "vots"][..], 2, "annals: no matrix \"vots\"; did you mean \"votes\"?\n"),
        (
            &council,
            &["matrix", "nonsense"],
            2,
            "annals: no matrix \"nonsense\"; expected one of: votes, budget, or the id or name of an entity\n",
        ),
        (
            &council,
            &["matrix", "vote/tram", "council"],
            2,
            "annals: no matrix \"vote/tram\"; expected one of: votes, budget\n",
        ),
        (&choir, &["matrix"], 1, "annals: the dossier declares no matrix\n"),
        (&choir, &["matrix", "votes"], 1, "annals: the dossier declares no matrix\n"),
    ] {
        let ran = annals_on(dossier.path(), args);
        assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (Some(code), "", said), "{args:?}");
    }
    assert_eq!(annals_on(choir.path(), &["matrix", "--format", "json"]).stdout, "[]\n");
}

#[test]
fn the_words_of_a_dossier_go_through_sqlite() {
    let river = folder(RIVER);
    let copy = river.path().join("copy.db");
    let ran = annals_on(river.path(), &["export", "--format", "sqlite", copy.to_str().unwrap()]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    for args in [&["timeline"][..], &["figures"], &["export", "--format", "json"], &["vocabulary", "--format", "toml"]]
    {
        assert_eq!(annals_on(&copy, args).stdout, annals_on(river.path(), args).stdout, "{args:?}");
    }
}

#[test]
fn declarations_printed_as_toml_are_read_again() {
    let own = found(&["vocabulary", "--format", "toml"]);
    assert!(own.starts_with("[vocabulary]\nbase = \"general\"\n"));
    let again = folder(&format!(
        "{own}\n[dossier]\nkey = \"a\"\ntitle = \"A\"\nformat = 2\nallow = \"no-evidence\"\n[[place]]\nid = \"a\"\nlabel = \"A\"\n"
    ));
    let ran = annals_on(again.path(), &["vocabulary", "--format", "toml"]);
    assert_eq!((ran.code, ran.stdout), (Some(0), own));
}

#[test]
fn what_a_declaration_does_not_allow_is_refused_where_it_stands() {
    let ferry = "[dossier]\nkey = \"f\"\ntitle = \"F\"\nformat = 2\n\
        [[source]]\nid = \"log\"\nkey = \"L\"\ntitle = \"Log\"\n\
        [[property]]\nname = \"crossing\"\nlabel = \"Crossing\"\nof = [\"item\"]\nvalue = \"text\"\nvalues = [\"free\", \"paid\"]\n\
        [[property]]\nname = \"toll\"\nlabel = \"Toll\"\nof = [\"item\"]\nvalue = \"number\"\ndimension = \"money\"\n\
        [[person]]\nid = \"ada\"\nlabel = \"Ada\"\nprofession = { value = \"pilot\", at = \"L: lead / p1 s1\" }\n\
        [[item]]\nid = \"swift\"\nlabel = \"Swift\"\nat = \"L: lead / p1 s1\"\n";
    let sound = folder(&format!("{ferry}crossing = \"paid\"\ntoll = [\"2 €\", \"0.000002 million EUR\"]\n"));
    let ran = annals_on(sound.path(), &["check"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    for (more, said) in [
        (
            "crossing = \"payd\"\n",
            "29:12: error unknown-word: \"payd\" is no value of \"crossing\"; did you mean \"paid\"?",
        ),
        ("crossing = \"dear\"\n", "expected one of: free, paid"),
        (
            "toll = 2\n",
            "29:8: error wrong-value: found 2; expected a number with a currency in quotes, such as \"5 million EUR\"",
        ),
        ("toll = \"2 km\"\n", "29:8: error wrong-value: found \"2 km\""),
        ("born = \"1900\"\n", "29:8: error unknown-key: \"born\" cannot be said of an item; it is said of: person"),
        ("bron = \"1900\"\n", "29:1: error unknown-key: unknown key \"bron\""),
    ] {
        let ran = annals_on(folder(&format!("{ferry}{more}")).path(), &["check"]);
        assert!(ran.code == Some(2) && ran.stderr.contains(said), "{more}{}", ran.stderr);
    }
}

#[test]
fn two_values_that_exclude_each_other_are_a_conflict_and_of_a_closed_list_always() {
    let judged = |declared: &str, values: &str| {
        let property =
            format!("[[property]]\nname = \"lock\"\nlabel = \"Lock\"\nof = \"item\"\nvalue = \"text\"\n{declared}");
        let ran = annals_on(folder(&format!("{FERRY}lock = {values}\n{property}")).path(), &["conflicts", "--all"]);
        assert_eq!(ran.stderr, "");
        ["incompatible", "text-within", "other-time"].into_iter().find(|rule| ran.stdout.contains(rule))
    };
    let exclusive = "exclusive = true\n";
    let closed = "exclusive = true\nvalues = [\"open\", \"half open\", \"shut\"]\n";
    assert_eq!(judged("", "[\"open\", \"shut\"]"), None);
    assert_eq!(judged(exclusive, "[\"open\", \"shut\"]"), Some("incompatible"));
    assert_eq!(judged(exclusive, "[\"open\", \"half open\"]"), Some("text-within"));
    assert_eq!(judged(closed, "[\"open\", \"half open\"]"), Some("incompatible"));
    let apart = "[{ value = \"open\", as_of = \"1990\" }, { value = \"shut\", as_of = \"1995\" }]";
    assert_eq!(judged(closed, apart), Some("other-time"));
}

#[test]
fn figures_of_one_group_stand_under_its_heading() {
    let number = |name: &str, rest: &str| {
        format!("[[property]]\nname = \"{name}\"\nlabel = \"{name}\"\nof = \"item\"\nvalue = \"number\"\n{rest}")
    };
    // What has no order stands at the end, as declared: between the two of the group.
    let toll = number("wear", "measure = \"m\"\n") + &number("toll", "dimension = \"money\"\ngroup = \"Money\"\n");
    let claims = "cost = \"5 million EUR\"\nlength = 30\nwear = 9\ntoll = \"2 EUR\"\n";
    let ferry = folder(&format!("{FERRY}{claims}{toll}"));
    let card = annals_on(ferry.path(), &["show", "item/swift"]).stdout;
    let lines: Vec<&str> = card.lines().map(str::trim).collect();
    let at = |start: &str| {
        lines.iter().position(|line| line.starts_with(start)).unwrap_or_else(|| panic!("{start}\n{card}"))
    };
    assert!(at("Figures") < at("Length") && at("Length") < at("wear") && at("wear") < at("Money"), "{card}");
    assert!(at("Money") < at("Cost") && at("Cost") < at("toll"), "{card}");
    let rows: serde_json::Value =
        serde_json::from_str(&annals_on(ferry.path(), &["figures", "--format", "json"]).stdout).unwrap();
    let rows: Vec<[&str; 2]> =
        rows.as_array().unwrap().iter().map(|row| ["what", "group"].map(|key| row[key].as_str().unwrap())).collect();
    assert_eq!(rows.iter().filter(|row| row[1] == "Money").count(), 2, "{rows:?}");
    let money: Vec<usize> = (0..rows.len()).filter(|&row| rows[row][1] == "Money").collect();
    assert!(money[1] == money[0] + 1, "{rows:?}");
    // A figure that is the only one of its group needs no heading of its own.
    let one =
        annals_on(folder(&format!("{FERRY}cost = \"5 EUR\"\nlength = 30\n")).path(), &["show", "item/swift"]).stdout;
    assert!(one.contains("Figures") && !one.contains("Money"), "{one}");
}

/// A dossier with one item, to which claims are added.
const FERRY: &str = "[dossier]\nkey = \"f\"\ntitle = \"F\"\nformat = 2\n\
    [[source]]\nid = \"log\"\nkey = \"L\"\ntitle = \"Log\"\n\
    [[item]]\nid = \"swift\"\nlabel = \"Swift\"\nat = \"L: lead / p1 s1\"\ntype = \"ferry\"\n";

/// Returns the defects of a folder, without the path of the folder.
fn defects_of(folder: &tempfile::TempDir) -> Vec<String> {
    let path = format!("{}/", folder.path().display());
    let ran = annals_on(folder.path(), &["check"]);
    assert_eq!(ran.code, Some(2), "{}", ran.stdout);
    ran.stderr.lines().filter(|line| !line.starts_with("annals: ")).map(|line| line.replace(&path, "")).collect()
}

#[test]
fn one_mistake_of_a_declaration_is_one_defect_whatever_uses_it() {
    for (declared, claims, said) in [
        ("value = \"number\"\nmeasure = [\"zork\"]\n", "toll = [\"5 zork\", 6]\n", "unknown unit \"zork\""),
        ("value = \"numbr\"\n", "toll = 5\n", "unknown value \"numbr\""),
        ("value = \"entity\"\nto = \"persn\"\n", "toll = \"ada\"\n", "unknown kind \"persn\""),
        ("value = \"number\"\ndimension = \"zork\"\n", "toll = \"5 zork\"\n", "a number without a unit"),
    ] {
        let property = format!("[[property]]\nname = \"toll\"\nlabel = \"Toll\"\nof = \"item\"\n{declared}");
        let found = defects_of(&folder(&format!("{FERRY}{claims}{property}")));
        assert!(found.len() == 1 && found[0].contains(said), "{declared}{found:#?}");
    }
    let property = "[[property]]\nname = \"toll\"\nlabel = \"Toll\"\nof = \"itm\"\nvalue = \"text\"\n";
    let found = defects_of(&folder(&format!("{FERRY}toll = \"free\"\n{property}")));
    assert!(found.len() == 1 && found[0].contains("unknown kind \"itm\""), "{found:#?}");
}

#[test]
fn a_dossier_has_one_head_and_one_base_in_all_its_files() {
    let two = folder(&format!("{FERRY}[vocabulary]\nbase = \"general\"\n"));
    fs::write(two.path().join("more.toml"), "[dossier]\nkey = \"g\"\ntitle = \"G\"\nspan = \"never\"\n").unwrap();
    let head = "more.toml:1:1: error duplicate-key: a second [dossier]; expected one in all files (dossier.toml:1:1)";
    assert_eq!(defects_of(&two), [head]);
    fs::write(two.path().join("more.toml"), "[vocabulary]\nbase = \"core\"\n").unwrap();
    let base =
        "more.toml:2:8: error duplicate-key: a second base; expected one [vocabulary] in all files (dossier.toml:15:8)";
    assert_eq!(defects_of(&two), [base]);
}

#[test]
fn a_newer_format_is_refused_with_both_numbers() {
    let newer = folder("[dossier]\nkey = \"a\"\ntitle = \"A\"\nformat = 3\n[[place]]\nid = \"a\"\nlabel = \"A\"\n");
    let ran = annals_on(newer.path(), &["check"]);
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.stderr.contains("4:10: error wrong-value: format 3; this program reads formats 1 to 2"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_word_that_is_not_declared_is_nothing_found() {
    assert_eq!(annals(&["vocabulary", "zzzz"]).code, Some(1));
}
