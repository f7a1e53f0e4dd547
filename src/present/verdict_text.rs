//! A verdict in words: the statements of both sides, and the judgement by the rule.
//!
//! Invariant: every sentence names both sides with their places, and no number or date in it
//! is finer than the statement from which it comes.

use super::wording::{cite_claim, quantity, value_text};
use crate::graph::compare::quantity_of;
use crate::model::id::WhenId;
use crate::model::moment::month_name;
use crate::model::quantity::decimals;
use crate::model::when::{Precision, Shape};
use crate::model::{Basis, Claim, Dossier, Modality, PropertyId, Value, When};
use crate::verdicts::{Pair, Rule, Side};

/// Returns the pair in a sentence: "A:3 says 1 July 2023; C:211 says July 2023: the day lies in the month".
pub fn explain(dossier: &Dossier, property: PropertyId, pair: &Pair) -> String {
    format!("{}; {}: {}", side(dossier, property, pair.a), side(dossier, property, pair.b), gist(dossier, pair))
}

/// Returns the judgement of the pair as a clause: "the day lies in the month".
pub fn gist(dossier: &Dossier, pair: &Pair) -> String {
    let specific = match (pair.a, pair.b) {
        (Side::Claim(a), Side::Claim(b)) => between(dossier, pair.rule, dossier.claim(a), dossier.claim(b)),
        (Side::List(_), _) | (_, Side::List(_)) => None,
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
            for words in time_words(dossier, claim) {
                out.push_str(", ");
                out.push_str(&words);
            }
            out.trim_start().to_owned()
        }
        Side::List(count) => format!("the list has {count} {}", dossier.property(property).label.to_lowercase()),
    }
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
fn between(dossier: &Dossier, rule: Rule, a: &Claim, b: &Claim) -> Option<String> {
    match rule {
        Rule::DateWithin => {
            let (inner, outer) = (noun(dossier.date(a)?), noun(dossier.date(b)?));
            (inner != outer).then(|| format!("the {inner} lies in the {outer}"))
        }
        Rule::PutOff => {
            let gap = gap(dossier.date(a)?, dossier.date(b)?)?;
            Some(format!("the plan moved by {gap}"))
        }
        Rule::Late => {
            let (due, came) = (dossier.date(a)?.latest()?, dossier.date(b)?.earliest()?);
            let days = (came - due).num_days();
            Some(format!("it came about, late by at least {days} {}", if days == 1 { "day" } else { "days" }))
        }
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

/// Returns the time between two dates in the coarser of their units: "1 year", "3 months", "12 days";
/// `None` if the second is not the later.
pub fn gap(from: &When, to: &When) -> Option<String> {
    let bound = |when: &When| match when.shape() {
        Shape::After => when.earliest(),
        Shape::Date | Shape::Interval | Shape::Before | Shape::Between | Shape::OneOf | Shape::AllOf => when.latest(),
    };
    let (from_day, to_day) = (bound(from)?, bound(to)?);
    let months = |day: &str| -> Option<i64> {
        // From the end, for a year may begin with a minus.
        let mut parts = day.rsplitn(3, '-').skip(1);
        let month = parts.next()?.parse::<i64>().ok()?;
        Some(parts.next()?.parse::<i64>().ok()? * 12 + month)
    };
    let by = months(&to_day.to_string())? - months(&from_day.to_string())?;
    let (count, unit) = match from.precision().min(to.precision()) {
        Precision::Year => ((by + 6).div_euclid(12).max(0), "year"),
        Precision::Month | Precision::Season => (by, "month"),
        Precision::Day => ((to_day - from_day).num_days(), "day"),
    };
    match count {
        ..=0 => None,
        1 => Some(format!("1 {unit}")),
        _ => Some(format!("{count} {unit}s")),
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
            ("2018", "2021-11", Some("3 years")),
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
