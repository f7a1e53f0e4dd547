//! The time between two dates in words, and each of the two ends.
//!
//! Invariant: the words have no number that the bounds do not give, and say "about" of a date that is uncertain or
//! approximate, and what is not known where a bound is missing.

use super::wording::{grouped, marks, modality_text, qualifiers, value_text};
use crate::graph::Graph;
use crate::graph::dated::{DatePart, Dated};
use crate::model::when::Precision;
use crate::model::{CalendarSpan, Direction, Interval, IntervalBound, When};
use crate::timeline::chronology::{Row, row_label};

/// Returns the time from `a` to `b` in a sentence: "B is 1125 days after A: 3 years 30 days".
pub fn interval_text(interval: &Interval, a: &str, b: &str) -> String {
    let apart = distance(interval);
    let calendar = calendar(interval).map(|words| format!(": {words}")).unwrap_or_default();
    let about = if interval.is_about { "about " } else { "" };
    match (interval.direction(), interval.least, interval.most) {
        (Direction::Same, _, _) => {
            format!("{b} is {}the same day as {a}", if about.is_empty() { "" } else { "perhaps " })
        }
        (Direction::After, _, _) => format!("{b} is {apart} after {a}{calendar}"),
        (Direction::Before, _, _) => format!("{b} is {apart} before {a}{calendar}"),
        (Direction::Unknown, Some(least), Some(most)) => {
            let (before, after) = (days_text(-least.days), days_text(most.days));
            format!("{b} is from {about}{before} before to {about}{after} after {a}: which is earlier is not known")
        }
        (Direction::Unknown, Some(least), None) => {
            format!("{b} is {about}{} before {a} at most, or any time after it", days_text(-least.days))
        }
        (Direction::Unknown, None, Some(most)) => {
            format!("{b} is {about}{} after {a} at most, or any time before it", days_text(most.days))
        }
        (Direction::Unknown, None, None) => format!("How far {b} is from {a} is not known"),
    }
}

/// Returns the days of an interval whose direction is known: "12 days", "between 522 and 643 days", "at least 40 days".
fn distance(interval: &Interval) -> String {
    let about = if interval.is_about { "about " } else { "" };
    let days = |bound: IntervalBound| bound.days.abs();
    match interval.bounds() {
        (Some(near), Some(far)) if near == far => format!("{about}{}", days_text(near.days)),
        (Some(near), Some(far)) => {
            let (near, far) = (grouped(days(near) as f64), days_text(days(far)));
            if interval.is_about { format!("about {near} to {far}") } else { format!("between {near} and {far}") }
        }
        (Some(near), None) => format!("at least {about}{}", days_text(days(near))),
        (None, Some(far)) => format!("at most {about}{}", days_text(days(far))),
        (None, None) => "any number of days".to_owned(),
    }
}

/// Returns the same by the calendar, in whole units of the coarser date; `None` if that says no more than the days.
fn calendar(interval: &Interval) -> Option<String> {
    let about = if interval.is_about { "about " } else { "" };
    let precision = if interval.is_exact() { Precision::Day } else { interval.precision };
    let whole = |bound: IntervalBound| bound.span.whole(precision);
    let (near, far) = interval.bounds();
    let is_long = |span: CalendarSpan| span.years > 0 || span.months > 0;
    match (near.map(whole), far.map(whole)) {
        (Some(near), Some(far)) if near == far && is_long(far) => {
            let full = if interval.is_exact() { "" } else { " and some days" };
            Some(format!("{about}{}{full}", span_text(near)))
        }
        (Some(near), Some(far)) if near.is_zero() && is_long(far) => {
            Some(format!("less than {about}{}", span_text(next(far, precision))))
        }
        (Some(near), Some(far)) if is_long(far) => {
            let is_bare = |span: CalendarSpan| span.whole(Precision::Year) == span;
            let from = if is_bare(near) && is_bare(far) { grouped(near.years.into()) } else { span_text(near) };
            Some(format!("{about}{from} to {}", span_text(far)))
        }
        (Some(near), None) if is_long(near) => Some(format!("{about}{} or more", span_text(near))),
        (Some(_) | None, _) => None,
    }
}

/// Returns the span that is one unit longer.
fn next(span: CalendarSpan, precision: Precision) -> CalendarSpan {
    match precision {
        Precision::Year => CalendarSpan { years: span.years + 1, ..span },
        Precision::Season | Precision::Month if span.months == 11 => {
            CalendarSpan { years: span.years + 1, months: 0, ..span }
        }
        Precision::Season | Precision::Month => CalendarSpan { months: span.months + 1, ..span },
        Precision::Day => CalendarSpan { days: span.days + 1, ..span },
    }
}

/// Returns a span in words: "3 years 30 days".
pub fn span_text(span: CalendarSpan) -> String {
    let counted = |count: u32, unit: &str| (count > 0).then(|| counted(count.into(), unit));
    let parts = [counted(span.years, "year"), counted(span.months, "month"), counted(span.days, "day")];
    let words: Vec<String> = parts.into_iter().flatten().collect();
    if words.is_empty() { "0 days".to_owned() } else { words.join(" ") }
}

/// Returns a number of days without its sign: "1 day", "23,386 days".
fn days_text(days: i64) -> String {
    counted(days.abs(), "day")
}

fn counted(count: i64, unit: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {unit}{plural}", grouped(count as f64))
}

/// Returns what happened on a date of a claim, with all that qualifies it and what is known of the date: "The hall: opened
/// (planned) · only the year is known".
pub fn dated_text(graph: &Graph, date: &Dated) -> String {
    let dossier = graph.dossier();
    let reason = dossier.claim(date.claim).reason.map(|reason| format!(" — {}", dossier.text(reason)));
    let text = dated_label(graph, date) + &reason.unwrap_or_default();
    with_knowledge(text, dossier.when(date.when))
}

/// Returns what happened on a date of a claim, with its marks: "The hall: opened (planned)".
pub fn dated_label(graph: &Graph, date: &Dated) -> String {
    let dossier = graph.dossier();
    let claim = dossier.claim(date.claim);
    let property = dossier.property(claim.property);
    let label = graph.label(claim.subject);
    let said = match date.part {
        DatePart::Value if property.happening.is_some() => {
            let row = Row {
                claim: date.claim,
                subject: claim.subject,
                property: claim.property,
                modality: claim.modality(),
                basis: claim.basis(),
            };
            row_label(graph, &row)
        }
        DatePart::Value => format!("{label} · {}", property.label),
        DatePart::Start | DatePart::End | DatePart::AsOf => {
            let word = match date.part {
                DatePart::Start => "from then",
                DatePart::End => "until then",
                DatePart::AsOf | DatePart::Value => "as of then",
            };
            format!("{label} · {}: {}, {word}", property.label, value_text(dossier, claim))
        }
    };
    let mut words: Vec<String> = marks(claim).into_iter().map(str::to_owned).collect();
    if date.part == DatePart::Value {
        words.extend(qualifiers(dossier, claim));
    }
    let marks = if words.is_empty() { modality_text(dossier, claim) } else { format!(" ({})", words.join(", ")) };
    format!("{said}{marks}")
}

/// Returns words with what is known of their date behind them, unless it is an exact day.
pub fn with_knowledge(words: String, when: &When) -> String {
    let is_day = when.precision() == Precision::Day && when.window().earliest == when.window().latest;
    if is_day && !when.is_qualified() { words } else { format!("{words} · {}", when.knowledge()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn said(a: &str, b: &str) -> String {
        let interval = Interval::between(&When::parse(a).unwrap(), &When::parse(b).unwrap());
        interval_text(&interval, "A", "B")
    }

    #[test]
    fn an_interval_is_told_as_exactly_as_it_is_known() {
        for (a, b, words) in [
            ("2021-01-27", "2024-02-26", "B is 1125 days after A: 3 years 30 days"),
            ("2024-02-26", "2021-01-27", "B is 1125 days before A: 3 years 30 days"),
            ("2021-01-27", "2021-01-28", "B is 1 day after A"),
            ("2021-01-27", "2021-01-27", "B is the same day as A"),
            ("1957-08-14", "2021-08-24", "B is 23,386 days after A: 64 years 10 days"),
            (
                "[2019-06..2019-09]",
                "2021-03-05",
                "B is between 522 and 643 days after A: 1 year 5 months to 1 year 9 months",
            ),
            ("1957", "2021-03-05", "B is between 23,075 and 23,439 days after A: 63 to 64 years"),
            ("2021-03", "2021-04", "B is between 1 and 60 days after A: less than 2 months"),
            ("2020-01-01", "2020-03", "B is between 60 and 90 days after A: 2 months and some days"),
            ("2021-03-01", "2021-03", "B is between 0 and 30 days after A"),
            ("2021", "2021-12", "B is from 30 days before to 364 days after A: which is earlier is not known"),
            ("[..2018]", "2021-03-05", "B is at least 795 days after A: 2 years or more"),
            ("2021-03-05", "[..2018]", "B is at least 795 days before A: 2 years or more"),
            ("[2018..]", "2021-03-05", "B is 1159 days after A at most, or any time before it"),
            ("2021-03-05", "[2018..]", "B is 1159 days before A at most, or any time after it"),
            ("XXXX-12-25", "2021-03-05", "How far B is from A is not known"),
            ("2020-12-05~", "2021-01-04", "B is about 30 days after A"),
            ("2019-12~", "2021-03-05", "B is about 430 to 460 days after A: about 1 year 2 months to 1 year 3 months"),
            ("2000/2010~", "2021-03-05", "B is about 3717 to 7734 days after A: about 10 to 21 years"),
            ("2021-01-27?", "2021-01-27", "B is perhaps the same day as A"),
        ] {
            assert_eq!(said(a, b), words, "{a} {b}");
        }
    }

    proptest! {
        #[test]
        fn swapping_the_dates_swaps_before_and_after(days in prop::collection::vec((1900i32..2030, 1u32..13, 1u32..29), 2)) {
            let written: Vec<String> = days.iter().map(|(y, m, d)| format!("{y}-{m:02}-{d:02}")).collect();
            let (there, back) = (said(&written[0], &written[1]), said(&written[1], &written[0]));
            let mirrored = there.replace(" before ", " BEFORE ").replace(" after ", " before ").replace(" BEFORE ", " after ");
            prop_assert_eq!(back, mirrored);
        }
    }
}
