//! Vacancies that a document states, and those of a list of terms that is whole.

use super::*;
use crate::formats::author;
use crate::syntax::SourceFile;

const POST: &str = "
[dossier]
format = 2
key = 'choir'
title = 'Choir'
HORIZON

[[source]]
id = 'book'
key = 'A'
title = 'Book'
published = '2015-06'

[[post]]
id = 'head'
label = 'Head'
at = 'A: lead / p1 s1'
POST

[[person]]
id = 'ann'
label = 'Ann'
at = 'A: lead / p1 s2'

[[tenure]]
id = 'ann-head'
person = 'ann'
post = 'head'
start = '2010'
end = '2012-06-30'
at = 'A: lead / p1 s2'

MORE
";

fn graph(post: &str, more: &str, horizon: &str) -> Graph {
    let text = POST.replace("POST", post).replace("MORE", more).replace("HORIZON", horizon);
    let (dossier, defects) = author::load(&[SourceFile::new("post.toml", text)]);
    assert_eq!(defects, []);
    Graph::new(dossier)
}

fn answers(graph: &Graph, days: &[(&str, &str)]) {
    let post = graph.dossier().find("post/head").unwrap();
    for (date, answer) in days {
        assert_eq!(show(graph, &holders_on(graph, post, day(date))), *answer, "{date}");
    }
}

#[test]
fn a_stated_vacancy_is_stated_on_its_days_only() {
    let graph = graph("vacant = '2012-07/2013-03'", "", "");
    answers(
        &graph,
        &[
            ("2012-06-30", "Ann stated"),
            ("2012-07-01", "vacant"),
            ("2013-03-31", "vacant"),
            ("2013-04-01", "not known"),
        ],
    );
    let post = graph.dossier().find("post/head").unwrap();
    let [found] = &holders_on(&graph, post, day("2012-09-01"))[..] else { panic!() };
    assert_eq!((found.basis, found.proof.len()), (Basis::Stated, 1));
    assert_eq!(found.why, "The post is said to be vacant 2012-07 – 2013-03.");
    let periods = holders_over_time(&graph, post);
    assert!(periods.iter().any(|period| period.first == day("2013-04-01")));
    let month = holders_during(&graph, post, day("2013-03-01"), day("2013-04-30"));
    assert_eq!(show(&graph, &month), "vacant/");
}

#[test]
fn a_vacancy_that_is_not_sure_or_not_so_counts_for_nothing() {
    for vacant in [
        "vacant = '[2012-07..2013-03]'",
        "vacant = { value = '2012-07/2013-03', modality = 'denied' }",
        "vacant = { value = '2012-07/2013-03', rank = 'deprecated', reason = 'An error.' }",
        "vacant = '{2012-07,2013-03}'",
    ] {
        let graph = graph(vacant, "", "");
        answers(&graph, &[("2012-09-01", "not known")]);
    }
}

#[test]
fn the_holders_over_time_are_those_of_each_day() {
    let complete = "[[complete]]\nof = 'post/head'\nlist = 'tenures'\nuntil = '2014-05'\nreason = 'The register.'";
    for (vacant, more) in [("", complete), ("vacant = '../2008'", ""), ("vacant = '2012-07/2013-03'", complete)] {
        let graph = graph(vacant, more, "");
        let post = graph.dossier().find("post/head").unwrap();
        let periods = holders_over_time(&graph, post);
        let first = periods.first().unwrap().first;
        for day in day("2005-01-01").iter_days().step_by(20).take_while(|day| *day < super::day("2016-01-01")) {
            let period =
                periods.iter().find(|period| period.first <= day && period.last.is_none_or(|last| day <= last));
            let holders = show(&graph, &holders_on(&graph, post, day));
            let expected = period.map_or("not known".into(), |period| show(&graph, &period.holdings));
            assert_eq!(holders, expected, "{vacant} {day}");
            assert!(day >= first || holders == "not known", "{vacant} {day}");
        }
    }
}

#[test]
fn an_inferred_vacancy_is_inferred() {
    let graph = graph("vacant = { value = '2013', basis = 'inferred', reason = 'No head is paid.' }", "", "");
    let post = graph.dossier().find("post/head").unwrap();
    assert_eq!(holders_on(&graph, post, day("2013-05-05"))[0].basis, Basis::Inferred);
}

#[test]
fn a_whole_list_of_terms_leaves_the_other_days_vacant() {
    let complete = "[[complete]]\nof = 'post/head'\nlist = 'tenures'\nsince = '2009'\nuntil = '2014'\nreason = 'It is the register.'";
    let whole = graph("", complete, "");
    // Since some day of 2009, until some day of 2014.
    answers(
        &whole,
        &[
            ("2009-12-30", "not known"),
            ("2009-12-31", "vacant"),
            ("2011-06-01", "Ann stated"),
            ("2012-07-01", "vacant"),
            ("2014-01-01", "vacant"),
            ("2014-01-02", "not known"),
        ],
    );
    let post = whole.dossier().find("post/head").unwrap();
    let [found] = &holders_on(&whole, post, day("2013-09-01"))[..] else { panic!() };
    let why = "Nobody is named for the day, and the list of terms is whole; It is the register.";
    assert_eq!((found.basis, &*found.why), (Basis::Inferred, why));
    answers(&graph("", &complete.replace("tenures", "event"), ""), &[("2012-07-01", "not known")]);
}

#[test]
fn a_list_without_an_end_is_whole_until_its_document_or_the_horizon() {
    let of_document = graph("complete = ['tenures']", "", "horizon = '2020'");
    answers(&of_document, &[("2015-06-01", "vacant"), ("2015-06-02", "not known"), ("2009-12-31", "not known")]);
    let complete = "[[complete]]\nof = 'post/head'\nlist = 'tenures'\nreason = 'The register.'";
    answers(&graph("", complete, "horizon = '2020'"), &[("2020-12-31", "vacant"), ("2021-01-01", "not known")]);
    answers(&graph("", complete, ""), &[("2013-01-01", "not known")]);
}

#[test]
fn a_whole_list_leaves_no_day_vacant_that_a_listed_term_may_cover() {
    let complete = "[[complete]]\nof = 'post/head'\nlist = 'tenures'\nuntil = '2014'\nreason = 'It is the register.'\n";
    let bea = |dates: &str| {
        format!(
            "{complete}[[person]]\nid = 'bea'\nlabel = 'Bea'\nat = 'A: lead / p1 s2'\n[[tenure]]\nid = 'bea-head'\nperson = 'bea'\npost = 'head'\nat = 'A: lead / p1 s2'\n{dates}"
        )
    };
    for (dates, answer) in [
        ("", "not known"),
        ("attested = '2012-12'", "Bea last known"),
        ("attested = '2008'", "vacant"),
        ("attested = '2013-12'", "not known"),
        ("end = '2013-12-31'", "not known"),
        ("start = '2014-06~'", "not known"),
        ("start = '2005'\nend = '2013-02?'", "not known"),
        ("start = '2005'\nend = ['2013-02?', '2013-02']", "vacant"),
        ("start = '2014-06'", "vacant"),
        ("start = '2005'\nend = '2009'", "vacant"),
        ("start = '2005'", "vacant"),
    ] {
        // Ann's term ended in 2012 and hers, if it has no end, before that.
        let graph = graph("", &bea(dates), "horizon = '2020'");
        answers(&graph, &[("2013-05-05", answer)]);
        let post = graph.dossier().find("post/head").unwrap();
        for period in holders_over_time(&graph, post) {
            let last = period.last.unwrap_or(period.first);
            assert_eq!(show(&graph, &holders_on(&graph, post, last)), show(&graph, &period.holdings), "{dates}");
        }
    }
}

#[test]
fn a_list_of_terms_has_every_name_that_means_them() {
    let of_post =
        |name: &str| format!("[[complete]]\nof = 'post/head'\nlist = '{name}'\nuntil = '2014'\nreason = 'So.'");
    for name in ["tenures", "tenure"] {
        answers(&graph("", &of_post(name), ""), &[("2013-05-05", "vacant")]);
    }
    answers(&graph("", &of_post("post"), ""), &[("2013-05-05", "not known")]);
    // A document whose terms are whole lists those of each post of which it names one.
    let text = POST.replace("published", "complete = 'tenures'\npublished").replace("POST", "").replace("MORE", "");
    let (dossier, defects) = author::load(&[SourceFile::new("post.toml", text.replace("HORIZON", ""))]);
    assert_eq!(defects, []);
    answers(&Graph::new(dossier), &[("2013-05-05", "vacant"), ("2015-06-02", "not known")]);
    let other = "[[source]]\nid = 'news'\nkey = 'B'\ntitle = 'News'\npublished = '2016'\ncomplete = 'tenures'\n";
    answers(&graph("", other, ""), &[("2013-05-05", "not known")]);
}
