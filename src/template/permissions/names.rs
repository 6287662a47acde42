//! What the references in a template mean.

use crate::spec::placeholder;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// The maximum number of replacements in one text: a reference may mean a text with another reference.
const MAX_STEPS: usize = 16;

/// The references of a template: `${Queue}`, `${Queue.Arn}`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    meanings: BTreeMap<String, String>,
    own: BTreeSet<String>,
    /// The meanings that are ARNs, with the references to print for them.
    arns: Vec<(String, String)>,
}

impl Names {
    /// Adds a reference, without `${}`, and the text that it means.
    pub(super) fn add(&mut self, reference: &str, meaning: String) {
        if meaning != format!("${{{reference}}}") {
            self.meanings.insert(reference.to_owned(), meaning);
        }
    }

    /// Adds a reference that is the name of a resource and differs from every other name.
    pub(super) fn add_own(&mut self, reference: &str) {
        self.own.insert(format!("${{{reference}}}"));
    }

    /// Adds the reference to print for an ARN.
    pub(super) fn add_arn(&mut self, arn: String, reference: String) {
        self.arns.push((arn, reference));
    }

    /// Whether the placeholder is the name of a resource that the template creates.
    pub fn is_own(&self, placeholder: &str) -> bool {
        self.own.contains(placeholder)
    }

    /// Whether a text contains the name of a resource that the template creates.
    pub fn has_own(&self, text: &str) -> bool {
        self.own.iter().any(|placeholder| text.contains(placeholder))
    }

    /// Forgets that names of resources differ from every other text.
    pub fn open(&mut self) {
        self.own.clear();
    }

    /// A text with references replaced by what they mean.
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
            let meaning = resolved
                .get(open + 2..open + length - 1)
                .and_then(|name| self.meanings.get(name.trim()));
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
        self.arns.iter().find_map(|(arn, reference)| {
            let rest = text.strip_prefix(arn.as_str())?;
            let is_whole = rest.is_empty() || rest.starts_with([':', '/']);
            is_whole.then(|| format!("${{{reference}}}{rest}"))
        })
    }
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
}
