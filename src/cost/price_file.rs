//! Price files, which replace prices of the built-in table.

use crate::aws::price::{Prices, Tier};
use crate::diagnostic::Diagnostic;
use crate::document::Syntax;
use crate::schemas;
use crate::source::{SourceFile, Span};
use crate::user_file::{self, invalid};
use rust_decimal::Decimal;
use std::sync::Arc;

/// The largest accepted price per unit. The cost of [`super::money::MAX_QUANTITY`] units of each of
/// [`super::money::MAX_QUANTITY`] executions then fits a decimal.
const MAX_PRICE: u32 = 1_000;

/// The requirements that [`are_tiers`] checks.
const TIER_RULES: &str =
    "up_to must increase from tier to tier, only the last tier has none, and no price may exceed $1,000";

/// Reads a price file, or returns all errors in it.
pub fn parse(source: Arc<SourceFile>, syntax: Syntax) -> Result<Prices, Vec<Diagnostic>> {
    // The schema is part of the binary, and a test compiles it.
    let schema = serde_json::from_str(schemas::PRICES).unwrap_or_default();
    let root = user_file::read_valid(source, syntax, &schema)?;
    let file_error =
        |message: String| vec![invalid(Span::new(root.span.start, root.span.start + 1), message)];
    let prices = Prices::with_changes(root.to_json())
        .map_err(|error| file_error(format!("the prices are incomplete: {error}")))?;
    match invalid_price(&prices) {
        Some(message) => Err(file_error(message)),
        None => Ok(prices),
    }
}

/// Checks what the JSON schema cannot express: the order of tiers, and the limit of prices.
fn invalid_price(prices: &Prices) -> Option<String> {
    let max = Decimal::from(MAX_PRICE);
    for (code, region) in &prices.regions {
        if region.standard.per_transition > max {
            return Some(format!("price per transition in {code} exceeds ${MAX_PRICE}"));
        }
        let express = region.express.iter();
        for express in express {
            if express.per_request > max || !are_tiers(&express.per_gb_second) {
                return Some(format!("invalid Express prices of {code}: {TIER_RULES}"));
            }
        }
    }
    let prices = prices
        .services
        .iter()
        .flat_map(|(row, s)| s.prices.values().map(move |p| (row, p)));
    prices
        .filter(|(_, price)| !are_tiers(&price.tiers))
        .map(|(row, _)| format!("invalid prices of {row}: {TIER_RULES}"))
        .next()
}

fn are_tiers(tiers: &[Tier]) -> bool {
    let Some((last, others)) = tiers.split_last() else {
        return false;
    };
    last.up_to.is_none()
        && others.iter().all(|t| t.up_to.is_some())
        && others.is_sorted_by(|a, b| a.up_to < b.up_to)
        && tiers.iter().all(|t| t.price <= Decimal::from(MAX_PRICE))
}
