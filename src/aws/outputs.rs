//! The shapes of what AWS answers: for operations that optimized integrations call or poll, and the commonest
//! others.
//!
//! `TestState` checks a mocked result against them. Source: botocore's service models.

use std::rc::Rc;
use std::sync::LazyLock;

use super::archive::Archive;

static TABLE: LazyLock<Archive> = LazyLock::new(|| Archive::new(include_bytes!("data/outputs.bin")));

/// Where the facts come from.
pub fn source() -> &'static str {
    TABLE.source()
}

/// The day they were retrieved, `YYYY-MM-DD`.
pub fn retrieved() -> &'static str {
    TABLE.retrieved()
}

/// The type of a value in an answer. Types may contain themselves; each level is read when it is asked for.
#[derive(Debug, Clone)]
pub struct Shape {
    lines: Rc<[&'static str]>,
    number: usize,
}

/// What a value must be.
#[derive(Debug, Clone)]
pub enum Kind {
    /// An object of these fields; others are ignored.
    Structure(Vec<Member>),
    /// An array.
    List {
        /// The type of its items.
        member: Shape,
        /// How many there are.
        length: Bounds,
    },
    /// An object of any keys.
    Map {
        /// The type of its keys.
        key: Shape,
        /// The type of its values.
        value: Shape,
        /// How many there are.
        length: Bounds,
    },
    /// A string.
    Text {
        /// How many characters.
        length: Bounds,
        /// The values allowed; empty where any is.
        values: Vec<&'static str>,
    },
    /// A whole number.
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
    /// A point in time.
    Timestamp,
    /// Bytes, as text.
    Blob {
        /// How many.
        length: Bounds,
    },
}

/// A field of a structure.
#[derive(Debug, Clone)]
pub struct Member {
    /// As in the result of an optimized integration: `BOOL`.
    pub name: &'static str,
    /// As in the result of an SDK integration: `Bool`.
    pub sdk_name: &'static str,
    /// Whether it is always there.
    pub required: bool,
    /// What it holds.
    pub shape: Shape,
}

/// A range, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Bounds {
    /// The least allowed.
    pub min: Option<f64>,
    /// The most allowed.
    pub max: Option<f64>,
}

/// What `service` answers to `operation`, both named as in [`super::sdk`]: `dynamodb`, `getItem`.
pub fn shape(service: &str, operation: &str) -> Option<Shape> {
    let mut lines = TABLE.text(TABLE.find(service)?).lines();
    let answers = lines
        .next()?
        .split(' ')
        .filter_map(|answer| answer.split_once(':'));
    let (_, number) = answers.into_iter().find(|(name, _)| *name == operation)?;
    Some(Shape {
        number: number.parse().ok()?,
        lines: lines.collect(),
    })
}

/// Every service and operation that [`shape`] knows.
pub fn operations() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE.entries().iter().flat_map(|entry| {
        let answers = TABLE.text(entry).lines().next().unwrap_or_default().split(' ');
        answers.filter_map(|answer| Some((entry.name, answer.split_once(':')?.0)))
    })
}

impl Shape {
    /// What it is. A table that holds nonsense says a structure without fields, which fits everything.
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
            "X" => Kind::Blob {
                length: Bounds::read(words.next()?),
            },
            _ => return None,
        };
        Some(kind)
    }

    fn at(&self, number: &str) -> Option<Self> {
        Some(Self {
            lines: Rc::clone(&self.lines),
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

    /// Whether `value` lies within.
    pub fn hold(self, value: f64) -> bool {
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
            kind => panic!("no structure: {kind:?}"),
        }
    }

    fn member(shape: &Shape, name: &str) -> Member {
        members(shape)
            .into_iter()
            .find(|member| member.name == name)
            .expect(name)
    }

    #[test]
    fn the_table_is_whole_and_small() {
        assert!(include_bytes!("data/outputs.bin").len() <= 60_000);
        assert!(TABLE.is_sound());
        assert!(operations().all(|(service, operation)| shape(service, operation).is_some()));
        assert!(operations().count() >= 96);
    }

    #[test]
    fn every_line_of_the_table_is_a_shape() {
        for entry in TABLE.entries() {
            let lines: Rc<[_]> = TABLE.text(entry).lines().skip(1).collect();
            let shapes = (0..lines.len()).map(|number| Shape {
                lines: Rc::clone(&lines),
                number,
            });
            assert!(
                shapes.into_iter().all(|shape| shape.read().is_some()),
                "{}",
                entry.name
            );
        }
    }

    #[test]
    fn whatever_is_polled_has_a_known_answer() {
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
        assert!(length.hold(80.0) && !length.hold(81.0) && !length.hold(0.0));
    }

    #[test]
    fn shapes_may_contain_themselves() {
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
        assert!(length.hold(6144.0) && !length.hold(6145.0) && !length.hold(0.0));
    }

    #[test]
    fn an_operation_that_answers_nothing_has_a_structure_without_fields() {
        assert!(shape("emr", "terminateJobFlows").is_some_and(|shape| members(&shape).is_empty()));
        assert!(shape("emr", "nonsense").is_none() && shape("nonsense", "x").is_none());
    }
}
