//! An entity with those around it: `/entities/{id}` and `/entities/{id}/adjacent`.
//!
//! In comes an id, out comes the entity with its neighbours in the place of their ids: those it names, and under the name of the other direction
//! those who name it. Behind a neighbour that ties two entities (an ownership, a family tie) stands the far end as well, and there it ends. The
//! entity itself is never repeated: a tie has its id.

use std::collections::HashMap;

use mihenk_node::{
    Entity, Node,
    entities::{PropertyType, Schema},
};
use serde::Serialize;

use crate::{
    entity::{Body, Item},
    library::{Library, Place, is_listed},
    live::Live,
    page::{Page, Total},
    problem::Failure,
    sorting::Sort,
};

/// What is asked for of neighbours.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    pub(crate) limit: usize,
    pub(crate) offset: usize,
    pub(crate) sort: Vec<Sort>,
}

/// Neighbours in one property.
#[derive(Debug, Serialize)]
pub(crate) struct Adjacent {
    limit: usize,
    offset: usize,
    total: Total,
    results: Vec<Item>,
}

/// An entity with all its neighbours.
#[derive(Debug, Serialize)]
pub(crate) struct AllAdjacent {
    entity: Body,
    adjacent: HashMap<String, Adjacent>,
}

/// A neighbour: its id, and where it is if it is in the lists.
type Neighbour = (String, Option<Place>);

/// An entity at a place, and whether it is listed without a topic.
pub(crate) fn at(node: &Node, place: Place) -> Result<(Entity, bool), Failure> {
    let mut profile = node.profile(place.profile)?;
    match place.related {
        None => {
            let listed = is_listed(&profile);
            Ok((profile.entity, listed))
        }
        Some(at) if usize::from(at) < profile.related.len() => {
            Ok((profile.related.swap_remove(usize::from(at)), false))
        }
        Some(_) => Err(Failure::none("No such entity!")),
    }
}

/// The entity with an id; [`Failure::Moved`] if it is screened under another one.
pub(crate) fn find(live: &Live, id: &str) -> Result<(Entity, bool), Failure> {
    let canonical = live.node.lookup().canonical(id);
    if canonical != id {
        return Err(moved(canonical));
    }
    if let Some(profile) = live.node.number_of(id) {
        return at(&live.node, Place { profile, related: None });
    }
    let library = live.library()?;
    if let Some(place) = library.place(id) {
        return at(&live.node, place);
    }
    match library.referent(id) {
        Some(canonical) => Err(moved(canonical)),
        None => Err(Failure::none("No such entity!")),
    }
}

fn moved(id: &str) -> Failure {
    const KEPT: percent_encoding::AsciiSet =
        percent_encoding::NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
    Failure::Moved(format!("/entities/{}", percent_encoding::utf8_percent_encode(id, &KEPT)))
}

/// The entity with an id, flat.
pub(crate) fn flat(live: &Live, id: &str) -> Result<Body, Failure> {
    let (entity, listed) = find(live, id)?;
    Ok(Body::of(live, &entity, listed))
}

/// The entity with an id, with its neighbours in it.
pub(crate) fn nested(live: &Live, id: &str) -> Result<Body, Failure> {
    let (entity, listed) = find(live, id)?;
    let library = live.library()?;
    let mut body = Body::of(live, &entity, listed);
    for (name, values) in &mut body.properties.0 {
        if is_entity(entity.schema, name) {
            for value in values {
                let place = if let Item::Text(id) = value { library.place(id) } else { None };
                if let Some(place) = place {
                    *value = expanded(live, library, id, place)?;
                }
            }
        }
    }
    for (place, property) in library.naming(id) {
        if let Some(reverse) = property.reverse {
            let item = expanded(live, library, id, *place)?;
            body.properties.add(reverse, item);
        }
    }
    body.properties.0.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(body)
}

fn is_entity(schema: Schema, property: &str) -> bool {
    schema.property(property).is_some_and(|property| matches!(property.kind, PropertyType::Entity(_)))
}

/// A neighbour of `root`, with the far end if it is a tie.
fn expanded(live: &Live, library: &Library, root: &str, place: Place) -> Result<Item, Failure> {
    let (entity, listed) = at(&live.node, place)?;
    let mut body = Body::of(live, &entity, listed);
    if entity.schema.edge().is_some() {
        for (name, values) in &mut body.properties.0 {
            if !is_entity(entity.schema, name) {
                continue;
            }
            for value in values {
                let far = if let Item::Text(id) = value {
                    (id.as_str() != root).then(|| library.place(id)).flatten()
                } else {
                    None
                };
                if let Some(far) = far {
                    let (entity, listed) = at(&live.node, far)?;
                    *value = Item::Entity(Box::new(Body::of(live, &entity, listed)));
                }
            }
        }
    }
    Ok(Item::Entity(Box::new(body)))
}

/// The neighbours of an entity in one of its properties, or in one that has the name of the other direction.
fn of_property(library: &Library, entity: &Body, schema: Schema, name: &str) -> Option<Vec<Neighbour>> {
    if is_entity(schema, name) {
        let items = entity.properties.0.iter().filter(|(property, _)| property == name).flat_map(|(_, items)| items);
        let ids = items.filter_map(|item| if let Item::Text(id) = item { Some(id) } else { None });
        return Some(ids.map(|id| (id.clone(), library.place(id))).collect());
    }
    schema.reverses().find(|property| property.reverse == Some(name))?;
    let naming = library.naming(&entity.id).iter().filter(|(_, property)| property.reverse == Some(name));
    Some(naming.map(|(place, _)| (String::new(), Some(*place))).collect())
}

fn paged(live: &Live, root: &str, mut all: Vec<Neighbour>, asked: &Asked) -> Result<Adjacent, Failure> {
    let library = live.library()?;
    let total = Total::of(all.len());
    if !asked.sort.is_empty() {
        let mut keyed = Vec::with_capacity(all.len());
        for (id, place) in all {
            let entity = place.map(|place| at(&live.node, place)).transpose()?;
            let keys: Vec<Option<String>> =
                asked.sort.iter().map(|sort| entity.as_ref().and_then(|(entity, _)| sort.key(live, entity))).collect();
            keyed.push((keys, (id, place)));
        }
        keyed.sort_by(|a, b| Sort::order(&asked.sort, &a.0, &b.0));
        all = keyed.into_iter().map(|(_, neighbour)| neighbour).collect();
    }
    let Page { limit, offset } = Page::clipped(asked.limit, asked.offset);
    let some = all.into_iter().skip(offset).take(limit);
    let results: Result<Vec<Item>, Failure> = some
        .map(|(id, place)| match place {
            Some(place) => expanded(live, library, root, place),
            None => Ok(Item::Text(id)),
        })
        .collect();
    Ok(Adjacent { limit, offset, total, results: results? })
}

/// All neighbours of the entity with an id, by property; properties without any are absent.
pub(crate) fn all(live: &Live, id: &str, asked: &Asked) -> Result<AllAdjacent, Failure> {
    let (entity, listed) = find(live, id)?;
    let (body, library) = (Body::of(live, &entity, listed), live.library()?);
    let own = entity.schema.properties().map(|property| property.name);
    let reverse = entity.schema.reverses().filter_map(|property| property.reverse);
    let mut adjacent = HashMap::new();
    for name in own.filter(|name| is_entity(entity.schema, name)).chain(reverse) {
        let neighbours = of_property(library, &body, entity.schema, name).unwrap_or_default();
        if !neighbours.is_empty() && !adjacent.contains_key(name) {
            adjacent.insert(name.to_owned(), paged(live, id, neighbours, asked)?);
        }
    }
    Ok(AllAdjacent { entity: body, adjacent })
}

/// The neighbours of the entity with an id in one property.
pub(crate) fn one(live: &Live, id: &str, property: &str, asked: &Asked) -> Result<Adjacent, Failure> {
    let (entity, listed) = find(live, id)?;
    let (body, library) = (Body::of(live, &entity, listed), live.library()?);
    let neighbours = of_property(library, &body, entity.schema, property);
    paged(live, id, neighbours.ok_or_else(|| Failure::none("No such property!"))?, asked)
}
