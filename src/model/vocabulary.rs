//! The closed word lists of a dossier: kinds, modalities, bases, ranks.
//!
//! Invariant: every word has exactly one spelling, and parsing what
//! [`as_str`](Kind::as_str) printed gives the same value back.

/// A value of a closed list of words.
pub trait Word: Copy + 'static {
    /// Every value, in the order of declaration.
    const ALL: &'static [Self];

    /// Returns the spelling in files and output.
    fn as_str(self) -> &'static str;
}

/// Declares an enum whose variants each have one spelling in files and output; a [`Word`].
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Returns the spelling in files and output.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// Returns the value with this spelling.
            #[allow(dead_code, reason = "not every list is read")]
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }

        impl $crate::model::vocabulary::Word for $name {
            const ALL: &'static [Self] = Self::ALL;

            fn as_str(self) -> &'static str {
                self.as_str()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.pad(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }
    };
}

pub(crate) use words;

words! {
    /// The kind of an entity; the first half of its id (`KIND/SLUG`).
    Kind {
        /// An independent body: a hospital, a university, a ministry.
        Institution = "institution",
        /// A part of an institution: department, centre, committee, college.
        Unit = "unit",
        /// A human being.
        Person = "person",
        /// An office that persons hold one after another.
        Post = "post",
        /// One person holding one post, with its own start and end.
        Tenure = "tenure",
        /// A course of study that leads to a degree or certificate.
        Programme = "programme",
        /// A signed or announced undertaking between parties.
        Agreement = "agreement",
        /// A building, service or ground of an institution.
        Facility = "facility",
        /// An event that happened, was planned or is alleged.
        Event = "event",
        /// An examination, a law, a programme of government.
        Scheme = "scheme",
        /// A town, a district, a country.
        Place = "place",
        /// A document that claims are taken from.
        Document = "document",
    }
}

impl Kind {
    /// Returns the heading for a group of this kind.
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Institution => "Institutions",
            Self::Unit => "Units",
            Self::Person => "People",
            Self::Post => "Posts",
            Self::Tenure => "Tenures",
            Self::Programme => "Programmes",
            Self::Agreement => "Agreements",
            Self::Facility => "Facilities",
            Self::Event => "Events",
            Self::Scheme => "Schemes",
            Self::Place => "Places",
            Self::Document => "Documents",
        }
    }
}

words! {
    /// The relation of a claim to reality.
    Modality {
        /// The document says that it is or was so.
        Actual = "actual",
        /// The document says that it is meant to become so.
        Planned = "planned",
        /// The document reports an accusation.
        Alleged = "alleged",
        /// The document says that it is not so.
        Denied = "denied",
    }
}

words! {
    /// The way a claim was taken from its document.
    Basis {
        /// A sentence says it.
        Stated = "stated",
        /// A list item or an infobox row says it.
        Listed = "listed",
        /// The dossier's authors counted items of the document.
        Counted = "counted",
        /// The dossier's authors concluded it; the claim has the reason.
        Inferred = "inferred",
    }
}

words! {
    /// The preference of the dossier's authors among the claims of one slot.
    Rank {
        /// The one to show first; carries a reason.
        Preferred = "preferred",
        /// The usual rank.
        Normal = "normal",
        /// Known to be superseded or wrong; carries a reason.
        Deprecated = "deprecated",
    }
}

words! {
    /// The sort of a name.
    NameKind {
        /// The label itself.
        Preferred = "preferred",
        /// Another full name in use.
        Alias = "alias",
        /// Initials or another short form.
        Acronym = "acronym",
        /// A spelling that a document uses by mistake.
        Misspelling = "misspelling",
        /// The name in the subject's own language.
        Native = "native",
    }
}

words! {
    /// The verdict of the dossier's authors on two similar entities.
    Sameness {
        /// One and the same.
        Same = "same",
        /// Two different things.
        NotSame = "not-same",
        /// The documents do not decide it.
        Unsure = "unsure",
    }
}

words! {
    /// The relation of the claims of one slot, the gravest first; computed, never stored.
    Verdict {
        /// They are about the same thing and time, and no rule reconciles them.
        Conflicts = "conflicts",
        /// A plan was postponed, or carried out differently.
        Slipped = "slipped",
        /// A plan was carried out.
        Fulfilled = "fulfilled",
        /// They are about different times.
        Series = "series",
        /// One is a more precise form of the other.
        Refines = "refines",
        /// They agree.
        Agrees = "agrees",
        /// They cannot be compared.
        Noted = "noted",
    }
}

words! {
    /// The operation of a check on its terms.
    Operation {
        /// Adds them up.
        Sum = "sum",
        /// Divides the first by the second.
        Ratio = "ratio",
    }
}

words! {
    /// The relation that the result of a check must have to its last term.
    Relation {
        /// Equal, to the precision of the stated digits.
        Equals = "equals",
        /// Equal or less.
        AtMost = "at-most",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_parses_back_to_its_value() {
        for &kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.as_str()), Some(kind));
        }
        for &modality in Modality::ALL {
            assert_eq!(Modality::parse(modality.as_str()), Some(modality));
        }
        assert_eq!(Basis::parse("guessed"), None);
    }
}
