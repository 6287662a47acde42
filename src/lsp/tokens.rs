//! Semantic tokens: the parts of expressions, which editors show as plain strings.

use super::position::Encoding;
use super::snapshot::Snapshot;
use super::symbols::is_in_document;
use crate::asl::{Expression, Parsed, lower};
use crate::document::Document;
use crate::expr::intrinsic::{ArgumentKind, Call};
use crate::expr::jsonata::builtins;
use crate::expr::jsonata::lex::{TokenKind, lex};
use crate::expr::jsonpath::{Path, Root, StepKind};
use crate::source::Span;
use gen_lsp_types::SemanticToken;
use std::ops::Range;

/// The types of tokens, in the order of their numbers.
pub(super) const TYPES: [&str; 8] = [
    "variable", "property", "function", "string", "number", "keyword", "operator", "regexp",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Variable,
    Property,
    Function,
    Text,
    Number,
    Keyword,
    Operator,
    Regex,
}

/// The tokens of the expressions in a document.
pub(super) fn tokens(snapshot: &Snapshot, encoding: Encoding) -> Vec<SemanticToken> {
    let mut found: Vec<(Span, Kind)> = Vec::new();
    for machine in snapshot
        .machines
        .iter()
        .filter(|machine| is_in_document(snapshot, machine))
    {
        let document = snapshot.document_of(machine);
        let Some(node) = snapshot.node_of(machine) else {
            continue;
        };
        let machine = lower::machine(node);
        machine.for_each_state(&mut |_, state| {
            state.for_each_expression(&mut |expression| parts(document, expression, &mut found));
        });
    }
    // An alias of YAML has the same expression twice.
    found.sort_by_key(|(span, _)| *span);
    found.dedup_by(|next, last| next.0.start < last.0.end);
    encode(snapshot, encoding, &found)
}

/// The tokens relative to one another, as the protocol wants them. A token is on one line.
fn encode(snapshot: &Snapshot, encoding: Encoding, found: &[(Span, Kind)]) -> Vec<SemanticToken> {
    let mut tokens = Vec::with_capacity(found.len());
    let (mut line, mut column) = (0, 0);
    for (span, kind) in found {
        let range = snapshot.lines.range(snapshot.text(), *span, encoding);
        if range.start.line != range.end.line || range.end.character <= range.start.character {
            continue;
        }
        let delta_line = range.start.line - line;
        let delta_start = if delta_line == 0 {
            range.start.character - column
        } else {
            range.start.character
        };
        tokens.push(SemanticToken {
            delta_line,
            delta_start,
            length: range.end.character - range.start.character,
            token_type: *kind as u32,
            token_modifiers_bitset: 0,
        });
        (line, column) = (range.start.line, range.start.character);
    }
    tokens
}

fn parts(document: &Document, expression: &Expression<'_>, out: &mut Vec<(Span, Kind)>) {
    let mut add = |range: Range<usize>, kind| {
        let (start, end) = (expression.offset + range.start, expression.offset + range.end);
        if start < end {
            out.push((document.place(expression.text, start..end), kind));
        }
    };
    match expression.parsed() {
        Parsed::Path(parsed) => path(parsed, 0, &mut add),
        Parsed::Intrinsic(parsed) => call(parsed, &mut add),
        Parsed::Jsonata(parsed) => {
            let tokens = lex(parsed.text()).unwrap_or_default();
            for token in tokens {
                let kind = match &token.kind {
                    TokenKind::Name(_) => Kind::Property,
                    TokenKind::Variable(name) if builtins::find(name).is_some() => Kind::Function,
                    TokenKind::Variable(_) => Kind::Variable,
                    TokenKind::Text(_) => Kind::Text,
                    TokenKind::Number(_) => Kind::Number,
                    TokenKind::Word(_) | TokenKind::Operator("and" | "or" | "in") => Kind::Keyword,
                    TokenKind::Regex => Kind::Regex,
                    TokenKind::Operator(_) => Kind::Operator,
                };
                add(token.range, kind);
            }
        }
        Parsed::Malformed(_) | Parsed::Unknown => {}
    }
}

fn path(path: &Path, start: usize, add: &mut impl FnMut(Range<usize>, Kind)) {
    let root = match path.root() {
        Root::Input => 1,
        Root::Context => 2,
        Root::Variable(name) => 1 + name.len(),
    };
    add(start..start + root, Kind::Variable);
    for step in path.steps() {
        let kind = match step.kind {
            StepKind::Member(_) | StepKind::Members(_) => Kind::Property,
            StepKind::Function(_) => Kind::Function,
            StepKind::Index(_) | StepKind::FromEnd(_) | StepKind::Indexes(_) | StepKind::Slice(_) => {
                Kind::Number
            }
            StepKind::Wildcard | StepKind::Descend | StepKind::Filter(_) => Kind::Operator,
        };
        let text = path.text().get(step.range.clone()).unwrap_or_default();
        let separator = usize::from(text.starts_with('.') && kind != Kind::Operator);
        add(start + step.range.start + separator..start + step.range.end, kind);
    }
}

fn call(parsed: &Call, add: &mut impl FnMut(Range<usize>, Kind)) {
    add(parsed.name_range.clone(), Kind::Function);
    for argument in &parsed.arguments {
        let kind = match &argument.kind {
            ArgumentKind::Text(_) => Kind::Text,
            ArgumentKind::Number(_) => Kind::Number,
            ArgumentKind::Bool(_) | ArgumentKind::Null => Kind::Keyword,
            ArgumentKind::Path(parsed) => {
                path(parsed, argument.range.start, add);
                continue;
            }
            ArgumentKind::Call(parsed) => {
                call(parsed, add);
                continue;
            }
        };
        add(argument.range.clone(), kind);
    }
}
