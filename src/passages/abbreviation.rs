//! Abbreviations, after which a full stop may not end a sentence.
//!
//! Invariant: the table holds general English and Indian English usage only, and each word once.

/// The effect of a full stop after an abbreviation within a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// It does not: a name, word or figure follows.
    Never,
    /// It does if a capital follows.
    BeforeCapital,
    /// It does not before a number; before a capital the word is an ordinary word.
    UnlessNumber,
}

/// The abbreviations. A lower-case entry matches in any case, one with a capital only as written (`Col` but not
/// `col`, `Ms` but not `MS` behind a name).
#[rustfmt::skip]
const ABBREVIATIONS: &[(Stop, &[&str])] = &[
    (Stop::Never, &[
        // Before a name.
        "Dr", "Drs", "Prof", "Profs", "Mr", "Mrs", "Ms", "Mx", "Messrs", "Mme", "Mlle", "St", "Ste", "Sr", "Jr", "Hon",
        "Rev", "Fr", "Smt", "Shri", "Sri", "Er", "Adv", "Lt", "Capt", "Maj", "Col", "Cdr", "Cmdr", "Gen", "Brig", "Sgt",
        "Gov", "Sen", "Rep", "Pres", "Supt", "Mt", "Ft",
        // Before the rest of a title or a firm's name.
        "asst", "asstt", "assoc", "addl", "dept", "govt", "univ", "Inst", "Intl", "Natl", "Pvt", "Bros", "Co",
        // Before the word or figure that they explain.
        "vs", "viz", "cf", "eg", "ie", "al", "abbr", "approx", "appx", "ca", "circa", "incl", "excl", "esp", "resp", "reg",
        "Est", "Ed", "Eds", "Sl", "transl",
    ]),
    (Stop::BeforeCapital, &[
        "etc", "Ltd", "Inc", "Corp", "Rd", "Ave", "Blvd",
        "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec",
        "Mon", "Tue", "Tues", "Wed", "Thu", "Thur", "Thurs", "Fri",
    ]),
    (Stop::UnlessNumber, &[
        "no", "nos", "nr", "p", "pp", "vol", "vols", "ch", "chap", "sec", "sect", "art", "fig", "figs", "para", "cl", "tel",
        "ext", "Rs",
    ]),
];

/// Returns the behaviour of a word before a full stop, or `None` if it is not an abbreviation. `B.Sc`, `e.g` and a
/// single capital count as abbreviations.
pub(super) fn stop_of(word: &[char]) -> Option<Stop> {
    if is_initial(word) || is_dotted(word) || word.rsplit(|&c| c == '-').next().is_some_and(is_dotted) {
        return Some(Stop::Never);
    }
    let last: String = word.rsplit(|&c| c == '.').next().unwrap_or_default().iter().collect();
    let matches = |entry: &str| {
        let any_case = entry.starts_with(char::is_lowercase);
        entry == last || (any_case && entry.eq_ignore_ascii_case(&last))
    };
    let row = ABBREVIATIONS.iter().find(|(_, entries)| entries.iter().any(|entry| matches(entry)));
    row.map(|&(stop, _)| stop)
}

/// Returns true for a single capital, such as the `B` of `B. C. Roy`.
fn is_initial(word: &[char]) -> bool {
    matches!(word, [only] if only.is_uppercase())
}

/// Returns true for parts joined by full stops, each a single letter or short and capitalised, with at least one
/// single letter: `B.Sc`, `Ph.D`, `e.g`, `J.-P`, but not `example.org`.
fn is_dotted(word: &[char]) -> bool {
    const LONGEST: usize = 5;
    let parts = || word.split(|&c| c == '.').map(|part| part.strip_prefix(&['-']).unwrap_or(part));
    let is_part = |part: &[char]| match part {
        [only] => only.is_alphabetic(),
        [first, rest @ ..] => part.len() <= LONGEST && first.is_uppercase() && rest.iter().all(|c| c.is_alphabetic()),
        [] => false,
    };
    parts().nth(1).is_some() && parts().all(is_part) && parts().any(|part| part.len() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stop(word: &str) -> Option<Stop> {
        stop_of(&word.chars().collect::<Vec<_>>())
    }

    #[test]
    fn each_word_is_in_the_table_once() {
        let mut words: Vec<String> =
            ABBREVIATIONS.iter().flat_map(|(_, all)| all.iter().map(|w| w.to_lowercase())).collect();
        words.sort();
        let twice: Vec<_> = words.windows(2).filter(|pair| pair[0] == pair[1]).collect();
        assert!(twice.is_empty(), "{twice:?}");
    }

    #[test]
    fn an_entry_with_a_capital_is_case_sensitive() {
        let cases = [("Ms", true), ("MS", false), ("Col", true), ("col", false), ("approx", true), ("Approx", true)];
        for (word, shortened) in cases {
            assert_eq!(stop(word).is_some(), shortened, "{word}");
        }
    }

    #[test]
    fn degrees_and_initials_are_abbreviations_and_domain_names_are_not() {
        for word in ["B.Sc", "M.Ch", "Ph.D", "P.M.R", "M.Tech", "e.g", "U.S", "B", "É", "J.-P", "Post-B.Sc", "Lt.Col"]
        {
            assert_eq!(stop(word), Some(Stop::Never), "{word}");
        }
        for word in [
            "example.org",
            "www.a.example",
            "3.5",
            "a",
            "7",
            "",
            ".",
            "B..",
            "Block-B",
            "M.Sc.Botany",
            "9.B",
            "Rope.Bee",
        ] {
            assert_eq!(stop(word), None, "{word}");
        }
    }
}
