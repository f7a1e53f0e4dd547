//! The picker without a terminal: what keys choose, and when.

use super::lines::MAX_ROWS;
use super::*;
use crate::app::at_once;
use crate::app::request::answer;
use crate::formats::author;
use crate::keymap::action::Edit;
use crate::keymap::{self, Chord, Context};
use crate::search::{Lines, Stop};

fn growth(texts: &[&str], is_reading: bool) -> Growth {
    let mut lines = Lines::default();
    for text in texts {
        lines.push(text);
    }
    Growth { lines, is_reading }
}

fn of_lines(texts: &[&str], is_multi: bool) -> Picker {
    let mut picker = Picker::of_lines("", is_multi);
    tell(&mut picker, Msg::Resize(Size { width: 40, height: 10 }));
    tell(&mut picker, Msg::Grown(growth(texts, false)));
    picker
}

fn tell(picker: &mut Picker, msg: Msg<'_>) -> Vec<Effect> {
    at_once(picker, update, msg)
}

fn actions(keys: &str) -> impl Iterator<Item = Action> {
    let chord = |word: &str| Chord::parse(word).map(Chord::event);
    keys.split_whitespace().filter_map(chord).filter_map(|key| keymap::resolve(Context::Picking, key))
}

fn press(picker: &mut Picker, keys: &str) -> Vec<Effect> {
    actions(keys).flat_map(|action| tell(picker, Msg::Act(action))).collect()
}

fn chosen(picker: &Picker) -> Vec<&str> {
    let List::Lines(list) = &picker.list else { return Vec::new() };
    let text = |choice: &Choice| match choice {
        Choice::Line(line) => list.lines.get(*line),
        Choice::Entity(_) => "",
    };
    picker.choices().iter().map(text).collect()
}

#[test]
fn enter_chooses_the_best_match() {
    let mut picker = of_lines(&["one", "two", "three"], false);
    assert_eq!(press(&mut picker, "t h <enter>"), [Effect::Choose]);
    assert_eq!(chosen(&picker), ["three"]);
}

#[test]
fn marks_outlive_what_is_typed_and_keep_their_order() {
    let mut picker = of_lines(&["one", "two", "three"], true);
    // The third mark takes the second away again.
    assert_eq!(press(&mut picker, "t h <tab> C-u <tab> <backtab> <backtab> <enter>"), [Effect::Choose]);
    assert_eq!(chosen(&picker), ["three", "two"]);
}

#[test]
fn one_choice_needs_no_mark_and_says_so() {
    let mut picker = of_lines(&["one", "two"], false);
    press(&mut picker, "<tab>");
    assert!(picker.notice.as_ref().is_some_and(|notice| notice.contains("--multi")));
    assert_eq!((picker.marked(), chosen(&picker)), (0, vec!["one"]));
}

#[test]
fn leaving_chooses_nothing() {
    for keys in ["<esc>", "C-c", "C-g"] {
        assert_eq!(press(&mut of_lines(&["one"], false), keys), [Effect::Quit]);
    }
    assert_eq!(press(&mut of_lines(&["one"], false), "q"), []);
}

#[test]
fn nothing_listed_is_a_choice_of_nothing_once_all_is_read() {
    let mut picker = of_lines(&["one"], false);
    assert_eq!(press(&mut picker, "z z <enter>"), [Effect::Choose]);
    assert_eq!(picker.choices(), []);
    let mut reading = Picker::of_lines("zz", false);
    tell(&mut reading, Msg::Grown(growth(&["one"], true)));
    assert_eq!(press(&mut reading, "<enter>"), []);
    assert!(reading.notice.is_some());
}

#[test]
fn without_any_line_it_ends_at_once() {
    let mut picker = Picker::of_lines("", false);
    assert_eq!(tell(&mut picker, Msg::Grown(growth(&[], true))), []);
    assert_eq!(tell(&mut picker, Msg::Grown(growth(&[], false))), [Effect::Choose]);
}

#[test]
fn enter_waits_for_the_answer_to_what_was_typed() {
    let mut picker = of_lines(&["one", "two"], false);
    let asked = update(&mut picker, Msg::Act(Action::Type('w')));
    let [Effect::Search(request)] = &asked[..] else { unreachable!("a search: {asked:?}") };
    assert_eq!(update(&mut picker, Msg::Act(Action::Open)), [], "the rows are still those before");
    let mut effects = Vec::new();
    answer(request, &Stop::never(), &mut |answer| effects.extend(update(&mut picker, Msg::Found(answer))));
    assert_eq!((effects, chosen(&picker)), (vec![Effect::Choose], vec!["two"]));
}

#[test]
fn the_answer_to_an_older_question_is_passed_over() {
    let mut picker = of_lines(&["one", "two"], false);
    let first = update(&mut picker, Msg::Act(Action::Type('w')));
    let second = update(&mut picker, Msg::Act(Action::Type('x')));
    for (effects, total) in [(first, 2), (second, 0)] {
        let [Effect::Search(request)] = &effects[..] else { unreachable!("a search: {effects:?}") };
        answer(request, &Stop::never(), &mut |answer| {
            update(&mut picker, Msg::Found(answer));
        });
        assert_eq!(picker.total(), total);
    }
}

#[test]
fn lines_that_come_do_not_interrupt_a_search_and_are_then_searched_too() {
    let mut picker = Picker::of_lines("o", false);
    let first = update(&mut picker, Msg::Grown(growth(&["one"], true)));
    let [Effect::Search(request)] = &first[..] else { unreachable!("a search: {first:?}") };
    assert_eq!(update(&mut picker, Msg::Grown(growth(&["one", "two"], true))), []);
    let mut again = Vec::new();
    answer(request, &Stop::never(), &mut |answer| again.extend(update(&mut picker, Msg::Found(answer))));
    assert!(matches!(&again[..], [Effect::Search(_)]), "{again:?}");
}

#[test]
fn with_nothing_typed_lines_are_there_as_soon_as_they_came() {
    let mut picker = Picker::of_lines("", false);
    for texts in [&["one"][..], &["one", "two"]] {
        assert_eq!(update(&mut picker, Msg::Grown(growth(texts, true))), []);
        assert_eq!((picker.len(), picker.total(), picker.is_searching()), (texts.len(), texts.len(), false));
    }
    let asked = update(&mut picker, Msg::Act(Action::Type('w')));
    assert_eq!(update(&mut picker, Msg::Act(Action::Edit(Edit::Backspace))), []);
    let [Effect::Search(request)] = &asked[..] else { unreachable!("a search: {asked:?}") };
    answer(request, &Stop::never(), &mut |answer| {
        update(&mut picker, Msg::Found(answer));
    });
    assert_eq!((picker.total(), picker.is_searching()), (2, false), "the answer to what is gone");
}

#[test]
fn the_list_goes_on_behind_the_rows_that_were_fetched_first() {
    let texts: Vec<String> = (0..1_500).map(|number| format!("line {number}")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    for query in ["", "line"] {
        let mut picker = of_lines(&texts, false);
        query.chars().for_each(|c| drop(tell(&mut picker, Msg::Act(Action::Type(c)))));
        assert!(picker.len() < MAX_ROWS);
        assert_eq!((picker.listed(), picker.total()), (MAX_ROWS, 1_500));
        tell(&mut picker, Msg::Act(Action::Move(Motion::Bottom)));
        assert_eq!(chosen(&picker), ["line 999"], "{query:?}");
        press(&mut picker, "<up>");
        assert_eq!(chosen(&picker), ["line 998"], "{query:?}");
        let mut picker = of_lines(&texts, false);
        query.chars().for_each(|c| drop(tell(&mut picker, Msg::Act(Action::Type(c)))));
        (0..300).for_each(|_| drop(press(&mut picker, "<down>")));
        assert_eq!(chosen(&picker), ["line 300"], "{query:?}");
        tell(&mut picker, Msg::Grown(growth(&texts, true)));
        assert_eq!(chosen(&picker), ["line 300"], "{query:?}");
    }
}

#[test]
fn steps_and_a_choice_wait_for_the_rows_to_which_they_lead() {
    let texts: Vec<String> = (0..1_500).map(|number| format!("line {number}")).collect();
    let mut picker = of_lines(&texts.iter().map(String::as_str).collect::<Vec<_>>(), false);
    tell(&mut picker, Msg::Act(Action::Type('l')));
    let asked = update(&mut picker, Msg::Act(Action::Move(Motion::Bottom)));
    let [Effect::Search(request)] = &asked[..] else { unreachable!("a search: {asked:?}") };
    for action in [Action::Move(Motion::Up), Action::Open] {
        assert_eq!(update(&mut picker, Msg::Act(action)), []);
    }
    let mut effects = Vec::new();
    answer(request, &Stop::never(), &mut |answer| effects.extend(update(&mut picker, Msg::Found(answer))));
    assert_eq!((effects, chosen(&picker)), (vec![Effect::Choose], vec!["line 998"]));
}

#[test]
fn a_screen_higher_than_the_first_rows_is_full() {
    let texts: Vec<String> = (0..1_500).map(|number| format!("line {number}")).collect();
    let mut picker = of_lines(&texts.iter().map(String::as_str).collect::<Vec<_>>(), false);
    tell(&mut picker, Msg::Resize(Size { width: 40, height: 700 }));
    assert!(picker.len() >= usize::from(picker.list_area().height));
}

#[test]
fn a_click_selects_and_a_second_one_chooses() {
    let mut picker = of_lines(&["one", "two"], false);
    let area = picker.list_area();
    assert_eq!(tell(&mut picker, Msg::Click(area.x, area.y + 1)), []);
    assert_eq!(tell(&mut picker, Msg::Click(area.x, area.y + 1)), [Effect::Choose]);
    assert_eq!(chosen(&picker), ["two"]);
    assert_eq!(tell(&mut picker, Msg::Click(area.x, area.y + 5)), []);
}

#[test]
fn entities_are_chosen_by_what_they_are_called() {
    let world = World::new(author::load(&author::embedded()).0);
    let mut picker = Picker::of_entities(world.clone(), None, Some(crate::model::CoreKind::Person.into()), "", false);
    tell(&mut picker, Msg::Resize(Size { width: 120, height: 30 }));
    assert_eq!(press(&mut picker, "r a m j i <enter>"), [Effect::Choose]);
    let choices = picker.choices();
    let [Choice::Entity(hit)] = choices[..] else { unreachable!("one entity: {choices:?}") };
    assert_eq!(world.dossier().id(hit.entity), "person/ramji-singh");
}
