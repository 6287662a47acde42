//! Types as JSON, each as a JSON Schema.

use super::listing::Listing;
use super::place::Place;
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
    places: Map<String, Json>,
}

pub(super) fn write(listing: &Listing, place: Option<Place>, out: &mut dyn Write) -> io::Result<()> {
    let places = place.map_or_else(|| Place::ALL.to_vec(), |place| vec![place]);
    let states = listing.rows.iter().map(|row| State {
        name: &row.name,
        pointer: &row.pointer,
        places: places
            .iter()
            .map(|place| (place.as_str().to_owned(), json_schema::schema(&row.shape(*place))))
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
