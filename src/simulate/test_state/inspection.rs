//! The data of a tested state, at each point of its data flow.

use crate::simulate::inspect::{Inspector, Point};
use crate::value::Value;

/// The inspection level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Level {
    /// Only the outcome.
    #[default]
    Info,
    /// Also the data at each point of the data flow.
    Debug,
    /// Also requests and responses of HTTP tasks.
    Trace,
}

/// The first value at each point of a state's data flow.
#[derive(Debug, Default)]
pub(super) struct Inspection(Vec<(Point, Value)>);

impl Inspection {
    /// The points that were reached, and the first value at each.
    pub(super) fn points(&self) -> &[(Point, Value)] {
        &self.0
    }

    /// The number of items of a Map; `None` if it is unknown.
    pub(super) fn item_count(&self) -> Option<u32> {
        let count = self.0.iter().find(|(point, _)| *point == Point::ItemCount);
        count.and_then(|(_, count)| count.to_json().parse().ok())
    }
}

impl Inspector for Inspection {
    fn inspect(&mut self, point: Point, _state: &str, value: &Value) {
        if self.0.iter().all(|(seen, _)| *seen != point) {
            self.0.push((point, value.clone()));
        }
    }
}
