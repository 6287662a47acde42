//! Goals for values, followed backward through the data flow of states.

use super::lookup::Lookup;
use super::origin::{Base, Changes, FieldContext, Goal, Origins, change, constant};
use super::path::{Step, Steps, get, resized};
use super::reference::{self, Reference, Root};
use super::script::Source;
use super::trace::InputSource;
use crate::expr::jsonpath::Path;
use crate::expr::payload::Template;
use crate::simulate::plan::{Compiled, Placement, Select, Setting, StateKind};
use std::rc::Rc;

impl Origins<'_> {
    /// The changes after which the value of a reference in a field is the goal.
    pub(super) fn changes_for(&self, at: FieldContext, reference: &Reference, goal: &Goal) -> Changes {
        let steps = &reference.steps;
        match &reference.root {
            Root::Base => self.changes_for_base(at.visit, at.base, steps, goal),
            Root::Input => self.changes_for_base(at.visit, Base::Input, steps, goal),
            Root::Result => self.changes_for_base(at.visit, Base::Result, steps, goal),
            Root::Error => self.changes_for_base(at.visit, Base::Error, steps, goal),
            Root::Variable(name) => self.changes_for_variable(at.visit, name, steps, goal),
            Root::Context => match steps.as_slice() {
                [Step::Key(a), Step::Key(b), rest @ ..] if &**a == "Execution" && &**b == "Input" => {
                    change(Source::Input, rest, goal)
                }
                [Step::Key(a), Step::Key(b), Step::Key(c), rest @ ..]
                    if &**a == "Map" && &**b == "Item" && &**c == "Value" =>
                {
                    let (map, index) = self.map_item(at)?;
                    self.changes_for_item(map, index, rest, goal)
                }
                _ => None,
            },
        }
    }

    /// The changes after which the value of a path, or the value that steps select in it, is the goal.
    pub(super) fn changes_for_path(
        &self,
        at: FieldContext,
        path: &Path,
        steps: &[Step],
        goal: &Goal,
    ) -> Changes {
        let (mut reference, function) = reference::from_path(path)?;
        if let Some(function) = function {
            if !matches!(&*function, "length" | "size") || !steps.is_empty() {
                return None;
            }
            let length = usize::try_from(goal.as_ref()?.as_number()?.as_i64()?).ok()?;
            let now = match self.look(at, &reference) {
                Lookup::Found(value) => Some(value),
                _ => None,
            };
            return self.changes_for(at, &reference, &Some(resized(now.as_ref(), length)));
        }
        if path.is_definite() {
            reference.steps.extend_from_slice(steps);
            return self.changes_for(at, &reference, goal);
        }
        // The value is a list of what is selected, whose first item is wanted.
        let (rest, first) = match steps.split_first() {
            Some((Step::Index(0), rest)) => (rest, goal.clone()),
            None => (steps, Some(goal.as_ref()?.item(0)?.clone())),
            Some(_) => return None,
        };
        reference.steps.extend_from_slice(rest);
        let mut changes = self.changes_for(at, &reference, &first)?;
        for (steps, value) in reference::filtered(path) {
            let root = reference.root.clone();
            changes.extend(self.changes_for(at, &Reference { root, steps }, &Some(value))?);
        }
        Some(changes)
    }

    fn changes_for_base(&self, visit: usize, base: Base, steps: &[Step], goal: &Goal) -> Changes {
        match base {
            Base::Input => self.changes_for_input(visit, steps, goal),
            Base::Effective => match &self.state(visit).data.input_path {
                _ if self.is_jsonata(visit) => self.changes_for_input(visit, steps, goal),
                Select::All => self.changes_for_input(visit, steps, goal),
                Select::Empty | Select::Invalid(_) => None,
                Select::Path { path, .. } => {
                    self.changes_for_path(FieldContext::new(visit, Base::Input), path, steps, goal)
                }
            },
            Base::Result => self.changes_for_result(visit, steps, goal),
            Base::Error => self.changes_for_error(visit, steps, goal),
        }
    }

    fn changes_for_input(&self, visit: usize, steps: &[Step], goal: &Goal) -> Changes {
        match self.trace.visits[visit].from {
            InputSource::Start => change(Source::Input, steps, goal),
            InputSource::After(before) => self.changes_for_output(before, steps, goal),
            InputSource::Inside(outer, index) => match &self.state(outer).kind {
                StateKind::Map(map) => match &map.item_selector {
                    Some(selector) => {
                        let at = FieldContext {
                            item: Some(index),
                            ..FieldContext::new(outer, Base::Effective)
                        };
                        self.changes_for_compiled(at, selector, steps, goal)
                    }
                    None => self.changes_for_batched(outer, index, steps, goal),
                },
                _ => self.changes_for_arguments(outer, steps, goal),
            },
        }
    }

    /// The changes for a goal for the input of a child workflow, which is an item or a batch of them.
    fn changes_for_batched(&self, map: usize, index: usize, steps: &[Step], goal: &Goal) -> Changes {
        let batcher = self
            .state(map)
            .distributed_map()
            .and_then(|(_, d)| d.batcher.as_ref());
        let Some(batcher) = batcher else {
            return self.changes_for_item(map, index, steps, goal);
        };
        match steps {
            [Step::Key(key), Step::Index(item), rest @ ..] if &**key == "Items" => {
                let size = match &batcher.max_items {
                    Some(Setting::Literal(size)) => size.as_number().and_then(crate::value::Number::as_i64),
                    _ => None,
                };
                let size = size.and_then(|size| usize::try_from(size).ok()).unwrap_or(1);
                self.changes_for_item(map, index * size + item, rest, goal)
            }
            [Step::Key(key), rest @ ..] if &**key == "BatchInput" => {
                let at = FieldContext::new(map, Base::Effective);
                self.changes_for_compiled(at, batcher.input.as_ref()?, rest, goal)
            }
            _ => None,
        }
    }

    /// The changes for a goal for an item of a Map.
    fn changes_for_item(&self, map: usize, index: usize, steps: &[Step], goal: &Goal) -> Changes {
        if self.has_reader(map) {
            return change(Source::Item(self.trace.visits[map].state, index), steps, goal);
        }
        let mut steps = steps.to_vec();
        steps.insert(0, Step::Index(index));
        self.changes_for_items(map, &steps, goal)
    }

    fn has_reader(&self, map: usize) -> bool {
        self.state(map)
            .distributed_map()
            .is_some_and(|(_, d)| d.reader.is_some())
    }

    /// The changes for a goal for the items of a Map.
    pub(super) fn changes_for_items(&self, map: usize, steps: &[Step], goal: &Goal) -> Changes {
        if self.has_reader(map) && steps.is_empty() {
            return change(Source::Items(self.trace.visits[map].state), &[], goal);
        }
        let StateKind::Map(kind) = &self.state(map).kind else {
            return None;
        };
        let at = FieldContext::new(map, Base::Effective);
        match (&kind.items, &kind.items_path) {
            (Some(items), _) => self.changes_for_compiled(at, items, steps, goal),
            (None, Some(Setting::Path { path, .. })) => self.changes_for_path(at, path, steps, goal),
            (None, Some(Setting::Call { call, .. })) => self.changes_for_call(at, call, steps, goal),
            (None, Some(_)) => None,
            (None, None) => self.changes_for_base(map, Base::Effective, steps, goal),
        }
    }

    /// The changes for a goal for the arguments of a state.
    pub(super) fn changes_for_arguments(&self, visit: usize, steps: &[Step], goal: &Goal) -> Changes {
        let at = FieldContext::new(visit, Base::Effective);
        match &self.state(visit).data.arguments {
            Some(arguments) => self.changes_for_compiled(at, arguments, steps, goal),
            None => self.changes_for_base(visit, Base::Effective, steps, goal),
        }
    }

    fn changes_for_output(&self, visit: usize, steps: &[Step], goal: &Goal) -> Changes {
        let state = self.state(visit);
        let visited = &self.trace.visits[visit];
        if let Some(catcher) = visited.caught.and_then(|catcher| state.catch.get(catcher)) {
            let at = FieldContext::new(visit, Base::Error);
            if self.is_jsonata(visit) {
                return match &catcher.output {
                    Some(output) => {
                        self.changes_for_compiled(FieldContext::new(visit, Base::Input), output, steps, goal)
                    }
                    None => self.changes_for_error(visit, steps, goal),
                };
            }
            return self.changes_for_placed(&catcher.result_path, visit, steps, goal, &|rest, goal| {
                self.changes_for_base(at.visit, at.base, rest, goal)
            });
        }
        if self.is_jsonata(visit) {
            let output = match (&state.kind, visited.decided) {
                (StateKind::Choice(choice), Some(Some(rule))) => {
                    choice.rules.get(rule).and_then(|rule| rule.output.as_ref())
                }
                _ => state.data.output.as_ref(),
            };
            return match (output, &state.kind) {
                (Some(output), _) => {
                    self.changes_for_compiled(FieldContext::new(visit, Base::Input), output, steps, goal)
                }
                (None, StateKind::Task(_) | StateKind::Map(_) | StateKind::Parallel(_)) => {
                    self.changes_for_result(visit, steps, goal)
                }
                (None, _) => self.changes_for_input(visit, steps, goal),
            };
        }
        // `OutputPath` selects from what `ResultPath` has made.
        let mut selected = Steps::new();
        match &state.data.output_path {
            Select::All => {}
            Select::Path { path, .. } => {
                let (reference, function) = reference::from_path(path)?;
                if reference.root != Root::Base || function.is_some() {
                    return self.changes_for_path(FieldContext::new(visit, Base::Input), path, steps, goal);
                }
                selected = reference.steps;
            }
            Select::Empty | Select::Invalid(_) => return None,
        }
        selected.extend_from_slice(steps);
        match &state.kind {
            StateKind::Choice(_) | StateKind::Wait(_) | StateKind::Succeed | StateKind::Fail(_) => {
                self.changes_for_base(visit, Base::Effective, &selected, goal)
            }
            _ => self.changes_for_placed(&state.data.result_path, visit, &selected, goal, &|rest, goal| {
                match &state.data.result_selector {
                    Some(selector) => self.changes_for_compiled(
                        FieldContext::new(visit, Base::Result),
                        selector,
                        rest,
                        goal,
                    ),
                    None => self.changes_for_result(visit, rest, goal),
                }
            }),
        }
    }

    /// The changes for a goal for a value in the payload that a `ResultPath` has composed of the input and a result.
    fn changes_for_placed(
        &self,
        placement: &Placement,
        visit: usize,
        steps: &[Step],
        goal: &Goal,
        of_result: &dyn Fn(&[Step], &Goal) -> Changes,
    ) -> Changes {
        match placement {
            Placement::Replace => of_result(steps, goal),
            Placement::Discard => self.changes_for_input(visit, steps, goal),
            Placement::Invalid(_) => None,
            Placement::Put(path) => {
                let (place, _) = reference::from_path(path.path())?;
                if let Some(rest) = steps.strip_prefix(place.steps.as_slice()) {
                    return of_result(rest, goal);
                }
                if let Some(inner) = place.steps.strip_prefix(steps) {
                    // The goal contains the place of the result.
                    let wanted = goal.as_ref()?;
                    let mut changes = of_result(&[], &Some(get(wanted, inner)?))?;
                    changes.extend(self.changes_for_input(visit, steps, goal)?);
                    return Some(changes);
                }
                self.changes_for_input(visit, steps, goal)
            }
        }
    }

    /// The changes for a goal for the raw result of a state.
    fn changes_for_result(&self, visit: usize, steps: &[Step], goal: &Goal) -> Changes {
        let visited = &self.trace.visits[visit];
        let state = self.state(visit);
        match &state.kind {
            StateKind::Task(_) => {
                let call = visited.calls.last()?;
                change(Source::Result(Rc::clone(&state.name), call.attempt), steps, goal)
            }
            StateKind::Pass(Some(result)) if !self.is_jsonata(visit) => constant(result, steps, goal),
            StateKind::Parallel(_) | StateKind::Map(_) => match steps.split_first() {
                Some((Step::Index(index), rest)) => {
                    let inner = *visited.inner.get(index)?;
                    self.changes_for_output(inner, rest, goal)
                }
                // JSONata looks into the items of an array.
                Some((Step::Key(_), _)) if self.is_jsonata(visit) => {
                    let inner = *visited.inner.values().next()?;
                    self.changes_for_output(inner, steps, goal)
                }
                // Another number of results needs another number of items.
                None if matches!(state.kind, StateKind::Map(_)) => {
                    let length = goal.as_ref()?.as_array()?.len();
                    let items = self.items(visit);
                    self.changes_for_items(visit, &[], &Some(resized(items.as_ref(), length)))
                }
                _ => None,
            },
            _ => self.changes_for_arguments(visit, steps, goal),
        }
    }

    /// The changes for a goal for the error output of a state.
    fn changes_for_error(&self, visit: usize, steps: &[Step], goal: &Goal) -> Changes {
        if let Some(call) = self.trace.visits[visit].calls.last() {
            let state = Rc::clone(&self.state(visit).name);
            return change(Source::Error(state, call.attempt), steps, goal);
        }
        // The error of a task inside.
        let error = &self.trace.visits[visit].failure.as_ref()?.error;
        let inside = (visit + 1..self.trace.visits.len()).rev().find(|inner| {
            let visited = &self.trace.visits[*inner];
            !visited.calls.is_empty()
                && visited
                    .failure
                    .as_ref()
                    .is_some_and(|failure| failure.error == *error)
                && self.trace.is_inside(*inner, visit)
        })?;
        self.changes_for_error(inside, steps, goal)
    }

    fn changes_for_variable(&self, visit: usize, name: &str, steps: &[Step], goal: &Goal) -> Changes {
        let (assigner, _) = self.assigner(visit, name)?;
        let state = self.state(assigner);
        let visited = &self.trace.visits[assigner];
        let mut inner = vec![Step::Key(name.into())];
        inner.extend_from_slice(steps);
        let (assign, base) = if let Some(catcher) = visited.caught.and_then(|c| state.catch.get(c)) {
            (catcher.assign.as_ref(), Base::Error)
        } else {
            match (&state.kind, visited.decided) {
                (StateKind::Choice(choice), Some(Some(rule))) => {
                    (choice.rules.get(rule)?.assign.as_ref(), Base::Effective)
                }
                (StateKind::Choice(_) | StateKind::Wait(_) | StateKind::Succeed, _) => {
                    (state.data.assign.as_ref(), Base::Effective)
                }
                _ => (state.data.assign.as_ref(), Base::Result),
            }
        };
        self.changes_for_compiled(FieldContext::new(assigner, base), assign?, &inner, goal)
    }

    pub(super) fn changes_for_compiled(
        &self,
        at: FieldContext,
        compiled: &Compiled,
        steps: &[Step],
        goal: &Goal,
    ) -> Changes {
        self.changes_for_template(at, compiled.template.as_ref().ok()?, steps, goal)
    }

    fn changes_for_template(
        &self,
        at: FieldContext,
        template: &Template,
        steps: &[Step],
        goal: &Goal,
    ) -> Changes {
        match template {
            Template::Literal(value) => constant(value, steps, goal),
            Template::Path(field) => self.changes_for_path(at, &field.expression, steps, goal),
            Template::Intrinsic(field) => self.changes_for_call(at, &field.expression, steps, goal),
            Template::Jsonata(field) => self.changes_for_jsonata(at, &field.expression, steps, goal),
            Template::Object(members) => match steps.split_first() {
                Some((Step::Key(key), rest)) => match members.get(key) {
                    Some(member) => self.changes_for_template(at, member, rest, goal),
                    None => goal.is_none().then(Vec::new),
                },
                Some(_) => None,
                None => {
                    let wanted = goal.as_ref()?.as_object()?;
                    let mut changes = Vec::new();
                    for (name, member) in members {
                        changes.extend(self.changes_for_template(
                            at,
                            member,
                            &[],
                            &wanted.get(name).cloned(),
                        )?);
                    }
                    Some(changes)
                }
            },
            Template::Array(items) => match steps.split_first() {
                Some((Step::Index(index), rest)) => {
                    self.changes_for_template(at, items.get(*index)?, rest, goal)
                }
                Some(_) => None,
                None => {
                    let wanted = goal.as_ref()?.as_array()?;
                    if wanted.len() != items.len() {
                        return None;
                    }
                    let mut changes = Vec::new();
                    for (item, wanted) in items.iter().zip(wanted) {
                        changes.extend(self.changes_for_template(at, item, &[], &Some(wanted.clone()))?);
                    }
                    Some(changes)
                }
            },
        }
    }
}
