//! Verdicts on invented claims, on random ones, and on the embedded dossier.

mod cases;
mod embedded;
mod random;
mod rules;

use super::*;
use crate::formats::author::load;
use crate::model::{Builder, NewClaim, NewDetails, NewValue};
use crate::syntax::SourceFile;

/// A district in a country, a house that belongs to another, and two places judged the same.
const WORLD: &str = r#"
document = "paper"
[[source]]
id = "paper"
key = "P"
title = "A paper"
[[place]]
id = "land"
label = "Land"
[[place]]
id = "shire"
label = "Shire"
at = "lead / p1 s1"
within = "land"
[[place]]
id = "town"
label = "Town"
at = "lead / p1 s1"
within = "shire"
[[place]]
id = "isle"
label = "Isle"
[[place]]
id = "island"
label = "Island"
[[judgement]]
a = "place/isle"
b = "place/island"
verdict = "same"
reason = "one and the same"
[[person]]
id = "anna"
label = "Anna"
[[person]]
id = "berta"
label = "Berta"
[[institution]]
id = "house"
label = "House"
[[unit]]
id = "ward"
label = "Ward"
at = "lead / p1 s1"
type = "Department"
institution = "house"
[[unit]]
id = "ghost"
label = "Ghost"
at = "lead / p1 s1"
modality = "planned"
type = "Department"
institution = "house"
[[place]]
id = "subject"
label = "Subject"
"#;

/// Returns the graph of [`WORLD`] with further tables.
fn world(more: &str) -> Graph {
    let file = SourceFile::new("world.toml", format!("{WORLD}{more}"));
    let (dossier, defects) = load(&[file]);
    assert_eq!(defects, []);
    Graph::new(dossier)
}

/// Returns the verdict on some values of one property of `kind/id`.
fn judged(of: &str, property: &str, values: &[&str]) -> Option<SlotVerdict> {
    let values = values.join(", ");
    let graph = world(&format!("[[claim]]\nof = \"{of}\"\nat = \"lead / p1 s1\"\n{property} = [{values}]\n"));
    let subject = graph.dossier().find(of).unwrap();
    verdict_of(&graph, subject, graph.dossier().vocabulary().find_property(property).unwrap())
}

/// Returns the claims and judgements of a dossier without the dropped claims.
fn without(dossier: &Dossier, dropped: impl Fn(ClaimId) -> bool) -> Dossier {
    copied(dossier, |id| usize::from(!dropped(id)))
}

/// Returns a dossier with another claim that differs from one in its note alone.
fn with_again(dossier: &Dossier, again: ClaimId) -> Dossier {
    copied(dossier, |id| if id == again { 2 } else { 1 })
}

/// Returns the claims and judgements of a dossier, each claim as often as `times` says.
fn copied(dossier: &Dossier, times: impl Fn(ClaimId) -> usize) -> Dossier {
    let mut builder = {
        let mut builder = Builder::new(dossier.shared_vocabulary());
        builder.set_meta(dossier.meta().clone());
        builder
    };
    let handles: Vec<_> = dossier
        .entities()
        .map(|id| {
            let entity = dossier.entity(id);
            let (_, slug) = dossier.id(id).split_once('/').unwrap();
            builder.entity(entity.kind, slug, dossier.label(id)).unwrap()
        })
        .collect();
    let copies = dossier.claims().flat_map(|(id, claim)| (0..times(id)).map(move |copy| (copy, claim)));
    for (copy, claim) in copies {
        let when = |id| dossier.when(id).clone();
        let text = |sym| dossier.text(sym).to_owned();
        let value = match claim.value {
            Value::Text(sym) => NewValue::Text(text(sym)),
            Value::Number { number, unit } => NewValue::Number(number.get(), unit),
            Value::Entity(target) => NewValue::Entity(handles[target.index()]),
            Value::Date(id) => NewValue::Date(when(id)),
            Value::Missing => NewValue::Missing,
        };
        builder.claim(NewClaim {
            start: claim.start.map(when),
            end: claim.end.map(when),
            as_of: claim.as_of.map(when),
            modality: claim.modality(),
            basis: claim.basis(),
            rank: claim.rank(),
            reason: claim.reason.map(text),
            details: match copy {
                0 => NewDetails::note(dossier.note(claim).map(str::to_owned)),
                _ => NewDetails::note(Some("again".to_owned())),
            },
            ..NewClaim::new(handles[claim.subject.index()], claim.property, value)
        });
    }
    for row in dossier.judgements() {
        builder.judgement(handles[row.a.index()], handles[row.b.index()], row.verdict, dossier.text(row.reason));
    }
    builder.finish()
}
