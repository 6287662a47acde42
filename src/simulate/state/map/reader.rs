//! `ItemReader`: items from objects in S3.
//!
//! Source: developer guide, "`ItemReader` (Map)"; error messages as recorded on AWS.

use super::{csv, settings};
use crate::expr::EvalError;
use crate::simulate::bindings::Bindings;
use crate::simulate::inspect::Point;
use crate::simulate::plan::Reader;
use crate::simulate::state_cx::StateCx;
use crate::simulate::state_error::{StateError, StepError};
use crate::simulate::waiting::ReadItem;
use crate::spec::error_name;
use crate::value::{Object, Value};
use std::collections::HashSet;
use std::rc::Rc;

/// The evaluated fields of an `ItemReader`.
#[derive(Debug)]
pub(super) struct Request {
    bucket: Rc<str>,
    key: Rc<str>,
    prefix: Rc<str>,
    has_version: bool,
    lists_objects: bool,
    config: Value,
    /// `None` for all items.
    max_items: Option<usize>,
    is_negative: bool,
}

fn failed(cause: impl Into<Rc<str>>) -> StepError {
    StateError::named(error_name::ITEM_READER_FAILED, cause).into()
}

impl Request {
    /// Evaluates the fields of an `ItemReader`.
    pub(super) fn evaluate(
        cx: &mut StateCx<'_, '_>,
        reader: &Reader,
        effective: &Value,
    ) -> Result<Self, EvalError> {
        let arguments = match &reader.arguments {
            Some(arguments) => cx.evaluate(arguments, Bindings::from_input(effective))?,
            None => Value::empty_object(),
        };
        let max_items = match &reader.max_items {
            Some(setting) => settings::integer(cx, setting, effective, "MaxItems")?,
            None => 0,
        };
        let text = |name: &str| -> Rc<str> {
            arguments
                .get(name)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .into()
        };
        Ok(Self {
            bucket: text("Bucket"),
            key: text("Key"),
            prefix: text("Prefix"),
            has_version: arguments.get("VersionId").is_some(),
            lists_objects: reader.lists_objects,
            config: reader.config.clone(),
            max_items: usize::try_from(max_items).ok().filter(|n| *n > 0),
            is_negative: max_items < 0,
        })
    }

    /// Whether the items are in a single object, neither in a listing nor in the files of a manifest.
    pub(super) fn is_one_object(&self) -> bool {
        let is_manifest = self.text("InputType").is_none_or(|name| name == "MANIFEST");
        !self.lists_objects && !is_manifest && self.text("ManifestType").is_none()
    }

    fn text(&self, field: &str) -> Option<&str> {
        self.config.get(field).and_then(Value::as_str)
    }
}

/// Reads the items.
pub(super) fn read(cx: &mut StateCx<'_, '_>, request: &Request) -> Result<Vec<ReadItem>, StepError> {
    if request.is_negative {
        return Err(failed("field MaxItems must be positive"));
    }
    // Whether the object exists does not matter for this.
    if request.has_version && request.text("InputType") == Some("PARQUET") {
        return Err(failed(
            "S3 Version ID selection is not currently supported for PARQUET files",
        ));
    }
    let mut items = if request.lists_objects {
        let listed = list_objects(cx, request)?;
        if listed.is_empty() {
            sample(cx, request).unwrap_or_default()
        } else {
            listed
        }
    } else {
        match read_object(cx, &request.bucket, &request.key) {
            Ok(body) => object_items(cx, request, &body)?,
            Err(missing) => sample(cx, request).ok_or(missing)?,
        }
    };
    if cx.evaluator.inspector.is_some() && request.text("ItemsPointer").is_some() {
        let pointed = items.iter().map(|item| item.value.clone()).collect();
        cx.inspect(Point::AfterItemsPointer, &Value::array(pointed));
    }
    if let Some(max) = request.max_items {
        items.truncate(max);
    }
    Ok(items)
}

/// One item that the world offers if nothing exists in the bucket, with what the format of the data implies.
fn sample(cx: &mut StateCx<'_, '_>, request: &Request) -> Option<Vec<ReadItem>> {
    let state = Rc::clone(&cx.state.name);
    let item = cx.evaluator.world.sample_item(&state, &request.bucket)?;
    let source: Rc<str> = format!("s3://{}/{}", request.bucket, request.key).into();
    let item = if request.lists_objects && request.text("Transformation").is_none() {
        let listed = [
            ("Etag", Value::from("\"d41d8cd98f00b204e9800998ecf8427e\"")),
            (
                "LastModified",
                Value::from(cx.evaluator.world.start_time().millis() / 1000),
            ),
            ("Key", Value::from(format!("{}sample", request.prefix))),
            ("Size", Value::from(0_i64)),
            ("StorageClass", Value::from("STANDARD")),
        ];
        with_members(
            listed.into_iter().map(|(name, value)| (name.into(), value)),
            &item,
        )
    } else if request.text("InputType") == Some("CSV") {
        let given = request.config.get("CSVHeaders").and_then(Value::as_array);
        let headers = given.unwrap_or_default().iter().filter_map(Value::as_str);
        let cells = headers.map(|header| (header.into(), Value::from("sample")));
        let row = with_members(cells, &item);
        let cell = |value: &Value| match value {
            Value::String(_) => value.clone(),
            other => Value::from(other.to_json()),
        };
        let members = row.as_object().into_iter().flat_map(Object::iter);
        Value::object(
            members
                .map(|(name, value)| (Rc::clone(name), cell(value)))
                .collect(),
        )
    } else {
        item
    };
    Some(vec![ReadItem::new(item, &source)])
}

/// An object of members, over which those of another object take precedence.
fn with_members(members: impl Iterator<Item = (Rc<str>, Value)>, over: &Value) -> Value {
    let mut object: Object = members.collect();
    for (name, value) in over.as_object().into_iter().flat_map(Object::iter) {
        object.insert(Rc::clone(name), value.clone());
    }
    Value::object(object)
}

fn read_object(cx: &mut StateCx<'_, '_>, bucket: &str, key: &str) -> Result<Rc<str>, StepError> {
    cx.evaluator.world.object(bucket, key)?.ok_or_else(|| {
        failed(format!(
            "The specified key does not exist. (Service: Amazon S3; Status Code: 404; Error Code: NoSuchKey): s3://{bucket}/{key}"
        ))
    })
}

fn list_objects(cx: &mut StateCx<'_, '_>, request: &Request) -> Result<Vec<ReadItem>, StepError> {
    let objects = cx.evaluator.world.list(&request.bucket, &request.prefix)?;
    let mut items = Vec::new();
    if request.text("Transformation") == Some("LOAD_AND_FLATTEN") {
        for object in objects {
            let body = read_object(cx, &request.bucket, &object.key)?;
            let source: Rc<str> = format!("s3://{}/{}", request.bucket, object.key).into();
            items.extend(parse(request, &body, &source)?);
        }
        return Ok(items);
    }
    let source: Rc<str> = format!("s3://{}", request.bucket).into();
    let modified = Value::from(cx.evaluator.world.start_time().millis() / 1000);
    for object in objects {
        let size = i64::try_from(object.size).unwrap_or(i64::MAX);
        let listed = [
            ("Etag", Value::from(format!("\"{}\"", object.etag))),
            ("LastModified", modified.clone()),
            ("Key", Value::String(object.key)),
            ("Size", Value::from(size)),
            ("StorageClass", Value::from("STANDARD")),
        ];
        items.push(ReadItem::new(listed.into(), &source));
    }
    Ok(items)
}

fn object_items(cx: &mut StateCx<'_, '_>, request: &Request, body: &str) -> Result<Vec<ReadItem>, StepError> {
    let source: Rc<str> = format!("s3://{}/{}", request.bucket, request.key).into();
    let input_type = request.text("InputType").unwrap_or("MANIFEST");
    match request.text("ManifestType") {
        Some("ATHENA_DATA") => athena_items(cx, request, body),
        Some(_) => inventory_items(cx, body, &source),
        None if input_type == "MANIFEST" => inventory_items(cx, body, &source),
        None => parse(request, body, &source),
    }
}

/// An S3 inventory: a JSON manifest that lists CSV files and their columns.
fn inventory_items(
    cx: &mut StateCx<'_, '_>,
    manifest: &str,
    source: &Rc<str>,
) -> Result<Vec<ReadItem>, StepError> {
    let manifest = Value::parse(manifest).map_err(|_| failed("The manifest is not valid JSON."))?;
    let bucket = manifest
        .get("destinationBucket")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let bucket = bucket.rsplit(':').next().unwrap_or_default();
    let schema = manifest
        .get("fileSchema")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let headers: Vec<Rc<str>> = schema.split(',').map(|name| name.trim().into()).collect();
    let mut items = Vec::new();
    for file in manifest
        .get("files")
        .and_then(Value::as_array)
        .unwrap_or_default()
    {
        let key = file.get("key").and_then(Value::as_str).unwrap_or_default();
        let body = read_object(cx, bucket, key)?;
        let rows = csv::rows(&body, ',');
        items.extend(
            rows.into_iter()
                .map(|row| ReadItem::new(record(&headers, row), source)),
        );
    }
    Ok(items)
}

/// The manifest of an Athena `UNLOAD`, with the address of a file on each line.
fn athena_items(
    cx: &mut StateCx<'_, '_>,
    request: &Request,
    manifest: &str,
) -> Result<Vec<ReadItem>, StepError> {
    let mut items = Vec::new();
    for address in manifest.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let Some((bucket, key)) = address.strip_prefix("s3://").and_then(|a| a.split_once('/')) else {
            return Err(failed(format!(
                "The manifest contains a line that is not an S3 URI: {address}"
            )));
        };
        let body = read_object(cx, bucket, key)?;
        items.extend(parse(request, &body, &address.into())?);
    }
    Ok(items)
}

/// The items of one object. Parquet is a binary format: its rows are given as JSON Lines.
fn parse(request: &Request, body: &str, source: &Rc<str>) -> Result<Vec<ReadItem>, StepError> {
    match request.text("InputType") {
        Some("CSV") => csv_items(request, body, source),
        Some("JSONL" | "PARQUET") => json_lines(body, source),
        _ => json_items(request, body, source),
    }
}

fn json_items(request: &Request, body: &str, source: &Rc<str>) -> Result<Vec<ReadItem>, StepError> {
    let document = Value::parse(body).map_err(|e| failed(format!("The object is not valid JSON: {e}")))?;
    let found = match request.text("ItemsPointer") {
        Some(pointer) => select_pointer(&document, pointer).cloned().unwrap_or_default(),
        // A whole file is an array: recorded on AWS. An object in it can be iterated over by its pointer.
        None if document.as_array().is_none() => Value::Null,
        None => document,
    };
    ReadItem::all(&found, source).ok_or_else(|| failed("Attempting to map over non-iterable node."))
}

fn json_lines(body: &str, source: &Rc<str>) -> Result<Vec<ReadItem>, StepError> {
    let lines = body.lines().filter(|line| !line.trim().is_empty());
    let items = lines.map(|line| match Value::parse(line) {
        Ok(value) => Ok(ReadItem::new(value, source)),
        Err(e) => Err(failed(format!(
            "The object contains a line that is not valid JSON: {e}"
        ))),
    });
    items.collect()
}

/// The value at a JSON Pointer (RFC 6901).
fn select_pointer<'v>(value: &'v Value, pointer: &str) -> Option<&'v Value> {
    pointer.split('/').skip(1).try_fold(value, |value, token| {
        let token = token.replace("~1", "/").replace("~0", "~");
        match value {
            Value::Array(items) => items.get(token.parse::<usize>().ok()?),
            _ => value.get(&token),
        }
    })
}

fn csv_items(request: &Request, body: &str, source: &Rc<str>) -> Result<Vec<ReadItem>, StepError> {
    let delimiter = match request.text("CSVDelimiter") {
        Some("PIPE") => '|',
        Some("SEMICOLON") => ';',
        Some("SPACE") => ' ',
        Some("TAB") => '\t',
        _ => ',',
    };
    let mut rows = csv::rows(body, delimiter).into_iter();
    let headers: Vec<Rc<str>> = match request.text("CSVHeaderLocation") {
        Some("GIVEN") => {
            let given = request
                .config
                .get("CSVHeaders")
                .and_then(Value::as_array)
                .unwrap_or_default();
            given.iter().filter_map(Value::as_str).map(Rc::from).collect()
        }
        _ => rows
            .next()
            .unwrap_or_default()
            .into_iter()
            .map(Rc::from)
            .collect(),
    };
    let mut bindings = HashSet::new();
    if !headers.iter().all(|header| bindings.insert(header)) {
        return Err(failed("CSV headers cannot contain duplicates."));
    }
    Ok(rows
        .map(|row| ReadItem::new(record(&headers, row), source))
        .collect())
}

fn record(headers: &[Rc<str>], row: Vec<String>) -> Value {
    let cells = row.into_iter().chain(std::iter::repeat_with(String::new));
    let members = headers
        .iter()
        .zip(cells)
        .map(|(header, cell)| (Rc::clone(header), Value::from(cell)));
    Value::object(members.collect::<Object>())
}
