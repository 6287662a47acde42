//! The arguments of a task: `Parameters` in JSONPath, `Arguments` in JSONata.

use crate::asl::State;
use crate::document::{Member, Node};
use crate::expr::jsonata;
use crate::lint::finding::Finding;
use crate::source::Span;

/// What is known of it.
#[derive(Debug)]
pub(super) enum Arguments<'d> {
    /// The field is absent: the state's input is passed unchanged.
    Input,
    /// A literal object.
    Object(Object<'d>),
    /// Computed by one expression, hidden by a template, or not an object.
    Unknown,
}

/// An object of parameters.
#[derive(Debug)]
pub(super) struct Object<'d> {
    /// The object.
    pub node: &'d Node,
    /// Its members that a template does not hide.
    pub parameters: Vec<Parameter<'d>>,
    /// Whether a template hides the name of a member.
    pub is_partial: bool,
}

/// A parameter, as written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parameter<'d> {
    /// Its name, without the `.$` of a path.
    pub name: &'d str,
    /// Key and value.
    pub member: &'d Member,
}

/// The arguments that a state passes to its service.
pub(super) fn from_state<'d>(state: &State<'d>) -> Arguments<'d> {
    let payload = state.data.parameters.as_ref().or(state.data.arguments.as_ref());
    match payload {
        Some(payload) => object(payload.node).map_or(Arguments::Unknown, Arguments::Object),
        // Another rule reports the field of the other query language.
        None if ["Parameters", "Arguments"]
            .iter()
            .any(|f| state.node.get(f).is_some()) =>
        {
            Arguments::Unknown
        }
        None => Arguments::Input,
    }
}

/// The location of a finding about the arguments as a whole: the name of the field.
pub(super) fn place(state: &State<'_>) -> Span {
    let mut fields = ["Parameters", "Arguments"].iter();
    let member = fields.find_map(|name| state.node.member(name));
    member.map_or(state.name_span, |m| m.key_span)
}

/// Makes a finding depend on the absence of arguments.
pub(super) fn depends_on_arguments<'a>(finding: Finding<'a>, state: &State<'_>) -> Finding<'a> {
    finding
        .unless_tainted(state.node, "Parameters")
        .unless_tainted(state.node, "Arguments")
}

/// An object of parameters, if it is a literal.
pub(super) fn object(node: &Node) -> Option<Object<'_>> {
    let members = node.as_object()?;
    let known = members.iter().filter(|m| !m.key.has_placeholder());
    Some(Object {
        node,
        is_partial: members.iter().any(|m| m.key.has_placeholder()),
        parameters: known
            .map(|member| Parameter {
                name: member.key.strip_suffix(".$").unwrap_or(&member.key),
                member,
            })
            .collect(),
    })
}

impl<'d> Object<'d> {
    /// The parameter of a name, by value or by path.
    pub(super) fn find(&self, name: &str) -> Option<Parameter<'d>> {
        self.parameters.iter().rev().find(|p| p.name == name).copied()
    }

    /// Whether a parameter of that name exists, or may exist.
    pub(super) fn may_have(&self, name: &str) -> bool {
        self.is_partial || self.find(name).is_some()
    }
}

impl<'d> Parameter<'d> {
    /// The value, unless a path, JSONata, or a template computes it.
    pub(super) fn literal(self) -> Option<&'d Node> {
        let is_path = self.name.len() != self.member.key.len();
        let value = &self.member.value;
        let is_computed = value
            .as_text()
            .is_some_and(|t| t.has_placeholder() || jsonata::strip(t).is_some());
        (!is_path && !is_computed && !value.is_unknown()).then_some(value)
    }

    /// The value, if it is a literal string.
    pub(super) fn literal_str(self) -> Option<&'d str> {
        self.literal().and_then(Node::as_str)
    }
}
