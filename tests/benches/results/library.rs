//! The search itself beside other libraries, over the same names in the same run.
//!
//! Invariant: each contender returns its best hundred and an exact count of all matches by its own rules, on as many
//! threads as there are processors. Preparation of the names that does not depend on the query is not timed.

use std::cmp::Reverse;
use std::hint::black_box;
use std::thread;

use annals::query::Query;
use annals::search::{Lines, Stop};
use fuzzy_matcher::FuzzyMatcher as _;
use fuzzy_matcher::skim::SkimMatcherV2;
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32String};

use crate::support::names::names;
use crate::support::terminal::Trouble;
use crate::support::times::{Times, timed};

/// The queries. One letter is the worst case, and comes before every longer query that is typed.
pub const QUERIES: [&str; 9] = ["k", "ka", "kal", "cardio", "a", "ramji sin", "aiimskal", "zzqx", "cadriology"];

/// The number of best matches to return, in order.
const BEST: usize = 100;

/// The contenders, annals first.
pub const CONTENDERS: [&str; 4] = ["annals", "fuzzy-matcher", "nucleo-matcher", "frizbee"];

/// A match, ordered from the best: by score and then by place.
type Hit = (Reverse<i64>, u32);

/// The result of one contender for one query.
struct Found {
    best: Vec<u32>,
    total: usize,
}

/// All figures for one number of names.
pub struct Size {
    pub names: usize,
    /// The average number of characters of a name, and the percentage of names that are not ASCII.
    pub characters: f64,
    pub beyond_ascii: f64,
    /// The time to make lines of all names, which folds them.
    pub ready: Times,
    pub rows: Vec<Row>,
}

/// One query: the times and the number of matches, by contender.
pub struct Row {
    pub query: &'static str,
    pub times: [Times; CONTENDERS.len()],
    pub totals: [usize; CONTENDERS.len()],
}

/// Measures one number of names, with the contenders taking turns.
pub fn measure(count: usize, runs: usize) -> Result<Size, Trouble> {
    let list: Vec<String> = names(count).collect();
    let text = list.join("\n");
    let mut lines = Lines::default();
    let ready = (0..3).map(|_| {
        let (time, made) = timed(|| {
            let mut lines = Lines::default();
            lines.extend(&text);
            lines
        });
        lines = made;
        time
    });
    let ready = ready.collect();
    let wide: Vec<Utf32String> = list.iter().map(|name| name.as_str().into()).collect();
    let mut rows = Vec::new();
    for query in QUERIES {
        let parsed = Query::of_words(query);
        let contenders: [&dyn Fn() -> Found; CONTENDERS.len()] =
            [&|| by_annals(&lines, &parsed), &|| by_skim(&list, query), &|| by_nucleo(&wide, query), &|| {
                by_frizbee(&list, query)
            }];
        let mut times: [Times; CONTENDERS.len()] = Default::default();
        let mut totals = [0; CONTENDERS.len()];
        for run in 0..=runs {
            for (index, contender) in contenders.iter().enumerate() {
                let (time, found) = timed(contender);
                if black_box(found.best).len() > BEST {
                    return Err(format!("{} gave more than {BEST} for {query:?}", CONTENDERS[index]).into());
                }
                totals[index] = found.total;
                // The first run is a warm-up.
                if run > 0 {
                    times[index].add(time);
                }
            }
        }
        rows.push(Row { query, times, totals });
    }
    let characters = list.iter().map(|name| name.chars().count()).sum::<usize>() as f64 / count as f64;
    let beyond_ascii = list.iter().filter(|name| !name.is_ascii()).count() as f64 * 100.0 / count as f64;
    Ok(Size { names: count, characters, beyond_ascii, ready, rows })
}

fn by_annals(lines: &Lines, query: &Query) -> Found {
    let found = lines.search(query.pattern(), BEST, &Stop::never()).unwrap_or_default();
    Found { best: found.rows, total: found.total }
}

/// Uses `fuzzy-matcher` as it is, with a matcher for each thread: a shared one is slower than a single thread.
fn by_skim(list: &[String], query: &str) -> Found {
    in_parts(list, |part| {
        let matcher = SkimMatcherV2::default();
        part.iter().map(|name| matcher.fuzzy_match(name, query)).collect()
    })
}

fn by_nucleo(list: &[Utf32String], query: &str) -> Found {
    let pattern = Pattern::parse(query, CaseMatching::Smart, Normalization::Smart);
    in_parts(list, |part| {
        let mut matcher = Matcher::new(Config::DEFAULT);
        part.iter().map(|name| pattern.score(name.slice(..), &mut matcher).map(i64::from)).collect()
    })
}

/// Uses `frizbee`, which divides the names among threads and sorts by itself.
fn by_frizbee(list: &[String], query: &str) -> Found {
    let mut matcher = frizbee::Matcher::from_query(query, &frizbee::Config::default());
    let found = matcher.match_list_parallel(list, processors());
    Found { best: found.iter().take(BEST).map(|hit| hit.index).collect(), total: found.len() }
}

/// Scores the names in parts, one per thread. Returns the best of all, and the number of matches.
fn in_parts<T: Sync>(list: &[T], score: impl Fn(&[T]) -> Vec<Option<i64>> + Sync) -> Found {
    let size = list.len().div_ceil(processors()).max(1);
    let parts: Vec<(Vec<Hit>, usize)> = thread::scope(|scope| {
        let work = |start: usize, part| {
            let scores = score(part).into_iter().enumerate();
            let hits = scores.filter_map(|(at, score)| Some((Reverse(score?), (start + at) as u32)));
            let mut hits: Vec<_> = hits.collect();
            let total = hits.len();
            if total > BEST {
                hits.select_nth_unstable(BEST - 1);
                hits.truncate(BEST);
            }
            (hits, total)
        };
        let threads: Vec<_> =
            list.chunks(size).enumerate().map(|(index, part)| scope.spawn(move || work(index * size, part))).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    let total = parts.iter().map(|(_, total)| total).sum();
    let mut best: Vec<_> = parts.into_iter().flat_map(|(hits, _)| hits).collect();
    best.sort_unstable();
    Found { best: best.into_iter().take(BEST).map(|(_, name)| name).collect(), total }
}

fn processors() -> usize {
    thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// Returns the time of a contender divided by that of annals.
pub fn ratio(row: &Row, contender: usize) -> Option<f64> {
    Some(row.times[contender].median()? / row.times[0].median()?)
}

/// Returns the number of runs for a number of names; searches in more names take longer and are run less often.
pub fn runs_for(names: usize, is_quick: bool) -> usize {
    match (names, is_quick) {
        (_, true) => 3,
        (..=10_000, _) => 101,
        (..=100_000, _) => 41,
        _ => 15,
    }
}
