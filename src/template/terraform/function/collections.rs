//! Functions of lists, maps, and numbers.

use super::call::Call;
use super::strings::index;
use crate::document::{Member, Node, NodeKind};
use crate::template::terraform::value::{
    self, MAX_ITERATIONS, equal, is_known, known_bool, known_number, known_text,
};

#[expect(clippy::too_many_lines, reason = "one arm for each function")]
pub(super) fn call(call: &Call<'_, '_>, arguments: &[Node]) -> Option<Node> {
    let span = call.span;
    let list = |items: Vec<Node>| Some(value::array(items, span));
    let number = |number: f64| Some(value::number(number, span));
    let boolean = |value: bool| Some(value::boolean(value, span));
    match (call.name, arguments) {
        ("merge", maps) => merge(maps, call).map(|members| value::object(members, span)),
        ("concat", lists) => {
            let mut all = Vec::new();
            for list in lists {
                all.extend_from_slice(list.as_array()?);
            }
            list(all)
        }
        ("lookup", [map, key, rest @ ..]) => {
            if !is_known(key) {
                return value::any_of(map);
            }
            let key = known_text(key)?;
            let found = is_complete(map)?.iter().rev().find(|m| m.key.as_str() == key);
            found.map(|m| &m.value).or(rest.first()).cloned()
        }
        ("element", [items, at]) => {
            let items = items.as_array()?;
            items
                .get(index(known_number(at)?)?.checked_rem(items.len())?)
                .cloned()
        }
        ("keys", [map]) => {
            let mut keys: Vec<&Member> = is_complete(map)?.iter().collect();
            keys.sort_by(|a, b| a.key.as_str().cmp(b.key.as_str()));
            list(
                keys.iter()
                    .map(|m| Node::new(NodeKind::String(m.key.clone()), m.key_span))
                    .collect(),
            )
        }
        ("values", [map]) => {
            let mut sorted: Vec<&Member> = is_complete(map)?.iter().collect();
            sorted.sort_by(|a, b| a.key.as_str().cmp(b.key.as_str()));
            list(sorted.iter().map(|m| m.value.clone()).collect())
        }
        ("zipmap", [keys, values]) => {
            let mut members = Vec::new();
            for (key, item) in bounded(keys)?.iter().zip(values.as_array()?) {
                value::insert(&mut members, value::member(&known_text(key)?, item.clone()));
            }
            Some(value::object(members, span))
        }
        ("flatten", [items]) => {
            let mut flat = Vec::new();
            flatten(items, &mut flat)?;
            list(flat)
        }
        ("distinct", [items]) => {
            let mut kept: Vec<Node> = Vec::new();
            for item in bounded(items)? {
                let mut is_new = true;
                for other in &kept {
                    is_new &= !equal(item, other)?;
                }
                if is_new {
                    kept.push(item.clone());
                }
            }
            list(kept)
        }
        ("compact", [items]) => {
            let is_kept = |item: &&Node| !item.is_null() && item.as_str() != Some("");
            list(items.as_array()?.iter().filter(is_kept).cloned().collect())
        }
        ("reverse", [items]) => list(items.as_array()?.iter().rev().cloned().collect()),
        ("sort", [items]) => {
            let mut items = items.as_array()?.to_vec();
            if !items.iter().all(is_known) {
                return None;
            }
            items.sort_by_key(|item| known_text(item).unwrap_or_default().into_owned());
            list(items)
        }
        ("slice", [items, from, to]) => {
            let (from, to) = (index(known_number(from)?)?, index(known_number(to)?)?);
            list(items.as_array()?.get(from..to)?.to_vec())
        }
        ("chunklist", [items, size]) => {
            let size = index(known_number(size)?).filter(|size| *size > 0)?;
            list(
                items
                    .as_array()?
                    .chunks(size)
                    .map(|chunk| value::array(chunk.to_vec(), span))
                    .collect(),
            )
        }
        ("length", [value]) => {
            let length = match &value.kind {
                NodeKind::Array(items) => items.len(),
                NodeKind::Object(_) => is_complete(value)?.len(),
                _ => known_text(value)?.chars().count(),
            };
            Some(Node::new(NodeKind::Number(length.to_string().into()), span))
        }
        ("contains", [items, item]) => {
            let mut is_certain = true;
            for other in items.as_array()? {
                match equal(item, other) {
                    Some(true) => return boolean(true),
                    Some(false) => {}
                    None => is_certain = false,
                }
            }
            is_certain.then(|| value::boolean(false, span))
        }
        ("index", [items, item]) => {
            for (i, other) in items.as_array()?.iter().enumerate() {
                if equal(item, other)? {
                    return Some(Node::new(NodeKind::Number(i.to_string().into()), span));
                }
            }
            None
        }
        ("one", [items]) => match items.as_array()? {
            [] => Some(Node::new(NodeKind::Null, span)),
            [only] => Some(only.clone()),
            _ => None,
        },
        ("coalescelist", lists) => {
            for list in lists {
                if !list.as_array()?.is_empty() {
                    return Some(list.clone());
                }
            }
            None
        }
        ("alltrue", [items]) => {
            let all: Option<Vec<bool>> = items.as_array()?.iter().map(known_bool).collect();
            boolean(all?.iter().all(|item| *item))
        }
        ("anytrue", [items]) => {
            let all: Option<Vec<bool>> = items.as_array()?.iter().map(known_bool).collect();
            boolean(all?.iter().any(|item| *item))
        }
        ("range", bounds) => range(bounds, call),
        ("setunion", lists) => {
            let mut all: Vec<Node> = Vec::new();
            for item in lists.iter().map(bounded).collect::<Option<Vec<_>>>()?.concat() {
                if !all.iter().any(|other| equal(other, &item) == Some(true)) {
                    all.push(item);
                }
            }
            list(all)
        }
        ("setsubtract", [from, items]) => {
            let mut kept = Vec::new();
            for item in bounded(from)? {
                let mut is_in = false;
                for other in bounded(items)? {
                    is_in |= equal(item, other)?;
                }
                if !is_in {
                    kept.push(item.clone());
                }
            }
            list(kept)
        }
        ("max", values) => number(numbers(values)?.into_iter().fold(f64::NEG_INFINITY, f64::max)),
        ("min", values) => number(numbers(values)?.into_iter().fold(f64::INFINITY, f64::min)),
        ("sum", [items]) => number(numbers(items.as_array()?)?.into_iter().sum()),
        ("floor", [value]) => number(known_number(value)?.floor()),
        ("ceil", [value]) => number(known_number(value)?.ceil()),
        ("abs", [value]) => number(known_number(value)?.abs()),
        _ => None,
    }
}

/// The members of an object all of whose keys are known.
fn is_complete(map: &Node) -> Option<&[Member]> {
    let members = map.as_object()?;
    members
        .iter()
        .all(|m| !m.key.has_placeholder())
        .then_some(members)
}

/// The items of a list that is short enough to compare all pairs.
fn bounded(items: &Node) -> Option<&[Node]> {
    items.as_array().filter(|items| items.len() <= MAX_ITERATIONS / 4)
}

fn merge(maps: &[Node], call: &Call<'_, '_>) -> Option<Vec<Member>> {
    let mut all: Vec<Member> = Vec::new();
    for map in maps.iter().filter(|map| !map.is_null()) {
        let members = map.as_object()?;
        if !call.evaluator.sources.budget.take(16 * all.len()) {
            return None;
        }
        let keys: std::collections::HashSet<&str> = members.iter().map(|m| m.key.as_str()).collect();
        all.retain(|m| !keys.contains(m.key.as_str()));
        all.extend_from_slice(members);
    }
    Some(all)
}

fn flatten(items: &Node, out: &mut Vec<Node>) -> Option<()> {
    for item in items.as_array()? {
        match &item.kind {
            NodeKind::Array(_) => flatten(item, out)?,
            NodeKind::Unknown | NodeKind::Tagged(_) => return None,
            _ => out.push(item.clone()),
        }
    }
    Some(())
}

fn numbers(values: &[Node]) -> Option<Vec<f64>> {
    values.iter().map(known_number).collect()
}

fn range(bounds: &[Node], call: &Call<'_, '_>) -> Option<Node> {
    let bounds = numbers(bounds)?;
    let (from, to, step) = match bounds.as_slice() {
        [to] => (0.0, *to, 1.0),
        [from, to] => (*from, *to, if from > to { -1.0 } else { 1.0 }),
        [from, to, step] if *step != 0.0 => (*from, *to, *step),
        _ => return None,
    };
    let mut items = Vec::new();
    let mut at = from;
    while (step > 0.0 && at < to) || (step < 0.0 && at > to) {
        if items.len() == MAX_ITERATIONS || !call.evaluator.sources.budget.take(0) {
            return None;
        }
        items.push(value::number(at, call.span));
        at += step;
    }
    Some(value::array(items, call.span))
}
