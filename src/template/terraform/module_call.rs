//! Calls of modules: the state machines whose definitions come from the call.

use super::definition::Candidate;
use super::evaluator::Evaluator;
use super::instances::{Item, items_of};
use super::module::Module;
use super::names::META_ARGUMENTS;
use super::scope::Scope;
use super::value::{items, known_text};
use crate::document::{Member, Node};
use crate::template::machine::looks_like_definition;

/// The maximum number of calls within calls.
const MAX_CALLS: usize = 8;

/// How deep definitions are looked for in an argument.
const MAX_NESTING: usize = 3;

/// State machines by their names.
type Found = Vec<(String, Vec<Candidate>)>;

impl Evaluator<'_> {
    /// The state machines of a call.
    pub(super) fn machines_of_call(&self, call: &Member, scope: Scope<'_>) -> Found {
        let found = self.machines_of_instance(call, scope, 0);
        if !found.is_empty() && found.iter().all(|(_, candidates)| candidates.len() == 1) {
            return found;
        }
        let mut all = Vec::new();
        for (key, names) in self.each(&call.value, scope).unwrap_or_default() {
            let bindings = scope.bind(&names);
            let instance = self.machines_of_instance(call, scope.within(&bindings), 0);
            all.extend(
                instance
                    .into_iter()
                    .map(|(name, candidates)| (format!("{name}[{key}]"), candidates)),
            );
        }
        if all.is_empty() { found } else { all }
    }

    fn machines_of_instance(&self, call: &Member, scope: Scope<'_>, depth: usize) -> Found {
        let mut found = self
            .machines_in_module(&call.value, scope, depth)
            .unwrap_or_default();
        if found.is_empty() {
            found = self.definitions_in_arguments(&call.value, scope);
        }
        let is_only = found.len() == 1;
        for (name, _) in &mut found {
            *name = if is_only || name.is_empty() {
                call.key.to_string()
            } else {
                format!("{}.{name}", call.key.as_str())
            };
        }
        found
    }

    /// The state machines in a local module whose definitions depend on the arguments of the call. The others are those
    /// of the module's own file.
    fn machines_in_module(&self, block: &Node, scope: Scope<'_>, depth: usize) -> Option<Found> {
        let (path, folder) = self.folder_of(block, scope.module?)?;
        let items: Vec<Item<'_>> = folder.roots.iter().flat_map(|root| items_of(root)).collect();
        if items.is_empty() || depth == MAX_CALLS || !self.sources.budget.take(1 << 10) {
            return None;
        }
        let called = self.called(block, scope)?;
        let alone = Module::called(path, &folder, None);
        let without_call = Evaluator::new(self.sources, &self.owner);
        let mut found = Vec::new();
        for item in items {
            let (mut with, without) = match item {
                Item::Resource {
                    name,
                    body,
                    definition: Some(definition),
                } => {
                    let without = without_call.instances(body, definition, Scope::new(&alone));
                    let with = self.instances(body, definition, Scope::new(&called));
                    let named = |(key, candidates): (Option<String>, Vec<Candidate>)| {
                        let key = key.map(|key| format!("[{key}]")).unwrap_or_default();
                        (format!("{}{key}", name.key.as_str()), candidates)
                    };
                    let named = |found: Vec<_>| found.into_iter().map(named).collect::<Found>();
                    (named(with), named(without))
                }
                Item::Resource { .. } | Item::Stack(_) => continue,
                Item::Call(call) => (
                    self.machines_of_instance(call, Scope::new(&called), depth + 1),
                    without_call.machines_of_instance(call, Scope::new(&alone), depth + 1),
                ),
            };
            let own: Vec<&Candidate> = without.iter().flat_map(|(_, candidates)| candidates).collect();
            for (_, candidates) in &mut with {
                candidates.retain(|candidate| !own.iter().any(|own| own.is_same(candidate)));
            }
            with.retain(|(_, candidates)| !candidates.is_empty());
            found.append(&mut with);
        }
        Some(found)
    }

    /// The definitions in the arguments of a call, with their keys if they are inside of an argument.
    fn definitions_in_arguments(&self, block: &Node, scope: Scope<'_>) -> Found {
        let mut found = Vec::new();
        let value;
        let block = if block.as_tagged().is_some() {
            value = self.evaluate(block, scope);
            &value
        } else {
            block
        };
        for argument in block.as_object().unwrap_or_default() {
            if META_ARGUMENTS.contains(&argument.key.as_str()) {
                continue;
            }
            let before = self.issues.borrow().len();
            let count = found.len();
            let value = self.evaluate(&argument.value, scope);
            self.definitions_in(&value, "", 0, &mut found);
            if found.len() == count {
                self.issues.borrow_mut().truncate(before);
            }
        }
        found
    }

    fn definitions_in(&self, value: &Node, name: &str, depth: usize, found: &mut Found) {
        let mut candidates = Vec::new();
        self.candidates(value, &mut candidates);
        candidates.retain(|found| found.document.roots.iter().any(looks_like_definition));
        if !candidates.is_empty() {
            found.push((name.to_owned(), candidates));
        } else if depth < MAX_NESTING {
            for (key, item) in items(value).unwrap_or_default() {
                let key = known_text(&key).unwrap_or_default();
                let name = match (name, &*key) {
                    // The key of the definition itself does not distinguish instances.
                    ("", key) => key.to_owned(),
                    (name, "definition") => name.to_owned(),
                    (name, key) => format!("{name}.{key}"),
                };
                self.definitions_in(item, &name, depth + 1, found);
            }
        }
    }
}
