//! Prices of Step Functions by region, and of the services that tasks call.
//!
//! The table is `data/prices.json`. Each price has a source and a date. Amounts are strings, as AWS publishes them, and are
//! never converted to floating point. A file of the same shape can replace parts of the table ([`Prices::with_changes`]).
//! There is no price for a region that is not in the table.

use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The region whose prices are used where those of another region are unknown. It has all prices and tiers.
pub const REFERENCE_REGION: &str = "us-east-1";

const TABLE: &str = include_str!("data/prices.json");

/// All known prices, in US dollars.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prices {
    /// The version of the file format: 1.
    pub version: u32,
    /// The ISO 4217 code of the currency.
    pub currency: String,
    /// The day the table was retrieved, `YYYY-MM-DD`.
    pub retrieved: String,
    /// The main source.
    pub source: String,
    /// The sources, by the keys that prices use.
    pub sources: BTreeMap<String, Source>,
    /// The free tier.
    pub free_transitions: FreeTransitions,
    /// Prices of Step Functions, by region code.
    pub regions: BTreeMap<String, Region>,
    /// Prices of other services, by name.
    pub services: BTreeMap<String, Service>,
}

/// A source of prices.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The publisher.
    pub name: String,
    /// The copy that was read, if it is not the original.
    pub copy: Option<String>,
}

/// The monthly free tier of Standard workflows, which all state machines of an account share.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FreeTransitions {
    /// Transitions per month.
    pub per_month: Decimal,
    /// Key of [`Prices::sources`].
    pub source: String,
}

/// Prices of Step Functions in one region.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// The name of the region.
    pub name: String,
    /// Prices of Standard workflows.
    pub standard: Standard,
    /// Prices of Express workflows, if known.
    pub express: Option<Express>,
}

/// The price of Standard workflows.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standard {
    /// US dollars per state transition.
    pub per_transition: Decimal,
    /// Key of [`Prices::sources`].
    pub source: String,
    /// The date of the price, `YYYY-MM-DD`.
    pub date: String,
}

/// The price of Express workflows.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Express {
    /// US dollars per execution started.
    pub per_request: Decimal,
    /// US dollars per GB-second, in tiers by GB-seconds per month.
    pub per_gb_second: Vec<Tier>,
    /// Key of [`Prices::sources`].
    pub source: String,
    /// The date of the price, `YYYY-MM-DD`.
    pub date: String,
}

/// A price up to a quantity per month.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// The end of the tier; `None` for the last tier.
    pub up_to: Option<Decimal>,
    /// US dollars per unit within the tier.
    pub price: Decimal,
}

/// A billed unit of another service.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// The name of the service.
    pub service: String,
    /// The name of the unit.
    pub unit: String,
    /// Its price, by region.
    pub prices: BTreeMap<String, ServicePrice>,
}

/// The price of a unit in one region.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServicePrice {
    /// In tiers by units per month.
    pub tiers: Vec<Tier>,
    /// Key of [`Prices::sources`].
    pub source: String,
    /// The date of the price, `YYYY-MM-DD`.
    pub date: String,
}

impl Prices {
    /// The built-in table.
    pub fn builtin() -> &'static Self {
        static PRICES: LazyLock<Prices> = LazyLock::new(|| {
            #[expect(
                clippy::expect_used,
                reason = "the text is part of the binary, and a test reads it"
            )]
            serde_json::from_str(TABLE).expect("prices.json fits its types")
        });
        &PRICES
    }

    /// The built-in table, changed by a JSON Merge Patch (RFC 7386).
    pub fn with_changes(changes: Value) -> Result<Self, serde_json::Error> {
        let mut table: Value = serde_json::from_str(TABLE)?;
        merge(&mut table, changes);
        serde_json::from_value(table)
    }

    /// The prices of Step Functions in a region.
    pub fn region(&self, code: &str) -> Option<&Region> {
        self.regions.get(code)
    }

    /// The name of a source, by its key.
    pub fn source_name<'a>(&'a self, key: &'a str) -> &'a str {
        self.sources.get(key).map_or(key, |source| &source.name)
    }
}

/// JSON Merge Patch, RFC 7386.
fn merge(target: &mut Value, patch: Value) {
    let Value::Object(patch) = patch else {
        *target = patch;
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Some(members) = target.as_object_mut() else {
        return;
    };
    for (key, value) in patch {
        if value.is_null() {
            members.shift_remove(&key);
        } else {
            merge(members.entry(key).or_insert(Value::Null), value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_price_has_a_source_and_a_date() {
        let prices: Prices = serde_json::from_str(TABLE).expect("the table fits its types");
        let region_prices = prices.regions.values().flat_map(|r| {
            let express = r.express.iter().map(|e| (&e.source, &e.date));
            express.chain([(&r.standard.source, &r.standard.date)])
        });
        let service_prices = prices.services.values().flat_map(|s| s.prices.values());
        for (source, date) in region_prices.chain(service_prices.map(|p| (&p.source, &p.date))) {
            assert!(prices.sources.contains_key(source), "{source}");
            assert!(date.len() == 10 && date.starts_with("20"), "{date}");
        }
        assert!(prices.sources.contains_key(&prices.free_transitions.source));
    }

    #[test]
    fn tiers_increase_and_only_the_last_is_open() {
        let prices = Prices::builtin();
        let express = prices
            .regions
            .values()
            .filter_map(|r| Some(&r.express.as_ref()?.per_gb_second));
        let services = prices
            .services
            .values()
            .flat_map(|s| s.prices.values().map(|p| &p.tiers));
        for tiers in express.chain(services) {
            let (last, others) = tiers.split_last().expect("a tier");
            assert_eq!(last.up_to, None);
            assert!(others.iter().all(|t| t.up_to.is_some()));
            assert!(others.is_sorted_by(|a, b| a.up_to < b.up_to));
        }
    }

    #[test]
    fn a_patch_changes_only_the_members_it_names() {
        let changes =
            json!({"regions": {"eu-west-1": {"standard": {"per_transition": "0.03"}}, "us-east-2": null}});
        let prices = Prices::with_changes(changes).expect("it fits");
        assert_eq!(
            prices
                .region("eu-west-1")
                .map(|r| r.standard.per_transition.to_string()),
            Some("0.03".into())
        );
        assert_eq!(prices.regions.len() + 1, Prices::builtin().regions.len());
        assert!(Prices::with_changes(json!({"regions": {"eu-west-1": {"standard": {"fee": "1"}}}})).is_err());
    }
}
