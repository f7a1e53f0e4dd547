//! The properties of groups that a search uses, beside their texts.
//!
//! Invariant: the engine knows groups by their numbers alone; what they are is known to its caller.

use std::cmp::Reverse;

use super::chunk::Chunks;
use super::pattern::Pattern;
use super::text_match;

/// The properties of groups that decide whether and where they are listed; by default all are listed alike.
pub trait Groups: Sync {
    /// The text by which rows are ordered that are equal otherwise.
    fn label(&self, group: u32) -> &str;
    /// Returns false if all labels are empty, so that none has to be compared.
    fn have_labels(&self) -> bool {
        true
    }
    /// The text of a group as written, in which words are looked for as they were typed; by default its label.
    fn written(&self, group: u32) -> &str {
        self.label(group)
    }
    /// The class of a group, 0 to 15. Among rows that match equally well the lower class comes first.
    fn class(&self, _group: u32) -> u8 {
        0
    }
    /// The prominence of a group, 0 to 63. Among rows that match to the same extent the higher one comes first.
    fn prominence(&self, _group: u32) -> u8 {
        0
    }
    /// The highest prominence of any group.
    fn max_prominence(&self) -> u8 {
        0
    }
    /// Returns true if a group may be listed. Asked only for groups with a text that matches.
    fn allows(&self, _group: u32) -> bool {
        true
    }
    /// Returns true if every group may be listed, so that none has to be asked for.
    fn allows_all(&self) -> bool {
        false
    }
}

/// Groups of which nothing is known but their texts; all may be listed.
pub struct PlainGroups;

impl Groups for PlainGroups {
    fn label(&self, _: u32) -> &'static str {
        ""
    }

    fn have_labels(&self) -> bool {
        false
    }

    fn allows_all(&self) -> bool {
        true
    }
}

/// What decides between rows of groups with the same key: the spelling, if the pattern has one, then the label.
pub fn tie_break<'g>(groups: &'g impl Groups, pattern: &Pattern, group: u32) -> (Reverse<usize>, &'g str) {
    let spelled = if pattern.spelling.0.is_empty() { 0 } else { pattern.spelled(groups.written(group)) };
    (Reverse(spelled), groups.label(group))
}

/// Some of the groups that others are.
pub struct Filtered<'a, G, F> {
    pub groups: &'a G,
    /// Returns true for the groups that are left.
    pub admits: F,
    /// True if `admits` returns true for every group.
    pub admits_all: bool,
}

impl<G: Groups, F: Fn(u32) -> bool + Sync> Groups for Filtered<'_, G, F> {
    fn label(&self, group: u32) -> &str {
        self.groups.label(group)
    }

    fn have_labels(&self) -> bool {
        self.groups.have_labels()
    }

    fn written(&self, group: u32) -> &str {
        self.groups.written(group)
    }

    fn class(&self, group: u32) -> u8 {
        self.groups.class(group)
    }

    fn prominence(&self, group: u32) -> u8 {
        self.groups.prominence(group)
    }

    fn max_prominence(&self) -> u8 {
        self.groups.max_prominence()
    }

    fn allows(&self, group: u32) -> bool {
        (self.admits)(group) && self.groups.allows(group)
    }

    fn allows_all(&self) -> bool {
        self.admits_all && self.groups.allows_all()
    }
}

/// The groups that have no name which a pattern excludes.
pub fn wanted<'a, G, K: Copy + Send + Sync>(
    groups: &'a G,
    names: &'a Chunks<K>,
    pattern: &'a Pattern,
) -> Filtered<'a, G, impl Fn(u32) -> bool + Sync + 'a> {
    let admits = move |group| !has_unwanted_name(names, pattern, group);
    Filtered { groups, admits, admits_all: pattern.unwanted.is_empty() }
}

/// Returns true if a name of a group has what a pattern excludes.
pub fn has_unwanted_name<K: Copy + Send + Sync>(names: &Chunks<K>, pattern: &Pattern, group: u32) -> bool {
    !pattern.unwanted.is_empty() && names.group(group as usize).any(|(name, _)| text_match::has_unwanted(pattern, name))
}
