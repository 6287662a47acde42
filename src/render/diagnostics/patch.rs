//! The changes of a file as a unified diff.

use crate::render::style::Style;
use crate::render::visible::visible;
use colored::Colorize;
use similar::{ChangeTag, TextDiff};
use std::io::{self, Write};

/// The number of unchanged lines around a change.
const CONTEXT: usize = 3;

/// Writes the changes of a file in the unified format, which `patch -p0` and `git apply -p0` read.
pub fn write_patch(
    name: &str,
    before: &str,
    after: &str,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let diff = TextDiff::from_lines(before, after);
    let name = visible(name);
    writeln!(out, "{}", style.bold(&format!("--- {name}")))?;
    writeln!(out, "{}", style.bold(&format!("+++ {name}")))?;
    for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
        writeln!(out, "{}", style.paint(&hunk.header().to_string(), Colorize::cyan))?;
        for change in hunk.iter_changes() {
            let text = change.value();
            let line = text.strip_suffix('\n').unwrap_or(text);
            // A carriage return belongs to the line end.
            let (line, end) = line.strip_suffix('\r').map_or((line, ""), |line| (line, "\r"));
            let line = visible(line);
            let line = match change.tag() {
                ChangeTag::Equal => format!(" {line}"),
                ChangeTag::Delete => style.paint(&format!("-{line}"), Colorize::red),
                ChangeTag::Insert => style.paint(&format!("+{line}"), Colorize::green),
            };
            writeln!(out, "{line}{end}")?;
            if change.missing_newline() {
                writeln!(out, "\\ No newline at end of file")?;
            }
        }
    }
    Ok(())
}
