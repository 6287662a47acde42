//! An execution as a summary for programs.

use crate::simulate::Execution;
use std::io::{self, Write};

/// Writes the summary: `schemas/simulation.schema.json` describes it.
pub fn summary(execution: &Execution, out: &mut dyn Write) -> io::Result<()> {
    let output = execution.output.as_ref().map(crate::value::Value::to_json);
    writeln!(
        out,
        "{{\"version\":1,\"status\":\"{}\",\"output\":{}}}",
        execution.status.as_str(),
        output.unwrap_or_else(|| "null".to_owned())
    )
}
