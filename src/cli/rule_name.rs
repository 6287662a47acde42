//! Names of rules on the command line.

use super::{CliError, exit};
use crate::lint::{Rule, registry};
use crate::prose;

/// The rule of a name on the command line; warns about a former name.
pub(super) fn find(name: &str) -> Result<&'static Rule, CliError> {
    let rule = registry::find(name).ok_or_else(|| {
        let close = registry::closest(name).map(|rule| prose::similar_name("rule", rule.name));
        CliError::new(format!("unknown rule `{name}`"))
            .help(close.unwrap_or_else(|| "run `asl explain` for a list of all rules".into()))
    })?;
    if let Some(warning) = registry::deprecation(name, rule) {
        exit::warn(&warning);
    }
    Ok(rule)
}
