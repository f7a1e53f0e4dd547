//! Agreements of the embedded dossier, and of small invented ones.

use super::*;
use crate::formats::author::{embedded, load};
use crate::offices::Knowledge;
use crate::search::{Stop, Turns};
use crate::timeline::authored::{authored, table};

fn world() -> World {
    World::new(load(&embedded()).0)
}

fn agreement(world: &World, slug: &str) -> Agreement {
    let entity = world.dossier().find(&format!("agreement/{slug}")).unwrap();
    Agreement::of(world, entity, &mut Offices::default())
}

/// Returns the labels of the holders and their posts, with the kind of evidence.
fn in_office<'a>(world: &'a World, agreement: &Agreement) -> Vec<(&'a str, &'a str, Knowledge)> {
    let label = |entity| world.dossier().label(entity);
    let told = |holding: &Holding| (label(holding.person.unwrap()), label(holding.post), holding.state);
    agreement.in_office.iter().map(told).collect()
}

#[test]
fn agreements_stand_by_date_with_their_partners() {
    let world = world();
    let dossier = world.dossier();
    let rows: Vec<String> = in_date_order(dossier)
        .into_iter()
        .map(|entity| {
            let row = Agreement::of(&world, entity, &mut Offices::default());
            let parties: Vec<&str> = row.parties.iter().map(|party| dossier.label(party.entity)).collect();
            format!("{}: {}", parties.join(" + "), row.dates.when(dossier).unwrap())
        })
        .collect();
    assert_eq!(
        rows,
        [
            "AIIMS Kalyani + IISER Kolkata: 2020-01",
            "AIIMS Kalyani + IIIT Kalyani + NIBMG: 2021-09",
            "AIIMS Kalyani + IIT Kharagpur: 2023-07-01",
            "AIIMS New Delhi + IIT Delhi + University College London: 2024-11-22",
            "AIIMS Kalyani + Power Grid Corporation of India: 2024-12-17",
        ]
    );
}

#[test]
fn the_finest_date_of_signing_is_shown_and_all_are_kept() {
    let world = world();
    let row = agreement(&world, "mou-iit-kharagpur");
    assert_eq!((row.dates.all.len(), row.modality), (2, Modality::Actual));
    // The partnership is announced; no document says when it was signed.
    let announced = agreement(&world, "medtech-partnership").dates.best.unwrap();
    assert_eq!(world.dossier().claim(announced).property, crate::vocabulary::testing::property("announced"));
}

#[test]
fn who_led_both_parties_on_the_day_of_signing_and_was_there() {
    let world = world();
    let row = agreement(&world, "mou-iit-kharagpur");
    let led = [
        ("Ramji Singh", "Executive Director, AIIMS Kalyani", Knowledge::Attested),
        ("VK Tewari", "Director, IIT Kharagpur", Knowledge::Attested),
    ];
    let told = in_office(&world, &row);
    assert!(led.iter().all(|one| told.contains(one)), "{told:?}");
    let present: Vec<&str> = row.witnesses.iter().map(|named| world.dossier().label(named.entity)).collect();
    assert_eq!(present, ["Ramji Singh", "VK Tewari"]);
}

#[test]
fn who_was_present_stands_before_who_was_not() {
    let post = |id: &str| table("post", id, "institution = \"house\"");
    let tenure = |who: &str, post: &str, more: &str| {
        table("tenure", who, &format!("person = \"{who}\"\npost = \"{post}\"\n{more}"))
    };
    let text = [
        post("chair"),
        post("head"),
        table("person", "ann", ""),
        table("person", "bob", ""),
        tenure("ann", "chair", "start = \"2010\"\nend = \"2020\""),
        tenure("bob", "head", "start = \"2010\""),
        table("agreement", "pact", "signed = \"2015-05-05\"\nparty = \"institution/house\"\nwitness = \"tenure/bob\""),
        table("agreement", "draft", "party = { value = \"institution/house\", modality = \"planned\" }"),
    ];
    let world = authored(&text.concat());
    let pact = agreement(&world, "pact");
    let told = in_office(&world, &pact);
    assert_eq!(told, [("bob", "head", Knowledge::LastKnown), ("ann", "chair", Knowledge::Stated)]);
    let bob = world.dossier().find("person/bob");
    assert_eq!(pact.witnesses.first().map(|named| named.entity), bob, "a tenure stands for its person");
    // Without a date there is no day for which to look up holders.
    let draft = agreement(&world, "draft");
    assert_eq!((draft.dates.best, draft.modality, draft.in_office.len()), (None, Modality::Planned, 0));
    assert_eq!(in_date_order(world.dossier()).last(), Some(&draft.entity));
}

#[test]
fn the_first_agreements_are_those_of_all_until_it_is_stopped() {
    let world = world();
    let all = TABLE.build(&world, None, None).rows;
    let first =
        |most, stop: &Stop| build(&TableInput { world: &world, about: None, dates: None, number: 0, most, stop });
    for most in [0, 1, 3, all.len(), usize::MAX] {
        let first = first(most, &Stop::never());
        assert_eq!((&first.rows[..], first.total), (&all[..most.min(all.len())], all.len()), "{most}");
    }
    let turns = Turns::default();
    let stop = turns.next();
    turns.end();
    assert_eq!(first(3, &stop).rows, []);
}

#[test]
fn what_is_known_of_the_offices_of_a_party_serves_its_other_agreements() {
    let world = world();
    let mut shared = Offices::default();
    for entity in in_date_order(world.dossier()) {
        let alone = Agreement::of(&world, entity, &mut Offices::default());
        assert_eq!(Agreement::of(&world, entity, &mut shared), alone);
    }
}

#[test]
fn an_office_that_nobody_is_known_to_have_held_that_day_is_not_listed() {
    let post = |slug: &str| table("post", slug, "institution = \"institution/house\"");
    let text = [
        post("chair"),
        post("head"),
        table("person", "ann", ""),
        table("tenure", "ann", "person = \"ann\"\npost = \"chair\"\nstart = \"2020\""),
        table("agreement", "pact", "signed = \"2015-05-05\"\nparty = \"institution/house\""),
        table("agreement", "later", "signed = \"2021-05-05\"\nparty = \"institution/house\""),
    ];
    let world = authored(&text.concat());
    assert_eq!(in_office(&world, &agreement(&world, "pact")), []);
    assert_eq!(in_office(&world, &agreement(&world, "later")), [("ann", "chair", Knowledge::LastKnown)]);
}
