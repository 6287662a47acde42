//! The states that a suite names.

use super::model::{Case, Content, ExecutionTest, Suite, Test};
use super::spanned::Spanned;
use crate::diagnostic::Diagnostic;
use crate::document::Node;
use crate::simulate::Plan;
use crate::source::Span;
use crate::user_file::unknown_name;

impl Case {
    /// The states that the case names, and where.
    fn states(&self) -> Vec<(&str, Span)> {
        fn of(name: &Spanned<String>) -> (&str, Span) {
            (name.as_str(), name.span)
        }
        match &self.test {
            Test::State(test) => {
                let next = test.expect.next.as_ref();
                std::iter::once(&test.state).chain(next).map(of).collect()
            }
            Test::Replay(_) => Vec::new(),
            Test::Execution(test) => {
                let expect = &test.expect;
                let path = expect.path.iter().flat_map(|path| &path.value).map(of);
                let visits = expect.visits.iter().map(|(state, _)| of(state));
                let calls = expect.calls.iter().map(|(state, _)| of(state));
                let single = expect.failed_state.iter().chain(&expect.caught_by).map(of);
                let never = expect.never.iter().map(of);
                path.chain(visits)
                    .chain(calls)
                    .chain(single)
                    .chain(never)
                    .collect()
            }
        }
    }

    /// The states that the case tests or expects something of, or mocks inline.
    pub fn state_names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.states().into_iter().map(|(name, _)| name).collect();
        if let Test::Execution(test) = &self.test {
            names.extend(test.mocked_states());
        }
        names
    }

    /// An error for every state that does not exist in the machine.
    pub fn unknown_states(&self, plan: &Plan) -> Vec<Diagnostic> {
        let known = plan.states.iter().map(|state| &*state.name);
        self.states()
            .into_iter()
            .filter(|(name, _)| plan.find(name).is_none())
            .map(|(name, span)| {
                let message = format!("undefined state `{name}`");
                unknown_name(span, "state", message, name, known.clone())
            })
            .collect()
    }
}

impl ExecutionTest {
    fn mocked_states(&self) -> impl Iterator<Item = &str> {
        let inline = match &self.mocks {
            Some(Content::Inline(node)) => Some(node),
            _ => None,
        };
        let states = inline.and_then(|node| node.get("states")?.as_object());
        states
            .unwrap_or_default()
            .iter()
            .map(|member| member.key.as_str())
    }
}

impl Suite {
    /// The values of `${Name}` as text.
    pub fn substitution_texts(&self) -> Vec<(&str, String)> {
        let text = |node: &Node| match node.as_str() {
            Some(text) => text.to_owned(),
            None => crate::asl::literal::value(node).to_json(),
        };
        self.substitutions
            .iter()
            .map(|(name, value)| (name.as_str(), text(value)))
            .collect()
    }
}
