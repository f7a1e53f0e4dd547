//! Search among 10,000, 100,000 and 1,000,000 names.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark may stop at what it did not expect, and prints"
)]

#[path = "support/names.rs"]
mod names;

use std::hint::black_box;
use std::time::Instant;

use annals::catalogue::query::Query;
use annals::catalogue::search::Lines;
use annals::catalogue::search::Stop;

fn main() {
    if let Ok(only) = std::env::var("ONLY") {
        let mut lines = Lines::default();
        names::names(100_000).for_each(|name| lines.push(&name));
        for text in only.split(',') {
            for _ in 0..10 {
                black_box(lines.search(&Query::parse(text).unwrap(), 200, &Stop::never()));
            }
        }
        return;
    }
    for count in [10_000, 100_000, 1_000_000] {
        let list: Vec<String> = names::names(count).collect();
        let chars: usize = list.iter().map(|name| name.chars().count()).sum();
        let start = Instant::now();
        let mut lines = Lines::default();
        list.iter().for_each(|name| lines.push(name));
        println!("{count} names of {} characters, ready in {:?}", chars / count, start.elapsed());
        for text in ["k", "ka", "kal", "a", "cardio", "ramji sin", "aiimskal", "zzqx", "cadriology", "e"] {
            let query = Query::parse(text).unwrap();
            let mut times: Vec<_> = (0..15)
                .map(|_| {
                    let start = Instant::now();
                    black_box(lines.search(&query, 200, &Stop::never()));
                    start.elapsed()
                })
                .collect();
            times.sort();
            let found = lines.search(&query, 100, &Stop::never()).unwrap();
            println!("{text:>12} {:>10.3} ms  {} found", times[7].as_secs_f64() * 1e3, found.total);
        }
    }
}
