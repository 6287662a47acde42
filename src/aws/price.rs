//! What AWS charges: for Step Functions in each region, and for the services that tasks call.
//!
//! The table is `data/prices.json`. Each row has its source and its date, and amounts stand there as the texts that
//! AWS publishes, so that no figure passes through a float. A file of the same shape may replace rows
//! ([`Prices::amended`]). What is not in the table is not known: [`Prices::region`] never falls back to another
//! region.

use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::sync::LazyLock;

const TABLE: &str = include_str!("data/prices.json");

/// All prices that are known, in US dollars.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prices {
    /// The shape of the file; 1.
    pub version: u32,
    /// ISO 4217 code; every amount is in it.
    pub currency: String,
    /// The day the table was retrieved, `YYYY-MM-DD`.
    pub retrieved: String,
    /// Who published most of it.
    pub source: String,
    /// What the short names of sources in the rows stand for.
    pub sources: BTreeMap<String, Source>,
    /// Transitions that cost nothing.
    pub free_transitions: FreeTransitions,
    /// Step Functions by region.
    pub regions: BTreeMap<String, Region>,
    /// What tasks call, by the name of the row.
    pub services: BTreeMap<String, Service>,
}

/// Where prices come from.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Who published them.
    pub name: String,
    /// The copy they were read in, where it is not the original.
    pub copy: Option<String>,
}

/// The monthly free tier of Standard workflows. The page grants it to an account "across all your state machines".
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FreeTransitions {
    /// Transitions a month.
    pub per_month: Decimal,
    /// Key of [`Prices::sources`].
    pub source: String,
}

/// Step Functions in one region.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// As AWS calls it in prose.
    pub name: String,
    /// Workflows of type STANDARD.
    pub standard: Standard,
    /// Workflows of type EXPRESS, where the region's own prices are known.
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
    /// The day the price is of, `YYYY-MM-DD`.
    pub date: String,
}

/// The price of Express workflows.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Express {
    /// US dollars per execution started.
    pub per_request: Decimal,
    /// US dollars per GB-second, by the GB-seconds of a month.
    pub per_gb_second: Vec<Tier>,
    /// Key of [`Prices::sources`].
    pub source: String,
    /// The day the price is of, `YYYY-MM-DD`.
    pub date: String,
}

/// A price that holds up to a quantity a month.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// The quantity up to which it holds; none for the last tier.
    pub up_to: Option<Decimal>,
    /// US dollars per unit within the tier.
    pub price: Decimal,
}

/// Something that a task uses and that has a price per unit.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// The service, as AWS calls it.
    pub service: String,
    /// What is counted.
    pub unit: String,
    /// Its price, by region.
    pub prices: BTreeMap<String, ServicePrice>,
}

/// The price of a unit in one region.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServicePrice {
    /// By the units of a month.
    pub tiers: Vec<Tier>,
    /// Key of [`Prices::sources`].
    pub source: String,
    /// The day the price is of, `YYYY-MM-DD`.
    pub date: String,
}

impl Prices {
    /// The table that comes with asl.
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

    /// The table that comes with asl, with the members of `changes` put in or replaced; `null` takes a member out
    /// (JSON Merge Patch, RFC 7386).
    pub fn amended(changes: Value) -> Result<Self, serde_json::Error> {
        let mut table: Value = serde_json::from_str(TABLE)?;
        merge(&mut table, changes);
        serde_json::from_value(table)
    }

    /// Step Functions in a region.
    pub fn region(&self, code: &str) -> Option<&Region> {
        self.regions.get(code)
    }

    /// Who published what a row says.
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
    fn the_table_reads_and_every_row_says_where_it_comes_from() {
        let prices: Prices = serde_json::from_str(TABLE).expect("the table fits its types");
        let of_regions = prices.regions.values().flat_map(|r| {
            let express = r.express.iter().map(|e| (&e.source, &e.date));
            express.chain([(&r.standard.source, &r.standard.date)])
        });
        let of_services = prices.services.values().flat_map(|s| s.prices.values());
        for (source, date) in of_regions.chain(of_services.map(|p| (&p.source, &p.date))) {
            assert!(prices.sources.contains_key(source), "{source}");
            assert!(date.len() == 10 && date.starts_with("20"), "{date}");
        }
        assert!(prices.sources.contains_key(&prices.free_transitions.source));
    }

    #[test]
    fn tiers_rise_and_the_last_is_open() {
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
    fn a_file_replaces_what_it_names_and_nothing_else() {
        let changes =
            json!({"regions": {"eu-west-1": {"standard": {"per_transition": "0.03"}}, "us-east-2": null}});
        let prices = Prices::amended(changes).expect("it fits");
        assert_eq!(
            prices
                .region("eu-west-1")
                .map(|r| r.standard.per_transition.to_string()),
            Some("0.03".into())
        );
        assert_eq!(prices.regions.len() + 1, Prices::builtin().regions.len());
        assert!(Prices::amended(json!({"regions": {"eu-west-1": {"standard": {"fee": "1"}}}})).is_err());
    }
}
