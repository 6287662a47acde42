//! The list of all rules.

use super::rule::Rule;
use super::rules;
use crate::prose;
use std::sync::LazyLock;

static RULES: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| {
    let mut all: Vec<&'static Rule> = rules::FAMILIES
        .iter()
        .flat_map(|family| family.iter().copied())
        .collect();
    all.sort_unstable_by_key(|rule| rule.name);
    all
});

/// All rules, sorted by name.
pub fn rules() -> &'static [&'static Rule] {
    &RULES
}

/// The index of a rule in [`rules()`].
pub fn index_of(name: &str) -> Option<usize> {
    RULES.binary_search_by(|rule| rule.name.cmp(name)).ok()
}

/// The rule of a name, or of a former name.
pub fn find(name: &str) -> Option<&'static Rule> {
    index_of(name)
        .map(|i| RULES[i])
        .or_else(|| RULES.iter().find(|rule| rule.aliases.contains(&name)).copied())
}

/// A warning if a rule was found by a former name.
pub fn deprecation(name: &str, rule: &Rule) -> Option<String> {
    (name != rule.name).then(|| format!("rule `{name}` is deprecated; use its new name `{}`", rule.name))
}

/// The rule whose name is most similar to a word, if any is similar.
pub fn closest(word: &str) -> Option<&'static Rule> {
    let word = word.replace(['_', ' '], "-");
    prose::closest(&word, rules().iter().map(|rule| rule.name)).and_then(find)
}
