//! Recorded execution histories, read from files.

use super::exit::warn;
use super::{CliError, input};
use crate::history::{self, Recorded};
use crate::prose;
use std::path::Path;

/// Reads a history that has events.
pub(super) fn read(file: &Path) -> Result<Recorded, CliError> {
    let source = input::read_data(file)?;
    let recorded = history::read(source.text()).map_err(|fault| {
        let at = fault.offset.map_or_else(String::new, |offset| {
            let at = source.position(crate::source::to_offset(offset));
            format!(":{}:{}", at.line, at.column)
        });
        CliError::new(format!("{}{at}: {}", source.name(), fault.message)).help(
            "`aws stepfunctions get-execution-history` and `asl simulate --format history` print histories",
        )
    })?;
    if !recorded.events.is_empty() {
        return Ok(recorded);
    }
    let name = source.name();
    Err(match recorded.unknown.as_slice() {
        [] => CliError::new(format!("`{name}` does not contain events")),
        types => CliError::new(format!("`{name}` contains only unknown types of events"))
            .help(format!("its types are {}", prose::list(types))),
    })
}

/// Says which states a history enters that the definition does not have.
pub(super) fn warn_of_unknown_states(strangers: &[String]) {
    let Some(first) = strangers.first() else { return };
    let more = match strangers.len() - 1 {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    warn(&format!(
        "the execution entered `{first}`{more}, which the definition does not have: it ran another version of it"
    ));
}
