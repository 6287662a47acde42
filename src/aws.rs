//! Facts about AWS: strings in, facts out.
//!
//! What a Task's Resource names ([`resource`], [`arn`]), the optimized ([`integration`]) and SDK ([`sdk`])
//! integrations with their parameters, what AWS answers ([`outputs`]), the names of errors ([`error`]),
//! quotas ([`quota`]), and prices ([`price`]). Every table says where it comes from and when it was read.

mod archive;
pub mod arn;
pub mod error;
pub mod integration;
pub mod outputs;
mod pattern;
pub mod price;
pub mod resource;
pub mod sdk;

use crate::spec::{error_name, quota};

/// Where a table of facts comes from, and when it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Provenance {
    /// What the table holds.
    pub table: &'static str,
    /// Who published it.
    pub source: &'static str,
    /// The day it was retrieved, `YYYY-MM-DD`.
    pub retrieved: &'static str,
}

/// The provenance of every table, for `asl --version --verbose`.
pub fn dates() -> Vec<Provenance> {
    let of = |table, source, retrieved| Provenance {
        table,
        source,
        retrieved,
    };
    let prices = price::Prices::builtin();
    vec![
        of(
            "optimized integrations",
            integration::SOURCE,
            integration::RETRIEVED,
        ),
        of("AWS SDK integrations", sdk::source(), sdk::retrieved()),
        of("answers of AWS", outputs::source(), outputs::retrieved()),
        of("error names", error_name::SOURCE, error_name::RETRIEVED),
        of("quotas", quota::SOURCE, quota::RETRIEVED),
        of("prices", &prices.source, &prices.retrieved),
    ]
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_table_says_when_it_was_read() {
        let dates = super::dates();
        assert!(
            dates
                .iter()
                .all(|entry| entry.retrieved.starts_with("20") && entry.retrieved.len() == 10)
        );
        assert!(dates.iter().all(|entry| !entry.source.is_empty()));
    }
}
