//! The tables on small invented dossiers, and on the embedded one.

#![expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

use super::*;
use crate::formats::author::{embedded, load};
use crate::graph::slots::source_keys;
use crate::model::{Builder, Document, DocumentId, EntityId, Kind, Meta, Modality, NameKind, Property, Spot};
use crate::offices::{Holding, State};
use crate::search::{Stop, Turns};
use crate::timeline::World;
use crate::timeline::authored::{authored, table};
use proptest::prelude::*;

fn world() -> World {
    World::new(load(&embedded()).0)
}

fn agreement(world: &World, slug: &str) -> Agreement {
    let id = world.dossier().find(&format!("agreement/{slug}")).unwrap();
    agreements(world).into_iter().find(|row| row.entity == id).unwrap()
}

#[test]
fn agreements_stand_by_date_with_their_partners() {
    let world = world();
    let dossier = world.dossier();
    let rows: Vec<String> = agreements(&world)
        .iter()
        .map(|row| {
            let parties: Vec<&str> = row.parties.iter().map(|party| dossier.label(party.entity)).collect();
            format!("{}: {}", parties.join(" + "), row.when(dossier).unwrap())
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
    assert_eq!(row.dates.len(), 2);
    assert_eq!(row.sources, ["A", "C"]);
    assert_eq!(row.modality, Modality::Actual);
    // The partnership is announced; no document says when it was signed.
    let announced = agreement(&world, "medtech-partnership").date.unwrap();
    assert_eq!(world.dossier().claim(announced).property, Property::Announced);
}

#[test]
fn who_led_both_parties_on_the_day_of_signing() {
    let world = world();
    let dossier = world.dossier();
    let row = agreement(&world, "mou-iit-kharagpur");
    let led: Vec<(&str, &str, State)> = row
        .parties
        .iter()
        .map(|party| {
            let first = &party.offices[0];
            (dossier.label(party.entity), dossier.label(first.person.unwrap()), first.state)
        })
        .collect();
    let seen = State::Attested;
    assert_eq!(led, [("AIIMS Kalyani", "Ramji Singh", seen), ("IIT Kharagpur", "VK Tewari", seen)]);
    let present: Vec<(&str, &str)> = row
        .witnesses
        .iter()
        .map(|witness| (dossier.label(witness.entity), dossier.label(witness.offices[0].post)))
        .collect();
    let director = "Executive Director, AIIMS Kalyani";
    assert_eq!(present, [("Ramji Singh", director), ("VK Tewari", "Director, IIT Kharagpur")]);
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
    let states = |offices: &[Holding]| offices.iter().map(|holding| holding.state).collect::<Vec<_>>();
    assert_eq!(states(&pact.parties[0].offices), [State::Assumed, State::Stated]);
    assert_eq!(states(&pact.witnesses[0].offices), [State::Assumed]);
    // Without a date there is no day on which anybody could be in office.
    let draft = agreement(&world, "draft");
    assert_eq!((draft.date, draft.modality, draft.parties[0].offices.len()), (None, Modality::Planned, 0));
    assert_eq!(agreements(&world).last().map(|row| row.entity), Some(draft.entity));
}

#[test]
fn the_first_agreements_are_those_of_all_until_it_is_stopped() {
    let world = world();
    let all = agreements(&world);
    for most in [0, 1, 3, all.len(), usize::MAX] {
        let first = first_agreements(&world, most, &Stop::never()).unwrap();
        assert_eq!(first, all[..most.min(all.len())], "{most}");
    }
    // What is known of a party's offices from one agreement is what the next would find.
    assert!(all.iter().all(|row| *row == Agreement::new(&world, row.entity)));
    let turns = Turns::default();
    let stop = turns.next();
    turns.end();
    assert_eq!(first_agreements(&world, 3, &stop), None);
}

#[test]
fn an_office_that_nobody_is_known_to_have_held_is_not_listed_with_a_party() {
    let post = |slug: &str| table("post", slug, "institution = \"institution/house\"");
    let text = [
        post("chair"),
        post("head"),
        table("person", "ann", ""),
        table("tenure", "ann", "person = \"ann\"\npost = \"chair\"\nstart = \"2020\""),
        table("agreement", "pact", "signed = \"2015-05-05\"\nparty = \"institution/house\""),
    ];
    let world = authored(&text.concat());
    let offices = &agreement(&world, "pact").parties[0].offices;
    let told: Vec<(&str, State)> =
        offices.iter().map(|holding| (world.dossier().id(holding.post), holding.state)).collect();
    assert_eq!(told, [("post/chair", State::Unknown)]);
}

#[test]
fn a_figure_refers_to_the_date_it_is_given_with() {
    let claim = "[[claim]]\nof = \"institution/house\"\nat = \"lead / p1\"\n";
    let students = "students = [{ value = 1, as_of = \"2001\", start = \"1999\" }, { value = 2, start = \"2002\" }, \
                    { value = 3, end = \"2003\" }, 4]";
    let world = authored(&format!("{claim}{students}"));
    let year = |row: &Figure| row.refers_to().map(|when| world.dossier().when(when).edtf().to_owned());
    let mut rows = figures(&world);
    sort_figures(&world, &mut rows, FigureOrder::AsOf);
    let years: Vec<String> = rows.iter().map(|row| year(row).unwrap_or_default()).collect();
    assert_eq!(years, ["2001", "2002", "2003", ""]);
}

#[test]
fn an_agreement_of_a_month_without_a_director_says_so() {
    let world = world();
    let row = agreement(&world, "mou-iiser-kolkata");
    let director = world.dossier().find("post/kalyani-director").unwrap();
    let states: Vec<State> =
        row.parties[0].offices.iter().filter(|holding| holding.post == director).map(|holding| holding.state).collect();
    assert_eq!(states, [State::Vacant]);
}

#[test]
fn money_and_equipment_stand_with_their_agreement() {
    let row = agreement(&world(), "mou-power-grid");
    assert_eq!((row.amounts.len(), row.equipment.len(), row.scopes.len()), (1, 2, 1));
}

#[test]
fn every_number_is_one_figure() {
    let world = world();
    let dossier = world.dossier();
    let numeric = |property: Property| matches!(property.spec().range, crate::model::Range::Number(_));
    let rows = figures(&world);
    assert_eq!(rows.len(), dossier.claims().filter(|(_, claim)| numeric(claim.property)).count());
    let blank = rows.iter().filter(|row| row.number.is_none()).map(|row| dossier.id(row.subject));
    assert_eq!(blank.collect::<Vec<_>>(), ["event/budget-approved", "event/budget-speech-2014"]);
}

#[test]
fn beds_stand_by_source_planned_and_in_service() {
    let world = world();
    let dossier = world.dossier();
    let mut beds = figures(&world);
    beds.retain(|row| row.property == Property::Beds);
    sort_figures(&world, &mut beds, FigureOrder::Source);
    let of = |modality: Modality| {
        let rows = beds.iter().filter(move |row| row.modality == modality);
        rows.map(|row| format!("{} {}", row.sources.concat(), row.number.unwrap())).collect::<Vec<_>>()
    };
    assert_eq!(of(Modality::Actual), ["C 920", "C 360", "C 18", "C 40", "C 960", "E 250", "E 160", "E 90"]);
    assert_eq!(of(Modality::Planned), ["E 400", "E 400", "E 750"]);
    // Whatever is part of the institute is found by its name.
    let icu = beds.iter().find(|row| dossier.id(row.subject) == "facility/mookerjee-icu").unwrap();
    assert!(icu.words(&world).contains("Roy Institute"));
}

#[test]
fn figures_sort_by_what_they_say() {
    let world = world();
    let dossier = world.dossier();
    let mut rows = figures(&world);
    sort_figures(&world, &mut rows, FigureOrder::Property);
    assert!(rows.is_sorted_by_key(|row| row.property));
    sort_figures(&world, &mut rows, FigureOrder::Source);
    assert!(rows.is_sorted_by_key(|row| row.sources.clone()));
    sort_figures(&world, &mut rows, FigureOrder::AsOf);
    let dated = rows.iter().take_while(|row| row.refers_to().is_some()).count();
    assert!(dated > 0 && rows[dated..].iter().all(|row| row.refers_to().is_none()));
    let anchors = rows[..dated].iter().map(|row| dossier.when(row.refers_to().unwrap()).anchor());
    assert!(anchors.is_sorted());
    sort_figures(&world, &mut rows, FigureOrder::Number);
    assert!(rows.is_sorted_by(|a, b| a.number.is_some() >= b.number.is_some()));
    let of_unit =
        |unit: &str| rows.iter().filter(|row| row.unit == unit).filter_map(|row| row.number).collect::<Vec<_>>();
    assert!(of_unit("beds").is_sorted_by(|a, b| a >= b));
}

#[test]
fn the_hospital_is_spelt_differently_by_different_documents() {
    let world = world();
    let dossier = world.dossier();
    let hospital = dossier.find("facility/mookerjee-hospital").unwrap();
    let names = names_of(&world, hospital);
    let key = |document: DocumentId| dossier.document(document).key.clone();
    let keys = |text: &str| {
        let rows = names.rows.iter().filter(|row| row.name.contains(text));
        let mut keys: Vec<String> = rows.flat_map(NameRow::documents).map(key).collect();
        keys.sort();
        keys.dedup();
        keys.concat()
    };
    assert_eq!((keys("Mookerjee").as_str(), keys("Mukherji").as_str(), keys("SPMSH").as_str()), ("AE", "D", "A"));
    assert_eq!(names.documents.len(), 3);
    assert!(names.at_odds().is_some());
    assert!(names_by_source(&world)[0].at_odds().is_some());
}

#[test]
fn a_label_that_no_document_was_shown_to_use_is_flagged() {
    let world = world();
    let hospital = world.dossier().find("facility/mookerjee-hospital").unwrap();
    let label = &names_of(&world, hospital).rows[0];
    assert_eq!((label.kind, label.is_unproven()), (None, true));
    let kalyani = world.dossier().find("institution/aiims-kalyani").unwrap();
    let label = &names_of(&world, kalyani).rows[0];
    assert_eq!((label.name.as_str(), label.kind), ("AIIMS Kalyani", Some(NameKind::Preferred)));
    assert!(!label.is_unproven());
}

#[test]
fn documents_that_share_one_name_are_not_at_odds() {
    for (second, odds) in [("Mukherji", true), ("Mookerjee", false)] {
        let world = named(&[(0, "Mookerjee"), (1, second), (1, "Syama")]);
        let person = world.dossier().find("person/m").unwrap();
        assert_eq!(names_of(&world, person).at_odds().is_some(), odds, "{second}");
    }
}

#[test]
fn a_source_counts_what_rests_on_it_and_what_rests_on_it_alone() {
    let world = world();
    let dossier = world.dossier();
    let rows = sources(&world);
    assert_eq!(rows.len(), 5);
    for row in &rows {
        assert_eq!(row.claims.len(), world.claims_from(row.document));
        let alone = row.claims.iter().filter(|&&id| source_keys(dossier, &[id]).len() == 1).count();
        assert_eq!(row.alone, alone);
        assert!(row.alone < row.claims.len() || dossier.document(row.document).key == "B");
        assert!(row.places > 0 && row.names > 0 && row.entities.is_sorted());
    }
    let mentions = |key: &str, id: &str| {
        let row = rows.iter().find(|row| dossier.document(row.document).key == key).unwrap();
        row.entities.contains(&dossier.find(id).unwrap())
    };
    assert!(mentions("A", "person/vk-tewari") && !mentions("B", "person/vk-tewari"));
    assert!(mentions("C", "post/iit-kharagpur-director"));
}

/// A person with names, each used in the first or the second of two documents.
fn named(names: &[(usize, &str)]) -> World {
    let mut builder = Builder::new(Meta::default());
    let person = builder.entity(Kind::Person, "m", "M").unwrap();
    let documents = ["a", "b"].map(|key| {
        let entity = builder.entity(Kind::Document, key, key).unwrap();
        let document = Document {
            entity: EntityId::from_index(0),
            key: key.into(),
            kind: None,
            publisher: None,
            published: None,
            file: None,
            fingerprint: None,
        };
        builder.document(entity, document)
    });
    for &(document, name) in names {
        let place = builder.place(documents[document], "lead", Spot::Paragraph(1));
        builder.name(person, name, NameKind::Alias, None, vec![place]);
    }
    World::new(builder.finish())
}

proptest! {
    #[test]
    fn any_dossier_has_its_tables(dossier in crate::model::arbitrary::dossier()) {
        let world = World::new(dossier);
        let dossier = world.dossier();
        prop_assert_eq!(agreements(&world).len(), dossier.of_kind(Kind::Agreement).count());
        for row in agreements(&world) {
            let named = row.parties.iter().map(|party| party.claims.len()).sum::<usize>();
            let claims = dossier.slot(row.entity, Property::Party).iter().filter_map(crate::model::Dossier::target);
            prop_assert_eq!(named, claims.count());
            prop_assert!(row.parties.iter().flat_map(|party| &party.offices).all(|holding| !holding.why.is_empty()));
        }
        for row in sources(&world) {
            prop_assert_eq!(row.claims.len(), world.claims_from(row.document));
        }
        for entity in dossier.entities() {
            let names = names_of(&world, entity);
            let label = dossier.label(entity);
            prop_assert!(names.rows.iter().any(|row| row.name == label));
            prop_assert!(names.rows.len() >= dossier.names(entity).len());
        }
        let mut rows = figures(&world);
        let count = rows.len();
        for order in [FigureOrder::Number, FigureOrder::AsOf, FigureOrder::Source] {
            sort_figures(&world, &mut rows, order);
        }
        rows.dedup_by_key(|row| row.claim);
        prop_assert_eq!(rows.len(), count);
    }
}
