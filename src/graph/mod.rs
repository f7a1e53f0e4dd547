//! A dossier with its lookups: links between entities, connections, hierarchy, containment, slots, dates and names.
//!
//! Invariant: everything is derived from an immutable dossier, once or on every call; there is no other state.

mod apart;
pub mod compare;
pub mod containment;
pub mod dated;
pub mod entity_set;
pub mod grouped;
pub mod hierarchy;
pub mod judged;
#[cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]
pub mod kept;
pub mod links;
#[cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]
pub mod name_cache;
pub mod names;
pub mod paths;
pub mod positions;
pub mod slots;

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use crate::model::{Core, CoreKind, DocumentId, Dossier, EntityId, NameKind};
use apart::Namesakes;
use containment::PartGroup;
use links::Links;
use names::NameIndex;

/// The longest short label, in bytes.
const MAX_SHORT_LABEL: usize = 22;

/// The most claims that can be visited within the time of a frame.
const MAX_CLAIMS_A_FRAME: usize = 30_000;

/// A dossier with its indexes. Cloning shares them.
///
/// ```
/// use annals::formats::author;
/// use annals::graph::Graph;
/// use annals::model::CoreKind;
///
/// let graph = Graph::new(author::load(&author::embedded()).0);
/// let dossier = graph.dossier();
/// let institution = dossier.of_core(CoreKind::Institution).next().expect("the dossier has institutions");
/// for &claim in graph.links().to(institution) {
///     assert_ne!(dossier.claim(claim).subject, institution);
/// }
/// ```
#[derive(Debug, Clone)]
pub struct Graph {
    inner: Arc<Inner>,
}

/// Compares identity, not content.
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
    part_groups: Vec<PartGroup>,
    /// Computed on first use.
    claims_from: OnceLock<Vec<usize>>,
    /// Computed on first use.
    namesakes: OnceLock<Namesakes>,
}

impl Graph {
    /// Indexes a dossier.
    pub fn new(dossier: Dossier) -> Self {
        Self::with(dossier, NameIndex::new)
    }

    /// Indexes a dossier; if it has the names of the graph `names`, they are not folded again.
    pub fn after(names: &Self, mut dossier: Dossier) -> Self {
        if !dossier.has_names_of(names.dossier()) {
            return Self::new(dossier);
        }
        // Names from a cache file were read a second time with the dossier.
        dossier.share_texts(names.dossier());
        Self::with(dossier, |dossier| names.names().extended_to(dossier))
    }

    fn with(dossier: Dossier, index: impl FnOnce(&Dossier) -> NameIndex) -> Self {
        let links = Links::new(&dossier);
        let names = index(&dossier);
        let part_groups = PartGroup::all(dossier.vocabulary());
        let (claims_from, namesakes) = (OnceLock::new(), OnceLock::new());
        Self { inner: Arc::new(Inner { dossier, links, names, part_groups, claims_from, namesakes }) }
    }

    /// Returns true if visiting all claims takes longer than a frame.
    pub fn is_large(&self) -> bool {
        self.dossier().all_claims().len() > MAX_CLAIMS_A_FRAME
    }

    /// The dossier.
    pub fn dossier(&self) -> &Dossier {
        &self.inner.dossier
    }

    /// The claims whose value is an entity.
    pub fn links(&self) -> &Links {
        &self.inner.links
    }

    /// The index of all names.
    pub fn names(&self) -> &NameIndex {
        &self.inner.names
    }

    /// The groups into which the parts of an institution fall, in the order in which they are shown.
    pub fn part_groups(&self) -> &[PartGroup] {
        &self.inner.part_groups
    }

    /// The institution to which an entity belongs, to distinguish entities of the same name.
    pub fn home(&self, entity: EntityId) -> Option<EntityId> {
        let whole = [Core::Institution, Core::Parent, Core::Party];
        whole.into_iter().find_map(|property| containment::targets(self, entity, property).next())
    }

    /// The words that tell an entity from all others that are written alike; `None` if there are none.
    pub fn apart(&self, entity: EntityId) -> Option<String> {
        apart::apart(self, self.inner.namesakes.get_or_init(|| Namesakes::new(self.dossier())), entity)
    }

    /// The label, with what tells the entity from others of the same label, if there are any: "Ann Ash (Head)".
    pub fn label(&self, entity: EntityId) -> Cow<'_, str> {
        let label = self.dossier().label(entity);
        match self.apart(entity) {
            Some(apart) => Cow::Owned(format!("{label} ({apart})")),
            None => Cow::Borrowed(label),
        }
    }

    /// The label, or for an institution with a long label its shortest alias of several words, if that is short.
    pub fn short_label(&self, entity: EntityId) -> &str {
        let dossier = self.dossier();
        let label = dossier.label(entity);
        if dossier.core_kind(entity) != CoreKind::Institution || label.len() <= MAX_SHORT_LABEL {
            return label;
        }
        let aliases = dossier.names(entity).iter().filter(|name| name.kind == NameKind::Alias);
        let shorter = aliases
            .map(|name| dossier.text(name.value))
            .filter(|name| name.contains(' ') && name.len() < label.len().min(MAX_SHORT_LABEL));
        shorter.min_by_key(|name| name.len()).unwrap_or(label)
    }

    /// The [short label](Self::short_label), with what tells the entity from others of the same label.
    pub fn short_name(&self, entity: EntityId) -> Cow<'_, str> {
        let label = self.short_label(entity);
        match self.apart(entity) {
            Some(apart) => Cow::Owned(format!("{label} ({apart})")),
            None => Cow::Borrowed(label),
        }
    }

    /// The number of claims with evidence in a document.
    #[expect(clippy::indexing_slicing, reason = "there is a count for each document")]
    pub fn claims_from(&self, document: DocumentId) -> usize {
        let counts = self.inner.claims_from.get_or_init(|| claims_from(self.dossier()));
        counts[document.index()]
    }
}

#[expect(clippy::indexing_slicing, reason = "there is a count for each document")]
fn claims_from(dossier: &Dossier) -> Vec<usize> {
    let mut counts = vec![0; dossier.documents().len()];
    for claim in dossier.all_claims() {
        let mut before: Option<DocumentId> = None;
        // The places of a claim are ordered by their documents.
        for place in dossier.evidence(claim) {
            if before.replace(place.document) != Some(place.document) {
                counts[place.document.index()] += 1;
            }
        }
    }
    counts
}
