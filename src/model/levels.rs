//! The levels of study in the order in which they are read, and which go into one column.
//!
//! Invariant: a level is written in the table as it folds; a level that the table does not
//! know has a column of its own.

use crate::text::fold::fold;

/// Headings in order, each with the levels that it gathers.
const LEVELS: &[(&str, &[&str])] = &[
    ("PhD", &["phd"]),
    ("DM", &["dm"]),
    ("MCh", &["mch"]),
    ("MD", &["md"]),
    ("MS", &["ms"]),
    ("MDS", &["mds"]),
    ("MSc", &["msc"]),
    ("PDCC", &["pdcc"]),
    ("UG", &["ug", "undergraduate", "mbbs", "bds", "bsc", "diploma"]),
];

/// The heading over programmes without a level.
pub const NO_LEVEL: &str = "no level";

/// Returns the heading of a level; the level as written if the table does not have it.
pub fn heading(level: Option<&str>) -> String {
    let Some(level) = level else { return NO_LEVEL.to_owned() };
    known(level).map_or_else(|| level.to_owned(), |(_, heading)| heading.to_owned())
}

/// Returns a key that sorts headings: those of the table first, then others, then no level.
pub fn sort_key(heading: &str) -> (usize, String) {
    let at = LEVELS.iter().position(|(known, _)| *known == heading);
    let unknown = if heading == NO_LEVEL { LEVELS.len().saturating_add(1) } else { LEVELS.len() };
    (at.unwrap_or(unknown), fold(heading))
}

/// Returns the headings of the levels that a remark names in capitals ("in MD, MS and MDS"), in order.
pub fn named_in(remark: &str) -> Vec<&'static str> {
    let words = remark.split(|c: char| !(c.is_alphanumeric() || c == '.'));
    let capital = words.filter(|word| word.chars().any(char::is_uppercase));
    let mut found: Vec<(usize, &str)> = capital.filter_map(known).collect();
    found.sort_unstable();
    found.dedup();
    found.into_iter().map(|(_, heading)| heading).collect()
}

fn known(level: &str) -> Option<(usize, &'static str)> {
    let folded = fold(level);
    let mut levels = LEVELS.iter().enumerate();
    levels.find(|(_, (_, levels))| levels.contains(&folded.as_str())).map(|(at, &(heading, _))| (at, heading))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_goes_under_its_heading_however_it_is_written() {
        for (level, under) in
            [("Ph.D.", "PhD"), ("M.Ch.", "MCh"), ("B.Sc.", "UG"), ("MBBS", "UG"), ("Certificate", "Certificate")]
        {
            assert_eq!(heading(Some(level)), under);
        }
        assert_eq!(heading(None), NO_LEVEL);
    }

    #[test]
    fn the_table_comes_first_and_no_level_last() {
        let mut headings = [NO_LEVEL, "Zen", "UG", "Certificate", "PhD", "DM"];
        headings.sort_by_key(|heading| sort_key(heading));
        assert_eq!(headings, ["PhD", "DM", "UG", "Certificate", "Zen", NO_LEVEL]);
    }

    #[test]
    fn levels_are_read_from_a_remark_but_not_from_its_small_words() {
        assert_eq!(named_in("15 MD, 5 MS (items 1 to 20) and 2 MDS"), ["MD", "MS", "MDS"]);
        assert_eq!(named_in("the ms of the diploma list"), Vec::<&str>::new());
        assert_eq!(named_in("MDS and M.D."), ["MD", "MDS"]);
    }

    #[test]
    fn every_level_is_written_as_it_folds() {
        for (heading, levels) in LEVELS {
            for level in *levels {
                assert_eq!(fold(level), *level, "{heading}");
            }
        }
    }
}
