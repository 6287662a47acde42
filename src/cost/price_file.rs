//! Prices that a user gives, put into asl's own table.

use crate::aws::price::{Prices, Tier};
use crate::diagnostic::Diagnostic;
use crate::document::Syntax;
use crate::schemas;
use crate::source::{SourceFile, Span};
use crate::user_file::{self, invalid};
use rust_decimal::Decimal;
use std::sync::Arc;

/// The most that a unit may cost: with [`super::money::MOST`] units twice over, a month's bill still fits a decimal.
const DEAREST: u32 = 1_000;

/// Reads a file of prices; else all that is wrong with it.
pub fn parse(source: Arc<SourceFile>, syntax: Syntax) -> Result<Prices, Vec<Diagnostic>> {
    // The schema is part of the binary, and a test compiles it.
    let schema = serde_json::from_str(schemas::PRICES).unwrap_or_default();
    let root = user_file::read_valid(source, syntax, &schema)?;
    let of_file = |message: String| vec![invalid(Span::new(root.span.start, root.span.start + 1), message)];
    let prices = Prices::amended(root.to_json())
        .map_err(|error| of_file(format!("With these prices the table is not whole: {error}")))?;
    match unusable(&prices) {
        Some(message) => Err(of_file(message)),
        None => Ok(prices),
    }
}

/// What the shape of a table cannot say: tiers rise and the last is open, and no unit costs a fortune.
fn unusable(prices: &Prices) -> Option<String> {
    let dearest = Decimal::from(DEAREST);
    for (code, region) in &prices.regions {
        if region.standard.per_transition > dearest {
            return Some(format!("A transition in {code} costs more than ${DEAREST}"));
        }
        let express = region.express.iter();
        for express in express {
            if express.per_request > dearest || !are_tiers(&express.per_gb_second) {
                return Some(format!(
                    "The Express prices of {code} do not rise in tiers to one without up_to, or pass ${DEAREST}"
                ));
            }
        }
    }
    let prices = prices
        .services
        .iter()
        .flat_map(|(row, s)| s.prices.values().map(move |p| (row, p)));
    prices
        .filter(|(_, price)| !are_tiers(&price.tiers))
        .map(|(row, _)| {
            format!("The prices of {row} do not rise in tiers to one without up_to, or pass ${DEAREST}")
        })
        .next()
}

fn are_tiers(tiers: &[Tier]) -> bool {
    let Some((last, others)) = tiers.split_last() else {
        return false;
    };
    last.up_to.is_none()
        && others.iter().all(|t| t.up_to.is_some())
        && others.is_sorted_by(|a, b| a.up_to < b.up_to)
        && tiers.iter().all(|t| t.price <= Decimal::from(DEAREST))
}
