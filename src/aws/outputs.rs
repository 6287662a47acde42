//! The shapes of responses of AWS APIs: of operations that optimized integrations call or poll, and of all operations of
//! the services that state machines call most often.
//!
//! `TestState` validates mocked results against them. Source: botocore's service models.

use std::sync::{LazyLock, OnceLock};

use super::archive::Archive;

static TABLE: LazyLock<Archive> = LazyLock::new(|| Archive::new(include_bytes!("data/outputs.bin")));

/// The lines of each service, split when a response of the service is read for the first time.
static LINES: LazyLock<Vec<OnceLock<Vec<&'static str>>>> =
    LazyLock::new(|| TABLE.entries().iter().map(|_| OnceLock::new()).collect());

/// The source of the table.
pub fn source() -> &'static str {
    TABLE.source()
}

/// The day they were retrieved, `YYYY-MM-DD`.
pub fn retrieved() -> &'static str {
    TABLE.retrieved()
}

/// The type of a value in a response. Types may be recursive; each level is read on demand.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    lines: &'static [&'static str],
    number: usize,
}

/// The kind of a type.
#[derive(Debug, Clone)]
pub enum Kind {
    /// An object with these fields; others are ignored.
    Structure(Vec<Member>),
    /// An array.
    List {
        /// The type of its items.
        member: Shape,
        /// The allowed length.
        length: Bounds,
    },
    /// An object with any keys.
    Map {
        /// The type of its keys.
        key: Shape,
        /// The type of its values.
        value: Shape,
        /// The allowed length.
        length: Bounds,
    },
    /// A string.
    Text {
        /// The allowed number of characters.
        length: Bounds,
        /// The allowed values; empty if all are.
        values: Vec<&'static str>,
    },
    /// An integer.
    Integer {
        /// Its range.
        range: Bounds,
    },
    /// A number.
    Number {
        /// Its range.
        range: Bounds,
    },
    /// True or false.
    Boolean,
    /// A timestamp.
    Timestamp,
    /// Any JSON value.
    Document,
    /// Bytes, in Base64.
    Blob {
        /// The allowed number of bytes.
        length: Bounds,
    },
}

/// A field of a structure.
#[derive(Debug, Clone)]
pub struct Member {
    /// The name in results of optimized integrations: `BOOL`.
    pub name: &'static str,
    /// The name in results of SDK integrations: `Bool`.
    pub sdk_name: &'static str,
    /// Whether it is always present.
    pub required: bool,
    /// Its type.
    pub shape: Shape,
}

/// An inclusive range.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Bounds {
    /// The minimum.
    pub min: Option<f64>,
    /// The maximum.
    pub max: Option<f64>,
}

/// The shape of the response of an operation. Service and operation are named as in [`super::sdk`]: `dynamodb`, `getItem`.
pub fn shape(service: &str, operation: &str) -> Option<Shape> {
    let (responses, lines) = lines(service)?.split_first()?;
    let mut responses = responses.split(' ').filter_map(|word| word.split_once(':'));
    let (_, number) = responses.find(|(name, _)| *name == operation)?;
    Some(Shape {
        lines,
        number: number.parse().ok()?,
    })
}

/// The responses of a service and the types in them.
fn lines(service: &str) -> Option<&'static [&'static str]> {
    let index = TABLE.position(service)?;
    let entry = TABLE.entries().get(index)?;
    let lines = LINES
        .get(index)?
        .get_or_init(|| TABLE.text(entry).lines().collect());
    Some(lines)
}

/// Every service and operation with a known shape.
pub fn operations() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE.entries().iter().flat_map(|entry| {
        let responses = TABLE.text(entry).lines().next().unwrap_or_default().split(' ');
        responses.filter_map(|response| Some((entry.name, response.split_once(':')?.0)))
    })
}

impl Shape {
    /// The kind of the type. An invalid entry of the table is read as a structure without fields, which accepts any object.
    pub fn kind(&self) -> Kind {
        self.read().unwrap_or(Kind::Structure(Vec::new()))
    }

    fn read(&self) -> Option<Kind> {
        let mut words = self.lines.get(self.number)?.split(' ');
        let kind = match words.next()? {
            "S" => Kind::Structure(words.filter_map(|word| self.member(word)).collect()),
            "L" => Kind::List {
                member: self.at(words.next()?)?,
                length: Bounds::read(words.next()?),
            },
            "M" => Kind::Map {
                key: self.at(words.next()?)?,
                value: self.at(words.next()?)?,
                length: Bounds::read(words.next()?),
            },
            "T" => Kind::Text {
                length: Bounds::read(words.next()?),
                values: words.collect(),
            },
            "I" => Kind::Integer {
                range: Bounds::read(words.next()?),
            },
            "N" => Kind::Number {
                range: Bounds::read(words.next()?),
            },
            "B" => Kind::Boolean,
            "D" => Kind::Timestamp,
            "J" => Kind::Document,
            "X" => Kind::Blob {
                length: Bounds::read(words.next()?),
            },
            _ => return None,
        };
        Some(kind)
    }

    fn at(&self, number: &str) -> Option<Self> {
        Some(Self {
            lines: self.lines,
            number: number.parse().ok()?,
        })
    }

    /// `name:number`, `name!:number` if it is required, `name/sdk_name…` if the names differ.
    fn member(&self, word: &'static str) -> Option<Member> {
        let (names, number) = word.split_once(':')?;
        let (names, required) = names
            .strip_suffix('!')
            .map_or((names, false), |names| (names, true));
        let (name, sdk_name) = names.split_once('/').unwrap_or((names, names));
        Some(Member {
            name,
            sdk_name,
            required,
            shape: self.at(number)?,
        })
    }
}

impl Bounds {
    /// `min,max`, either of which may be empty.
    fn read(text: &str) -> Self {
        let (min, max) = text.split_once(',').unwrap_or_default();
        Self {
            min: min.parse().ok(),
            max: max.parse().ok(),
        }
    }

    /// Whether the value is in the range.
    pub fn contain(self, value: f64) -> bool {
        self.min.is_none_or(|min| value >= min) && self.max.is_none_or(|max| value <= max)
    }
}

#[cfg(test)]
mod tests {
    use super::super::integration;
    use super::*;

    fn members(shape: &Shape) -> Vec<Member> {
        match shape.kind() {
            Kind::Structure(members) => members,
            kind => panic!("not a structure: {kind:?}"),
        }
    }

    fn member(shape: &Shape, name: &str) -> Member {
        members(shape)
            .into_iter()
            .find(|member| member.name == name)
            .expect(name)
    }

    #[test]
    fn the_table_is_complete_and_small() {
        assert!(include_bytes!("data/outputs.bin").len() <= 400_000);
        assert!(TABLE.is_sound());
        assert!(operations().all(|(service, operation)| shape(service, operation).is_some()));
        assert!(operations().count() >= 5_000);
    }

    #[test]
    fn every_line_of_the_table_is_a_shape() {
        for entry in TABLE.entries() {
            let (_, lines) = lines(entry.name).unwrap().split_first().unwrap();
            let shapes = (0..lines.len()).map(|number| Shape { lines, number });
            assert!(
                shapes.into_iter().all(|shape| shape.read().is_some()),
                "{}",
                entry.name
            );
        }
    }

    #[test]
    fn every_polled_operation_has_a_shape() {
        for row in integration::all() {
            let known = row
                .polls
                .is_none_or(|(service, operation)| shape(service, operation).is_some());
            assert!(known, "{}:{}", row.service, row.action);
        }
    }

    #[test]
    fn fields_have_types_bounds_and_both_names() {
        let execution = shape("sfn", "describeExecution").expect("in the table");
        assert!(member(&execution, "ExecutionArn").required && !member(&execution, "Output").required);
        assert!(matches!(
            member(&execution, "StartDate").shape.kind(),
            Kind::Timestamp
        ));
        let Kind::Text { values, .. } = member(&execution, "Status").shape.kind() else {
            panic!("no text")
        };
        assert!(values.contains(&"TIMED_OUT"));
        let Kind::Text { length, .. } = member(&execution, "Name").shape.kind() else {
            panic!("no text")
        };
        assert!(length.contain(80.0) && !length.contain(81.0) && !length.contain(0.0));
    }

    #[test]
    fn reads_recursive_shapes() {
        let item = shape("dynamodb", "getItem")
            .map(|answer| member(&answer, "Item").shape)
            .expect("in the table");
        let Kind::Map { value, .. } = item.kind() else {
            panic!("no map")
        };
        let Kind::List { member: inner, .. } = member(&value, "L").shape.kind() else {
            panic!("no list")
        };
        assert_eq!(member(&inner, "BOOL").sdk_name, "Bool");
        assert_eq!(member(&inner, "NULL").sdk_name, "Nul");
        assert!(
            matches!(member(&inner, "B").shape.kind(), Kind::Blob { length } if length == Bounds::default())
        );
        let encrypted = shape("kms", "encrypt").map(|answer| member(&answer, "CiphertextBlob").shape);
        let Some(Kind::Blob { length }) = encrypted.map(|shape| shape.kind()) else {
            panic!("no blob")
        };
        assert!(length.contain(6144.0) && !length.contain(6145.0) && !length.contain(0.0));
    }

    #[test]
    fn an_empty_response_is_a_structure_without_fields() {
        assert!(shape("emr", "terminateJobFlows").is_some_and(|shape| members(&shape).is_empty()));
        assert!(shape("emr", "nonsense").is_none() && shape("nonsense", "x").is_none());
    }
}
