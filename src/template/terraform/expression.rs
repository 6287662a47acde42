//! Partial evaluation of expressions: unknown values stay unknown.

use super::evaluator::Evaluator;
use super::names::path_of;
use super::scope::{Bindings, Scope};
use super::sources::Sources;
use super::value::{MAX_ITERATIONS, items};
use super::{function, operator, value};
use crate::document::{Member, Node, NodeKind};
use crate::source::Span;

/// The maximum nesting of expressions, names included.
const MAX_DEPTH: usize = 200;

impl Evaluator<'_> {
    /// The value of an expression.
    pub(super) fn evaluate(&self, node: &Node, scope: Scope<'_>) -> Node {
        if !self.sources.budget.take(node.as_str().map_or(0, str::len)) {
            return value::unknown(node.span);
        }
        let depth = self.depth.get();
        if depth == MAX_DEPTH {
            if !self.is_too_deep.replace(true) {
                let message = format!(
                    "definition was not read because it is nested in more than {MAX_DEPTH} expressions"
                );
                self.report(Sources::unreadable(node.span, message));
            }
            return value::unknown(node.span);
        }
        self.depth.set(depth + 1);
        let kind = match &node.kind {
            NodeKind::Array(items) => {
                NodeKind::Array(items.iter().map(|item| self.evaluate(item, scope)).collect())
            }
            NodeKind::Object(members) => {
                let member = |m: &Member| Member {
                    key: m.key.clone(),
                    key_span: m.key_span,
                    value: self.evaluate(&m.value, scope),
                };
                NodeKind::Object(members.iter().map(member).collect())
            }
            NodeKind::Tagged(tagged) => {
                let operands = tagged.value.as_array().unwrap_or_default();
                let value = self.operation(&tagged.tag, operands, node, scope);
                self.depth.set(depth);
                return value.unwrap_or_else(|| value::unknown(node.span));
            }
            kind => kind.clone(),
        };
        self.depth.set(depth);
        Node::new(kind, node.span)
    }

    fn operation(&self, tag: &str, operands: &[Node], node: &Node, scope: Scope<'_>) -> Option<Node> {
        match (tag, operands) {
            ("$" | ".", [first, ..]) => self.reference(tag, first, operands.get(1), node, scope),
            ("[]", [collection, index]) => {
                if let Some(path) = path_of(node)
                    && let Some(found) = self.named(&path, node, scope)
                {
                    return Some(found);
                }
                let collection = self.evaluate(collection, scope);
                let index = self.evaluate(index, scope);
                self.each_alternative(&collection, node.span, &|collection| {
                    self.index(collection, &index)
                })
            }
            ("[*]", [collection, rest]) => self.splat(collection, rest, node, scope),
            ("?", [condition, yes, no]) => Some(self.conditional(condition, yes, no, node, scope)),
            ("[for]", [key, name, collection, item, condition]) => {
                let iteration = [key, name, collection];
                let mut items = Vec::new();
                self.for_each(iteration, Some(condition), scope, &mut |scope| {
                    items.push(self.evaluate(item, scope));
                    Some(())
                })?;
                Some(value::array(items, node.span))
            }
            ("{for}", [key, name, collection, item, condition, item_key, grouped]) => {
                let iteration = [key, name, collection];
                let mut members: Vec<Member> = Vec::new();
                self.for_each(iteration, Some(condition), scope, &mut |scope| {
                    let (key, item) = (self.evaluate(item_key, scope), self.evaluate(item, scope));
                    let key_span = key.span;
                    let key = Node::new(
                        NodeKind::String(value::text_at(&value::known_text(&key)?, key_span)),
                        key_span,
                    );
                    let NodeKind::String(key) = key.kind else {
                        return None;
                    };
                    let is_same = |m: &&mut Member| m.key.as_str() == key.as_str();
                    match members.iter_mut().find(is_same) {
                        Some(group) if grouped.as_bool() == Some(true) => {
                            if let NodeKind::Array(items) = &mut group.value.kind {
                                items.push(item);
                            }
                        }
                        Some(member) => member.value = item,
                        None => {
                            let value = match grouped.as_bool() {
                                Some(true) => value::array(vec![item], node.span),
                                _ => item,
                            };
                            members.push(Member { key, key_span, value });
                        }
                    }
                    Some(())
                })?;
                Some(value::object(members, node.span))
            }
            ("{}", pairs) => Some(self.object(pairs, node.span, scope)),
            ("\"", parts) => Some(self.template(parts, node, scope)),
            ("${", [inner]) => Some(self.evaluate(inner, scope)),
            (_, [operand]) if operator::is_unary(tag) => {
                let operand = self.evaluate(operand, scope);
                operator::unary(tag, &operand, node.span)
            }
            (_, [left, right]) if operator::is_binary(tag) => {
                let left = self.evaluate(left, scope);
                // `a != null && a.b`: the second operand may be wrong if the first one is false.
                if let Some(found) = operator::short_circuit(tag, &left, node.span) {
                    return Some(found);
                }
                let right = self.evaluate(right, scope);
                operator::binary(tag, &left, &right, node.span)
            }
            _ => function::call(self, tag, operands, node, scope),
        }
    }

    /// A name, or an attribute of something.
    fn reference(
        &self,
        tag: &str,
        first: &Node,
        name: Option<&Node>,
        node: &Node,
        scope: Scope<'_>,
    ) -> Option<Node> {
        let path = path_of(node);
        if let Some(path) = &path {
            if tag == "$"
                && let Some(bound) = scope.bound(path[0])
            {
                return Some(self.sources.budget.copy(bound));
            }
            if scope.bound(path[0]).is_none()
                && let Some(found) = self.named(path, node, scope)
            {
                return Some(found);
            }
        }
        let name = name?.as_str()?;
        let object = self.evaluate(first, scope);
        self.each_alternative(&object, node.span, &|object| {
            Some(self.sources.budget.copy(object.get(name)?))
        })
    }

    fn index(&self, collection: &Node, index: &Node) -> Option<Node> {
        if !value::is_known(index) {
            return value::any_of(collection);
        }
        let found = match &collection.kind {
            NodeKind::Array(items) => items.get(value::known_text(index)?.parse::<usize>().ok()?)?,
            _ => collection.get(&value::known_text(index)?)?,
        };
        Some(self.sources.budget.copy(found))
    }

    fn splat(&self, collection: &Node, rest: &Node, node: &Node, scope: Scope<'_>) -> Option<Node> {
        let collection = self.evaluate(collection, scope);
        let items = match collection.kind {
            NodeKind::Array(items) => items,
            NodeKind::Null => Vec::new(),
            NodeKind::Unknown | NodeKind::Tagged(_) => return None,
            kind => vec![Node::new(kind, collection.span)],
        };
        let item = |item: Node| {
            let names = [value::member("*", item)];
            let bindings = scope.bind(&names);
            self.evaluate(rest, scope.within(&bindings))
        };
        Some(value::array(items.into_iter().map(item).collect(), node.span))
    }

    fn conditional(&self, condition: &Node, yes: &Node, no: &Node, node: &Node, scope: Scope<'_>) -> Node {
        let (condition, defaults) = self.with_defaults(|| self.evaluate(condition, scope));
        let (first, second) = match value::known_bool(&condition) {
            Some(false) => (no, yes),
            _ => (yes, no),
        };
        let chosen = self.evaluate(first, scope);
        if value::known_bool(&condition).is_some() && defaults.is_subset(&self.fixed.borrow()) {
            return chosen;
        }
        value::either(vec![chosen, self.evaluate(second, scope)], node.span)
    }

    /// Calls `body` for each item of a collection that satisfies the condition; fails if an item is unknown.
    pub(super) fn for_each(
        &self,
        [key, name, collection]: [&Node; 3],
        condition: Option<&Node>,
        scope: Scope<'_>,
        body: &mut dyn FnMut(Scope<'_>) -> Option<()>,
    ) -> Option<()> {
        let (collection, defaults) = self.with_defaults(|| self.evaluate(collection, scope));
        self.defaults.borrow_mut().extend(defaults.iter().cloned());
        let mut fixed = self.fixed.borrow().clone();
        fixed.extend(defaults);
        let outer = self.fixed.replace(fixed);
        let done = self.for_each_in(&collection, [key, name], condition, scope, body);
        self.fixed.replace(outer);
        done
    }

    fn for_each_in(
        &self,
        collection: &Node,
        [key, name]: [&Node; 2],
        condition: Option<&Node>,
        scope: Scope<'_>,
        body: &mut dyn FnMut(Scope<'_>) -> Option<()>,
    ) -> Option<()> {
        let items = items(collection)?;
        if items.len() > MAX_ITERATIONS {
            return None;
        }
        for (item_key, item) in items {
            if !self.sources.budget.take(64) {
                return None;
            }
            let mut names = vec![value::member(name.as_str()?, self.sources.budget.copy(item))];
            if let Some(key) = key.as_str() {
                names.push(value::member(key, item_key));
            }
            let bindings = scope.bind(&names);
            let scope = scope.within(&bindings);
            if let Some(condition) = condition.filter(|condition| !condition.is_null())
                && !value::known_bool(&self.evaluate(condition, scope))?
            {
                continue;
            }
            body(scope)?;
        }
        Some(())
    }

    fn object(&self, pairs: &[Node], span: Span, scope: Scope<'_>) -> Node {
        let mut members = Vec::with_capacity(pairs.len());
        for pair in pairs {
            let Some([key, item]) = pair.as_array() else {
                continue;
            };
            let key_span = key.span;
            let key = self.evaluate(key, scope);
            let key = if let NodeKind::String(text) = key.kind {
                text
            } else {
                let text = value::known_text(&key);
                value::text_at(text.as_deref().unwrap_or("${key}"), key_span)
            };
            let value = self.evaluate(item, scope);
            members.push(Member { key, key_span, value });
        }
        value::object(members, span)
    }

    /// Evaluates the body of a template with these variables.
    pub(super) fn evaluate_template(&self, root: &Node, variables: &[Member], is_partial: bool) -> Node {
        let bindings = Bindings::variables(variables);
        self.evaluate(root, Scope::template(&bindings, is_partial))
    }
}
