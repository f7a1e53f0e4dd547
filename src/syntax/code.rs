//! The codes of what is found wrong with a dossier, and how grave each is.
//!
//! Invariant: a code has one severity; only errors of content are milder in an import.

use crate::text::word::words;

words! {
    /// How grave a defect is, the gravest first.
    Severity {
        /// It cannot be said what is meant: nothing is loaded.
        Error = "error",
        /// It is loaded and shown as stated.
        Warning = "warning",
        /// It may be intended; told on demand.
        Note = "note",
    }
}

words! {
    /// The sort of a defect. A reader can look it up, and allow it in a table or a dossier.
    Code {
        // Of folders and files.
        /// A folder inside the dossier is a symbolic link.
        LinkedFolder = "linked-folder",
        /// A TOML file lies more than four folders below the dossier.
        TooDeep = "too-deep",
        /// A file or folder of the dossier cannot be read.
        Unreadable = "unreadable",
        /// A file of the dossier lies outside of its folder.
        OutsideFolder = "outside-folder",
        /// A file looks like TOML, but its name does not end in `.toml`.
        OddExtension = "odd-extension",
        // Of what is written in them.
        /// The text is not TOML, JSON or `SQLite` at this place.
        Syntax = "syntax",
        /// The file is not UTF-8.
        Encoding = "encoding",
        /// A table has a key that means nothing there.
        UnknownKey = "unknown-key",
        /// A word is not in the closed list of its key.
        UnknownWord = "unknown-word",
        /// A value does not have the form that its key takes.
        WrongValue = "wrong-value",
        /// A value names an entity or a document that is not declared.
        UnknownId = "unknown-id",
        /// A link points at an entity of a kind that its property does not take.
        WrongKind = "wrong-kind",
        /// An id without its kind is that of several entities.
        AmbiguousId = "ambiguous-id",
        /// Two tables declare the same id.
        DuplicateId = "duplicate-id",
        /// Two documents have the same key.
        DuplicateKey = "duplicate-key",
        /// A claim is inferred, preferred or deprecated without a reason.
        NoReason = "no-reason",
        /// A check cannot be computed.
        CheckUnknown = "check-unknown",
        /// A claim cites a place that the document does not have.
        PlaceNowhere = "place-nowhere",
        /// A number has a unit that is not declared.
        UnknownUnit = "unknown-unit",
        /// A whole number is too large to be kept exactly.
        IntegerRange = "integer-range",
        // Of declared words.
        /// A declaration changes a core kind or a core property.
        VocabularyCore = "vocabulary-core",
        /// Kinds are sub-kinds of each other in a circle.
        VocabularyCycle = "vocabulary-cycle",
        /// A kind lies more than four deep below its core kind.
        VocabularyDepth = "vocabulary-depth",
        /// A word is declared twice.
        VocabularyDuplicate = "vocabulary-duplicate",
        /// The vocabulary, or a label in it, is larger than the program allows.
        VocabularyLimit = "vocabulary-limit",
        /// A declaration has a key that does not go with its sort of value.
        VocabularyMisfit = "vocabulary-misfit",
        /// A declared name does not have the form of a name.
        VocabularyName = "vocabulary-name",
        /// A declared name already means something else in a file or a query.
        VocabularyReserved = "vocabulary-reserved",
        /// A declaration names a kind or property that is not declared.
        VocabularyUnknown = "vocabulary-unknown",
        // Of content.
        /// A claim, a name, a check or a whole entity has no evidence.
        NoEvidence = "no-evidence",
        /// A label has no visible character.
        BlankLabel = "blank-label",
        /// A text has no visible character.
        BlankText = "blank-text",
        /// Entities are parts of each other in a circle.
        ParentCycle = "parent-cycle",
        /// Places lie within each other in a circle.
        WithinCycle = "within-cycle",
        /// An entity is its own part, party or predecessor.
        SelfLink = "self-link",
        /// Two entities are judged to be both same and not same.
        SameAndNotSame = "same-and-not-same",
        // Of time.
        /// An end lies before its beginning, with every reading of both dates.
        EndsBeforeBegins = "ends-before-begins",
        /// A tenure or signature lies outside a life, or before its institution.
        OutsideLife = "outside-life",
        /// A date lies outside the span that the dossier gives itself.
        OutsideSpan = "outside-span",
        /// A fact is dated after the horizon of the dossier.
        AfterHorizon = "after-horizon",
        /// A fact is dated after the newest document that states it.
        AfterPublished = "after-published",
        /// A statement is dated after the publication of its documents.
        AsOfAfterPublished = "as-of-after-published",
        /// Two persons surely held one post at the same time, nobody acting.
        OverlapHolders = "overlap-holders",
        /// A post is said to be vacant on days on which somebody surely held it.
        VacantButHeld = "vacant-but-held",
        // Of identity and form.
        /// Two entities of one core kind have the same label and no judgement.
        DuplicateLabel = "duplicate-label",
        /// One statement of one place is entered twice.
        DuplicateClaim = "duplicate-claim",
        /// A tenure has no person.
        NoPerson = "no-person",
        /// A tenure has no post.
        NoPost = "no-post",
        /// A text that begins with a number stands where numbers are taken.
        TextWithNumber = "text-with-number",
        /// A share is more than 100 %.
        ShareOver100 = "share-over-100",
        /// A URL is not one with a scheme and a host.
        UrlForm = "url-form",
        /// An identifier has no scheme.
        IdentifierForm = "identifier-form",
        /// A language is not written as a BCP 47 tag.
        LanguageForm = "language-form",
        /// A licence is not written as an SPDX expression.
        LicenceForm = "licence-form",
        /// A member of a list that is declared whole is named elsewhere only.
        CompleteBroken = "complete-broken",
        /// An allegation about a person does not say who makes it.
        UnattributedAllegation = "unattributed-allegation",
        /// A public claim or name rests on private sources only.
        PrivateEvidence = "private-evidence",
        /// A review is about a claim that has changed, or is gone: no claim has its id.
        StaleReview = "stale-review",
        // Of the documents.
        /// A text repeats more than five words in a row of its document.
        LongQuote = "long-quote",
        /// The date, number or name of a claim is not in the passage that it cites.
        NotInPassage = "not-in-passage",
        /// The words of a place now stand elsewhere in the document.
        Moved = "moved",
        /// The words of a place now stand in several other places.
        Ambiguous = "ambiguous",
        /// The words of a place are nowhere in the document any more.
        MissingWords = "missing-words",
        /// A document is not the text that was pinned, though every place holds.
        StalePin = "stale-pin",
        // What may be intended.
        /// Two entities have a name in common.
        SharedName = "shared-name",
        /// Two documents agree, but their fact is entered as two claims.
        SplitAgreement = "split-agreement",
        /// Something has an end without a start.
        EndWithoutStart = "end-without-start",
        /// An event or a tenure has no date.
        NeverDated = "never-dated",
        /// An agreement has fewer than two parties.
        OneSided = "one-sided",
        /// An entity has no link to or from another.
        Orphan = "orphan",
        /// A kind, property, measure or matrix is declared and not used.
        UnusedVocabulary = "unused-vocabulary",
        /// A document has no claim, name or check that cites it.
        UnusedSource = "unused-source",
        /// A place is pinned that nothing cites.
        UnusedPin = "unused-pin",
        /// An exact date looks like one that a program filled in.
        SuspiciousDate = "suspicious-date",
        /// A text is the name of an entity of the dossier.
        TextForLink = "text-for-link",
        /// The dossier has terms without an end and does not say how far it knows.
        NoHorizon = "no-horizon",
        /// Passages of a document are neither cited nor said to hold no fact.
        UnclaimedPassages = "unclaimed-passages",
    }
}

impl Code {
    /// Returns how grave a defect of this code is in a dossier that people write.
    pub const fn severity(self) -> Severity {
        match self {
            Self::LinkedFolder
            | Self::TooDeep
            | Self::Unreadable
            | Self::OutsideFolder
            | Self::Syntax
            | Self::Encoding
            | Self::UnknownKey
            | Self::UnknownWord
            | Self::WrongValue
            | Self::UnknownId
            | Self::WrongKind
            | Self::AmbiguousId
            | Self::DuplicateId
            | Self::DuplicateKey
            | Self::NoReason
            | Self::CheckUnknown
            | Self::PlaceNowhere
            | Self::UnknownUnit
            | Self::IntegerRange
            | Self::VocabularyCore
            | Self::VocabularyCycle
            | Self::VocabularyDepth
            | Self::VocabularyDuplicate
            | Self::VocabularyLimit
            | Self::VocabularyMisfit
            | Self::VocabularyName
            | Self::VocabularyReserved
            | Self::VocabularyUnknown
            | Self::NoEvidence
            | Self::BlankLabel
            | Self::BlankText
            | Self::ParentCycle
            | Self::WithinCycle
            | Self::SelfLink
            | Self::SameAndNotSame => Severity::Error,
            Self::OddExtension
            | Self::EndsBeforeBegins
            | Self::OutsideLife
            | Self::OutsideSpan
            | Self::AfterHorizon
            | Self::AfterPublished
            | Self::AsOfAfterPublished
            | Self::OverlapHolders
            | Self::VacantButHeld
            | Self::DuplicateLabel
            | Self::DuplicateClaim
            | Self::NoPerson
            | Self::NoPost
            | Self::TextWithNumber
            | Self::ShareOver100
            | Self::UrlForm
            | Self::IdentifierForm
            | Self::LanguageForm
            | Self::LicenceForm
            | Self::CompleteBroken
            | Self::UnattributedAllegation
            | Self::PrivateEvidence
            | Self::StaleReview
            | Self::LongQuote
            | Self::NotInPassage
            | Self::Moved
            | Self::Ambiguous
            | Self::MissingWords
            | Self::StalePin => Severity::Warning,
            Self::SharedName
            | Self::SplitAgreement
            | Self::EndWithoutStart
            | Self::NeverDated
            | Self::OneSided
            | Self::Orphan
            | Self::UnusedVocabulary
            | Self::UnusedSource
            | Self::UnusedPin
            | Self::SuspiciousDate
            | Self::TextForLink
            | Self::NoHorizon
            | Self::UnclaimedPassages => Severity::Note,
        }
    }

    /// Returns how grave a defect of this code is in what was imported from another format: an error of content is a
    /// warning there, and the value is kept as it came.
    pub const fn severity_of_import(self) -> Severity {
        match self {
            Self::NoEvidence
            | Self::BlankLabel
            | Self::BlankText
            | Self::ParentCycle
            | Self::WithinCycle
            | Self::SelfLink => Severity::Warning,
            _ => self.severity(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_errors_of_content_are_milder_in_an_import() {
        let milder: Vec<_> = Code::ALL.iter().filter(|code| code.severity() != code.severity_of_import()).collect();
        assert_eq!(milder.len(), 6);
        assert!(milder.iter().all(|code| code.severity() == Severity::Error));
    }
}
