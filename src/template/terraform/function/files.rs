//! Functions that read files, and functions of paths.

use super::call::Call;
use super::glob;
use crate::document::{JoinedText, Member, Node, NodeKind, Syntax};
use crate::source::FilePart;
use crate::template::issue::IssueKind;
use crate::template::substitution::Substitutions;
use crate::template::terraform::evaluator::Evaluator;
use crate::template::terraform::sources::Sources;
use crate::template::terraform::value::{self, known_text};
use std::collections::HashSet;
use std::path::{Component, Path, PathBuf};

/// The names of the root module's directory.
const ROOT: [&str; 2] = ["path.root", "path.cwd"];

pub(super) fn call(call: &Call<'_, '_>, arguments: &[Node]) -> Option<Node> {
    let (evaluator, span) = (call.evaluator, call.span);
    match (call.name, arguments) {
        ("file", [path]) => file(evaluator, path),
        ("templatefile", [path, variables]) => template_file(evaluator, path, variables),
        ("templatestring", [template, variables]) => render(evaluator, template, Some(variables)),
        ("fileexists", [path]) => {
            let path = plain_path(&known_text(path)?);
            Some(value::boolean(evaluator.sources.exists(&path)?, span))
        }
        ("fileset", [folder, pattern]) => {
            let pattern = glob::matcher(&known_text(pattern)?)?;
            let folder = plain_path(&known_text(folder)?);
            let paths = evaluator
                .sources
                .budget
                .files_below(evaluator.sources.main_name(), &folder);
            let found = paths.iter().filter(|path| pattern.is_match(path));
            Some(value::array(
                found.map(|path| value::text(path, span)).collect(),
                span,
            ))
        }
        ("get_terragrunt_dir" | "get_original_terragrunt_dir", []) => Some(value::text(".", span)),
        ("abspath" | "pathexpand", [path]) => Some(value::text(&known_text(path)?, span)),
        ("basename", [path]) => {
            let path = known_text(path)?;
            Some(value::text(path.trim_end_matches('/').rsplit('/').next()?, span))
        }
        ("dirname", [path]) => {
            let path = known_text(path)?;
            Some(value::text(
                path.rsplit_once('/').map_or(".", |(folder, _)| folder),
                span,
            ))
        }
        _ => None,
    }
}

/// The text of a file.
pub(in super::super) fn file(evaluator: &Evaluator<'_>, path: &Node) -> Option<Node> {
    open(evaluator, path).map(|part| Sources::whole(&part))
}

fn open(evaluator: &Evaluator<'_>, path: &Node) -> Option<FilePart> {
    let written = known_text(path)?;
    let mut issues = Vec::new();
    let part = evaluator
        .sources
        .open(&plain_path(&written), path.span, &mut issues);
    for issue in issues {
        // The root module may be in another folder than the checked file.
        let is_below_root = || {
            let path = evaluator.sources.written(path.span);
            ROOT.iter().any(|name| path.contains(name))
        };
        evaluator.report(if issue.kind == IssueKind::MissingFile && is_below_root() {
            let message = format!(
                "definition was not read because `{written}` is relative to the root module, whose directory is unknown"
            );
            Sources::unreadable(path.span, message)
        } else {
            issue
        });
    }
    part
}

/// A path without `.` and, where a folder precedes it, `..`.
pub(in super::super) fn plain_path(path: &str) -> String {
    let mut plain = PathBuf::new();
    for component in Path::new(path).components() {
        let is_folder = matches!(plain.components().next_back(), Some(Component::Normal(_)));
        match component {
            Component::CurDir => {}
            Component::ParentDir if is_folder => {
                plain.pop();
            }
            component => plain.push(component),
        }
    }
    let text = plain.display().to_string().replace('\\', "/");
    if text.is_empty() { ".".to_owned() } else { text }
}

fn template_file(evaluator: &Evaluator<'_>, path: &Node, variables: &Node) -> Option<Node> {
    let part = open(evaluator, path)?;
    render_file(evaluator, &part, Some(variables))
}

/// The text of a template with these variables inserted.
pub(in super::super) fn render(
    evaluator: &Evaluator<'_>,
    template: &Node,
    variables: Option<&Node>,
) -> Option<Node> {
    if let Some((part, _)) = evaluator.sources.syntax_of(template) {
        return render_file(evaluator, &part, variables);
    }
    let text = evaluator.as_string(template)?;
    let mut joined = JoinedText::default();
    evaluator.sources.append(&mut joined, &text);
    let document = evaluator
        .sources
        .parse(joined, Syntax::HclTemplate, template.span);
    let root = document.roots.first().filter(|_| document.is_whole)?;
    // A `${…}` in it may be one of the configuration.
    Some(evaluator.evaluate_template(root, members(variables), true))
}

fn members(variables: Option<&Node>) -> &[Member] {
    variables.and_then(Node::as_object).unwrap_or_default()
}

fn render_file(evaluator: &Evaluator<'_>, part: &FilePart, variables: Option<&Node>) -> Option<Node> {
    let document = evaluator.sources.template(part);
    let root = document.roots.first()?;
    if !document.is_whole {
        return Some(Sources::whole(part));
    }
    let names = members(variables);
    let is_partial = variables.is_some_and(|variables| variables.as_object().is_none());
    let mut substitutions = Substitutions::new(&evaluator.owner, "the variables of the template");
    for member in names {
        substitutions.add(&member.key, member.key_span, String::new());
    }
    let outer = std::mem::take(&mut *evaluator.undefined.borrow_mut());
    let mut text = evaluator.evaluate_template(root, names, is_partial);
    let undefined = evaluator.undefined.replace(outer);
    if !is_partial {
        for issue in substitutions.report(undefined) {
            evaluator.report(issue);
        }
    }
    let is_in_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let words: HashSet<&str> = part.file.text().split(|c| !is_in_word(c)).collect();
    substitutions.use_all(|name| words.contains(name));
    if !evaluator.sources.budget.is_spent() {
        for issue in substitutions.unused() {
            evaluator.report(issue);
        }
    }
    if let NodeKind::String(_) = text.kind {
        text.span = Sources::whole(part).span;
    }
    Some(text)
}
