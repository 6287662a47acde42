//! The files of a folder, and the names that they define.

use super::json;
use crate::document::Node;
use std::collections::HashMap;
use std::rc::Rc;

/// The expressions and blocks that define names such as `local.x`.
pub(super) type Names = HashMap<String, Rc<Node>>;

/// The Terraform files of a folder.
pub(super) struct Folder {
    pub(super) roots: Vec<Rc<Node>>,
    pub(super) names: Rc<Names>,
}

impl Folder {
    pub(super) fn new(roots: Vec<Rc<Node>>) -> Self {
        let names = Rc::new(index(&roots));
        Self { roots, names }
    }
}

/// The names that files define; of duplicates, the first counts.
fn index(roots: &[Rc<Node>]) -> Names {
    let mut names = HashMap::new();
    for root in roots {
        for block in json::members(root) {
            let prefix = match block.key.as_str() {
                "locals" => "local",
                "variable" => "var",
                "module" => "module",
                "output" => "output",
                "data" => "data",
                "resource" => "",
                _ => continue,
            };
            for member in json::members(&block.value) {
                let kind = member.key.as_str();
                if !matches!(prefix, "data" | "") {
                    add(&mut names, format!("{prefix}.{kind}"), &member.value);
                } else if matches!(kind, "template_file" | "local_file") {
                    for named in json::members(&member.value) {
                        let name = format!("{kind}.{}", named.key.as_str());
                        let name = if prefix.is_empty() {
                            name
                        } else {
                            format!("data.{name}")
                        };
                        add(&mut names, name, &named.value);
                    }
                }
            }
        }
    }
    names
}

fn add(names: &mut Names, name: String, value: &Node) {
    names.entry(name).or_insert_with(|| Rc::new(value.clone()));
}
