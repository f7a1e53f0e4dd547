//! Tenures and signatures outside of the life of their person, or before the institution of their post began.
//!
//! Invariant: of several dates of a birth, a death or a beginning, the date of a tenure or signature lies surely outside of
//! all of them.

use super::report::Report;
use crate::model::{ClaimId, Core, CoreKind, DayWindow, EntityId, When};
use crate::soundness::{About, Code, Finding};

pub(super) fn find(report: &mut Report<'_>) {
    let dossier = report.dossier;
    for tenure in dossier.of_core(CoreKind::Tenure) {
        tenure_outside_life(report, tenure);
    }
    for agreement in dossier.of_core(CoreKind::Agreement) {
        signatures_outside_life(report, agreement);
    }
}

/// Adds one finding for a tenure, about the first of its dates that cannot be.
fn tenure_outside_life(report: &mut Report<'_>, tenure: EntityId) {
    let dates: Vec<_> =
        [Core::Start, Core::End, Core::Attested].into_iter().flat_map(|core| report.dated(tenure, core)).collect();
    let lives: Vec<_> =
        report.targets(tenure, Core::Person).map(|(_, person)| (person, Limits::of_life(report, person))).collect();
    let beginnings: Vec<_> =
        report.targets(tenure, Core::Post).filter_map(|(_, post)| beginning(report, post)).collect();
    for &(id, when) in &dates {
        let outside = lives.iter().find_map(|(person, life)| Some((*person, life.broken_by(when.window())?)));
        let found = match outside {
            Some((person, (word, limit, second))) => {
                let person = report.dossier.id(person);
                Some((format!("{}, but {person} {word} {}", when.edtf(), limit.edtf()), second))
            }
            None => beginnings.iter().find(|(_, _, began)| when.window().surely_before(began.window())).map(
                |&(institution, second, began)| {
                    let institution = report.dossier.id(institution);
                    (format!("{}, but {institution} began {}", when.edtf(), began.edtf()), second)
                },
            ),
        };
        if let Some((found, second)) = found {
            let finding = Finding::new(Code::OutsideLife, About::Claim(id), found, EXPECTED);
            report.add(finding.with_second(About::Claim(second)));
            return;
        }
    }
}

const EXPECTED: &str = "expected a day within that life, or another person or post";

/// Returns the first to begin, by first days, of what the post belongs to; `None` unless all have begun at a
/// stated time.
fn beginning<'a>(report: &Report<'a>, post: EntityId) -> Option<(EntityId, ClaimId, &'a When)> {
    let mut first: Option<(EntityId, ClaimId, &When)> = None;
    for (_, institution) in report.targets(post, Core::Institution) {
        let (claim, when) = report.first_begins(institution)?;
        if first.is_none_or(|(_, _, other)| when.earliest() < other.earliest()) {
            first = Some((institution, claim, when));
        }
    }
    first
}

/// Adds a finding for each signature of a person on a day outside of that life.
fn signatures_outside_life(report: &mut Report<'_>, agreement: EntityId) {
    let signed: Vec<_> = report.dated(agreement, Core::Signed).collect();
    let [(_, first), ..] = signed[..] else { return };
    let signatures: Vec<_> = report.targets(agreement, Core::Signatory).collect();
    for (id, signatory) in signatures {
        let persons: Vec<EntityId> = match report.dossier.core_kind(signatory) {
            CoreKind::Person => vec![signatory],
            CoreKind::Tenure => report.targets(signatory, Core::Person).map(|(_, person)| person).collect(),
            _ => Vec::new(),
        };
        for person in persons {
            let life = Limits::of_life(report, person);
            let Some((word, limit, second)) = life.broken_by(first.window()) else { continue };
            if signed.iter().all(|(_, when)| life.broken_by(when.window()).is_some()) {
                let person = report.dossier.id(person);
                let found = format!("signed {}, but {person} {word} {}", first.edtf(), limit.edtf());
                let finding = Finding::new(Code::OutsideLife, About::Claim(id), found, EXPECTED);
                report.add(finding.with_second(About::Claim(second)));
            }
        }
    }
}

/// A limit of a life: the claim, with its date.
type Limit<'a> = (ClaimId, &'a When);

/// The stated limits of a life.
struct Limits<'a> {
    born: Vec<Limit<'a>>,
    died: Vec<Limit<'a>>,
}

impl<'a> Limits<'a> {
    fn of_life(report: &Report<'a>, person: EntityId) -> Self {
        Self { born: report.dated(person, Core::Born).collect(), died: report.dated(person, Core::Died).collect() }
    }

    /// Returns the limit outside of which a date surely lies, with its word.
    fn broken_by(&self, window: DayWindow) -> Option<(&'static str, &'a When, ClaimId)> {
        let all = |limits: &[Limit<'a>], is_broken: fn(DayWindow, DayWindow) -> bool| {
            let &(claim, when) = limits.first()?;
            limits.iter().all(|(_, limit)| is_broken(window, limit.window())).then_some((when, claim))
        };
        let born = all(&self.born, DayWindow::surely_before);
        let died = all(&self.died, |window, died| died.surely_before(window));
        born.map(|(when, claim)| ("was born", when, claim)).or(died.map(|(when, claim)| ("died", when, claim)))
    }
}
