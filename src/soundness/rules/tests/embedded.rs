//! What the rules find in the embedded dossier.

use std::collections::BTreeMap;

use super::findings;
use crate::formats::author::{embedded, load};
use crate::soundness::{Code, Finding, Severity};
use crate::timeline::World;

fn found() -> Vec<Finding> {
    findings(&World::new(load(&embedded()).0))
}

#[test]
fn the_embedded_dossier_has_no_errors_and_no_warnings() {
    let grave: Vec<_> = found().into_iter().filter(|finding| finding.severity != Severity::Note).collect();
    assert!(grave.is_empty(), "{grave:#?}");
}

#[test]
fn what_is_noted_of_the_embedded_dossier_is_known() {
    let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
    for finding in found() {
        *counts.entry(finding.code).or_default() += 1;
    }
    let known = [
        (Code::SharedName, 2),
        (Code::EndWithoutStart, 1),
        (Code::NeverDated, 15),
        (Code::Orphan, 1),
        (Code::TextForLink, 6),
    ];
    assert_eq!(counts.into_iter().collect::<Vec<_>>(), known);
}

#[test]
fn findings_are_the_same_whenever_they_are_asked_for_and_each_is_there_once() {
    let first = found();
    assert_eq!(first, found());
    assert!(first.iter().enumerate().all(|(at, finding)| !first[..at].contains(finding)));
}
