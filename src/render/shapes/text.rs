//! Types as text: a line for each state, which reads like TypeScript.

use super::listing::{Listing, Row};
use super::point::Point;
use crate::render::style::Style;
use crate::render::visible::one_line;
use std::io::{self, Write};

pub(super) fn write(
    listing: &Listing,
    point: Option<Point>,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    for row in &listing.rows {
        writeln!(out, "{}", line(row, point, style))?;
    }
    Ok(())
}

/// The line of a state, indented by the states that contain it.
pub(super) fn line(row: &Row, point: Option<Point>, style: Style) -> String {
    let name = style.bold(&one_line(&row.name));
    let types = types(row, point);
    format!("{:indent$}{name}: {types}", "", indent = 2 * row.depth)
}

/// The type at a point, or those of the input and the output.
pub(super) fn types(row: &Row, point: Option<Point>) -> String {
    let shapes = Point::selected(point).into_iter().map(|point| row.shape(point));
    let types: Vec<String> = shapes.map(|shape| shape.to_string()).collect();
    one_line(&types.join(" => ")).into_owned()
}
