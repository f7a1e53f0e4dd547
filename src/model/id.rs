//! Ids: the numbers of rows, with a type for each table of a dossier.
//!
//! Invariant: an id is only made by the dossier or builder that has the row, so that a lookup in the same dossier
//! cannot fail.

use std::num::NonZeroU32;

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident;)+) => {
        $($(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub(crate) u32);

        impl $name {
            /// Returns the row number.
            pub const fn index(self) -> usize {
                self.0 as usize
            }

            /// Returns the id of a row.
            pub(crate) const fn from_index(index: usize) -> Self {
                Self(index as u32)
            }
        })+
    };
}

/// Ids that are optional in rows: `Option` of them takes no more space.
macro_rules! optional_ids {
    ($($(#[$meta:meta])* $name:ident;)+) => {
        $($(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(NonZeroU32);

        impl $name {
            /// Returns the row number.
            pub const fn index(self) -> usize {
                (self.0.get() as usize).saturating_sub(1)
            }

            /// Returns the id of a row.
            pub(crate) const fn from_index(index: usize) -> Self {
                Self(NonZeroU32::MIN.saturating_add(index as u32))
            }
        })+
    };
}

ids! {
    /// An entity of a dossier; entities are numbered in the order of their ids.
    EntityId;
    /// A document of a dossier, in the order of its keys.
    DocumentId;
    /// A claim of a dossier; claims are ordered by subject, then property.
    ClaimId;
}

optional_ids! {
    /// A text of the dossier's pool.
    Sym;
    /// A date of the dossier's pool.
    WhenId;
    /// A row of what few claims have.
    DetailsId;
    /// The time in which a name was used.
    NameDetailsId;
}
