//! Many executions of one machine.

use super::engine;
use super::execution::Execution;
use super::options::Options;
use super::plan::Plan;
use super::world::{Error, World};
use crate::value::Value;
use std::rc::Rc;

/// An execution of many.
#[derive(Debug)]
pub struct Repetition {
    /// The seed of its world.
    pub seed: u64,
    /// The execution.
    pub execution: Execution,
}

/// Runs a machine `runs` times with the same input, one execution per step of the iterator. Each run has its own world,
/// which `world_for` creates from a seed: `seed` for the first run, incremented for each that follows.
pub fn repeat<'a, W: World>(
    plan: &'a Rc<Plan>,
    input: &'a Value,
    options: &'a Options,
    runs: u64,
    seed: u64,
    mut world_for: impl FnMut(u64) -> W + 'a,
) -> impl Iterator<Item = Result<Repetition, Error>> + 'a {
    (0..runs).map(move |index| {
        let seed = seed.wrapping_add(index);
        let execution = engine::run(plan, input.clone(), &mut world_for(seed), options)?;
        Ok(Repetition { seed, execution })
    })
}
