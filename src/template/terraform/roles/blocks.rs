//! The blocks of a module that roles consist of, and which blocks name which roles.

use crate::document::{Member, Node};
use crate::template::terraform::instances::TYPES;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

/// The resource type of roles.
pub(super) const ROLE: &str = "aws_iam_role";

/// The maximum number of locals that a reference is followed through.
const MAX_STEPS: usize = 8;

/// The blocks about identities and policies, by type and name.
pub(super) struct Blocks {
    by_type: HashMap<String, Vec<(String, Node)>>,
    /// The roles that other blocks reference, except for state machines and blocks about identities.
    used: BTreeSet<String>,
    /// The roles that module calls reference.
    passed: BTreeSet<String>,
}

impl Blocks {
    pub(super) fn new(roots: &[Rc<Node>]) -> Self {
        let mut found = Self {
            by_type: HashMap::new(),
            used: BTreeSet::new(),
            passed: BTreeSet::new(),
        };
        for block in roots.iter().flat_map(|root| root.as_object().unwrap_or_default()) {
            let prefix = match block.key.as_str() {
                "resource" => "",
                "data" => "data.",
                "module" => {
                    found.passed.extend(mentioned(&block.value, ROLE, &|_| None));
                    continue;
                }
                _ => continue,
            };
            for kind in block.value.as_object().unwrap_or_default() {
                found.add(prefix, kind);
            }
        }
        found
    }

    fn add(&mut self, prefix: &str, kind: &Member) {
        let name = kind.key.as_str();
        if name.starts_with("aws_iam_") {
            let blocks = kind.value.as_object().unwrap_or_default().iter();
            let blocks = blocks.map(|member| (member.key.to_string(), body_of(&member.value).clone()));
            self.by_type
                .entry(format!("{prefix}{name}"))
                .or_default()
                .extend(blocks);
        } else if !TYPES.iter().any(|(machine, _)| *machine == name) {
            self.used.extend(mentioned(&kind.value, ROLE, &|_| None));
        }
    }

    /// The blocks of a type; of a data source as `data.type`.
    pub(super) fn of(&self, kind: &str) -> impl Iterator<Item = &Node> {
        self.by_type.get(kind).into_iter().flatten().map(|(_, body)| body)
    }

    /// A block.
    pub(super) fn get(&self, kind: &str, name: &str) -> Option<&Node> {
        let blocks = self.by_type.get(kind)?;
        blocks
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, body)| body)
    }

    /// Whether resources other than state machines use a role.
    pub(super) fn is_used_by_others(&self, role: &str) -> bool {
        self.used.contains(role)
    }

    /// Whether a module receives a role.
    pub(super) fn is_passed_to_module(&self, role: &str) -> bool {
        self.passed.contains(role)
    }
}

/// JSON permits an array of blocks.
fn body_of(node: &Node) -> &Node {
    node.as_array().and_then(<[Node]>::first).unwrap_or(node)
}

/// The names of a path such as `aws_iam_role.a[0].arn`, without its indexes.
pub(super) fn path_of(node: &Node) -> Option<Vec<&str>> {
    let tagged = node.as_tagged()?;
    match (tagged.tag.as_str(), tagged.value.as_array()?) {
        ("$", [name]) => Some(vec![name.as_str()?]),
        (".", [object, name]) => {
            let mut path = path_of(object)?;
            path.push(name.as_str()?);
            Some(path)
        }
        ("[]", [collection, _]) => path_of(collection),
        _ => None,
    }
}

/// The names of the resources of a type that an expression names, sorted. `local` finds the expression of `local.x`. Data
/// sources of the type count as `data.name`, so that they are told apart.
pub(super) fn mentioned(node: &Node, kind: &str, local: &dyn Fn(&str) -> Option<Rc<Node>>) -> Vec<String> {
    let mut names = BTreeSet::new();
    collect(node, kind, local, MAX_STEPS, &mut names);
    names.into_iter().collect()
}

fn collect(
    node: &Node,
    kind: &str,
    local: &dyn Fn(&str) -> Option<Rc<Node>>,
    steps: usize,
    names: &mut BTreeSet<String>,
) {
    if let Some(path) = path_of(node) {
        match path.as_slice() {
            [found, name, ..] if *found == kind => {
                names.insert((*name).to_owned());
            }
            ["data", found, name, ..] if *found == kind => {
                names.insert(format!("data.{name}"));
            }
            ["local", name, ..] if steps > 0 => {
                if let Some(expression) = local(&format!("local.{name}")) {
                    collect(&expression, kind, local, steps - 1, names);
                }
            }
            _ => {}
        }
        return;
    }
    if let Some(tagged) = node.as_tagged() {
        return collect(&tagged.value, kind, local, steps, names);
    }
    for item in node.as_array().unwrap_or_default() {
        collect(item, kind, local, steps, names);
    }
    for member in node.as_object().unwrap_or_default() {
        collect(&member.value, kind, local, steps, names);
    }
}
