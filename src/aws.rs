//! Facts about AWS.
//!
//! The resources that a Task can call ([`resource`], [`arn`]), optimized ([`integration`]) and SDK ([`sdk`]) integrations
//! with their parameters, the shapes of responses ([`outputs`]), error names ([`error`]), and prices ([`price`]). Every
//! table has a source and the date on which it was retrieved.

mod archive;
pub mod arn;
pub mod error;
pub mod iam;
pub mod integration;
pub mod outputs;
mod pattern;
pub mod price;
pub mod resource;
pub mod sdk;

use crate::spec::{error_name, quota};

/// The source of a table, and the date on which it was retrieved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Provenance {
    /// The content of the table.
    pub table: &'static str,
    /// The publisher.
    pub source: &'static str,
    /// The day it was retrieved, `YYYY-MM-DD`.
    pub retrieved: &'static str,
}

/// The provenance of every table, for `asl --version --verbose`.
pub fn provenance() -> Vec<Provenance> {
    let row = |table, source, retrieved| Provenance {
        table,
        source,
        retrieved,
    };
    let prices = price::Prices::builtin();
    vec![
        row(
            "optimized integrations",
            integration::SOURCE,
            integration::RETRIEVED,
        ),
        row("AWS SDK integrations", sdk::source(), sdk::retrieved()),
        row("AWS response shapes", outputs::source(), outputs::retrieved()),
        row("IAM actions", iam::table::source(), iam::table::retrieved()),
        row("SAM policy templates", iam::sam::source(), iam::sam::retrieved()),
        row("error names", error_name::SOURCE, error_name::RETRIEVED),
        row("quotas", quota::SOURCE, quota::RETRIEVED),
        row("prices", &prices.source, &prices.retrieved),
    ]
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_table_has_a_source_and_a_date() {
        let dates = super::provenance();
        assert!(
            dates
                .iter()
                .all(|entry| entry.retrieved.starts_with("20") && entry.retrieved.len() == 10)
        );
        assert!(dates.iter().all(|entry| !entry.source.is_empty()));
    }
}
