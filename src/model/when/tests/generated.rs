//! Generated texts, and their days calculated once more without the calendar.

use std::collections::HashSet;

use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use super::*;

/// Year, month and day.
type Day = (i64, u32, u32);

/// A text and the first and last day that it must have; `None` without a limit.
type Known = (String, Option<Day>, Option<Day>);

fn naive_length(year: i64, month: u32) -> u32 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn written(year: i64) -> String {
    let sign = if year < 0 { "-" } else { "" };
    format!("{sign}{:04}", year.abs())
}

/// Returns the first and last day whose digits fit the text, by trying every day of the two centuries around.
fn tried(text: &str, year: i64) -> Option<(Day, Day)> {
    let fits = |stated: &str, shown: &str| stated.chars().zip(shown.chars()).all(|(t, s)| t == 'X' || t == s);
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let parts: Vec<&str> = digits.split('-').chain(["XX", "XX"]).collect();
    let years = (year - 99..=year + 99).filter(|year| year * sign + i64::from(sign > 0) > 0);
    let mut found: Option<(Day, Day)> = None;
    for year in years.filter(|year| fits(parts[0], &written(year.abs()))) {
        for month in (1..=12).filter(|month| fits(parts[1], &format!("{month:02}"))) {
            for day in (1..=naive_length(year, month)).filter(|day| fits(parts[2], &format!("{day:02}"))) {
                found = Some((found.map_or((year, month, day), |(first, _)| first), (year, month, day)));
            }
        }
    }
    found
}

fn plain() -> impl Strategy<Value = Known> {
    (-9999_i64..=9999, 0_u32..=12, 0_u32..=31).prop_filter_map("a day that exists", |(year, month, day)| {
        let stem = written(year);
        match (month, day) {
            (0, _) => Some((stem, Some((year, 1, 1)), Some((year, 12, 31)))),
            (month, 0) => Some((
                format!("{stem}-{month:02}"),
                Some((year, month, 1)),
                Some((year, month, naive_length(year, month))),
            )),
            (month, day) if day <= naive_length(year, month) => {
                let same = Some((year, month, day));
                Some((format!("{stem}-{month:02}-{day:02}"), same, same))
            }
            _ => None,
        }
    })
}

/// A date in which some of the last six digits, or the last two of a year, are not stated.
fn masked() -> impl Strategy<Value = Known> {
    (plain(), 1_u8..64).prop_filter_map("a date with days", |((text, first, _), mask)| {
        let (year, ..) = first?;
        let from = if year < 0 { 3 } else { 2 };
        let digits = text.char_indices().filter(|&(at, letter)| at >= from && letter != '-').map(|(at, _)| at);
        let hidden: HashSet<usize> =
            digits.enumerate().filter(|(bit, _)| mask >> bit & 1 == 1).map(|(_, at)| at).collect();
        let text: String =
            text.char_indices().map(|(at, letter)| if hidden.contains(&at) { 'X' } else { letter }).collect();
        let (first, last) = tried(&text, year)?;
        text.contains('X').then_some((text, Some(first), Some(last)))
    })
}

fn part() -> impl Strategy<Value = Known> {
    const MONTHS: [(u32, u32); 21] = [
        (3, 5),
        (6, 8),
        (9, 11),
        (12, 12),
        (3, 5),
        (6, 8),
        (9, 11),
        (12, 12),
        (9, 11),
        (12, 12),
        (3, 5),
        (6, 8),
        (1, 3),
        (4, 6),
        (7, 9),
        (10, 12),
        (1, 4),
        (5, 8),
        (9, 12),
        (1, 6),
        (7, 12),
    ];
    (-9999_i64..=9999, 21_u32..=41).prop_map(|(year, code)| {
        let (first, last) = MONTHS[code as usize - 21];
        let last = (year, last, naive_length(year, last));
        (format!("{}-{code}", written(year)), Some((year, first, 1)), Some(last))
    })
}

fn long_year() -> impl Strategy<Value = Known> {
    let plain = (10_000_i64..=262_142, any::<bool>()).prop_map(|(year, negative)| {
        let year = if negative { -year } else { year };
        (format!("Y{year}"), Some((year, 1, 1)), Some((year, 12, 31)))
    });
    let exponent =
        (1_i64..=26, 4_u32..=5, any::<bool>()).prop_filter_map("a year of the calendar", |(number, e, minus)| {
            let year = number * 10_i64.pow(e) * if minus { -1 } else { 1 };
            let text = format!("Y{}{number}E{e}", if minus { "-" } else { "" });
            (10_000..=262_142).contains(&year.abs()).then_some((text, Some((year, 1, 1)), Some((year, 12, 31))))
        });
    prop_oneof![plain, exponent]
}

fn significant() -> impl Strategy<Value = Known> {
    (-9999_i64..=9999, 1_usize..=4).prop_map(|(year, digits)| {
        let text = written(year.abs());
        let fill = |digit: &str| format!("{}{}", &text[..digits], digit.repeat(4 - digits)).parse::<i64>().unwrap();
        let (low, high) = (fill("0"), fill("9"));
        let (first, last) = if year < 0 { (-high, -low) } else { (low, high) };
        (format!("{}S{digits}", written(year)), Some((first, 1, 1)), Some((last, 12, 31)))
    })
}

/// A date with a qualifier before or behind one of its parts.
fn qualified(date: impl Strategy<Value = Known>) -> impl Strategy<Value = Known> {
    (date, select(&["?", "~", "%"][..]), any::<bool>(), 0_usize..3).prop_map(
        |((text, first, last), sign, before, at)| {
            let (minus, digits) = text.strip_prefix('-').map_or(("", &*text), |digits| ("-", digits));
            let mut parts: Vec<String> = digits.split('-').map(str::to_owned).collect();
            let at = at % parts.len();
            match (before, at) {
                (false, _) => parts[at].push_str(sign),
                (true, 0) => return (format!("{sign}{minus}{}", parts.join("-")), first, last),
                (true, _) => parts[at].insert_str(0, sign),
            }
            (format!("{minus}{}", parts.join("-")), first, last)
        },
    )
}

fn undated() -> impl Strategy<Value = Known> {
    select(&["XXXX", "XXXX-12", "XXXX-12-25", "XXXX-XX-23", "XXXX-21", "-XXXX", "XXXX-02-29"][..])
        .prop_map(|text| (text.to_owned(), None, None))
}

fn timed() -> impl Strategy<Value = Known> {
    let time = select(&["00:00:00", "23:59:60", "10:20:30Z", "10:20:30+05:30", "10:20:30-14:00", "10:20:30+01"][..]);
    (plain(), time).prop_filter_map("a whole day", |((text, first, last), time)| {
        (first == last).then(|| (format!("{text}T{time}"), first, last))
    })
}

fn date() -> BoxedStrategy<Known> {
    prop_oneof![
        4 => plain(),
        3 => masked(),
        3 => part(),
        1 => long_year(),
        1 => significant(),
        2 => qualified(plain()),
        1 => qualified(part()),
        1 => undated(),
    ]
    .boxed()
}

fn interval() -> impl Strategy<Value = Known> {
    (date(), date(), select(&["/", "..|/", "/|..", "|/..", "..|/..|", "|/", "../|", "/|"][..])).prop_filter_map(
        "an end that is not before the start",
        |(a, b, form)| match form {
            "/" => (a.1.is_none() || b.2.is_none() || a.1 <= b.2).then(|| (format!("{}/{}", a.0, b.0), a.1, b.2)),
            "..|/" => Some((format!("..{}/{}", a.0, b.0), None, b.2)),
            "/|.." => Some((format!("{}/{}..", a.0, b.0), a.1, None)),
            "..|/..|" => Some((format!("..{}/{}..", a.0, b.0), None, None)),
            "|/.." => Some((format!("{}/..", a.0), a.1, None)),
            "|/" => Some((format!("{}/", a.0), a.1, None)),
            "../|" => Some((format!("../{}", b.0), None, b.2)),
            _ => Some((format!("/{}", b.0), None, b.2)),
        },
    )
}

fn range() -> impl Strategy<Value = Known> {
    (-9999_i64..=9999, 0_i64..200, 0_u32..=12).prop_map(|(year, more, month)| {
        let until = (year + more).min(9999);
        match month {
            0 => (format!("{}..{}", written(year), written(until)), Some((year, 1, 1)), Some((until, 12, 31))),
            month => (
                format!("{}-{month:02}..{}-{month:02}", written(year), written(until)),
                Some((year, month, 1)),
                Some((until, month, naive_length(until, month))),
            ),
        }
    })
}

fn set() -> impl Strategy<Value = Known> {
    let before = date().prop_map(|(text, _, last)| (format!("..{text}"), None, last));
    let after = date().prop_map(|(text, first, _)| (format!("{text}.."), first, None));
    let member = prop_oneof![4 => date(), 2 => before, 2 => after, 2 => range()].boxed();
    let members = prop_oneof![member.clone().prop_map(|one| vec![one]), proptest::collection::vec(member, 2..5),];
    (members, select(&[",", ", ", ",  "][..]), any::<bool>()).prop_map(|(members, comma, all)| {
        let texts: Vec<&str> = members.iter().map(|(text, ..)| &**text).collect();
        let inner = texts.join(comma);
        let text = if all { format!("{{{inner}}}") } else { format!("[{inner}]") };
        let first = members.iter().map(|known| known.1).min().flatten();
        let last = members.iter().map(|known| known.2.ok_or(())).collect::<Result<Vec<Day>, ()>>().ok();
        (text, first, last.and_then(|days| days.into_iter().max()))
    })
}

fn known() -> BoxedStrategy<Known> {
    prop_oneof![3 => date(), 1 => timed(), 2 => interval(), 2 => set()].boxed()
}

/// A date of any form, or one with a character changed, added or lost.
fn nearly() -> impl Strategy<Value = String> {
    let broken =
        (known(), any::<prop::sample::Index>(), select(&["", "X", "-", "/", "..", "?", "9", "T", "é", " "][..]))
            .prop_map(|((text, ..), at, other)| {
                let at = at.index(text.len());
                format!("{}{other}{}", &text[..at], &text[at + 1..])
            });
    prop_oneof![7 => known().prop_map(|(text, ..)| text), 3 => broken]
}

fn as_day((year, month, day): Day) -> String {
    let sign = match year {
        ..0 => "-",
        10_000.. => "+",
        0..=9999 => "",
    };
    format!("{sign}{:04}-{month:02}-{day:02}", year.abs())
}

/// Asserts what holds of every date: days in order, words without an invented digit, qualifiers kept.
fn assert_sound(text: &str, read: &When) {
    assert_eq!(read.edtf(), text);
    assert!(!read.window().is_reversed(), "{text}");
    let digits = |text: &str| -> Vec<char> { text.chars().filter(char::is_ascii_digit).collect() };
    let signs = |text: &str| text.matches(['?', '~', '%']).count();
    for shown in [read.column(), read.stated()] {
        assert!(!shown.trim().is_empty(), "{text}");
        assert_eq!(signs(&shown), signs(text), "{text}: {shown}");
        // Codes of seasons and numbers of digits go, and the numerals of quarters, halves and thirds come.
        let is_plain = !text.contains('S') && read.precision() != Precision::Season && !has_part(text);
        let is_whole = read.shape() != Shape::Date || !text.contains('T') || shown.contains(':');
        assert!(!is_plain || !is_whole || digits(&shown) == digits(text), "{text}: {shown}");
    }
}

fn has_part(text: &str) -> bool {
    let dates = text.split(['/', ',', '.', '[', ']', '{', '}', ' ']);
    dates
        .filter(|date| !date.is_empty())
        .any(|date| When::parse(date).is_ok_and(|one| one.precision() == Precision::Season))
}

#[test]
fn at_least_half_of_the_generated_texts_are_dates_and_every_shape_is_among_them() {
    let mut runner = TestRunner::deterministic();
    let strategy = nearly();
    let mut taken = 0;
    let mut seen = HashSet::new();
    for _ in 0..2000 {
        let text = strategy.new_tree(&mut runner).unwrap().current();
        if let Ok(read) = When::parse(&text) {
            assert_sound(&text, &read);
            taken += 1;
            seen.insert((read.shape(), read.is_qualified()));
        }
    }
    assert!((1000..1980).contains(&taken), "{taken}");
    // The ends of a range are not qualified.
    assert_eq!(seen.len(), 13, "{seen:?}");
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in ".{0,20}|[0-9XYSET?~%./\\[\\]{}, :-]{0,20}") {
        match When::parse(&text) {
            Ok(read) => assert_sound(&text, &read),
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
        let _ = When::parse_in(&text, Hemisphere::South);
    }

    #[test]
    fn a_text_that_is_nearly_a_date_is_read_or_refused(text in nearly()) {
        match When::parse(&text) {
            Ok(read) => assert_sound(&text, &read),
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
    }

    #[test]
    fn days_are_those_of_a_second_calculation((text, first, last) in known()) {
        let read = When::parse(&text);
        prop_assert!(read.is_ok(), "{text}: {read:?}");
        let read = read?;
        let expected = [first, last].map(|day| day.map_or_else(|| "-".to_owned(), as_day));
        prop_assert_eq!([shown(read.earliest()), shown(read.latest())], expected, "{}", text);
    }

    #[test]
    fn the_order_of_three_dates_is_an_order(texts in [known(), known(), known()]) {
        let [a, b, c] = texts.map(|(text, ..)| when(&text));
        prop_assert_eq!(a.chronological(&b), b.chronological(&a).reverse());
        if a.chronological(&b).is_le() && b.chronological(&c).is_le() {
            prop_assert!(a.chronological(&c).is_le(), "{a:?} {b:?} {c:?}");
        }
        if let (Some(x), Some(y)) = (a.anchor(), b.anchor()) && x < y {
            prop_assert!(a.chronological(&b).is_lt());
        }
    }
}
