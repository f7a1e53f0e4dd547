//! The departments of an institution and the programmes they teach.
//!
//! Rows are departments, columns the levels of the programmes in the order of [`levels`](crate::model::levels).
//! The first clinic is the earliest opened facility of the institution for which departments are listed.
//! Beside the counts are the claims that give such a count, so that prose and lists can be compared.
//!
//! Invariant: every programme of the institution is in exactly one column and in at least one row (the last one, if no
//! department is known), and denied or deprecated claims make no row, cell or clinic.

use crate::graph::containment::is_department;
use crate::graph::slots::{best_date, is_actual, remoteness, slot_ids};
use crate::model::levels::{heading, named_in, sort_key};
use crate::model::{Basis, ClaimId, Dossier, EntityId, Kind, NameKind, Property, Value};
use crate::present::wording::by_date;
use crate::text::fold::fold;
use crate::timeline::World;

/// The departments of an institution and their programmes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Matrix {
    /// The levels; none is without a programme.
    pub levels: Vec<Level>,
    /// The first clinic, if one is known.
    pub clinic: Option<Clinic>,
    /// The departments by label, then other units, then the programmes that belong to none.
    pub units: Vec<UnitRow>,
    /// The number of programmes.
    pub programmes: usize,
    /// Counts that documents give, against these.
    pub checks: Vec<CountCheck>,
}

/// A level of study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Level {
    /// The heading: `MD`, `UG`, or the level as written.
    pub heading: String,
    /// The number of programmes of this level.
    pub programmes: usize,
}

/// The first clinic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Clinic {
    /// The facility.
    pub facility: EntityId,
    /// The heading: its acronym or label, and the year, as `OPD'21`.
    pub heading: String,
    /// The number of departments that took part.
    pub departments: usize,
}

/// The subject of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowOf {
    /// A unit of the type "department".
    Department(EntityId),
    /// Another unit, to which a programme or the first clinic is said to belong.
    Unit(EntityId),
    /// The programmes for which no department is known.
    Nothing,
}

/// The programmes of one department or other unit.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct UnitRow {
    /// The department or other unit.
    pub of: RowOf,
    /// Its programmes by level, one list for each level.
    pub offers: Vec<Vec<Offer>>,
    /// True if it took part in the first clinic.
    pub in_clinic: bool,
}

/// The kind of evidence for the department of a programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    /// A document says or lists it.
    Stated,
    /// It was inferred, usually from the title; the claim has the reason.
    Inferred,
    /// No department is known.
    Missing,
}

/// A programme of a department.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Offer {
    /// The programme.
    pub programme: EntityId,
    /// The claim of its level.
    pub level: Option<ClaimId>,
    /// The claim of its department.
    pub department: Option<ClaimId>,
    /// The kind of evidence for the department.
    pub link: Link,
}

/// A count that a document gives, and the count of the lists.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct CountCheck {
    /// The claim.
    pub claim: ClaimId,
    /// The number that it gives.
    pub said: f64,
    /// The number counted in the matrix.
    pub counted: usize,
    /// The name of the things counted: "departments", "subjects in MD, MS, MDS" …
    pub what: String,
}

impl CountCheck {
    /// Returns true if the two numbers are equal.
    pub(super) fn agrees(&self) -> bool {
        self.said.total_cmp(&(self.counted as f64)).is_eq()
    }
}

impl UnitRow {
    /// Returns the department or unit.
    pub(super) fn entity(&self) -> Option<EntityId> {
        match self.of {
            RowOf::Department(entity) | RowOf::Unit(entity) => Some(entity),
            RowOf::Nothing => None,
        }
    }

    /// Returns the number of its programmes.
    pub(super) fn programmes(&self) -> usize {
        self.offers.iter().map(Vec::len).sum()
    }

    /// Returns words for the filter: other names, and the programmes.
    pub(super) fn words(&self, dossier: &Dossier) -> String {
        let names = self.entity().into_iter().flat_map(|entity| dossier.names(entity));
        let names = names.map(|name| dossier.text(name.value));
        let programmes = self.offers.iter().flatten().map(|offer| dossier.label(offer.programme));
        names.chain(programmes).collect::<Vec<_>>().join(" ")
    }
}

impl Matrix {
    /// Returns the matrix of an institution; without rows if it has neither departments nor programmes.
    pub(super) fn of(world: &World, institution: EntityId) -> Self {
        let dossier = world.dossier();
        let courses = courses(world, institution);
        let levels = levels(&courses);
        let (clinic, members) = first_clinic(world, institution).unzip();
        let members = members.unwrap_or_default();

        let mut all = departments(world, institution);
        all.extend(courses.iter().flat_map(|course| &course.departments).map(|&(unit, _)| unit));
        all.extend(&members);
        all.sort_by_cached_key(|&unit| (!is_department(world, unit), dossier.label(unit).to_lowercase(), unit));
        all.dedup();
        let of = |unit| if is_department(world, unit) { RowOf::Department(unit) } else { RowOf::Unit(unit) };
        let mut units: Vec<UnitRow> = all
            .into_iter()
            .map(|unit| unit_row(dossier, of(unit), members.contains(&unit), &courses, &levels))
            .collect();
        let homeless = unit_row(dossier, RowOf::Nothing, false, &courses, &levels);
        if homeless.programmes() > 0 {
            units.push(homeless);
        }
        let checks = checks(world, institution, clinic.as_ref(), &units, &courses);
        Self { levels, clinic, units, programmes: courses.len(), checks }
    }
}

/// The [`remoteness`] from which on a claim is denied or deprecated.
const DENIED: u8 = 3;

/// A programme of the institution.
struct Course {
    programme: EntityId,
    heading: String,
    level: Option<ClaimId>,
    departments: Vec<(EntityId, ClaimId)>,
}

/// Returns the institutions that have departments or programmes, the most of both together first.
pub(super) fn institutions(world: &World) -> Vec<EntityId> {
    let dossier = world.dossier();
    let size = |&institution: &EntityId| departments(world, institution).len() + courses(world, institution).len();
    let mut found: Vec<(usize, EntityId)> =
        dossier.of_kind(Kind::Institution).map(|house| (size(&house), house)).filter(|(size, _)| *size > 0).collect();
    found.sort_by_key(|&(size, house)| (std::cmp::Reverse(size), dossier.label(house), house));
    found.into_iter().map(|(_, house)| house).collect()
}

/// Returns the entities of a kind that point at an entity with one of these properties, each once, actual claims first.
fn pointing(world: &World, target: EntityId, properties: &[Property], kind: Kind) -> Vec<(EntityId, ClaimId)> {
    let dossier = world.dossier();
    let mut found: Vec<(EntityId, ClaimId)> = Vec::new();
    let links = world.links().to(target).iter().copied();
    let mut claims: Vec<ClaimId> = links.filter(|&id| properties.contains(&dossier.claim(id).property)).collect();
    claims.sort_by_key(|&id| (remoteness(dossier.claim(id)), id));
    for id in claims {
        let claim = dossier.claim(id);
        let fits = dossier.entity(claim.subject).kind == kind && remoteness(claim) < DENIED;
        if fits && found.iter().all(|(known, _)| *known != claim.subject) {
            found.push((claim.subject, id));
        }
    }
    found
}

fn departments(world: &World, institution: EntityId) -> Vec<EntityId> {
    let units = pointing(world, institution, &[Property::AtInstitution, Property::Parent], Kind::Unit);
    units.into_iter().map(|(unit, _)| unit).filter(|&unit| is_department(world, unit)).collect()
}

/// Returns the programmes of an institution, and those of its departments that name no institution.
fn courses(world: &World, institution: EntityId) -> Vec<Course> {
    let dossier = world.dossier();
    let programmes =
        |of, property| pointing(world, of, &[property], Kind::Programme).into_iter().map(|(programme, _)| programme);
    let mut found: Vec<EntityId> = programmes(institution, Property::AtInstitution).collect();
    for department in departments(world, institution) {
        for programme in programmes(department, Property::Department) {
            let elsewhere = slot_ids(dossier, programme, Property::AtInstitution).next().is_some();
            if !elsewhere && !found.contains(&programme) {
                found.push(programme);
            }
        }
    }
    found.sort_by_key(|&programme| (dossier.label(programme), programme));
    let course = |programme| {
        let level = best(dossier, programme, Property::Level);
        let heading = heading(level.and_then(|id| text_of(dossier, id)));
        Course { programme, heading, level, departments: members(dossier, programme) }
    };
    found.into_iter().map(course).collect()
}

/// Returns the claim of a slot with the least [`remoteness`].
fn best(dossier: &Dossier, entity: EntityId, property: Property) -> Option<ClaimId> {
    let ids = slot_ids(dossier, entity, property).filter(|&id| remoteness(dossier.claim(id)) < DENIED);
    ids.min_by_key(|&id| (remoteness(dossier.claim(id)), id))
}

/// Returns the value of a claim, if it is a text.
fn text_of(dossier: &Dossier, id: ClaimId) -> Option<&str> {
    match dossier.claim(id).value {
        Value::Text(text) => Some(dossier.text(text)),
        Value::Number { .. } | Value::Entity(_) | Value::Date(_) | Value::Missing => None,
    }
}

/// Returns the departments of a programme or facility, each with every claim that names it.
fn members(dossier: &Dossier, entity: EntityId) -> Vec<(EntityId, ClaimId)> {
    let ids = slot_ids(dossier, entity, Property::Department);
    let near = ids.filter(|&id| remoteness(dossier.claim(id)) < DENIED);
    near.filter_map(|id| Some((Dossier::target(dossier.claim(id))?, id))).collect()
}

fn levels(courses: &[Course]) -> Vec<Level> {
    let mut levels: Vec<Level> = Vec::new();
    for course in courses {
        // Two spellings of one unknown level are one column.
        match levels.iter_mut().find(|level| fold(&level.heading) == fold(&course.heading)) {
            Some(level) => level.programmes += 1,
            None => levels.push(Level { heading: course.heading.clone(), programmes: 1 }),
        }
    }
    levels.sort_by_key(|level| sort_key(&level.heading));
    levels
}

fn unit_row(dossier: &Dossier, of: RowOf, in_clinic: bool, courses: &[Course], levels: &[Level]) -> UnitRow {
    let mut offers = vec![Vec::new(); levels.len()];
    for course in courses {
        let claim = match of {
            RowOf::Department(unit) | RowOf::Unit(unit) => {
                // A stated department is preferred to an inferred one.
                let claims = course.departments.iter().filter(|(of, _)| *of == unit).map(|&(_, claim)| claim);
                match claims.min_by_key(|&id| (dossier.claim(id).basis == Basis::Inferred, id)) {
                    Some(claim) => Some(claim),
                    None => continue,
                }
            }
            RowOf::Nothing if course.departments.is_empty() => None,
            RowOf::Nothing => continue,
        };
        let link = match claim.map(|id| dossier.claim(id).basis) {
            None => Link::Missing,
            Some(Basis::Inferred) => Link::Inferred,
            Some(Basis::Stated | Basis::Listed | Basis::Counted) => Link::Stated,
        };
        let is_its = |level: &Level| fold(&level.heading) == fold(&course.heading);
        let Some((_, cell)) = levels.iter().zip(&mut offers).find(|(level, _)| is_its(level)) else { continue };
        cell.push(Offer { programme: course.programme, level: course.level, department: claim, link });
    }
    UnitRow { of, offers, in_clinic }
}

/// Returns the facility of an institution that opened first among those with departments, and these.
fn first_clinic(world: &World, institution: EntityId) -> Option<(Clinic, Vec<EntityId>)> {
    let dossier = world.dossier();
    let facilities = pointing(world, institution, &[Property::AtInstitution, Property::Parent], Kind::Facility);
    let opened = facilities.into_iter().filter_map(|(facility, _)| {
        let actual = slot_ids(dossier, facility, Property::Opened).filter(|&id| is_actual(dossier.claim(id)));
        let opened = best_date(dossier, actual)?;
        let mut members: Vec<EntityId> = members(dossier, facility).into_iter().map(|(unit, _)| unit).collect();
        members.sort_unstable();
        members.dedup();
        (!members.is_empty()).then_some((facility, opened, members))
    });
    let first = opened.min_by(|(a, x, _), (b, y, _)| {
        by_date(dossier.date(dossier.claim(*x)), dossier.date(dossier.claim(*y))).then(a.cmp(b))
    });
    let (facility, opened, members) = first?;
    let acronym = dossier.names(facility).iter().find(|name| name.kind == NameKind::Acronym);
    let name = acronym.map_or(dossier.label(facility), |name| dossier.text(name.value));
    let year = dossier.date(dossier.claim(opened)).and_then(crate::model::When::year);
    let heading = year.map_or_else(|| name.to_owned(), |year| format!("{name}'{:02}", year.rem_euclid(100)));
    Some((Clinic { facility, heading, departments: members.len() }, members))
}

/// Returns the counts that documents give, each with the count of the lists.
fn checks(
    world: &World,
    institution: EntityId,
    clinic: Option<&Clinic>,
    units: &[UnitRow],
    courses: &[Course],
) -> Vec<CountCheck> {
    let dossier = world.dossier();
    let departments = units.iter().filter(|row| matches!(row.of, RowOf::Department(_))).count();
    let of_clinic = clinic.map(|clinic| (clinic.facility, Property::Departments));
    let of_house = [Property::Departments, Property::Subjects, Property::Programmes].map(|of| (institution, of));
    let slots = of_house.into_iter().chain(of_clinic);
    let claims = slots.flat_map(|(of, property)| slot_ids(dossier, of, property));
    claims
        .filter_map(|id| {
            let claim = dossier.claim(id);
            let Value::Number { number: said, .. } = claim.value else { return None };
            if !is_actual(claim) {
                return None;
            }
            let remark = claim.note.map_or("", |note| dossier.text(note));
            let (counted, what) = match (claim.property, clinic) {
                (Property::Departments, Some(clinic)) if clinic.facility == claim.subject => {
                    (clinic.departments, format!("departments in {}", clinic.heading))
                }
                (Property::Departments, _) => (departments, "departments".to_owned()),
                (property, _) => of_levels(dossier, courses, property, &named_in(remark)),
            };
            Some(CountCheck { claim: id, said: said.get(), counted, what })
        })
        .collect()
}

/// Returns the number of programmes of these levels, or of their distinct subjects, and the name of what was counted.
/// Counts all levels if none is given.
fn of_levels(dossier: &Dossier, courses: &[Course], property: Property, levels: &[&str]) -> (usize, String) {
    let meant = courses.iter().filter(|course| levels.is_empty() || levels.contains(&course.heading.as_str()));
    let (count, what) = if property == Property::Subjects {
        let mut subjects: Vec<String> = meant
            .filter_map(|course| best(dossier, course.programme, Property::Subject))
            .filter_map(|id| text_of(dossier, id).map(fold))
            .collect();
        subjects.sort_unstable();
        subjects.dedup();
        (subjects.len(), "subjects")
    } else {
        (meant.count(), "programmes")
    };
    let what = if levels.is_empty() { what.to_owned() } else { format!("{what} in {}", levels.join(", ")) };
    (count, what)
}
