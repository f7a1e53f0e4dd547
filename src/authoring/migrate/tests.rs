//! Folders of format 1 before and after: what changes, what stays, and what is refused.

use std::collections::BTreeMap;
use std::fs;

use super::*;

/// The frozen files of format 1.
const FROZEN: [(&str, &str); 4] = [
    ("dossier.toml", include_str!("../../store/tests/v1/dossier.toml")),
    ("claims/claims.toml", include_str!("../../store/tests/v1/claims.toml")),
    ("claims/every.toml", include_str!("../../store/tests/v1/every.toml")),
    ("pins.toml", include_str!("../../store/tests/v1/pins.toml")),
];

const HEAD: &str = "[dossier]\nkey = \"k\"\ntitle = \"T\"\n[[source]]\nid = \"p\"\nkey = \"P\"\ntitle = \"P\"\n";

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// Returns the frozen folder without what format 2 does not load: two things that are parts of themselves.
fn frozen() -> tempfile::TempDir {
    let folder = folder(&FROZEN);
    let path = folder.path().join("claims/every.toml");
    let text = fs::read_to_string(&path).unwrap();
    let mended = text.replace(", \"facility/clinic\"]\nsite", "]\nsite").replace("within = \"town\"\n", "\n");
    fs::write(&path, mended).unwrap();
    folder
}

/// Returns the files of a folder by their names below it.
fn contents(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(path) = waiting.pop() {
        for entry in fs::read_dir(&path).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                found.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    found
}

fn load(folder: &Path) -> Dossier {
    let (files, unread) = author::read_folder(folder).unwrap();
    let (dossier, defects) = author::load_after(unread, &files);
    assert_eq!(defects, []);
    dossier
}

/// Migrates a folder, and returns what was reported, without the path of the folder.
fn migrate(folder: &Path) -> Vec<String> {
    let plan = plan(folder).unwrap().unwrap();
    plan.write().unwrap();
    let start = format!("{}/", folder.to_string_lossy());
    plan.changes().iter().map(|change| change.to_string().replace(&start, "")).collect()
}

/// What a dossier says, without the code under test: each claim with its property, value and places.
fn facts(dossier: &Dossier) -> Vec<String> {
    let fact = |claim: &crate::model::Claim| {
        let property = dossier.vocabulary().name(claim.property);
        let value = match claim.value {
            Value::Text(text) => dossier.text(text).to_owned(),
            Value::Number { number, unit } => format!("{} {}", number.get(), dossier.unit(unit)),
            Value::Entity(entity) => dossier.id(entity).to_owned(),
            Value::Date(when) => dossier.when(when).to_string(),
            Value::Missing => "missing".to_owned(),
        };
        let places: Vec<String> = dossier.evidence(claim).map(|place| author::locator(dossier, place)).collect();
        format!("{} {property} {value} {} {} {places:?}", dossier.id(claim.subject), claim.modality(), claim.basis())
    };
    dossier.all_claims().iter().map(fact).collect()
}

#[test]
fn the_frozen_files_become_format_2_and_say_the_same() {
    let folder = frozen();
    let before = load(folder.path());
    assert_eq!(before.vocabulary().base(), Base::V1);
    migrate(folder.path());
    let after = load(folder.path());
    assert_eq!(after.vocabulary().base(), Base::General);
    let renamed: Vec<String> = facts(&before)
        .into_iter()
        .map(|fact| fact.replace("agreement/pact scope ", "agreement/pact covers "))
        .collect();
    assert_eq!(facts(&after), renamed);
    assert_eq!(after.meta(), before.meta());
    assert_eq!(after.checks().len(), 2);
    let pins = |dossier: &Dossier| dossier.places().iter().map(|place| place.pin).collect::<Vec<_>>();
    assert_eq!(pins(&after), pins(&before));
    // Every property of format 1 has a claim there: what a label, a role or a count means stays, too.
    for id in before.vocabulary().properties() {
        let old = before.vocabulary().property(id);
        let name = if &*old.name == "scope" { "covers" } else { &old.name };
        let Some(new) = after.vocabulary().find_property(name) else { continue };
        let new = after.vocabulary().property(new);
        assert_eq!(
            (&old.label, old.many, old.exclusive, old.role, &old.happening, &old.inverse, &old.field, &old.group),
            (&new.label, new.many, new.exclusive, new.role, &new.happening, &new.inverse, &new.field, &new.group),
            "{name}"
        );
        assert_eq!(old.counts.len(), new.counts.len(), "{name}");
    }
    assert_eq!(after.vocabulary().matrices().len(), before.vocabulary().matrices().len());
}

#[test]
fn only_the_changed_lines_of_the_frozen_files_differ() {
    let folder = frozen();
    let before = contents(folder.path());
    let told = migrate(folder.path());
    let mut after = contents(folder.path());
    let words = after.remove("vocabulary.toml").unwrap();
    assert!(words.starts_with("# Words of format 1"), "{words}");
    for (name, text) in &before {
        let expected = match name.as_str() {
            "dossier.toml" => {
                text.replace("title = \"A dossier of version 1\"\n", "title = \"A dossier of version 1\"\nformat = 2\n")
            }
            _ => text.replace("\nscope = ", "\ncovers = "),
        };
        assert_eq!(after[name], expected, "{name}");
    }
    assert_eq!(told[0], "claims/every.toml:75: scope → covers");
    assert_eq!(told[1], "dossier.toml:6: (nothing) → format = 2");
    let line = words.lines().position(|line| line == "name = \"covers\"").unwrap();
    assert!(told.contains(&format!("vocabulary.toml:{line}: (nothing) → [[property]] \"covers\"")), "{told:#?}");
}

#[test]
fn a_second_migration_changes_nothing() {
    let folder = frozen();
    migrate(folder.path());
    let once = contents(folder.path());
    assert!(plan(folder.path()).unwrap().is_none());
    assert_eq!(contents(folder.path()), once);
}

#[test]
fn comments_spacing_and_line_ends_stay_as_they_are() {
    let head = "\u{feff}# head\r\n[ dossier ]   # the dossier\r\n  key=\"k\"\r\n  title = 'T' # its title\r\n\r\n# sources\r\n[[source]]\r\nid = \"p\"\r\nkey = \"P\"\r\ntitle = \"P\"\r\n";
    let claims = "document = \"p\"\n\n  [[agreement]]#x\n\tid = \"a\"\nlabel=\"A\" ; at = 1".replace(" ; at = 1", "\nat   = [ \"lead / p1 s1\", # one\n]\n'scope'   =   [\"scope\", { value = \"scope = 1\", note = '''scope''' }]   # scope\n");
    let table = "document = \"p\"\n[[agreement]]\nid = \"c\"\nlabel = \"C\"\nat = \"lead / p1 s1\"\nscope.value = \"y\"\nscope.note = \"scope\"\n[[agreement]]\nid = \"d\"\nlabel = \"D\"\nat = \"lead / p1 s1\"\n[agreement.scope]\nvalue = \"z\"\n[[check]]\nlabel = \"scope\"\nat = \"lead / p1 s1\"\nsum = [{ count = \"agreement\", scope = \"y\" }]\nequals = 1\n[[claim]]\nof = \"agreement/d\"\nat = \"lead / p1 s2\"\nscope = \"w\"";
    let inline = "document = \"p\"\nagreement = [{ id = \"b\", label = \"B\", at = \"lead / p1 s1\", \"sc\\u006fpe\" = \"x\" }]\n";
    let folder = folder(&[("a.toml", head), ("b.toml", &claims), ("c.toml", table), ("d.toml", inline)]);
    let before = facts(&load(folder.path()));
    migrate(folder.path());
    let after = contents(folder.path());
    assert_eq!(after["a.toml"], head.replace("# its title\r\n", "# its title\r\n  format = 2\r\n"));
    assert_eq!(after["b.toml"], claims.replace("'scope'   =", "covers   ="));
    let expected = table
        .replace("scope.value", "covers.value")
        .replace("scope.note", "covers.note")
        .replace("[agreement.scope]", "[agreement.covers]")
        .replace(", scope = \"y\"", ", covers = \"y\"")
        .replace("\nscope = \"w\"", "\ncovers = \"w\"");
    assert_eq!(after["c.toml"], expected);
    assert_eq!(after["d.toml"], inline.replace("\"sc\\u006fpe\"", "covers"));
    let words = &after["vocabulary.toml"];
    assert_eq!(words.matches("[[").count(), 1, "only what is used: {words}");
    assert_eq!(words.matches('\n').count(), words.matches("\r\n").count(), "line ends as in the head");
    let renamed: Vec<String> = before.iter().map(|fact| fact.replacen(" scope ", " covers ", 1)).collect();
    assert_eq!(facts(&load(folder.path())), renamed);
}

#[test]
fn every_form_of_the_head_gets_its_format() {
    for (head, expected) in [
        (
            "dossier = { key = \"k\", title = \"T\" } # d\n",
            "dossier = { key = \"k\", title = \"T\", format = 2 } # d\n",
        ),
        ("dossier = { title = \"T\", key = \"k\" }\n", "dossier = { title = \"T\", format = 2, key = \"k\" }\n"),
        (
            "dossier.key = \"k\"\ndossier.title = \"T\"\n",
            "dossier.key = \"k\"\ndossier.title = \"T\"\ndossier.format = 2\n",
        ),
        ("[dossier]\ntitle = \"T\"\nkey = \"k\"", "[dossier]\ntitle = \"T\"\nformat = 2\nkey = \"k\""),
        ("[dossier]\nkey = \"k\"\ntitle = \"T\"", "[dossier]\nkey = \"k\"\ntitle = \"T\"\nformat = 2"),
        (
            "[dossier]\nkey = \"k\"\ntitle = \"\"\"\nT\"\"\"#x\n",
            "[dossier]\nkey = \"k\"\ntitle = \"\"\"\nT\"\"\"#x\nformat = 2\n",
        ),
        (
            "[dossier]\nformat = 0x1 # old\nkey = \"k\"\ntitle = \"T\"\n",
            "[dossier]\nformat = 2 # old\nkey = \"k\"\ntitle = \"T\"\n",
        ),
    ] {
        let folder =
            folder(&[("d.toml", head), ("e.toml", "[[person]]\nid = \"x\"\nlabel = \"X\"\nallow = \"no-evidence\"\n")]);
        migrate(folder.path());
        let after = contents(folder.path());
        assert_eq!(after["d.toml"], expected);
        assert_eq!(after.len(), 2, "nothing has to be declared");
        assert!(plan(folder.path()).unwrap().is_none(), "{expected}");
    }
}

#[test]
fn a_dossier_with_words_of_its_own_keeps_them() {
    let own = "[vocabulary]\nbase = \"v1\"\n[[agreement]]\nid = \"a\"\nlabel = \"A\"\nat = \"P: lead / p1 s1\"\nscope = \"x\"\n";
    let folder = folder(&[("d.toml", HEAD), ("e.toml", own)]);
    assert_eq!(migrate(folder.path()), ["d.toml:4: (nothing) → format = 2"]);
    assert_eq!(contents(folder.path())["e.toml"], own);
    assert_eq!(load(folder.path()).vocabulary().base(), Base::V1);
}

#[test]
fn declarations_are_added_to_a_file_of_that_name() {
    let own = "[[agreement]]\nid = \"a\"\nlabel = \"A\"\nat = \"P: lead / p1 s1\"\nscope = \"x\"";
    let folder = folder(&[("d.toml", HEAD), ("vocabulary.toml", own)]);
    migrate(folder.path());
    let text = &contents(folder.path())["vocabulary.toml"];
    assert!(text.starts_with(&format!("{}\n\n# Words of format 1", own.replace("scope", "covers"))), "{text}");
    load(folder.path());
}

#[test]
fn what_is_no_sound_dossier_of_a_known_format_is_refused_and_left_alone() {
    for (files, said) in [
        (vec![("d.toml", HEAD), ("e.toml", "[[persn]]\nid = \"x\"\n")], "unknown key \"persn\""),
        (
            vec![("d.toml", "[dossier]\nkey = \"k\"\ntitle = \"T\"\nformat = 3\n")],
            "format 3; this program reads formats 1 to 2",
        ),
        (
            vec![("e.toml", "[[person]]\nid = \"x\"\nlabel = \"X\"\nallow = \"no-evidence\"\n")],
            "no [dossier]; expected key and title in it",
        ),
    ] {
        let folder = folder(&files);
        let before = contents(folder.path());
        let refusal = plan(folder.path()).unwrap_err().to_string();
        assert!(refusal.contains(said), "{refusal}");
        assert_eq!(contents(folder.path()), before);
    }
    assert!(matches!(plan(Path::new("no/such/folder")), Err(Refusal::Io { .. })));
}

#[test]
fn a_plan_that_would_change_what_is_said_is_refused() {
    let claims =
        "[[agreement]]\nid = \"a\"\nlabel = \"A\"\nat = \"P: lead / p1 s1\"\nscope = \"x\"\nsigned = \"2020\"\n";
    let folder = folder(&[("d.toml", HEAD), ("e.toml", claims)]);
    let (files, _) = author::read_folder(folder.path()).unwrap();
    let dossier = load(folder.path());
    // Two properties under one name, and a name that is taken.
    let taken = plan_of(folder.path(), &files, &dossier, &[("scope", "signed")]).unwrap_err();
    assert!(matches!(taken, Refusal::Unsound(_)), "{taken}");
    let more = SourceFile::new("f.toml", "[[person]]\nid = \"x\"\nlabel = \"X\"\n");
    let with_more: Vec<SourceFile> = files.iter().cloned().chain([more]).collect();
    let (other, _) = author::load(&with_more);
    let differs = plan_of(folder.path(), &files, &other, RENAMED).unwrap_err();
    assert!(matches!(&differs, Refusal::Differs(before, _) if before.contains("person/x")), "{differs:?}");
}

#[test]
fn a_number_is_renamed_in_the_terms_of_checks() {
    let claims = "document = \"p\"\n[[institution]]\nid = \"a\"\nlabel = \"A\"\nat = \"lead / p1 s1\"\nbeds = [4, { value = 5, modality = \"planned\" }]\n[[check]]\nlabel = \"beds\"\nat = \"lead / p1 s1\"\nsum = [\"institution/a  beds  actual\", '''institution/a beds 4''', \"institution/a b\\u0065ds 4\", \"3 beds\"]\nequals = 15\n";
    let folder = folder(&[("d.toml", HEAD), ("e.toml", claims)]);
    let (files, _) = author::read_folder(folder.path()).unwrap();
    let dossier = load(folder.path());
    let plan = plan_of(folder.path(), &files, &dossier, &[("beds", "berths")]).unwrap().unwrap();
    let (_, changed) = plan.files.iter().find(|(_, file)| file.name.ends_with("e.toml")).unwrap();
    let expected = claims
        .replace("\nbeds = ", "\nberths = ")
        .replace("a  beds  actual", "a  berths  actual")
        .replace("a beds 4", "a berths 4")
        .replace("a b\\u0065ds 4", "a berths 4");
    assert_eq!(changed.text, expected);
}

#[test]
fn a_file_that_changed_meanwhile_is_left_alone() {
    let folder =
        folder(&[("d.toml", HEAD), ("e.toml", "[[person]]\nid = \"x\"\nlabel = \"X\"\nallow = \"no-evidence\"\n")]);
    let plan = plan(folder.path()).unwrap().unwrap();
    fs::write(folder.path().join("d.toml"), format!("{HEAD}# more\n")).unwrap();
    let before = contents(folder.path());
    assert!(matches!(plan.write(), Err(Refusal::Changed(_))));
    assert_eq!(contents(folder.path()), before);
}
