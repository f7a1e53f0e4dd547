//! What a rule finds in a dossier that was loaded, and which of its rows the finding is about.
//!
//! Invariant: a finding names rows of the dossier it was found in; where those stand in files is not known here.

use super::{Code, Severity};
use crate::model::{ClaimId, DocumentId, EntityId, KindId, PropertyId};
use crate::vocabulary::MeasureId;

/// Something wrong, doubtful or remarkable in a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The sort of finding.
    pub code: Code,
    /// How grave it is: that of the code, or milder if its rule says so.
    pub severity: Severity,
    /// The row that it is about.
    pub about: About,
    /// The key of the row that is wrong, such as `label`, if it is one alone.
    pub key: Option<&'static str>,
    /// The other of two rows that do not go together.
    pub second: Option<About>,
    /// What was found, without the place.
    pub found: String,
    /// What was expected instead.
    pub expected: String,
}

/// A row of a dossier. Numbers are those of rows in the tables of the [`Dossier`](crate::model::Dossier).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum About {
    /// The description of the dossier.
    Dossier,
    /// A declared word.
    Declaration(Declared),
    /// A document.
    Document(DocumentId),
    /// An entity.
    Entity(EntityId),
    /// A row of `all_names`.
    Name(usize),
    /// A claim.
    Claim(ClaimId),
    /// A row of `judgements`.
    Judgement(usize),
    /// A row of `checks`.
    Check(usize),
    /// A row of `unclaimed`.
    Unclaimed(usize),
    /// A row of `completes`.
    Complete(usize),
    /// A row of `reviews`.
    Review(usize),
    /// A row of `places`, wherever it is cited.
    Place(usize),
    /// The pins of a document.
    Pins(DocumentId),
}

/// A declared word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Declared {
    /// A kind.
    Kind(KindId),
    /// A property.
    Property(PropertyId),
    /// A measure.
    Measure(MeasureId),
    /// A row of `matrices`.
    Matrix(usize),
}

impl Finding {
    /// Returns a finding of the usual severity of its code, about a whole row and no second one.
    pub fn new(code: Code, about: About, found: impl Into<String>, expected: impl Into<String>) -> Self {
        let (found, expected) = (found.into(), expected.into());
        Self { code, severity: code.severity(), about, key: None, second: None, found, expected }
    }

    /// Names the key of the row that is wrong.
    #[must_use]
    pub fn at_key(self, key: &'static str) -> Self {
        Self { key: Some(key), ..self }
    }

    /// Names the other of two rows that do not go together.
    #[must_use]
    pub fn with_second(self, second: About) -> Self {
        Self { second: Some(second), ..self }
    }
}
