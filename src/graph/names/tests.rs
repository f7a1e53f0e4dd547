//! The results that people expect first, in a small invented dossier and in the embedded one.

use crate::vocabulary::testing::{kind, property, seeds, unit};
use proptest::prelude::*;

use super::*;
use crate::model::builder::Handle;
use crate::model::{Builder, Meta, NameKind, NewClaim, NewDetails, NewValue};
use crate::query::Query;
use crate::search::highlights;

/// An invented dossier: id, label, other names, how many claims point at it.
const ENTITIES: &[(&str, &str, &[&str], usize)] = &[
    ("institution/aiims-kalyani", "AIIMS Kalyani", &["All India Institute of Medical Sciences, Kalyani"], 9),
    ("institution/iit-kharagpur", "IIT Kharagpur", &["Indian Institute of Technology Kharagpur"], 6),
    ("institution/cardiff", "Cardiff University", &[], 0),
    ("person/kalita", "Kalita", &[], 1),
    ("person/ramji-singh", "Ramji Singh", &["Dr Ramji Singh"], 2),
    ("person/muller", "Jürgen Müller", &[], 0),
    ("person/simha", "Siṃha", &[], 0),
    ("person/slovo", "Слово", &[], 0),
    ("person/tewari", "V K Tewari", &[], 1),
    ("tenure/ramji-singh-director", "Ramji Singh, Director, AIIMS Kalyani", &[], 0),
    ("unit/obgy", "Obstetrics & Gynaecology", &[], 1),
    ("unit/ent", "ENT", &["Otorhinolaryngology"], 1),
    ("unit/dermatology", "Department of Dermatology", &[], 1),
    ("unit/enteric", "Enteric Diseases", &[], 8),
    ("unit/cardiology", "Cardiology", &[], 1),
    ("unit/cmfm", "Community Medicine & Family Medicine", &[], 1),
    ("facility/opd", "Outpatient department (OPD)", &["OPD"], 1),
    ("event/opd-opens", "OPD opens with eight departments", &[], 0),
    ("document/kalyani", "An article on Kalyani", &[], 0),
];

const MOTTO: &str = "Health is the highest gift";

struct Fixture {
    dossier: Dossier,
    index: NameIndex,
}

impl Fixture {
    fn of(dossier: Dossier) -> Self {
        let index = NameIndex::new(&dossier);
        Self { dossier, index }
    }

    fn invented() -> Self {
        let mut builder = Builder::with_meta(Meta::default());
        let mut handles: Vec<(Handle, usize)> = Vec::new();
        for &(id, label, names, links) in ENTITIES {
            let (of, slug) = id.split_once('/').unwrap();
            let handle = builder.entity(kind(of), slug, label).unwrap();
            for name in names {
                builder.name(handle, name, NameKind::Alias, None, Vec::new());
            }
            handles.push((handle, links));
        }
        let from = builder.find("document/kalyani").unwrap();
        for (handle, links) in handles {
            for link in 0..links {
                let mut claim = NewClaim::new(from, property("partner"), NewValue::Entity(handle));
                claim.details = NewDetails::note(Some(format!("link {link}")));
                builder.claim(claim);
            }
        }
        let kalyani = builder.find("institution/aiims-kalyani").unwrap();
        builder.claim(NewClaim::new(kalyani, property("motto"), NewValue::Text(MOTTO.into())));
        let mut beds = NewClaim::new(kalyani, property("beds"), NewValue::Number(960.0, unit("beds")));
        beds.details = NewDetails::note(Some("Counts the trauma wing as well".into()));
        builder.claim(beds);
        Self::of(builder.finish())
    }

    fn embedded() -> Self {
        use crate::formats::author;
        Self::of(author::load(&author::embedded()).0)
    }

    fn search(&self, query: &str) -> Results {
        self.best(&Query::parse(query, seeds()).unwrap(), usize::MAX)
    }

    fn best(&self, query: &Query, limit: usize) -> Results {
        self.index.search(&self.dossier, query.pattern(), limit, |entity| self.allows(query, entity))
    }

    fn allows(&self, query: &Query, entity: EntityId) -> bool {
        query.allows(self.dossier.entity(entity).kind)
    }

    fn named(&self, query: &Query) -> EntitySet {
        self.index.named(&self.dossier, query.pattern(), |entity| self.allows(query, entity), &Stop::never()).unwrap()
    }

    fn ids(&self, query: &str) -> Vec<&str> {
        self.search(query).rows.iter().map(|hit| self.dossier.id(hit.entity)).collect()
    }

    fn first(&self, query: &str) -> (&str, Tier) {
        self.search(query).rows.first().map_or(("nothing", Tier::Prose), |hit| (self.dossier.id(hit.entity), hit.tier))
    }

    fn position(&self, query: &str, id: &str) -> Option<usize> {
        self.ids(query).iter().position(|&found| found == id)
    }

    fn matching(&self, query: &str) -> Vec<&str> {
        self.named(&Query::parse(query, seeds()).unwrap()).iter().map(|entity| self.dossier.id(entity)).collect()
    }
}

#[test]
fn what_people_type_finds_what_they_mean() {
    let fixture = Fixture::invented();
    for (query, id, tier) in [
        ("ramji sin", "person/ramji-singh", Tier::Prefix),
        ("singh ramji", "person/ramji-singh", Tier::Word),
        ("Dr. Ramji Singh", "person/ramji-singh", Tier::Exact),
        ("obgy", "unit/obgy", Tier::Fuzzy),
        ("obstetrics and gynaecology", "unit/obgy", Tier::Exact),
        ("iitkgp", "institution/iit-kharagpur", Tier::Fuzzy),
        ("iit-kharagpur", "institution/iit-kharagpur", Tier::Exact),
        ("ent", "unit/ent", Tier::Exact),
        ("e.n.t.", "unit/ent", Tier::Exact),
        ("opd", "facility/opd", Tier::Exact),
        ("aiimskal", "institution/aiims-kalyani", Tier::Fuzzy),
        ("cmfm", "unit/cmfm", Tier::Fuzzy),
        ("cadriology", "unit/cardiology", Tier::Typo),
        ("muller", "person/muller", Tier::Prefix),
        ("simha", "person/simha", Tier::Exact),
        ("слово", "person/slovo", Tier::Exact),
        ("сло", "person/slovo", Tier::Prefix),
        ("v. k. tewari", "person/tewari", Tier::Exact),
        ("kal", "institution/aiims-kalyani", Tier::Prefix),
        ("kali", "person/kalita", Tier::Prefix),
        ("family med", "unit/cmfm", Tier::Prefix),
    ] {
        assert_eq!(fixture.first(query), (id, tier), "{query}");
    }
}

#[test]
fn what_people_type_finds_what_they_mean_in_the_embedded_dossier() {
    let fixture = Fixture::embedded();
    for (query, id) in [
        ("ramji sin", "person/ramji-singh"),
        ("singh ramji", "person/ramji-singh"),
        ("obgy", "unit/kalyani-obstetrics-gynaecology"),
        ("iitkgp", "institution/iit-kharagpur"),
        ("ent", "unit/kalyani-ent"),
        ("opd", "facility/kalyani-opd"),
        ("aiimskal", "institution/aiims-kalyani"),
        ("cmfm", "unit/kalyani-community-medicine"),
        ("cadriology", "unit/kalyani-cardiology"),
        ("kal", "institution/aiims-kalyani"),
        ("roy inst", "institution/roy-institute"),
        ("v k tewari", "person/vk-tewari"),
    ] {
        assert_eq!(fixture.first(query).0, id, "{query}");
    }
}

#[test]
fn a_prominent_entity_with_the_word_comes_before_an_obscure_one_that_begins_with_it() {
    let fixture = Fixture::invented();
    assert_eq!(fixture.ids("kal")[..2], ["institution/aiims-kalyani", "person/kalita"]);
    assert_eq!(fixture.ids("ent")[..2], ["unit/ent", "unit/enteric"]);
    assert!(fixture.position("ent", "unit/dermatology") > fixture.position("ent", "unit/enteric"));
}

#[test]
fn a_person_comes_before_the_tenures_of_that_person() {
    let fixture = Fixture::invented();
    assert_eq!(fixture.ids("ramji")[..2], ["person/ramji-singh", "tenure/ramji-singh-director"]);
}

#[test]
fn a_hit_has_the_text_that_matched() {
    let fixture = Fixture::invented();
    let text = |query: &str| fixture.search(query).rows[0].text(&fixture.dossier).to_owned();
    assert_eq!(text("all india inst"), "All India Institute of Medical Sciences, Kalyani");
    assert_eq!(text("otorhino"), "Otorhinolaryngology");
    // A name with the folded form of the label is not indexed.
    assert_eq!(text("dr ramji singh"), "Ramji Singh");
    assert_eq!(text("highest gif"), MOTTO);
}

#[test]
fn prose_is_found_by_word_starts_and_parts_but_never_fuzzily() {
    let fixture = Fixture::invented();
    for (query, found) in [
        ("highest gift", true),
        ("gift highest", true),
        ("ighes", true),
        ("trauma", true),
        ("\"highest gift\"", true),
        ("\"highest gif", true),
        ("\"highest gif\"", false),
        ("\"gift highest\"", false),
        ("'ealth", true),
        ("hlthst", false),
        ("trauma gift", false),
        ("^health", false),
        ("trauma !wing", false),
    ] {
        let is_found = fixture.search(query).rows.iter().any(|hit| hit.tier.is_said());
        assert_eq!(is_found, found, "{query}");
    }
    let hit = fixture.search("trauma").rows[0];
    let Matched::Prose(claim, _) = hit.matched else { panic!("{hit:?}") };
    assert_eq!(fixture.dossier.claim(claim).property, property("beds"));
    assert!(!hit.is_close());
}

#[test]
fn signs_and_kinds_narrow_the_search() {
    let fixture = Fixture::invented();
    for (query, ids) in [
        ("^kal", vec!["person/kalita"]),
        ("kharagpur$", vec!["institution/iit-kharagpur"]),
        ("^ent$", vec!["unit/ent"]),
        ("'tewar", vec!["person/tewari"]),
        ("\"family medicine\"", vec!["unit/cmfm"]),
        ("kal !aiims !article", vec!["person/kalita"]),
        ("^kalita|^cardiology", vec!["unit/cardiology", "person/kalita"]),
        ("kind:person ramji", vec!["person/ramji-singh"]),
        ("kind:person !ramji !'e", vec!["person/kalita", "person/simha", "person/slovo"]),
        ("kind:facility", vec!["facility/opd"]),
    ] {
        assert_eq!(fixture.ids(query), ids, "{query}");
    }
    assert_eq!(fixture.first("'ent").0, "unit/ent");
    assert_eq!(fixture.search("").close, ENTITIES.len());
    assert_eq!(fixture.first("").0, "institution/aiims-kalyani");
}

#[test]
fn a_set_has_only_the_entities_that_match_in_the_best_way() {
    let fixture = Fixture::invented();
    // There are fuzzy matches of "ent", but close ones are better.
    assert_eq!(fixture.matching("ent"), ["unit/ent", "unit/enteric"]);
    assert!(fixture.search("ent").fuzzy > 0);
    assert_eq!(fixture.matching("obgy"), ["unit/obgy"]);
    assert_eq!(fixture.matching("cadriology"), ["unit/cardiology"]);
    assert_eq!(fixture.matching("").len(), ENTITIES.len());
    assert!(fixture.matching("zzqx").is_empty());
    assert!(fixture.matching("trauma").is_empty());
}

#[test]
fn counts_are_of_all_matches_whatever_the_limit() {
    let fixture = Fixture::invented();
    for query in ["", "a", "kal", "ent", "ramji", "cadriology", "highest", "zzqx"] {
        let query = Query::parse(query, seeds()).unwrap();
        let all = fixture.best(&query, usize::MAX);
        assert_eq!(all.rows.len(), all.total());
        assert_eq!(all.rows.iter().filter(|hit| hit.is_close()).count(), all.close);
        assert!(all.rows.iter().map(|hit| hit.tier).is_sorted());
        for limit in [0, 1, 2, 5, 100] {
            let some = fixture.best(&query, limit);
            assert_eq!((some.close, some.fuzzy, some.prose), (all.close, all.fuzzy, all.prose));
            assert_eq!(some.rows, all.rows[..limit.min(all.rows.len())]);
        }
    }
}

#[test]
fn typing_errors_are_tolerated_in_long_words_only() {
    let fixture = Fixture::invented();
    assert_eq!(fixture.search("etn").rows.iter().filter(|hit| hit.tier == Tier::Typo).count(), 0);
    assert_eq!(fixture.first("rmaji singh"), ("person/ramji-singh", Tier::Typo));
    assert_eq!(fixture.first("aimms kalyanii"), ("institution/aiims-kalyani", Tier::Typo));
}

proptest! {
    #[test]
    fn no_query_causes_a_panic(text in "[a-mрé'^$!|\": .]{0,24}") {
        let fixture = Fixture::invented();
        let Ok(query) = Query::parse(&text, seeds()) else { return Ok(()) };
        let results = fixture.best(&query, 5);
        prop_assert!(results.rows.len() <= 5);
        for hit in &results.rows {
            let shown = hit.text(&fixture.dossier);
            let highlighted = highlights(shown, query.pattern());
            prop_assert!(highlighted.is_sorted());
            prop_assert!(highlighted.iter().all(|&at| at < shown.chars().count()));
        }
        let filtered = fixture.named(&query);
        // If every word has a sign, all matches are taken.
        prop_assert!(filtered.len() >= results.close && filtered.len() <= ENTITIES.len());
    }

    #[test]
    fn a_name_that_matched_is_highlighted_unless_its_letters_are_scattered(token in "[a-z]{1,4}") {
        let fixture = Fixture::invented();
        let query = Query::parse(&token, seeds()).unwrap();
        for hit in fixture.search(&token).rows {
            let is_highlighted = !highlights(hit.text(&fixture.dossier), query.pattern()).is_empty();
            match hit.tier {
                Tier::Exact | Tier::Prefix | Tier::Word | Tier::Fuzzy | Tier::Typo => prop_assert!(is_highlighted),
                Tier::Scattered => prop_assert!(!is_highlighted),
                Tier::Known | Tier::Prose | Tier::Inside => {}
            }
        }
    }

    #[test]
    fn longer_words_never_find_more_close_names(word in "[a-z]{2,6}") {
        let fixture = Fixture::invented();
        let (shorter, longer) = (fixture.search(&word[..word.len() - 1]), fixture.search(&word));
        prop_assert!(longer.close <= shorter.close);
    }
}

#[test]
fn equal_names_are_ordered_by_kind_and_then_in_the_order_of_the_dossier() {
    let mut builder = Builder::with_meta(Meta::default());
    for id in ["document/a", "event/a", "person/b", "person/a", "unit/a", "institution/a", "tenure/a", "place/a"] {
        let (of, slug) = id.split_once('/').unwrap();
        builder.entity(kind(of), slug, "Twin").unwrap();
    }
    let fixture = Fixture::of(builder.finish());
    assert_eq!(
        fixture.ids("twi"),
        ["institution/a", "unit/a", "person/a", "person/b", "event/a", "place/a", "tenure/a", "document/a"]
    );
}

#[test]
fn a_typing_error_or_prose_beats_scattered_letters() {
    let fixture = Fixture::embedded();
    assert_eq!(fixture.first("rmaji"), ("person/ramji-singh", Tier::Typo));
    assert_eq!(fixture.first("motto"), ("institution/aiims-kalyani", Tier::Known));
}

#[test]
fn a_name_of_any_length_is_searched() {
    let mut builder = Builder::with_meta(Meta::default());
    let label = format!("Front {} Back", "x".repeat(2_000));
    builder.entity(CoreKind::Person, "long", &label).unwrap();
    builder.entity(CoreKind::Person, "blank", "…").unwrap();
    let fixture = Fixture::of(builder.finish());
    assert_eq!(fixture.ids("front"), ["person/long"]);
    for query in ["back", "'bac", "back$", "front back", "\"back", "'xx"] {
        assert_eq!(fixture.ids(query), ["person/long"], "{query}");
    }
    assert!(fixture.ids("'xback").is_empty() && fixture.ids("'ackx").is_empty());
    assert!(fixture.ids("!back").iter().all(|&id| id != "person/long"));
    assert_eq!(fixture.search("").close, 2);
}
