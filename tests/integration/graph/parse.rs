//! Pictures read back as far as their own writers go: nodes by id, and transitions.

use std::collections::HashMap;

/// What a picture says, labels unescaped.
#[derive(Debug, Default)]
pub(super) struct Picture {
    /// Label by id, clusters included.
    pub(super) labels: HashMap<String, String>,
    /// (from, to, dashed), in order.
    pub(super) edges: Vec<(String, String, bool)>,
}

impl Picture {
    /// The transitions, by what stands on the nodes.
    pub(super) fn transitions(&self) -> Vec<(String, String, bool)> {
        let label = |id: &String| {
            self.labels
                .get(id)
                .unwrap_or_else(|| panic!("no node `{id}`"))
                .clone()
        };
        let mut all: Vec<_> = (self.edges.iter())
            .map(|(from, to, dashed)| (label(from), label(to), *dashed))
            .collect();
        all.sort();
        all
    }
}

pub(super) fn mermaid(text: &str) -> Picture {
    let mut picture = Picture::default();
    for line in text.lines().map(str::trim).filter(|l| l.starts_with(['n', 's'])) {
        if let Some(rest) = line.strip_prefix("subgraph ") {
            let (id, label) = rest.split_once('[').unwrap();
            picture.labels.insert(id.to_owned(), entities(quoted(label)));
        } else if let Some((shape, class)) = line.rsplit_once(":::") {
            let id = shape.split(['(', '[', '{']).next().unwrap();
            let label = match class {
                "start" | "stop" => format!("({class})"),
                _ => entities(quoted(shape)),
            };
            picture.labels.insert(id.to_owned(), label);
        } else if let Some((from, rest)) = line.split_once(' ') {
            let to = rest.rsplit(' ').next().unwrap();
            let dashed = rest.starts_with("-.->");
            assert!(dashed || rest.starts_with("-->"), "{line}");
            picture.edges.push((from.to_owned(), to.to_owned(), dashed));
        }
    }
    picture
}

fn quoted(text: &str) -> &str {
    let (_, rest) = text.split_once('"').unwrap();
    rest.rsplit_once('"').unwrap().0
}

fn entities(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('#') {
        let (code, after) = after.split_once(';').unwrap();
        plain.push_str(before);
        plain.push(char::from_u32(code.parse().unwrap()).unwrap());
        rest = after;
    }
    plain + rest
}

pub(super) fn dot(text: &str) -> Picture {
    let mut picture = Picture::default();
    let mut cluster = None;
    let ours = |l: &&str| !l.starts_with("node") && l.starts_with(['n', 's', 'g']);
    for line in text.lines().map(str::trim).filter(ours) {
        let attributes = attributes(line);
        let get = |name: &str| attributes.get(name).cloned();
        let (id, rest) = line.split_once(' ').unwrap();
        if let Some(rest) = line.strip_prefix("subgraph cluster_") {
            // `cluster_n3_5` is a branch of n3 and no state.
            cluster = rest.split(' ').next().filter(|id| !id.contains('_'));
        } else if id == "graph" {
            if let Some(id) = cluster.take() {
                picture.labels.insert(id.to_owned(), get("tooltip").unwrap());
            }
        } else if let Some(to) = rest.strip_prefix("-> ") {
            let to = to.split(' ').next().unwrap();
            let outer = |name: &str, id: &str| {
                let cluster = get(name).map(|c| c.replace("cluster_", ""));
                cluster.unwrap_or_else(|| id.to_owned())
            };
            let dashed = get("style").as_deref() == Some("dashed");
            picture
                .edges
                .push((outer("ltail", id), outer("lhead", to), dashed));
        } else {
            let label = match get("shape").as_deref() {
                Some("circle") => "(start)".to_owned(),
                Some("doublecircle") => "(stop)".to_owned(),
                _ => get("tooltip").unwrap(),
            };
            picture.labels.insert(id.to_owned(), label);
        }
    }
    picture
}

/// `[name=value, name="value"]`, values unescaped; a line break of Graphviz is a blank, as a name was wrapped there.
fn attributes(line: &str) -> HashMap<String, String> {
    let mut all = HashMap::new();
    let Some((_, rest)) = line.split_once('[') else {
        return all;
    };
    let mut chars = rest.chars().peekable();
    while chars.peek().is_some_and(|&c| c != ']') {
        let name: String = chars.by_ref().take_while(|&c| c != '=').collect();
        let mut value = String::new();
        if chars.next_if_eq(&'"').is_some() {
            while let Some(c) = chars.next().filter(|&c| c != '"') {
                match c {
                    '\\' => match chars.next().unwrap() {
                        'n' => value.push(' '),
                        c => value.push(c),
                    },
                    c => value.push(c),
                }
            }
        } else {
            while let Some(c) = chars.next_if(|&c| c != ',' && c != ']') {
                value.push(c);
            }
        }
        all.insert(
            name.trim_matches([',', ' ']).to_owned(),
            value.replace("&amp;", "&"),
        );
    }
    all
}
