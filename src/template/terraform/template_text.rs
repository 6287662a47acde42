//! Templates, and the texts of values.

use super::evaluator::Evaluator;
use super::names::path_of;
use super::scope::Scope;
use super::sources::Sources;
use super::value;
use crate::document::{JoinedText, Node, NodeKind, Text};
use crate::source::Span;
use crate::template::intrinsic::is_placeholder;
use std::collections::HashSet;

/// How many conditions of directives may be unknown: both results of each are checked.
const MAX_ASSUMED: usize = 3;

/// The condition of a directive that is unknown; `None` if the directive is not a condition.
struct Undecided(Option<String>, Span);

impl Evaluator<'_> {
    /// The text of a template. What is unknown in it remains as `${…}`.
    pub(super) fn template(&self, parts: &[Node], node: &Node, scope: Scope<'_>) -> Node {
        let mut out = JoinedText::default();
        let Err(Undecided(condition, span)) = self.render(parts, scope, &mut out) else {
            return Node::new(NodeKind::String(out.into_text()), node.span);
        };
        if let Some(condition) = condition.filter(|condition| self.is_independent(condition)) {
            let assume = |holds: bool| {
                self.assumed.borrow_mut().push((condition.clone(), holds));
                let text = self.template(parts, node, scope);
                self.assumed.borrow_mut().pop();
                text
            };
            let mut texts = vec![assume(true), assume(false)];
            // Both texts are at the same location, so it does not distinguish them.
            let nothing = texts
                .iter()
                .any(|text| text.as_text().is_none() && value::alternatives(text).is_none());
            return if nothing {
                value::unknown(node.span)
            } else {
                value::distinct(&mut texts, node.span)
            };
        }
        let message = "definition was not read because this directive depends on a value that is unknown until the configuration is applied";
        self.report(Sources::unreadable(span, message));
        value::unknown(node.span)
    }

    /// Whether a condition has no name in common with those that are already assumed to be true or false.
    fn is_independent(&self, condition: &str) -> bool {
        let names = |text: &str| -> HashSet<String> {
            let words = text.split(|c: char| !(c.is_alphanumeric() || c == '_'));
            words.filter(|w| !w.is_empty()).map(str::to_owned).collect()
        };
        let assumed = self.assumed.borrow();
        let own = names(condition);
        assumed.len() < MAX_ASSUMED && assumed.iter().all(|(other, _)| names(other).is_disjoint(&own))
    }

    fn render(&self, parts: &[Node], scope: Scope<'_>, out: &mut JoinedText) -> Result<(), Undecided> {
        for part in parts {
            if !self.sources.budget.take(part.as_str().map_or(0, str::len)) {
                return Ok(());
            }
            if let Some(text) = part.as_text() {
                self.sources.append(out, text);
                continue;
            }
            let Some(tagged) = part.as_tagged() else { continue };
            match (tagged.tag.as_str(), tagged.value.as_array().unwrap_or_default()) {
                ("${", [expression]) => self.interpolate(expression, part.span, scope, out),
                ("%{if}", [condition, yes, no]) => {
                    let chosen = if self.decide(condition, scope)? { yes } else { no };
                    self.render_body(chosen, scope, out)?;
                }
                ("%{for}", [key, name, collection, body]) => {
                    let mut failed = Ok(());
                    let all = self.for_each([key, name, collection], None, scope, &mut |scope| {
                        failed = self.render_body(body, scope, out);
                        failed.is_ok().then_some(())
                    });
                    failed?;
                    all.ok_or(Undecided(None, collection.span))?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn render_body(&self, body: &Node, scope: Scope<'_>, out: &mut JoinedText) -> Result<(), Undecided> {
        match body.as_tagged().and_then(|template| template.value.as_array()) {
            Some(parts) => self.render(parts, scope, out),
            None => self.render(std::slice::from_ref(body), scope, out),
        }
    }

    /// Whether the condition of a directive is true.
    fn decide(&self, condition: &Node, scope: Scope<'_>) -> Result<bool, Undecided> {
        let found = self.evaluate(condition, scope);
        if let Some(known) = value::known_bool(&found) {
            return Ok(known);
        }
        let written = self.sources.written(condition.span);
        let positive = written.trim_start_matches('!').trim();
        let is_negated = (written.len() - written.trim_start_matches('!').len()) % 2 == 1;
        let assumed = self.assumed.borrow();
        match assumed.iter().find(|(other, _)| other == positive) {
            Some((_, holds)) => Ok(*holds != is_negated),
            None => Err(Undecided(Some(positive.to_owned()), condition.span)),
        }
    }

    /// Appends the value of an expression; `span` includes the braces.
    fn interpolate(&self, expression: &Node, span: Span, scope: Scope<'_>, out: &mut JoinedText) {
        let found = self.evaluate(expression, scope);
        let budget = self.sources.budget;
        if let (Some([name]), None, false) = (path_of(expression).as_deref(), scope.module, scope.is_partial)
            && scope.bound(name).is_none()
            && budget.take(128)
        {
            self.undefined.borrow_mut().push(((*name).to_owned(), span));
        }
        match &found.kind {
            // A long text keeps its own locations; a short one is a value at the location of its name.
            NodeKind::String(text) if text.contains(['\n', '{']) && !is_placeholder(text) => {
                if budget.take(text.len()) {
                    self.sources.append(out, text);
                }
            }
            NodeKind::String(text) if !is_placeholder(text) => {
                if budget.take(text.len()) {
                    out.push_replacement(text, span);
                }
            }
            NodeKind::Number(number) => out.push_replacement(number, span),
            NodeKind::Bool(value) => out.push_replacement(if *value { "true" } else { "false" }, span),
            NodeKind::Tagged(_) if value::decoded(&found).is_some() => {
                if let Some(value) = value::decoded(&found) {
                    self.json(value, out);
                }
            }
            _ => {
                let written = self.sources.written(span);
                if written.starts_with("${")
                    && !written.contains(['"', '\n', '~'])
                    && is_placeholder(&written)
                {
                    self.sources.append_bytes(out, span);
                } else {
                    out.push_replacement("${value}", span);
                }
            }
        }
    }

    /// A value as a string, if it can be one.
    pub(super) fn as_string(&self, node: &Node) -> Option<Text> {
        if let NodeKind::String(text) = &node.kind {
            return Some(text.clone());
        }
        if let Some(value) = value::decoded(node) {
            let mut out = JoinedText::default();
            self.json(value, &mut out);
            return Some(out.into_text());
        }
        Some(value::text_at(&value::known_text(node)?, node.span))
    }

    /// Appends the JSON text of a value.
    pub(super) fn json(&self, node: &Node, out: &mut JoinedText) {
        if !self.sources.budget.take(node.as_str().map_or(0, str::len)) {
            return;
        }
        let (start, end) = (node.span.start, node.span.end);
        let open = Span::new(start, end.min(start + 1));
        let close = Span::new(end.saturating_sub(1).max(start), end);
        match &node.kind {
            NodeKind::Null => out.push_replacement("null", node.span),
            NodeKind::Bool(value) => out.push_replacement(if *value { "true" } else { "false" }, node.span),
            NodeKind::Number(number) => out.push_replacement(number, node.span),
            NodeKind::String(text) => self.json_string(text, node.span, out),
            NodeKind::Array(items) => {
                out.push_replacement("[", open);
                for (i, item) in items.iter().enumerate() {
                    if i > 0 {
                        out.push_replacement(",", Span::new(item.span.start, item.span.start));
                    }
                    self.json(item, out);
                }
                out.push_replacement("]", close);
            }
            NodeKind::Object(members) => {
                out.push_replacement("{", open);
                for (i, member) in members.iter().enumerate() {
                    let start = member.key_span.start;
                    if i > 0 {
                        out.push_replacement(",", Span::new(start, start));
                    }
                    self.json_string(&member.key, member.key_span, out);
                    out.push_replacement(":", Span::new(member.key_span.end, member.key_span.end));
                    self.json(&member.value, out);
                }
                out.push_replacement("}", close);
            }
            NodeKind::Unknown | NodeKind::Tagged(_) => match self.as_string(node) {
                Some(text) => self.json_string(&text, node.span, out),
                None => out.push_replacement("${value}", node.span),
            },
        }
    }

    fn json_string(&self, text: &Text, span: Span, out: &mut JoinedText) {
        let (start, end) = (Span::new(span.start, span.start), Span::new(span.end, span.end));
        out.push_replacement("\"", start);
        let is_plain = |b: u8| b >= 0x20 && b != b'"' && b != b'\\';
        if text.bytes().all(is_plain) {
            self.sources.append(out, text);
        } else if let Ok(escaped) = serde_json::to_string(text.as_str()) {
            out.push_replacement(&escaped[1..escaped.len() - 1], span);
        }
        out.push_replacement("\"", end);
    }
}
