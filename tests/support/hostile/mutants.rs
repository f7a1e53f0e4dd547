//! Mutants of known inputs of the fuzz targets: seeds, every crash ever found, and what the guided fuzzer found.
//!
//! Invariant: an attack ends; an input that fails is kept, and its path is reported.

use std::fmt;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::dice::Dice;
use super::kept;
use super::targets::TARGETS;
use super::world::world;

/// The longest mutant, in bytes; databases may be as long as their seed.
const LONGEST: usize = 4096;

/// Words with a meaning for one of the parsers.
const WORDS: &[&str] = &[
    "kind:",
    "when:",
    "\"",
    "(",
    ")",
    "-",
    " or ",
    "..",
    "[..",
    "..]",
    "2014",
    "9999-12-31",
    "0000",
    "-9999",
    "?",
    "~",
    "%",
    "X",
    "[[event]]\n",
    "id = ",
    "= [",
    "{",
    "}",
    "\n",
    "\\u{0}",
    "'''",
    "\u{1b}[2J",
    "\u{202e}",
    "\u{301}",
    "| ",
    "== ",
    "* ",
    "e.g. ",
    "Dr. ",
    "(line 4)",
    "99999999999999999999",
    "1e999",
    "nan",
    "lead / p1 s1",
];

/// Values that stand in place of others in a line of TOML.
const VALUES: &[&str] = &[
    "1",
    "-0.0",
    "1e308",
    "9223372036854775807",
    "true",
    "\"\"",
    "\"x\"",
    "\"{subject}[ at {place}]\"",
    "\"[..2019]\"",
    "\"Y-200000\"",
    "\"~aaaaaaaa\"",
    "\"person\"",
    "\"item\"",
    "\"river\"",
    "\"B: lead / p1\"",
    "[]",
    "[[]]",
    "{}",
    "[\"x\", \"x\"]",
    "{ value = \"x\", at = [] }",
    "{ count = \"event\" }",
    "1979-05-27",
];

/// The result of an attack.
#[derive(Debug)]
pub struct Attack {
    pub inputs: usize,
    /// The time of the slowest input.
    pub slowest: Duration,
}

/// The failure of an input, which is kept in the file.
#[derive(Debug)]
pub enum Trouble {
    Panicked(PathBuf),
    /// The input took this long.
    Slow(Duration, PathBuf),
}

impl fmt::Display for Trouble {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Panicked(kept) => write!(to, "it panics on {}", kept.display())?,
            Self::Slow(time, kept) => write!(to, "it takes {time:?} for {}", kept.display())?,
        }
        to.write_str("; expected a copy in tests/fuzz/crashes, and its cause mended")
    }
}

/// Runs a target on at most `again` of its seeds unchanged, and on `count` mutants of them.
///
/// # Errors
/// Returns the first input on which the target panics or takes longer than `patience`.
pub fn attack(name: &str, count: usize, seed: u64, again: usize, patience: Duration) -> Result<Attack, Trouble> {
    let (_, target) = TARGETS.iter().find(|(known, _)| *known == name).unwrap();
    let seeds = seeds(name);
    let mut dice = Dice::new(seed);
    let mutants = (0..count).map(|_| {
        // Few changes of bytes leave a file in TOML.
        if name == "tables" && !dice.one_in(4) { mutant_of_lines(&seeds, &mut dice) } else { mutant(&seeds, &mut dice) }
    });
    let again = seeds.iter().take(again).cloned();
    let mut attack = Attack { inputs: 0, slowest: Duration::ZERO };
    for bytes in again.chain(mutants) {
        let kept = || {
            let path = std::env::temp_dir().join(format!("annals-{name}-{seed}-crash"));
            fs::write(&path, &bytes).unwrap();
            path
        };
        let mut time = Duration::MAX;
        // On a busy machine other programs may have used the time, so only an input that is slow three times fails.
        for _ in 0..3 {
            let start = Instant::now();
            catch_unwind(AssertUnwindSafe(|| target(&bytes))).map_err(|_| Trouble::Panicked(kept()))?;
            time = time.min(start.elapsed());
            if time <= patience {
                break;
            }
        }
        if time > patience {
            return Err(Trouble::Slow(time, kept()));
        }
        attack.inputs += 1;
        attack.slowest = attack.slowest.max(time);
    }
    Ok(attack)
}

/// Returns the inputs from which the mutants of a target are made.
pub fn seeds(name: &str) -> Vec<Vec<u8>> {
    let mut seeds = kept::folder(&kept::root().join("seeds").join(name));
    seeds.extend(kept::folder(&kept::root().join("crashes").join(name)));
    seeds.extend(kept::read(name));
    if name == "sqlite" {
        // This seed is made anew, so that it has the current version of the format.
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("seed");
        annals::store::save(&world(6, 2), &path).unwrap();
        seeds.push(fs::read(path).unwrap());
    }
    assert!(!seeds.is_empty(), "no seeds for {name}");
    seeds
}

fn mutant(seeds: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let seed = dice.of(seeds);
    let longest = LONGEST.max(seed.len());
    let mut bytes = seed.clone();
    for _ in 0..=dice.below(6) {
        let at = dice.below(bytes.len() + 1);
        match dice.below(8) {
            0 if at < bytes.len() => bytes[at] ^= 1 << dice.below(8),
            1 if at < bytes.len() => bytes[at] = dice.next() as u8,
            2 => bytes.truncate(at),
            3 if at < bytes.len() => drop(bytes.drain(at..(at + 1 + dice.below(16)).min(bytes.len()))),
            4 => {
                let other = dice.of(seeds);
                let start = dice.below(other.len() + 1);
                let end = (start + dice.below(64)).min(other.len());
                bytes.splice(at..at, other[start..end].iter().copied());
            }
            5 if at < bytes.len() => {
                let end = (at + 1 + dice.below(32)).min(bytes.len());
                let part = bytes[at..end].repeat(1 + dice.below(8));
                bytes.splice(at..at, part);
            }
            _ => drop(bytes.splice(at..at, dice.of::<&str>(WORDS).bytes()).collect::<Vec<_>>()),
        }
    }
    bytes.truncate(longest);
    bytes
}

/// Returns a file of TOML whose lines are exchanged, removed and repeated, or have other values.
fn mutant_of_lines(seeds: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let lines_of = |seed: &[u8]| -> Vec<String> { String::from_utf8_lossy(seed).lines().map(str::to_owned).collect() };
    let mut lines = lines_of(dice.of::<Vec<u8>>(seeds));
    for _ in 0..=dice.below(6) {
        let other = lines_of(dice.of::<Vec<u8>>(seeds));
        let (at, from) = (dice.below(lines.len() + 1), dice.below(other.len() + 1));
        let end = (from + 1 + dice.below(12)).min(other.len());
        match dice.below(8) {
            0 if at < lines.len() => drop(lines.remove(at)),
            1 => drop(lines.drain(at..(at + 1 + dice.below(12)).min(lines.len()).max(at))),
            2 => drop(lines.splice(at..at, other[from..end].iter().cloned()).collect::<Vec<_>>()),
            3 if at < lines.len() => lines.insert(at, lines[at].clone()),
            4 => {
                let to = dice.below(lines.len() + 1);
                if at < lines.len() && to < lines.len() {
                    lines.swap(at, to);
                }
            }
            _ => {
                if let Some((key, value)) = lines.get(at).and_then(|line| line.split_once(" = ")) {
                    let others = other.iter().filter_map(|line| line.split_once(" = ")).collect::<Vec<_>>();
                    let (strange, known) = (*dice.of(VALUES), others.get(from).map_or(value, |(_, value)| value));
                    let named = others.get(from).map_or(key, |(key, _)| key);
                    lines[at] = match dice.below(4) {
                        0 => format!("{key} = {known}"),
                        1 => format!("{named} = {value}"),
                        2 => format!("{key} = [{value}, {strange}]"),
                        _ => format!("{key} = {strange}"),
                    };
                }
            }
        }
    }
    lines.join("\n").into_bytes()
}
