//! The closed word lists of a dossier: modalities, bases, ranks and more.
//!
//! Invariant: every word has exactly one spelling, and parsing what
//! [`as_str`](Modality::as_str) printed gives the same value back.

use crate::text::word::words;

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
    /// What a number speaks of, where it matters.
    State {
        /// What there is room for.
        Capacity = "capacity",
        /// What is in use.
        InService = "in-service",
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
        /// A short form of the label, for narrow columns.
        Short = "short",
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
    /// The way in which the digests of documents and places are made.
    #[derive(Default)]
    Digests {
        /// SHA-256, which anybody can compute from a likely text and compare.
        #[default]
        Plain = "plain",
        /// HMAC-SHA-256 with a key that stays with the dossier's authors.
        Keyed = "keyed",
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
        for &modality in Modality::ALL {
            assert_eq!(Modality::parse(modality.as_str()), Some(modality));
        }
        assert_eq!(Basis::parse("guessed"), None);
    }
}
