//! The names of a module: locals, variables, data sources, module calls, and outputs.

use super::evaluator::Variables;
use super::folder::{Folder, Names};
use super::sources::Sources;
use crate::document::Node;
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

/// A value, and what it depends on.
#[derive(Clone)]
pub(super) struct Known {
    pub(super) value: Rc<Node>,
    /// The variables that a user may set, and on whose defaults it depends.
    pub(super) defaults: Rc<Variables>,
}

impl Known {
    pub(super) fn new(value: Node, defaults: Variables) -> Self {
        Self {
            value: Rc::new(value),
            defaults: Rc::new(defaults),
        }
    }
}

/// The state of a name that was looked up.
#[derive(Clone)]
pub(super) enum Memo {
    InProgress,
    Done(Known),
}

/// A module of Terraform: the files of a folder, with the arguments of a call.
pub(super) struct Module {
    /// Its folder relative to that of the checked file; `.` for the module of the checked file.
    pub(super) folder: String,
    /// The values of its variables; `None` for the module of the checked file, and for a module without its call.
    pub(super) arguments: Option<HashMap<String, Known>>,
    is_main: bool,
    /// The names in the files that are known from the start.
    own: Rc<Names>,
    /// The names in the other files of the checked file's folder, which are read when they are needed.
    others: OnceCell<Names>,
    pub(super) memo: RefCell<HashMap<String, Memo>>,
}

impl Module {
    /// The module of the checked file.
    pub(super) fn main(root: &Rc<Node>) -> Self {
        let folder = Folder::new(vec![Rc::clone(root)]);
        Self::new(".".to_owned(), folder.names, None, true)
    }

    /// A module in another folder.
    pub(super) fn called(path: String, folder: &Folder, arguments: Option<HashMap<String, Known>>) -> Self {
        Self::new(path, Rc::clone(&folder.names), arguments, false)
    }

    fn new(folder: String, own: Rc<Names>, arguments: Option<HashMap<String, Known>>, is_main: bool) -> Self {
        Self {
            folder,
            own,
            arguments,
            is_main,
            others: OnceCell::new(),
            memo: RefCell::default(),
        }
    }

    /// The expression or the block that defines a name such as `local.x`, `var.x`, `data.template_file.x`, or `module.x`.
    pub(super) fn get(&self, name: &str, sources: &Sources<'_>) -> Option<Rc<Node>> {
        if let Some(found) = self.own.get(name) {
            return Some(Rc::clone(found));
        }
        if !self.is_main {
            return None;
        }
        let others = self.others.get_or_init(|| {
            let mut names: Names = (*sources.folder(".").names).clone();
            for file in sources.variable_values() {
                for member in file.as_object().unwrap_or_default() {
                    names.insert(
                        format!("tfvars.{}", member.key.as_str()),
                        Rc::new(member.value.clone()),
                    );
                }
            }
            names
        });
        others.get(name).map(Rc::clone)
    }
}
