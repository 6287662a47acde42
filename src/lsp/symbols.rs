//! The outline of a document: state machines, their states, and the states inside those.

use super::position::Encoding;
use super::snapshot::{Found, Snapshot};
use super::workspace::Workspace;
use crate::asl::{Machine, State, lower};
use crate::document::Document;
use crate::source::Span;
use crate::spec::StateType;
use gen_lsp_types::{DocumentSymbol, SymbolKind};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::Arc;

/// The maximum number of symbols that a search of the workspace finds.
const MAX_FOUND: usize = 1000;

/// A named place in a document.
#[derive(Debug)]
pub(super) struct Symbol {
    pub(super) name: String,
    /// A few words about it.
    pub(super) detail: String,
    pub(super) kind: SymbolKind,
    /// What it consists of.
    pub(super) span: Span,
    /// Its name in the text.
    pub(super) name_span: Span,
    pub(super) children: Vec<Symbol>,
}

/// The symbols of a document.
pub(super) fn symbols(snapshot: &Snapshot) -> Vec<Symbol> {
    let here = snapshot
        .machines
        .iter()
        .filter(|machine| is_in_document(snapshot, machine));
    let all = here.filter_map(|found| {
        let node = snapshot.node_of(found)?;
        let states = states(&lower::machine(node));
        Some(match &found.name {
            None => states,
            Some(name) => {
                let resource = snapshot.resources.iter().find(|resource| resource.name == *name);
                let name_span = resource.map_or(Span::new(node.span.start, node.span.start), |r| r.name_span);
                vec![Symbol {
                    name: name.clone(),
                    detail: found.container.as_str().to_owned(),
                    kind: SymbolKind::Module,
                    span: Span::new(
                        name_span.start.min(node.span.start),
                        node.span.end.max(name_span.end),
                    ),
                    name_span,
                    children: states,
                }]
            }
        })
    });
    let mut all: Vec<Symbol> = all.flatten().collect();
    // State machines whose definition is in another file.
    let others = snapshot.resources.iter().filter(|resource| {
        let is_in_document = Arc::ptr_eq(&resource.source, &snapshot.document.source);
        is_in_document && !all.iter().any(|symbol| symbol.name_span == resource.name_span)
    });
    let others: Vec<Symbol> = others
        .map(|resource| Symbol {
            name: resource.name.clone(),
            detail: resource.container.as_str().to_owned(),
            kind: SymbolKind::Module,
            span: resource.name_span,
            name_span: resource.name_span,
            children: Vec::new(),
        })
        .collect();
    all.extend(others);
    all.sort_by_key(|symbol| symbol.span);
    all
}

/// Whether a machine's spans are bytes of the document itself.
pub(super) fn is_in_document(snapshot: &Snapshot, machine: &Found) -> bool {
    let document: &Document = snapshot.document_of(machine);
    Arc::ptr_eq(&document.source, &snapshot.document.source)
}

fn states(machine: &Machine<'_>) -> Vec<Symbol> {
    machine.states.iter().map(symbol).collect()
}

fn symbol(state: &State<'_>) -> Symbol {
    let start = state.name_span.start.min(state.node.span.start);
    Symbol {
        name: if state.name.is_empty() {
            "(no name)".to_owned()
        } else {
            state.name.as_str().to_owned()
        },
        detail: state
            .state_type()
            .map(StateType::as_str)
            .unwrap_or_default()
            .to_owned(),
        kind: match state.state_type() {
            Some(StateType::Task) => SymbolKind::Function,
            Some(StateType::Choice) => SymbolKind::Operator,
            Some(StateType::Parallel | StateType::Map) => SymbolKind::Namespace,
            Some(StateType::Wait) => SymbolKind::Event,
            Some(StateType::Succeed | StateType::Fail) => SymbolKind::Constant,
            Some(StateType::Pass) | None => SymbolKind::Variable,
        },
        span: Span::new(start, state.node.span.end.max(state.name_span.end)),
        name_span: state.name_span,
        children: state.machines().iter().flat_map(states).collect(),
    }
}

/// The symbols of the workspace that match a query: in open documents, and in the files below the open folders.
pub(super) fn in_workspace(workspace: &Workspace<'_>, query: &str) -> Vec<Value> {
    let mut paths: Vec<PathBuf> = workspace
        .documents
        .iter()
        .map(|(_, document)| document.path.clone())
        .collect();
    for folder in &workspace.client.folders {
        paths.extend(workspace.host.definitions(folder));
    }
    paths.sort();
    paths.dedup();
    let wanted = query.to_lowercase();
    let mut found = Vec::new();
    for path in paths {
        let Some(snapshot) = workspace.file(&path) else {
            continue;
        };
        let uri = workspace.uri_of(&path);
        let symbols = symbols(&snapshot);
        let mut add = |symbol: &Symbol, container: Option<&str>| {
            if found.len() < MAX_FOUND && symbol.name.to_lowercase().contains(&wanted) {
                let range =
                    snapshot
                        .lines
                        .range(snapshot.text(), symbol.name_span, workspace.client.encoding);
                found.push(json!({
                    "name": symbol.name,
                    "kind": symbol.kind,
                    "containerName": container,
                    "location": {"uri": uri, "range": range},
                }));
            }
        };
        for symbol in &symbols {
            symbol.visit(None, &mut add);
        }
    }
    found
}

impl Symbol {
    /// Calls `f` with it and the symbols in it, each with the name of the one that contains it.
    fn visit(&self, container: Option<&str>, f: &mut impl FnMut(&Self, Option<&str>)) {
        f(self, container);
        for child in &self.children {
            child.visit(Some(&self.name), f);
        }
    }

    /// In the terms of the protocol.
    #[expect(deprecated, reason = "the type has fields of older versions of the protocol")]
    pub(super) fn to_protocol(&self, snapshot: &Snapshot, encoding: Encoding) -> DocumentSymbol {
        let range = |span| snapshot.lines.range(snapshot.text(), span, encoding);
        let children = self
            .children
            .iter()
            .map(|child| child.to_protocol(snapshot, encoding));
        DocumentSymbol {
            name: self.name.clone(),
            detail: Some(self.detail.clone()),
            kind: self.kind,
            tags: None,
            deprecated: None,
            range: range(self.span),
            selection_range: range(self.name_span),
            children: (!self.children.is_empty()).then(|| children.collect()),
        }
    }
}
