//! Distributed Map: the items that its `ItemReader` provides, and its result.
//!
//! Source: developer guide, "`ItemReader` (Map)" and "`ResultWriter` (Map)"; recordings of AWS.

use crate::asl::state::map::{ItemReader, Map, ResultWriter};
use crate::document::Node;
use crate::shape::types::{Array, Object, Shape};

/// The columns that the inventory of a bucket always has; others are selected by its owner.
const INVENTORY_COLUMNS: [&str; 2] = ["Bucket", "Key"];

/// The shape of an item that a reader provides.
pub(super) fn read_item(reader: &ItemReader<'_>) -> Shape {
    let text = |name: &str| reader.reader_config.and_then(|config| config.get(name));
    let is = |name: &str, expected: &str| text(name).and_then(Node::as_str) == Some(expected);
    let action = reader
        .resource
        .and_then(Node::as_str)
        .and_then(|arn| arn.rsplit(':').next());
    match action {
        Some("listObjectsV2") if text("Transformation").is_none() || is("Transformation", "NONE") => listed(),
        Some("listObjectsV2" | "getObject") => match text("InputType").and_then(Node::as_str) {
            Some("CSV") => row(reader),
            Some("PARQUET") => Shape::any_object(),
            Some("MANIFEST") | None if action == Some("getObject") && !is("ManifestType", "ATHENA_DATA") => {
                inventory_row()
            }
            _ => Shape::Any,
        },
        _ => Shape::Any,
    }
}

/// An object in a listing.
fn listed() -> Shape {
    Object::closed()
        .with("Etag", Shape::string())
        .with("LastModified", Shape::number().join(&Shape::string()))
        .with("Key", Shape::string())
        .with("Size", Shape::number())
        .with("StorageClass", Shape::string())
        .with_possible("ChecksumAlgorithm", Shape::array_of(Shape::string()))
        .with_possible("ChecksumType", Shape::string())
        .with_possible("Owner", Shape::any_object())
        .with_possible("RestoreStatus", Shape::any_object())
        .into()
}

/// A row of a CSV file. Its cells are strings, and missing ones are empty strings.
fn row(reader: &ItemReader<'_>) -> Shape {
    let config = reader.reader_config;
    let names = config.and_then(|config| config.get("CSVHeaders"));
    let location = config.and_then(|config| config.get("CSVHeaderLocation"));
    let is_given = location.and_then(Node::as_str) == Some("GIVEN");
    let Some(names) = names.and_then(Node::as_array).filter(|_| is_given) else {
        return Object::of(Shape::string()).into();
    };
    let mut row = Object::closed();
    for name in names {
        match name.as_text() {
            Some(text) if !text.has_placeholder() => row = row.with(text.as_str(), Shape::string()),
            _ => row.rest = Shape::string(),
        }
    }
    row.into()
}

/// A row of a bucket's inventory.
fn inventory_row() -> Shape {
    INVENTORY_COLUMNS
        .into_iter()
        .fold(Object::of(Shape::string()), |row, column| {
            row.with(column, Shape::string())
        })
        .into()
}

/// The items of an object that is mapped over, and the value of each that the context object has.
pub(super) fn members(object: &Object) -> (Shape, Shape) {
    let value = object.values();
    let pair = Object::closed()
        .with("Key", Shape::string())
        .with("Value", value.clone());
    (pair.into(), value)
}

/// The result of a Map Run with children of this output, for at least `min` and at most `max` of them; `None` if it
/// certainly fails.
pub(super) fn result(map: &Map<'_>, output: &Shape, min: usize, max: Option<usize>) -> Option<Shape> {
    let settings = &map.settings;
    let tolerates_failures =
        settings.tolerated_failure_count.is_some() || settings.tolerated_failure_percentage.is_some();
    if output.is_never() && min > 0 && !tolerates_failures {
        return None;
    }
    let outcome = if tolerates_failures {
        output.join(&failed_child())
    } else {
        output.clone()
    };
    Some(match &map.result_writer {
        None => array(outcome, min, max),
        Some(writer) if writer.resource.is_some() => exported(),
        Some(writer) => match transformation(writer) {
            Some("COMPACT") => array(outcome, min, max),
            Some("FLATTEN") => {
                let union = outcome.union();
                let items = union.array.as_ref().map_or_else(Shape::never, Array::items);
                let others = outcome.without(|union| union.array = None);
                Shape::array_of(if outcome.is_any() {
                    Shape::Any
                } else {
                    items.join(&others)
                })
            }
            Some("NONE") => array(described(), 0, None),
            _ => Shape::Any,
        },
    })
}

fn array(items: Shape, min: usize, max: Option<usize>) -> Shape {
    Array {
        leading: Vec::new(),
        min,
        max: if items.is_never() { Some(0) } else { max },
        rest: items,
    }
    .into()
}

fn transformation<'d>(writer: &ResultWriter<'d>) -> Option<&'d str> {
    match writer
        .writer_config
        .and_then(|config| config.get("Transformation"))
    {
        Some(node) => node.as_str(),
        None => Some("NONE"),
    }
}

/// What a tolerated failure leaves in the result.
fn failed_child() -> Shape {
    Object::closed()
        .with("Status", Shape::string())
        .with_possible("Error", Shape::string())
        .with_possible("Cause", Shape::string())
        .into()
}

/// The result of a Map Run whose results are files.
fn exported() -> Shape {
    let details = Object::closed()
        .with("Bucket", Shape::string())
        .with("Key", Shape::string());
    Object::closed()
        .with("MapRunArn", Shape::string())
        .with("ResultWriterDetails", details.into())
        .into()
}

/// The description of a child execution.
fn described() -> Shape {
    let texts = [
        "ExecutionArn",
        "Input",
        "Name",
        "Output",
        "StateMachineArn",
        "Status",
    ];
    let described = texts.into_iter().fold(Object::of(Shape::Any), |object, name| {
        object.with_possible(name, Shape::string())
    });
    described.into()
}
