//! Wishes for values, followed backward through the data flow of states.

use super::lookup::Lookup;
use super::origin::{At, Base, Changes, Origins, Wish, change, constant};
use super::path::{Step, Steps, get, resized};
use super::reference::{self, Reference, Root};
use super::script::Source;
use super::trace::From;
use crate::expr::jsonpath::Path;
use crate::expr::payload::Template;
use crate::simulate::plan::{Compiled, Placement, Select, Setting, StepKind};
use std::rc::Rc;

impl Origins<'_> {
    /// Follows a wish for the value of a reference in a field.
    pub(super) fn wish(&self, at: At, reference: &Reference, wish: &Wish) -> Changes {
        let steps = &reference.steps;
        match &reference.root {
            Root::Base => self.wish_base(at.visit, at.base, steps, wish),
            Root::Input => self.wish_base(at.visit, Base::Input, steps, wish),
            Root::Result => self.wish_base(at.visit, Base::Result, steps, wish),
            Root::Error => self.wish_base(at.visit, Base::Error, steps, wish),
            Root::Variable(name) => self.wish_variable(at.visit, name, steps, wish),
            Root::Context => match steps.as_slice() {
                [Step::Key(a), Step::Key(b), rest @ ..] if &**a == "Execution" && &**b == "Input" => {
                    change(Source::Input, rest, wish)
                }
                [Step::Key(a), Step::Key(b), Step::Key(c), rest @ ..]
                    if &**a == "Map" && &**b == "Item" && &**c == "Value" =>
                {
                    let (map, index) = self.map_item(at)?;
                    self.wish_item(map, index, rest, wish)
                }
                _ => None,
            },
        }
    }

    /// Follows a wish for the value of a path, and of steps into that value.
    pub(super) fn wish_path(&self, at: At, path: &Path, steps: &[Step], wish: &Wish) -> Changes {
        let (mut reference, function) = reference::from_path(path)?;
        if let Some(function) = function {
            if !matches!(&*function, "length" | "size") || !steps.is_empty() {
                return None;
            }
            let length = usize::try_from(wish.as_ref()?.as_number()?.as_i64()?).ok()?;
            let now = match self.look(at, &reference) {
                Lookup::Found(value) => Some(value),
                _ => None,
            };
            return self.wish(at, &reference, &Some(resized(now.as_ref(), length)));
        }
        if path.is_definite() {
            reference.steps.extend_from_slice(steps);
            return self.wish(at, &reference, wish);
        }
        // The value is a list of what is selected, whose first item is wished.
        let (rest, first) = match steps.split_first() {
            Some((Step::Index(0), rest)) => (rest, wish.clone()),
            None => (steps, Some(wish.as_ref()?.item(0)?.clone())),
            Some(_) => return None,
        };
        reference.steps.extend_from_slice(rest);
        let mut changes = self.wish(at, &reference, &first)?;
        for (steps, value) in reference::filtered(path) {
            let root = reference.root.clone();
            changes.extend(self.wish(at, &Reference { root, steps }, &Some(value))?);
        }
        Some(changes)
    }

    fn wish_base(&self, visit: usize, base: Base, steps: &[Step], wish: &Wish) -> Changes {
        match base {
            Base::Input => self.wish_input(visit, steps, wish),
            Base::Effective => match &self.state(visit).data.input {
                _ if self.is_jsonata(visit) => self.wish_input(visit, steps, wish),
                Select::All => self.wish_input(visit, steps, wish),
                Select::Empty | Select::Invalid(_) => None,
                Select::Path { path, .. } => self.wish_path(At::new(visit, Base::Input), path, steps, wish),
            },
            Base::Result => self.wish_result(visit, steps, wish),
            Base::Error => self.wish_error(visit, steps, wish),
        }
    }

    fn wish_input(&self, visit: usize, steps: &[Step], wish: &Wish) -> Changes {
        match self.trace.visits[visit].from {
            From::Start => change(Source::Input, steps, wish),
            From::After(before) => self.wish_output(before, steps, wish),
            From::Inside(outer, index) => match &self.state(outer).kind {
                StepKind::Map(map) => match &map.item_selector {
                    Some(selector) => {
                        let at = At {
                            item: Some(index),
                            ..At::new(outer, Base::Effective)
                        };
                        self.wish_compiled(at, selector, steps, wish)
                    }
                    None => self.wish_batched(outer, index, steps, wish),
                },
                _ => self.wish_arguments(outer, steps, wish),
            },
        }
    }

    /// A wish for the input of a child workflow, which is an item or a batch of them.
    fn wish_batched(&self, map: usize, index: usize, steps: &[Step], wish: &Wish) -> Changes {
        let batcher = self
            .state(map)
            .distributed_map()
            .and_then(|(_, d)| d.batcher.as_ref());
        let Some(batcher) = batcher else {
            return self.wish_item(map, index, steps, wish);
        };
        match steps {
            [Step::Key(key), Step::Index(item), rest @ ..] if &**key == "Items" => {
                let size = match &batcher.max_items {
                    Some(Setting::Literal(size)) => size.as_number().and_then(crate::value::Number::as_i64),
                    _ => None,
                };
                let size = size.and_then(|size| usize::try_from(size).ok()).unwrap_or(1);
                self.wish_item(map, index * size + item, rest, wish)
            }
            [Step::Key(key), rest @ ..] if &**key == "BatchInput" => {
                let at = At::new(map, Base::Effective);
                self.wish_compiled(at, batcher.input.as_ref()?, rest, wish)
            }
            _ => None,
        }
    }

    /// A wish for an item of a Map.
    fn wish_item(&self, map: usize, index: usize, steps: &[Step], wish: &Wish) -> Changes {
        if self.has_reader(map) {
            return change(Source::Item(self.trace.visits[map].state, index), steps, wish);
        }
        let mut steps = steps.to_vec();
        steps.insert(0, Step::Index(index));
        self.wish_items(map, &steps, wish)
    }

    fn has_reader(&self, map: usize) -> bool {
        self.state(map)
            .distributed_map()
            .is_some_and(|(_, d)| d.reader.is_some())
    }

    /// A wish for the items of a Map.
    pub(super) fn wish_items(&self, map: usize, steps: &[Step], wish: &Wish) -> Changes {
        if self.has_reader(map) && steps.is_empty() {
            return change(Source::Items(self.trace.visits[map].state), &[], wish);
        }
        let StepKind::Map(kind) = &self.state(map).kind else {
            return None;
        };
        let at = At::new(map, Base::Effective);
        match (&kind.items, &kind.items_path) {
            (Some(items), _) => self.wish_compiled(at, items, steps, wish),
            (None, Some(Setting::Path { path, .. })) => self.wish_path(at, path, steps, wish),
            (None, Some(Setting::Call { call, .. })) => self.wish_call(at, call, steps, wish),
            (None, Some(_)) => None,
            (None, None) => self.wish_base(map, Base::Effective, steps, wish),
        }
    }

    /// A wish for the arguments of a state.
    pub(super) fn wish_arguments(&self, visit: usize, steps: &[Step], wish: &Wish) -> Changes {
        let at = At::new(visit, Base::Effective);
        match &self.state(visit).data.arguments {
            Some(arguments) => self.wish_compiled(at, arguments, steps, wish),
            None => self.wish_base(visit, Base::Effective, steps, wish),
        }
    }

    fn wish_output(&self, visit: usize, steps: &[Step], wish: &Wish) -> Changes {
        let state = self.state(visit);
        let visited = &self.trace.visits[visit];
        if let Some(catcher) = visited.caught.and_then(|catcher| state.catch.get(catcher)) {
            let at = At::new(visit, Base::Error);
            if self.is_jsonata(visit) {
                return match &catcher.output {
                    Some(output) => self.wish_compiled(At::new(visit, Base::Input), output, steps, wish),
                    None => self.wish_error(visit, steps, wish),
                };
            }
            return self.wish_placed(&catcher.result, visit, steps, wish, &|rest, wish| {
                self.wish_base(at.visit, at.base, rest, wish)
            });
        }
        if self.is_jsonata(visit) {
            let output = match (&state.kind, visited.decided) {
                (StepKind::Choice(choice), Some(Some(rule))) => {
                    choice.rules.get(rule).and_then(|rule| rule.output.as_ref())
                }
                _ => state.data.output.as_ref(),
            };
            return match (output, &state.kind) {
                (Some(output), _) => self.wish_compiled(At::new(visit, Base::Input), output, steps, wish),
                (None, StepKind::Task(_) | StepKind::Map(_) | StepKind::Parallel(_)) => {
                    self.wish_result(visit, steps, wish)
                }
                (None, _) => self.wish_input(visit, steps, wish),
            };
        }
        // `OutputPath` selects from what `ResultPath` has made.
        let mut selected = Steps::new();
        match &state.data.output_path {
            Select::All => {}
            Select::Path { path, .. } => {
                let (reference, function) = reference::from_path(path)?;
                if reference.root != Root::Base || function.is_some() {
                    return self.wish_path(At::new(visit, Base::Input), path, steps, wish);
                }
                selected = reference.steps;
            }
            Select::Empty | Select::Invalid(_) => return None,
        }
        selected.extend_from_slice(steps);
        match &state.kind {
            StepKind::Choice(_) | StepKind::Wait(_) | StepKind::Succeed | StepKind::Fail(_) => {
                self.wish_base(visit, Base::Effective, &selected, wish)
            }
            _ => self.wish_placed(
                &state.data.result,
                visit,
                &selected,
                wish,
                &|rest, wish| match &state.data.result_selector {
                    Some(selector) => self.wish_compiled(At::new(visit, Base::Result), selector, rest, wish),
                    None => self.wish_result(visit, rest, wish),
                },
            ),
        }
    }

    /// A wish for a value in the payload that a `ResultPath` has composed of the input and a result.
    fn wish_placed(
        &self,
        placement: &Placement,
        visit: usize,
        steps: &[Step],
        wish: &Wish,
        of_result: &dyn Fn(&[Step], &Wish) -> Changes,
    ) -> Changes {
        match placement {
            Placement::Replace => of_result(steps, wish),
            Placement::Discard => self.wish_input(visit, steps, wish),
            Placement::Invalid(_) => None,
            Placement::Put(path) => {
                let (place, _) = reference::from_path(path.path())?;
                if let Some(rest) = steps.strip_prefix(place.steps.as_slice()) {
                    return of_result(rest, wish);
                }
                if let Some(inner) = place.steps.strip_prefix(steps) {
                    // The wished value contains the place of the result.
                    let wished = wish.as_ref()?;
                    let mut changes = of_result(&[], &Some(get(wished, inner)?))?;
                    changes.extend(self.wish_input(visit, steps, wish)?);
                    return Some(changes);
                }
                self.wish_input(visit, steps, wish)
            }
        }
    }

    /// A wish for the raw result of a state.
    fn wish_result(&self, visit: usize, steps: &[Step], wish: &Wish) -> Changes {
        let visited = &self.trace.visits[visit];
        let state = self.state(visit);
        match &state.kind {
            StepKind::Task(_) => {
                let call = visited.calls.last()?;
                change(Source::Result(Rc::clone(&state.name), call.attempt), steps, wish)
            }
            StepKind::Pass(Some(result)) if !self.is_jsonata(visit) => constant(result, steps, wish),
            StepKind::Parallel(_) | StepKind::Map(_) => match steps.split_first() {
                Some((Step::Index(index), rest)) => {
                    let inner = *visited.inner.get(index)?;
                    self.wish_output(inner, rest, wish)
                }
                // JSONata looks into the items of an array.
                Some((Step::Key(_), _)) if self.is_jsonata(visit) => {
                    let inner = *visited.inner.values().next()?;
                    self.wish_output(inner, steps, wish)
                }
                // Another number of results needs another number of items.
                None if matches!(state.kind, StepKind::Map(_)) => {
                    let length = wish.as_ref()?.as_array()?.len();
                    let items = self.items(visit);
                    self.wish_items(visit, &[], &Some(resized(items.as_ref(), length)))
                }
                _ => None,
            },
            _ => self.wish_arguments(visit, steps, wish),
        }
    }

    /// A wish for the error output of a state.
    fn wish_error(&self, visit: usize, steps: &[Step], wish: &Wish) -> Changes {
        if let Some(call) = self.trace.visits[visit].calls.last() {
            let state = Rc::clone(&self.state(visit).name);
            return change(Source::Error(state, call.attempt), steps, wish);
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
        self.wish_error(inside, steps, wish)
    }

    fn wish_variable(&self, visit: usize, name: &str, steps: &[Step], wish: &Wish) -> Changes {
        let (assigner, _) = self.assigner(visit, name)?;
        let state = self.state(assigner);
        let visited = &self.trace.visits[assigner];
        let mut inner = vec![Step::Key(name.into())];
        inner.extend_from_slice(steps);
        let (assign, base) = if let Some(catcher) = visited.caught.and_then(|c| state.catch.get(c)) {
            (catcher.assign.as_ref(), Base::Error)
        } else {
            match (&state.kind, visited.decided) {
                (StepKind::Choice(choice), Some(Some(rule))) => {
                    (choice.rules.get(rule)?.assign.as_ref(), Base::Effective)
                }
                (StepKind::Choice(_) | StepKind::Wait(_) | StepKind::Succeed, _) => {
                    (state.data.assign.as_ref(), Base::Effective)
                }
                _ => (state.data.assign.as_ref(), Base::Result),
            }
        };
        self.wish_compiled(At::new(assigner, base), assign?, &inner, wish)
    }

    pub(super) fn wish_compiled(&self, at: At, compiled: &Compiled, steps: &[Step], wish: &Wish) -> Changes {
        self.wish_template(at, compiled.template.as_ref().ok()?, steps, wish)
    }

    fn wish_template(&self, at: At, template: &Template, steps: &[Step], wish: &Wish) -> Changes {
        match template {
            Template::Literal(value) => constant(value, steps, wish),
            Template::Path(field) => self.wish_path(at, &field.expression, steps, wish),
            Template::Intrinsic(field) => self.wish_call(at, &field.expression, steps, wish),
            Template::Jsonata(field) => self.wish_jsonata(at, &field.expression, steps, wish),
            Template::Object(members) => match steps.split_first() {
                Some((Step::Key(key), rest)) => match members.iter().find(|(name, _)| name == key) {
                    Some((_, member)) => self.wish_template(at, member, rest, wish),
                    None => wish.is_none().then(Vec::new),
                },
                Some(_) => None,
                None => {
                    let wished = wish.as_ref()?.as_object()?;
                    let mut changes = Vec::new();
                    for (name, member) in members {
                        changes.extend(self.wish_template(at, member, &[], &wished.get(name).cloned())?);
                    }
                    Some(changes)
                }
            },
            Template::Array(items) => match steps.split_first() {
                Some((Step::Index(index), rest)) => self.wish_template(at, items.get(*index)?, rest, wish),
                Some(_) => None,
                None => {
                    let wished = wish.as_ref()?.as_array()?;
                    if wished.len() != items.len() {
                        return None;
                    }
                    let mut changes = Vec::new();
                    for (item, wished) in items.iter().zip(wished) {
                        changes.extend(self.wish_template(at, item, &[], &Some(wished.clone()))?);
                    }
                    Some(changes)
                }
            },
        }
    }
}
