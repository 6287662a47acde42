//! The data of a state that was tested, at the points of its data flow.

use crate::simulate::inspect::{Inspector, Point};
use crate::value::Value;

/// How much of a state's data is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Level {
    /// The outcome.
    #[default]
    Info,
    /// The data at every point.
    Debug,
    /// Requests and responses of HTTP tasks too.
    Trace,
}

/// What was seen at the points of a state, the first of each.
#[derive(Debug, Default)]
pub(super) struct Inspection(Vec<(Point, Value)>);

impl Inspection {
    /// The points that were reached, and the first value at each.
    pub(super) fn points(&self) -> &[(Point, Value)] {
        &self.0
    }

    /// How many items a Map has; `None` where that was not reached, or nothing is known of them.
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
