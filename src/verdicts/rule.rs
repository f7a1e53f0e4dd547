//! The table of rules: an id, a verdict and a sentence for each.
//!
//! Invariant: a rule has one verdict, and its sentence is true of every pair that it judges.

use crate::graph::compare::Fit;
use crate::model::Verdict;

macro_rules! rules {
    ($($variant:ident = $id:literal, $verdict:ident, $sentence:literal;)+) => {
        /// A rule by which two sides are judged.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Rule { $(#[doc = $sentence] $variant),+ }

        impl Rule {
            /// Every rule, by the gravity of its verdict.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Returns the id used in output.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id),+ }
            }

            /// Returns the verdict that the rule gives.
            pub const fn verdict(self) -> Verdict {
                match self { $(Self::$variant => Verdict::$verdict),+ }
            }

            /// Returns the sentence that states the rule.
            pub const fn sentence(self) -> &'static str {
                match self { $(Self::$variant => $sentence),+ }
            }
        }
    };
}

rules! {
    Denied = "denied", Conflicts, "One says so, the other says that it is not so.";
    Incompatible = "incompatible", Conflicts, "They are not the same, and neither a time nor a scope sets them apart.";
    PromiseDiffers = "promise-differs", Conflicts, "Two accounts of one promise name different dates.";
    PartExceeds = "part-exceeds-whole", Conflicts, "The part is more than the whole.";
    ListLonger = "list-longer", Conflicts, "More are listed than the number says.";
    ListShorter = "list-shorter", Conflicts, "Fewer are listed than the number says, and the list is whole.";
    Miscounted = "miscounted", Conflicts, "The count is not that of the list.";
    Overlap = "overlap-holders", Conflicts, "They surely held the post at the same time, and neither was acting.";

    PutOff = "put-off", Slipped, "Planned, and planned for later.";
    Replanned = "replanned", Slipped, "The plans differ, and are not of the same time.";
    NotKept = "not-kept", Slipped, "What was planned is said not to be so.";
    Short = "short-of-plan", Slipped, "There is less than was planned.";
    Otherwise = "other-than-planned", Slipped, "What came is not what was planned.";

    Late = "late", Fulfilled, "It came about, later than planned.";
    InTime = "in-time", Fulfilled, "It came about in the time that was planned, or before.";
    CameAbout = "came-about", Fulfilled, "It came about; whether in time, the dates do not tell.";
    AsPlanned = "as-planned", Fulfilled, "It came about as planned.";
    Exceeded = "more-than-planned", Fulfilled, "There is more than was planned.";

    OtherTime = "other-time", Series, "They speak of different times.";
    NotDue = "not-due", Series, "The plan is for a later time than the other speaks of.";
    MadeAfter = "made-after", Series, "The plan is told after the other, which can neither keep nor break it.";

    DateWithin = "date-within", Refines, "The one date lies within the other.";
    DatesOverlap = "dates-overlap", Refines, "The dates overlap, so that both can be right.";
    DateAbout = "date-about", Refines, "A date is given as approximate, and the other lies near enough.";
    NumberRounds = "number-rounds", Refines, "The one number is the other, rounded.";
    TextWithin = "text-within", Refines, "The one text has every word of the other, and more.";
    EntityWithin = "entity-within", Refines, "The one lies in the other, or is a part of it.";

    Same = "same", Agrees, "Both say the same.";
    JudgedSame = "judged-same", Agrees, "The two are held to be one and the same.";
    Counted = "counted", Agrees, "The count is that of the list.";

    Blank = "blank", Noted, "A blank in a document contradicts nothing.";
    Alleged = "alleged", Noted, "An accusation is not weighed against a statement.";
    OtherDenied = "other-denied", Noted, "What the one denies is not what the other says.";
    ListOpen = "list-open", Noted, "Fewer are listed than the number says, and the list need not be whole.";
    PartOfWhole = "part-of-whole", Noted, "The one speaks of a part, the other of the whole.";
    OtherScope = "other-scope", Noted, "They speak of different parts.";
    OtherState = "other-state", Noted, "The one tells what there is room for, or what is in use, and the other does not.";
    Several = "several", Noted, "It may have several values.";
    WordedOtherwise = "worded-otherwise", Noted, "The wordings differ, and do not exclude each other.";
    OtherUnit = "other-unit", Noted, "The units cannot be converted into each other.";
}

impl Rule {
    /// Returns the rule for two values that go together.
    pub const fn of(fit: Fit) -> Self {
        match fit {
            Fit::Equal => Self::Same,
            Fit::Judged => Self::JudgedSame,
            Fit::DateWithin => Self::DateWithin,
            Fit::DatesOverlap => Self::DatesOverlap,
            Fit::DateAbout => Self::DateAbout,
            Fit::Rounded => Self::NumberRounds,
            Fit::Words => Self::TextWithin,
            Fit::Part => Self::EntityWithin,
        }
    }
}

/// Returns the sign of a verdict; one column wide.
pub const fn sign(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Conflicts => "≠",
        Verdict::Slipped => "↳",
        Verdict::Fulfilled => "✓",
        Verdict::Series => "→",
        Verdict::Refines => "⊂",
        Verdict::Agrees => "=",
        Verdict::Noted => "·",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_distinct_id() {
        let mut ids: Vec<_> = Rule::ALL.iter().map(|rule| rule.id()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), Rule::ALL.len());
    }

    #[test]
    fn rules_are_sorted_by_gravity_and_every_verdict_has_one() {
        assert!(Rule::ALL.is_sorted_by_key(|rule| rule.verdict()));
        for &verdict in Verdict::ALL {
            assert!(Rule::ALL.iter().any(|rule| rule.verdict() == verdict), "{verdict}");
        }
    }

    #[test]
    fn no_two_verdicts_share_a_sign() {
        for (index, &verdict) in Verdict::ALL.iter().enumerate() {
            for &other in &Verdict::ALL[index + 1..] {
                assert_ne!(sign(verdict), sign(other));
            }
        }
    }
}
