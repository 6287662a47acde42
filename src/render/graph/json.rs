//! The graph as JSON, described by `asl schema graph`.

use super::caption;
use super::settings::Settings;
use crate::asl::transition_graph::Cause;
use crate::asl::{Kind, State};
use crate::document::{Node as Value, Text};
use crate::graph::{Activity, Change, ClusterKind, EdgeKind, Graph, NodeKind};
use crate::spec::StateType;
use serde::Serialize;
use std::borrow::Cow;
use std::io::{self, Write};

/// The version of the format; incremented on incompatible changes.
const VERSION: u32 = 1;

#[derive(Serialize)]
pub(super) struct Document<'a> {
    version: u32,
    direction: &'static str,
    nodes: Vec<Node<'a>>,
    edges: Vec<Edge<'a>>,
    clusters: Vec<Cluster>,
}

#[derive(Serialize)]
struct Node<'a> {
    id: String,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    state_type: Option<&'static str>,
    cluster: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    integration: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    retry: Vec<Retrier<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    findings: Vec<Finding<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    execution: Option<Execution<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    coverage: Option<Coverage<'a>>,
}

/// Only in the page of a coverage report.
#[derive(Serialize)]
struct Coverage<'a> {
    entries: u64,
    cases: Vec<&'a str>,
}

#[derive(Serialize)]
struct Finding<'a> {
    severity: &'static str,
    rule: &'static str,
    message: &'a str,
}

#[derive(Serialize)]
struct Execution<'a> {
    entries: u64,
    retries: u64,
    duration_ms: u64,
    failed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<&'a str>,
}

#[derive(Serialize)]
struct Retrier<'a> {
    errors: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_attempts: Option<i64>,
}

#[derive(Serialize)]
struct Edge<'a> {
    id: String,
    from: String,
    to: String,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    taken: Option<u64>,
}

#[derive(Serialize)]
struct Cluster {
    id: String,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    branch: Option<usize>,
}

pub(super) fn write(graph: &Graph<'_>, settings: Settings<'_>, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &document(graph, settings))?;
    writeln!(out)
}

/// The whole graph.
pub(super) fn document<'a>(graph: &'a Graph<'_>, settings: Settings<'_>) -> Document<'a> {
    Document {
        version: VERSION,
        direction: settings.direction.as_str(),
        nodes: nodes(graph),
        edges: edges(graph, settings),
        clusters: clusters(graph),
    }
}

fn nodes<'a>(graph: &'a Graph<'_>) -> Vec<Node<'a>> {
    let node = |(n, node): (crate::graph::NodeIndex, &'a crate::graph::Node<'a>)| Node {
        id: format!("n{}", n.index()),
        kind: match node.kind {
            NodeKind::Start => "start",
            NodeKind::State(_) => "state",
            NodeKind::Missing => "missing",
            NodeKind::End => "end",
        },
        name: matches!(node.kind, NodeKind::State(_) | NodeKind::Missing).then_some(node.name),
        state_type: node.state_type().map(StateType::as_str),
        cluster: format!("c{}", node.cluster),
        pointer: node.state.map(State::pointer),
        integration: node.state.and_then(|s| match &s.kind {
            Kind::Task(task) => task.resource.and_then(Value::as_str).map(caption::integration),
            _ => None,
        }),
        comment: node.state.and_then(|s| s.comment).map(Text::as_str),
        retry: node
            .state
            .map(State::retry)
            .unwrap_or_default()
            .iter()
            .map(retrier)
            .collect(),
        change: node.mark.change.map(Change::as_str),
        findings: node.mark.findings.iter().map(finding).collect(),
        execution: node
            .mark
            .activity
            .as_ref()
            .filter(|_| node.state.is_some() && node.mark.cases.is_none())
            .map(execution),
        coverage: node.mark.cases.as_ref().map(|cases| Coverage {
            entries: node.mark.activity.as_ref().map_or(0, |activity| activity.entries),
            cases: cases.iter().map(|case| &**case).collect(),
        }),
    };
    graph.nodes().map(node).collect()
}

fn finding(finding: &crate::graph::Finding) -> Finding<'_> {
    Finding {
        severity: finding.severity.as_str(),
        rule: finding.rule,
        message: &finding.message,
    }
}

fn execution<'a>(activity: &Activity<'a>) -> Execution<'a> {
    let error = activity.error;
    Execution {
        entries: activity.entries,
        retries: activity.retries,
        duration_ms: activity.ms,
        failed: activity.is_failure,
        error: error.and_then(|e| e.error.as_deref()),
        cause: error.and_then(|e| e.cause.as_deref()),
    }
}

fn retrier<'a>(retrier: &'a crate::asl::Retrier<'_>) -> Retrier<'a> {
    Retrier {
        errors: retrier.names().collect(),
        max_attempts: caption::max_attempts(retrier),
    }
}

fn edges<'a>(graph: &'a Graph<'_>, settings: Settings<'_>) -> Vec<Edge<'a>> {
    let edge = |(i, (from, to, edge)): (
        usize,
        (
            crate::graph::NodeIndex,
            crate::graph::NodeIndex,
            &'a crate::graph::Edge<'a>,
        ),
    )| {
        let (kind, index) = match edge.kind {
            EdgeKind::Start => ("start", None),
            EdgeKind::End => ("end", None),
            EdgeKind::Exit(Cause::Next) => ("next", None),
            EdgeKind::Exit(Cause::Default) => ("default", None),
            EdgeKind::Exit(Cause::Rule(i)) => ("rule", Some(i)),
            EdgeKind::Exit(Cause::Catch(i)) => ("catch", Some(i)),
        };
        let catcher = match edge.kind {
            EdgeKind::Exit(Cause::Catch(i)) => edge.state.and_then(|s| s.catch().get(i)),
            _ => None,
        };
        Edge {
            id: format!("e{i}"),
            from: format!("n{}", from.index()),
            to: format!("n{}", to.index()),
            kind,
            index,
            label: caption::edge_label(edge, settings.detail),
            errors: catcher.map(|c| c.names().collect()).unwrap_or_default(),
            change: edge.mark.change.map(Change::as_str),
            taken: edge.mark.taken,
        }
    };
    graph.edges().enumerate().map(edge).collect()
}

fn clusters(graph: &Graph<'_>) -> Vec<Cluster> {
    let cluster = |(i, cluster): (usize, &crate::graph::Cluster)| {
        let (kind, branch) = match cluster.kind {
            ClusterKind::Machine => ("machine", None),
            ClusterKind::Branch(i) => ("branch", Some(i)),
            ClusterKind::Inline => ("map", None),
            ClusterKind::Distributed => ("distributed-map", None),
        };
        Cluster {
            id: format!("c{i}"),
            kind,
            state: cluster.owner.map(|n| format!("n{}", n.index())),
            branch,
        }
    };
    graph.clusters.iter().enumerate().map(cluster).collect()
}
