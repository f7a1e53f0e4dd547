//! Joins the answers for stretches of days into bars.
//!
//! Invariant: a bar covers exactly the stretches whose answers contain it.

use chrono::NaiveDate;

use super::Bar;

/// Joins equal bars of neighbouring stretches.
///
/// The `from` and `to` of the given bars are ignored: each holds for its whole stretch.
pub(super) fn runs(answers: impl IntoIterator<Item = ((NaiveDate, NaiveDate), Vec<Bar>)>) -> Vec<Bar> {
    let mut done: Vec<Bar> = Vec::new();
    for ((first, last), bars) in answers {
        for bar in bars {
            // A bar that reached the day before continues; several claims of one answer may say the same.
            let reaches = |open: &Bar| open.to == last || open.to.succ_opt() == Some(first);
            let open = done.iter_mut().rev().find(|open| reaches(open) && says_same(open, &bar));
            match open {
                Some(open) => {
                    open.to = last;
                    let new: Vec<_> = bar.claims.into_iter().filter(|claim| !open.claims.contains(claim)).collect();
                    open.claims.extend(new);
                }
                None => done.push(Bar { from: first, to: last, ..bar }),
            }
        }
    }
    done.sort_by(|a, b| {
        let key = |bar: &Bar| (bar.from, bar.to, bar.certainty, bar.state);
        key(a).cmp(&key(b)).then_with(|| a.label.cmp(&b.label)).then(a.entity.cmp(&b.entity))
    });
    done
}

fn says_same(a: &Bar, b: &Bar) -> bool {
    (a.state, a.certainty, a.entity) == (b.state, b.certainty, b.entity) && a.value == b.value && a.label == b.label
}
