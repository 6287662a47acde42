//! The arguments of a call that are known before it runs.

use crate::asl::{Expression, Parsed, Payload};
use crate::document::{Node, NodeKind};
use crate::expr::intrinsic::{self, ArgumentKind, Returns};
use crate::shape::Shape;
use crate::spec::{QueryLanguage, placeholder};
use crate::value::Value;
use std::borrow::Cow;

/// A key of an object, with its value.
type Member<'a> = (Cow<'a, str>, Argument<'a>);

/// A value of which a part may be unknown. In strings, `*` is an unknown part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Argument<'a> {
    /// A string.
    Text(Cow<'a, str>),
    /// One of these strings.
    OneOf(Vec<Cow<'a, str>>),
    /// A value that is neither a string nor contains other values.
    Other,
    /// An array.
    List(Vec<Self>),
    /// An object.
    Map(Vec<Member<'a>>),
    /// Unknown until the state runs.
    Dynamic,
}

/// The values of a parameter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Values<'a> {
    /// The known ones.
    pub(super) known: Vec<Cow<'a, str>>,
    /// Whether there may be others.
    pub(super) is_dynamic: bool,
}

impl<'a> Values<'a> {
    /// Whether the parameter is absent.
    pub(super) const fn is_absent(&self) -> bool {
        self.known.is_empty() && !self.is_dynamic
    }

    fn add(&mut self, argument: &'a Argument<'_>) {
        match argument {
            Argument::Text(text) if text == "*" => self.is_dynamic = true,
            Argument::Text(text) => self.known.push(Cow::Borrowed(text)),
            Argument::OneOf(texts) => self
                .known
                .extend(texts.iter().map(|text| Cow::Borrowed(text.as_ref()))),
            Argument::List(items) => items.iter().for_each(|item| self.add(item)),
            Argument::Dynamic => self.is_dynamic = true,
            Argument::Map(_) | Argument::Other => {}
        }
    }
}

impl<'a> Argument<'a> {
    /// The arguments in a payload template; all are unknown without one. `text` is the text of the file.
    pub fn from_payload(payload: Option<&'a Payload<'_>>, language: QueryLanguage, text: &'a str) -> Self {
        let Some(payload) = payload else {
            return Self::Dynamic;
        };
        let mut builder = Builder {
            expressions: payload.expressions.iter(),
            text,
        };
        match language {
            QueryLanguage::JsonPath => builder.jsonpath(payload.node),
            QueryLanguage::Jsonata => builder.jsonata(payload.node),
        }
    }

    /// A value that is not evaluated: a string, or a reference whose span is in `text`, the text of the file.
    pub(super) fn from_literal(node: &'a Node, text: &'a str) -> Self {
        match &node.kind {
            NodeKind::String(known) => Self::Text(Cow::Borrowed(known)),
            NodeKind::Unknown | NodeKind::Tagged(_) => {
                let written = text.get(node.span.range()).unwrap_or_default().trim();
                reference(written).map_or(Self::Dynamic, Self::Text)
            }
            _ => Self::Other,
        }
    }

    /// The arguments of a call at run time.
    pub fn from_value(value: &'a Value) -> Self {
        if let Some(text) = value.as_str() {
            return Self::Text(Cow::Borrowed(text));
        }
        if let Some(items) = value.as_array() {
            return Self::List(items.iter().map(Self::from_value).collect());
        }
        if let Some(object) = value.as_object() {
            let members = object.iter();
            return Self::Map(
                members
                    .map(|(key, value)| (Cow::Borrowed(key.as_ref()), Self::from_value(value)))
                    .collect(),
            );
        }
        Self::Other
    }

    /// Replaces every text that is not a key.
    pub(super) fn map_texts(&mut self, f: &dyn Fn(&str) -> String) {
        match self {
            Self::Text(text) => *text = Cow::Owned(f(text)),
            Self::OneOf(texts) => texts.iter_mut().for_each(|text| *text = Cow::Owned(f(text))),
            Self::List(items) => items.iter_mut().for_each(|item| item.map_texts(f)),
            Self::Map(members) => members.iter_mut().for_each(|(_, value)| value.map_texts(f)),
            Self::Dynamic | Self::Other => {}
        }
    }

    /// Whether a part is unknown.
    pub(super) fn has_dynamic(&self) -> bool {
        match self {
            Self::Dynamic => true,
            Self::List(items) => items.iter().any(Self::has_dynamic),
            Self::Map(members) => members.iter().any(|(_, value)| value.has_dynamic()),
            _ => false,
        }
    }

    /// Replaces unknown parts with the values that their shapes allow; false if no shape limits them.
    pub(super) fn refine(&mut self, shape: &'a Shape) -> bool {
        let Shape::Union(union) = shape else { return false };
        let mut is_refined = false;
        match self {
            Self::Dynamic => {
                *self = Self::from_shape(shape);
                is_refined = *self != Self::Dynamic;
            }
            Self::List(items) => {
                if let Some(array) = &union.array {
                    for (at, item) in items.iter_mut().enumerate() {
                        is_refined |= item.refine(array.leading.get(at).unwrap_or(&array.rest));
                    }
                }
            }
            Self::Map(members) => {
                if let Some(object) = &union.object {
                    for (key, value) in members {
                        is_refined |= object.shape_of(key).is_some_and(|shape| value.refine(shape));
                    }
                }
            }
            _ => {}
        }
        is_refined
    }

    fn from_shape(shape: &'a Shape) -> Self {
        let Shape::Union(union) = shape else {
            return Self::Dynamic;
        };
        if let (Some(object), true) = (&union.object, union.array.is_none()) {
            if !object.is_closed() || union.strings.known() != Some(&[]) {
                return Self::Dynamic;
            }
            let fields = object.fields.iter();
            return Self::Map(
                fields
                    .map(|(key, field)| (Cow::Borrowed(key.as_ref()), Self::from_shape(&field.shape)))
                    .collect(),
            );
        }
        let is_text = union.array.is_none() && union.object.is_none();
        match union.strings.known() {
            Some([only]) if is_text => Self::Text(Cow::Borrowed(only)),
            Some(texts) if is_text && !texts.is_empty() => {
                Self::OneOf(texts.iter().map(|text| Cow::Borrowed(text.as_ref())).collect())
            }
            Some([]) if is_text => Self::Other,
            _ => Self::Dynamic,
        }
    }

    /// The member of an object. Parameters are found in any case, as AWS's own names differ.
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Map(members) => members
                .iter()
                .find(|(key, _)| key.eq_ignore_ascii_case(name))
                .map(|(_, value)| value),
            Self::Dynamic => Some(&Self::Dynamic),
            _ => None,
        }
    }

    /// The argument at a path of names, `Overrides.TaskRoleArn`, if it is given.
    pub(super) fn at(&self, path: &str) -> Option<&Self> {
        path.split('.')
            .try_fold(self, |argument, name| argument.get(name))
    }

    /// The values at a path of names.
    pub(super) fn values(&self, path: &str) -> Values<'_> {
        let mut values = Values::default();
        if let Some(argument) = self.at(path) {
            values.add(argument);
        }
        values
    }

    /// The items of a list; the argument itself if it is not a list.
    pub(super) fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            other => std::slice::from_ref(other),
        }
    }

    /// The members of an object.
    pub(super) fn members(&self) -> &[Member<'a>] {
        match self {
            Self::Map(members) => members,
            _ => &[],
        }
    }

    /// Calls `f` with every object at every depth.
    pub(super) fn for_each_map(&self, f: &mut dyn FnMut(&Self)) {
        match self {
            Self::List(items) => items.iter().for_each(|item| item.for_each_map(f)),
            Self::Map(members) => {
                f(self);
                members.iter().for_each(|(_, value)| value.for_each_map(f));
            }
            _ => {}
        }
    }
}

/// Reads a payload in the order in which its expressions were collected.
struct Builder<'a, 'd> {
    expressions: std::slice::Iter<'a, Expression<'d>>,
    text: &'a str,
}

impl<'a> Builder<'a, '_> {
    /// The expression at a node, if one was collected there.
    fn take(&mut self, node: &Node) -> Option<&Expression<'_>> {
        let next = self.expressions.as_slice().first()?;
        if !std::ptr::eq(next.node, node) {
            return None;
        }
        self.expressions.next()
    }

    fn jsonpath(&mut self, node: &'a Node) -> Argument<'a> {
        match &node.kind {
            NodeKind::Array(items) => Argument::List(items.iter().map(|item| self.jsonpath(item)).collect()),
            NodeKind::Object(members) => {
                let members = members.iter().map(|member| match member.key.strip_suffix(".$") {
                    Some(name) => {
                        let expression = self.take(&member.value);
                        let value = match expression.filter(|e| intrinsic::is_intrinsic(e.text)) {
                            Some(e) => formatted(e.parsed()),
                            None => Argument::Dynamic,
                        };
                        (Cow::Borrowed(name), value)
                    }
                    None => (Cow::Borrowed(member.key.as_str()), self.jsonpath(&member.value)),
                });
                Argument::Map(members.collect())
            }
            _ => Argument::from_literal(node, self.text),
        }
    }

    fn jsonata(&mut self, node: &'a Node) -> Argument<'a> {
        match &node.kind {
            NodeKind::Array(items) => Argument::List(items.iter().map(|item| self.jsonata(item)).collect()),
            NodeKind::Object(members) => {
                let members = members
                    .iter()
                    .map(|member| (Cow::Borrowed(member.key.as_str()), self.jsonata(&member.value)));
                Argument::Map(members.collect())
            }
            _ => {
                if self.take(node).is_none() {
                    return Argument::from_literal(node, self.text);
                }
                let text = node.as_str().unwrap_or_default().trim();
                let inner = text.strip_prefix("{%").and_then(|text| text.strip_suffix("%}"));
                inner
                    .and_then(concatenated)
                    .map_or(Argument::Dynamic, |text| Argument::Text(Cow::Owned(text)))
            }
        }
    }
}

/// A reference to a resource that is a value by itself: `${Table}`, or `aws_sqs_queue.orders.url` in Terraform.
fn reference(written: &str) -> Option<Cow<'_, str>> {
    let unquoted = written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let written = unquoted.unwrap_or(written);
    if placeholder::expression(written.as_bytes()) == Some(written.len()) {
        return Some(Cow::Borrowed(written));
    }
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '[' | ']' | '"');
    let is_path = written.contains('.')
        && written.starts_with(|c: char| c.is_ascii_alphabetic())
        && written.chars().all(is_name);
    is_path.then(|| Cow::Owned(format!("${{{written}}}")))
}

/// The text of a formatting function with `*` for each inserted value.
fn formatted(call: &Parsed) -> Argument<'static> {
    let Parsed::Intrinsic(call) = call else {
        return Argument::Dynamic;
    };
    let is_format = call
        .function
        .is_some_and(|function| function.returns == Returns::Text && function.max.is_none());
    let template = match call.arguments.first().map(|argument| &argument.kind) {
        Some(ArgumentKind::Text(template)) if is_format => &template.raw,
        _ => return Argument::Dynamic,
    };
    let mut text = String::with_capacity(template.len());
    let mut characters = template.chars();
    while let Some(c) = characters.next() {
        match c {
            '\\' => text.extend(characters.next()),
            '{' => {
                text.push('*');
                characters.next();
            }
            c => text.push(c),
        }
    }
    Argument::Text(Cow::Owned(text))
}

/// The text of a JSONata expression that concatenates strings with other values, with `*` for the others; `None` if it is
/// another expression.
fn concatenated(expression: &str) -> Option<String> {
    let mut parts: Vec<(String, bool)> = Vec::new();
    let mut part = String::new();
    let mut is_literal_only = true;
    let mut depth = 0_i32;
    let mut characters = expression.chars();
    let mut finish = |part: &mut String, is_literal_only: &mut bool, is_plain: bool| {
        parts.push((std::mem::take(part), *is_literal_only && is_plain));
        *is_literal_only = true;
    };
    let mut has_literal = false;
    while let Some(c) = characters.next() {
        match c {
            '\'' | '"' => {
                let mut text = String::new();
                loop {
                    match characters.next()? {
                        '\\' => return None,
                        end if end == c => break,
                        other => text.push(other),
                    }
                }
                if depth == 0 && !has_literal && part.trim().is_empty() {
                    part = text;
                    has_literal = true;
                } else {
                    is_literal_only = false;
                }
            }
            '(' | '[' | '{' => {
                depth += 1;
                is_literal_only = false;
            }
            ')' | ']' | '}' => depth -= 1,
            '&' if depth == 0 => {
                finish(&mut part, &mut is_literal_only, has_literal);
                has_literal = false;
            }
            '?' | ':' | '~' | ';' | '=' | '<' | '>' | ',' | '^' | '|' | '/' if depth == 0 => return None,
            c if c.is_whitespace() => {}
            c => {
                is_literal_only = false;
                if !has_literal && depth == 0 {
                    part.push(c);
                }
            }
        }
    }
    finish(&mut part, &mut is_literal_only, has_literal);
    if depth != 0 {
        return None;
    }
    let mut text = String::new();
    for (literal, is_literal) in &parts {
        match is_literal {
            true => text.push_str(literal),
            false if text.ends_with('*') => {}
            false => text.push('*'),
        }
    }
    (text != "*").then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn concatenations_have_known_parts() {
        let cases = [
            (" 'a/' & $states.input.id & '.csv' ", Some("a/*.csv")),
            ("'x'", Some("x")),
            ("\"https://api/\" & $string($x & 'b')", Some("https://api/*")),
            ("$states.input.url", None),
            ("$a ? 'x' : 'y'", None),
            ("$a & $b & 'z'", Some("*z")),
            ("'it\\'s'", None),
            ("'open", None),
            ("'a'[0] & 'b'", Some("*b")),
        ];
        for (expression, expected) in cases {
            assert_eq!(concatenated(expression).as_deref(), expected, "{expression}");
        }
    }

    #[test]
    fn formats_have_known_parts() {
        let parse = |text| Parsed::Intrinsic(intrinsic::Call::parse(text).expect("valid"));
        let call = parse("States.Format('s3://b/{}/\\{x\\}', $.a)");
        assert_eq!(formatted(&call), Argument::Text("s3://b/*/{x}".into()));
        assert_eq!(formatted(&parse("States.UUID()")), Argument::Dynamic);
    }

    #[test]
    fn references_are_names_or_placeholders() {
        let cases = [
            ("${Table}", Some("${Table}")),
            (
                "\"${aws_sqs_queue.orders.url}\"",
                Some("${aws_sqs_queue.orders.url}"),
            ),
            ("aws_sqs_queue.orders.url", Some("${aws_sqs_queue.orders.url}")),
            ("merge(a.b, c)", None),
            ("true", None),
        ];
        for (written, expected) in cases {
            assert_eq!(reference(written).as_deref(), expected, "{written}");
        }
    }

    #[test]
    fn values_are_found_at_paths() {
        let argument = Argument::Map(vec![(
            "Overrides".into(),
            Argument::Map(vec![
                ("TaskRoleArn".into(), Argument::Text("r".into())),
                ("Cpu".into(), Argument::Dynamic),
            ]),
        )]);
        assert_eq!(argument.values("Overrides.TaskRoleArn").known, ["r"]);
        assert!(argument.values("Overrides.Cpu").is_dynamic);
        assert!(argument.values("Overrides.Memory").is_absent());
        assert!(Argument::Dynamic.values("Anything").is_dynamic);
    }
}
