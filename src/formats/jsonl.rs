//! JSON Lines: one entity a line, with all that is said of it.
//!
//! The shape is a contract with the programs that read it:
//!
//! ```text
//! {"id":"person/jane-doe","kind":"person","label":"…",
//!  "private"?,"names":[{"value","kind","lang"?,"start"?,"end"?,"private"?,"evidence"?}],
//!  "claims":[{"id", "property", VALUE, "start"?,"end"?,"as_of"?,"modality","basis","rank","reason"?,"note"?,
//!             "by"?,"said_in"?,"private"?,"state"?,"scope"?,"sentence"?,"number_written"?,
//!             "evidence":[{"document","section","paragraph"?,"sentence"?|"item"?|"row"?,
//!                          "line"?,"start"?,"length"?,"sha256"?}]}]}
//! ```
//!
//! - The first line is `{"id":"dossier/KEY","kind":"dossier","format":2,"dossier":{…},"vocabulary":{…}}`: the
//!   description, and the declarations that differ from those of the built-in set `base`; also `judgements`,
//!   `unclaimed`, `complete`, `reviews` and `checks`, where there are any.
//!
//! - `VALUE` is `"value"` for a text, `"number"` and `"unit"`, `"entity"` and `"entity_label"`, or for a
//!   date its EDTF text as `"value"` with `"when"`. A blank that the document leaves is `"value":null`.
//! - `when`, `start`, `end` and `as_of` are `{"edtf","label"?,"earliest"?,"latest"?}`; the last two are
//!   ISO days, absent where the date is open or unknown on that side.
//! - `document` in an evidence is the id of a document. Evidence with neither `paragraph`, `item` nor
//!   `row` is the section's heading. `line` is there once the place is pinned.
//! - A line of kind event, agreement, tenure or item, or of a kind below these, ends its claims with what belongs to it by way
//!   of something else, with `"basis":"inferred"`, the way as `reason`, and the evidence of the whole way:
//!   the institution of a tenure's post, the person behind a tenure that signs. An agreement and an
//!   item list the events that name them as `"property":"event"`, with the event's date as `when`.
//! - A document also has `key`, `type`, `publisher`, `published`, `file`, `sha256` and `length`, where known.
//!
//! Invariant: the same dossier gives the same bytes: entities in the order of their ids, claims by
//! property and then in the order of the documents. Fields may be added, never renamed or removed.

mod check;
mod escape;
pub mod implied;
mod object;

use std::collections::HashMap;
use std::io::{self, Write};

use serde::Serialize;

pub use escape::{write_compact, write_pretty};
pub use object::{ClaimObject, EntityObject, EvidenceObject, Linked, WhenObject};

use crate::model::{Claim, ClaimId, Core, CoreKind, Dossier, EntityId};
use crate::syntax::{Plain, plain};
use check::CheckObject;
use implied::implied;
use object::digests::Digested;
use object::whole::{CompleteObject, Judged, MetaObject, ReviewObject, UnclaimedObject};

/// Whether a field is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    Yes,
    No,
}

/// Makes the objects of the contract for one dossier.
#[derive(Debug)]
pub struct Contract<'a> {
    dossier: &'a Dossier,
    digests: Shown,
    /// Claims by which events name agreements and programmes, by the entity that they name.
    happened: HashMap<EntityId, Vec<ClaimId>>,
}

impl<'a> Contract<'a> {
    /// Collects the claims by which events name other entities.
    pub fn new(dossier: &'a Dossier) -> Self {
        let mut happened: HashMap<EntityId, Vec<ClaimId>> = HashMap::new();
        for event in dossier.of_core(CoreKind::Event) {
            for id in dossier.claim_ids_of(event) {
                let claim = dossier.claim(id);
                let whole = Dossier::target(claim).filter(|_| dossier.vocabulary().is_whole(claim.property));
                if let Some(target) = whole
                    && matches!(dossier.core_kind(target), CoreKind::Agreement | CoreKind::Item)
                {
                    happened.entry(target).or_default().push(id);
                }
            }
        }
        Self { dossier, digests: Shown::Yes, happened }
    }

    /// Returns an entity with all its claims.
    pub fn entity(&self, id: EntityId) -> EntityObject<'a> {
        let dossier = self.dossier;
        let kind = dossier.core_kind(id);
        let mut claims: Vec<ClaimObject<'a>> =
            dossier.claims_of(id).iter().map(|claim| ClaimObject::new(dossier, claim)).collect();
        if matches!(kind, CoreKind::Event | CoreKind::Agreement | CoreKind::Tenure | CoreKind::Item) {
            claims.extend(implied(dossier, id).iter().map(|found| ClaimObject::implied(dossier, found)));
        }
        if matches!(kind, CoreKind::Agreement | CoreKind::Item) {
            let links = self.happened.get(&id).map(Vec::as_slice).unwrap_or_default();
            claims.extend(links.iter().flat_map(|&link| self.event(dossier.claim(link))));
        }
        self.shown(EntityObject::new(dossier, id, claims))
    }

    /// Returns an entity with all its claims, each with its reviews; in an export these stand in the first line.
    pub fn reviewed_entity(&self, id: EntityId) -> EntityObject<'a> {
        let dossier = self.dossier;
        let reviews = dossier.reviews_of(dossier.claim_ids_of(id));
        let mut object = self.entity(id);
        // Implied claims stand behind those of the dossier.
        for (claim, object) in dossier.claim_ids_of(id).zip(&mut object.claims) {
            object.add_reviews(dossier, claim, reviews.get(&claim));
        }
        object
    }

    /// Leaves the digests of documents and places out. Lines, offsets and lengths stay.
    #[must_use]
    pub fn without_digests(self) -> Self {
        Self { digests: Shown::No, ..self }
    }

    fn shown<T: Digested>(&self, mut object: T) -> T {
        match self.digests {
            Shown::Yes => {}
            Shown::No => object.leave_out_digests(),
        }
        object
    }

    /// Writes the dossier as [`export_lines`] does.
    ///
    /// # Errors
    ///
    /// Errors of `out`.
    pub fn export_lines(&self, mut out: impl Write) -> io::Result<()> {
        write_compact(&mut out, &self.header())?;
        out.write_all(b"\n")?;
        write_lines(&mut out, self.dossier.entities().map(|id| self.entity(id)))
    }

    /// Writes the dossier as [`export_bundle`] does.
    ///
    /// # Errors
    ///
    /// Errors of `out`.
    pub fn export_bundle(&self, mut out: impl Write) -> io::Result<()> {
        let Header { dossier, vocabulary, judgements, unclaimed, complete, reviews, checks, .. } = self.header();
        write!(out, "{{\"format\":{FORMAT},\n\"dossier\":")?;
        write_compact(&mut out, &dossier)?;
        out.write_all(b",\n\"vocabulary\":")?;
        write_compact(&mut out, &vocabulary)?;
        out.write_all(b",\n\"entities\":")?;
        write_array(&mut out, self.dossier.entities().map(|id| self.entity(id)))?;
        out.write_all(b",\"judgements\":")?;
        write_array(&mut out, judgements)?;
        out.write_all(b",\"unclaimed\":")?;
        write_array(&mut out, unclaimed)?;
        out.write_all(b",\"complete\":")?;
        write_array(&mut out, complete)?;
        out.write_all(b",\"reviews\":")?;
        write_array(&mut out, reviews)?;
        out.write_all(b",\"checks\":")?;
        write_array(&mut out, checks)?;
        out.write_all(b"}\n")
    }

    /// Returns everything but the entities.
    fn header(&self) -> Header<'a> {
        let dossier = self.dossier;
        let unclaimed = dossier.unclaimed().map(|(place, reason)| UnclaimedObject::new(dossier, place, reason));
        Header {
            id: format!("dossier/{}", dossier.meta().key),
            kind: "dossier",
            format: FORMAT,
            dossier: MetaObject::new(dossier),
            vocabulary: declarations(dossier),
            judgements: self.shown(dossier.judgements().iter().map(|row| Judged::new(dossier, row)).collect()),
            unclaimed: self.shown(unclaimed.collect()),
            complete: self.shown(dossier.completes().iter().map(|row| CompleteObject::new(dossier, row)).collect()),
            reviews: self.shown(ReviewObject::all(dossier)),
            checks: self.shown(dossier.checks().iter().map(|check| CheckObject::new(dossier, check)).collect()),
        }
    }

    /// Returns the claims that an event belongs to an entity: one for each date of the event, or one without a date.
    fn event(&self, link: &'a Claim) -> Vec<ClaimObject<'a>> {
        let dossier = self.dossier;
        let slot = dossier.slot(link.subject, Core::When).iter();
        let dates = slot.filter(|claim| dossier.date(claim).is_some());
        let mut found: Vec<_> = dates.map(|date| ClaimObject::event(dossier, link, Some(date))).collect();
        if found.is_empty() {
            found.push(ClaimObject::event(dossier, link, None));
        }
        found
    }
}

/// The version of the contract.
const FORMAT: u32 = 2;

/// The first line.
#[derive(Serialize)]
struct Header<'a> {
    id: String,
    kind: &'static str,
    format: u32,
    dossier: MetaObject<'a>,
    vocabulary: Plain,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    judgements: Vec<Judged<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unclaimed: Vec<UnclaimedObject<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    complete: Vec<CompleteObject<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reviews: Vec<ReviewObject<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    checks: Vec<CheckObject<'a>>,
}

/// Returns the built-in set of words, and the declarations that differ from it.
fn declarations(dossier: &Dossier) -> Plain {
    let words = dossier.vocabulary();
    let mut tables = plain(&words.own_toml());
    tables.insert("base".into(), words.base().as_str().into());
    tables
}

/// Writes a dossier as lines: first its description and its words, then each entity.
///
/// ```
/// use annals::formats::jsonl::export_lines;
/// use annals::model::{Builder, CoreKind};
///
/// let mut builder = Builder::default();
/// builder.entity(CoreKind::Person, "ada", "Ada");
/// let mut lines = Vec::new();
/// export_lines(&builder.finish(), &mut lines)?;
/// let lines = String::from_utf8_lossy(&lines);
/// let (header, entity) = lines.split_once('\n').unwrap_or_default();
/// assert!(header.starts_with("{\"id\":\"dossier/\",\"kind\":\"dossier\",\"format\":2,"));
/// assert_eq!(entity, "{\"id\":\"person/ada\",\"kind\":\"person\",\"label\":\"Ada\",\"names\":[],\"claims\":[]}\n");
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
///
/// Errors of `out`.
pub fn export_lines(dossier: &Dossier, out: impl Write) -> io::Result<()> {
    Contract::new(dossier).export_lines(out)
}

/// Writes a dossier as one JSON document: `format`, `dossier`, `vocabulary`, `entities` as in JSON Lines, `judgements`,
/// `unclaimed`, `complete`, `reviews`, `checks`.
///
/// # Errors
///
/// Errors of `out`.
pub fn export_bundle(dossier: &Dossier, out: impl Write) -> io::Result<()> {
    Contract::new(dossier).export_bundle(out)
}

/// Writes each row as one line.
///
/// # Errors
///
/// Errors of `out`.
pub fn write_lines<T: Serialize>(mut out: impl Write, rows: impl IntoIterator<Item = T>) -> io::Result<()> {
    for row in rows {
        write_compact(&mut out, &row)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Writes rows as one array, with each row on one line, so that line tools can be used.
///
/// # Errors
///
/// Errors of `out`.
pub fn write_array<T: Serialize>(mut out: impl Write, rows: impl IntoIterator<Item = T>) -> io::Result<()> {
    let mut before: &[u8] = b"[\n";
    for row in rows {
        out.write_all(before)?;
        write_compact(&mut out, &row)?;
        before = b",\n";
    }
    out.write_all(if before == b"[\n" { b"[]\n" } else { b"\n]\n" })
}

#[cfg(test)]
mod tests;
