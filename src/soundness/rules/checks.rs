//! Checks that cannot be computed because the documents give several numbers for one of their terms.
//!
//! Invariant: whatever else keeps a check from being computed is an error in its file, found when that is read.

use super::report::Report;
use crate::model::compute::Uncomputable;
use crate::soundness::{About, Code, Finding};
use crate::syntax::Severity;
use crate::verdicts::checks;

pub(super) fn find(report: &mut Report<'_>) {
    for result in checks(report.world) {
        let (Err(reason @ Uncomputable::Several(..)), Some(check)) =
            (&result.computed, report.dossier.checks().get(result.check))
        else {
            continue;
        };
        let found = format!("\"{}\" cannot be computed: {reason}", report.dossier.text(check.label));
        let expected =
            "expected one number, or a modality, a basis, @DATE (as of) or the number itself behind the slot";
        let finding = Finding::new(Code::CheckUnknown, About::Check(result.check), found, expected);
        report.add(Finding { severity: Severity::Warning, ..finding });
    }
}
