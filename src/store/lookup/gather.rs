//! Which entities an answer needs: those it is about, those that point at them, and the way from each to its wholes.
//!
//! The claims of an entity are read from it up to [`STEPS`] claims far, as far as any rule follows links: from a part to
//! its whole, and between a tenure, its person and its post. Backwards, everything is found that touches the entity,
//! again up to [`STEPS`] claims far.
//!
//! Invariant: what is gathered only depends on the links, and an entity whose claims are read has all of them.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::rc::Rc;

use super::links::{Id, Link, Links, NeedsWhole};
use crate::model::names::MAX_NAMESAKES;
use crate::model::{Core, CoreKind, PropertyId};
use crate::vocabulary::KindSet;

/// The greatest number of claims between an entity and anything that a rule reaches from it, in either direction.
const STEPS: u8 = 4;

/// What an answer says of an entity.
#[derive(Debug, Clone, Copy)]
pub enum Reach {
    /// Its label and its names, with their evidence.
    Names,
    /// Its own claims, and those that point at it; of an institution also all that happened to its parts.
    Card,
    /// The holders of a post, or of the posts of an institution and its children.
    Offices,
    /// What lasts or happened to it and its parts, and the holders of their posts.
    Lanes,
    /// What belongs to it, of these kinds.
    Parts(KindSet),
    /// Its own claims. If there are several entities, all of them are meant.
    Own,
}

/// The entities that are needed, by id; true if their claims are, too.
pub(super) type Needed = BTreeMap<Id, bool>;

/// Returns the entities that are needed to tell this of an entity; of several, only [`Reach::Own`] tells more than their
/// labels.
pub(super) fn gather(links: &mut Links<'_>, documents: &[Id], ids: &[Id], reach: Reach) -> Result<Needed, NeedsWhole> {
    // Every place is one of a document.
    let steps = ids.iter().chain(documents).map(|id| (Rc::clone(id), 0)).collect();
    let mut gathered = Gathered { links, documents, steps };
    match (reach, ids) {
        (Reach::Own, ids) => gathered.follow_by(1, ids.iter().cloned())?,
        (Reach::Card, [id]) => gathered.card(id)?,
        (Reach::Offices, [id]) => gathered.offices(id)?,
        (Reach::Lanes, [id]) => gathered.lanes(id)?,
        (Reach::Parts(kinds), [id]) => gathered.parts(id, kinds)?,
        (Reach::Names | Reach::Card | Reach::Offices | Reach::Lanes | Reach::Parts(_), _) => {}
    }
    let shown: Vec<Id> = gathered.steps.keys().cloned().collect();
    for id in &shown {
        gathered.tell_apart(id)?;
    }
    let mut needed: Needed = gathered.steps.into_iter().map(|(id, steps)| (id, steps > 0)).collect();
    let with_claims: Vec<Id> = needed.iter().filter(|(_, has_claims)| **has_claims).map(|(id, _)| id.clone()).collect();
    for id in &with_claims {
        links.mentioned(id, |other| {
            needed.entry(other).or_default();
        })?;
    }
    Ok(needed)
}

struct Gathered<'g, 'c> {
    links: &'g mut Links<'c>,
    documents: &'g [Id],
    /// The number of steps that were followed from each entity, the reading of its claims included.
    steps: BTreeMap<Id, u8>,
}

impl Gathered<'_, '_> {
    fn card(&mut self, id: &Id) -> Result<(), NeedsWhole> {
        let all = match self.links.core(id)? {
            CoreKind::Institution => self.touching(id)?.into_iter().collect(),
            // The card counts the claims of the whole dossier that rest on a document.
            CoreKind::Document => return Err(NeedsWhole),
            _ => self.pointing_at(id)?,
        };
        self.follow(all.into_iter().chain([Rc::clone(id)]))
    }

    fn offices(&mut self, id: &Id) -> Result<(), NeedsWhole> {
        if self.links.core(id)? == CoreKind::Post {
            return self.holders([Rc::clone(id)]);
        }
        let (mut level, mut wholes) = (vec![Rc::clone(id)], BTreeSet::from([Rc::clone(id)]));
        let mut staff: Vec<Id> = Vec::new();
        for _ in 0..=STEPS {
            let mut below = Vec::new();
            for whole in &level {
                for Link { property, other } in self.links.incoming(whole)?.iter() {
                    match (property.core(), self.links.core(other)?) {
                        (Some(Core::Parent), CoreKind::Institution) if wholes.insert(Rc::clone(other)) => {
                            below.push(Rc::clone(other));
                        }
                        (Some(Core::Institution), CoreKind::Post | CoreKind::Tenure) => staff.push(Rc::clone(other)),
                        _ => {}
                    }
                }
            }
            level = below;
        }
        self.follow(wholes)?;
        self.follow(staff.iter().cloned())?;
        let posts = self.posts_of(&staff)?;
        self.holders(posts)
    }

    fn lanes(&mut self, id: &Id) -> Result<(), NeedsWhole> {
        let touching = self.touching(id)?;
        self.follow(touching.iter().cloned())?;
        let posts = self.posts_of(&touching)?;
        self.holders(posts)
    }

    fn parts(&mut self, id: &Id, kinds: KindSet) -> Result<(), NeedsWhole> {
        let mut all = self.touching(id)?;
        all.extend(self.named_by(id)?);
        // A person belongs to what the tenures are about, and a tenure brings its person with it.
        let tenures: Vec<Id> = self.of_core(&all, CoreKind::Tenure)?;
        for tenure in &tenures {
            all.extend(self.named_by(tenure)?);
        }
        self.follow(all.iter().cloned())?;
        // A document on which a claim rests belongs to what the claim is about.
        let words = self.links.words();
        if words.kinds().any(|kind| kinds.has(kind) && words.core(kind) == CoreKind::Document) {
            self.follow(self.documents.iter().cloned())?;
        }
        for entity in all {
            if !kinds.has(self.links.kind(&entity)?) {
                continue;
            }
            // What is listed is told apart by what points at it.
            if let CoreKind::Person | CoreKind::Post | CoreKind::Agreement | CoreKind::Item =
                self.links.core(&entity)?
            {
                let pointing = self.pointing_at(&entity)?;
                self.follow(pointing)?;
            }
        }
        Ok(())
    }

    /// Adds posts and the tenures that name them.
    fn holders(&mut self, posts: impl IntoIterator<Item = Id>) -> Result<(), NeedsWhole> {
        for post in posts {
            let tenures = self.pointing_at(&post)?;
            self.follow(tenures.into_iter().chain([post]))?;
        }
        Ok(())
    }

    /// Adds the others of the same label, and what tells all of them apart: their own claims, and the posts of people.
    fn tell_apart(&mut self, id: &Id) -> Result<(), NeedsWhole> {
        if self.links.core(id)? == CoreKind::Document {
            return Ok(());
        }
        let others = self.links.namesakes(id)?;
        if others.is_empty() {
            return Ok(());
        }
        if others.len() >= MAX_NAMESAKES {
            return self.follow_by(0, others);
        }
        for one in others.into_iter().chain([Rc::clone(id)]) {
            let mut all = vec![Rc::clone(&one)];
            if self.links.core(&one)? == CoreKind::Person {
                let held = self.links.incoming(&one)?;
                all.extend(held.iter().filter(|link| link.property == Core::Person).map(|link| Rc::clone(&link.other)));
            }
            self.follow_by(2, all)?;
        }
        Ok(())
    }

    /// Returns the posts among these entities, and those that they name as their post.
    fn posts_of<'i>(&mut self, entities: impl IntoIterator<Item = &'i Id>) -> Result<BTreeSet<Id>, NeedsWhole> {
        let mut posts = BTreeSet::new();
        for entity in entities {
            if self.links.core(entity)? == CoreKind::Post {
                posts.insert(Rc::clone(entity));
            }
            let named = self.links.own(entity)?;
            posts.extend(named.iter().filter(|link| link.property == Core::Post).map(|link| Rc::clone(&link.other)));
        }
        Ok(posts)
    }

    fn of_core(&self, entities: &BTreeSet<Id>, core: CoreKind) -> Result<Vec<Id>, NeedsWhole> {
        let mut found = Vec::new();
        for entity in entities {
            if self.links.core(entity)? == core {
                found.push(Rc::clone(entity));
            }
        }
        Ok(found)
    }

    fn named_by(&mut self, id: &Id) -> Result<Vec<Id>, NeedsWhole> {
        Ok(self.links.own(id)?.iter().map(|link| Rc::clone(&link.other)).collect())
    }

    fn pointing_at(&mut self, id: &Id) -> Result<Vec<Id>, NeedsWhole> {
        Ok(self.links.incoming(id)?.iter().map(|link| Rc::clone(&link.other)).collect())
    }

    /// Returns an entity, everything that points at it, and what touches it through parts and tenures.
    fn touching(&mut self, id: &Id) -> Result<BTreeSet<Id>, NeedsWhole> {
        let mut found = BTreeSet::from([Rc::clone(id)]);
        let mut passed = HashSet::from([Rc::clone(id)]);
        let mut frontier = vec![Rc::clone(id)];
        for step in 0..STEPS {
            let mut next = Vec::new();
            for target in &frontier {
                let all = step == 0 || self.links.core(target)? == CoreKind::Tenure;
                for Link { property, other } in self.links.incoming(target)?.iter() {
                    let is_whole = self.links.words().is_whole(*property);
                    if all || is_whole {
                        found.insert(Rc::clone(other));
                        if (is_whole || *property == Core::Person) && passed.insert(Rc::clone(other)) {
                            next.push(Rc::clone(other));
                        }
                    }
                }
            }
            frontier = next;
        }
        Ok(found)
    }

    /// Reads the claims of entities, and those of the wholes, tenures, persons and posts to which they lead.
    fn follow(&mut self, start: impl IntoIterator<Item = Id>) -> Result<(), NeedsWhole> {
        self.follow_by(STEPS, start)
    }

    /// Reads the claims of entities, and those of what they lead to in less than so many steps.
    fn follow_by(&mut self, steps: u8, start: impl IntoIterator<Item = Id>) -> Result<(), NeedsWhole> {
        let mut level: Vec<Id> = start.into_iter().collect();
        for left in (1..=steps).rev() {
            let mut next = Vec::new();
            for id in level {
                let known = self.steps.entry(Rc::clone(&id)).or_default();
                if *known >= left {
                    continue;
                }
                *known = left;
                for Link { property, other } in self.links.own(&id)?.iter() {
                    if self.leads(*property, other)? {
                        next.push(Rc::clone(other));
                    } else {
                        self.steps.entry(Rc::clone(other)).or_default();
                    }
                }
            }
            level = next;
        }
        for id in level {
            self.steps.entry(id).or_default();
        }
        Ok(())
    }

    /// Returns true if some rule goes on with the claims of the value of a claim.
    fn leads(&self, property: PropertyId, value: &Id) -> Result<bool, NeedsWhole> {
        let is_way =
            matches!(property.core(), Some(Core::Institution | Core::Parent | Core::Party | Core::Person | Core::Post));
        Ok(is_way || self.links.words().is_whole(property) || self.links.core(value)? == CoreKind::Tenure)
    }
}
