//! A dossier with its indexes: links both ways, chronology, names, parts, cards.
//!
//! Invariant: everything here is computed once from an immutable dossier, or anew
//! from it on every call; nothing here remembers what a user did.

pub mod containment;
pub mod grouped;
pub mod hierarchy;
pub mod links;
#[cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]
pub mod name_cache;
pub mod slots;

use std::sync::{Arc, OnceLock};

use crate::model::{DocumentId, Dossier, EntityId, Kind, NameKind, Property};
use crate::search::NameIndex;
use links::Links;

/// An alias of at most so many bytes is a short one.
const SHORT: usize = 22;

/// What walks over more claims than so many takes longer than a frame may.
const MANY: usize = 30_000;

/// See the module. Cloning shares the indexes.
#[derive(Debug, Clone)]
pub struct Graph {
    inner: Arc<Inner>,
}

/// The same one, not merely an equal one.
impl PartialEq for Graph {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.inner, &other.inner)
    }
}

impl Eq for Graph {}

#[derive(Debug)]
struct Inner {
    dossier: Dossier,
    links: Links,
    names: NameIndex,
    /// Counted when it is first asked for.
    claims_from: OnceLock<Vec<usize>>,
}

impl Graph {
    /// Indexes a dossier.
    pub fn new(dossier: Dossier) -> Self {
        Self::with(dossier, NameIndex::new)
    }

    /// Indexes a dossier of which the names may have been there before, and need not be folded again.
    pub fn after(names: &Self, mut dossier: Dossier) -> Self {
        if !dossier.has_names_of(names.dossier()) {
            return Self::new(dossier);
        }
        // Those that were kept in a file were read a second time.
        dossier.share_texts(names.dossier());
        Self::with(dossier, |dossier| names.names().of_more(dossier))
    }

    fn with(dossier: Dossier, index: impl FnOnce(&Dossier) -> NameIndex) -> Self {
        let links = Links::new(&dossier);
        let names = index(&dossier);
        Self { inner: Arc::new(Inner { dossier, links, names, claims_from: OnceLock::new() }) }
    }

    /// Whether a walk over all of it takes longer than anybody should wait for.
    pub fn is_large(&self) -> bool {
        self.dossier().all_claims().len() > MANY
    }

    /// The dossier.
    pub fn dossier(&self) -> &Dossier {
        &self.inner.dossier
    }

    /// Which claims point at an entity.
    pub fn links(&self) -> &Links {
        &self.inner.links
    }

    /// All names, ready to be searched.
    pub fn names(&self) -> &NameIndex {
        &self.inner.names
    }

    /// The institution to which an entity belongs, for telling namesakes apart.
    pub fn home(&self, entity: EntityId) -> Option<EntityId> {
        let whole = [Property::AtInstitution, Property::Parent, Property::Party];
        whole.into_iter().find_map(|property| containment::targets(self, entity, property).next())
    }

    /// The label, or for an institution with a long one a short alias: no acronym, no misspelling.
    pub fn short_label(&self, entity: EntityId) -> &str {
        let dossier = self.dossier();
        let label = dossier.label(entity);
        if dossier.entity(entity).kind != Kind::Institution || label.len() <= SHORT {
            return label;
        }
        let aliases = dossier.names(entity).iter().filter(|name| name.kind == NameKind::Alias);
        let shorter = aliases
            .map(|name| dossier.text(name.value))
            .filter(|name| name.contains(' ') && name.len() < label.len().min(SHORT));
        shorter.min_by_key(|name| name.len()).unwrap_or(label)
    }

    /// How many claims have evidence in a document.
    #[expect(clippy::indexing_slicing, reason = "there is a count for each document")]
    pub fn claims_from(&self, document: DocumentId) -> usize {
        let counts = self.inner.claims_from.get_or_init(|| claims_from(self.dossier()));
        counts[document.index()]
    }
}

/// For each document how many claims have evidence in it.
#[expect(clippy::indexing_slicing, reason = "there is a count for each document")]
fn claims_from(dossier: &Dossier) -> Vec<usize> {
    let mut counts = vec![0; dossier.documents().len()];
    for claim in dossier.all_claims() {
        let mut before: Option<DocumentId> = None;
        // The places of a claim stand in the order of their documents.
        for place in dossier.evidence(claim) {
            if before.replace(place.document) != Some(place.document) {
                counts[place.document.index()] += 1;
            }
        }
    }
    counts
}
