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
        writeln!(out, "{}", line(row, place, style))?;
    }
    Ok(())
}

/// The line of a state, indented by the states that contain it.
pub(super) fn line(row: &Row, place: Option<Place>, style: Style) -> String {
    let name = style.bold(&one_line(&row.name));
    let types = types(row, place);
    format!("{:indent$}{name}: {types}", "", indent = 2 * row.depth)
}

/// The type at a place, or those of the input and the output.
pub(super) fn types(row: &Row, place: Option<Place>) -> String {
    let shapes = Place::selected(place).into_iter().map(|place| row.shape(place));
    let types: Vec<String> = shapes.map(|shape| shape.to_string()).collect();
    one_line(&types.join(" => ")).into_owned()
}
