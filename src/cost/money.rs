//! Amounts of money: tiered prices, and rounding for output.
//!
//! Amounts are [`Decimal`], with 28 digits and no binary fractions. They are only rounded for output. Callers keep
//! quantities below [`MAX_QUANTITY`], so that the product of a quantity, a number of executions, and a price does not
//! exceed the range of `Decimal` (7.9e28).

use crate::aws::price::Tier;
use rust_decimal::{Decimal, RoundingStrategy};

/// The largest quantity per execution and the largest number of executions per month that can be estimated.
pub const MAX_QUANTITY: u64 = 1_000_000_000_000;

/// Decimal places of amounts in machine-readable output.
const PLACES: u32 = 10;

/// The cost of `quantity` units in one month. Each tier's price applies to the units within the tier.
pub fn tiered(tiers: &[Tier], quantity: Decimal) -> Decimal {
    let mut amount = Decimal::ZERO;
    let mut below = Decimal::ZERO;
    for tier in tiers {
        let end = tier.up_to.map_or(quantity, |end| end.min(quantity));
        if end <= below {
            break;
        }
        amount += (end - below) * tier.price;
        below = end;
    }
    amount
}

/// The units that cost `amount`: the inverse of [`tiered`]. `None` if the number is unlimited.
pub fn units_for(tiers: &[Tier], amount: Decimal) -> Option<Decimal> {
    let mut left = amount;
    let mut below = Decimal::ZERO;
    for tier in tiers {
        let whole = tier.up_to.map(|end| (end - below) * tier.price);
        match whole {
            Some(whole) if whole < left => {
                left -= whole;
                below = tier.up_to.unwrap_or(below);
            }
            _ => return Some(below + left.checked_div(tier.price)?),
        }
    }
    None
}

/// Rounds half to even, to ten places, for machine-readable output, without trailing zeros.
pub fn exact(amount: Decimal) -> Decimal {
    amount
        .round_dp_with_strategy(PLACES, RoundingStrategy::MidpointNearestEven)
        .normalize()
}

/// Rounds to cents, or below a cent to three significant digits, for text output.
pub fn display(amount: Decimal) -> Decimal {
    let cent = Decimal::new(1, 2);
    if amount.is_zero() || amount.abs() >= cent {
        let mut rounded = amount.round_dp_with_strategy(2, RoundingStrategy::MidpointNearestEven);
        rounded.rescale(2);
        return rounded;
    }
    amount
        .round_sf_with_strategy(3, RoundingStrategy::MidpointNearestEven)
        .map_or(amount, |rounded| rounded.normalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::price::Prices;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn express() -> &'static [Tier] {
        let region = Prices::builtin().region("us-east-1").unwrap();
        &region.express.as_ref().unwrap().per_gb_second
    }

    #[test]
    fn applies_the_price_of_each_tier_to_its_units() {
        for (gb_seconds, amount) in [
            ("0", "0"),
            ("3600000", "60.012"),
            ("3600001", "60.01200833"),
            ("18000000", "179.964"),
            ("62500000", "382.884"),
            ("37500000", "268.884"),
        ] {
            assert_eq!(tiered(express(), dec(gb_seconds)), dec(amount), "{gb_seconds}");
        }
    }

    #[test]
    fn units_for_is_the_inverse_of_tiered() {
        for gb_seconds in ["0", "1", "3600000", "3600000.5", "18000000", "62500000"] {
            let amount = tiered(express(), dec(gb_seconds));
            assert_eq!(units_for(express(), amount), Some(dec(gb_seconds)));
        }
    }

    #[test]
    fn exact_rounds_to_ten_places() {
        assert_eq!(exact(dec("0.0000127731875")).to_string(), "0.0000127732");
        assert_eq!(exact(dec("0.00000000005")).to_string(), "0");
        assert_eq!(exact(dec("0.00000000015")).to_string(), "0.0000000002");
        assert_eq!(exact(dec("9.90")).to_string(), "9.9");
    }

    #[test]
    fn display_rounds_to_cents_or_three_digits() {
        for (amount, text) in [
            ("0", "0.00"),
            ("9.9", "9.90"),
            ("0.01", "0.01"),
            ("0.0099999", "0.01"),
            ("0.0000127731875", "0.0000128"),
            ("-0.000025", "-0.000025"),
            ("482.884", "482.88"),
        ] {
            assert_eq!(display(dec(amount)).to_string(), text);
        }
    }
}
