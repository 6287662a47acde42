//! Types as text: a line for each state, which reads like TypeScript.

use super::listing::{Listing, Row};
use super::place::Place;
use crate::render::style::Style;
use crate::render::visible::one_line;
use std::io::{self, Write};

pub(super) fn write(
    listing: &Listing,
    place: Option<Place>,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    for row in &listing.rows {
        let (name, types) = (style.bold(&name(row)), types(row, place));
        writeln!(out, "{:indent$}{name}: {types}", "", indent = indent(row))?;
    }
    Ok(())
}

/// A line without color.
pub(super) fn line(row: &Row, place: Option<Place>) -> String {
    let (name, types) = (name(row), types(row, place));
    format!("{:indent$}{name}: {types}", "", indent = indent(row))
}

/// The type at a place, or those of the input and the output.
pub(super) fn types(row: &Row, place: Option<Place>) -> String {
    let shapes = Place::selected(place).into_iter().map(|place| row.shape(place));
    let types: Vec<String> = shapes.map(|shape| shape.to_string()).collect();
    one_line(&types.join(" => ")).into_owned()
}

fn name(row: &Row) -> String {
    one_line(&row.name).into_owned()
}

const fn indent(row: &Row) -> usize {
    2 * row.depth
}
