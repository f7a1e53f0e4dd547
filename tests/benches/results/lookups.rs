//! Answers about one thing in a `SQLite` dossier, beside the shell of `SQLite` asked for the claims of the same thing.
//!
//! Invariant: each run starts every program once, with the file in the system's cache and another thing to ask about.

use std::path::Path;
use std::process::{Command, Stdio};

use annals::store;

use crate::support::staffed::staffed;
use crate::support::terminal::Trouble;
use crate::support::times::{Times, timed};

/// The number of persons and of terms.
pub const SIZE: (usize, usize) = (20_000, 30_000);

/// The commands; `#` is the number of a person, a term, a post or an institution, of which there are fewer.
const ASKED: [(&str, &[&str]); 8] = [
    ("show", &["show", "person/person-#"]),
    ("show, a post", &["show", "post/post-#"]),
    ("show, JSON", &["show", "tenure/term-#", "--format", "json"]),
    ("names", &["names", "person/person-#"]),
    ("who", &["who", "post/post-#", "--on", "1983-05-09"]),
    ("tenures --of", &["tenures", "--of", "post/post-#"]),
    ("tenures --of, an institution", &["tenures", "--of", "institution/house-#"]),
    ("list --of", &["list", "person", "--of", "institution/house-#"]),
];

/// The times of all programs, in milliseconds.
#[derive(Default)]
pub struct Lookups {
    /// The size of the file, in megabytes.
    pub size: f64,
    /// The shell of `SQLite`; nothing if it is not installed.
    pub peer: Times,
    /// By name of the question.
    pub asked: Vec<(&'static str, Times)>,
    /// A command that reads the whole dossier.
    pub whole: Times,
}

/// Writes the dossier.
pub fn write(path: &Path, (persons, terms): (usize, usize)) -> Result<(), Trouble> {
    Ok(store::save(&staffed(persons, terms), path)?)
}

/// Measures every question `runs` times.
pub fn measure(annals: &Path, path: &Path, runs: usize) -> Result<Lookups, Trouble> {
    let mut found = Lookups { size: std::fs::metadata(path)?.len() as f64 / 1e6, ..Lookups::default() };
    found.asked = ASKED.iter().map(|(name, _)| (*name, Times::default())).collect();
    for run in 0..runs {
        // There are 200 institutions, 2,000 posts, and more of everything else.
        let number = run * 7 % 190;
        if let Some(time) = shell(path, number) {
            found.peer.add(time);
        }
        for ((_, times), (_, arguments)) in found.asked.iter_mut().zip(ASKED) {
            let arguments: Vec<String> = arguments.iter().map(|word| word.replace('#', &number.to_string())).collect();
            times.add(asked(annals, path, &arguments)?);
        }
        if run % 4 == 0 {
            found.whole.add(asked(annals, path, &["list", "institution"].map(str::to_owned))?);
        }
    }
    Ok(found)
}

fn asked(annals: &Path, path: &Path, arguments: &[String]) -> Result<std::time::Duration, Trouble> {
    let mut command = Command::new(annals);
    command.arg("--dossier").arg(path).args(arguments).stdin(Stdio::null()).stderr(Stdio::null());
    let (time, output) = timed(|| command.output());
    let output = output?;
    if output.status.success() && !output.stdout.is_empty() {
        return Ok(time);
    }
    Err(format!("no answer to: {}", arguments.join(" ")).into())
}

/// Asks the shell of `SQLite`; `None` if it is not installed.
fn shell(path: &Path, number: usize) -> Option<std::time::Duration> {
    let mut command = Command::new("sqlite3");
    command.arg(path).arg(format!("select * from claim where subject = 'person/person-{number}'"));
    let (time, output) = timed(|| command.stdin(Stdio::null()).output());
    output.ok().filter(|output| output.status.success() && !output.stdout.is_empty()).map(|_| time)
}
