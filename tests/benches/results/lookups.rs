//! Answers about one thing in a `SQLite` dossier, beside the shell of `SQLite` asked for the rows of the same answer.
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

/// A question, and how the same is asked of `SQLite`.
struct Question {
    name: &'static str,
    /// `#` is the number of a person, a term, a post or an institution, of which there are fewer.
    arguments: &'static [&'static str],
    /// A query by indexes that returns the rows from which the answer is made.
    sql: &'static str,
}

/// The claims about the terms at a post.
const TERMS: &str = "select said.* from claim term join claim said on said.subject = term.subject
    where term.value_entity = 'post/post-#' and term.property = 'post'";

/// The claims about the terms at the posts of an institution.
const TERMS_OF_HOUSE: &str = "select said.* from claim post
    join claim term on term.value_entity = post.subject and term.property = 'post'
    join claim said on said.subject = term.subject
    where post.value_entity = 'institution/house-#' and post.property = 'institution'";

/// The persons of these terms, with all posts that each of them held and the institutions of these, by which the answer
/// is grouped. The order of the tables is that of the loops: in another they take longer.
const PERSONS_OF_HOUSE: &str = "select distinct person.id, person.label, office.label, house.label from claim post
    cross join claim term on term.value_entity = post.subject and term.property = 'post'
    cross join claim held on held.subject = term.subject and held.property = 'person'
    cross join entity person on person.id = held.value_entity
    cross join claim other on other.value_entity = person.id and other.property = 'person'
    cross join claim at on at.subject = other.subject and at.property = 'post'
    cross join entity office on office.id = at.value_entity
    cross join claim part on part.subject = office.id and part.property = 'institution'
    cross join entity house on house.id = part.value_entity
    where post.value_entity = 'institution/house-#' and post.property = 'institution'";

const PERSON: &str = "select * from claim where subject = 'person/person-#'";

const ASKED: [Question; 9] = [
    Question { name: "show", arguments: &["show", "person/person-#"], sql: PERSON },
    Question {
        name: "show, a post",
        arguments: &["show", "post/post-#"],
        sql: "select * from claim where subject = 'post/post-#' or value_entity = 'post/post-#'",
    },
    Question {
        name: "show, JSON",
        arguments: &["show", "tenure/term-#", "--format", "json"],
        sql: "select * from claim where subject = 'tenure/term-#'",
    },
    Question {
        name: "names",
        arguments: &["names", "person/person-#"],
        sql: "select * from name where entity = 'person/person-#'",
    },
    Question { name: "who", arguments: &["who", "post/post-#", "--on", "1983-05-09"], sql: TERMS },
    Question { name: "tenures --of", arguments: &["tenures", "--of", "post/post-#"], sql: TERMS },
    Question {
        name: "tenures --of, an institution",
        arguments: &["tenures", "--of", "institution/house-#"],
        sql: TERMS_OF_HOUSE,
    },
    Question {
        name: "list --of",
        arguments: &["list", "person", "--of", "institution/house-#"],
        sql: PERSONS_OF_HOUSE,
    },
    // A search among all names has no equal: the claims of one of those that it finds.
    Question { name: FIND, arguments: &["find", "banerjee", "#"], sql: PERSON },
];

/// The question that is answered by the name index.
pub const FIND: &str = "find, with its index";

/// The times of a question, in milliseconds.
pub struct Asked {
    pub name: &'static str,
    pub own: Times,
    /// Of the shell of `SQLite`; none if it is not installed.
    pub peer: Times,
}

impl Asked {
    /// Returns the median divided by that of the shell.
    pub fn ratio(&self) -> Option<f64> {
        Some(self.own.median()? / self.peer.median()?)
    }
}

/// The times of all questions.
#[derive(Default)]
pub struct Lookups {
    /// The size of the file, in megabytes.
    pub size: f64,
    pub asked: Vec<Asked>,
    /// The times of a command that reads the whole dossier, in milliseconds.
    pub whole: Times,
}

/// Writes the dossier.
pub fn write(path: &Path, (persons, terms): (usize, usize)) -> Result<(), Trouble> {
    Ok(store::save(&staffed(persons, terms), path)?)
}

/// Measures every question `runs` times.
pub fn measure(annals: &Path, path: &Path, runs: usize) -> Result<Lookups, Trouble> {
    asked(annals, path, &["index".to_owned()])?;
    let mut found = Lookups { size: std::fs::metadata(path)?.len() as f64 / 1e6, ..Lookups::default() };
    let blank = |name| Asked { name, own: Times::default(), peer: Times::default() };
    found.asked = ASKED.iter().map(|question| blank(question.name)).collect();
    for run in 0..runs {
        // There are 200 institutions, 2,000 posts, and more of everything else.
        let number = (run * 7 % 190).to_string();
        for (times, question) in found.asked.iter_mut().zip(&ASKED) {
            if let Some(time) = shell(path, &question.sql.replace('#', &number)) {
                times.peer.add(time);
            }
            let arguments: Vec<String> = question.arguments.iter().map(|word| word.replace('#', &number)).collect();
            times.own.add(asked(annals, path, &arguments)?);
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

/// Asks the shell of `SQLite`; `None` if it is not installed, or finds nothing.
fn shell(path: &Path, sql: &str) -> Option<std::time::Duration> {
    let mut command = Command::new("sqlite3");
    command.arg(path).arg(sql);
    let (time, output) = timed(|| command.stdin(Stdio::null()).output());
    output.ok().filter(|output| output.status.success() && !output.stdout.is_empty()).map(|_| time)
}
