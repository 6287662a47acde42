//! `definition-too-large`

use crate::document::Syntax;
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::lint::rules::size;
use crate::source::Span;
use crate::spec::quota;

declare_rule! {
    /// A definition exceeds the size limit.
    ///
    /// ## What it does
    ///
    /// Counts the bytes of a definition: of the file itself for a JSON file, otherwise of the definition as JSON
    /// without whitespace.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS rejects definitions of more than 1,048,576 bytes (1 MiB). Parts of a large state machine
    /// can be separate state machines, called with `states:startExecution.sync:2`.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"Comment": "(x repeated 1048576 times)", "StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}
    /// ```
    pub static RULE = {
        name: "definition-too-large",
        family: Limits,
        severity: Error,
        check: Check::Machine(check),
    }
}

fn check(cx: &Context<'_, '_>, findings: &mut Findings<'_>) {
    let node = cx.machine.node;
    let is_json = cx.document.syntax != Syntax::Yaml;
    let written = node.span.range().len();
    if is_json && written <= quota::DEFINITION_BYTES {
        return;
    }
    // A definition in a template or in YAML is converted to JSON without whitespace for AWS.
    let is_whole_file = cx.document.roots.iter().any(|root| std::ptr::eq(root, node));
    let without_blanks = size::json_len(node);
    let bytes = if is_json && is_whole_file {
        written
    } else {
        without_blanks
    };
    if bytes <= quota::DEFINITION_BYTES {
        return;
    }
    let start = node.span.start;
    let finding = Finding::new(
        Span::new(start, start + 1),
        format!(
            "definition has {bytes} bytes; the maximum is {}",
            quota::DEFINITION_BYTES
        ),
    );
    findings.add(if without_blanks <= quota::DEFINITION_BYTES {
        finding.help(format!("remove the whitespace, which reduces it to {without_blanks} bytes"))
    } else {
        finding
            .help("move parts of it to separate state machines and call them with `states:startExecution.sync:2`")
    });
}
