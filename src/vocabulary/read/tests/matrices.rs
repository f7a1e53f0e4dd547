//! Every property of a matrix that does not fit its kind, with its place.

use super::{read, read_texts};
use crate::syntax::SourceFile;
use crate::vocabulary::{Base, Origin, Vocabulary};

/// A sound matrix of each form.
const MATRICES: [&str; 2] = [
    r#"[[matrix]]
name = "m"
of = "institution"
rows = { kind = "unit" }
columns = { order = ["A"] }
cell = { kind = "programme", row = "unit-of", column = "title-of" }
marks = [{ label = "Desk", kind = "facility", row = "unit-of", pick = "earliest opened" }]
checks = ["staff"]
"#,
    r#"[[matrix]]
name = "v"
of = "assembly"
rows = { kind = "person", through = "member" }
columns = { kind = "vote", through = "institution", order = "when" }
cell = { property = ["voted-for", "voted-against"], sign = ["+", "-"] }
"#,
];

#[test]
fn a_property_of_a_matrix_that_its_kind_cannot_have_is_refused_where_it_stands() {
    let own = "[[property]]\nname = \"unit-of\"\nlabel = \"U\"\nof = [\"item\"]\nvalue = \"entity\"\nto = [\"unit\"]\n\
        [[property]]\nname = \"title-of\"\nlabel = \"T\"\nof = [\"programme\"]\nvalue = \"text\"\n";
    for matrix in MATRICES {
        assert_eq!(read(&format!("{matrix}{own}")).1, [""; 0], "{matrix}");
    }
    for (matrix, from, to, at, said) in [
        (
            0,
            "{ kind = \"unit\" }",
            "{ kind = \"unit\", through = \"spouse\" }",
            "\"spouse\"",
            "\"spouse\" leads neither from a unit to an institution nor back; expected through = a link of a unit to an \
             institution, or of an institution to a unit",
        ),
        (
            0,
            "\"unit-of\", column",
            "\"spouse\", column",
            "\"spouse\"",
            "\"spouse\" cannot be said of a programme; it is said of: person",
        ),
        (
            0,
            "\"unit-of\", column",
            "\"place\", column",
            "\"place\"",
            "\"place\" is not a link to a unit; expected a link to a unit that can be said of a programme",
        ),
        (
            0,
            "\"title-of\"",
            "\"opened\"",
            "\"opened\"",
            "\"opened\" is not a text; expected a text that can be said of",
        ),
        (
            0,
            "\"title-of\"",
            "\"motto\"",
            "\"motto\"",
            "\"motto\" cannot be said of a programme; it is said of: institution,",
        ),
        (0, "\"unit-of\", pick", "\"spouse\", pick", "\"spouse\"", "\"spouse\" cannot be said of a facility"),
        (0, "earliest opened", "earliest born", "\"earliest", "\"born\" cannot be said of a facility"),
        (
            0,
            "earliest opened",
            "earliest status",
            "\"earliest",
            "\"status\" is not a date; expected a date that can be",
        ),
        (
            0,
            "[\"staff\"]",
            "[\"motto\"]",
            "\"motto\"",
            "\"motto\" is not a number; expected a number that can be said of an",
        ),
        (
            0,
            "{ order = [\"A\"] }",
            "{ kind = \"programme\" }",
            "{ kind = \"programme\", row",
            "entities in the cells of columns that are entities",
        ),
        (1, "\"when\"", "\"born\"", "\"born\"", "\"born\" cannot be said of a vote; it is said of: person"),
        (1, "\"voted-against\"", "\"related\"", "\"related\"", "\"related\" is not a link to a vote"),
        (
            1,
            "{ kind = \"vote\", through = \"institution\", order = \"when\" }",
            "{}",
            "{ property",
            "links in the cells of columns that are texts",
        ),
    ] {
        let text = MATRICES[matrix].replace(from, to);
        assert_ne!(text, MATRICES[matrix], "{from}");
        let before = &text[..text.find(at).unwrap()];
        let (line, column) = (before.lines().count(), before.lines().last().unwrap().chars().count() + 1);
        let said = format!("v.toml:{line}:{column}: error vocabulary-misfit: {said}");
        let (_, defects) = read(&format!("{text}{own}"));
        assert!(
            defects.len() == 1 && defects[0].starts_with(&said),
            "{to}
expected {said}
found {defects:#?}"
        );
    }
    // A key that is not written is refused where its table stands; a cell that leads to the old rows is, too.
    let (_, defects) = read(&format!("{}{own}", MATRICES[0].replace("kind = \"unit\"", "kind = \"person\"")));
    let said =
        "v.toml:4:8: error vocabulary-misfit: \"institution\" leads neither from a person to an institution nor back";
    assert!(defects.len() == 3 && defects[0].starts_with(said), "{defects:#?}");
}

#[test]
fn a_matrix_that_the_built_in_set_has_is_not_declared_again() {
    let file = SourceFile::new("v.toml", MATRICES[1].replace("\"v\"", "\"teaching\""));
    for (base, expected) in [
        (Base::General, &[][..]),
        (Base::V1, &["v.toml:1:1: error vocabulary-duplicate: matrix \"teaching\" exists; expected another name"]),
    ] {
        let (_, defects) = read_texts(&Vocabulary::built_in(base), Origin::Dossier, std::slice::from_ref(&file));
        let defects: Vec<String> = defects.iter().map(ToString::to_string).collect();
        assert!(expected.iter().all(|said| defects.iter().any(|defect| defect == said)), "{defects:#?}");
        assert_eq!(defects.iter().any(|defect| defect.contains("exists")), base == Base::V1, "{defects:#?}");
    }
}
