//! Puts a matrix together from what the dossier says of an institution.
//!
//! Invariant: what is denied or deprecated makes no row, no cell and no clinic.

use super::{Check, Clinic, Column, Link, Matrix, Offer, Row, RowOf};
use crate::graph::containment::is_department;
use crate::graph::slots::{best_date, is_actual, remoteness, slot_ids};
use crate::model::levels::{heading, named_in, place};
use crate::model::{Basis, ClaimId, Dossier, EntityId, Kind, Modality, NameKind, Property, Value};
use crate::text::fold::fold;
use crate::timeline::World;

/// A claim that is denied or deprecated is at least so far from being so.
const DENIED: u8 = 3;

/// A programme of the institution with its column.
struct Course {
    programme: EntityId,
    heading: String,
    level: Option<ClaimId>,
    modality: Modality,
    departments: Vec<(EntityId, ClaimId)>,
}

/// The matrix of an institution; without rows if it has neither departments nor programmes.
pub fn matrix(world: &World, institution: EntityId) -> Matrix {
    let dossier = world.dossier();
    let courses = courses(world, institution);
    let columns = columns(&courses);
    let (clinic, members) = first_clinic(world, institution).unzip();
    let members = members.unwrap_or_default();

    let mut units = departments(world, institution);
    units.extend(courses.iter().flat_map(|course| &course.departments).map(|&(unit, _)| unit));
    units.extend(members.iter().map(|&(unit, _)| unit));
    units.sort_by_cached_key(|&unit| (!is_department(world, unit), dossier.label(unit).to_lowercase(), unit));
    units.dedup();
    let mut rows: Vec<Row> = units
        .into_iter()
        .map(|unit| {
            let of = if is_department(world, unit) { RowOf::Department(unit) } else { RowOf::Unit(unit) };
            let clinic = members.iter().filter(|(member, _)| *member == unit).map(|&(_, claim)| claim).collect();
            row(dossier, of, clinic, &courses, &columns)
        })
        .collect();
    let homeless = row(dossier, RowOf::Nothing, Vec::new(), &courses, &columns);
    if !homeless.is_bare() {
        rows.push(homeless);
    }
    let checks = checks(world, institution, clinic.as_ref(), &rows, &courses);
    Matrix { institution, columns, clinic, rows, programmes: courses.len(), checks }
}

/// The institutions that have departments or programmes, the most of both together first.
pub fn with_programmes(world: &World) -> Vec<EntityId> {
    let dossier = world.dossier();
    let size = |&institution: &EntityId| departments(world, institution).len() + courses(world, institution).len();
    let mut found: Vec<(usize, EntityId)> =
        dossier.of_kind(Kind::Institution).map(|house| (size(&house), house)).filter(|(size, _)| *size > 0).collect();
    found.sort_by_key(|&(size, house)| (std::cmp::Reverse(size), dossier.label(house), house));
    found.into_iter().map(|(_, house)| house).collect()
}

/// What points at an entity with one of these properties, nearest to the fact first; each once.
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

/// The programmes of an institution, and those of its departments that name no institution.
fn courses(world: &World, institution: EntityId) -> Vec<Course> {
    let dossier = world.dossier();
    let mut found = pointing(world, institution, &[Property::AtInstitution], Kind::Programme);
    for department in departments(world, institution) {
        for (programme, claim) in pointing(world, department, &[Property::Department], Kind::Programme) {
            let elsewhere = slot_ids(dossier, programme, Property::AtInstitution).next().is_some();
            if !elsewhere && found.iter().all(|(known, _)| *known != programme) {
                found.push((programme, claim));
            }
        }
    }
    found.sort_by_key(|&(programme, _)| (dossier.label(programme), programme));
    found
        .into_iter()
        .map(|(programme, claim)| {
            let level = best(dossier, programme, Property::Level);
            let text = level.and_then(|id| match dossier.claim(id).value {
                Value::Text(text) => Some(dossier.text(text)),
                Value::Number { .. } | Value::Entity(_) | Value::Date(_) | Value::Missing => None,
            });
            Course {
                programme,
                heading: heading(text),
                level,
                modality: dossier.claim(claim).modality,
                departments: members(dossier, programme),
            }
        })
        .collect()
}

/// The claim of a slot that is nearest to the fact.
fn best(dossier: &Dossier, entity: EntityId, property: Property) -> Option<ClaimId> {
    let ids = slot_ids(dossier, entity, property).filter(|&id| remoteness(dossier.claim(id)) < DENIED);
    ids.min_by_key(|&id| (remoteness(dossier.claim(id)), id))
}

/// The departments of a programme or facility, each with every claim that names it.
fn members(dossier: &Dossier, entity: EntityId) -> Vec<(EntityId, ClaimId)> {
    let ids = slot_ids(dossier, entity, Property::Department);
    let near = ids.filter(|&id| remoteness(dossier.claim(id)) < DENIED);
    near.filter_map(|id| Some((Dossier::target(dossier.claim(id))?, id))).collect()
}

fn columns(courses: &[Course]) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for course in courses {
        // Two spellings of one unknown level are one column.
        match columns.iter_mut().find(|column| fold(&column.heading) == fold(&course.heading)) {
            Some(column) => column.programmes += 1,
            None => columns.push(Column { heading: course.heading.clone(), programmes: 1 }),
        }
    }
    columns.sort_by_key(|column| place(&column.heading));
    columns
}

fn row(dossier: &Dossier, of: RowOf, clinic: Vec<ClaimId>, courses: &[Course], columns: &[Column]) -> Row {
    let mut cells = vec![Vec::new(); columns.len()];
    let mut programmes = 0;
    for course in courses {
        let claim = match of {
            RowOf::Department(unit) | RowOf::Unit(unit) => {
                // What is stated counts before what is inferred.
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
        let is_its = |column: &Column| fold(&column.heading) == fold(&course.heading);
        let Some((_, cell)) = columns.iter().zip(&mut cells).find(|(column, _)| is_its(column)) else { continue };
        programmes += 1;
        cell.push(Offer {
            programme: course.programme,
            level: course.level,
            department: claim,
            link,
            modality: course.modality,
        });
    }
    Row { of, cells, clinic, programmes }
}

/// The earliest opened facility of an institution for which departments are listed, with those.
fn first_clinic(world: &World, institution: EntityId) -> Option<(Clinic, Vec<(EntityId, ClaimId)>)> {
    let dossier = world.dossier();
    let facilities = pointing(world, institution, &[Property::AtInstitution, Property::Parent], Kind::Facility);
    let opened = facilities.into_iter().filter_map(|(facility, _)| {
        let actual = slot_ids(dossier, facility, Property::Opened).filter(|&id| is_actual(dossier.claim(id)));
        let opened = best_date(dossier, actual)?;
        let members = members(dossier, facility);
        (!members.is_empty()).then_some((facility, opened, members))
    });
    let first = opened.min_by(|(a, x, _), (b, y, _)| {
        let by_date = match (dossier.date(dossier.claim(*x)), dossier.date(dossier.claim(*y))) {
            (Some(x), Some(y)) => x.chronological(y),
            (x, y) => x.is_none().cmp(&y.is_none()),
        };
        by_date.then(a.cmp(b))
    });
    let (facility, opened, members) = first?;
    let acronym = dossier.names(facility).iter().find(|name| name.kind == NameKind::Acronym);
    let name = acronym.map_or(dossier.label(facility), |name| dossier.text(name.value));
    let year = dossier.date(dossier.claim(opened)).and_then(crate::model::When::year);
    let heading = year.map_or_else(|| name.to_owned(), |year| format!("{name}'{:02}", year.rem_euclid(100)));
    let mut units: Vec<EntityId> = members.iter().map(|&(unit, _)| unit).collect();
    units.sort_unstable();
    units.dedup();
    Some((Clinic { facility, heading, opened, departments: units.len() }, members))
}

/// The counts that documents give of what the matrix counts.
fn checks(
    world: &World,
    institution: EntityId,
    clinic: Option<&Clinic>,
    rows: &[Row],
    courses: &[Course],
) -> Vec<Check> {
    let dossier = world.dossier();
    let departments = rows.iter().filter(|row| matches!(row.of, RowOf::Department(_))).count();
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
            Some(Check { claim: id, said: said.get(), counted, what })
        })
        .collect()
}

/// How many programmes, or different subjects of theirs, have one of these levels, or any if none is named.
fn of_levels(dossier: &Dossier, courses: &[Course], property: Property, levels: &[&str]) -> (usize, String) {
    let meant = courses.iter().filter(|course| levels.is_empty() || levels.contains(&course.heading.as_str()));
    let (count, what) = if property == Property::Subjects {
        let mut subjects: Vec<String> = meant
            .filter_map(|course| best(dossier, course.programme, Property::Subject))
            .filter_map(|id| match dossier.claim(id).value {
                Value::Text(text) => Some(fold(dossier.text(text))),
                Value::Number { .. } | Value::Entity(_) | Value::Date(_) | Value::Missing => None,
            })
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
