//! Objects in S3 with the items that Maps read.

use crate::simulate::plan::Reader;
use crate::simulate::world::Object;
use crate::value::{Object as Members, Value};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The objects of one run.
#[derive(Debug, Default)]
pub(super) struct Store {
    read: BTreeMap<(String, String), Rc<str>>,
    written: BTreeMap<(String, String), Rc<str>>,
    /// The items in the objects of the last listing, by key.
    listed: BTreeMap<String, Value>,
}

/// The suffix of the key of an object that a manifest lists.
const DATA: &str = ".items";

impl Store {
    /// The objects that were read or listed.
    pub(super) fn into_read(self) -> Vec<((String, String), Rc<str>)> {
        self.read.into_iter().collect()
    }

    pub(super) fn put(&mut self, bucket: &str, key: &str, body: String) {
        self.written
            .insert((bucket.to_owned(), key.to_owned()), body.into());
    }

    /// The object that a reader reads, with the items of a script; `None` if it does not exist according to the script.
    pub(super) fn object(
        &mut self,
        reader: Option<&Reader>,
        items: Option<&Option<Vec<Value>>>,
        bucket: &str,
        key: &str,
    ) -> Option<Rc<str>> {
        let at = (bucket.to_owned(), key.to_owned());
        if let Some(body) = self.written.get(&at) {
            return Some(Rc::clone(body));
        }
        let items = match items {
            Some(items) => items.clone()?,
            None => default_items(),
        };
        let items = match self.listed.get(key) {
            Some(item) => vec![item.clone()],
            None => items,
        };
        let body: Rc<str> = body(reader, &items, bucket, key).into();
        self.read.insert(at, Rc::clone(&body));
        Some(body)
    }

    /// An object for each item of a script.
    pub(super) fn list(
        &mut self,
        items: Option<&Option<Vec<Value>>>,
        bucket: &str,
        prefix: &str,
    ) -> Vec<Object> {
        let items = match items {
            Some(items) => items.clone().unwrap_or_default(),
            None => default_items(),
        };
        let mut objects = Vec::new();
        for (index, item) in items.into_iter().enumerate() {
            let key = item
                .get("Key")
                .and_then(Value::as_str)
                .filter(|key| key.starts_with(prefix));
            let key = key.map_or_else(|| format!("{prefix}item-{}", index + 1), str::to_owned);
            let body: Rc<str> = Value::array(vec![item.clone()]).to_json().into();
            objects.push(Object {
                key: key.as_str().into(),
                size: body.len(),
                etag: "sample".into(),
            });
            self.read.insert((bucket.to_owned(), key.clone()), body);
            self.listed.insert(key, item);
        }
        objects
    }
}

/// The items of a Map for which a script has none.
pub(super) fn default_items() -> Vec<Value> {
    vec![[("id", Value::from("1"))].into()]
}

/// The text of an object with items, in the format that a reader expects.
fn body(reader: Option<&Reader>, items: &[Value], bucket: &str, key: &str) -> String {
    let text = |name: &str| {
        reader
            .and_then(|reader| reader.config.get(name))
            .and_then(Value::as_str)
    };
    let is_data = key.ends_with(DATA);
    match (text("InputType"), text("ManifestType")) {
        (_, Some("ATHENA_DATA")) if !is_data => format!("s3://{bucket}/{key}{DATA}\n"),
        (Some("MANIFEST") | None, _) | (_, Some("S3_INVENTORY")) => {
            let names = columns(items);
            if is_data {
                return rows(items, &names);
            }
            let manifest: Value = [
                ("destinationBucket", Value::from(bucket)),
                ("fileSchema", Value::from(names.join(", "))),
                (
                    "files",
                    Value::array(vec![[("key", Value::from(format!("{key}{DATA}")))].into()]),
                ),
            ]
            .into();
            manifest.to_json()
        }
        (Some("CSV"), _) => {
            let given = reader
                .and_then(|reader| reader.config.get("CSVHeaders"))
                .and_then(Value::as_array);
            match given {
                Some(names) => {
                    let names = names.iter().filter_map(Value::as_str).map(str::to_owned);
                    rows(items, &names.collect::<Vec<_>>())
                }
                None => {
                    let names = columns(items);
                    format!("{}\n{}", names.join(","), rows(items, &names))
                }
            }
        }
        (Some("JSONL" | "PARQUET"), _) => {
            let lines = items.iter().map(|item| item.to_json() + "\n");
            lines.collect()
        }
        _ => {
            let pointer = text("ItemsPointer").unwrap_or_default();
            let names = pointer.split('/').filter(|name| !name.is_empty());
            let items = Value::array(items.to_vec());
            names
                .rev()
                .fold(items, |inner, name| [(name, inner)].into())
                .to_json()
        }
    }
}

/// The names of the members of all items.
fn columns(items: &[Value]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in items.iter().filter_map(Value::as_object).flat_map(Members::keys) {
        if !names.iter().any(|known| **known == **name) {
            names.push(name.to_string());
        }
    }
    if names.is_empty() {
        names.push("id".to_owned());
    }
    names
}

/// Items as lines of comma-separated values.
fn rows(items: &[Value], names: &[String]) -> String {
    let cell = |item: &Value, name: &String| match item.get(name) {
        Some(Value::String(text)) => quoted(text),
        Some(other) => quoted(&other.to_json()),
        None => "sample".to_owned(),
    };
    let lines = items.iter().map(|item| {
        let cells: Vec<String> = names.iter().map(|name| cell(item, name)).collect();
        cells.join(",") + "\n"
    });
    lines.collect()
}

fn quoted(cell: &str) -> String {
    if cell.is_empty() || cell.contains(['"', ',', '\n', '\\']) {
        format!("\"{}\"", cell.replace('\\', "\\\\").replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
