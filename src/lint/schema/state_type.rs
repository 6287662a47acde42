//! States with a missing or unknown `Type`, for which the schema has no definition.

use super::finding::add;
use super::fix::replace_word;
use super::words::one_of;
use crate::asl::State;
use crate::document::Text;
use crate::lint::aws::AwsMessage;
use crate::lint::finding::Finding;
use crate::lint::rules::fields;
use crate::lint::run::Run;
use crate::prose::{closest, similar_name};
use crate::spec::StateType;

/// Reports that the `Type` of a state is missing or unknown.
pub(super) fn report(run: &mut Run<'_, '_>, state: &State<'_>) {
    let words: Vec<&str> = StateType::ALL.iter().map(|t| t.as_str()).collect();
    let Some(member) = state.node.member("Type") else {
        let finding = Finding::new(
            state.name_span,
            format!("missing `Type` in state `{}`", state.name.as_str()),
        )
        .help(format!("add a `Type`: {}", one_of(&words)))
        .aws_at(AwsMessage::MissingType, state.node.span);
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
        || "`Type` must be the name of a state type, as a string".to_owned(),
        |word| format!("unknown state type `{word}`"),
    );
    let meant = written.and_then(|word| closest(word, words.iter().copied()));
    let help = meant.map_or_else(
        || format!("expected {}", one_of(&words)),
        |word| similar_name("state type", word),
    );
    let finding = Finding::new(member.value.span, message)
        .help(help)
        .fix(meant.map(|word| replace_word(&run.cx.editor(), &member.value, word)))
        .aws_at(AwsMessage::UnknownType, member.value.span);
    add(run, &fields::invalid_value::RULE, finding);
    run.tainted.insert(state.node, "Type");
}
