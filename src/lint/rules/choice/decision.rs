//! Which rule of a Choice is taken, over every combination of values that its questions can tell apart.

use super::formula::{Formula, Questions, Subject};
use super::question::Truth;
use super::space::Space;
use crate::asl::state::Choice;
use crate::asl::state::choice::ChoiceRule;
use crate::source::Span;
use std::collections::HashSet;

/// What becomes of the rules.
#[derive(Debug)]
pub(super) struct Decision {
    /// Of each, in order.
    pub rules: Vec<Fate>,
    /// Some values lead past all rules; `None` where there are too many combinations to tell.
    pub passes_all: Option<bool>,
    /// Some values that the questions reckon with lead past all rules.
    pub expected_passes_all: Option<bool>,
}

/// What becomes of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Some values lead to it, as far as can be told.
    Open,
    /// Its condition holds for every value that does not make the execution fail.
    Always,
    /// Its condition holds for no value.
    Never,
    /// Whenever its condition holds, an earlier rule is taken: this one, or several of them.
    Shadowed(Option<usize>),
    /// Whenever its condition holds, this earlier rule has made the execution fail, or an earlier one is taken.
    Preempted(usize),
}

/// Where a finding about a rule belongs: what its condition begins with.
pub(super) fn place(rule: &ChoiceRule<'_>) -> Span {
    if let Some(condition) = rule.node.get("Condition") {
        return condition.span;
    }
    let mut fields = ["And", "Or", "Not", "Variable"].iter();
    let member = fields.find_map(|name| rule.node.member(name));
    member.map_or(rule.node.span, |m| m.key_span)
}

/// What becomes of the rules of a Choice; `None` where one is malformed.
pub(super) fn of(choice: &Choice<'_>) -> Option<Decision> {
    let mut questions = Questions::default();
    let formulas: Option<Vec<Formula>> = choice
        .rules
        .iter()
        .map(|r| questions.read(&r.condition))
        .collect();
    let formulas = formulas.filter(|all| !all.is_empty())?;
    let everything: Vec<&Formula> = formulas.iter().collect();
    let Some(space) = Space::of(&everything, &questions) else {
        return Some(Decision {
            rules: pairwise(&formulas, &questions),
            passes_all: None,
            expected_passes_all: None,
        });
    };
    let mut passes_all = false;
    let mut expected_passes_all = false;
    let mut tallies = vec![Tally::default(); formulas.len()];
    space.for_each(&mut |truths, is_expected| {
        let taken = go_through(&formulas, truths);
        passes_all |= taken == Way::Past;
        expected_passes_all |= taken == Way::Past && is_expected;
        for (i, formula) in formulas.iter().enumerate() {
            tallies[i].count(i, formula.eval(truths), taken);
        }
    });
    Some(Decision {
        rules: tallies.iter().map(Tally::fate).collect(),
        passes_all: Some(passes_all),
        expected_passes_all: Some(expected_passes_all),
    })
}

/// How much is spent on comparing rules in pairs: a pair costs the square of the questions it asks.
const PAIRS: usize = 100_000;

/// Each rule alone, and with each earlier one, where all together are too many.
fn pairwise(formulas: &[Formula], questions: &Questions) -> Vec<Fate> {
    let alone: Vec<Option<Fate>> = formulas.iter().map(|formula| alone(formula, questions)).collect();
    let sizes: Vec<usize> = formulas.iter().map(Formula::count_questions).collect();
    let subjects: Vec<HashSet<&Subject>> = formulas.iter().map(|f| questions.subjects(f)).collect();
    let mut spent = 0;
    let mut fates = Vec::with_capacity(formulas.len());
    for (i, formula) in formulas.iter().enumerate() {
        let mut fate = alone[i].unwrap_or(Fate::Open);
        for earlier in (0..i).filter(|j| alone[i] == Some(Fate::Open) && alone[*j] == Some(Fate::Open)) {
            // What is asked of other values says nothing about this one.
            if subjects[i].is_disjoint(&subjects[earlier]) {
                continue;
            }
            spent += (sizes[i] + sizes[earlier]).pow(2);
            if spent > PAIRS {
                break;
            }
            if is_shadowed(formula, &formulas[earlier], questions) {
                fate = Fate::Shadowed(Some(earlier));
                break;
            }
        }
        fates.push(fate);
    }
    fates
}

/// What becomes of a rule before which no other stands; `None` where it asks too much.
fn alone(formula: &Formula, questions: &Questions) -> Option<Fate> {
    let mut tally = Tally::default();
    let formulas = std::slice::from_ref(formula);
    Space::of(&[formula], questions)?.for_each(&mut |truths, _| {
        tally.count(0, formula.eval(truths), go_through(formulas, truths));
    });
    Some(tally.fate())
}

/// Whether an earlier rule is taken, or fails, whenever a rule holds.
fn is_shadowed(formula: &Formula, earlier: &Formula, questions: &Questions) -> bool {
    let Some(space) = Space::of(&[formula, earlier], questions) else {
        return false;
    };
    let mut escapes = false;
    space.for_each(&mut |truths, _| {
        escapes |= earlier.eval(truths) == Truth::False && formula.eval(truths) == Truth::True;
    });
    !escapes
}

/// Where a combination of values leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Taken(usize),
    Past,
    Fails(usize),
}

fn go_through(formulas: &[Formula], truths: &[Truth]) -> Way {
    for (i, formula) in formulas.iter().enumerate() {
        match formula.eval(truths) {
            Truth::True => return Way::Taken(i),
            Truth::False => {}
            Truth::Undefined | Truth::Fails => return Way::Fails(i),
        }
    }
    Way::Past
}

/// The rules that were seen to be taken.
#[derive(Debug, Default, Clone, Copy)]
enum Instead {
    #[default]
    Nobody,
    One(usize),
    Several,
}

/// What was seen of a rule.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    holds: bool,
    fails_to_hold: bool,
    is_taken: bool,
    /// Who was taken while it held, if not it.
    instead: Instead,
    /// The first rule that was seen to fail while it held.
    failing: Option<usize>,
}

impl Tally {
    fn count(&mut self, rule: usize, truth: Truth, way: Way) {
        self.holds |= truth == Truth::True;
        self.fails_to_hold |= truth == Truth::False;
        if truth != Truth::True {
            return;
        }
        match way {
            Way::Taken(taken) => {
                self.is_taken |= taken == rule;
                self.instead = match self.instead {
                    Instead::Nobody => Instead::One(taken),
                    Instead::One(other) if other == taken => Instead::One(taken),
                    _ => Instead::Several,
                };
            }
            Way::Fails(failing) => self.failing = self.failing.or(Some(failing)),
            Way::Past => {}
        }
    }

    const fn fate(&self) -> Fate {
        if !self.holds {
            Fate::Never
        } else if let (false, Some(failing)) = (self.is_taken, self.failing) {
            Fate::Preempted(failing)
        } else if !self.is_taken {
            Fate::Shadowed(match self.instead {
                Instead::One(earlier) => Some(earlier),
                Instead::Nobody | Instead::Several => None,
            })
        } else if !self.fails_to_hold {
            Fate::Always
        } else {
            Fate::Open
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Decision, Fate, of};
    use crate::asl::{Kind, lower};
    use crate::document::{Syntax, read};
    use crate::source::SourceFile;
    use std::sync::Arc;

    fn decide(language: &str, rules: &[&str]) -> Decision {
        let rules: Vec<_> = rules.iter().map(|rule| format!("{{{rule}}}")).collect();
        let text = format!(
            r#"{{"QueryLanguage": "{language}", "States": {{"A": {{"Type": "Choice", "Choices": [{}]}}}}}}"#,
            rules.join(",")
        );
        let document = read(Arc::new(SourceFile::new("a.json", text)), Syntax::Json);
        assert_eq!(document.faults, []);
        let machine = lower::machine(&document.roots[0]);
        let Kind::Choice(choice) = &machine.states[0].kind else {
            panic!("no choice")
        };
        of(choice).unwrap()
    }

    /// A letter per rule: open, always, never, shadowed (by one, by several), preempted; and `+` where values lead past
    /// all rules, `?` where only unexpected ones do.
    fn fates(decision: &Decision) -> String {
        let letters = decision.rules.iter().map(|fate| match fate {
            Fate::Open => 'o',
            Fate::Always => 'a',
            Fate::Never => 'n',
            Fate::Shadowed(Some(_)) => 's',
            Fate::Shadowed(None) => 'S',
            Fate::Preempted(_) => 'p',
        });
        let past = match (decision.passes_all, decision.expected_passes_all) {
            (Some(true), Some(true)) => "+",
            (Some(true), Some(false)) => "?",
            (None, None) => "-",
            _ => "",
        };
        letters.collect::<String>() + past
    }

    fn of_variable(tests: &[&str]) -> String {
        let rules: Vec<_> = tests
            .iter()
            .map(|test| format!(r#""Variable": "$.x", {test}"#))
            .collect();
        fates(&decide(
            "JSONPath",
            &rules.iter().map(String::as_str).collect::<Vec<_>>(),
        ))
    }

    fn of_conditions(conditions: &[&str]) -> String {
        let rules: Vec<_> = conditions
            .iter()
            .map(|c| format!(r#""Condition": "{{% {} %}}""#, c.replace('"', "\\\"")))
            .collect();
        fates(&decide(
            "JSONata",
            &rules.iter().map(String::as_str).collect::<Vec<_>>(),
        ))
    }

    #[test]
    fn wider_ranges_hide_narrower_ones() {
        assert_eq!(
            of_variable(&[r#""NumericGreaterThan": 5"#, r#""NumericGreaterThan": 10"#]),
            "os+"
        );
        assert_eq!(
            of_variable(&[r#""NumericGreaterThan": 10"#, r#""NumericGreaterThan": 5"#]),
            "oo+"
        );
        assert_eq!(
            of_variable(&[r#""NumericLessThan": 5"#, r#""NumericGreaterThanEquals": 5"#]),
            "oo?"
        );
        assert_eq!(
            of_variable(&[
                r#""NumericLessThan": 5"#,
                r#""NumericGreaterThan": 3"#,
                r#""NumericEquals": 4"#
            ]),
            "oos?"
        );
        assert_eq!(
            of_variable(&[
                r#""NumericLessThan": 5"#,
                r#""NumericGreaterThan": 5"#,
                r#""NumericLessThan": 9"#,
                r#""NumericLessThanEquals": 5"#
            ]),
            "oooS?"
        );
        assert_eq!(
            of_variable(&[
                r#""TimestampLessThan": "2030-01-01T00:00:00Z""#,
                r#""TimestampLessThan": "2029-12-31T23:00:00-02:00""#
            ]),
            "oo+"
        );
        assert_eq!(
            of_variable(&[
                r#""TimestampLessThan": "2030-01-01T00:00:00Z""#,
                r#""TimestampLessThan": "2029-12-31T23:00:00Z""#
            ]),
            "os+"
        );
    }

    #[test]
    fn strings_are_told_apart() {
        assert_eq!(
            of_variable(&[r#""StringEquals": "a""#, r#""StringEquals": "b""#]),
            "oo+"
        );
        assert_eq!(
            of_variable(&[r#""StringEquals": "a""#, r#""StringEquals": "a""#]),
            "os+"
        );
        assert_eq!(
            of_variable(&[r#""StringMatches": "a*""#, r#""StringEquals": "ab""#]),
            "os+"
        );
        assert_eq!(
            of_variable(&[r#""StringMatches": "a*""#, r#""StringEquals": "ba""#]),
            "oo+"
        );
        assert_eq!(
            of_variable(&[r#""StringMatches": "*""#, r#""IsString": true"#]),
            "os+"
        );
        assert_eq!(
            of_variable(&[r#""StringLessThan": "b""#, r#""StringEquals": "a""#]),
            "os+"
        );
        assert_eq!(
            of_variable(&[r#""IsTimestamp": true"#, r#""IsString": true"#]),
            "oo+"
        );
        assert_eq!(
            of_variable(&[
                r#""IsString": true"#,
                r#""TimestampEquals": "2030-01-01T00:00:00Z""#
            ]),
            "os+"
        );
    }

    #[test]
    fn types_and_presence_are_told_apart() {
        assert_eq!(
            of_variable(&[r#""BooleanEquals": true"#, r#""BooleanEquals": false"#]),
            "oo?"
        );
        assert_eq!(of_variable(&[r#""BooleanEquals": true"#]), "o+");
        assert_eq!(
            of_variable(&[r#""IsPresent": true"#, r#""IsPresent": false"#]),
            "oo"
        );
        assert_eq!(of_variable(&[r#""IsPresent": true"#, r#""IsNull": true"#]), "os");
        assert_eq!(
            of_variable(&[r#""IsNull": true"#, r#""IsPresent": false"#]),
            "op+"
        );
        assert_eq!(
            of_variable(&[r#""IsPresent": false"#, r#""IsNull": true"#]),
            "oo+"
        );
        assert_eq!(
            of_variable(&[r#""NumericEquals": 1"#, r#""StringEquals": "1""#]),
            "oo+"
        );
    }

    #[test]
    fn rules_are_joined_and_turned_round() {
        let rule = |json: &str| fates(&decide("JSONPath", &[json]));
        assert_eq!(
            rule(
                r#""And": [{"Variable": "$.x", "NumericLessThan": 3}, {"Variable": "$.x", "NumericGreaterThan": 4}]"#
            ),
            "n+"
        );
        assert_eq!(
            rule(
                r#""And": [{"Variable": "$.x", "NumericLessThan": 3}, {"Variable": "$.y", "NumericGreaterThan": 4}]"#
            ),
            "o+"
        );
        assert_eq!(
            rule(
                r#""Or": [{"Variable": "$.x", "IsNull": true}, {"Not": {"Variable": "$.x", "IsNull": true}}]"#
            ),
            "a"
        );
        assert_eq!(
            rule(
                r#""And": [{"Variable": "$.x", "NumericEqualsPath": "$.y"}, {"Not": {"Variable": "$.x", "NumericEqualsPath": "$.y"}}]"#
            ),
            "n+"
        );
        assert_eq!(rule(r#""Variable": "$.x", "StringEquals": "${Word}""#), "o+");
    }

    #[test]
    fn simple_jsonata_is_understood() {
        assert_eq!(of_conditions(&["true", "$x > 5"]), "as");
        assert_eq!(of_conditions(&["false"]), "n+");
        assert_eq!(of_conditions(&["$x.n > 5", "10 < $x.n"]), "os+");
        assert_eq!(of_conditions(&["$x.n > 5", "$x.n <= 5"]), "oo");
        assert_eq!(of_conditions(&["$s = 'a'", "$s = \"a\""]), "os+");
        assert_eq!(
            of_conditions(&["$s = 'a' or $s = 'b'", "$s = 'b' and $n = 1"]),
            "os+"
        );
        assert_eq!(of_conditions(&["$ok", "$not($ok)"]), "oo");
        assert_eq!(of_conditions(&["$x > 5", "$not($exists($x))"]), "op+");
        assert_eq!(of_conditions(&["$count($x)  > 5", "$count($x) > 5"]), "os+");
        assert_eq!(of_conditions(&["$random() > 0.5", "$random() > 0.5"]), "oo+");
        assert_eq!(of_conditions(&["$x + 1 > 5", "$x + 1 > 6"]), "oo+");
    }

    #[test]
    fn many_variables_are_compared_in_pairs() {
        let rules: Vec<String> = (0..40)
            .map(|i| format!(r#""Variable": "$.v{}", "NumericLessThan": {i}"#, i % 8))
            .collect();
        let decision = decide("JSONPath", &rules.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(decision.passes_all, None);
        assert!(decision.rules.iter().all(|fate| *fate == Fate::Open));
        let reversed: Vec<&str> = rules.iter().rev().map(String::as_str).collect();
        let decision = decide("JSONPath", &reversed);
        let shadows = (8..40).map(|i| Fate::Shadowed(Some(i % 8)));
        assert!(decision.rules[8..].iter().copied().eq(shadows));
    }
}
