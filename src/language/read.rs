//! Reads the table of a language.
//!
//! Invariant: every key of a table is known and there, and no list is empty.

use hashbrown::HashMap;

use super::{Bound, DateWords, Language, NumberWords, Phrase, Season};
use crate::syntax::{Code, Defect, Fields, Node, Parsed, SourceFile, tables_of};
use crate::text::fold::fold_line;

/// What stands for the date, and for its last month, in the form of a bound.
const HOLES: [&str; 2] = ["{}", "{end}"];

/// Reads a language; what is broken is left out, with a defect.
pub(super) fn read(file: &SourceFile) -> (Language, Vec<Defect>) {
    let mut defects = Vec::new();
    let parsed = Parsed::new(file, &mut defects);
    let mut root = parsed.fields();
    let tag = root.text("tag", &mut defects).unwrap_or_default().to_owned();
    root.text("name", &mut defects);
    let mut language = Language { tag, ..Language::default() };
    if let Some(mut table) = table(&mut root, "words", &mut defects) {
        language.small_words = words(&mut table, "small", &mut defects);
        language.articles = words(&mut table, "articles", &mut defects);
        language.endings = words(&mut table, "endings", &mut defects);
        language.endings.sort_by_key(|ending| std::cmp::Reverse(ending.len()));
        table.close(&[], &mut defects);
    }
    if let Some(mut table) = table(&mut root, "months", &mut defects) {
        language.months = words(&mut table, "names", &mut defects);
        if language.months.len() != 12 {
            defects.push(table.defect(Code::WrongValue, "not 12 months", "expected the names of all months"));
        }
        language.month_letters = table.get("letters").and_then(|node| whole(node.as_number()?)).unwrap_or(usize::MAX);
        language.has_capital_months = table.get("capital").and_then(|node| node.as_bool()).unwrap_or_default();
        language.other_months = numbers(&mut table, "others", &mut defects)
            .into_iter()
            .filter_map(|(word, month)| Some((word, whole(month)?)))
            .collect();
        table.close(&[], &mut defects);
    }
    for node in tables_of(&mut root, "season", &mut defects) {
        let Some(mut table) = node.as_table() else { continue };
        let codes = table.get("codes").map(|node| node.items()).unwrap_or_default();
        let codes: Vec<u32> = codes.iter().filter_map(|code| whole(code.as_number()?)).collect();
        if codes.is_empty() || !codes.iter().all(|code| (21..=41).contains(code)) {
            defects.push(table.defect(Code::WrongValue, "no codes", "expected numbers from 21 to 41"));
        }
        language.seasons.push(Season { codes, words: phrases(&mut table, "words", &mut defects) });
        table.close(&[], &mut defects);
    }
    for node in tables_of(&mut root, "bound", &mut defects) {
        let Some(mut table) = node.as_table() else { continue };
        let edtf = table.text("edtf", &mut defects).unwrap_or_default().to_owned();
        if !HOLES.iter().any(|hole| edtf.contains(hole)) {
            defects.push(table.defect(Code::WrongValue, "no place for the date", "expected {} or {end}"));
        }
        language.bounds.push(Bound { edtf, words: phrases(&mut table, "words", &mut defects) });
        table.close(&[], &mut defects);
    }
    if let Some(table) = table(&mut root, "dates", &mut defects) {
        language.dates = date_words(table, &mut defects);
    }
    if let Some(table) = table(&mut root, "numbers", &mut defects) {
        language.numbers = number_words(table, &mut defects);
    }
    if let Some(mut table) = table(&mut root, "measures", &mut defects) {
        for key in table.keys() {
            let name = table.text(key, &mut defects).unwrap_or_default().to_owned();
            language.measures.push((phrase(key), name));
        }
    }
    root.close(&[], &mut defects);
    (language, defects)
}

fn date_words(mut table: Fields<'_>, defects: &mut Vec<Defect>) -> DateWords {
    let mut double_years: Vec<Phrase> = phrases(&mut table, "academic-year", defects);
    double_years.extend(phrases::<Vec<Phrase>>(&mut table, "financial-year", defects));
    let words = DateWords {
        between: words(&mut table, "between", defects),
        weekdays: words(&mut table, "weekdays", defects),
        near: words(&mut table, "near", defects),
        before_first: words(&mut table, "before-first", defects),
        after_first: words(&mut table, "after-first", defects),
        centuries: words(&mut table, "centuries", defects),
        decade: words(&mut table, "decade", defects),
        same_year: phrases(&mut table, "same-year", defects),
        next_year: phrases(&mut table, "next-year", defects),
        last_year: phrases(&mut table, "last-year", defects),
        double_years: double_years.into_iter().collect(),
    };
    table.close(&[], defects);
    words
}

fn number_words(mut table: Fields<'_>, defects: &mut Vec<Defect>) -> NumberWords {
    let small: Vec<String> = words(&mut table, "small", defects);
    let tens: Vec<String> = words(&mut table, "tens", defects);
    if (small.len(), tens.len()) != (20, 8) {
        defects.push(table.defect(
            Code::WrongValue,
            "numbers are missing",
            "expected zero to nineteen, twenty to ninety",
        ));
    }
    let units = small.into_iter().zip((0..).map(f64::from));
    let tens = tens.into_iter().zip((2..).map(|ten| f64::from(ten) * 10.0));
    let values = units.chain(tens).chain(numbers(&mut table, "others", defects)).collect();
    let words = NumberWords {
        values,
        ordinals: words::<Vec<String>>(&mut table, "ordinals", defects).into_iter().zip(1..).collect(),
        ordinal_ends: words(&mut table, "ordinal-ends", defects),
        hundred: words(&mut table, "hundred", defects),
        multipliers: numbers(&mut table, "multipliers", defects),
        and: words(&mut table, "and", defects),
        one: words(&mut table, "one", defects),
        half: words(&mut table, "half", defects),
        minus: words(&mut table, "minus", defects),
    };
    table.close(&[], defects);
    words
}

fn table<'a>(root: &mut Fields<'a>, key: &'a str, defects: &mut Vec<Defect>) -> Option<Fields<'a>> {
    let found = root.get(key).and_then(|node| node.as_table());
    if found.is_none() {
        defects.push(root.defect(Code::WrongValue, format!("no [{key}]"), format!("expected [{key}]")));
    }
    found
}

/// Reads a list of phrases.
fn phrases<'a, P: FromIterator<Phrase>>(table: &mut Fields<'a>, key: &'a str, defects: &mut Vec<Defect>) -> P {
    let items = table.get(key).map(|node| node.items()).unwrap_or_default();
    if items.is_empty() {
        defects.push(table.defect(Code::WrongValue, format!("no \"{key}\""), format!("expected {key} = [\"…\"]")));
    }
    let mut read = |node: &Node<'_>| {
        let words = node.as_text().map(phrase).filter(|words| !words.is_empty());
        if words.is_none() {
            defects.push(node.unexpected("words"));
        }
        words
    };
    items.iter().filter_map(&mut read).collect()
}

/// Reads a list of single words.
fn words<'a, W: FromIterator<String>>(table: &mut Fields<'a>, key: &'a str, defects: &mut Vec<Defect>) -> W {
    phrases::<Vec<Phrase>>(table, key, defects).into_iter().map(|words| words.join(" ")).collect()
}

/// Reads a table of words and their numbers.
fn numbers<'a>(table: &mut Fields<'a>, key: &'a str, defects: &mut Vec<Defect>) -> HashMap<String, f64> {
    let Some(mut inner) = self::table(table, key, defects) else { return HashMap::new() };
    let mut found = HashMap::new();
    for word in inner.keys() {
        let Some(node) = inner.get(word) else { continue };
        match node.as_number() {
            Some(number) => {
                found.insert(phrase(word).join(" "), number);
            }
            None => defects.push(node.unexpected("a number")),
        }
    }
    found
}

/// Returns a small whole number.
fn whole<N: TryFrom<u16>>(number: f64) -> Option<N> {
    let is_whole = number.fract() == 0.0 && (0.0..=f64::from(u16::MAX)).contains(&number);
    #[expect(clippy::cast_sign_loss, reason = "it lies between 0 and the largest")]
    is_whole.then_some(number as u16).and_then(|number| N::try_from(number).ok())
}

/// Folds words, and parts figures from the letters behind them.
fn phrase(text: &str) -> Phrase {
    let mut words = Vec::new();
    for word in fold_line(text).split_whitespace() {
        let figures = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
        let (figures, letters) = word.split_at(figures);
        words.extend([figures, letters].into_iter().filter(|part| !part.is_empty()).map(str::to_owned));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns what is wrong with the English table after a change.
    fn found(from: &str, to: &str) -> Vec<String> {
        let text = include_str!("../../assets/language/en.toml");
        assert!(text.contains(from), "{from}");
        let (_, defects) = read(&SourceFile::new("en.toml", text.replace(from, to)));
        defects.into_iter().map(|defect| defect.found).collect()
    }

    #[test]
    fn what_is_missing_or_unknown_is_told() {
        for (from, to, expected) in [
            ("tag = \"en\"", "", "no \"tag\""),
            ("[months]", "[month]", "no [months]"),
            ("\"December\"", "", "not 12 months"),
            ("\"nineteen\"", "", "numbers are missing"),
            ("codes = [33]", "codes = [3]", "no codes"),
            ("\"[..{}]\"", "\"[..]\"", "no place for the date"),
            ("half = [\"half\"]", "half = []", "no \"half\""),
            ("half = [\"half\"]", "half = [\"…\"]", "found \"…\""),
            ("minus =", "less =", "unknown key \"less\""),
            ("thousand = 1e3", "thousand = \"1000\"", "found \"1000\""),
        ] {
            let found = found(from, to);
            assert!(found.iter().any(|found| found == expected), "{from}: {found:?}");
        }
        assert_eq!(found("tag", "tag"), [""; 0]);
    }

    #[test]
    fn phrases_are_folded_and_figures_stand_alone() {
        assert_eq!(phrase("1st Quarter"), ["1", "st", "quarter"]);
        assert_eq!(phrase("Q1"), ["q1"]);
        assert_eq!(phrase("per cent"), ["per", "cent"]);
    }
}
