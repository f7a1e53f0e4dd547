//! The institutions pane: a tree that opens by branches, or what a filter leaves of it.
//!
//! Invariant: rows are computed from the world, the opened branches and the
//! filter alone, and an institution's count is that of its rows on the timeline.

use std::collections::BTreeSet;

use super::cursor::Cursor;
use super::prompt::Prompt;
use crate::app::request::{Among, Asker, Searches};
use crate::graph::containment;
use crate::graph::containment::GroupId;
use crate::graph::hierarchy::MAX_DEPTH;
use crate::graph::names::Results;
use crate::model::{CoreKind, EntityId, Moment};
use crate::query::Query;
use crate::timeline::World;
use crate::timeline::chronology;
use crate::timeline::status::{TemporalStatus, entity_at};

/// A node of the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Node {
    /// The whole dossier.
    All,
    /// An institution.
    Institution(EntityId),
    /// A group of an institution's parts.
    Group(EntityId, GroupId),
    /// A part.
    Part(EntityId),
    /// The parts of a group for which there is no room.
    More(EntityId, GroupId),
}

impl Node {
    /// Returns the entity of the node; of a group, its institution.
    pub fn entity(self) -> Option<EntityId> {
        match self {
            Self::All => None,
            Self::Institution(entity) | Self::Group(entity, _) | Self::Part(entity) | Self::More(entity, _) => {
                Some(entity)
            }
        }
    }

    /// Returns the entity that the node shows; `None` for a group.
    pub fn part(self) -> Option<EntityId> {
        match self {
            Self::Institution(entity) | Self::Part(entity) => Some(entity),
            Self::All | Self::Group(..) | Self::More(..) => None,
        }
    }
}

/// One row of the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TreeRow {
    /// The node.
    pub node: Node,
    /// Its level, from 0.
    pub depth: u8,
    /// Rows on the timeline, or members of the group.
    pub count: usize,
    /// The state of its branch.
    pub branch: Branch,
}

/// The state of a branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Branch {
    /// There is no row below it.
    Leaf,
    /// Something below it, not shown.
    Closed,
    /// Something below it, shown.
    Open,
}

/// The state of the institutions pane.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    /// The selected row and the scroll offset.
    pub cursor: Cursor,
    /// The filter.
    pub filter: Prompt,
    opened: BTreeSet<Node>,
    /// The rows as shown.
    pub rows: Vec<TreeRow>,
    /// The question of the filter that has no answer yet.
    awaited: Option<u64>,
    /// The reasons why nothing passes the filter, a line each; see
    /// [`explain_empty`](crate::query::matching::explain_empty).
    pub reasons: Vec<String>,
}

impl Tree {
    /// Returns the tree with its top level shown.
    pub fn new(world: &World) -> Self {
        let mut tree = Self::default();
        tree.show_branches(world);
        tree
    }

    /// Returns true while an answer to a search is awaited.
    pub fn is_searching(&self) -> bool {
        self.awaited.is_some()
    }

    /// Returns the selected row.
    pub fn selected(&self) -> Node {
        self.rows.get(self.cursor.selected).map_or(Node::All, |row| row.node)
    }

    /// Puts other numbers in the place of those of the rows and opened branches.
    pub fn map(&mut self, number: impl Fn(EntityId) -> Option<EntityId>) {
        let node = |node: Node| match node {
            Node::All => Some(node),
            Node::Institution(entity) => number(entity).map(Node::Institution),
            Node::Group(entity, group) => number(entity).map(|entity| Node::Group(entity, group)),
            Node::Part(entity) => number(entity).map(Node::Part),
            Node::More(entity, group) => number(entity).map(|entity| Node::More(entity, group)),
        };
        self.opened = self.opened.iter().copied().filter_map(node).collect();
        self.rows = self.rows.iter().filter_map(|row| Some(TreeRow { node: node(row.node)?, ..*row })).collect();
    }

    /// Opens or closes the branch of the selected row. Returns true if it has one.
    pub fn toggle(&mut self, world: &World) -> bool {
        let Some(row) = self.rows.get(self.cursor.selected).copied() else { return false };
        match row.branch {
            Branch::Leaf => return false,
            Branch::Closed => self.opened.insert(row.node),
            Branch::Open => self.opened.remove(&row.node),
        };
        self.show_branches(world);
        true
    }

    /// Closes the selected row if its branch is open, else selects its parent; the first row if it has none.
    pub fn up(&mut self, world: &World) {
        let Some(row) = self.rows.get(self.cursor.selected).copied() else { return };
        if row.branch == Branch::Open {
            self.toggle(world);
            return;
        }
        let above = self.rows[..self.cursor.selected].iter().rposition(|other| other.depth < row.depth);
        self.cursor.selected = above.unwrap_or(0);
    }

    /// Applies a changed filter or world. Returns true if the rows are up to date, false if they follow a search.
    pub fn refresh(&mut self, world: &World, searches: &mut Searches) -> bool {
        self.awaited = None;
        match Query::parse(self.filter.text(), world.dossier().vocabulary()) {
            Ok(query) if !query.is_empty() => {
                let among = Among::Entities(world.clone(), MAX_MATCHES);
                self.awaited = Some(searches.ask(Asker::Tree, query, among));
                false
            }
            Ok(_) | Err(_) => {
                self.show_branches(world);
                true
            }
        }
    }

    /// Takes the hits of the filter, best first, regardless of their branches. Returns true if the answer was awaited.
    pub fn found(
        &mut self,
        world: &World,
        generation: u64,
        results: &Results,
        reasons: Vec<String>,
        more: bool,
    ) -> bool {
        if self.awaited != Some(generation) {
            return false;
        }
        if !more {
            self.awaited = None;
        }
        self.rows = matches(world, results);
        self.reasons = reasons;
        self.cursor.selected = 0;
        true
    }

    /// Computes the rows again, and keeps the selection if it is still shown.
    fn show_branches(&mut self, world: &World) {
        let selected = self.selected();
        self.rows = self.branches(world);
        self.reasons.clear();
        let again = self.rows.iter().position(|row| row.node == selected);
        self.cursor.selected = again.filter(|_| self.filter.is_empty()).unwrap_or(0);
    }

    fn branches(&self, world: &World) -> Vec<TreeRow> {
        let count = world.chronology().rows().len();
        let mut rows = vec![TreeRow { node: Node::All, depth: 0, count, branch: Branch::Leaf }];
        for &root in world.hierarchy().roots() {
            self.push_institution(world, root, 0, &mut rows);
        }
        rows
    }

    fn push_institution(&self, world: &World, institution: EntityId, depth: u8, rows: &mut Vec<TreeRow>) {
        let node = Node::Institution(institution);
        let open = self.opened.contains(&node);
        let branch = match (world.hierarchy().has_parts(institution), open) {
            (false, _) => Branch::Leaf,
            (true, true) => Branch::Open,
            (true, false) => Branch::Closed,
        };
        rows.push(TreeRow { node, depth, count: world.chronology().touching(institution).len(), branch });
        if open {
            for (group, members) in containment::members(world, institution) {
                self.push_group(world, institution, group, members, depth + 1, rows);
            }
        }
        if depth < MAX_DEPTH {
            for &child in world.hierarchy().children(institution) {
                self.push_institution(world, child, depth + 1, rows);
            }
        }
    }

    fn push_group(
        &self,
        world: &World,
        institution: EntityId,
        group: GroupId,
        members: Vec<EntityId>,
        depth: u8,
        rows: &mut Vec<TreeRow>,
    ) {
        let node = Node::Group(institution, group);
        let open = self.opened.contains(&node);
        let branch = if open { Branch::Open } else { Branch::Closed };
        let count = members.len();
        rows.push(TreeRow { node, depth, count, branch });
        if !open {
            return;
        }
        let leaf = |node, count| TreeRow { node, depth: depth + 1, count, branch: Branch::Leaf };
        let first = containment::first_by_name(world, members, MAX_MEMBERS);
        rows.extend(first.into_iter().map(|member| leaf(Node::Part(member), 0)));
        if count > MAX_MEMBERS {
            rows.push(leaf(Node::More(institution, group), count - MAX_MEMBERS));
        }
    }
}

/// Returns the count of a row, of all times or by a moment; `None` if it takes too long to compute.
pub fn count_at(world: &World, row: &TreeRow, as_of: Option<Moment>) -> Option<usize> {
    let Some(moment) = as_of else { return Some(row.count) };
    let chronology = world.chronology();
    let last = chronology::number(moment.last());
    let by_then = |entity| chronology.touching(entity).partition_point(|&row| chronology.extent(row).first <= last);
    match row.node {
        Node::All => Some(chronology.all().by(last)),
        Node::Part(_) if row.count == 0 => Some(0),
        Node::Institution(entity) | Node::Part(entity) => Some(by_then(entity)),
        Node::Group(..) if row.count > MAX_MEMBERS => None,
        Node::Group(institution, group) => {
            let there = |&member: &EntityId| standing_of(world, member, moment).counts();
            Some(containment::members_of(world, institution, group).into_iter().filter(there).count())
        }
        Node::More(..) => None,
    }
}

/// Returns the state of an entity at a moment.
pub fn standing_of(world: &World, entity: EntityId, moment: Moment) -> TemporalStatus {
    entity_at(world.dossier(), world.links().to(entity), entity, moment)
}

/// Returns the hits of a search, as rows.
fn matches(world: &World, found: &Results) -> Vec<TreeRow> {
    let dossier = world.dossier();
    let row = |entity: EntityId| TreeRow {
        node: match dossier.core_kind(entity) {
            CoreKind::Institution => Node::Institution(entity),
            _ => Node::Part(entity),
        },
        depth: 0,
        count: world.chronology().touching(entity).len(),
        branch: Branch::Leaf,
    };
    found.rows.iter().map(|hit| row(hit.entity)).collect()
}

/// The most members of a group that are listed; the filter finds the others.
const MAX_MEMBERS: usize = 500;

/// More matches than these are not worth scrolling through; type another letter.
const MAX_MATCHES: usize = 500;
