//! The closed word lists of a dossier: kinds, modalities, bases, ranks.
//!
//! Invariant: every word has exactly one spelling, and parsing what
//! [`as_str`](Kind::as_str) printed gives the same value back.

/// Declares an enum whose variants each have one spelling in files and output.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The spelling used in files and output.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The value with this spelling, if there is one.
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
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

words! {
    /// What an entity is; the first half of its id (`person/ramji-singh`).
    Kind {
        /// A body with a life of its own: a hospital, a university, a ministry.
        Institution = "institution",
        /// A part of an institution: department, centre, committee, college.
        Unit = "unit",
        /// A human being.
        Person = "person",
        /// An office that persons hold one after the other.
        Post = "post",
        /// One person holding one post, with its own start and end.
        Tenure = "tenure",
        /// A course of study that leads to a degree or certificate.
        Programme = "programme",
        /// A signed or announced undertaking between parties.
        Agreement = "agreement",
        /// A building, service or ground of an institution.
        Facility = "facility",
        /// Something that happened, was planned or is alleged.
        Event = "event",
        /// An examination, a law, a programme of government.
        Scheme = "scheme",
        /// A town, a district, a country.
        Place = "place",
        /// One of the sources themselves.
        Document = "document",
    }
}

impl Kind {
    /// The heading for a group of this kind.
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
    /// How a claim stands to reality.
    Modality {
        /// The document says that it is or was so.
        Actual = "actual",
        /// The document says that it is meant to become so.
        Planned = "planned",
        /// The document reports somebody's accusation.
        Alleged = "alleged",
        /// The document says that it is not so.
        Denied = "denied",
    }
}

words! {
    /// How the claim was got from its document.
    Basis {
        /// A sentence says it.
        Stated = "stated",
        /// A list item or an infobox row says it.
        Listed = "listed",
        /// We counted what the document lists.
        Counted = "counted",
        /// We concluded it; the claim carries the reason.
        Inferred = "inferred",
    }
}

words! {
    /// Which of several claims on one slot the authors of the dossier prefer.
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
    /// What sort of name a name is.
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
    /// What we hold of two entities that resemble each other.
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
    /// How the claims of one slot stand to each other, the gravest first; computed, never stored.
    Verdict {
        /// They are said of the same thing and time, and no rule reconciles them.
        Conflicts = "conflicts",
        /// What was planned was put off, or came otherwise.
        Slipped = "slipped",
        /// What was planned came about.
        Fulfilled = "fulfilled",
        /// They are of different times.
        Series = "series",
        /// One says the same as the other, but more closely.
        Refines = "refines",
        /// They say the same.
        Agrees = "agrees",
        /// They cannot be weighed against each other.
        Noted = "noted",
    }
}

words! {
    /// What a check does with its terms before it compares them.
    Operation {
        /// Adds them up.
        Sum = "sum",
        /// Divides the first by the second.
        Ratio = "ratio",
    }
}

words! {
    /// How the result of a check has to stand to its last term.
    Relation {
        /// The same, as far as digits are stated.
        Equals = "equals",
        /// The same or less.
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
