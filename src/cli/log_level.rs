//! The values of `--log-level`.

use crate::history::LogLevel;
use clap::ValueEnum;
use clap::builder::PossibleValue;

impl ValueEnum for LogLevel {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::All, Self::Error, Self::Fatal, Self::Off]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::All => PossibleValue::new("all").help("All events"),
            Self::Error => PossibleValue::new("error").help("Errors"),
            Self::Fatal => PossibleValue::new("fatal").help("The ends of unsuccessful executions"),
            Self::Off => PossibleValue::new("off").help("No events"),
        })
    }
}
