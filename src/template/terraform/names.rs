//! The values of names: variables, locals, data sources, and outputs of modules.

use super::evaluator::Evaluator;
use super::folder::Folder;
use super::module::{Known, Memo, Module};
use super::scope::Scope;
use super::sources::Sources;
use super::{function, value};
use crate::document::Node;
use std::collections::HashMap;
use std::rc::Rc;

/// The arguments of a module call that are not variables of the module.
pub(super) const META_ARGUMENTS: [&str; 6] = [
    "count",
    "depends_on",
    "for_each",
    "providers",
    "source",
    "version",
];

impl Evaluator<'_> {
    /// The value of a path of names that a module defines; `None` if it is something else.
    pub(super) fn named(&self, path: &[&str], node: &Node, scope: Scope<'_>) -> Option<Node> {
        let module = scope.module?;
        match path {
            ["var" | "local", name] => Some(self.look_up(path[0], name, node, module)),
            ["path", "module"] => Some(value::text(&module.folder, node.span)),
            ["path", "root" | "cwd"] => Some(value::text(".", node.span)),
            ["data", "template_file", name, "rendered"] => {
                let block = module.get(&format!("data.template_file.{name}"), self.sources)?;
                self.rendered(&block, scope)
            }
            ["data", "local_file", name, "content"] => {
                let block = module.get(&format!("data.local_file.{name}"), self.sources)?;
                let path = self.evaluate(block.get("filename")?, Scope::new(module));
                function::file(self, &path)
            }
            ["local_file", name, "content"] => {
                let block = module.get(&format!("local_file.{name}"), self.sources)?;
                Some(self.evaluate(block.get("content")?, Scope::new(module)))
            }
            ["module", call, output] => {
                let block = module.get(&format!("module.{call}"), self.sources)?;
                let child = self.called(&block, Scope::new(module))?;
                let output = child.get(&format!("output.{output}"), self.sources)?;
                Some(self.evaluate(output.get("value")?, Scope::new(&child)))
            }
            _ => None,
        }
    }

    fn look_up(&self, kind: &str, name: &str, node: &Node, module: &Module) -> Node {
        let name = format!("{kind}.{name}");
        let known = module.memo.borrow().get(&name).cloned();
        let known = match known {
            Some(Memo::InProgress) => {
                let message = format!("`{name}` references itself");
                self.report(Sources::unreadable(node.span, message));
                return value::unknown(node.span);
            }
            Some(Memo::Done(known)) => known,
            None => {
                module.memo.borrow_mut().insert(name.clone(), Memo::InProgress);
                // The value is the same everywhere, so it does not depend on the current iterations.
                let fixed = self.fixed.take();
                let (found, defaults) = self.with_defaults(|| self.definition_of(&name, node, module));
                self.fixed.replace(fixed);
                let known = Known::new(found, defaults);
                module
                    .memo
                    .borrow_mut()
                    .insert(name.clone(), Memo::Done(known.clone()));
                known
            }
        };
        self.defaults.borrow_mut().extend(known.defaults.iter().cloned());
        // An unknown value has the location of the name.
        if known.value.is_unknown()
            && value::alternatives(&known.value).is_none()
            && value::decoded(&known.value).is_none()
        {
            return value::unknown(node.span);
        }
        self.sources.budget.copy(&known.value)
    }

    fn definition_of(&self, name: &str, node: &Node, module: &Module) -> Node {
        let nothing = || value::unknown(node.span);
        let Some(variable) = name.strip_prefix("var.") else {
            return match module.get(name, self.sources) {
                Some(local) => self.evaluate(&local, Scope::new(module)),
                None => nothing(),
            };
        };
        if let Some(arguments) = &module.arguments
            && let Some(argument) = arguments.get(variable)
        {
            self.defaults
                .borrow_mut()
                .extend(argument.defaults.iter().cloned());
            return (*argument.value).clone();
        }
        if let Some(written) = module.get(&format!("tfvars.{variable}"), self.sources) {
            self.defaults.borrow_mut().insert(variable.to_owned());
            return self.evaluate(&written, Scope::new(module));
        }
        let declared = module.get(name, self.sources);
        let Some(default) = declared.as_ref().and_then(|block| block.get("default")) else {
            return nothing();
        };
        if module.arguments.is_none() {
            self.defaults.borrow_mut().insert(variable.to_owned());
        }
        self.evaluate(default, Scope::new(module))
    }

    /// The module of a call with a local path, with its arguments.
    pub(super) fn called(&self, block: &Node, scope: Scope<'_>) -> Option<Module> {
        let (path, folder) = self.folder_of(block, scope.module?)?;
        let mut arguments = HashMap::new();
        for member in block.as_object().unwrap_or_default() {
            if META_ARGUMENTS.contains(&member.key.as_str()) {
                continue;
            }
            let (value, defaults) = self.with_defaults(|| self.evaluate(&member.value, scope));
            arguments.insert(member.key.to_string(), Known::new(value, defaults));
        }
        Some(Module::called(path, &folder, Some(arguments)))
    }

    /// The folder of a call with a local path, and its files.
    pub(super) fn folder_of(&self, block: &Node, module: &Module) -> Option<(String, Rc<Folder>)> {
        let source = block.get("source")?.as_str()?;
        if !(source.starts_with("./") || source.starts_with("../")) {
            return None;
        }
        let folder = function::plain_path(&format!("{}/{source}", module.folder));
        if folder == module.folder {
            return None;
        }
        let found = self.sources.folder(&folder);
        (!found.roots.is_empty()).then_some((folder, found))
    }

    /// The rendered result of a `template_file`.
    fn rendered(&self, block: &Node, scope: Scope<'_>) -> Option<Node> {
        let scope = Scope::new(scope.module?);
        let template = self.evaluate(block.get("template")?, scope);
        let variables = block.get("vars").map(|vars| self.evaluate(vars, scope));
        self.each_alternative(&template, block.span, &|template| {
            function::render(self, template, variables.as_ref())
        })
    }
}

/// The names of a path such as `local.a`. Indexes of data sources and modules are left out: all instances are alike.
pub(super) fn path_of(node: &Node) -> Option<Vec<&str>> {
    let tagged = node.as_tagged()?;
    match (tagged.tag.as_str(), tagged.value.as_array()?) {
        ("$", [name]) => Some(vec![name.as_str()?]),
        (".", [object, name]) => {
            let mut path = path_of(object)?;
            path.push(name.as_str()?);
            Some(path)
        }
        ("[]", [collection, _]) => path_of(collection)
            .filter(|path| matches!(path.first(), Some(&("data" | "module" | "local_file")))),
        _ => None,
    }
}
