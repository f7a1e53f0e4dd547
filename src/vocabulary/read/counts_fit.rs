//! Whether what a number is said to count can be counted: that its links lead to what has the number.
//!
//! Invariant: each property that does not fit is one defect where it stands; one that is broken itself is none.

use super::matrix_fit::{Wanted, check_said, has, key, may_have};
use super::reader::Reader;
use crate::syntax::{Code, Node};
use crate::text::with_article;
use crate::vocabulary::kind::KindId;
use crate::vocabulary::property::{Counts, PropertyId, Range};

/// Reports what cannot be counted by the property `of`; `node` is the table in which that is said.
pub(super) fn check(reader: &mut Reader, of: PropertyId, counts: &Counts, node: Node<'_>) {
    let property = reader.vocabulary.property(of);
    // Of another sort of value, the key itself is told.
    if reader.vocabulary.is_broken(of) || !matches!(property.range, Range::Number(_)) {
        return;
    }
    let subjects = property.domain.listed.clone();
    match *counts {
        Counts::Entities { kind, through, .. } => {
            let at = key(node, "through");
            let words = &reader.vocabulary;
            let leads = |&subject: &KindId| has(words, through, Wanted::Link(subject));
            if let Some(&subject) = subjects.iter().find(|subject| leads(subject)).or(subjects.first()) {
                check_said(reader, through, kind, Wanted::Link(subject), at);
            }
        }
        Counts::Values { property, plus } => {
            check_values(reader, property, &subjects, key(node, "values"));
            if let Some(plus) = plus
                && let Some(&subject) =
                    subjects.iter().find(|&&kind| may_have(&reader.vocabulary, plus, kind)).or(subjects.first())
            {
                check_said(reader, plus, subject, Wanted::Number, key(node, "plus"));
            }
        }
    }
}

/// Reports a property whose values cannot be counted: one that none of the subjects may have, or that is no link.
fn check_values(reader: &mut Reader, property: PropertyId, subjects: &[KindId], node: Node<'_>) {
    let words = &reader.vocabulary;
    let (Some(&subject), false) = (subjects.first(), words.is_broken(property)) else { return };
    let name = words.name(property);
    let found = if !subjects.iter().any(|&kind| may_have(words, property, kind)) {
        format!("\"{name}\" cannot be said of {}", with_article(&words.kind(subject).name))
    } else if !matches!(words.property(property).range, Range::Entity(_)) {
        format!("\"{name}\" is not a link")
    } else {
        return;
    };
    let expected = "expected a link of what has the number, whose values are counted";
    reader.defects.push(node.defect(Code::VocabularyMisfit, found, expected));
}
