//! What the embedded dossier has to answer about offices.

use super::*;
use crate::formats::author::{embedded, load};
use crate::timeline::authored::{authored, table};

fn catalogue() -> Catalogue {
    Catalogue::new(load(&embedded()).0)
}

fn id(catalogue: &Catalogue, id: &str) -> EntityId {
    catalogue.dossier().find(id).unwrap()
}

fn names(catalogue: &Catalogue, offices: &[Office]) -> Vec<String> {
    offices.iter().map(|office| catalogue.dossier().id(office.post).trim_start_matches("post/").to_owned()).collect()
}

#[test]
fn the_director_of_kalyani_on_three_days_is_three_kinds_of_answer() {
    let catalogue = catalogue();
    let director = id(&catalogue, "post/kalyani-director");
    for (date, answer, why, keys) in [
        (
            "2019-09-15",
            "vacant",
            "Dipika Deka's term ends 2019-03; Ramji Singh's term starts 2020-03; nobody is stated in between.",
            &["C"][..],
        ),
        (
            "2021-06-01",
            "Ramji Singh attested",
            "Ramji Singh's term starts 2020-03; seen in office 2021-03-08; seen in office 2023-07-01.",
            &["A", "C"],
        ),
        (
            "2025-01-01",
            "Ramji Singh assumed",
            "Ramji Singh's term starts 2020-03; seen in office 2023-07-01; no end is stated; Arvind Sinha's term starts 2025-09-22.",
            &["A", "C"],
        ),
    ] {
        let answers = holders_on(&catalogue, director, day(date));
        assert_eq!(show(&catalogue, &answers), answer, "{date}");
        assert_eq!(answers[0].why, why);
        assert_eq!(crate::graph::slots::source_keys(catalogue.dossier(), &answers[0].proof), keys, "{date}");
    }
}

#[test]
fn the_vacancy_is_proved_by_what_its_sentence_says_of_the_post_too() {
    let catalogue = catalogue();
    let director = id(&catalogue, "post/kalyani-director");
    let gap = &holders_on(&catalogue, director, day("2019-09-15"))[0];
    let of_post = gap.proof.iter().filter(|&&claim| catalogue.dossier().claim(claim).subject == director);
    assert_eq!((of_post.count(), gap.proof.len(), gap.basis), (1, 3, Basis::Inferred));
}

#[test]
fn other_offices_answer_as_far_as_they_are_borne_out() {
    let catalogue = catalogue();
    for (post, date, answer) in [
        ("kalyani-president", "2021-06-15", "Chitra Sarkar assumed"),
        ("kalyani-president", "2025-10-01", "Yogendra Kumar Gupta assumed"),
        ("kalyani-director", "2025-09-10", "Ramji Singh assumed"),
        ("kalyani-director", "2025-09-22", "Arvind Sinha stated"),
        ("kalyani-director", "2030-01-01", "not known"),
        ("kalyani-director", "2018-06-01", "not known"),
        ("iit-kharagpur-director", "2023-07-01", "VK Tewari attested"),
        ("iit-kharagpur-director", "2023-08-01", "not known"),
        ("prime-minister", "1957-06-01", "Jawaharlal Nehru attested?"),
        ("high-court-justice", "2024-01-01", "not known"),
        ("health-secretary", "2018-01-24", "not known"),
    ] {
        let post = id(&catalogue, &format!("post/{post}"));
        let answers = holders_on(&catalogue, post, day(date));
        assert_eq!(show(&catalogue, &answers), answer, "{} {date}: {}", catalogue.dossier().id(post), answers[0].why);
        assert!(answers.iter().all(|answer| !answer.why.is_empty()));
    }
}

#[test]
fn an_institution_has_its_own_offices_and_those_of_its_parts() {
    let catalogue = catalogue();
    let offices = |of: &str| names(&catalogue, &offices_of(&catalogue, id(&catalogue, of)));
    let kalyani = offices("institution/aiims-kalyani");
    assert_eq!(kalyani, ["kalyani-director", "kalyani-president", "kalyani-physiology-assistant-professor"]);
    assert_eq!(offices("institution/iit-kharagpur"), ["iit-kharagpur-director", "roy-institute-principal"]);
    assert_eq!(offices("institution/nibmg"), Vec::<String>::new());
}

#[test]
fn an_office_is_found_by_the_words_people_use() {
    let catalogue = catalogue();
    for (words, post) in [
        ("AIIMS Kalyani director", "kalyani-director"),
        ("executive director kalyani", "kalyani-director"),
        ("Director of AIIMS Kalyani", "kalyani-director"),
        ("iit kharagpur director", "iit-kharagpur-director"),
        ("post/kalyani-president", "kalyani-president"),
        ("kalyani-president", "kalyani-president"),
        ("BCRMMRC principal", "roy-institute-principal"),
        ("principal of the roy institute", "roy-institute-principal"),
        ("kalyani presdent", "kalyani-president"),
        ("prime minister", "prime-minister"),
    ] {
        let Ok(Found::Post(found)) = find_offices(&catalogue, words) else {
            panic!("{words}: {:?}", find_offices(&catalogue, words));
        };
        assert_eq!(names(&catalogue, &[found]), [post], "{words}");
    }
}

#[test]
fn the_name_of_an_institution_means_all_of_its_offices() {
    let catalogue = catalogue();
    for words in ["AIIMS Kalyani", "kalyani", "institution/aiims-kalyani", "aiims kalyani kind:institution"] {
        let Ok(Found::Institution(house, offices)) = find_offices(&catalogue, words) else {
            panic!("{words}: {:?}", find_offices(&catalogue, words));
        };
        assert_eq!((catalogue.dossier().id(house), offices.len()), ("institution/aiims-kalyani", 3), "{words}");
    }
}

#[test]
fn words_that_fit_several_offices_give_a_list() {
    let catalogue = catalogue();
    for (words, least) in [("director", 3), ("president", 3), ("AIIMS", 2)] {
        let Ok(Found::Several(found)) = find_offices(&catalogue, words) else {
            panic!("{words}: {:?}", find_offices(&catalogue, words));
        };
        assert!(found.len() >= least, "{words}: {}", found.len());
    }
    for words in ["", "zzqx", "Ramji Singh", "  "] {
        assert_eq!(find_offices(&catalogue, words), Ok(Found::Nothing), "{words}");
    }
    assert!(find_offices(&catalogue, "knd:post x").is_err());
}

#[test]
fn the_exact_name_of_one_house_is_not_that_of_another_which_begins_so() {
    let post = |id: &str, of: &str| table("post", id, &format!("institution = \"{of}\""));
    let text = [
        table("institution", "harbour", ""),
        table("institution", "harbour-east", ""),
        post("pilot", "harbour"),
        post("warden", "harbour-east"),
    ];
    let catalogue = authored(&text.concat());
    let found = |words: &str| match find_offices(&catalogue, words) {
        Ok(Found::Institution(house, offices)) => format!("{} {}", catalogue.dossier().id(house), offices.len()),
        other => format!("{other:?}"),
    };
    assert_eq!(found("Harbour"), "institution/harbour 1");
    assert_eq!(found("harbour east"), "institution/harbour-east 1");
}

#[test]
fn a_post_that_names_no_house_belongs_where_it_is_held() {
    let text = [
        table("institution", "harbour", "parent = \"institution/house\""),
        table("post", "pilot", ""),
        table("post", "warden", "institution = \"house\""),
        table("tenure", "one", "post = \"pilot\"\ninstitution = \"harbour\""),
        table("tenure", "two", "post = \"warden\"\ninstitution = \"harbour\""),
    ];
    let catalogue = authored(&text.concat());
    let offices = offices_of(&catalogue, id(&catalogue, "institution/house"));
    let of = |office: &Office| catalogue.dossier().label(office.institution.unwrap()).to_owned();
    assert_eq!(names(&catalogue, &offices), ["warden", "pilot"]);
    assert_eq!(offices.iter().map(of).collect::<Vec<_>>(), ["House", "harbour"]);
}
