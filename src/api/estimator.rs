//! What a definition costs.

use super::definition;
use super::error::Error;
use crate::aws::price::{Prices, REFERENCE_REGION};
use crate::cost::assumptions::Assumptions;
use crate::cost::bill::Tariff;
use crate::cost::{self, DEFAULT_EXECUTIONS, EstimateError, Terms, TypeEstimate};
use crate::spec::WorkflowType;
use rust_decimal::Decimal;

/// Estimates the cost of definitions as `asl cost` does, from the built-in prices.
///
/// ```
/// # fn main() -> Result<(), aslkit::Error> {
/// let definition = r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}"#;
/// let estimate = aslkit::Estimator::new().executions(2_000_000).estimate("a.asl.json", definition)?;
/// assert!(estimate.express.usd_per_month < estimate.standard.usd_per_month);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Estimator {
    executions: u64,
    region: String,
    free_tier: bool,
    services: bool,
}

/// What a state machine costs, as either type.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Estimate {
    /// As a Standard workflow.
    pub standard: Price,
    /// As an Express workflow.
    pub express: Price,
    /// How to reduce the cost: one sentence for each recommendation.
    pub recommendations: Vec<String>,
}

/// The price of a state machine as one of the two types.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Price {
    /// US dollars for a month, called services included where they are priced.
    pub usd_per_month: Decimal,
    /// Why the state machine cannot have this type; empty where it can.
    pub obstacles: Vec<String>,
}

impl Default for Estimator {
    fn default() -> Self {
        Self {
            executions: DEFAULT_EXECUTIONS,
            region: REFERENCE_REGION.to_owned(),
            free_tier: true,
            services: false,
        }
    }
}

impl Estimator {
    /// An estimator for a million executions a month in `us-east-1`.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets how many executions start in a month.
    #[must_use]
    pub const fn executions(mut self, executions: u64) -> Self {
        self.executions = executions;
        self
    }

    /// Sets the region whose prices apply.
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = region.into();
        self
    }

    /// Sets whether the free transitions of each month are available.
    #[must_use]
    pub const fn free_tier(mut self, free_tier: bool) -> Self {
        self.free_tier = free_tier;
        self
    }

    /// Sets whether to include the cost of the services that tasks call.
    #[must_use]
    pub const fn services(mut self, services: bool) -> Self {
        self.services = services;
        self
    }

    /// Estimates a definition, or a template that contains one, with the default assumptions of `asl cost`.
    pub fn estimate(&self, name: &str, text: &str) -> Result<Estimate, Error> {
        let prices = Prices::builtin();
        let tariff = Tariff::new(prices, &self.region, self.free_tier)
            .ok_or_else(|| Error::UnknownRegion(self.region.clone()))?;
        definition::with_machine(name, text, WorkflowType::Standard, |machine, workflow| {
            let terms = Terms {
                prices,
                tariff,
                executions: self.executions,
                workflow,
                count_start_end: false,
                services: self.services,
            };
            let assumptions = Assumptions::default();
            let no_price = |error: EstimateError| Error::NoPrice(error.to_string());
            let usage = cost::definition::usage(machine, &assumptions).map_err(no_price)?;
            let estimate = cost::estimate(machine, usage, &assumptions, &terms).map_err(no_price)?;
            Ok(Estimate {
                standard: Price::new(&estimate.standard),
                express: Price::new(&estimate.express),
                recommendations: estimate.advice.iter().map(|a| a.text.clone()).collect(),
            })
        })
    }
}

impl Price {
    fn new(estimate: &TypeEstimate) -> Self {
        Self {
            usd_per_month: estimate.total(),
            obstacles: estimate.obstacles.iter().map(|o| o.text.clone()).collect(),
        }
    }
}
