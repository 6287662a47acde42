//! The parts of a simulation that evaluate expressions and measure values.

use super::inspect::{Inspector, Point};
use super::limits::{PayloadLimit, Sizes};
use super::options::Options;
use super::plan::State;
use super::state_error::StateError;
use super::world::World;
use crate::expr::jsonata::Conversions;
use crate::value::Value;

/// The parts of a simulation that evaluate expressions and measure values.
pub(super) struct Evaluator<'w> {
    pub(super) world: &'w mut dyn World,
    pub(super) inspector: Option<&'w mut dyn Inspector>,
    pub(super) options: &'w Options,
    pub(super) conversions: Conversions,
    pub(super) sizes: Sizes,
}

impl<'w> Evaluator<'w> {
    /// Creates an evaluator without an inspector.
    pub(super) fn new(world: &'w mut dyn World, options: &'w Options) -> Self {
        Self {
            world,
            inspector: None,
            options,
            conversions: Conversions::default(),
            sizes: Sizes::default(),
        }
    }

    /// The size of a payload in bytes; fails if it exceeds the limit. `source` is what returned it: a state or a
    /// resource.
    pub(super) fn check_size(&mut self, payload: &Value, source: &str) -> Result<usize, StateError> {
        self.sizes.check(payload, source, self.limit())
    }

    /// The maximum size of a payload.
    pub(super) const fn limit(&self) -> PayloadLimit {
        if self.options.limits {
            PayloadLimit::Quota
        } else {
            PayloadLimit::Bytes(self.options.max_payload)
        }
    }

    /// Shows a value to the inspector, if there is one.
    pub(super) fn inspect(&mut self, point: Point, state: &State, value: &Value) {
        if let Some(inspector) = &mut self.inspector {
            inspector.inspect(point, &state.name, value);
        }
    }
}
