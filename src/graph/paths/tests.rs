//! Connections of a small invented dossier and of the embedded one, with the answers worked out by hand; and of random
//! ones, compared with a search that is written as plainly as can be.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::formats::author;
use crate::model::builder::Handle;
use crate::model::{Builder, Core, CoreKind, Dossier, NewClaim, NewValue, Rank};
use crate::syntax::SourceFile;

fn embedded() -> Graph {
    Graph::new(author::load(&author::embedded()).0)
}

/// Returns the connections of two entities, as ids.
fn found(graph: &Graph, a: &str, b: &str) -> Vec<Vec<String>> {
    let dossier = graph.dossier();
    let paths = connections(graph, dossier.find(a).unwrap(), dossier.find(b).unwrap());
    paths.iter().map(|path| path.stations().map(|station| dossier.id(station).to_owned()).collect()).collect()
}

#[test]
fn institutions_of_the_embedded_dossier_are_connected_by_what_they_share() {
    let graph = embedded();
    let paths = found(&graph, "institution/ucl", "institution/aiims-kalyani");
    assert_eq!(
        paths,
        [
            [
                "institution/ucl",
                "agreement/medtech-partnership",
                "institution/aiims-new-delhi",
                "event/high-court-direction",
                "institution/aiims-kalyani",
            ],
            // The visit would be another way, but who went is inferred.
            [
                "institution/ucl",
                "agreement/medtech-partnership",
                "institution/aiims-new-delhi",
                "person/yk-gupta",
                "institution/aiims-kalyani",
            ],
            // The fewer claims, read from Kalyani.
            [
                "institution/ucl",
                "event/mpragati-visit",
                "institution/aiims-new-delhi",
                "event/high-court-direction",
                "institution/aiims-kalyani",
            ],
        ]
    );
}

#[test]
fn a_tenure_is_one_step_with_the_claims_of_person_post_and_institution() {
    let graph = embedded();
    let dossier = graph.dossier();
    let ends = ["person/ramji-singh", "institution/aiims-kalyani"].map(|id| dossier.find(id).unwrap());
    let path = &connections(&graph, ends[0], ends[1])[0];
    let said: Vec<(&str, &str)> = path.steps[0]
        .claims()
        .map(|id| dossier.claim(id))
        .map(|claim| (dossier.id(claim.subject), dossier.vocabulary().name(claim.property)))
        .collect();
    let expected = [
        ("tenure/ramji-singh-director", "person"),
        ("tenure/ramji-singh-director", "post"),
        ("post/kalyani-director", "institution"),
    ];
    assert_eq!((path.steps.len(), path.steps[0].way, said.as_slice()), (1, Way::Office, &expected[..]));
}

/// Two towns in one country, and what links their people.
const TOWNS: &str = r#"
document = "log"
[dossier]
key = "towns"
title = "Towns"
format = 2
allow = ["no-evidence", "unattributed-allegation"]
[[source]]
id = "log"
key = "L"
title = "A log"
[[place]]
id = "country"
label = "Country"
[[institution]]
id = "east"
label = "East"
place = "country"
[[institution]]
id = "west"
label = "West"
place = "country"
[[institution]]
id = "far"
label = "Far"
place = "country"
[[institution]]
id = "lone"
label = "Lone"
[[post]]
id = "chair"
label = "Chair"
institution = "east"
[[person]]
id = "ann"
label = "Ann"
[[person]]
id = "bob"
label = "Bob"
[[person]]
id = "cid"
label = "Cid"
[[tenure]]
id = "ann-chair"
person = "ann"
post = "chair"
[[tenure]]
id = "bob-chair"
person = "bob"
post = "chair"
modality = "alleged"
[[agreement]]
id = "pact"
label = "Pact"
party = ["east", { value = "west", modality = "planned" }]
[[event]]
id = "fair"
label = "Fair"
institution = ["east", "west"]
person = ["bob", "cid"]
[[event]]
id = "ball"
label = "Ball"
institution = [{ value = "east", modality = "denied" }, "west"]
[[event]]
id = "game"
label = "Game"
institution = [{ value = "east", rank = "deprecated", reason = "a slip" }, "west"]
[[institution]]
id = "part"
label = "Part"
parent = "lone"
"#;

fn towns() -> Graph {
    let (dossier, defects) = author::load(&[SourceFile::new("towns.toml", TOWNS)]);
    assert!(defects.iter().all(|defect| !defect.to_string().contains("error")), "{defects:#?}");
    Graph::new(dossier)
}

#[test]
fn facts_come_before_plans_allegations_and_denials_and_nothing_goes_by_a_place() {
    let graph = towns();
    let by = |a, b| -> Vec<Vec<String>> {
        let between = |mut path: Vec<String>| {
            path.pop();
            path.drain(..1);
            path
        };
        found(&graph, a, b).into_iter().map(between).collect()
    };
    // The country is no way, nor is the deprecated link of the game.
    assert_eq!(by("institution/east", "institution/west"), [["event/fair"], ["agreement/pact"], ["event/ball"]]);
    assert!(by("institution/east", "institution/far").is_empty());
    assert!(by("institution/east", "institution/lone").is_empty());
    // A place may be an end.
    assert_eq!(by("institution/far", "place/country"), [[] as [&str; 0]]);
    assert_eq!(by("institution/lone", "institution/part"), [[] as [&str; 0]]);
    // Two who held one post: that they were at one institution says the same, and less.
    let to_bob = by("person/ann", "person/bob");
    assert!(to_bob[0] == ["post/chair"] && to_bob.iter().all(|path| path != &["institution/east"]), "{to_bob:?}");
    let path =
        &connections(&graph, graph.dossier().find("person/ann").unwrap(), graph.dossier().find("person/bob").unwrap())
            [0];
    let modalities: Vec<Modality> = path.steps.iter().map(|step| step.modality(&graph)).collect();
    assert_eq!((modalities, path.modality(&graph)), (vec![Modality::Actual, Modality::Alleged], Modality::Alleged));
    // By way of the institution, not of the post: that would tell the same claims in more steps.
    let to_east = by("person/ann", "institution/east");
    assert!(to_east[0].is_empty() && to_east.iter().all(|path| path != &["post/chair"]), "{to_east:?}");
    // A tenure is a station only as an end.
    assert_eq!(by("tenure/ann-chair", "person/bob")[0], ["post/chair"]);
}

#[test]
fn what_very_many_point_at_is_passed_last() {
    let text = |members: usize| {
        let event = |n| format!("[[event]]\nid = \"e{n}\"\nlabel = \"E{n}\"\ninstitution = \"aaa\"\n");
        let crowd = (0..members).map(event).collect::<Vec<_>>().concat();
        format!(
            "document = \"log\"\n[dossier]\nkey = \"k\"\ntitle = \"T\"\nformat = 2\nallow = \"no-evidence\"\n\
             [[source]]\nid = \"log\"\nkey = \"L\"\ntitle = \"A log\"\n\
             [[institution]]\nid = \"aaa\"\nlabel = \"A\"\n[[institution]]\nid = \"zzz\"\nlabel = \"Z\"\n\
             [[agreement]]\nid = \"one\"\nlabel = \"One\"\nparty = [\"aaa\", \"zzz\"]\n\
             [[agreement]]\nid = \"two\"\nlabel = \"Two\"\nparty = [\"aaa\", \"zzz\"]\n{crowd}"
        )
    };
    for (members, first) in [(198, "institution/aaa"), (199, "institution/zzz")] {
        let graph = Graph::new(author::load(&[SourceFile::new("x.toml", text(members))]).0);
        assert_eq!(found(&graph, "agreement/one", "agreement/two")[0][1], first, "{members}");
    }
}

/// The kinds of entities in random dossiers, and how many there are of each.
const KINDS: [(CoreKind, usize); 7] = [
    (CoreKind::Institution, 4),
    (CoreKind::Person, 3),
    (CoreKind::Post, 2),
    (CoreKind::Tenure, 4),
    (CoreKind::Agreement, 2),
    (CoreKind::Event, 3),
    (CoreKind::Place, 2),
];

/// The links in random dossiers; the first `WITHOUT_TENURES` have none.
const LINKS: [(CoreKind, Core, CoreKind); 12] = [
    (CoreKind::Institution, Core::Parent, CoreKind::Institution),
    (CoreKind::Institution, Core::Place, CoreKind::Place),
    (CoreKind::Institution, Core::Member, CoreKind::Person),
    (CoreKind::Post, Core::Institution, CoreKind::Institution),
    (CoreKind::Agreement, Core::Party, CoreKind::Institution),
    (CoreKind::Agreement, Core::Signatory, CoreKind::Person),
    (CoreKind::Event, Core::Institution, CoreKind::Institution),
    (CoreKind::Event, Core::Person, CoreKind::Person),
    (CoreKind::Agreement, Core::Witness, CoreKind::Tenure),
    (CoreKind::Tenure, Core::Person, CoreKind::Person),
    (CoreKind::Tenure, Core::Post, CoreKind::Post),
    (CoreKind::Tenure, Core::Institution, CoreKind::Institution),
];
const WITHOUT_TENURES: usize = 8;

/// Returns a dossier of links: which, from which subject, to which value, how it stands.
fn linked(links: &[(usize, usize, usize, u8)]) -> Graph {
    let mut builder = Builder::default();
    let mut handles: BTreeMap<CoreKind, Vec<Handle>> = BTreeMap::new();
    for (kind, count) in KINDS {
        for number in 0..count {
            let handle = builder.entity(kind, &format!("x{number}"), &format!("{kind} {number}")).unwrap();
            handles.entry(kind).or_default().push(handle);
        }
    }
    for &(link, subject, value, stance) in links {
        let (from, property, to) = LINKS[link];
        let pick = |kind: CoreKind, at: usize| handles[&kind][at % handles[&kind].len()];
        let mut claim = NewClaim::new(pick(from, subject), property, NewValue::Entity(pick(to, value)));
        claim.modality = Modality::ALL[usize::from(stance % 4)];
        claim.rank = if stance >= 28 { Rank::Deprecated } else { Rank::Normal };
        builder.claim(claim);
    }
    Graph::new(builder.finish())
}

fn any_links(kinds: usize, most: usize) -> impl Strategy<Value = Vec<(usize, usize, usize, u8)>> {
    prop::collection::vec((0..kinds, 0usize..4, 0usize..4, 0u8..30), 0..most)
}

/// Every step that there is, by its two ends: from all pairs and triples of claims.
fn plain_steps(dossier: &Dossier, ends: [EntityId; 2]) -> BTreeSet<(EntityId, EntityId)> {
    let links: Vec<(EntityId, PropertyName, EntityId)> = dossier
        .all_claims()
        .iter()
        .filter(|claim| claim.rank() != Rank::Deprecated)
        .filter_map(|claim| {
            Some((claim.subject, dossier.vocabulary().name(claim.property).to_owned(), Dossier::target(claim)?))
        })
        .collect();
    let is_tenure = |entity: EntityId| dossier.id(entity).starts_with("tenure/") && !ends.contains(&entity);
    let mut steps = BTreeSet::new();
    for (a, _, b) in &links {
        steps.insert((*a, *b));
        for (c, _, d) in &links {
            let (one, other) = ([*a, *b], [*c, *d]);
            for (x, near) in [(one[0], one[1]), (one[1], one[0])] {
                for (far, y) in [(other[0], other[1]), (other[1], other[0])] {
                    if near == far && is_tenure(near) {
                        steps.insert((x, y));
                    }
                }
            }
        }
    }
    for (tenure, person_of, person) in &links {
        for (other, post_of, post) in &links {
            for (of_post, institution_of, institution) in &links {
                let names = [person_of.as_str(), post_of.as_str(), institution_of.as_str()];
                let is_chain = tenure == other && post == of_post && is_tenure(*tenure);
                if is_chain && names == ["person", "post", "institution"] {
                    steps.insert((*person, *institution));
                }
            }
        }
    }
    let back: Vec<_> = steps.iter().map(|&(a, b)| (b, a)).collect();
    steps.extend(back);
    steps.retain(|&(a, b)| a != b && !is_tenure(a) && !is_tenure(b));
    steps
}

type PropertyName = String;

/// Returns true if a connection may pass an entity.
fn may_pass(dossier: &Dossier, entity: EntityId) -> bool {
    !["tenure/", "place/", "document/"].iter().any(|kind| dossier.id(entity).starts_with(kind))
}

/// Returns the lengths of all ways without a station twice, shortest first: tried one by one.
fn plain_lengths(dossier: &Dossier, a: EntityId, b: EntityId) -> Vec<usize> {
    let steps = plain_steps(dossier, [a, b]);
    let mut lengths = Vec::new();
    let mut waiting = vec![vec![a]];
    while let Some(way) = waiting.pop() {
        let last = *way.last().unwrap();
        for &(_, next) in steps.iter().filter(|(from, _)| *from == last) {
            if next == b {
                lengths.push(way.len());
            } else if may_pass(dossier, next) && !way.contains(&next) && way.len() < MAX_STEPS {
                waiting.push([way.clone(), vec![next]].concat());
            }
        }
    }
    lengths.sort_unstable();
    lengths
}

/// Returns the length of the shortest way: a search by breadth.
fn plain_length(dossier: &Dossier, a: EntityId, b: EntityId) -> Option<usize> {
    let steps = plain_steps(dossier, [a, b]);
    let mut reached = BTreeSet::from([a]);
    for length in 1..=MAX_STEPS {
        let passed: Vec<EntityId> = reached.iter().copied().filter(|&at| at == a || may_pass(dossier, at)).collect();
        reached.extend(steps.iter().filter(|(from, _)| passed.contains(from)).map(|&(_, to)| to));
        if reached.contains(&b) {
            return Some(length);
        }
    }
    None
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_first_connection_is_as_short_as_a_plain_search_finds(links in any_links(LINKS.len(), 24)) {
        let graph = linked(&links);
        let dossier = graph.dossier();
        let all: Vec<EntityId> = dossier.entities().collect();
        for (at, &a) in all.iter().enumerate() {
            for &b in all.iter().skip(at + 1).step_by(3) {
                let paths = connections(&graph, a, b);
                prop_assert_eq!(paths.first().map(|path| path.steps.len()), plain_length(dossier, a, b));
                prop_assert!(paths.len() <= MAX_PATHS);
                prop_assert!(paths.is_sorted_by_key(|path| path.steps.len()));
                let steps = plain_steps(dossier, [a, b]);
                for path in &paths {
                    let stations: Vec<EntityId> = path.stations().collect();
                    prop_assert_eq!((stations.first(), stations.last()), (Some(&a), Some(&b)));
                    let distinct: BTreeSet<_> = stations.iter().collect();
                    prop_assert_eq!(distinct.len(), stations.len());
                    prop_assert!(path.between().all(|station| may_pass(dossier, station)));
                    prop_assert!(path.steps.iter().all(|step| steps.contains(&(step.from, step.to))));
                }
                let back: Vec<Path> = connections(&graph, b, a).iter().map(Path::reversed).collect();
                prop_assert_eq!(back, paths);
            }
        }
    }

    #[test]
    fn without_tenures_all_connections_are_the_shortest_there_are(links in any_links(WITHOUT_TENURES, 18)) {
        let graph = linked(&links);
        let dossier = graph.dossier();
        let all: Vec<EntityId> = dossier.entities().collect();
        for (at, &a) in all.iter().enumerate() {
            for &b in all.iter().skip(at + 1).step_by(3) {
                let lengths: Vec<usize> = connections(&graph, a, b).iter().map(|path| path.steps.len()).collect();
                let plain: Vec<usize> = plain_lengths(dossier, a, b).into_iter().take(MAX_PATHS).collect();
                prop_assert_eq!(lengths, plain, "{} {}", dossier.id(a), dossier.id(b));
            }
        }
    }
}
