//! `asl shapes`: its formats for every definition of the fixtures.

mod bounds;
mod pairs;
mod recorded;

use crate::graph::definitions;
use aslkit::asl::lower;
use aslkit::render::shapes::{Format, Listing, Point};
use aslkit::render::style::Style;
use aslkit::shape::{Declarations, Detail, analyze};
use serde_json::Value;
use std::collections::HashSet;

fn written(listing: &Listing, format: Format, place: Option<Point>) -> String {
    let mut text = Vec::new();
    format.write(listing, place, Style::PLAIN, &mut text).unwrap();
    String::from_utf8(text).unwrap()
}

#[test]
fn formats_are_valid_for_every_definition() {
    let schema = serde_json::from_str(include_str!("../../schemas/shapes.schema.json")).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    for (name, document) in definitions::all() {
        let machine = lower::machine(&document.roots[0]);
        let listing = Listing::new(
            &machine,
            &analyze(&machine, &Declarations::default(), Detail::Shapes),
        );

        let text = written(&listing, Format::Text, None);
        assert_eq!(text.lines().count(), listing.names().count(), "{name}");

        let json: Value = serde_json::from_str(&written(&listing, Format::Json, None)).unwrap();
        let errors: Vec<String> = validator.iter_errors(&json).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");

        let document: Value = serde_json::from_str(&written(&listing, Format::JsonSchema, None)).unwrap();
        jsonschema::draft202012::meta::validate(&document).unwrap();

        let declarations = written(&listing, Format::Typescript, Some(Point::Input));
        let names = declarations.lines().filter_map(|line| {
            let declared = line.strip_prefix("export ")?;
            declared.split(' ').nth(1)
        });
        let unique: HashSet<&str> = names.collect();
        assert_eq!(unique.len(), listing.names().count(), "{name}");
    }
}
