//! Differences of the embedded dossier worked out by hand, of small invented dossiers for each rule, and of
//! random ones compared with a scan of their claims.

mod random;
mod rules;

use super::*;
use crate::formats::author::{embedded, load};
use crate::present::difference_text;
use crate::vocabulary::testing::{kind, property, seeds};

fn world() -> World {
    World::new(load(&embedded()).0)
}

fn moment(text: &str) -> Moment {
    Moment::parse(text, None).unwrap()
}

fn between(world: &World, from: &str, to: &str) -> Difference {
    difference(world, moment(from), moment(to)).unwrap()
}

/// Returns the changes of one part as short texts: `began? 2022 Ward: beds · before > after [planned]`.
fn told(world: &World, found: &Difference, part: Part) -> Vec<String> {
    let one = |change: &Change| {
        let words = |answer| difference_text::answer(world, answer);
        let open = if change.certainty == Certainty::Possible { "?" } else { "" };
        let when = change.when.as_ref().map_or("-", When::edtf);
        let id = world.dossier().id(change.subject);
        let property = change
            .property
            .map(|property| format!(" {}", world.dossier().vocabulary().name(property)))
            .unwrap_or_default();
        let (sign, before, after) = (change.sign.as_str(), words(&change.before), words(&change.after));
        let mark = if change.modality == Modality::Actual { "" } else { change.modality.as_str() };
        format!("{sign}{open} {when} {id}{property}: {before} > {after} {mark}").trim_end().to_owned()
    };
    found.changes.iter().filter(|change| change.part == part).map(one).collect()
}

fn four_years(part: Part) -> Vec<String> {
    let world = world();
    told(&world, &between(&world, "2021", "2025"), part)
}

#[test]
fn both_offices_of_the_institute_changed_hands_between_2021_and_2025() {
    assert_eq!(
        four_years(Part::Offices),
        [
            "changed 2025-08 post/kalyani-president: Chitra Sarkar (last known) > Yogendra Kumar Gupta (last known)",
            "changed 2025-09-22 post/kalyani-director: Ramji Singh (attested) > Arvind Sinha (last known)",
        ]
    );
}

#[test]
fn what_opened_between_2021_and_2025() {
    assert_eq!(
        four_years(Part::Section(seeds().section(CoreKind::Institution.into()))),
        [
            "began 2021-01-27 facility/kalyani-opd opened:  > opened",
            "began 2021-03 facility/kalyani-library opened:  > opened",
            "began 2021-03-08 facility/kalyani-library inaugurated:  > inaugurated",
            "began 2021-03-27 facility/kalyani-library-services operational:  > operational",
            "began 2024-02-26 facility/kalyani-ipd inaugurated:  > inaugurated",
            "began 2025-11 institution/school-for-skills operational:  > operational planned",
            // "By 1 July 2023" is before the day, "from 1 July 2023 on" behind it.
            "began? [..2023-07-01] facility/mookerjee-opd operational:  > operational",
            "began? [..2023-07-01] facility/mookerjee-hospital operational:  > operational",
            "began? [2023-07-01..] facility/mookerjee-ipd operational:  > operational planned",
        ]
    );
}

#[test]
fn programmes_agreements_and_events_between_2021_and_2025() {
    assert_eq!(
        four_years(Part::Section(seeds().section(kind("programme")))),
        [
            // The document has no date, so that these may be two promises.
            "began 2021/2022 programme/roy-medical-courses start:  > begins planned",
            "began 2021-11 programme/roy-medical-courses start:  > begins planned",
            "began 2022-03-01 programme/kalyani-bsc-nursing inaugurated:  > inaugurated — its first academic session",
        ]
    );
    assert_eq!(
        four_years(Part::Agreements),
        [
            "began 2021-09 agreement/mou-nibmg-iiit-kalyani signed:  > signed",
            "began 2023-07-01 agreement/mou-iit-kharagpur signed:  > signed",
            "began 2024-11-22 agreement/medtech-partnership announced:  > announced",
            "began 2024-12-17 agreement/mou-power-grid signed:  > signed",
        ]
    );
    assert_eq!(
        four_years(Part::Events),
        [
            "began 2022-05-20 event/police-report-2022 when:  >",
            "began 2022-11 event/postgraduate-permission when:  >",
            "began 2023-08 event/msc-nursing-start when:  >",
            "began 2024 event/swasthya-sathi-request when:  >",
            "began 2025-01 event/super-specialty-start when:  >",
            "began 2025-01 event/phd-start when:  >",
            "began? [..2021-11] event/medical-courses-declared when:  >",
            "began? [..2022-05-20] event/sariful-complaint when:  >",
            "began? [2022-05-20..] event/relatives-questioned when:  >",
            "began? [..2025-11] event/school-for-skills-launch when:  >",
        ]
    );
}

#[test]
fn figures_that_came_in_between_2021_and_2025() {
    assert_eq!(
        four_years(Part::Figures),
        [
            "began 2022-11 event/postgraduate-permission seats:  > 26 seats",
            "began 2023-08 event/msc-nursing-start seats:  > 4 seats",
            "began 2024-12-17 agreement/mou-power-grid equipment:  > 6 anaesthesia workstations planned",
            "began 2024-12-17 agreement/mou-power-grid equipment:  > 10 operation tables planned",
            "began 2024-12-17 agreement/mou-power-grid cost:  > ₹5.37 crore",
            "began 2025-01 event/super-specialty-start seats:  > 8 seats",
            "began 2025-11 institution/school-for-skills intake:  > 150 students/year planned",
            // Counts as of a day; the documents do not tell since when.
            "began? 2022 facility/mookerjee-general-wards beds:  > 160 beds",
            "began? 2022 facility/mookerjee-icu beds:  > 90 beds",
            "began? 2022 facility/mookerjee-icu donated-beds:  > 44 beds",
            "began? 2022 facility/mookerjee-hospital beds:  > 250 beds",
            "began? 2022 facility/mookerjee-hospital cribs:  > 10 cribs",
            "began? 2024-02-26 facility/kalyani-ipd beds:  > 360 beds",
            "began? 2024-02-26 facility/kalyani-icu beds:  > 18 beds",
            // Figures without a date of their own, of agreements that began in between.
            "began? - programme/kalyani-bsc-nursing seats:  > 60 seats",
            "began? - facility/kalyani-library area:  > 2608.596 ft²",
            "began? - facility/kalyani-library floors:  > 3 floors",
            "began? - facility/kalyani-library capacity:  > 250 people",
            "began? - facility/kalyani-library books:  > 800 books",
            "began? - facility/kalyani-opd beds:  > 40 beds",
            "began? - facility/kalyani-opd departments:  > 8 departments",
        ]
    );
}

#[test]
fn seats_rose_from_50_to_125_in_2020() {
    let world = world();
    let seats = |from, to| {
        let figures = told(&world, &between(&world, from, to), Part::Figures);
        figures.into_iter().filter(|line| line.contains("kalyani-mbbs seats")).collect::<Vec<_>>()
    };
    assert_eq!(seats("2019-12-31", "2020"), ["changed 2020 programme/kalyani-mbbs seats: 50 seats > 125 seats"]);
    // On 1 January 2019 the 50 of that year may not have been in force yet.
    assert_eq!(seats("2019", "2020"), ["changed 2020 programme/kalyani-mbbs seats: 50 seats (possible) > 125 seats"]);
    assert_eq!(seats("2018", "2019"), ["began? 2019 programme/kalyani-mbbs seats:  > 50 seats"]);
    // In the middle of the year the 125 may already have been in force.
    let middle = "changed? 2020 programme/kalyani-mbbs seats: 50 seats or 125 seats (possible) > 125 seats";
    assert_eq!(seats("2020-06-15", "2021"), [middle]);
    assert!(seats("2021", "2025").is_empty());
}

#[test]
fn terms_between_the_two_days_are_reported() {
    let world = world();
    assert_eq!(
        told(&world, &between(&world, "2019", "2025"), Part::Offices),
        [
            "ended 2019-03 tenure/dipika-deka-director end:  > ends — by resignation",
            "began 2020-03 tenure/ramji-singh-director start:  > begins",
            "changed 2025-08 post/kalyani-president: Chitra Sarkar (last known) > Yogendra Kumar Gupta (last known)",
            "began 2025-09-22 post/kalyani-director: not known > Arvind Sinha (last known)",
        ]
    );
}

#[test]
fn a_vacant_post_that_is_filled_began() {
    let world = world();
    assert_eq!(
        told(&world, &between(&world, "2019-09-15", "2021"), Part::Offices),
        ["began 2020-03 post/kalyani-director: vacant, inferred > Ramji Singh (attested)"]
    );
}

#[test]
fn happenings_of_the_first_day_count_if_a_month_or_a_year_is_asked_for() {
    let world = world();
    let opd = "began 2021-01-27 facility/kalyani-opd opened:  > opened".to_owned();
    for (from, to, expected) in [
        ("2021-01-26", "2021-01-27", true),
        ("2021-01-27", "2021-01-28", false),
        ("2021-01", "2021-01", true),
        ("2021", "2021-01-26", false),
        ("2020", "2021-01-27", true),
        ("2021-02", "2021", false),
    ] {
        let services =
            told(&world, &between(&world, from, to), Part::Section(seeds().section(CoreKind::Institution.into())));
        assert_eq!(services.contains(&opd), expected, "{from} {to}");
    }
}

#[test]
fn claims_of_one_date_are_one_happening_and_different_dates_are_several() {
    let world = world();
    let of = |year: &str, property| {
        let found = between(&world, year, year);
        let kalyani = world.dossier().find("institution/aiims-kalyani").unwrap();
        let changes = found.changes.into_iter();
        let changes = changes.filter(|change| change.subject == kalyani && change.property == Some(property));
        changes.map(|change| (change.when.unwrap().edtf().to_owned(), change.claims.len())).collect::<Vec<_>>()
    };
    // "2014" and "July 2014".
    assert_eq!(of("2014", property("announced")), [("2014-07".into(), 2)]);
    assert_eq!(of("2015", property("approved")), [("2015-10-07".into(), 1)]);
}

#[test]
fn the_later_day_is_cut_to_the_horizon_unless_both_are_beyond_it() {
    let world = world();
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    for (from, to, b, horizon) in [
        ("2021", "2030", "2025-11-30", Some("2025-11-30")),
        ("2021", "2025-11", "2025-11-30", None),
        ("2025-11-30", "2026", "2025-11-30", Some("2025-11-30")),
        ("2026", "2030", "2030-12-31", None),
    ] {
        let found = between(&world, from, to);
        assert_eq!((found.b, found.horizon()), (day(b), horizon.map(day)), "{from} {to}");
    }
    assert_eq!(between(&world, "2021", "2030").changes, between(&world, "2021", "2025-11").changes);
}

#[test]
fn reversed_dates_are_refused() {
    let error = difference(&world(), moment("2021"), moment("2020-12")).unwrap_err();
    assert_eq!(error.to_string(), "2020-12 lies before 2021; expected the earlier date first");
    // A day of a year lies after the first day of that year.
    assert!(difference(&world(), moment("2021"), moment("2021-01-01")).is_ok());
    assert!(difference(&world(), moment("2021-06-15"), moment("2021")).is_ok());
}
