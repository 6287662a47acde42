//! What the references in a template mean.

use crate::spec::placeholder;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// The maximum number of replacements in one string: a reference may mean a string with another reference.
const MAX_STEPS: usize = 16;

/// The references of a template: `${Queue}`, `${Queue.Arn}`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    meanings: BTreeMap<String, String>,
    own: BTreeSet<String>,
    /// The meanings that are ARNs, with the references to print for them.
    arns: BTreeMap<String, String>,
    /// The roles that task definitions of ECS pass on, by their ARN or family.
    task_roles: BTreeMap<String, Vec<String>>,
}

impl Names {
    /// Adds a reference, without `${}`, and the text that it means.
    pub(in crate::template) fn add(&mut self, reference: &str, meaning: String) {
        if meaning != format!("${{{reference}}}") {
            self.meanings.insert(reference.to_owned(), meaning);
        }
    }

    /// Adds a reference that is the name of a resource and differs from every other name.
    pub(in crate::template) fn add_own(&mut self, reference: &str) {
        self.own.insert(format!("${{{reference}}}"));
    }

    /// Adds the reference to print for an ARN.
    pub(in crate::template) fn add_arn(&mut self, arn: String, reference: String) {
        self.arns.entry(arn).or_insert(reference);
    }

    /// Adds the roles of a task definition of ECS.
    pub(in crate::template) fn add_task_roles(&mut self, task_definition: String, roles: Vec<String>) {
        self.task_roles.insert(task_definition, roles);
    }

    /// Adds all names of another part of the template.
    pub(super) fn extend(&mut self, other: &Self) {
        let Self {
            meanings,
            own,
            arns,
            task_roles,
        } = other.clone();
        self.meanings.extend(meanings);
        self.own.extend(own);
        self.arns.extend(arns);
        self.task_roles.extend(task_roles);
    }

    /// The roles that tasks of a task definition get, by its ARN or family, with or without a revision; `None` if they are
    /// unknown.
    pub fn task_roles(&self, task_definition: &str) -> Option<&[String]> {
        let found = self.task_roles.get(task_definition).or_else(|| {
            let (family, _) = task_definition.rsplit_once(':')?;
            self.task_roles.get(family)
        });
        found.map(Vec::as_slice)
    }

    /// Whether the placeholder is the name of a resource that the template creates.
    pub fn is_own(&self, placeholder: &str) -> bool {
        self.own.contains(placeholder)
    }

    /// Whether a string contains the name of a resource that the template creates.
    pub fn has_own(&self, text: &str) -> bool {
        text.match_indices("${").any(|(open, _)| {
            let length = placeholder::length(text.as_bytes(), open);
            length.is_some_and(|length| self.is_own(&text[open..open + length]))
        })
    }

    /// Forgets that names of resources differ from every other text.
    pub fn open(&mut self) {
        self.own.clear();
    }

    /// A string with references replaced by what they mean.
    pub fn resolve<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut resolved = Cow::Borrowed(text);
        let mut at = 0;
        for _ in 0..MAX_STEPS {
            let Some(open) = resolved
                .get(at..)
                .and_then(|rest| rest.find("${"))
                .map(|i| at + i)
            else {
                break;
            };
            let Some(length) = placeholder::length(resolved.as_bytes(), open) else {
                break;
            };
            let name = resolved
                .get(open + 2..open + length - 1)
                .unwrap_or_default()
                .trim();
            let name = without_indexes(name);
            let is_indexed = matches!(name, Cow::Owned(_));
            let meaning = match self.meanings.get(name.as_ref()) {
                Some(meaning) => Some(Cow::Borrowed(meaning.as_str())),
                None if is_indexed => Some(Cow::Owned(format!("${{{name}}}"))),
                None => None,
            };
            match meaning {
                Some(meaning) => {
                    let text = format!("{}{meaning}{}", &resolved[..open], &resolved[open + length..]);
                    resolved = Cow::Owned(text);
                }
                None => at = open + length,
            }
        }
        resolved
    }

    /// The text to print for a resolved text: an ARN of a resource of the template as a reference to it.
    pub fn reference_for(&self, text: &str) -> Option<String> {
        if self.arns.is_empty() {
            return None;
        }
        let starts = text.rmatch_indices([':', '/']).map(|(at, _)| at);
        std::iter::once(text.len()).chain(starts).find_map(|end| {
            let reference = self.arns.get(&text[..end])?;
            Some(format!("${{{reference}}}{}", &text[end..]))
        })
    }
}

/// A reference without the indexes of instances, which are all alike: `aws_sqs_queue.orders[0].arn`.
fn without_indexes(name: &str) -> Cow<'_, str> {
    if !name.contains('[') || name.contains(['(', ' ', '?']) {
        return Cow::Borrowed(name);
    }
    let mut kept = String::with_capacity(name.len());
    let mut depth = 0_usize;
    for c in name.chars() {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    Cow::Owned(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resolves_references_to_references() {
        let mut names = Names::default();
        names.add("Alias", "${Fn.Arn}:live".to_owned());
        names.add("Fn.Arn", "arn:x:${Fn}".to_owned());
        names.add("Loop", "${Loop2}".to_owned());
        names.add("Loop2", "${Loop}".to_owned());
        names.add_own("Fn");
        names.add_arn("arn:x:${Fn}".to_owned(), "Fn.Arn".to_owned());
        assert_eq!(
            names.resolve("a ${Alias} ${Other}"),
            "a arn:x:${Fn}:live ${Other}"
        );
        assert!(names.resolve("${Loop}").contains("Loop"));
        assert!(names.is_own("${Fn}") && !names.is_own("${Other}"));
        assert_eq!(
            names.reference_for("arn:x:${Fn}:live").as_deref(),
            Some("${Fn.Arn}:live")
        );
        assert_eq!(names.reference_for("arn:x:${Fn}-2"), None);
    }

    #[test]
    fn indexes_of_instances_are_ignored() {
        let mut names = Names::default();
        names.add("aws_sqs_queue.a.arn", "arn:q".to_owned());
        let cases = [
            ("${aws_sqs_queue.a[0].arn}", "arn:q"),
            ("${aws_sqs_queue.a[\"x\"].arn}/y", "arn:q/y"),
            ("${aws_sqs_queue.b[each.key].arn}", "${aws_sqs_queue.b.arn}"),
            ("${f(a[0])}", "${f(a[0])}"),
        ];
        for (text, expected) in cases {
            assert_eq!(names.resolve(text), expected, "{text}");
        }
    }
}
