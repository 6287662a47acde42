//! The one source of randomness of expressions.

use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

/// Where `States.MathRandom`, `States.UUID`, `$random` and `$uuid` draw from. The caller decides what it is, so
/// that one seed gives one run.
pub trait Randomness {
    /// 64 random bits.
    fn next_u64(&mut self) -> u64;
}

/// A seeded generator: the same seed draws the same values on every machine.
#[derive(Debug, Clone)]
pub struct Seeded(ChaCha12Rng);

impl Seeded {
    /// The generator of `seed`.
    pub fn new(seed: u64) -> Self {
        Self(ChaCha12Rng::seed_from_u64(seed))
    }
}

impl Randomness for Seeded {
    fn next_u64(&mut self) -> u64 {
        self.0.next_u64()
    }
}
