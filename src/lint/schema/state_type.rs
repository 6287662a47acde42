//! A state without a `Type` that exists: no definition of the schema applies to it.

use super::finding::add;
use crate::asl::State;
use crate::document::Text;
use crate::lint::finding::Finding;
use crate::lint::rules::fields;
use crate::lint::run::Run;
use crate::prose::{closest, similar_name};
use crate::spec::StateType;

/// Reports that a state has no `Type`, or one that does not exist.
pub(super) fn report(run: &mut Run<'_, '_>, state: &State<'_>) {
    let words: Vec<&str> = StateType::ALL.iter().map(|t| t.as_str()).collect();
    let Some(member) = state.node.member("Type") else {
        let finding = Finding::new(
            state.name_span,
            format!("State `{}` has no `Type`", state.name.as_str()),
        )
        .help(format!("give it one of {}", words.join(", ")))
        .aws_at("The field 'Type' is required", state.node.span);
        add(
            run,
            &fields::missing_field::RULE,
            finding.unless_tainted(state.node, "Type"),
        );
        run.tainted.insert(state.node, "Type");
        return;
    };
    if member.value.is_unknown() || member.value.as_text().is_some_and(Text::has_placeholder) {
        return;
    }
    let written = member.value.as_str();
    let message = written.map_or_else(
        || "`Type` is the name of a state type, as a string".to_owned(),
        |word| format!("There is no state type `{word}`"),
    );
    let help = written
        .and_then(|word| closest(word, words.iter().copied()))
        .map_or_else(
            || format!("the types are {}", words.join(", ")),
            |word| similar_name("state type", word),
        );
    let aws = format!(
        "The field 'Type' should have one of these values: [{}]",
        words.join(", ")
    );
    let finding = Finding::new(member.value.span, message)
        .help(help)
        .aws_at(aws, member.value.span);
    add(run, &fields::invalid_value::RULE, finding);
    run.tainted.insert(state.node, "Type");
}
