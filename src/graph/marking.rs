//! Marks lint findings and executions on a graph.

use super::marks::{Activity, Finding, NodeMark, StateVisit};
use super::model::{EdgeIndex, Graph, NodeIndex, NodeKind};
use crate::diagnostic::Diagnostic;
use crate::history::Trace;
use crate::spec::StateType;
use std::collections::{HashMap, HashSet};

impl<'d> Graph<'d> {
    /// Whether any node or edge is marked.
    pub fn is_marked(&self) -> bool {
        let node = |m: &NodeMark<'_>| m.change.is_some() || !m.findings.is_empty() || m.activity.is_some();
        self.nodes().any(|(_, n)| node(&n.mark)) || self.edges().any(|(_, _, e)| e.mark.change.is_some())
    }

    /// Marks each finding on the innermost state that contains it.
    pub fn mark_findings(&mut self, findings: &[Diagnostic]) {
        let mut states: Vec<(String, NodeIndex)> = self
            .nodes()
            .filter_map(|(n, node)| Some((node.state?.pointer(), n)))
            .collect();
        states.sort_by_key(|(pointer, _)| std::cmp::Reverse(pointer.len()));
        for found in findings {
            let holds = |pointer: &str| {
                let rest = found.pointer.strip_prefix(pointer);
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            let Some((_, n)) = states.iter().find(|(pointer, _)| holds(pointer)) else {
                continue;
            };
            self.graph[*n].mark.findings.push(Finding {
                severity: found.severity,
                rule: found.rule,
                message: found.message.to_string(),
            });
        }
    }

    /// Marks the visits and transitions of an execution. Returns the names of visited states that the graph lacks, each once.
    pub fn mark_execution(&mut self, trace: Trace<'d>) -> Vec<String> {
        self.graph
            .node_weights_mut()
            .for_each(|n| n.mark.activity = Some(Activity::default()));
        self.graph.edge_weights_mut().for_each(|e| e.mark.taken = Some(0));
        let named: HashMap<String, NodeIndex> = self
            .nodes()
            .filter(|(_, node)| matches!(node.kind, NodeKind::State(_)))
            .map(|(n, node)| (node.name.to_owned(), n))
            .collect();
        let mut unknown_states: Vec<String> = Vec::new();
        let has_successor: HashSet<usize> = trace.visits.iter().filter_map(|v| v.came_from).collect();
        for (i, visit) in trace.visits.iter().enumerate() {
            let Some(&node) = named.get(&**visit.name) else {
                if !unknown_states.iter().any(|known| **known == **visit.name) {
                    unknown_states.push(visit.name.to_string());
                }
                continue;
            };
            if let Some(activity) = &mut self.graph[node].mark.activity {
                activity.entries += 1;
                activity.retries += visit.retries();
                activity.ms += visit.ms();
                activity.error = visit.error().or(activity.error);
            }
            let before = visit.came_from.map(|from| &trace.visits[from]);
            let from = match before {
                Some(before) => named.get(&**before.name).copied(),
                None => self.start_of(node),
            };
            let has_failed = before.is_some_and(|before| before.error().is_some());
            if let Some(from) = from {
                self.take(from, node, has_failed);
            }
            if visit.exit.is_some() && !has_successor.contains(&i) {
                let end = self.clusters[self.graph[node].cluster]
                    .nodes
                    .iter()
                    .copied()
                    .find(|&n| self.graph[n].kind == NodeKind::End);
                if let Some(end) = end {
                    self.take(node, end, false);
                }
            }
        }
        if let Some((failed, error)) = trace.failure
            && let Some(&node) = named.get(&**trace.visits[failed].name)
            && let Some(activity) = &mut self.graph[node].mark.activity
        {
            activity.error = Some(error);
            activity.is_failure = true;
        }
        // By visit: a visit inside an unknown state is moved to the state that encloses it.
        let mut place: Vec<Option<usize>> = Vec::with_capacity(trace.visits.len());
        let is_map: Vec<bool> = trace
            .visits
            .iter()
            .map(|v| v.state_type == StateType::Map)
            .collect();
        for (i, visit) in trace.visits.into_iter().enumerate() {
            let thread = &trace.threads[visit.thread];
            let parent = thread.parent.and_then(|parent| place[parent]);
            let Some(&node) = named.get(&**visit.name) else {
                place.push(parent);
                continue;
            };
            place.push(Some(self.visits.len()));
            self.visits.push(StateVisit {
                node,
                parent,
                item: thread
                    .parent
                    .filter(|parent| is_map[*parent])
                    .map(|_| thread.index),
                visit,
                failure: trace.failure.filter(|(at, _)| *at == i).map(|(_, error)| error),
            });
        }
        unknown_states
    }

    fn start_of(&self, node: NodeIndex) -> Option<NodeIndex> {
        let first = self.first(self.graph[node].cluster)?;
        (self.graph[first].kind == NodeKind::Start).then_some(first)
    }

    /// Counts a transition. Of several parallel edges, it is a catcher's after a failure, and otherwise the first of the others.
    fn take(&mut self, from: NodeIndex, to: NodeIndex, has_failed: bool) {
        let mut edges: Vec<EdgeIndex> = self
            .graph
            .edges_connecting(from, to)
            .map(|edge| petgraph::visit::EdgeRef::id(&edge))
            .collect();
        edges.sort_unstable();
        let fits = |e: &&EdgeIndex| self.graph[**e].is_catch() == has_failed;
        let Some(&edge) = edges.iter().find(fits).or(edges.first()) else {
            return;
        };
        if let Some(taken) = &mut self.graph[edge].mark.taken {
            *taken += 1;
        }
    }
}
