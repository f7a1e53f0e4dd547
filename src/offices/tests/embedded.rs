//! Answers about the offices of the embedded dossier.

use super::*;
use crate::formats::author::{embedded, load};
use crate::timeline::authored::{authored, table};

fn graph() -> Graph {
    Graph::new(load(&embedded()).0)
}

fn id(graph: &Graph, id: &str) -> EntityId {
    graph.dossier().find(id).unwrap()
}

fn names(graph: &Graph, offices: &[Office]) -> Vec<String> {
    offices.iter().map(|office| graph.dossier().id(office.post).trim_start_matches("post/").to_owned()).collect()
}

#[test]
fn the_director_of_kalyani_is_known_differently_on_three_days() {
    let graph = graph();
    let director = id(&graph, "post/kalyani-director");
    for (date, answer, why, keys) in [
        (
            "2019-09-15",
            "vacant",
            "The post is taken to be vacant 2019-03 – 2020-03; The resignation left it open; the next appointment is that of March 2020.",
            &["C"][..],
        ),
        (
            "2021-06-01",
            "Ramji Singh attested",
            "Ramji Singh's term starts March 2020; seen in office 8 March 2021; seen in office 1 July 2023.",
            &["A", "C"],
        ),
        (
            "2025-01-01",
            "Ramji Singh last known",
            "Ramji Singh's term starts March 2020; last seen 1 July 2023; next named, from 22 September 2025, Arvind Sinha; whether until then is not known.",
            &["A", "C"],
        ),
        (
            "2025-11-01",
            "Arvind Sinha last known",
            "Arvind Sinha is in office since 22 September 2025; no end is stated.",
            &["C"],
        ),
    ] {
        let answers = holders_on(&graph, director, day(date));
        assert_eq!(show(&graph, &answers), answer, "{date}");
        assert_eq!(answers[0].why, why);
        assert_eq!(crate::graph::slots::source_keys(graph.dossier(), &answers[0].proof), keys, "{date}");
    }
}

#[test]
fn the_proof_of_a_vacancy_is_what_is_said_of_the_post() {
    let graph = graph();
    let director = id(&graph, "post/kalyani-director");
    let gap = &holders_on(&graph, director, day("2019-09-15"))[0];
    let of_post = gap.proof.iter().filter(|&&claim| graph.dossier().claim(claim).subject == director);
    assert_eq!((of_post.count(), gap.proof.len(), gap.basis), (1, 1, Basis::Inferred));
}

#[test]
fn other_offices_are_answered_as_far_as_the_documents_tell() {
    let graph = graph();
    for (post, date, answer) in [
        ("kalyani-president", "2018-10-31", "not known"),
        ("kalyani-president", "2018-11-15", "Chitra Sarkar stated?"),
        ("kalyani-president", "2021-06-15", "Chitra Sarkar last known"),
        ("kalyani-president", "2025-10-01", "Yogendra Kumar Gupta last known"),
        ("kalyani-director", "2025-09-10", "Ramji Singh last known"),
        ("kalyani-director", "2025-09-22", "Arvind Sinha stated"),
        ("kalyani-director", "2030-01-01", "not known"),
        ("kalyani-director", "2018-06-01", "not known"),
        ("iit-kharagpur-director", "2023-06-30", "not known"),
        ("iit-kharagpur-director", "2023-07-01", "VK Tewari attested"),
        ("iit-kharagpur-director", "2023-08-01", "VK Tewari last known"),
        ("iit-kharagpur-director", "2025-11-30", "Suman Chakraborty last known, VK Tewari last known"),
        ("prime-minister", "1957-06-01", "Jawaharlal Nehru attested?"),
        ("prime-minister", "2024-02-25", "Jawaharlal Nehru last known"),
        ("prime-minister", "2024-02-27", "Narendra Modi last known"),
        ("chief-minister", "1960-01-01", "Bidhan Chandra Roy last known"),
        ("education-secretary", "2021-11-29", "not known"),
        ("education-secretary", "2021-11-30", "Amit Khare last known"),
        ("roy-institute-principal", "2021-12-31", "not known"),
        ("roy-institute-principal", "2023-01-01", "Soumen Das attested?"),
        ("medical-innovation-head", "2024-11-22", "Alok Thakar attested"),
        ("medical-innovation-head", "2024-11-23", "Alok Thakar last known"),
        ("high-court-justice", "2024-01-01", "not known"),
        ("health-secretary", "2018-01-24", "not known"),
    ] {
        let post = id(&graph, &format!("post/{post}"));
        let answers = holders_on(&graph, post, day(date));
        assert_eq!(show(&graph, &answers), answer, "{} {date}: {}", graph.dossier().id(post), answers[0].why);
        assert!(answers.iter().all(|answer| !answer.why.is_empty()));
    }
}

#[test]
fn of_a_month_or_year_in_part_held_it_says_so() {
    let graph = graph();
    for (post, when, answer) in [
        ("kalyani-director", "2021", "Ramji Singh attested"),
        ("kalyani-director", "2021-03", "Ramji Singh attested"),
        ("kalyani-director", "2020-03", "Ramji Singh attested/"),
        ("kalyani-director", "2020", "Ramji Singh attested/, vacant/"),
        ("kalyani-director", "2019", "Dipika Deka stated/, vacant/"),
        ("kalyani-director", "2023", "Ramji Singh attested/"),
        ("kalyani-director", "2024", "Ramji Singh last known"),
        ("kalyani-director", "2025", "Arvind Sinha stated/, Ramji Singh last known?"),
        ("kalyani-president", "2018-11", "Chitra Sarkar stated/"),
        ("kalyani-president", "2017", "not known"),
        ("prime-minister", "1957", "Jawaharlal Nehru attested/"),
    ] {
        let answers = holders_when(&graph, id(&graph, &format!("post/{post}")), &When::parse(when).unwrap());
        assert_eq!(show(&graph, &answers), answer, "{post} {when}");
    }
}

#[test]
fn a_holding_has_the_weakest_basis_of_its_claims() {
    let graph = graph();
    for (post, date, basis, words) in [
        ("kalyani-director", "2021-06-01", Basis::Stated, "attested"),
        ("kalyani-director", "2019-06-01", Basis::Inferred, "vacant, inferred"),
        ("kalyani-president", "2021-06-01", Basis::Stated, "last known"),
        ("health-minister", "1994-06-01", Basis::Inferred, "attested, inferred"),
        ("roy-institute-principal", "2023-06-01", Basis::Inferred, "attested, inferred"),
        ("education-secretary", "2023-06-01", Basis::Inferred, "last known, inferred"),
    ] {
        let answer = &holders_on(&graph, id(&graph, &format!("post/{post}")), day(date))[0];
        assert_eq!((answer.basis, &*answer.state.words(answer.basis)), (basis, words), "{post}");
    }
}

#[test]
fn an_institution_has_its_own_offices_and_those_of_its_children() {
    let graph = graph();
    let offices = |of: &str| names(&graph, &offices_of(&graph, id(&graph, of)));
    let kalyani = offices("institution/aiims-kalyani");
    assert_eq!(kalyani, ["kalyani-director", "kalyani-president", "kalyani-physiology-assistant-professor"]);
    assert_eq!(offices("institution/iit-kharagpur"), ["iit-kharagpur-director", "roy-institute-principal"]);
    assert_eq!(offices("institution/nibmg"), Vec::<String>::new());
}

#[test]
fn a_post_without_an_institution_belongs_to_those_of_its_tenures() {
    let text = [
        table("institution", "harbour", "parent = \"institution/house\""),
        table("post", "pilot", ""),
        table("post", "warden", "institution = \"house\""),
        table("tenure", "one", "post = \"pilot\"\ninstitution = \"harbour\""),
        table("tenure", "two", "post = \"warden\"\ninstitution = \"harbour\""),
    ];
    let graph = authored(&text.concat());
    let offices = offices_of(&graph, id(&graph, "institution/house"));
    let of = |office: &Office| graph.dossier().label(office.institution.unwrap()).to_owned();
    assert_eq!(names(&graph, &offices), ["warden", "pilot"]);
    assert_eq!(offices.iter().map(of).collect::<Vec<_>>(), ["House", "harbour"]);
}
