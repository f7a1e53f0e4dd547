//! Small dossiers for tests, written as people author them.
//!
//! Invariant: what is not sound as authored fails the test that wrote it.

use crate::formats::author::{SourceFile, load};
use crate::timeline::World;

/// What stands before the text of a test: one document, and `institution/house`.
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

/// The world of an authored text that has one document and `institution/house`.
pub fn authored(text: &str) -> World {
    let (dossier, defects) = load(&[SourceFile::new("d.toml", format!("{HEAD}{text}"))]);
    assert_eq!(defects, []);
    World::new(dossier)
}

/// A table: `[[kind]]` with an id that is its label too, evidence, and further lines.
pub fn table(kind: &str, id: &str, more: &str) -> String {
    format!("[[{kind}]]\nid = \"{id}\"\nlabel = \"{id}\"\nat = \"lead / p1\"\n{more}\n")
}
