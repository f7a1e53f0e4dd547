//! Numbers of a passage, in figures and in words, with the units that stand beside them.
//!
//! Invariant: a number with a unit is never taken for one of another unit of the same dimension.

use std::collections::HashMap;
use std::ops::Range;

use super::tokens::Token;
use super::{Grounding, Hit};
use crate::language::Language;
use crate::model::Quantity;
use crate::text::fold::fold_line;
use crate::vocabulary::{MeasureId, Unit, Vocabulary};

const HUNDRED: f64 = 100.0;

/// The most words of which the name of a measure may consist.
const MEASURE_WORDS: usize = 3;

/// The words of a vocabulary and of a language that stand in numbers and beside them, folded.
#[derive(Debug)]
pub struct Figures<'a> {
    words: &'a Vocabulary,
    language: &'static Language,
    measures: HashMap<String, MeasureId>,
    multipliers: HashMap<String, f64>,
}

/// A number of a passage.
#[derive(Debug, Clone)]
struct Amount {
    number: f64,
    /// The product of the multipliers behind it.
    scale: f64,
    measure: Option<MeasureId>,
    /// How it is written: as digits alone, as digits with separators, or in words.
    written: Grounding,
    /// Its tokens and those of its unit.
    at: Range<usize>,
}

impl<'a> Figures<'a> {
    /// Collects the names of the measures and multipliers.
    pub fn new(words: &'a Vocabulary, language: &'static Language) -> Self {
        let mut measures = HashMap::new();
        let key = |name: &str| {
            let folded = fold_line(name).trim().to_owned();
            if folded.is_empty() { name.to_owned() } else { folded }
        };
        for (id, measure) in words.measures_by_id() {
            for name in [Some(&measure.name), Some(&measure.plural), measure.symbol.as_ref()].into_iter().flatten() {
                measures.entry(key(name)).or_insert(id);
            }
        }
        for (spelled, name) in language.measures() {
            if let Some(unit) = words.find_unit(name) {
                measures.entry(spelled).or_insert(unit.measure());
            }
        }
        let numbers = language.numbers();
        let said = numbers.multipliers().map(|(word, factor)| (word.to_owned(), factor));
        let hundreds = numbers.hundred.iter().map(|word| (word.clone(), HUNDRED));
        let declared = words.multipliers().iter().map(|word| (word.name.to_string(), word.factor));
        let multipliers = said.chain(hundreds).chain(declared).collect();
        Self { words, language, measures, multipliers }
    }

    /// Finds a number among the tokens of a passage, apart from those of its days; `None` if it is not there.
    pub fn find(&self, number: f64, unit: Unit, tokens: &[Token], days: &[Range<usize>]) -> Option<Hit> {
        let is_day = |amount: &Amount| days.iter().any(|day| day.start < amount.at.end && amount.at.start < day.end);
        let amounts = self.amounts(tokens).into_iter().filter(|amount| !is_day(amount));
        let hits = amounts.filter_map(|amount| Some(Hit::of(self.compare(number, unit, &amount)?, amount.at)));
        hits.min_by_key(|hit| hit.state)
    }

    fn compare(&self, number: f64, unit: Unit, amount: &Amount) -> Option<Grounding> {
        let found = amount.number * amount.scale;
        let dimension = |measure| &self.words.measure(measure).dimension;
        let other = amount.measure.filter(|&measure| measure != unit.measure());
        let is_other_count = self.words.is_count(unit);
        if let Some(measure) = other.filter(|&other| dimension(other) == dimension(unit.measure()) && !is_other_count) {
            let measured = Quantity { number: found, unit: self.words.find_unit(&self.words.measure(measure).name) };
            let converted = measured.to(Some(unit), self.words)?;
            let factor = if found == 0.0 { 1.0 } else { converted / found };
            let tolerance = (measured.tolerance() * factor).max(Quantity { number, unit: None }.tolerance());
            return ((converted - number).abs() <= tolerance).then_some(Grounding::Converted);
        }
        if other.is_some_and(|other| dimension(other) != dimension(unit.measure())) {
            return None;
        }
        let scale = self.words.scale(unit);
        if same(amount.number, number) && same(amount.scale, scale) {
            return Some(amount.written);
        }
        if same(found, number * scale) {
            let is_other_scale = !same(amount.scale, scale) && amount.written != Grounding::SpelledOut;
            return Some(if is_other_scale { Grounding::Converted } else { amount.written });
        }
        let share = Quantity { number: found, unit: None }.to(Some(unit), self.words);
        let is_share = amount.measure.is_none() && (0.0..=1.0).contains(&found);
        (is_share && share.is_some_and(|share| same(share, number))).then_some(Grounding::Converted)
    }

    fn amounts(&self, tokens: &[Token]) -> Vec<Amount> {
        let mut amounts = Vec::new();
        let mut rest = tokens;
        let mut before: Option<&Token> = None;
        let at = |rest: &[Token]| tokens.len().saturating_sub(rest.len());
        let words = self.language.numbers();
        while let [token, behind @ ..] = rest {
            let start = at(rest);
            rest = behind;
            let (mut readings, written) = if token.readings.is_empty() {
                let Some((number, length)) = self.spelled(token, behind) else {
                    before = Some(token);
                    continue;
                };
                rest = behind.get(length..).unwrap_or_default();
                let is_half =
                    before.is_some_and(|before| words.half.contains(&before.text)) && words.one.contains(&token.text);
                (vec![if is_half { number / 2.0 } else { number }], Grounding::SpelledOut)
            } else {
                (token.readings.clone(), Grounding::Verbatim)
            };
            negate(&mut readings, self.sign_of(token, before));
            let mut scale = 1.0;
            while let [word, behind @ ..] = rest {
                let Some(factor) = self.multiplier(&word.text) else { break };
                scale *= factor;
                rest = behind;
            }
            let sign = before.and_then(|before| self.measures.get(&before.text)).copied();
            let measure = self.measure(rest);
            let end = at(rest).saturating_add(measure.map_or(0, |(_, length)| length));
            let start = if sign.is_some() && measure.is_none() { start.saturating_sub(1) } else { start };
            let measure = measure.map(|(measure, _)| measure).or(sign);
            for number in readings {
                let is_plain = token.text == number.abs().to_string();
                let written =
                    if written == Grounding::Verbatim && !is_plain { Grounding::Reformatted } else { written };
                amounts.push(Amount { number, scale, measure, written, at: start..end });
            }
            before = Some(token);
        }
        amounts
    }

    fn multiplier(&self, word: &str) -> Option<f64> {
        let one = || self.language.stems(word).find_map(|word| self.multipliers.get(word));
        self.multipliers.get(word).or_else(one).copied()
    }

    /// Returns the measure whose name the tokens begin with, the longest first, and the number of tokens.
    fn measure(&self, tokens: &[Token]) -> Option<(MeasureId, usize)> {
        (1..=MEASURE_WORDS).rev().find_map(|length| {
            let words: Vec<&str> = tokens.get(..length)?.iter().map(|token| token.text.as_str()).collect();
            let name = words.join(" ");
            let one = || self.language.stems(&name).find_map(|name| self.measures.get(name));
            self.measures.get(&name).or_else(one).map(|&measure| (measure, length))
        })
    }

    /// Returns the sign of a number: before its figures, or before the sign of money in front of them.
    fn sign_of(&self, token: &Token, before: Option<&Token>) -> Sign {
        let of_money = || before.filter(|_| token.is_tight).and_then(|money| money.minus);
        match token.minus.or_else(of_money) {
            Some('\u{2212}') => Sign::Minus,
            Some(_) => Sign::Dash,
            None if before.is_some_and(|word| self.language.numbers().minus.contains(&word.text)) => Sign::Minus,
            None => Sign::Plus,
        }
    }

    /// Reads a number in words: the value, and the number of tokens behind the first.
    fn spelled(&self, first: &Token, behind: &[Token]) -> Option<(f64, usize)> {
        let words = self.language.numbers();
        // "A hundred" is one hundred.
        let is_one = || {
            words.one.contains(&first.text)
                && behind.first().is_some_and(|next| self.multipliers.contains_key(&next.text))
        };
        let (mut sum, mut part) = (0.0, words.value(&first.text).or_else(|| is_one().then_some(1.0))?);
        let (mut length, mut read) = (0, 0_usize);
        let mut last = part;
        let mut is_joined = false;
        for token in behind {
            read = read.saturating_add(1);
            let word = token.text.as_str();
            if let Some(next) = words.value(word) {
                // "twenty five" and "hundred five", but not "five six".
                let fits = if last < 20.0 {
                    false
                } else if last < HUNDRED {
                    (1.0..10.0).contains(&next)
                } else {
                    true
                };
                if !fits {
                    break;
                }
                part += next;
                last = next;
            } else if words.hundred.contains(word) && part < HUNDRED {
                part *= HUNDRED;
                last = HUNDRED;
            } else if let Some(factor) =
                self.multipliers.get(word).filter(|_| !words.hundred.contains(word) && !is_joined)
            {
                sum += part * factor;
                part = 0.0;
                last = *factor;
            } else if words.and.contains(word) && last >= HUNDRED {
                is_joined = true;
                continue;
            } else {
                break;
            }
            is_joined = false;
            length = read;
        }
        Some((sum + part, length))
    }
}

/// Returns true if two numbers differ by no more than their rounding in memory.
fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs())
}

/// The sign that stands before a number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Plus,
    /// A dash may be a minus sign.
    Dash,
    Minus,
}

/// Gives the meanings of a figure their sign; both, if a dash stands before it.
fn negate(readings: &mut Vec<f64>, sign: Sign) {
    let negative: Vec<f64> = readings.iter().map(|number| -number).collect();
    match sign {
        Sign::Plus => {}
        Sign::Dash => readings.extend(negative),
        Sign::Minus => *readings = negative,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;
    use crate::vocabulary::Base;

    fn found(number: f64, unit: &str, passage: &str) -> Option<Grounding> {
        let words = Vocabulary::built_in(Base::General);
        let tokens = tokens(passage, 0);
        let figures = Figures::new(&words, Language::usual());
        figures.find(number, words.find_unit(unit).unwrap(), &tokens, &[]).map(|hit| hit.state)
    }

    #[test]
    fn figures_are_found_with_and_without_separators() {
        assert_eq!(found(40.0, "beds", "It has 40 beds."), Some(Grounding::Verbatim));
        assert_eq!(found(400.0, "beds", "a 400-bed ward"), Some(Grounding::Verbatim));
        assert_eq!(found(8.0, "students", "Doctoral: 08"), Some(Grounding::Reformatted));
        assert_eq!(found(100_000.0, "EUR", "a gift of €1,00,000"), Some(Grounding::Reformatted));
        assert_eq!(found(41.0, "beds", "It has 40 beds."), None);
        assert_eq!(found(4.0, "beds", "It has 40 beds."), None);
    }

    #[test]
    fn multipliers_are_counted_in() {
        assert_eq!(found(10.0, "crore INR", "₹ 10 crore"), Some(Grounding::Verbatim));
        assert_eq!(found(100.0, "million INR", "₹ 10 crore"), Some(Grounding::Converted));
        assert_eq!(found(1_200_000.0, "EUR", "1.2 million euro"), Some(Grounding::Converted));
        assert_eq!(found(12.0, "lakh INR", "ten lakh, then 1,200,000 rupees"), Some(Grounding::Converted));
        assert_eq!(found(10.0, "INR", "₹ 10 crore"), None);
        assert_eq!(found(10.0, "EUR", "$10"), None);
    }

    #[test]
    fn numbers_in_words_are_read() {
        for (number, passage) in [
            (3.0, "three beds"),
            (25.0, "Twenty-five beds"),
            (100.0, "one hundred beds"),
            (342.0, "three hundred and forty-two beds"),
            (2_500.0, "two thousand five hundred beds"),
            (5.0, "five, six or more"),
            (6.0, "five, six or more"),
        ] {
            assert_eq!(found(number, "beds", passage), Some(Grounding::SpelledOut), "{passage}");
        }
        assert_eq!(found(11.0, "beds", "five, six or more"), None);
        assert_eq!(found(5.0, "beds", "Twenty-five beds"), None);
        assert_eq!(found(105.0, "beds", "one hundred and five"), Some(Grounding::SpelledOut));
    }

    #[test]
    fn a_number_keeps_its_sign() {
        let minus = "a result of \u{2212}3 million EUR";
        assert_eq!(found(-3.0, "million EUR", minus), Some(Grounding::Verbatim));
        assert_eq!(found(3.0, "million EUR", minus), None);
        assert_eq!(found(-3.0, "million EUR", "a result of 3 million EUR"), None);
        assert_eq!(found(-3.0, "million EUR", "a result of \u{2212}€3 million"), Some(Grounding::Verbatim));
        assert_eq!(found(-3.0, "million EUR", "minus three million EUR"), Some(Grounding::SpelledOut));
        // It may be a dash.
        for number in [3.0, -3.0] {
            assert_eq!(found(number, "million EUR", "result: -3 million EUR"), Some(Grounding::Verbatim));
        }
        assert_eq!(found(-20.0, "beds", "in 2019-20 beds"), None);
    }

    #[test]
    fn an_article_before_a_multiplier_is_one() {
        assert_eq!(found(100.0, "beds", "a hundred beds"), Some(Grounding::SpelledOut));
        assert_eq!(found(105.0, "beds", "a hundred and five beds"), Some(Grounding::SpelledOut));
        assert_eq!(found(1.0, "million EUR", "a million euros"), found(1.0, "million EUR", "one million euros"));
        assert_eq!(found(500_000.0, "EUR", "half a million EUR"), found(500_000.0, "EUR", "five hundred thousand EUR"));
        assert_eq!(found(1.0, "million EUR", "half a million EUR"), None);
        assert_eq!(found(1.0, "beds", "a bed"), None);
        assert_eq!(found(100.0, "beds", "a few hundred beds"), None);
    }

    #[test]
    fn units_are_converted_within_their_dimension_only() {
        assert_eq!(found(2.0, "km", "2,000 metres away"), Some(Grounding::Converted));
        assert_eq!(found(18.0, "acre", "18 acres"), Some(Grounding::Verbatim));
        assert_eq!(found(7.28, "ha", "18 acres"), Some(Grounding::Converted));
        assert_eq!(found(400.0, "m", "400 km away"), None);
        assert_eq!(found(18.0, "beds", "18 acres"), None);
        assert_eq!(found(18.0, "km", "18 acres"), None);
        assert_eq!(found(18.0, "km", "Distance (km): 18"), Some(Grounding::Verbatim));
        assert_eq!(found(7.9, "ha", "18 acres"), None);
        assert_eq!(found(50.0, "%", "a share of 0.5"), Some(Grounding::Converted));
        assert_eq!(found(10.0, "%", "10 per cent of it"), Some(Grounding::Verbatim));
    }
}
