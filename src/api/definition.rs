//! Reads the text of a single state machine into the model.

use super::error::{Error, findings};
use crate::asl::{Machine, lower};
use crate::document::{Document, Syntax};
use crate::lint;
use crate::source::SourceFile;
use crate::spec::WorkflowType;
use crate::template::{self, Contents, Expectation, NoFiles};
use std::path::Path;
use std::sync::Arc;

/// Reads a source text; the extension of the name determines the syntax, or else the first characters of the text.
pub(super) fn read(name: &str, text: &str) -> Document {
    let source = Arc::new(SourceFile::new(name, text));
    let syntax = Syntax::from_path(Path::new(name)).unwrap_or_else(|| Syntax::sniff(source.text()));
    template::read_file(source, syntax)
}

/// What a file contains. Definitions that it names in other files are not read.
pub(super) fn contents(document: &Document) -> Contents<'_> {
    template::contents(document, Expectation::Definition, &NoFiles)
}

/// Calls `work` with the model of the one state machine in a source text, unless AWS would reject it. `given` is its type where
/// the text does not specify it.
pub(super) fn with_machine<R>(
    name: &str,
    text: &str,
    given: WorkflowType,
    work: impl FnOnce(&Machine<'_>, WorkflowType) -> Result<R, Error>,
) -> Result<R, Error> {
    let document = read(name, text);
    let mut machines = contents(&document).machines;
    let count = machines.len();
    let Some(found) = machines.pop().filter(|_| count == 1) else {
        return Err(Error::NotOneStateMachine(count));
    };
    let machine = lower::machine(found.node());
    let workflow_type = found.workflow_type.unwrap_or(given);
    let errors = lint::rejections(found.document(), Some(&machine), workflow_type);
    if !errors.is_empty() {
        return Err(Error::InvalidDefinition(findings(errors, &document.source)));
    }
    work(&machine, workflow_type)
}
