//! The values of `--type`.

use crate::spec::WorkflowType;
use clap::ValueEnum;
use clap::builder::PossibleValue;

impl ValueEnum for WorkflowType {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::Standard => PossibleValue::new("standard").help("Exactly once, up to a year"),
            Self::Express => PossibleValue::new("express").help("Up to five minutes, no callbacks"),
        })
    }
}
