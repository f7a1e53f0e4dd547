//! Small dossiers for tests, written in the authored TOML form.
//!
//! Invariant: a text with any defect fails the test that wrote it.

use crate::formats::author::load;
use crate::syntax::SourceFile;
use crate::timeline::World;

/// Prepended to the text of a test: one document, and `institution/house`.
const HEAD: &str = r#"
document = "d"
[[source]]
id = "d"
key = "D"
title = "D"
[[institution]]
id = "house"
label = "House"
at = "lead / p1"
"#;

/// Loads an authored text that has one document and `institution/house`.
///
/// # Panics
///
/// Panics if the text has defects.
pub fn authored(text: &str) -> World {
    let (dossier, defects) = load(&[SourceFile::new("d.toml", format!("{HEAD}{text}"))]);
    assert_eq!(defects, []);
    World::new(dossier)
}

/// Returns the TOML of an entity: `[[kind]]` with an id that is also its label, evidence, and further lines.
pub fn table(kind: &str, id: &str, more: &str) -> String {
    format!("[[{kind}]]\nid = \"{id}\"\nlabel = \"{id}\"\nat = \"lead / p1\"\n{more}\n")
}
