//! `list`, `show`, `find`: answers to the questions that they exist for.

use serde_json::Value;

use crate::support::program::{annals, annals_on, entities, folder, found, list, rows, targets, text};

const KINDS: [&str; 13] = [
    "institution",
    "unit",
    "person",
    "post",
    "tenure",
    "programme",
    "agreement",
    "facility",
    "event",
    "scheme",
    "emblem",
    "place",
    "document",
];

/// Returns the number of rows at an institution.
fn under(rows: &[Value], id: &str) -> usize {
    rows.iter().filter(|row| list(row, "institutions").iter().any(|at| at["id"] == id)).count()
}

#[test]
fn departments_and_programmes_are_counted_by_institution() {
    let shown = found(&["list", "department"]);
    assert_eq!(shown.lines().next(), Some("AIIMS Kalyani: 41 departments"));
    assert_eq!(under(&rows(&["list", "departments"]), "institution/aiims-kalyani"), 41);

    let shown = found(&["list", "programme"]);
    assert_eq!(shown.lines().next(), Some("AIIMS Kalyani: 66 programmes"));
    assert!(shown.contains("\nSchool for Skills: Healthcare & Technology: 3 programmes\n"));
    let programmes = rows(&["list", "programmes"]);
    assert_eq!(under(&programmes, "institution/aiims-kalyani"), 66);
    assert_eq!(under(&programmes, "institution/school-for-skills"), 3);
}

#[test]
fn every_entity_is_listed_once_under_its_kind() {
    let exported = entities();
    let mut listed = Vec::new();
    for kind in KINDS {
        let rows = rows(&["list", kind]);
        assert!(rows.iter().all(|row| row["kind"] == kind));
        let shown = found(&["list", kind]);
        let total = shown.lines().last().unwrap();
        assert!(total.starts_with(&format!("Total: {} ", rows.len())), "{kind}: {total}");
        listed.extend(rows.iter().map(|row| text(row, "id").to_owned()));
    }
    listed.sort();
    let ids: Vec<&str> = exported.iter().map(|row| text(row, "id")).collect();
    assert_eq!(listed, ids);
}

#[test]
fn a_list_has_the_objects_of_the_export() {
    let exported = entities();
    for mut row in rows(&["list", "agreement"]) {
        assert!(!list(&row, "institutions").is_empty());
        row.as_object_mut().unwrap().remove("institutions");
        assert!(exported.contains(&row), "{row}");
    }
}

#[test]
fn a_list_can_be_narrowed_to_a_part_and_by_a_query() {
    let of = rows(&["list", "programme", "--of", "unit/kalyani-ent"]);
    let ids: Vec<&str> = of.iter().map(|row| text(row, "id")).collect();
    assert!(ids.contains(&"programme/kalyani-phd-ent") && ids.len() < 8, "{ids:?}");
    assert!(of.iter().all(|row| targets(row, "department").contains(&"unit/kalyani-ent")));

    let people = rows(&["list", "people", "--of", "AIIMS Kalyani"]);
    let ids: Vec<&str> = people.iter().map(|row| text(row, "id")).collect();
    assert!(ids.contains(&"person/ramji-singh") && !ids.contains(&"person/vk-tewari"), "{ids:?}");

    let found = rows(&["list", "department", "--query", "surgery"]);
    assert!(found.len() >= 3 && found.iter().all(|row| text(row, "label").contains("urg")), "{found:?}");
}

#[test]
fn an_empty_list_is_exit_code_one() {
    for (format, stdout) in [("text", "Total: 0 people\n"), ("json", "[]\n"), ("jsonl", "")] {
        let ran = annals(&["list", "person", "--query", "zzqxzzqx", "--format", format]);
        assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (Some(1), stdout, ""), "{format}");
    }
}

#[test]
fn a_person_has_every_tenure_with_its_dates_and_their_evidence() {
    let shown = found(&["show", "person/ramji-singh"]);
    let at = |needle: &str| shown.find(needle).unwrap_or_else(|| panic!("no \"{needle}\" in:\n{shown}"));
    let tenure = at("tenure/ramji-singh-director");
    let (start, end, attested) = (at("Start "), at("End "), at("Last attested "));
    assert!(tenure < start && start < end && end < attested);
    assert!(shown[start..end].contains("2020-03") && shown[start..end].contains("kalyani, Founding / p1 s5"));
    assert!(shown[attested..].contains("2023-07-01") && shown[attested..].contains("agency-2023, lead / p2 s1"));

    // Every tenure of every person is shown.
    let exported = entities();
    for person in exported.iter().filter(|entity| entity["kind"] == "person") {
        let id = text(person, "id");
        let held: Vec<&str> = exported
            .iter()
            .filter(|entity| entity["kind"] == "tenure" && targets(entity, "person").contains(&id))
            .map(|tenure| text(tenure, "id"))
            .collect();
        let shown = rows(&["show", id]).remove(0);
        let tenures = shown["tenures"].as_array().map(Vec::as_slice).unwrap_or_default();
        assert_eq!(tenures.iter().map(|tenure| text(tenure, "id")).collect::<Vec<_>>(), held, "{id}");
        for claim in tenures.iter().flat_map(|tenure| list(tenure, "claims")) {
            assert!(!list(claim, "evidence").is_empty(), "{id}: {claim}");
        }
        let printed = found(&["show", id]);
        assert!(held.iter().all(|tenure| printed.contains(tenure)), "{id}");
    }
}

#[test]
fn an_institution_has_its_parts_people_agreements_figures_and_chronology() {
    let shown = found(&["show", "aiims-kalyani"]);
    for heading in ["Departments 41", "People ", "Programmes 66", "Agreements 4", "Figures", "Chronology "] {
        assert!(shown.lines().any(|line| line.starts_with(heading)), "{heading}");
    }
    for fact in ["951 students", "unit/kalyani-ent", "agreement/mou-iit-kharagpur", "tenure/ramji-singh-director"] {
        assert!(shown.contains(fact), "{fact}");
    }
}

#[test]
fn everything_said_of_an_entity_is_shown_with_its_evidence() {
    for id in ["institution/roy-institute", "agreement/mou-iit-kharagpur", "event/sskm-offer", "document/kalyani"] {
        let object = rows(&["show", id]).remove(0);
        let shown = found(&["show", id]);
        for claim in list(&object, "claims").iter().filter(|claim| !text(claim, "basis").starts_with("inferred")) {
            let stated = claim["entity_label"].as_str().or(claim["value"].as_str());
            let value = match (stated, claim.get("when")) {
                // A date has a format of its own, which has the digits of its year.
                (Some(date), Some(_)) => date.trim_start_matches(['[', '.']).get(..4).unwrap(),
                (Some(value), None) => value,
                // A figure is grouped and has its unit in words.
                (None, _) => continue,
            };
            assert!(shown.contains(value), "{id}: {value}");
            for place in list(claim, "evidence") {
                assert!(shown.contains(text(place, "section")), "{id}: {place}");
            }
        }
    }
}

#[test]
fn an_id_a_slug_and_a_name_mean_the_same() {
    let by_id = found(&["show", "person/ramji-singh"]);
    for name in ["ramji-singh", "Ramji Singh", "dr. ramji singh", "RAMJI SINGH"] {
        assert_eq!(found(&["show", name]), by_id, "{name}");
    }
    assert_eq!(found(&["show", "UCL"]), found(&["show", "institution/ucl"]));
}

#[test]
fn a_name_of_several_lists_them() {
    let ran = annals(&["show", "AIIMS"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    for id in ["institution/aiims-kalyani", "institution/aiims-new-delhi"] {
        assert!(ran.stderr.lines().any(|line| line.trim_start().starts_with(id)), "{}", ran.stderr);
    }
    assert!(ran.stderr.starts_with("annals: \"AIIMS\" means any of "), "{}", ran.stderr);
}

#[test]
fn an_unknown_id_gets_the_nearest() {
    for args in
        [&["show", "ramji-sing"][..], &["timeline", "--of", "ramji-sing"], &["list", "event", "--of", "ramji-sing"]]
    {
        let ran = annals(args);
        let expected = "annals: no entity \"ramji-sing\"; did you mean \"person/ramji-singh\" (Ramji Singh)?\n";
        assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (Some(2), "", expected), "{args:?}");
    }
}

#[test]
fn the_expected_entity_is_found_first() {
    for (query, id) in [
        ("ramji sin", "person/ramji-singh"),
        ("obgy", "unit/kalyani-obstetrics-gynaecology"),
        ("iitkgp", "institution/iit-kharagpur"),
        ("singh ramji", "person/ramji-singh"),
        ("kal", "institution/aiims-kalyani"),
        ("ent", "unit/kalyani-ent"),
    ] {
        assert_eq!(text(&rows(&["find", query])[0], "id"), id, "{query}");
        let shown = found(&["find", query, "--limit", "1"]);
        let first = shown.lines().find(|line| !line.starts_with('┈')).unwrap();
        assert!(first.ends_with(id), "{query}: {shown}");
    }
    // Several arguments form one query.
    assert_eq!(found(&["find", "singh", "ramji"]), found(&["find", "singh ramji"]));
}

#[test]
fn a_line_divides_what_was_typed_from_what_is_alike() {
    let tiers: Vec<String> =
        rows(&["find", "ramji sin"]).iter().map(|row| text(&row["match"], "tier").into()).collect();
    assert!(["exact", "prefix", "word"].contains(&tiers[0].as_str()), "{tiers:?}");
    let shown = found(&["find", "obgy"]);
    assert!(shown.lines().next().unwrap().starts_with('┈'), "nothing is called that: {shown}");
    let shown = found(&["find", "ramji singh"]);
    assert!(!shown.lines().next().unwrap().starts_with('┈'), "{shown}");
}

#[test]
fn a_find_is_limited_and_narrowed() {
    assert_eq!(rows(&["find", "a", "--limit", "3"]).len(), 3);
    assert!(found(&["find", "a", "--limit", "3"]).contains("\n3 of "));
    let people = rows(&["find", "roy", "--kind", "person"]);
    assert!(!people.is_empty() && people.iter().all(|row| row["kind"] == "person"));
    let departments: Vec<String> = rows(&["list", "department"]).iter().map(|row| text(row, "id").to_owned()).collect();
    for row in rows(&["find", "medicine", "--kind", "departments"]) {
        assert!(departments.contains(&text(&row, "id").to_owned()), "{row}");
    }
}

#[test]
fn nothing_found_is_exit_code_one() {
    for (format, stdout) in [("text", ""), ("json", "[]\n"), ("jsonl", "")] {
        let ran = annals(&["find", "zzqxzzqx", "--format", format]);
        assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (Some(1), stdout, ""), "{format}");
    }
}

#[test]
fn the_embedded_dossier_is_sound() {
    let shown = found(&["check"]);
    let exported = entities();
    let own: usize = exported.iter().map(|entity| list(entity, "claims").len()).sum();
    let report = rows(&["check"]).remove(0);
    assert_eq!((&report["sound"], report["entities"].as_u64()), (&Value::Bool(true), Some(exported.len() as u64)));
    assert!(report["claims"].as_u64().unwrap() <= own as u64);
    for count in list(&report, "counts") {
        let (kind, number) = (text(count, "kind"), count["count"].as_u64().unwrap());
        assert_eq!(number, rows(&["list", kind]).len() as u64, "{kind}");
        let line = |line: &str| line.split_whitespace().eq([kind, &number.to_string()]);
        assert!(shown.lines().any(line), "{kind}: {shown}");
    }
}

#[test]
fn what_is_planned_only_is_marked_in_a_list() {
    let shown = found(&["list", "programme"]);
    let line = shown.lines().find(|line| line.ends_with("programme/roy-undergraduate")).unwrap();
    assert!(line.contains("planned"), "{line}");
    let undergraduate = entities().into_iter().find(|entity| entity["id"] == "programme/roy-undergraduate").unwrap();
    assert!(list(&undergraduate, "claims").iter().all(|claim| claim["modality"] != "actual"));
}

#[test]
fn a_count_of_one_is_told_by_the_label_of_its_kind() {
    let council = "document = \"book\"\n[dossier]\nkey = \"c\"\ntitle = \"C\"\nformat = 2\n\
        [[source]]\nid = \"book\"\nkey = \"B\"\ntitle = \"Book\"\n\
        [[kind]]\nname = \"rivership\"\nof = \"item\"\nlabel = \"River ship\"\n\
        [[matrix]]\nname = \"votes\"\nof = \"assembly\"\nrows = { kind = \"person\", through = \"member\" }\n\
        columns = { kind = \"rivership\", through = \"institution\" }\n\
        cell = { property = [\"voted-for\"], sign = [\"+\"] }\n\
        [[property]]\nname = \"voted-for\"\nto = [\"rivership\"]\nextend = true\n\
        [[assembly]]\nid = \"council\"\nlabel = \"Council\"\nat = \"lead / p1 s1\"\nmember = \"ann\"\n\
        [[rivership]]\nid = \"swift\"\nlabel = \"Swift\"\nat = \"lead / p1 s2\"\ninstitution = \"council\"\n\
        [[person]]\nid = \"ann\"\nlabel = \"Ann\"\nat = \"lead / p1 s3\"\nvoted-for = \"rivership/swift\"\n";
    let one = folder(&[("c.toml", council)]);
    let second = "[[rivership]]\nid = \"slow\"\nlabel = \"Slow\"\nat = \"lead / p1 s2\"\ninstitution = \"council\"\n";
    let two = folder(&[("c.toml", &format!("{council}{second}"))]);
    for (dossier, total, votes) in
        [(&one, "Total: 1 river ship at", "1 river ship:"), (&two, "Total: 2 river ships at", "2 river ships:")]
    {
        let listed = annals_on(dossier.path(), &["list", "rivership"]);
        assert!(listed.stdout.contains(total), "{}{}", listed.stdout, listed.stderr);
        let matrix = annals_on(dossier.path(), &["matrix"]);
        assert!(
            matrix.stdout.contains(votes) && !matrix.stdout.contains("1 members"),
            "{}{}",
            matrix.stdout,
            matrix.stderr
        );
    }
}
