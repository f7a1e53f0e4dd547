//! The table of what careful readers would sign: claims of one slot with all verdicts that they give.
//!
//! Invariant: every case holds whichever claim comes first.

use super::*;
use crate::present::verdict_text::explain;
use crate::timeline::World;

/// A bridge, a firm with departments and a post, two dated documents and an undated one.
const HARBOUR: &str = r#"
document = "undated"
[dossier]
key = "harbour"
title = "A harbour"
format = 2
[[property]]
name = "purpose-of-it"
label = "Purpose"
of = ["item"]
value = "text"
many = false
[[property]]
name = "state-of-it"
label = "State"
of = ["item"]
value = "text"
many = false
exclusive = true
[[property]]
name = "make"
label = "Make"
of = ["item"]
value = "text"
[[property]]
name = "berths"
label = "Berths"
of = ["item", "institution"]
value = "number"
measure = ["rooms"]
counts = { kind = "unit", type = "berth", through = "institution" }
[[source]]
id = "undated"
key = "U"
title = "An undated paper"
[[item]]
id = "bridge"
label = "The bridge"
[[institution]]
id = "firm"
label = "The firm"
"#;

fn harbour(more: &str) -> Graph {
    let (dossier, defects) = load(&[SourceFile::new("harbour.toml", format!("{HARBOUR}{more}"))]);
    assert_eq!(defects, [], "{more}");
    Graph::new(dossier)
}

/// Returns the verdicts of a slot of the bridge, as "rule verdict", sorted, and their explanations.
fn told(property: &str, values: &[&str]) -> (Vec<String>, Vec<String>) {
    let claim =
        |value: &&str| format!("[[claim]]\nof = \"item/bridge\"\nat = \"lead / p1 s1\"\n{property} = {value}\n");
    let graph = harbour(&values.iter().map(claim).collect::<Vec<_>>().concat());
    let dossier = graph.dossier();
    let property = dossier.vocabulary().find_property(property).unwrap();
    let slot = verdict_of(&graph, dossier.find("item/bridge").unwrap(), property);
    let pairs = slot.map(|slot| slot.pairs).unwrap_or_default();
    let mut rules: Vec<String> = pairs.iter().map(|pair| format!("{} {}", pair.rule.id(), pair.verdict())).collect();
    rules.sort();
    (rules, pairs.iter().map(|pair| explain(dossier, property, pair)).collect())
}

/// Asserts the verdicts of values in every turn, forth and back, and that one explanation has some words.
fn row(property: &str, values: &[&str], wanted: &[&str], words: &str) {
    let mut values = values.to_vec();
    for _ in 0..2 {
        for _ in 0..values.len() {
            values.rotate_left(1);
            let (rules, texts) = told(property, &values);
            assert_eq!(rules, wanted, "{property} {values:?}");
            assert!(texts.iter().any(|text| text.contains(words)), "{words} is not in {texts:?}");
        }
        values.reverse();
    }
}

const FIRST: &str = r#"{ value = "2019-06", modality = "planned", as_of = "2018" }"#;
const FIRST_AGAIN: &str = r#"{ value = "2019-09", modality = "planned", as_of = "2018" }"#;
const SECOND: &str = r#"{ value = "[..2020]", modality = "planned", as_of = "2019" }"#;

#[test]
fn accounts_of_one_promise_disagree() {
    row("opened", &[FIRST, FIRST_AGAIN], &["promise-differs conflicts"], "name different dates");
}

#[test]
fn a_later_promise_of_a_later_day_is_put_off() {
    row("opened", &[FIRST, SECOND], &["put-off slipped"], "the plan moved by 18 months");
}

#[test]
fn a_promise_put_off_without_a_time_is_put_off_in_an_order_that_is_not_told() {
    let plans = [r#"{ value = "[..2018]", modality = "planned" }"#, r#"{ value = "[..2019]", modality = "planned" }"#];
    row("opened", &plans, &["put-off slipped"], "moved by 1 year; which was planned first is not told");
}

#[test]
fn a_slot_has_all_its_verdicts_and_one_outcome_row() {
    let values = [FIRST, FIRST_AGAIN, SECOND, r#""2021-03""#, r#""2021-03-05""#];
    let wanted = ["date-within refines", "late fulfilled", "promise-differs conflicts", "put-off slipped"];
    row("opened", &values, &wanted, "between 522 and 643 days after the first target, 64 days after the last");
}

#[test]
fn lateness_has_its_bounds() {
    let plan = r#"{ value = "[..2018]", modality = "planned" }"#;
    row("opened", &[plan, r#""2021-03""#], &["late fulfilled"], "between 791 and 821 days after the target");
    let plan = r#"{ value = "2019-06", modality = "planned" }"#;
    row(
        "opened",
        &[plan, r#""2019""#],
        &["came-about fulfilled"],
        "between 180 days before and 213 days after the target",
    );
    row("opened", &[plan, r#""[2020..]""#], &["late fulfilled"], "at least 185 days after the target");
    row("opened", &[plan, r#""[..2020]""#], &["came-about fulfilled"], "at most 579 days after the target");
}

#[test]
fn a_put_off_is_told_once_for_each_step() {
    let third = r#"{ value = "2022", modality = "planned", as_of = "2020" }"#;
    row("opened", &[FIRST, SECOND, third], &["put-off slipped", "put-off slipped"], "the plan moved by");
    let plans = ["2018", "2019", "2020"].map(|year| format!("{{ value = \"[..{year}]\", modality = \"planned\" }}"));
    let plans: Vec<&str> = plans.iter().map(String::as_str).collect();
    row("opened", &plans, &["put-off slipped", "put-off slipped"], "not told");
}

#[test]
fn a_promise_made_after_the_outcome_is_not_kept_by_it() {
    let late = r#"{ value = "2023", modality = "planned", as_of = "2022" }"#;
    row("opened", &[late, r#""2021""#], &["made-after series"], "told after the other");
    row(
        "opened",
        &[FIRST, late, r#""2021""#],
        &["late fulfilled", "made-after series", "put-off slipped"],
        "after the target",
    );
}

#[test]
fn a_planned_date_that_is_denied_was_not_kept() {
    let denied = r#"{ value = "2019-06", modality = "denied", as_of = "2019-08" }"#;
    row("opened", &[FIRST, denied], &["not-kept slipped"], "is said not to be so");
    let (plan, denied) =
        (r#"{ value = "2019-06", modality = "planned" }"#, r#"{ value = "2019-06", modality = "denied" }"#);
    row("opened", &[plan, denied], &["not-kept slipped"], "is said not to be so");
}

#[test]
fn only_texts_that_exclude_each_other_conflict() {
    row("state-of-it", &[r#""open""#, r#""closed""#], &["incompatible conflicts"], "neither a time nor a scope");
    row("make", &[r#""Bridge""#, r#""Viaduct""#], &["several noted"], "several values");
    row("purpose-of-it", &[r#""For carts""#, r#""Road traffic""#], &["worded-otherwise noted"], "do not exclude");
}

#[test]
fn a_day_refines_its_month_and_keeps_its_own_basis() {
    let inferred = r#"{ value = "2021-03-05", basis = "inferred", reason = "as it is" }"#;
    row("opened", &[r#""2021-03""#, inferred], &["date-within refines"], "implies 5 March 2021");
    let months = [r#""2021""#, r#""2021-03""#, r#""2021-04""#];
    let wanted = ["date-within refines", "date-within refines", "incompatible conflicts"];
    row("opened", &months, &wanted, "the month lies in the year");
}

#[test]
fn a_number_is_as_close_as_it_is_written() {
    row("cost", &[r#""12 million EUR""#, r#""12.4 million EUR""#], &["number-rounds refines"], "rounded");
    row(
        "cost",
        &[r#""12.0 million EUR""#, r#""12.4 million EUR""#],
        &["incompatible conflicts"],
        "differ by €0.4 million",
    );
    row("cost", &[r#""12 million EUR""#, r#""13 million USD""#], &["other-unit noted"], "cannot be converted");
}

#[test]
fn a_part_is_no_more_than_its_whole() {
    let part = |number: u8| format!("{{ value = \"{number} million EUR\", scope = \"phase 1\" }}");
    let whole = r#""12 million EUR""#;
    row("cost", &[&part(5), whole], &["part-of-whole noted"], "a part");
    row("cost", &[&part(15), whole], &["part-exceeds-whole conflicts"], "more than the whole by €3 million");
    let other = r#"{ value = "30 million EUR", scope = "phase 2" }"#;
    row("cost", &[&part(10), other], &["other-scope noted"], "different parts");
}

/// Returns the verdicts on the berths of a firm that lists some.
fn berths(stated: &str, listed: usize, more: &str) -> Vec<(&'static str, Verdict, String)> {
    let unit = |number: usize| {
        format!(
            "[[unit]]\nid = \"b{number}\"\nlabel = \"Berth {number}\"\nat = \"lead / p1 s1\"\ntype = \"Berth\"\ninstitution = \"firm\"\n"
        )
    };
    let units = (0..listed).map(unit).collect::<Vec<_>>().concat();
    let graph = harbour(&format!(
        "[[claim]]\nof = \"institution/firm\"\nat = \"lead / p1 s1\"\nberths = {stated}\n{units}{more}"
    ));
    let property = graph.dossier().vocabulary().find_property("berths").unwrap();
    let slot = verdict_of(&graph, graph.dossier().find("institution/firm").unwrap(), property);
    let pairs = slot.map(|slot| slot.pairs).unwrap_or_default();
    pairs.iter().map(|pair| (pair.rule.id(), pair.verdict(), explain(graph.dossier(), property, pair))).collect()
}

#[test]
fn a_number_is_held_against_the_list_that_it_counts() {
    let whole = "[[complete]]\nof = \"institution/firm\"\nlist = [\"units\"]\nat = \"lead / p1 s1\"\n";
    for more in ["", whole] {
        let [(rule, verdict, words)] = &berths("34", 41, more)[..] else { panic!() };
        assert_eq!((*rule, *verdict), ("list-longer", Verdict::Conflicts));
        assert!(words.ends_with("7 more are listed (units of type \u{201c}berth\u{201d})"), "{words}");
    }
    let [(rule, verdict, words)] = &berths("34", 30, whole)[..] else { panic!() };
    assert_eq!((*rule, *verdict), ("list-shorter", Verdict::Conflicts));
    assert!(words.contains("4 fewer are listed"), "{words}");
    let [(rule, verdict, words)] = &berths("34", 30, "")[..] else { panic!() };
    assert_eq!((*rule, *verdict), ("list-open", Verdict::Noted));
    assert!(words.contains("4 not listed"), "{words}");
    let [(rule, verdict, _)] = &berths("34", 34, "")[..] else { panic!() };
    assert_eq!((*rule, *verdict), ("counted", Verdict::Agrees));
    // A count stands for the list, and what is said of a part or of a day is not held against all of it.
    let both = r#"[34, { value = 30, basis = "counted" }]"#;
    let rules: Vec<&str> = berths(both, 30, whole).iter().map(|row| row.0).collect();
    assert_eq!(rules, ["list-shorter", "counted"]);
    assert_eq!(berths(r#"{ value = 34, as_of = "1990" }"#, 41, ""), []);
    let past = whole.replace("at =", "since = \"2000\"\nat =");
    let dated = r#"[{ value = 34, as_of = "1990" }, { value = 30, basis = "counted" }]"#;
    assert_eq!(berths(dated, 30, &past)[0].0, "list-open");
}

fn sum(claims: &str) -> CheckResult {
    let check = "[[check]]\nlabel = \"All berths\"\nat = \"lead / p1 s1\"\nsum = [\"item/north berths\", \"item/south berths\"]\nequals = \"item/bridge berths\"\n";
    let items = "[[item]]\nid = \"north\"\nlabel = \"North\"\n[[item]]\nid = \"south\"\nlabel = \"South\"\n";
    let world = World::new(harbour(&format!("{items}{claims}{check}")).dossier().clone());
    let results = checks(&world);
    assert_eq!(results.len(), 1);
    results[0].clone()
}

fn berths_of(item: &str, values: &str) -> String {
    format!("[[claim]]\nof = \"item/{item}\"\nat = \"lead / p1 s1\"\nberths = {values}\n")
}

#[test]
fn a_sum_of_mixed_times_holds_with_a_note() {
    let of =
        |item: &str, number: u16, year: u16| berths_of(item, &format!("{{ value = {number}, as_of = \"{year}\" }}"));
    let whole = berths_of("bridge", "943");
    let result = sum(&(of("north", 865, 2019) + &of("south", 78, 2021) + &whole));
    assert_eq!((result.outcome, result.times.len()), (CheckOutcome::Holds, 2));
    let result = sum(&(of("north", 865, 2019) + &of("south", 78, 2019) + &whole));
    assert_eq!((result.outcome, result.times.len()), (CheckOutcome::Holds, 0));
}

#[test]
fn a_sum_with_a_term_of_two_positions_cannot_be_computed() {
    let (south, whole) = (berths_of("south", "78"), berths_of("bridge", "943"));
    let result = sum(&(berths_of("north", "[865, 900]") + &south + &whole));
    let words = result.computed.unwrap_err().to_string();
    assert_eq!(result.outcome, CheckOutcome::Unknown);
    assert!(words.contains("865") && words.contains("900"), "{words}");
    // A number and the one to which it rounds are one position.
    let result = sum(&(berths_of("north", "[865, 864.8]") + &south + &whole));
    assert_eq!(result.outcome, CheckOutcome::Holds);
}

#[test]
fn two_holders_at_one_time_conflict_on_the_post() {
    let term = |person: &str, start: u16, end: u16, more: &str| {
        format!(
            "[[person]]\nid = \"{person}\"\nlabel = \"{person}\"\n[[tenure]]\nid = \"{person}\"\nat = \"lead / p1 s1\"\n\
             person = \"{person}\"\npost = \"master\"\nstart = \"{start}\"\nend = \"{end}\"\n{more}"
        )
    };
    let post = "[[post]]\nid = \"master\"\nlabel = \"Harbour master\"\n";
    for acting in ["", "manner = \"acting\"\n"] {
        let graph = harbour(&format!("{post}{}{}", term("ann", 2010, 2014, ""), term("bo", 2012, 2016, acting)));
        let master = graph.dossier().find("post/master").unwrap();
        let found: Vec<SlotVerdict> = verdicts(&graph).into_iter().filter(|slot| slot.subject == master).collect();
        assert_eq!(found.is_empty(), !acting.is_empty());
        for slot in &found {
            assert_eq!((slot.decisive().rule, slot.verdict), (Rule::Overlap, Verdict::Conflicts));
            assert_eq!(verdict_of(&graph, master, slot.property).as_ref(), Some(slot));
            let words = explain(graph.dossier(), slot.property, slot.decisive());
            assert!(words.contains("ann") && words.contains("bo"), "{words}");
        }
    }
}
