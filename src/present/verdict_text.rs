//! A verdict in words: the statements of both sides, and the judgement by the rule.
//!
//! Invariant: every sentence names both sides with their places, and no number or date in it
//! is finer than the statement from which it comes.

use std::fmt::Write as _;

use chrono::{Datelike, NaiveDate};

use super::wording::{cite_claim, extent_words, quantity, value_text};
use crate::graph::compare::{due, quantity_of};
use crate::graph::positions::made;
use crate::model::id::WhenId;
use crate::model::moment::month_name;
use crate::model::quantity::decimals;
use crate::model::when::{Precision, Shape};
use crate::model::{Basis, Claim, ClaimId, DayWindow, Dossier, EntityId, Modality, PropertyId, Value, When};
use crate::verdicts::promises::{Days, lateness};
use crate::verdicts::{Pair, Rule, Side, counted};
use crate::vocabulary::Counts;

/// Returns the pair in a sentence: "A:3 says 1 July 2023; C:211 says July 2023: the day lies in the month".
pub fn explain(dossier: &Dossier, property: PropertyId, pair: &Pair) -> String {
    format!("{}; {}: {}", side(dossier, property, pair.a), side(dossier, property, pair.b), gist(dossier, pair))
}

/// Returns the judgement of the pair as a clause: "the day lies in the month".
pub fn gist(dossier: &Dossier, pair: &Pair) -> String {
    let specific = match (pair.a, pair.b) {
        (Side::Claim(a), Side::Claim(b)) => between(dossier, pair.rule, (a, dossier.claim(a)), (b, dossier.claim(b))),
        (Side::Claim(claim), Side::List(count)) | (Side::List(count), Side::Claim(claim)) => {
            against_list(dossier, pair.rule, dossier.claim(claim), count)
        }
        (Side::List(_), Side::List(_)) => None,
    };
    specific.unwrap_or_else(|| plain(pair.rule))
}

/// Returns the sentence of a rule as a clause.
fn plain(rule: Rule) -> String {
    let sentence = rule.sentence().trim_end_matches('.');
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

fn side(dossier: &Dossier, property: PropertyId, side: Side) -> String {
    match side {
        Side::Claim(id) => {
            let claim = dossier.claim(id);
            let mut out = format!("{} {} {}", cite_claim(dossier, claim), verb(claim), value_words(dossier, claim));
            for words in time_words(dossier, claim).chain(extent_words(dossier, claim)) {
                out.push_str(", ");
                out.push_str(&words);
            }
            if let Some(note) = dossier.note(claim) {
                let _ = write!(out, " ({note})");
            }
            out.trim_start().to_owned()
        }
        Side::List(count) => format!("the dossier lists {count} {}", dossier.property(property).label.to_lowercase()),
    }
}

/// Returns what a number of a subject counts in the lists of the dossier, in words: "units of type \u{201c}cabin\u{201d}",
/// "values of \u{201c}member\u{201d}".
pub fn list_words(dossier: &Dossier, subject: EntityId, property: PropertyId) -> Option<String> {
    let words = dossier.vocabulary();
    Some(match counted(dossier, subject, property)? {
        Counts::Entities { kind, of_type, .. } => {
            let kinds = words.kind(*kind).plural.to_lowercase();
            match of_type {
                Some(of_type) => format!("{kinds} of type \u{201c}{of_type}\u{201d}"),
                None => kinds,
            }
        }
        Counts::Values { property, plus } => {
            let values = format!("values of \u{201c}{}\u{201d}", words.label(*property));
            match plus {
                Some(plus) => format!("{values} and \u{201c}{}\u{201d}", words.label(*plus)),
                None => values,
            }
        }
    })
}

/// Returns a clause about a number and the list that it counts, which is named.
fn against_list(dossier: &Dossier, rule: Rule, claim: &Claim, count: u32) -> Option<String> {
    let list = list_words(dossier, claim.subject, claim.property)?;
    let Value::Number { number, .. } = claim.value else { return None };
    let by = (number.get() - f64::from(count)).abs();
    Some(match rule {
        Rule::Counted => format!("the count is that of the list ({list})"),
        Rule::ListOpen => format!("{by} not listed ({list}), which need not be all"),
        Rule::ListShorter => format!("{by} fewer are listed ({list}), and the list is whole"),
        Rule::ListLonger => format!("{by} more are listed ({list})"),
        _ => format!("the count is not that of the list ({list})"),
    })
}

/// Returns the verb for a document that makes the claim: "says", "implies", "plans".
fn verb(claim: &Claim) -> &'static str {
    match (claim.modality(), claim.basis()) {
        (Modality::Actual, Basis::Stated | Basis::Listed) => "says",
        (Modality::Actual, Basis::Counted) => "lists",
        (Modality::Actual, Basis::Inferred) => "implies",
        (Modality::Planned, _) => "plans",
        (Modality::Alleged, _) => "reports as alleged",
        (Modality::Denied, _) => "denies",
    }
}

fn value_words(dossier: &Dossier, claim: &Claim) -> String {
    match claim.value {
        Value::Missing => "nothing: a blank".to_owned(),
        Value::Date(when) => date_words(dossier.when(when)),
        Value::Text(text) => format!("\u{201c}{}\u{201d}", dossier.text(text)),
        Value::Number { .. } | Value::Entity(_) => value_text(dossier, claim),
    }
}

/// Returns the times to which a claim refers: "as of 2022", "by 2018", "from 1957".
fn time_words(dossier: &Dossier, claim: &Claim) -> impl Iterator<Item = String> {
    let words = |word: &str, id: Option<WhenId>| {
        let when = dossier.when(id?);
        Some(match when.shape() {
            Shape::Before | Shape::After => date_words(when),
            Shape::Date | Shape::Interval | Shape::Between | Shape::OneOf | Shape::AllOf => {
                format!("{word} {}", date_words(when))
            }
        })
    };
    [words("from", claim.start), words("until", claim.end), words("as of", claim.as_of)].into_iter().flatten()
}

/// Returns a clause about this pair that is more specific than the sentence of its rule; `None` if there is none.
fn between(dossier: &Dossier, rule: Rule, (_, a): (ClaimId, &Claim), (fact, b): (ClaimId, &Claim)) -> Option<String> {
    match rule {
        Rule::DateWithin => {
            let (inner, outer) = (noun(dossier.date(a)?), noun(dossier.date(b)?));
            (inner != outer).then(|| format!("the {inner} lies in the {outer}"))
        }
        Rule::PutOff => {
            let gap = gap(dossier.when(planned_for(a)?), dossier.when(planned_for(b)?))?;
            let is_told = made(dossier, a).zip(made(dossier, b)).is_some_and(|(a, b)| !a.overlaps(b));
            let untold = if is_told { "" } else { "; which was planned first is not told" };
            Some(format!("the plan moved by {gap}{untold}"))
        }
        Rule::Late => Some(format!("it came about {}", after_targets(dossier, fact)?)),
        Rule::CameAbout => {
            let after = after_targets(dossier, fact)?;
            Some(format!("it came about {after}; whether in time, the dates do not tell"))
        }
        Rule::ListOpen => Some(format!("{} not listed, and the list need not be whole", difference(dossier, a, b)?)),
        Rule::ListLonger => Some(format!("{} more are listed", difference(dossier, a, b)?)),
        Rule::ListShorter => Some(format!("{} fewer are listed, and the list is whole", difference(dossier, a, b)?)),
        Rule::PartExceeds => Some(format!("the part is more than the whole by {}", difference(dossier, a, b)?)),
        Rule::Incompatible => Some(format!("they differ by {}", difference(dossier, a, b)?)),
        Rule::Short => Some(format!("{} short of the plan", difference(dossier, a, b)?)),
        Rule::Exceeded => Some(format!("{} more than planned", difference(dossier, a, b)?)),
        Rule::EntityWithin => {
            let (Value::Entity(part), Value::Entity(whole)) = (a.value, b.value) else { return None };
            Some(format!("{} is in, or a part of, {}", dossier.label(part), dossier.label(whole)))
        }
        // The sentence of any other rule says enough.
        _ => None,
    }
}

/// Returns the time for which something is planned: the date if the value is one, else the time to which it refers.
pub fn planned_for(claim: &Claim) -> Option<WhenId> {
    Dossier::date_id(claim).or(claim.start).or(claim.as_of)
}

/// Returns by how much an outcome came after the promises made before it: "between 522 and 643 days after the first target,
/// 64 days after the last".
fn after_targets(dossier: &Dossier, fact: ClaimId) -> Option<String> {
    let lateness = lateness(dossier, fact)?;
    let (first, last) = if lateness.is_told { ("first", "last") } else { ("earliest", "latest") };
    Some(match lateness.last {
        None => format!("{} the target", days_words(lateness.first)?),
        Some(days) => {
            format!("{} the {first} target, {} the {last}", days_words(lateness.first)?, days_words(days)?)
        }
    })
}

/// Returns bounds of a number of days in words that end with "before" or "after".
fn days_words(days: Days) -> Option<String> {
    let count = |days: i64| if days.abs() == 1 { "1 day".to_owned() } else { format!("{} days", days.abs()) };
    Some(match (days.at_least, days.at_most) {
        (Some(0), Some(0)) => "on the day of".to_owned(),
        (Some(least), Some(most)) if least == most && least > 0 => format!("{} after", count(least)),
        (Some(least), Some(most)) if least == most => format!("{} before", count(least)),
        (Some(least), Some(most)) if least > 0 => format!("between {least} and {} after", count(most)),
        (Some(least), Some(most)) if most < 0 => format!("between {} and {} before", most.abs(), count(least)),
        (Some(0), Some(most)) => format!("at most {} after", count(most)),
        (Some(least), Some(0)) => format!("at most {} before", count(least)),
        (Some(least), Some(most)) => format!("between {} before and {} after", count(least), count(most)),
        (Some(least), None) if least > 0 => format!("at least {} after", count(least)),
        (Some(least), None) => format!("at most {} before, or after", count(least)),
        (None, Some(most)) if most < 0 => format!("at least {} before", count(most)),
        (None, Some(most)) => format!("at most {} after", count(most)),
        (None, None) => return None,
    })
}

/// Returns the noun for a date in a sentence: "day", "month", "period" of a year, "year" or "span".
fn noun(when: &When) -> &'static str {
    match (when.shape(), when.precision()) {
        (Shape::Date, Precision::Day) => "day",
        (Shape::Date, Precision::Month) => "month",
        (Shape::Date, Precision::Season) => "period",
        (Shape::Date, Precision::Year) => "year",
        (
            Shape::Interval | Shape::Before | Shape::After | Shape::Between | Shape::OneOf | Shape::AllOf,
            Precision::Day | Precision::Month | Precision::Season | Precision::Year,
        ) => "span",
    }
}

/// Returns the difference of two numbers with its unit, rounded to the decimals that they have.
fn difference(dossier: &Dossier, a: &Claim, b: &Claim) -> Option<String> {
    let (x, y) = (quantity_of(a.value)?, quantity_of(b.value)?);
    let by = (y.to(x.unit, dossier.vocabulary())? - x.number).abs();
    let decimals = if x.unit == y.unit { decimals(x.number).max(decimals(y.number)) } else { decimals(x.number) };
    let by = format!("{by:.decimals$}").parse().unwrap_or(by);
    Some(quantity(dossier.vocabulary(), by, x.unit?))
}

/// Returns the time from one due date to a later one, with its bounds where the dates leave it open: "1 year", "35 to 46
/// months", "up to 12 days"; of "by the end of 2018" the last day counts. `None` if the second is not the later.
pub fn gap(from: &When, to: &When) -> Option<String> {
    let open_ended = from.shape() == Shape::After && to.shape() == Shape::After;
    let days = |when: &When| {
        let due = due(when);
        if open_ended { DayWindow { latest: due.earliest, ..due } } else { due }
    };
    let (from_days, to_days) = (days(from), days(to));
    let precision = from.precision().max(to.precision());
    let (unit, number): (_, fn(NaiveDate) -> i64) = match precision {
        Precision::Year => ("year", |day| day.year().into()),
        Precision::Month | Precision::Season => ("month", |day| i64::from(day.year()) * 12 + i64::from(day.month())),
        Precision::Day => ("day", |day| day.num_days_from_ce().into()),
    };
    let (first, last) = (number(from_days.earliest?), number(from_days.latest?));
    let (soonest, latest) = (number(to_days.earliest?), number(to_days.latest?));
    // Of two years, or two spans of one length, the distance is that of either end.
    let is_shifted = from.precision() == to.precision() && soonest - first == latest - last;
    let (least, most) = if is_shifted { (latest - last, latest - last) } else { (soonest - last, latest - first) };
    let count = |count: i64| if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") };
    match (least, most) {
        (_, ..=0) => None,
        (least, most) if least == most => Some(count(most)),
        (..=0, most) => Some(format!("up to {}", count(most))),
        (least, most) => Some(format!("{least} to {}", count(most))),
    }
}

/// Returns a date in words: "1 July 2023", "July 2023", "by June 2014".
pub fn date_words(when: &When) -> String {
    if let Some(label) = when.label() {
        return label.to_owned();
    }
    let text = when.edtf();
    let inner = text.trim_matches(['[', ']']);
    match when.shape() {
        Shape::Date => day_words(text),
        Shape::Before => format!("by {}", day_words(inner.trim_start_matches(".."))),
        Shape::After => format!("{} or later", day_words(inner.trim_end_matches(".."))),
        Shape::Between => match inner.split_once("..") {
            Some((first, last)) => format!("between {} and {}", day_words(first), day_words(last)),
            None => when.stated(),
        },
        Shape::Interval => match text.split_once('/') {
            Some((first, last)) if [first, last].iter().all(|end| !end.is_empty() && !end.contains("..")) => {
                format!("{} to {}", day_words(first), day_words(last))
            }
            Some(_) | None => when.stated(),
        },
        Shape::OneOf | Shape::AllOf => when.stated(),
    }
}

/// Returns one date, with "about" and "perhaps" for its qualifiers.
fn day_words(text: &str) -> String {
    let digits = text.trim_end_matches(['?', '~', '%']);
    let qualifier = match text.strip_prefix(digits) {
        Some("~") => "about ",
        Some("?") => "perhaps ",
        Some("%") => "perhaps about ",
        _ => "",
    };
    if !digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') || digits.starts_with('-') {
        return stated(text);
    }
    let mut parts = digits.split('-');
    let (year, month, day) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    let name = |month: &str| month.parse().ok().and_then(month_name);
    match (month, day) {
        (None, _) => format!("{qualifier}{year}"),
        (Some(month), None) => match name(month) {
            Some(name) => format!("{qualifier}{name} {year}"),
            None => stated(text),
        },
        (Some(month), Some(day)) => match (name(month), day.parse::<u8>()) {
            (Some(name), Ok(day)) => format!("{qualifier}{day} {name} {year}"),
            (Some(_) | None, _) => stated(text),
        },
    }
}

/// Returns one date that has no words of its own: a season, a year before 0, missing digits.
fn stated(text: &str) -> String {
    When::parse(text).map_or_else(|_| text.to_owned(), |when| when.stated())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_said_as_people_say_them() {
        for (text, words) in [
            ("2023-07-01", "1 July 2023"),
            ("2023-07", "July 2023"),
            ("1957", "1957"),
            ("[..2014-06]", "by June 2014"),
            ("[2022..]", "2022 or later"),
            ("[2014-01..2016-02]", "between January 2014 and February 2016"),
            ("2021/2022", "2021 to 2022"),
            ("2019-12~", "about December 2019"),
            ("1994?", "perhaps 1994"),
            ("201X", "201X"),
            ("1994-XX", "1994-XX"),
            ("2025-09-22/..", "from 2025-09-22"),
            ("2001-21", "spring 2001"),
            ("[..2001-33~]", "by Q1 2001~"),
            ("-0012", "-0012"),
            ("-0003-05", "-0003-05"),
            ("Y12345/Y12346", "12345 to 12346"),
            ("2004?-06-11", "2004?-06-11"),
            ("..2001/2003", "≤ 2001 – 2003"),
            ("[2001, 2003]", "one of 2001, 2003"),
        ] {
            assert_eq!(date_words(&When::parse(text).unwrap()), words);
        }
        assert_eq!(date_words(&When::parse("2021/2022").unwrap().with_label("AY 2021–22")), "AY 2021–22");
    }

    #[test]
    fn a_gap_is_told_in_the_coarser_unit() {
        let when = |text| When::parse(text).unwrap();
        for (from, to, words) in [
            ("[..2018]", "[..2019]", Some("1 year")),
            ("2018-03", "2018-05", Some("2 months")),
            ("2018-03-01", "2018-03-02", Some("1 day")),
            ("2018", "2021-11", Some("35 to 46 months")),
            ("[..2018]", "2021-11", Some("35 months")),
            ("2018", "2021/2022", Some("3 to 4 years")),
            ("2018-03", "2018-05-03", Some("33 to 63 days")),
            ("2018-03", "2018-03-31", Some("up to 30 days")),
            ("2021/2022", "2022/2023", Some("1 year")),
            ("[2018..]", "[2021..]", Some("3 years")),
            ("2018", "2018", None),
            ("2018-21", "2018-22", Some("3 months")),
            ("-0044", "-0042", Some("2 years")),
            ("Y12345", "Y12346", Some("1 year")),
        ] {
            assert_eq!(gap(&when(from), &when(to)).as_deref(), words, "{from} {to}");
        }
    }
}
