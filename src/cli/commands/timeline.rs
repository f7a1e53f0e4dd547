//! `annals timeline`: dated claims in order, with silences and undated events.
//!
//! Invariant: rows keep the order of the chronology. Silences are those of the whole scope: a query never adds
//! one, and a window of time only cuts it. All formats are written from the same claim.

use std::borrow::Cow;
use std::io;

use chrono::Datelike;
use serde::Serialize;

use crate::cli::args::{Format, TimelineArgs, TimelineFormat};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::members::{explain_empty, parse_query};
use crate::cli::output::{Output, Tone};
use crate::cli::resolve::resolve;
use crate::cli::text_table::{Excess, TextColumn, TextTable};
use crate::formats::csv::{evidence_cell_of, when_cells};
use crate::formats::jsonl::{EvidenceObject, Linked, WhenObject};
use crate::model::{Basis, Claim, ClaimId, Core, CoreKind, Dossier, EntityId, Modality, Moment, PropertyId, When};
use crate::present::wording::{cite_claim, cite_claims, marks};
use crate::query::matching::{Match, Matching};
use crate::query::{IN_DATE_ORDER, Query, Span};
use crate::timeline::World;
use crate::timeline::chronology::{RowIndex, Silence, number, row_label, row_when};
use crate::timeline::status::{TemporalStatus, row_at};
use crate::view::picture::{self, Picture};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entry {
    /// A dated row, and whether it certainly lies within the time asked for.
    Row(RowIndex, Within),
    Silence {
        first: i32,
        last: i32,
    },
    Undated(EntityId),
}

/// The relation of a date to the time asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Within {
    Definite,
    Possible,
}

struct Answer {
    entries: Vec<Entry>,
    /// True if a time was asked for, so that a row can be merely possible.
    timed: bool,
    /// The number of undated events that the window leaves out.
    left_out: usize,
    /// The moment at which the status of rows is shown.
    as_of: Option<Moment>,
}

impl Answer {
    /// Returns the number of entries other than silences.
    fn found(&self) -> usize {
        self.entries.iter().filter(|entry| matches!(entry, Entry::Row(..) | Entry::Undated(_))).count()
    }
}

pub fn run(
    world: &World,
    as_of: Option<Moment>,
    args: &TimelineArgs,
    out: &mut Output<'_>,
) -> Result<Outcome, Failure> {
    let query = args.query.as_deref().map(|text| parse_query(world, text, None)).transpose()?;
    let answer = Answer { as_of, ..answer(world, args, query.as_ref())? };
    match args.format.of_rows() {
        Some(format) => write(world, &answer, format, out)?,
        None => write_picture(world, args, &answer, out)?,
    }
    if query.as_ref().is_some_and(|query| !query.order().is_empty()) {
        crate::cli::report(&[format!("annals: {IN_DATE_ORDER}; find and list take sort:")]);
    }
    let found = answer.found();
    if let Some(query) = query.filter(|_| found == 0) {
        crate::cli::report(&explain_empty(&query, |query| Ok(self::answer(world, args, Some(query))?.found()))?);
    }
    Ok(Outcome::of(found > 0))
}

/// Prints the timeline as text, as `annals` does without a terminal.
pub fn print_all(world: &World, as_of: Option<Moment>, out: &mut Output<'_>) -> Result<Outcome, Failure> {
    let args = TimelineArgs { of: None, from: None, to: None, query: None, format: TimelineFormat::Text };
    run(world, as_of, &args, out)
}

fn answer(world: &World, args: &TimelineArgs, query: Option<&Query>) -> Result<Answer, Failure> {
    let window = window(args)?;
    let scope = args.of.as_deref().map(|of| resolve(world, of)).transpose()?;
    let query = query.filter(|query| !query.is_empty());
    let matching = query.map(|query| Matching::new(world, query));
    let matched = |row| matching.as_ref().map_or(Match::Definite, |matching| matching.row(world, row));

    let mut entries = Vec::new();
    let rows = world.chronology().of(scope);
    let silences = if query.is_none() { rows.silences() } else { &[] };
    let mut silences = silences.iter().copied().peekable();
    for (position, row) in rows.iter().enumerate() {
        let Some(when) = row_when(world.dossier(), world.chronology().row(row)) else { continue };
        if let Some(silence) = silences.next_if(|silence| silence.before == position) {
            entries.extend(cut(silence, window));
        }
        if let Some(within) = within(when, window, matched(row)) {
            entries.push(Entry::Row(row, within));
        }
    }
    let undated = undated(world, scope, matching.as_ref());
    let windowed = args.from.is_some() || args.to.is_some();
    let left_out = if windowed { undated.len() } else { 0 };
    if !windowed {
        entries.extend(undated.into_iter().map(Entry::Undated));
    }
    let timed = windowed || query.is_some_and(Query::is_of_time);
    Ok(Answer { entries, timed, left_out, as_of: None })
}

/// Cuts a silence to a window; returns `None` if nothing is left.
fn cut(silence: Silence, window: Span) -> Option<Entry> {
    let first = window.first().map_or(silence.first, |day| silence.first.max(day.year()));
    let last = window.last().map_or(silence.last, |day| silence.last.min(day.year()));
    (first <= last).then_some(Entry::Silence { first, last })
}

/// Returns the undated events that touch an entity and match.
fn undated(world: &World, scope: Option<EntityId>, matching: Option<&Matching>) -> Vec<EntityId> {
    let events = world.chronology().undated().iter().copied();
    let inside = events.filter(|&event| scope.is_none_or(|scope| world.touches(event, scope)));
    inside.filter(|&event| matching.is_none_or(|matching| matching.entity(world, event).passes())).collect()
}

fn window(args: &TimelineArgs) -> Result<Span, Failure> {
    let bound = |name: &str, when: &When, side: &str| {
        Failure::input(format!("--{name} \"{}\" has no {side} day; expected a date that has one", when.edtf()))
    };
    let from =
        args.from.as_ref().map(|when| when.earliest().ok_or_else(|| bound("from", when, "first"))).transpose()?;
    let to = args.to.as_ref().map(|when| when.latest().ok_or_else(|| bound("to", when, "last"))).transpose()?;
    Span::new(from, to).ok_or_else(|| {
        let edtf = |when: &Option<When>| when.as_ref().map(|when| when.edtf().to_owned()).unwrap_or_default();
        Failure::input(format!(
            "--to \"{}\" lies before --from \"{}\"; expected it at or after",
            edtf(&args.to),
            edtf(&args.from)
        ))
    })
}

/// Returns whether a matching row certainly or possibly lies in the window; `None` if it does not match or lies
/// outside.
fn within(when: &When, window: Span, matched: Match) -> Option<Within> {
    if !matched.passes() || !window.may_touch(when.window()) {
        return None;
    }
    let is_sure = matched == Match::Definite && window.holds(when.window());
    Some(if is_sure { Within::Definite } else { Within::Possible })
}

fn write_picture(world: &World, args: &TimelineArgs, answer: &Answer, out: &mut Output<'_>) -> Result<(), Failure> {
    let rows: Vec<RowIndex> = answer
        .entries
        .iter()
        .filter_map(|entry| match entry {
            Entry::Row(row, _) => Some(*row),
            Entry::Silence { .. } | Entry::Undated(_) => None,
        })
        .collect();
    let of = args.of.as_deref().map(|of| resolve(world, of)).transpose()?;
    let dossier = world.dossier();
    let title = of.map_or(Cow::Borrowed(dossier.meta().title.as_str()), |of| world.label(of));
    let window = window(args)?;
    let undated = answer.entries.iter().filter(|entry| matches!(entry, Entry::Undated(_))).count();
    let undated = undated.saturating_add(answer.left_out);
    let picture =
        Picture { undated, title: &title, rows: &rows, window: (window.first(), window.last()), as_of: answer.as_of };
    out.raw().write_all(picture::timeline(world, &picture).as_bytes())?;
    Ok(())
}

fn write(world: &World, answer: &Answer, format: Format, out: &mut Output<'_>) -> io::Result<()> {
    let said = || answer.entries.iter().filter_map(|&entry| Said::new(world, answer, entry));
    let header = "when,when_label,earliest,latest,modality,id,kind,label,property,institutions,people,evidence";
    let header = header.split(',').chain(answer.as_of.map(|_| "as_of"));
    let objects = said().map(|said| RowObject::new(world, said));
    out.rows(format, |out| print(world, answer, out), objects, header, said().map(|said| cells(world, &said)))
}

fn cells(world: &World, said: &Said<'_>) -> Vec<String> {
    let dossier = world.dossier();
    let labels = |kind| said.touched(world, kind).map(|entity| world.label(entity)).collect::<Vec<_>>().join("; ");
    let [when, when_label, earliest, latest] = when_cells(said.when);
    let mut cells = vec![
        when,
        when_label,
        earliest,
        latest,
        said.modality().to_string(),
        dossier.id(said.subject).to_owned(),
        dossier.kind(said.subject).name.to_string(),
        said.label.clone(),
        dossier.vocabulary().name(said.property).to_owned(),
        labels(CoreKind::Institution),
        labels(CoreKind::Person),
        evidence_cell_of(dossier, said.claims(dossier)),
    ];
    cells.extend(said.standing.map(|standing| standing.as_str().to_owned()));
    cells
}

/// A row of the JSON contract.
#[derive(Serialize)]
struct RowObject<'a> {
    id: &'a str,
    kind: &'a str,
    /// The label of the entity, followed by what happened to it.
    label: String,
    /// Null for an event without a date.
    when: Option<WhenObject<'a>>,
    modality: Modality,
    institutions: Vec<Linked<'a>>,
    people: Vec<Linked<'a>>,
    evidence: Vec<EvidenceObject<'a>>,
    property: &'a str,
    basis: Basis,
    /// The claims that are shown as one, if there are several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    claims: Vec<MergedObject<'a>>,
    /// Certain or possible in the time of `--from`, `--to` or the query.
    #[serde(skip_serializing_if = "Option::is_none")]
    within: Option<Within>,
    /// The status at `--as-of`, if given.
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<&'static str>,
}

/// One of several claims that tell one fact, some less exactly than others.
#[derive(Serialize)]
struct MergedObject<'a> {
    id: Cow<'a, str>,
    when: Option<WhenObject<'a>>,
    basis: Basis,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    evidence: Vec<EvidenceObject<'a>>,
}

impl<'a> MergedObject<'a> {
    /// Returns an object for each claim, or none for a single one.
    fn all(dossier: &'a Dossier, claims: &[ClaimId]) -> Vec<Self> {
        let claims = claims.iter().filter(|_| claims.len() > 1).map(|&id| dossier.claim(id));
        let object = |claim: &'a Claim| Self {
            id: dossier.claim_name(claim),
            when: dossier.date(claim).map(WhenObject::new),
            basis: claim.basis(),
            note: dossier.note(claim),
            evidence: EvidenceObject::of(dossier, [claim]),
        };
        claims.map(object).collect()
    }
}

struct Said<'a> {
    subject: EntityId,
    label: String,
    when: Option<&'a When>,
    /// The property that the date is the value of.
    property: PropertyId,
    /// The claim of the date; an undated event may have none.
    claim: Option<&'a Claim>,
    /// All claims that tell the fact, that one among them.
    merged: &'a [ClaimId],
    /// The status at the moment asked for, if any.
    standing: Option<TemporalStatus>,
    /// True if its days begin after that moment.
    is_below: bool,
    touched: Vec<EntityId>,
    within: Option<Within>,
}

impl<'a> Said<'a> {
    /// Returns the content of an entry, or `None` for a silence.
    fn new(world: &'a World, answer: &Answer, entry: Entry) -> Option<Self> {
        let dossier = world.dossier();
        let standing = |claim: Option<&Claim>| {
            let at = |claim, moment| row_at(dossier, claim, moment);
            answer.as_of.map(|moment| claim.map_or(TemporalStatus::Undated, |claim| at(claim, moment)))
        };
        match entry {
            Entry::Silence { .. } => None,
            Entry::Row(index, within) => {
                let row = world.chronology().row(index);
                let first = world.chronology().extent(index).first;
                Some(Self {
                    subject: row.subject,
                    label: row_label(world, row),
                    when: row_when(dossier, row),
                    property: row.property,
                    claim: Some(dossier.claim(row.claim)),
                    merged: world.chronology().claims(row),
                    standing: standing(Some(dossier.claim(row.claim))),
                    is_below: answer.as_of.is_some_and(|moment| first > number(moment.last())),
                    touched: world.chronology().touched(index).to_vec(),
                    within: answer.timed.then_some(within),
                })
            }
            Entry::Undated(event) => Some(Self {
                subject: event,
                label: world.label(event).into_owned(),
                when: None,
                property: Core::When.into(),
                claim: dossier.claims_of(event).first(),
                merged: &[],
                standing: standing(dossier.claims_of(event).first()),
                is_below: false,
                touched: world.touched(event),
                within: None,
            }),
        }
    }

    /// Returns the entities of one kind that the row touches.
    fn touched(&self, world: &World, kind: CoreKind) -> impl Iterator<Item = EntityId> {
        self.touched.iter().copied().filter(move |&entity| world.dossier().core_kind(entity) == kind)
    }

    /// Returns the claims that tell the fact.
    fn claims(&self, dossier: &'a Dossier) -> impl Iterator<Item = &'a Claim> {
        let merged = self.merged.iter().map(|&id| dossier.claim(id));
        merged.chain(self.claim.filter(|_| self.merged.is_empty()))
    }

    /// Returns the places of the claims in few characters.
    fn cite(&self, dossier: &Dossier) -> String {
        match self.claim.filter(|_| self.merged.is_empty()) {
            Some(claim) => cite_claim(dossier, claim),
            None => cite_claims(dossier, self.merged),
        }
    }

    /// Returns true for a fact that has only an upper bound.
    fn is_bounded(&self) -> bool {
        self.modality() == Modality::Actual && self.when.is_some_and(|when| when.earliest().is_none())
    }

    fn modality(&self) -> Modality {
        self.claim.map_or(Modality::Actual, Claim::modality)
    }

    /// Returns the qualifications of the row: "planned", "alleged", "inferred", "possible".
    fn marks(&self) -> String {
        let mut words = self.claim.map(marks).unwrap_or_default();
        if self.within == Some(Within::Possible) {
            words.push("possible");
        }
        // The position tells the status of most rows; only the others are marked.
        let word = match (self.standing.filter(|_| self.when.is_some()), self.is_below) {
            (Some(TemporalStatus::Possible), _) => Some("possible"),
            // An upper bound does not tell how much earlier it happened.
            (Some(TemporalStatus::Later), true) if self.is_bounded() => Some("perhaps earlier"),
            (Some(TemporalStatus::Later), false) => Some("said later"),
            (Some(TemporalStatus::So), true) => Some("known by then"),
            (
                Some(TemporalStatus::So | TemporalStatus::Undated | TemporalStatus::Over | TemporalStatus::Later)
                | None,
                _,
            ) => None,
        };
        words.extend(word.filter(|word| !words.contains(word)));
        words.join(", ")
    }
}

impl<'a> RowObject<'a> {
    fn new(world: &'a World, said: Said<'a>) -> Self {
        let dossier = world.dossier();
        let linked = |kind| said.touched(world, kind).map(|entity| Linked::new(dossier, entity)).collect();
        Self {
            id: dossier.id(said.subject),
            kind: &dossier.kind(said.subject).name,
            when: said.when.map(WhenObject::new),
            modality: said.modality(),
            institutions: linked(CoreKind::Institution),
            people: linked(CoreKind::Person),
            evidence: EvidenceObject::of(dossier, said.claims(dossier)),
            claims: MergedObject::all(dossier, said.merged),
            property: dossier.vocabulary().name(said.property),
            basis: said.claim.map_or(Basis::Stated, Claim::basis),
            within: said.within,
            as_of: said.standing.map(TemporalStatus::as_str),
            label: said.label,
        }
    }
}

fn print(world: &World, answer: &Answer, out: &mut Output<'_>) -> io::Result<()> {
    let dossier = world.dossier();
    let mut table = TextTable::new(
        0,
        [
            TextColumn { tone: Tone::Strong, excess: Excess::Cut, shrink: &[] },
            TextColumn { tone: Tone::Plain, excess: Excess::Cut, shrink: &[(1, 8)] },
            TextColumn { tone: Tone::Plain, excess: Excess::Wrap, shrink: &[(2, 24), (4, 10)] },
            TextColumn { tone: Tone::Faint, excess: Excess::Wrap, shrink: &[(0, 0)] },
            TextColumn { tone: Tone::Faint, excess: Excess::Wrap, shrink: &[(3, 8), (5, 0)] },
        ],
    );
    let (mut tray, mut ruled) = (false, false);
    for &entry in &answer.entries {
        if let Entry::Silence { first, last } = entry {
            let years = last.abs_diff(first).saturating_add(1);
            let noun = if years == 1 { "year" } else { "years" };
            let range = if years == 1 { first.to_string() } else { format!("{first}–{last}") };
            table.across(Tone::Faint, format!("┈ {years} {noun} without a dated event ({range})"));
        }
        if matches!(entry, Entry::Undated(_)) && !tray {
            tray = true;
            let count = answer.entries.iter().filter(|entry| matches!(entry, Entry::Undated(_))).count();
            table.blank();
            table.across(Tone::Strong, format!("Undated: {count}"));
        }
        if let Some(said) = Said::new(world, answer, entry) {
            if let Some(moment) = answer.as_of.filter(|_| said.is_below && !ruled) {
                ruled = true;
                table.across(Tone::Strong, format!("═══ as of {moment} · below: later ═══"));
            }
            let short: Vec<Cow<'_, str>> =
                said.touched(world, CoreKind::Institution).map(|id| world.short_name(id)).collect();
            table.row([
                said.when.map(When::column).unwrap_or_default(),
                said.marks(),
                said.label.clone(),
                short.join(", "),
                said.cite(dossier),
            ]);
        }
    }
    if answer.left_out > 0 {
        let noun = if answer.left_out == 1 { "event has" } else { "events have" };
        table.blank();
        table.across(Tone::Faint, format!("{} further {noun} no date", answer.left_out));
    }
    table.print(out)
}
