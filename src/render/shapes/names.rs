//! The names of types in formats that have only letters, digits, and underscores for them.

use super::listing::{Listing, Row};
use super::point::Point;
use crate::prose;
use std::collections::{HashMap, HashSet};

/// A type with its name.
pub(super) struct NamedType<'a> {
    /// The name: that of the state and that of the point, in Pascal case.
    pub(super) name: String,
    pub(super) row: &'a Row,
    pub(super) point: Point,
}

impl NamedType<'_> {
    /// What it describes: ``Arguments of `Charge` ``.
    pub(super) fn title(&self) -> String {
        let point = prose::capitalized(self.point.as_str());
        format!("{point} of `{}`", self.row.name)
    }
}

/// The types at these points of all states.
pub(super) fn named<'a>(listing: &'a Listing, points: &[Point]) -> Vec<NamedType<'a>> {
    let mut taken = HashSet::new();
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let mut types = Vec::new();
    for row in &listing.rows {
        let base = pascal_case(&row.name);
        let last = numbers.entry(base.clone()).or_default();
        // One number for all points of a state.
        let names = loop {
            *last += 1;
            let names = names(&base, *last, points);
            if !names.iter().any(|name| taken.contains(name)) {
                break names;
            }
        };
        for (name, point) in names.into_iter().zip(points) {
            taken.insert(name.clone());
            types.push(NamedType {
                name,
                row,
                point: *point,
            });
        }
    }
    types
}

fn names(base: &str, number: usize, points: &[Point]) -> Vec<String> {
    let number = if number == 1 {
        String::new()
    } else {
        number.to_string()
    };
    let name = |point: &Point| format!("{base}{number}{}", prose::capitalized(point.as_str()));
    points.iter().map(name).collect()
}

/// A name as an identifier: `charge the card` is `ChargeTheCard`.
fn pascal_case(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric());
    let identifier: String = words.map(prose::capitalized).collect();
    if identifier.starts_with(char::is_alphabetic) {
        identifier
    } else {
        format!("State{identifier}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_states_become_identifiers() {
        let cases = [
            ("Charge", "Charge"),
            ("charge the card", "ChargeTheCard"),
            ("Is-paid?", "IsPaid"),
            ("2nd try", "State2ndTry"),
            ("…", "State"),
            ("überweisen", "Überweisen"),
        ];
        for (name, expected) in cases {
            assert_eq!(pascal_case(name), expected);
        }
    }
}
