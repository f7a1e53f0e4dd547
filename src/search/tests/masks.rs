//! Compares results from position masks and the letter bitmap with those from the text itself.

use crate::vocabulary::testing::seeds;
use fearless_simd::{Level, dispatch};
use proptest::prelude::*;

use crate::query::Query;
use crate::search::alignment::{self, Aligner};
use crate::search::chunk::Chunk;
use crate::search::chunk_set::{self, EMPTY};
use crate::search::folded_text::FoldedText;
use crate::search::fuzzy::Scorer;
use crate::search::letter_bitmap::LetterBitmap;
use crate::search::masks::Mask;
use crate::search::name_masks::NameMasks;
use crate::search::pattern::Token;
use crate::search::plan::Plan;
use crate::search::rank::MatchRank;
use crate::search::single_word::LengthLimits;
use crate::search::text_match;
use crate::text::fold::fold;

/// The bytes of a name with those of others behind it, as in a chunk.
fn among_others(folded: &str) -> Vec<u8> {
    [folded.as_bytes(), [b'a'; 140].as_slice()].concat()
}

/// The bound of the rank of a name and its exact rank, by its masks.
fn by_masks<M: Mask>(plan: &Plan, name: &NameMasks<M>) -> (Option<MatchRank>, Option<MatchRank>) {
    (plan.upper_bound(name), plan.rank(name, &mut Aligner::default()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6_000))]

    #[test]
    fn the_rank_by_masks_is_that_of_the_text(name in "[abk]{1,3}( [abk]{1,6}){0,6}", text in "['^]?[abk]{1,4}[$]?( [abk|]{1,3})?") {
        let (Ok(query), name) = (Query::parse(&text, seeds()), fold(&name)) else { return Ok(()) };
        let plan = Plan::new(query.pattern());
        let (level, bytes, chars) = (Level::new(), among_others(&name), name.len() as u32);
        let truth = text_match::match_name(query.pattern(), FoldedText::new(&name), &mut Scorer::default());
        if truth.is_some() {
            prop_assert_eq!(plan.prefilter.names(&LetterBitmap::of(std::slice::from_ref(&name)), 0), 1, "{} in {}", text, name);
        }
        let (mut short, mut long) = (NameMasks::<u64>::empty(), NameMasks::<u128>::empty());
        let is_short = short.read(level, &plan.letters, &plan.front, &bytes, chars);
        let is_long = long.read(level, &plan.letters, &plan.front, &bytes, chars);
        prop_assert_eq!(is_short, is_long);
        if !is_short {
            prop_assert!(truth.is_none(), "{} in {}", text, name);
            return Ok(());
        }
        let (bound, exact) = by_masks(&plan, &short);
        prop_assert_eq!((bound, exact), by_masks(&plan, &long));
        prop_assert_eq!(exact, truth, "{} in {}", text, name);
        prop_assert_eq!(bound.is_some(), truth.is_some());
        if let (Some(bound), Some(truth)) = (bound, truth) {
            prop_assert!(bound.compare(&truth).is_le(), "{} in {}: {:?} {:?}", text, name, bound, truth);
            prop_assert!(bound.score >= truth.score);
            prop_assert_eq!(bound.tier.is_close(), truth.tier.is_close());
            prop_assert_eq!(bound.chars, truth.chars);
            // Of two alternatives another one may have the better bound.
            prop_assert!(bound.start == truth.start || text.contains('|'), "{} in {}", text, name);
        }
        if let Some(word) = &plan.single_word {
            let mut chunk = Chunk::default();
            for text in [&name, "aaaaaaaaaaaaa"] {
                chunk.push_name(text, ());
                chunk.end_group();
            }
            chunk.index();
            let (mut candidates, mut others) = (Vec::new(), Vec::new());
            dispatch!(level, simd => word.match_rows(simd, &chunk, &[0], &mut candidates, &mut others));
            prop_assert_eq!(candidates.first().map(|candidate| candidate.bound), bound);
            let is_close = bound.is_some_and(|bound| bound.tier.is_close());
            for is_admitted in [false, true] {
                let (mut rows, mut close, mut begun) = (vec![0], EMPTY, Vec::new());
                let limits = LengthLimits::new(word, |_| is_admitted);
                dispatch!(level, simd => word.take_begun(simd, &chunk, limits, &mut rows, &mut close, &mut begun, &mut others));
                prop_assert_eq!(rows.is_empty(), is_close);
                prop_assert_eq!(chunk_set::has(&close, 0), is_close && !is_admitted);
                prop_assert_eq!(begun, if is_close && is_admitted { candidates.clone() } else { Vec::new() });
            }
            if let Some(bound) = bound.filter(|bound| bound.tier.is_close()) {
                let most = word.bound_of_begun(chars, bound.whole, bound.start == 0);
                prop_assert!(most.compare(&bound).is_le(), "{} in {}: {:?} {:?}", text, name, most, bound);
            }
            let mut kept = vec![0];
            dispatch!(level, simd => word.retain(simd, &chunk, &mut kept, &mut others));
            prop_assert_eq!(kept.len(), usize::from(bound.is_some()));
            prop_assert!(others.is_empty());
            let block = word.filter_block(chunk.letters(), 0);
            let [sure, surely_begun, front] = [block.sure, block.surely_begun, block.front].map(|names| names.has(0));
            prop_assert!(!sure || bound.is_some(), "not {} in {}", text, name);
            prop_assert!(!surely_begun || is_close, "no word {} in {}", text, name);
            prop_assert!(!is_close || block.begun.has(0), "{} in {}", text, name);
            if let (true, Some(truth)) = (surely_begun, truth) {
                let most = word.bound_of_begun(chars, false, front);
                prop_assert!(most.compare(&truth).is_le(), "{} in {}", text, name);
            }
        }
    }

    #[test]
    fn masks_miss_no_typing_error(name in "[abcd]{1,6}( [abcd]{1,7}){0,3}", text in "[abcd]{4,7}( [abcd]{1,5})?") {
        let (Ok(query), name) = (Query::parse(&text, seeds()), fold(&name)) else { return Ok(()) };
        let plan = Plan::new(query.pattern());
        let mut masked = NameMasks::<u64>::empty();
        masked.read(Level::new(), &plan.letters, &[], &among_others(&name), name.len() as u32);
        if text_match::match_name_with_typos(query.pattern(), FoldedText::new(&name), &mut Scorer::default()).is_some() {
            prop_assert!(plan.may_have_typos(&masked), "{} in {}", text, name);
            prop_assert_eq!(plan.prefilter.names_with_typos(&LetterBitmap::of(std::slice::from_ref(&name)), 0), 1, "{} in {}", text, name);
        }
    }

    #[test]
    fn a_score_by_positions_is_that_of_the_text(name in "[ab]{1,4}( [abc]{1,5}){0,3}", token in "[abc]{1,6}") {
        let name = fold(&name);
        let token = fold(&token);
        let heads = name.bytes().enumerate().fold(1_u64, |heads, (at, byte)| heads | u64::from(byte == b' ') << (at + 1));
        let places = |letter: u8| name.bytes().enumerate().fold(0_u64, |mask, (at, byte)| mask | u64::from(byte == letter) << at);
        let mut scorer = Scorer::default();
        scorer.read(&name);
        let truth = scorer.score(&Token::new(&token)).map(|fit| (fit.score, fit.start));
        let mut aligner = Aligner::default();
        // The rows of the name before must not matter.
        aligner.score(token.as_bytes(), |letter| places(letter) << 1, heads << 1);
        let exact = aligner.score(token.as_bytes(), places, heads).map(|fit| (fit.score, fit.start));
        prop_assert_eq!(exact, truth, "{} in {}", token, name);
        let bound = alignment::upper_bound(token.as_bytes(), places, heads);
        prop_assert_eq!(bound.map(|fit| fit.start), truth.map(|(_, start)| start));
        if let (Some(bound), Some((score, _))) = (bound, truth) {
            prop_assert!(bound.score >= score, "{} in {}", token, name);
        }
    }
}
