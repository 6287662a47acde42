//! Types as JSON, each as a JSON Schema.

use super::listing::Listing;
use super::point::Point;
use crate::shape::json_schema;
use serde::Serialize;
use serde_json::{Map, Value as Json};
use std::io::{self, Write};

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    states: Vec<State<'a>>,
    output: Json,
}

#[derive(Serialize)]
struct State<'a> {
    name: &'a str,
    pointer: &'a str,
    #[serde(flatten)]
    points: Map<String, Json>,
}

pub(super) fn write(listing: &Listing, point: Option<Point>, out: &mut dyn Write) -> io::Result<()> {
    let points = point.map_or_else(|| Point::ALL.to_vec(), |point| vec![point]);
    let states = listing.rows.iter().map(|row| State {
        name: &row.name,
        pointer: &row.pointer,
        points: points
            .iter()
            .map(|point| (point.as_str().to_owned(), json_schema::schema(&row.shape(*point))))
            .collect(),
    });
    let document = Document {
        version: 1,
        states: states.collect(),
        output: json_schema::schema(&listing.output),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}
