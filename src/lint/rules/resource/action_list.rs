//! Edits of the actions of a statement, in JSON and in both styles of YAML.

use crate::diagnostic::{Edit, Fix};
use crate::source::{SourceFile, Span, to_offset};

/// Replaces an action by others.
pub(super) fn replace(source: &SourceFile, action: Span, is_listed: bool, by: &[String]) -> Option<Fix> {
    let (first, rest) = by.split_first()?;
    let title = if rest.is_empty() {
        format!("replace it with `{first}`")
    } else {
        "replace it with the actions that are needed".to_owned()
    };
    let texts: Vec<String> = by.iter().map(|action| quoted(action)).collect();
    let replacement = if !is_listed {
        match texts.as_slice() {
            [only] => only.clone(),
            texts => format!("[{}]", texts.join(", ")),
        }
    } else if is_in_brackets(source, action) {
        texts.join(", ")
    } else {
        texts.join(&format!("\n{}- ", indent(source, action)))
    };
    Some(Fix::guess(title, vec![Edit::new(action, replacement)]))
}

/// Adds an action after another one.
pub(super) fn add(source: &SourceFile, after: Span, is_listed: bool, action: &str) -> Option<Fix> {
    let written = source.text().get(after.range())?;
    let title = format!("add `{action}` to the statement");
    let action = quoted(action);
    let end = Span::new(after.end, after.end);
    let edit = if !is_listed {
        Edit::new(
            after,
            format!("[{}, {action}]", quoted(written.trim_matches(['"', '\'']))),
        )
    } else if is_in_brackets(source, after) {
        Edit::new(end, format!(", {action}"))
    } else {
        Edit::new(end, format!("\n{}- {action}", indent(source, after)))
    };
    Some(Fix::guess(title, vec![edit]))
}

/// Removes an action from a list with others.
pub(super) fn remove(source: &SourceFile, action: Span) -> Option<Fix> {
    let text = source.text();
    let (start, end) = (action.start as usize, action.end as usize);
    let span = if is_in_brackets(source, action) {
        let after = text.get(end..)?;
        let before = text.get(..start)?;
        if after.trim_start().starts_with(',') {
            let comma = end + after.find(',')? + 1;
            let rest = text.get(comma..)?;
            Span::new(
                action.start,
                to_offset(comma + rest.len() - rest.trim_start().len()),
            )
        } else {
            let kept = before.trim_end().strip_suffix(',')?;
            Span::new(to_offset(kept.trim_end().len()), action.end)
        }
    } else {
        let line = text.get(..start)?.rfind('\n').map_or(0, |at| at + 1);
        let is_alone = text.get(line..start)?.trim() == "-";
        let rest = text.get(end..)?;
        let next = rest.find('\n').map_or(text.len(), |at| end + at + 1);
        if !is_alone || !text.get(end..next)?.trim().is_empty() {
            return None;
        }
        Span::new(to_offset(line), to_offset(next))
    };
    Some(Fix::guess("remove it", vec![Edit::remove(span)]))
}

fn quoted(action: &str) -> String {
    format!("\"{action}\"")
}

/// Whether an item is in a list with brackets.
fn is_in_brackets(source: &SourceFile, item: Span) -> bool {
    let after = source.text().get(item.end as usize..).unwrap_or_default();
    after.trim_start().starts_with([',', ']'])
}

/// The indentation of the line of an item.
fn indent(source: &SourceFile, item: Span) -> String {
    let before = source.text().get(..item.start as usize).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    " ".repeat(line.len() - line.trim_start_matches(' ').len())
}
