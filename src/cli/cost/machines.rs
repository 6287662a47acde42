//! The state machines to estimate.

use super::args::Args;
use crate::asl::Machine;
use crate::cli::CliError;
use crate::cli::definition::{self, Definition};
use crate::document::Syntax;
use crate::source::SourceFile;
use std::sync::Arc;

/// A state machine, with its name if the file contains several.
pub(super) type Named<'d> = (Option<String>, Machine<'d>);

/// The definitions in a file, or the selected one.
pub(super) fn definitions(
    (source, syntax): (Arc<SourceFile>, Syntax),
    args: &Args,
) -> Result<Vec<Definition>, CliError> {
    let selected = definition::Args::new(
        args.definition.clone(),
        args.state_machine.clone(),
        args.allow_outside,
    )
    .with_s3_root(args.s3_root.clone());
    definition::load_all(&selected, source, syntax)
}

/// The state machine of each definition, or an error if one of them is invalid.
pub(super) fn machines<'d>(definitions: &'d [Definition], args: &Args) -> Result<Vec<Named<'d>>, CliError> {
    let is_only = definitions.len() == 1;
    let named = |(i, definition): (usize, &'d Definition)| {
        let workflow_type = definition.workflow_type.unwrap_or(args.workflow_type);
        let machine = definition.lower_accepted(workflow_type, args.force)?;
        let name = || {
            definition
                .name
                .clone()
                .unwrap_or_else(|| format!("state machine {}", i + 1))
        };
        Ok(((!is_only).then(name), machine))
    };
    definitions.iter().enumerate().map(named).collect()
}
