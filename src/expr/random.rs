//! The source of randomness of expressions.

use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

/// The source of `States.MathRandom`, `States.UUID`, `$random`, and `$uuid`. The caller provides it, so that a seed
/// determines a run.
pub trait Randomness {
    /// The next 64 random bits.
    fn next_u64(&mut self) -> u64;
}

/// A seeded generator: the same seed yields the same values on every machine.
#[derive(Debug, Clone)]
pub struct Seeded(ChaCha12Rng);

impl Seeded {
    /// Creates a generator.
    pub fn new(seed: u64) -> Self {
        Self(ChaCha12Rng::seed_from_u64(seed))
    }
}

impl Randomness for Seeded {
    fn next_u64(&mut self) -> u64 {
        self.0.next_u64()
    }
}

/// A random UUID (version 4) as text.
pub(crate) fn uuid(randomness: &mut dyn Randomness) -> String {
    let (high, low) = (randomness.next_u64(), randomness.next_u64());
    let high = high & 0xFFFF_FFFF_FFFF_0FFF | 0x4000;
    let low = low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000;
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        high >> 32,
        high >> 16 & 0xFFFF,
        high & 0xFFFF,
        low >> 48,
        low & 0xFFFF_FFFF_FFFF
    )
}

/// `java.util.Random`: the same seed yields the same values as in Java.
pub(crate) struct JavaRandom(u64);

const MASK: u64 = (1 << 48) - 1;

impl JavaRandom {
    pub(crate) fn new(seed: i64) -> Self {
        Self((seed.cast_unsigned() ^ 0x5_DEEC_E66D) & MASK)
    }

    /// The upper `count` bits of 48; at most 32.
    #[expect(clippy::cast_possible_truncation, reason = "at most 32 bits are left")]
    fn bits(&mut self, count: u32) -> u32 {
        self.0 = self.0.wrapping_mul(0x5_DEEC_E66D).wrapping_add(0xB) & MASK;
        (self.0 >> (48 - count)) as u32
    }

    /// A 32-bit integer in `start..end`.
    pub(crate) fn between(&mut self, start: i64, end: i64) -> i64 {
        let Ok(bound) = i32::try_from(end - start) else {
            loop {
                let drawn = i64::from(self.bits(32).cast_signed());
                if (start..end).contains(&drawn) {
                    return drawn;
                }
            }
        };
        if bound.count_ones() == 1 {
            return start + ((i64::from(bound) * i64::from(self.bits(31))) >> 31);
        }
        loop {
            let drawn = self.bits(31).cast_signed();
            let rest = drawn % bound;
            // Values from the last, incomplete range would favor small numbers.
            if drawn
                .checked_sub(rest)
                .and_then(|base| base.checked_add(bound - 1))
                .is_some()
            {
                return start + i64::from(rest);
            }
        }
    }

    /// A number in `0.0..1.0`.
    #[expect(clippy::cast_precision_loss, reason = "an f64 has 53 bits")]
    pub(crate) fn unit(&mut self) -> f64 {
        let drawn = u64::from(self.bits(26)) << 27 | u64::from(self.bits(27));
        drawn as f64 / (1u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_the_same_numbers_as_java() {
        // `new Random(42).nextInt(100)` twice, and `nextDouble()` of a new generator.
        let mut random = JavaRandom::new(42);
        assert_eq!((random.between(0, 100), random.between(0, 100)), (30, 63));
        let drawn = JavaRandom::new(42).unit();
        assert_eq!(drawn.to_string(), "0.7275636800328681");
    }

    #[test]
    fn draws_from_ranges_wider_than_an_integer() {
        let mut random = JavaRandom::new(1);
        for _ in 0..100 {
            let drawn = random.between(i64::from(i32::MIN), i64::from(i32::MAX));
            assert!(i32::try_from(drawn).is_ok());
        }
    }

    #[test]
    fn creates_version_four_uuids() {
        let id = uuid(&mut Seeded::new(7));
        assert_eq!((id.len(), &id[14..15]), (36, "4"));
        assert!("89ab".contains(&id[19..20]));
        assert_eq!(id, uuid(&mut Seeded::new(7)));
    }
}
