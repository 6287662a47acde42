//! Validation against the JSON Schema, the table of fields: each violation becomes a rule's finding.
//!
//! `schemas/asl.schema.json` has a definition for each state type and language. The linter chooses it, so an error is one
//! keyword at one place. `validator` quickly accepts what is valid for certain; the `jsonschema` crate decides about the
//! rest; `violation` derives typed violations from the crate's errors; `finding` puts them into words.

use super::run::Run;
use definition::Definition;
use finding::Subject;

mod definition;
mod finding;
mod fix;
mod group;
mod instance;
mod location;
mod state_type;
mod timestamp;
mod unexpected;
mod validator;
mod violation;
mod words;

/// Validates the machine and every state with the definition of its type and language.
pub(super) fn check(run: &mut Run<'_, '_>) {
    let cx = run.cx;
    let node = cx.machine.node;
    validate(run, Definition::for_machine(), &Subject { node, state: None });
    for state in cx.scopes.iter().flat_map(|scope| &scope.machine.states) {
        let Some(state_type) = state.state_type() else {
            state_type::report(run, state);
            continue;
        };
        let subject = Subject {
            node: state.node,
            state: Some(state),
        };
        validate(run, Definition::for_state(state_type, state.language), &subject);
    }
}

fn validate(run: &mut Run<'_, '_>, definition: &'static Definition, subject: &Subject<'_, '_>) {
    if definition.accepts(subject.node) {
        return;
    }
    let Some(validator) = definition.validator() else {
        return;
    };
    let instance = instance::to_json(subject.node, definition.properties_at(&[]));
    let errors: Vec<_> = validator.iter_errors(&instance).collect();
    if !errors.is_empty() {
        let violations = violation::derive(definition.tree(), subject.node, &errors);
        finding::report(run, subject, &violations);
    }
}
