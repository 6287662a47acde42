//! The list of all rules.

use super::rule::Rule;
use super::rules::FAMILIES;
use crate::prose;

/// The number of rules.
const COUNT: usize = {
    let (mut count, mut family) = (0, 0);
    while family < FAMILIES.len() {
        count += FAMILIES[family].len();
        family += 1;
    }
    count
};

/// All rules, sorted by name when this is compiled: sorting would take much of the time of a short run.
static RULES: [&Rule; COUNT] = {
    let mut all = [FAMILIES[0][0]; COUNT];
    let (mut count, mut family) = (0, 0);
    while family < FAMILIES.len() {
        let mut index = 0;
        while index < FAMILIES[family].len() {
            let rule = FAMILIES[family][index];
            let mut at = count;
            while at > 0 && precedes(rule.name, all[at - 1].name) {
                all[at] = all[at - 1];
                at -= 1;
            }
            all[at] = rule;
            count += 1;
            index += 1;
        }
        family += 1;
    }
    all
};

/// Whether a name is sorted before another one.
const fn precedes(name: &str, other: &str) -> bool {
    let (name, other) = (name.as_bytes(), other.as_bytes());
    let mut at = 0;
    while at < name.len() && at < other.len() {
        if name[at] != other[at] {
            return name[at] < other[at];
        }
        at += 1;
    }
    name.len() < other.len()
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_sorted_by_name() {
        assert!(rules().is_sorted_by(|one, other| one.name < other.name));
    }
}
