//! Measured times and their summary.
//!
//! Invariant: figures are medians with the 10th and the 90th percentile, over all measured times.

use std::fmt;
use std::time::{Duration, Instant};

/// Times of the same thing in milliseconds, sorted.
#[derive(Debug, Default, Clone)]
pub struct Times(Vec<f64>);

impl Times {
    pub fn add(&mut self, time: Duration) {
        let milliseconds = time.as_secs_f64() * 1e3;
        let place = self.0.partition_point(|&other| other < milliseconds);
        self.0.insert(place, milliseconds);
    }

    /// Returns the percentile `share`, or `None` if nothing was measured.
    pub fn share(&self, share: usize) -> Option<f64> {
        self.0.get((self.0.len().checked_sub(1)? * share + 50) / 100).copied()
    }

    pub fn median(&self) -> Option<f64> {
        self.share(50)
    }
}

impl FromIterator<Duration> for Times {
    fn from_iter<I: IntoIterator<Item = Duration>>(times: I) -> Self {
        let mut all = Self::default();
        times.into_iter().for_each(|time| all.add(time));
        all
    }
}

/// Writes the median, and the 10th and the 90th percentile in brackets.
impl fmt::Display for Times {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Some(median), Some(low), Some(high)) = (self.median(), self.share(10), self.share(90)) else {
            return to.write_str("–");
        };
        write!(to, "{} ({}–{})", figure(median), figure(low), figure(high))
    }
}

/// Formats a number with about three significant digits.
pub fn figure(number: f64) -> String {
    let digits = match number.abs() {
        0.0 => 0,
        0.0..1.0 => 3,
        1.0..10.0 => 2,
        10.0..100.0 => 1,
        _ => 0,
    };
    format!("{number:.digits$}")
}

pub fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let made = work();
    (start.elapsed(), made)
}
