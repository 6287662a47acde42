//! Types as a JSON Schema: of one type, or of several as its `$defs`.

use super::listing::Listing;
use super::names::{NamedType, named};
use super::point::Point;
use crate::shape::json_schema;
use serde_json::{Map, Value as Json, json};
use std::io::{self, Write};

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

pub(super) fn write(listing: &Listing, point: Option<Point>, out: &mut dyn Write) -> io::Result<()> {
    let types = named(listing, &Point::selected(point));
    let mut document = Map::new();
    document.insert("$schema".to_owned(), DIALECT.into());
    if let [only] = types.as_slice() {
        document.append(&mut schema(only));
    } else {
        let schemas = types.iter().map(|one| (one.name.clone(), schema(one).into()));
        document.insert("$defs".to_owned(), Json::Object(schemas.collect()));
    }
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

/// The schema of a type, with its title.
fn schema(one: &NamedType<'_>) -> Map<String, Json> {
    let mut titled = Map::new();
    titled.insert("title".to_owned(), one.title().into());
    match json_schema::schema(&one.row.shape(one.point)) {
        Json::Object(mut keywords) => titled.append(&mut keywords),
        Json::Bool(false) => _ = titled.insert("not".to_owned(), json!({})),
        _ => {}
    }
    titled
}
