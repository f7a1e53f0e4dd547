//! Ids that are written into files.

use std::collections::BTreeSet;
use std::fs;

use super::*;

const CHOIR: &str = "\
# The choir.
[dossier]
format = 2
key = 'choir'
title = 'The choir'   # its title

[[source]]
id = 'book'
key = 'A'
title = 'The book'

[[institution]]
id = 'choir'
label = 'The choir'
at = 'A: lead / p1 s1'
established = '1998' # in spring
staff = [ 40, { value = 42, as_of = '2001' , }, 'é'.len ]
motto = { value = \"Sing\", id = \"sing\" }
purpose = \"\"\"
To sing\"\"\"
website = 'https://choir.example'

[[institution.staff2]]
value = 44

[[claim]]
of = 'choir'
at = 'A: lead / p2 s1'
established = '1998'
";

fn choir() -> String {
    CHOIR
        .replace(", 'é'.len", "")
        .replace("[[institution.staff2]]\nvalue = 44\n", "")
        .replace("website = 'https://choir.example'\n", "")
}

/// Returns the text after the change, and what was reported.
fn changed(text: &str) -> (String, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("choir.toml");
    fs::write(&path, text).unwrap();
    let planned = plan(folder.path()).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), text, "planning changes nothing");
    planned.write().unwrap();
    let told = planned.changes().iter().map(|change| change.to_string().rsplit('/').next().unwrap().to_owned());
    let told = told.collect();
    // A second time there is nothing to do.
    let again = plan(folder.path()).unwrap();
    assert_eq!(again.changes(), []);
    (fs::read_to_string(&path).unwrap(), told)
}

/// Returns the ids that are written in a text.
fn ids(text: &str) -> Vec<&str> {
    text.split("id = \"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_value_gets_an_id_and_all_else_stays() {
    let before = choir();
    let (after, told) = changed(&before);
    let written = ids(&after);
    // Two of staff, established, purpose; motto has one. The second "established" says the same as the first.
    assert_eq!(written.len(), 5);
    assert_eq!(written.iter().collect::<BTreeSet<_>>().len(), 5);
    assert_eq!(told.len(), 4);
    let [first, second, third, _, fourth] = written[..] else { panic!() };
    let expected = before
        .replacen("established = '1998'", &format!("established = {{ value = '1998', id = \"{first}\" }}"), 1)
        .replace("[ 40,", &format!("[ {{ value = 40, id = \"{second}\" }},"))
        .replace("'2001' , }", &format!("'2001' , id = \"{third}\" }}"))
        .replace("\"\"\"\nTo sing\"\"\"", &format!("{{ value = \"\"\"\nTo sing\"\"\", id = \"{fourth}\" }}"));
    assert_eq!(after, expected);
    assert_eq!(told[0], format!("choir.toml:16: (nothing) → id = \"{first}\""));
}

#[test]
fn lines_keep_their_ends() {
    let before = choir().replace('\n', "\r\n");
    let (after, _) = changed(&before);
    assert_eq!(after.matches('\n').count(), after.matches("\r\n").count());
    assert_eq!(after.matches('\n').count(), before.matches('\n').count());
}

#[test]
fn a_value_in_a_table_of_its_own_gets_its_id_below_the_head() {
    let text = choir().replace("purpose = \"\"\"\nTo sing\"\"\"\n", "[[institution.purpose]]\nvalue = 'To sing'\n");
    let (after, _) = changed(&text);
    let id = ids(&after)[4];
    assert!(after.contains(&format!("[[institution.purpose]]\nid = \"{id}\"\nvalue = 'To sing'\n")), "{after}");
}

#[test]
fn a_value_with_dotted_keys_gets_its_id_beside_them() {
    let staff = "staff = [ 40, { value = 42, as_of = '2001' , } ]\n";
    let dotted = "  # Counted.\n  \"staff\" . value = 42 # in all\n  staff.as_of = '2001'\n";
    for end in ["\n", "\r\n"] {
        let text = choir().replace(staff, dotted).replace('\n', end);
        let (after, told) = changed(&text);
        let id = ids(&after)[1];
        let first = "  \"staff\" . value";
        assert_eq!(after.matches(first).count(), 1, "{after}");
        assert!(after.contains(&format!("  \"staff\" . id = \"{id}\"{end}{first} = 42 # in all{end}")), "{after}");
        assert_eq!(told[1], format!("choir.toml:18: (nothing) → \"staff\" . id = \"{id}\""));
    }
    let inline = "\ninstitution = [{ id = 'choir', label = 'C', at = 'A: lead / p1 s1', staff.value = 4, staff.as_of = '2001' }]\n";
    let head = choir().split("\n[[source]]").next().unwrap().to_owned();
    let source = "[[source]]\nid = 'book'\nkey = 'A'\ntitle = 'The book'\n";
    let (after, _) = changed(&format!("{}{head}{source}", inline.trim_start()));
    let id = ids(&after)[0];
    assert!(
        after.contains(&format!("'A: lead / p1 s1', staff.id = \"{id}\", staff.value = 4, staff.as_of")),
        "{after}"
    );
}

#[test]
fn a_change_after_which_a_claim_has_no_id_is_refused() {
    let (dossier, _) = author::load(&[SourceFile::new("choir.toml", choir())]);
    let Err(refusal) = compare(&dossier, &[SourceFile::new("choir.toml", choir())]) else { panic!() };
    assert!(refusal.to_string().starts_with("no id can be written for institution/choir purpose;"), "{refusal}");
}

#[test]
fn a_folder_with_errors_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.toml"), choir().replace("'1998' #", "'spring' #")).unwrap();
    let Err(Refusal::Defects(defects)) = plan(folder.path()) else { panic!() };
    assert_eq!(defects.len(), 1);
}

#[test]
fn an_id_grows_until_it_is_free() {
    let taken = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<HashSet<String>>();
    assert_eq!(free("~abcdefgh", &taken(&[])), "abcd");
    assert_eq!(free("~abcdefgh", &taken(&["abcd", "abcde"])), "abcdef");
    let all: Vec<String> = (4..=8).map(|length| "abcdefgh"[..length].to_owned()).collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    assert_eq!(free("~abcdefgh", &taken(&all)), "abcdefgh2");
}
