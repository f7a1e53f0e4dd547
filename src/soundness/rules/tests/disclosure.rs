//! Who says something, and who may read it.

use super::{places, table};
use crate::soundness::Code;

#[test]
fn an_allegation_about_a_person_has_a_speaker() {
    let others = table("person/ann", "") + &table("post/master", "");
    for (id, line, expected) in [
        ("person/ida", r#"description = { value = "kept it", modality = "alleged" }"#, &["person/ida description"][..]),
        ("person/ida", r#"description = { value = "kept it", modality = "alleged", by = "The News" }"#, &[]),
        ("person/ida", r#"description = { value = "kept it", modality = "alleged", by = "person/ann" }"#, &[]),
        ("person/ida", r#"description = { value = "kept it", modality = "planned" }"#, &[]),
        ("person/ida", r#"description = "kept it""#, &[]),
        (
            "person/ida",
            r#"description = { value = "kept it", modality = "alleged", rank = "deprecated", reason = "A slip." }"#,
            &[],
        ),
        ("event/theft", r#"person = { value = "ann", modality = "alleged" }"#, &["event/theft person"]),
        ("event/theft", r#"description = { value = "kept it", modality = "alleged" }"#, &[]),
        ("tenure/first", r#"post = { value = "master", modality = "alleged" }"#, &["tenure/first post"]),
    ] {
        assert_eq!(places(&(others.clone() + &table(id, line)), Code::UnattributedAllegation), expected, "{line}");
    }
}

#[test]
fn a_public_claim_has_a_public_document() {
    let private = "[[source]]\nid = \"e\"\nkey = \"E\"\ntitle = \"E\"\nprivate = true\n";
    let others = table("person/ann", "private = true")
        + &table("person/ida", "")
        + &table("post/master", "")
        + &table("post/clerk", "private = true");
    for (id, line, is_found) in [
        ("item/swift", r#"type = { value = "ferry", at = "E: lead / p1" }"#, true),
        ("item/swift", r#"type = { value = "ferry", at = ["E: lead / p1", "E: lead / p2"] }"#, true),
        ("item/swift", r#"type = { value = "ferry", at = ["E: lead / p1", "D: lead / p2"] }"#, false),
        ("item/swift", r#"type = { value = "ferry", at = "D: lead / p1" }"#, false),
        ("item/swift", r#"type = { value = "ferry", at = "E: lead / p1", private = true }"#, false),
        ("item/swift", "private = true\ntype = { value = \"ferry\", at = \"E: lead / p1\" }", false),
        ("tenure/first", "person = \"ann\"\npost = { value = \"master\", at = \"E: lead / p1\" }", false),
        ("event/theft", r#"person = { value = "ann", at = "E: lead / p1" }"#, false),
        ("item/swift", r#"names = { value = "Gull", at = "E: lead / p1" }"#, true),
        ("item/swift", r#"names = { value = "Gull", at = ["E: lead / p1", "D: lead / p2"] }"#, false),
        ("item/swift", r#"names = { value = "Gull", at = "E: lead / p1", private = true }"#, false),
        ("item/swift", "private = true\nnames = { value = \"Gull\", at = \"E: lead / p1\" }", false),
        ("tenure/first", "post = \"clerk\"\nperson = { value = \"ida\", at = \"E: lead / p1\" }", false),
    ] {
        let text = private.to_owned() + &others + &table(id, line);
        assert_eq!(places(&text, Code::PrivateEvidence).len(), usize::from(is_found), "{line}");
    }
}
