//! What expressions and values are worked out with.

use super::inspect::{Inspector, Point};
use super::limits::Sizes;
use super::options::Options;
use super::plan::Step;
use super::state_error::StateError;
use super::world::World;
use crate::expr::jsonata::Conversions;
use crate::value::Value;

/// What expressions and values are worked out with.
pub(super) struct Evaluator<'w> {
    pub(super) world: &'w mut dyn World,
    pub(super) inspector: Option<&'w mut dyn Inspector>,
    pub(super) options: &'w Options,
    pub(super) conversions: Conversions,
    pub(super) sizes: Sizes,
}

impl<'w> Evaluator<'w> {
    /// One that nothing inspects.
    pub(super) fn new(world: &'w mut dyn World, options: &'w Options) -> Self {
        Self {
            world,
            inspector: None,
            options,
            conversions: Conversions::default(),
            sizes: Sizes::default(),
        }
    }

    /// The bytes of a payload; fails where it is larger than the limit. `source` is the state or resource it is from.
    pub(super) fn check_size(&mut self, payload: &Value, source: &str) -> Result<usize, StateError> {
        self.sizes.check(payload, source, self.options.limits)
    }

    /// Shows a value to the inspector, if there is one.
    pub(super) fn inspect(&mut self, point: Point, step: &Step, value: &Value) {
        if let Some(inspector) = &mut self.inspector {
            inspector.inspect(point, &step.name, value);
        }
    }
}
