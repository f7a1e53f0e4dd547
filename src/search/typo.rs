//! One typing error: a letter wrong, missing, too many, or two letters swapped.
//!
//! The distance is the restricted Damerau–Levenshtein distance (optimal string alignment), bounded by 1, from what was
//! typed to the nearest prefix of a word.
//!
//! Invariant: [`begins`] is true exactly if that distance is 0 or 1.

/// The shortest word in which a typing error is tolerated, in characters.
pub const MIN_CHARS: usize = 4;

/// Returns true if `typed` begins `word` with at most one typing error.
pub fn begins(typed: &[char], word: &[char]) -> bool {
    let same = typed.iter().zip(word).take_while(|(typed, meant)| typed == meant).count();
    let (typed, word) = (&typed[same..], &word[same..]);
    let [wrong, behind @ ..] = typed else { return true };
    // One letter too many; the word may end here.
    if word.starts_with(behind) {
        return true;
    }
    let [meant, rest @ ..] = word else { return false };
    let wrong_letter = || rest.starts_with(behind);
    let missing = || rest.starts_with(typed);
    let swapped = || match (behind, rest) {
        ([first, typed @ ..], [second, word @ ..]) => first == meant && second == wrong && word.starts_with(typed),
        _ => false,
    };
    wrong_letter() || missing() || swapped()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn begins_text(typed: &str, word: &str) -> bool {
        begins(&typed.chars().collect::<Vec<_>>(), &word.chars().collect::<Vec<_>>())
    }

    #[test]
    fn one_typing_error_is_tolerated_and_two_are_not() {
        for typed in
            ["cardiology", "cadriology", "cadiology", "carrdiology", "cardeology", "crad", "cxrd", "cardiologyy"]
        {
            assert!(begins_text(typed, "cardiology"), "{typed}");
        }
        for typed in ["cadroilogy", "cddiology", "xxrd", "cardiologyyy", "dermatology"] {
            assert!(!begins_text(typed, "cardiology"), "{typed}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn it_agrees_with_the_distance_to_every_prefix(typed in "[abc]{0,6}", word in "[abc]{0,7}") {
            let near = (0..=word.len()).any(|end| strsim::osa_distance(&typed, &word[..end]) <= 1);
            prop_assert_eq!(begins_text(&typed, &word), near);
        }
    }
}
