//! The values that a run had.

use super::origin::{Base, FieldContext, Origins};
use super::path::{Step, get};
use super::reference::{self, Reference, Root};
use super::script::ScriptedCompletion;
use super::trace::InputSource;
use crate::expr::payload::Template;
use crate::simulate::plan::{Select, Setting, StateKind};
use crate::value::Value;
use std::rc::Rc;

/// A value that a run had at a point.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Lookup {
    Found(Value),
    Missing,
    /// It is not known to the generator, such as an id.
    Unknown,
}

impl Origins<'_> {
    /// The value of a reference.
    pub(super) fn look(&self, at: FieldContext, reference: &Reference) -> Lookup {
        let found = |value: Option<Value>| match value {
            Some(value) => match get(&value, &reference.steps) {
                Some(value) => Lookup::Found(value),
                None => Lookup::Missing,
            },
            None => Lookup::Unknown,
        };
        match &reference.root {
            Root::Base => found(self.base(at.visit, at.base)),
            Root::Input => found(self.base(at.visit, Base::Input)),
            Root::Result => found(self.base(at.visit, Base::Result)),
            Root::Error => found(self.base(at.visit, Base::Error)),
            Root::Variable(name) => found(self.variable_value(at.visit, name)),
            Root::Context => match reference.steps.as_slice() {
                [Step::Key(a), Step::Key(b), rest @ ..] if &**a == "Execution" && &**b == "Input" => {
                    match get(self.start, rest) {
                        Some(value) => Lookup::Found(value),
                        None => Lookup::Missing,
                    }
                }
                [Step::Key(a), Step::Key(b), Step::Key(c), rest @ ..]
                    if &**a == "Map" && &**b == "Item" && &**c == "Value" =>
                {
                    let item = self
                        .map_item(at)
                        .and_then(|(map, index)| self.item_value(map, index));
                    match item.map(|item| get(&item, rest)) {
                        Some(Some(value)) => Lookup::Found(value),
                        Some(None) => Lookup::Missing,
                        None => Lookup::Unknown,
                    }
                }
                _ => Lookup::Unknown,
            },
        }
    }

    pub(super) fn base(&self, visit: usize, base: Base) -> Option<Value> {
        let visited = &self.trace.visits[visit];
        match base {
            Base::Input => Some(visited.input.clone()),
            Base::Effective => match &self.state(visit).data.input_path {
                _ if self.is_jsonata(visit) => Some(visited.input.clone()),
                Select::All => Some(visited.input.clone()),
                Select::Empty => Some(Value::empty_object()),
                Select::Invalid(_) => None,
                Select::Path { path, .. } => {
                    let (reference, _) = reference::from_path(path)?;
                    match self.look(FieldContext::new(visit, Base::Input), &reference) {
                        Lookup::Found(value) => Some(value),
                        _ => None,
                    }
                }
            },
            Base::Result => match &self.state(visit).kind {
                StateKind::Task(_) => match &visited.calls.last()?.outcome.completion {
                    ScriptedCompletion::Return(result) => Some(result.clone()),
                    _ => None,
                },
                StateKind::Parallel(_) | StateKind::Map(_) => {
                    let outputs = visited.inner.values();
                    let outputs = outputs.map(|inner| self.trace.visits[*inner].output.clone());
                    Some(Value::array(outputs.collect::<Option<_>>()?))
                }
                StateKind::Pass(Some(result)) => Some(result.clone()),
                _ => self.base(visit, Base::Effective),
            },
            Base::Error => {
                let error = &visited.failure.as_ref()?.error;
                let text = |text: &Option<Rc<str>>| text.as_deref().map_or(Value::Null, Value::from);
                Some([("Error", text(&error.error)), ("Cause", text(&error.cause))].into())
            }
        }
    }

    fn variable_value(&self, visit: usize, name: &str) -> Option<Value> {
        let (assigner, _) = self.assigner(visit, name)?;
        self.trace.visits[assigner].assigned.as_ref()?.get(name).cloned()
    }

    /// The visit that assigned a variable last, as seen from another visit.
    pub(super) fn assigner(&self, visit: usize, name: &str) -> Option<(usize, bool)> {
        let mut at = visit;
        loop {
            match self.trace.visits[at].from {
                InputSource::Start => return None,
                InputSource::Inside(outer, _) => at = outer,
                InputSource::After(before) => {
                    let assigned = &self.trace.visits[before].assigned;
                    if assigned
                        .as_ref()
                        .is_some_and(|assigned| assigned.contains_key(name))
                    {
                        return Some((before, true));
                    }
                    at = before;
                }
            }
        }
    }

    /// The Map and the index of the item that `$$.Map.Item` means.
    pub(super) fn map_item(&self, at: FieldContext) -> Option<(usize, usize)> {
        if let Some(item) = at.item {
            return Some((at.visit, item));
        }
        let mut visit = at.visit;
        loop {
            let (outer, index) = self.trace.enclosing(visit)?;
            if matches!(self.state(outer).kind, StateKind::Map(_)) {
                return Some((outer, index));
            }
            visit = outer;
        }
    }

    fn item_value(&self, map: usize, index: usize) -> Option<Value> {
        let StateKind::Map(kind) = &self.state(map).kind else {
            return None;
        };
        if let (None, Some(inner)) = (&kind.item_selector, self.trace.visits[map].inner.get(&index)) {
            let mut first = *inner;
            while let InputSource::After(before) = self.trace.visits[first].from {
                first = before;
            }
            return Some(self.trace.visits[first].input.clone());
        }
        self.items(map)?.item(index).cloned()
    }

    /// The items of a Map that are in its input.
    pub(super) fn items(&self, map: usize) -> Option<Value> {
        let StateKind::Map(kind) = &self.state(map).kind else {
            return None;
        };
        let at = FieldContext::new(map, Base::Effective);
        match (&kind.items, &kind.items_path) {
            (Some(items), _) => match items.template.as_ref().ok()? {
                Template::Literal(value) => Some(value.clone()),
                Template::Jsonata(field) => {
                    let reference = reference::from_expression(&field.expression)?;
                    match self.look(at, &reference) {
                        Lookup::Found(value) => Some(value),
                        _ => None,
                    }
                }
                _ => None,
            },
            (None, Some(Setting::Path { path, .. })) => {
                let (reference, _) = reference::from_path(path)?;
                match self.look(at, &reference) {
                    Lookup::Found(value) => Some(value),
                    _ => None,
                }
            }
            (None, Some(_)) => None,
            (None, None) => self.base(map, Base::Effective),
        }
    }
}
