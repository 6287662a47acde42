//! The differences between the types of two versions, like a unified diff of their texts.

use super::listing::{Listing, Row};
use super::point::Point;
use super::text::{line, types};
use crate::render::style::Style;
use colored::Colorize;
use std::collections::{HashMap, HashSet};
use std::io::{self, Write};

/// A state of either version.
struct Pair<'a> {
    old: Option<&'a Row>,
    new: Option<&'a Row>,
}

/// Writes the lines of the states that were removed, changed, or added, below those of the states that contain them.
pub fn write(
    old: &Listing,
    new: &Listing,
    point: Option<Point>,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    // The states around the current one that are not written yet.
    let mut around: Vec<&Row> = Vec::new();
    for Pair { old, new } in pairs(&old.rows, &new.rows) {
        let Some(row) = new.or(old) else { continue };
        around.retain(|outer| outer.depth < row.depth);
        if let (Some(old), Some(new)) = (old, new)
            && types(old, point) == types(new, point)
        {
            around.push(new);
            continue;
        }
        for outer in around.drain(..) {
            writeln!(out, "  {}", line(outer, point, Style::PLAIN))?;
        }
        if let Some(old) = old {
            let text = format!("- {}", line(old, point, Style::PLAIN));
            writeln!(out, "{}", style.paint(&text, Colorize::red))?;
        }
        if let Some(new) = new {
            let text = format!("+ {}", line(new, point, Style::PLAIN));
            writeln!(out, "{}", style.paint(&text, Colorize::green))?;
        }
    }
    Ok(())
}

/// The states of both versions in the order of the new one. A state that it does not have follows the one after which it
/// was. Names identify states, because they are unique in a state machine.
fn pairs<'a>(old: &'a [Row], new: &'a [Row]) -> Vec<Pair<'a>> {
    let is_new: HashSet<&str> = new.iter().map(|row| row.name.as_str()).collect();
    let mut old_by_name: HashMap<&str, &Row> = HashMap::new();
    let mut removed_after: HashMap<Option<&str>, Vec<&Row>> = HashMap::new();
    let mut last = None;
    for row in old {
        if is_new.contains(row.name.as_str()) {
            last = Some(row.name.as_str());
            old_by_name.entry(&row.name).or_insert(row);
        } else {
            removed_after.entry(last).or_default().push(row);
        }
    }
    let mut pairs = Vec::new();
    let mut push_removed = |pairs: &mut Vec<Pair<'a>>, after: Option<&'a str>| {
        let removed = removed_after.remove(&after).unwrap_or_default();
        pairs.extend(removed.into_iter().map(|row| Pair {
            old: Some(row),
            new: None,
        }));
    };
    push_removed(&mut pairs, None);
    for row in new {
        pairs.push(Pair {
            old: old_by_name.get(row.name.as_str()).copied(),
            new: Some(row),
        });
        push_removed(&mut pairs, Some(&row.name));
    }
    pairs
}
