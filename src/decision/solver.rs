//! Values with which a certain rule of a Choice is taken.

use super::atoms::{Atoms, Subject};
use super::formula::Formula;
use super::predicate::{Case, Predicate, Truth};
use super::read::read;
use super::witness;
use crate::asl::state::Choice;
use crate::asl::state::choice::Operator;
use crate::value::Value;
use std::collections::BTreeMap;

/// The maximum number of alternatives that are followed at once.
const ALTERNATIVES: usize = 24;

/// The maximum number of values offered for each path.
const VALUES: usize = 3;

/// The conditions of a Choice, ready to be solved.
#[derive(Debug)]
pub struct Solver {
    formulas: Vec<Formula>,
    atoms: Atoms,
    unknowns: Vec<Unknown>,
    /// By atom, the index of its unknown.
    unknown_of: Vec<usize>,
}

/// The value of one path.
#[derive(Debug)]
struct Unknown {
    /// The path; `None` if the predicates about it are not analyzed.
    path: Option<String>,
    cases: Vec<Case>,
}

/// Values with which a rule is taken, if those of paths that are not mentioned stay as they are.
#[derive(Debug, Clone, PartialEq)]
pub struct Solution {
    /// The paths as written, and for each the values that solve the conditions, the best first; `None` is a missing value.
    pub values: Vec<(String, Vec<Option<Value>>)>,
    /// What must be true, or must not be true, of the values of two paths.
    pub relations: Vec<Relation>,
}

/// A comparison of the values of two paths.
#[derive(Debug, Clone, PartialEq)]
pub struct Relation {
    /// The path on the left.
    pub left: String,
    /// The operator.
    pub operator: &'static Operator,
    /// The path on the right.
    pub right: String,
    /// Whether it must be true.
    pub is_wanted: bool,
}

/// The values that remain possible on the way to a solution.
#[derive(Debug, Clone, Default)]
struct Partial {
    /// By unknown, the indexes of the remaining cases.
    cases: BTreeMap<usize, Vec<usize>>,
    /// Atoms that compare two paths, and whether they must be true.
    relations: Vec<(usize, bool)>,
}

impl Solver {
    /// Reads the rules of a Choice; `None` if one is malformed. Placeholders are constants.
    pub fn new(choice: &Choice<'_>) -> Option<Self> {
        let mut atoms = Atoms {
            has_constant_placeholders: true,
            ..Atoms::default()
        };
        let rules = choice.rules.iter();
        let formulas = rules
            .map(|rule| read(&rule.condition, &mut atoms))
            .collect::<Option<_>>()?;
        let mut subjects: Vec<(&Subject, Vec<&Predicate>)> = Vec::new();
        let mut unknown_of = Vec::with_capacity(atoms.all.len());
        for (subject, predicate) in &atoms.all {
            let known = subjects.iter().position(|(known, _)| *known == subject);
            let at = known.unwrap_or_else(|| {
                subjects.push((subject, Vec::new()));
                subjects.len() - 1
            });
            subjects[at].1.push(predicate);
            unknown_of.push(at);
        }
        let unknowns = subjects.into_iter().map(|(subject, predicates)| Unknown {
            path: match subject {
                Subject::Path(path) if predicates.iter().any(|p| **p != Predicate::Opaque) => {
                    Some(path.clone())
                }
                _ => None,
            },
            cases: witness::candidates(&predicates),
        });
        let unknowns = unknowns.collect();
        Some(Self {
            formulas,
            atoms,
            unknowns,
            unknown_of,
        })
    }

    /// Alternative values with which a rule is taken, or no rule for `None`; not all alternatives if there are many. A
    /// condition that is not analyzed may still be true or false for any of them.
    pub fn solutions(&self, rule: Option<usize>) -> Vec<Solution> {
        let earlier = rule.unwrap_or(self.formulas.len());
        let mut partials = vec![Partial::default()];
        if let Some(formula) = rule.and_then(|rule| self.formulas.get(rule)) {
            partials = self.satisfy(partials, formula, true);
        }
        for formula in &self.formulas[..earlier.min(self.formulas.len())] {
            partials = self.satisfy(partials, formula, false);
        }
        let mut solutions: Vec<Solution> = Vec::new();
        for solution in partials.into_iter().map(|partial| self.solution(partial)) {
            if !solutions.contains(&solution) {
                solutions.push(solution);
            }
        }
        solutions
    }

    fn solution(&self, partial: Partial) -> Solution {
        let values = partial.cases.into_iter().filter_map(|(unknown, cases)| {
            let unknown = &self.unknowns[unknown];
            let values = cases.iter().take(VALUES);
            let values = values.map(|case| witness::value(&unknown.cases[*case])).collect();
            Some((unknown.path.clone()?, values))
        });
        let relations = partial.relations.into_iter().filter_map(|(atom, is_wanted)| {
            let comparison = self.atoms.comparisons.iter().find(|c| c.atom == atom)?;
            Some(Relation {
                left: comparison.left.clone(),
                operator: comparison.operator,
                right: comparison.right.clone(),
                is_wanted,
            })
        });
        Solution {
            values: values.collect(),
            relations: relations.collect(),
        }
    }

    /// The alternatives that remain if a formula has the wanted truth.
    fn satisfy(&self, partials: Vec<Partial>, formula: &Formula, wanted: bool) -> Vec<Partial> {
        match formula {
            Formula::Constant(truth) if *truth == wanted => partials,
            Formula::Constant(_) => Vec::new(),
            Formula::Not(inner) => self.satisfy(partials, inner, !wanted),
            Formula::Atom(atom) => {
                let remaining = partials
                    .into_iter()
                    .filter_map(|partial| self.restrict(partial, *atom, wanted));
                remaining.collect()
            }
            Formula::And(all) if wanted => all
                .iter()
                .fold(partials, |rest, inner| self.satisfy(rest, inner, true)),
            Formula::Or(any) if !wanted => any
                .iter()
                .fold(partials, |rest, inner| self.satisfy(rest, inner, false)),
            // One of them settles the result, and those before it do not.
            Formula::And(some) | Formula::Or(some) => {
                let mut before = partials;
                let mut found = Vec::new();
                for inner in some {
                    found.extend(self.satisfy(before.clone(), inner, wanted));
                    before = self.satisfy(before, inner, !wanted);
                }
                // Round robin over the alternatives would be fairer, but the first ones are those that are written first.
                found.truncate(ALTERNATIVES);
                found
            }
        }
    }

    fn restrict(&self, mut partial: Partial, atom: usize, wanted: bool) -> Option<Partial> {
        let (_, predicate) = self.atoms.all.get(atom)?;
        if *predicate == Predicate::Opaque {
            if self.atoms.comparisons.iter().any(|c| c.atom == atom) {
                partial.relations.push((atom, wanted));
            }
            return Some(partial);
        }
        let at = *self.unknown_of.get(atom)?;
        let unknown = &self.unknowns[at];
        let truth = Truth::from(wanted);
        let remaining = partial
            .cases
            .entry(at)
            .or_insert_with(|| (0..unknown.cases.len()).collect());
        remaining.retain(|case| predicate.truths(&unknown.cases[*case]).contains(&truth));
        (!remaining.is_empty()).then_some(partial)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asl::{Kind, lower};
    use crate::document::{Syntax, read};
    use crate::source::SourceFile;
    use std::sync::Arc;

    /// The first values of the first solution.
    fn solved(language: &str, rules: &[&str], rule: Option<usize>) -> String {
        let rules: Vec<String> = rules.iter().map(|rule| format!("{{{rule}}}")).collect();
        let text = format!(
            r#"{{"QueryLanguage": "{language}", "States": {{"A": {{"Type": "Choice", "Choices": [{}]}}}}}}"#,
            rules.join(",")
        );
        let document = read(Arc::new(SourceFile::new("a.json", text)), Syntax::Json);
        let machine = lower::machine(&document.roots[0]);
        let Kind::Choice(choice) = &machine.states[0].kind else {
            panic!("not a Choice")
        };
        let solutions = Solver::new(choice).unwrap().solutions(rule);
        let Some(first) = solutions.first() else {
            return "none".into();
        };
        let values = first.values.iter().map(|(path, values)| {
            let value = values.first().cloned().flatten();
            format!(
                "{path}={}",
                value.map_or("missing".into(), |value| value.to_json())
            )
        });
        let relations = first.relations.iter().map(|relation| {
            let is = if relation.is_wanted { "is" } else { "is not" };
            format!(
                "{} {is} {} {}",
                relation.left, relation.operator.name, relation.right
            )
        });
        values.chain(relations).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn finds_values_for_each_exit() {
        let paid = r#""Variable": "$.s", "StringEquals": "paid""#;
        let due = r#""Variable": "$.s", "StringMatches": "due-*""#;
        let big = r#""And": [{"Variable": "$.n", "IsPresent": true}, {"Variable": "$.n", "NumericGreaterThan": 5}]"#;
        let placeholder = r#""Variable": "$.s", "StringEquals": "${Status}""#;
        let same = r#""Variable": "$.a", "NumericEqualsPath": "$.b""#;
        for (rules, rule, expected) in [
            (&[paid, due][..], Some(0), r#"$.s="paid""#),
            (&[paid, due], Some(1), r#"$.s="due-sample""#),
            (&[paid, due], None, r#"$.s="other""#),
            (&[big, paid], Some(0), "$.n=6"),
            (&[big, paid], Some(1), r#"$.n=missing, $.s="paid""#),
            (&[paid, paid], Some(1), "none"),
            (&[placeholder], Some(0), r#"$.s="${Status}""#),
            (&[same], Some(0), "$.a is NumericEqualsPath $.b"),
        ] {
            assert_eq!(solved("JSONPath", rules, rule), expected, "{rules:?} {rule:?}");
        }
    }

    #[test]
    fn finds_values_for_jsonata() {
        let open = r#""Condition": "{% $states.input.status = 'open' and $states.input.n > 2 %}""#;
        assert_eq!(
            solved("JSONata", &[open], Some(0)),
            r#"$states.input.status="open", $states.input.n=3"#
        );
        assert_eq!(
            solved("JSONata", &[open], None),
            r#"$states.input.status="other""#
        );
    }
}
