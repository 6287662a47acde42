//! What holds of every execution, and virtual times that can be worked out by hand.
//!
//! `PROPTEST_CASES=200000 cargo test proofs` runs for as long as one likes.

use aslkit::asl::{Machine, lower};
use aslkit::document::{self, Syntax};
use aslkit::expr::{Randomness, Seeded};
use aslkit::history::{self, ErrorData, EventKind, History, Origin, Status, Time};
use aslkit::shape::{self, Analysis, Declarations, Declared, DeclaredResult, Detail};
use aslkit::simulate::world::{Attempt, Completion, Object, TaskOutcome};
use aslkit::simulate::{self, Error, Execution, Options, Plan, World};
use aslkit::source::SourceFile;
use aslkit::spec::WorkflowType;
use aslkit::value::Value;
use proptest::prelude::*;
use serde_json::{Map, json};
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A world in which what tasks come to is a matter of luck, the same for the same seed.
struct Dice(Seeded);

impl World for Dice {
    fn start_time(&self) -> Time {
        Time::from_millis(1_893_456_000_000)
    }

    fn randomness(&mut self) -> &mut dyn Randomness {
        &mut self.0
    }

    fn run_task(&mut self, attempt: &Attempt<'_>) -> Result<TaskOutcome, Error> {
        let roll = self.0.next_u64();
        let throw = |error: &str| {
            Completion::Throw(ErrorData {
                error: Some(error.into()),
                cause: None,
            })
        };
        Ok(TaskOutcome {
            completion: match roll % 8 {
                0 => throw("Oops"),
                1 => throw("States.TaskFailed"),
                2 => Completion::Timeout,
                3 => Completion::Return(Value::from(7_i64)),
                4 => Completion::Return(Value::Null),
                _ => Completion::Return(attempt.arguments.clone()),
            },
            duration: i64::try_from(roll >> 8 & 0xFFF).unwrap(),
            submitted: None,
        })
    }

    fn object(&mut self, _: &str, _: &str) -> Result<Option<Rc<str>>, Error> {
        Ok(None)
    }

    fn list(&mut self, _: &str, _: &str) -> Result<Vec<Object>, Error> {
        Ok(Vec::new())
    }

    fn put(&mut self, _: &str, _: &str, _: String) {}
}

fn plan(definition: &serde_json::Value) -> Rc<Plan> {
    let source = Arc::new(SourceFile::new("a.asl.json", definition.to_string()));
    let document = document::read(source, Syntax::Json);
    Rc::new(Plan::new(&lower::machine(&document.roots[0])))
}

fn run(definition: &serde_json::Value, input: &str, options: &Options) -> Result<Execution, Error> {
    let input = Value::parse(input).unwrap();
    simulate::run(&plan(definition), input, &mut Dice(Seeded::new(1)), options)
}

fn unlimited() -> Options {
    Options {
        limits: false,
        ..Options::default()
    }
}

/// Decides what a generated machine looks like, a byte at a time; where the bytes end, it takes the simplest.
struct Choices<'b> {
    bytes: std::slice::Iter<'b, u8>,
    named: usize,
}

impl Choices<'_> {
    fn below(&mut self, n: usize) -> usize {
        usize::from(self.bytes.next().copied().unwrap_or(0)) % n.max(1)
    }

    fn pick(&mut self, of: &[serde_json::Value]) -> serde_json::Value {
        of[self.below(of.len())].clone()
    }

    /// The fields `StartAt` and `States` of a machine, a branch or a processor.
    fn scope(&mut self, depth: usize) -> serde_json::Value {
        let count = 1 + self.below(4);
        let first = self.named;
        self.named += count;
        let names: Vec<String> = (first..first + count).map(|i| format!("S{i}")).collect();
        let states: Map<String, serde_json::Value> = names
            .iter()
            .map(|name| (name.clone(), self.state(&names, depth)))
            .collect();
        json!({"StartAt": names[0], "States": states})
    }

    fn state(&mut self, names: &[String], depth: usize) -> serde_json::Value {
        let mut state = match self.below(if depth < 3 { 11 } else { 8 }) {
            0 => self.pass(),
            1 => json!({"Type": "Pass", "Parameters": {"a.$": "$.a", "n": 1}, "Assign": {"v.$": "$"}}),
            2 => self.jsonata(),
            3 => json!({"Type": "Wait", "Seconds": self.below(9)}),
            4 => return json!({"Type": "Succeed"}),
            5 => return json!({"Type": "Fail", "Error": "Oops", "Cause": "no luck"}),
            6 => self.choice(names),
            7 => self.task(names),
            8 => {
                let branches: Vec<_> = (0..=self.below(3)).map(|_| self.scope(depth + 1)).collect();
                json!({"Type": "Parallel", "Branches": branches})
            }
            n => {
                let mut processor = self.scope(depth + 1);
                if n == 10 {
                    let kind = self.pick(&[json!("EXPRESS"), json!("STANDARD")]);
                    processor["ProcessorConfig"] = json!({"Mode": "DISTRIBUTED", "ExecutionType": kind});
                }
                let items = self.pick(&[json!("$.a"), json!("$.missing"), json!("$")]);
                json!({"Type": "Map", "ItemsPath": items, "MaxConcurrency": self.below(3), "ItemProcessor": processor})
            }
        };
        if state["Type"] == "Choice" {
            return state;
        }
        let composite = matches!(state["Type"].as_str(), Some("Task" | "Parallel" | "Map"));
        if composite && self.below(3) == 1 {
            state["Retry"] = json!([{"ErrorEquals": ["Oops"], "IntervalSeconds": 1 + self.below(3), "MaxAttempts": self.below(3), "JitterStrategy": "FULL"}]);
        }
        if composite && self.below(3) == 1 {
            let next = names[self.below(names.len())].clone();
            state["Catch"] = json!([{"ErrorEquals": ["States.ALL"], "ResultPath": self.pick(&[json!("$.e"), json!(null)]), "Next": next}]);
        }
        if self.below(3) == 0 {
            state["End"] = json!(true);
        } else {
            state["Next"] = json!(names[self.below(names.len())]);
        }
        state
    }

    /// A Pass in JSONPath.
    fn pass(&mut self) -> serde_json::Value {
        let mut state = self.pick(&[
            json!({"Type": "Pass"}),
            json!({"Type": "Pass", "Result": {"a": ["x", null], "n": "y"}}),
            json!({"Type": "Pass", "Parameters": {"a.$": "$..a", "n.$": "$v"}}),
            json!({"Type": "Pass", "Parameters": {"a.$": "States.Array($.n, $.a)", "n.$": "States.JsonToString($)"}}),
            json!({"Type": "Pass", "InputPath": "$.a[0]"}),
            json!({"Type": "Pass", "Parameters": {"a.$": "$.a[*].a", "n.$": "States.ArrayLength($.a)"}}),
        ]);
        state["ResultPath"] = self.pick(&[json!("$"), json!("$"), json!("$.a"), json!("$.r.n"), json!(null)]);
        state
    }

    /// A Pass in JSONata.
    fn jsonata(&mut self) -> serde_json::Value {
        let output = self.pick(&[
            json!("{% {'a': [1..3], 'n': $states.input.n} %}"),
            json!({"a": "{% [$states.input.a] %}", "n": "{% $exists($v) ? $v : 'none' %}"}),
            json!("{% $merge([$states.input, {'n': $count($states.input.a)}]) %}"),
            json!("{% $states.input.a[n > 0] ~> $append(1) %}"),
            json!("{% ($x := $states.input.a.a; {'a': $map($x, function($i) { {'n': $i} }), 'n': $string($x)}) %}"),
            json!("{% $states.input.n = 1 and $states.input.a[0] %}"),
            json!("{% $states.input.a^(n) %}"),
        ]);
        let mut state = json!({"Type": "Pass", "QueryLanguage": "JSONata", "Output": output});
        if self.below(2) == 1 {
            state["Assign"] = json!({"v": "{% $states.input.a %}"});
        }
        state
    }

    fn task(&mut self, _: &[String]) -> serde_json::Value {
        let resource = self.pick(&[
            json!("arn:aws:states:::lambda:invoke"),
            json!("arn:aws:lambda:us-east-1:111122223333:function:f"),
            json!("arn:aws:states:::sqs:sendMessage.waitForTaskToken"),
            json!("arn:aws:states:::glue:startJobRun.sync"),
            json!("arn:aws:states:us-east-1:111122223333:activity:a"),
        ]);
        let path = self.pick(&[json!("$"), json!("$.r"), json!(null)]);
        json!({"Type": "Task", "Resource": resource, "TimeoutSeconds": 1 + self.below(5), "ResultPath": path})
    }

    fn choice(&mut self, names: &[String]) -> serde_json::Value {
        let test = self.pick(&[
            json!({"Variable": "$.n", "NumericGreaterThan": 0}),
            json!({"Variable": "$.a", "IsPresent": true}),
            json!({"Not": {"Variable": "$.a[0]", "IsString": true}}),
            json!({"And": [{"Variable": "$.n", "IsPresent": true}, {"Variable": "$.n", "StringEquals": "x"}]}),
            json!({"Or": [{"Variable": "$.a", "IsNull": true}, {"Variable": "$.n", "IsNumeric": false}]}),
            json!({"Variable": "$.n", "StringLessThanPath": "$.a[0]"}),
        ]);
        if self.below(3) == 2 {
            let condition = self.pick(&[
                json!("{% $states.input.n > 0 %}"),
                json!("{% $exists($states.input.a.a) %}"),
                json!("{% $states.input.n = 'x' or $type($states.input.a) = 'array' %}"),
                json!("{% $not($states.input.a[0] in [1, 2]) %}"),
            ]);
            let rule = json!({"Condition": condition, "Next": names[self.below(names.len())]});
            let otherwise = names[self.below(names.len())].clone();
            return json!({"Type": "Choice", "QueryLanguage": "JSONata", "Choices": [rule], "Default": otherwise});
        }
        let mut rule = test;
        rule["Next"] = json!(names[self.below(names.len())]);
        let mut state = json!({"Type": "Choice", "Choices": [rule]});
        if self.below(2) == 0 {
            state["Default"] = json!(names[self.below(names.len())]);
        }
        state
    }
}

fn inputs() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "{}",
        "null",
        "[]",
        "[1,[2],{\"a\":[3]}]",
        "{\"a\":[1,2,3,4,5],\"n\":1}",
        "{\"a\":{\"k\":1},\"n\":\"x\"}",
        "{\"a\":[{\"a\":[1,2],\"n\":0},{\"a\":[]}],\"n\":-1}",
        "\"text\"",
    ])
}

fn check(history: &History) -> Result<(), TestCaseError> {
    for (i, event) in history.iter().enumerate() {
        prop_assert_eq!(usize::try_from(event.id).unwrap(), i + 1);
        prop_assert!(event.previous < event.id, "{:?}", event);
        prop_assert!(i == 0 || history[i - 1].time <= event.time, "{:?}", event);
        let is_end = matches!(
            event.kind,
            EventKind::ExecutionSucceeded { .. }
                | EventKind::ExecutionFailed(_)
                | EventKind::ExecutionTimedOut(_)
                | EventKind::ExecutionAborted(_)
        );
        prop_assert_eq!(is_end, i + 1 == history.len());
    }
    Ok(())
}

/// Everything that an execution can show.
fn bytes(execution: &Execution) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut write = |history: &History| {
        let origin = Origin {
            role_arn: &execution.identity.role_arn,
            region: simulate::REGION,
        };
        history::write(history, origin, &mut bytes).unwrap();
    };
    write(&execution.history);
    for run in &execution.map_runs {
        run.children.iter().for_each(|child| write(&child.history));
    }
    bytes.extend(format!("{:?} {:?}", execution.counts, execution.map_runs).bytes());
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_execution_ends_in_order_and_the_same_way_twice(
        shape in prop::collection::vec(any::<u8>(), 0..160),
        input in inputs(),
        seed in any::<u64>(),
        workflow_type in prop::sample::select(&WorkflowType::ALL[..]),
    ) {
        let machine = Choices { bytes: shape.iter(), named: 0 }.scope(0);
        let plan = plan(&machine);
        // A payload may double in every round of a loop: without limits, and with many rounds, that takes long.
        let options = Options { workflow_type, max_transitions: 300, ..Options::default() };
        let once = || {
            let input = Value::parse(input).unwrap();
            simulate::run(&plan, input, &mut Dice(Seeded::new(seed)), &options)
        };
        let (first, second) = match (once(), once()) {
            (Ok(first), Ok(second)) => (first, second),
            // An infinite loop, which is reported in the same words.
            (first, second) => {
                let (first, second) = (first.err().unwrap(), second.err().unwrap());
                prop_assert!(first.message.contains("exceeded 300 transitions"), "{}", first.message);
                prop_assert_eq!(first, second);
                return Ok(());
            }
        };
        check(&first.history)?;
        for run in &first.map_runs {
            for child in &run.children {
                check(&child.history)?;
            }
            for t in [run.items, run.executions] {
                prop_assert_eq!(t.pending + t.running + t.succeeded + t.failed + t.timed_out + t.aborted, t.total);
                prop_assert_eq!(t.running, 0);
            }
        }
        let entered: u64 = first.counts.iter().map(|c| c.entered).sum();
        let left: u64 = first.counts.iter().map(|c| c.exited).sum();
        prop_assert!(left <= entered);
        prop_assert_eq!(bytes(&first), bytes(&second));
    }
}

/// Asserts that every state is entered and left with data that the analysis expects there.
fn check_shapes(
    machine: &Machine<'_>,
    analysis: &Analysis<'_, '_>,
    history: &History,
) -> Result<(), TestCaseError> {
    for event in history {
        let (name, value, is_input) = match &event.kind {
            EventKind::StateEntered { name, input, .. } => (name, input, true),
            EventKind::StateExited { name, output, .. } => (name, output, false),
            _ => continue,
        };
        let mut is_expected = false;
        machine.for_each_state(&mut |scope, state| {
            if state.name.as_str() != &**name {
                return;
            }
            is_expected |= if is_input {
                let mut scenarios = analysis.scenarios(scope, state).iter();
                scenarios.any(|scenario| scenario.payload.contains(value))
            } else {
                analysis
                    .state(state)
                    .is_some_and(|shapes| shapes.output.contains(value))
            };
        });
        prop_assert!(is_expected, "{} {}", name, value);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_payload_has_the_shape_at_its_state(
        shape in prop::collection::vec(any::<u8>(), 0..160),
        input in inputs(),
        seed in any::<u64>(),
    ) {
        let definition = Choices { bytes: shape.iter(), named: 0 }.scope(0);
        let source = Arc::new(SourceFile::new("a.asl.json", definition.to_string()));
        let document = document::read(source, Syntax::Json);
        let machine = lower::machine(&document.roots[0]);
        // The world returns anything for any resource.
        let any = DeclaredResult { state: None, resource: None, result: Declared::Schema(json!(true)) };
        let values = vec![serde_json::from_str(input).unwrap()];
        let declarations = Declarations {
            input: Some(Declared::Examples { values, is_strict: true }),
            results: vec![any],
        };
        let analysis = shape::analyze(&machine, &declarations, Detail::Shapes);
        let options = Options { max_transitions: 300, ..Options::default() };
        let plan = Rc::new(Plan::new(&machine));
        let input = Value::parse(input).unwrap();
        let Ok(execution) = simulate::run(&plan, input, &mut Dice(Seeded::new(seed)), &options) else {
            return Ok(());
        };
        check_shapes(&machine, &analysis, &execution.history)?;
        for child in execution.map_runs.iter().flat_map(|run| &run.children) {
            check_shapes(&machine, &analysis, &child.history)?;
        }
        if let Some(output) = &execution.output {
            prop_assert!(analysis.output.contains(output), "{} {}", analysis.output, output);
        }
    }
}

/// Runs a machine; where the compiler optimizes, it has to be quick.
fn quickly(definition: &serde_json::Value, input: &str, options: &Options) -> Execution {
    let began = Instant::now();
    let execution = run(definition, input, options).unwrap();
    if cfg!(not(debug_assertions)) {
        assert!(
            began.elapsed() < Duration::from_millis(50),
            "{:?}",
            began.elapsed()
        );
    }
    execution
}

fn seconds(execution: &Execution) -> i64 {
    let millis = execution.stop.since(execution.start);
    assert_eq!(millis % 1000, 0);
    millis / 1000
}

const DAY: i64 = 86_400;

#[test]
fn a_month_of_waiting_is_thirty_days() {
    let machine =
        json!({"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 30 * DAY, "End": true}}});
    let execution = quickly(&machine, "{}", &Options::default());
    assert_eq!(
        (execution.status, seconds(&execution)),
        (Status::Succeeded, 30 * DAY)
    );
}

/// A world in which tasks fail at once.
struct Failing(Dice);

impl World for Failing {
    fn start_time(&self) -> Time {
        self.0.start_time()
    }

    fn randomness(&mut self) -> &mut dyn Randomness {
        self.0.randomness()
    }

    fn run_task(&mut self, _: &Attempt<'_>) -> Result<TaskOutcome, Error> {
        Ok(TaskOutcome {
            completion: Completion::Throw(ErrorData {
                error: Some("Busy".into()),
                cause: None,
            }),
            duration: 0,
            submitted: None,
        })
    }

    fn object(&mut self, _: &str, _: &str) -> Result<Option<Rc<str>>, Error> {
        Ok(None)
    }

    fn list(&mut self, _: &str, _: &str) -> Result<Vec<Object>, Error> {
        Ok(Vec::new())
    }

    fn put(&mut self, _: &str, _: &str, _: String) {}
}

fn retried(retrier: &serde_json::Value) -> Execution {
    let task = json!({"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Retry": [retrier], "End": true});
    let plan = plan(&json!({"StartAt": "A", "States": {"A": task}}));
    let began = Instant::now();
    let mut world = Failing(Dice(Seeded::new(1)));
    let execution = simulate::run(&plan, Value::empty_object(), &mut world, &Options::default()).unwrap();
    if cfg!(not(debug_assertions)) {
        assert!(
            began.elapsed() < Duration::from_millis(50),
            "{:?}",
            began.elapsed()
        );
    }
    assert_eq!(execution.status, Status::Failed);
    execution
}

#[test]
fn a_week_of_retries_is_seven_days() {
    let hourly = retried(
        &json!({"ErrorEquals": ["Busy"], "IntervalSeconds": 3600, "BackoffRate": 1.0, "MaxAttempts": 7 * 24}),
    );
    assert_eq!(seconds(&hourly), 7 * DAY);
    assert_eq!(hourly.counts[0].retried, 7 * 24);
    // 1 + 2 + 4 + … + 2048 seconds, then an hour each time.
    let capped = retried(
        &json!({"ErrorEquals": ["States.ALL"], "IntervalSeconds": 1, "BackoffRate": 2.0, "MaxDelaySeconds": 3600, "MaxAttempts": 12 + 7 * 24}),
    );
    assert_eq!(seconds(&capped), 4095 + 7 * DAY);
    // Every attempt is three events: scheduled, started, failed.
    assert_eq!(capped.history.len(), 2 + 3 * (1 + 12 + 7 * 24) + 1);
}

fn map_of_waits() -> serde_json::Value {
    let wait = json!({"StartAt": "W", "States": {"W": {"Type": "Wait", "SecondsPath": "$", "End": true}}});
    json!({"StartAt": "M", "States": {"M": {"Type": "Map", "MaxConcurrency": 3, "ItemProcessor": wait, "End": true}}})
}

fn waits(n: i64, of: impl Fn(i64) -> i64) -> (String, Vec<i64>) {
    let list: Vec<i64> = (0..n).map(of).collect();
    (serde_json::to_string(&list).unwrap(), list)
}

#[test]
fn ten_thousand_waits_three_at_a_time() {
    let (input, _) = waits(10_000, |_| 7);
    let execution = quickly(&map_of_waits(), &input, &unlimited());
    assert_eq!(seconds(&execution), 10_000_i64.div_euclid(3) * 7 + 7);
    // The next item goes to whoever is free first.
    let (input, list) = waits(10_000, |i| 1 + i * i % 11);
    let execution = quickly(&map_of_waits(), &input, &unlimited());
    let mut lanes = [0_i64; 3];
    for wait in list {
        let free = lanes.iter_mut().min().unwrap();
        *free += wait;
    }
    assert_eq!(seconds(&execution), *lanes.iter().max().unwrap());
}

#[test]
fn events_and_time_grow_with_the_items() {
    let measure = |n: i64| {
        let (input, _) = waits(n, |_| 1);
        let began = Instant::now();
        let execution = run(&map_of_waits(), &input, &unlimited()).unwrap();
        assert_eq!(execution.status, Status::Succeeded);
        (execution.history.len(), began.elapsed())
    };
    // Two events around, six around the Map, and for each item: begun, entered, left, done.
    let ((few, _), (many, took)) = (measure(1_000), measure(10_000));
    assert_eq!((few, many), (6 + 4 * 1_000, 6 + 4 * 10_000));
    if cfg!(not(debug_assertions)) {
        let (most, took_most) = measure(100_000);
        assert_eq!(most, 6 + 4 * 100_000);
        assert!(
            took_most < took * 30,
            "{took:?} for 10,000, {took_most:?} for 100,000"
        );
    }
}

#[test]
fn an_endless_loop_is_named() {
    let pass = |next: &str| json!({"Type": "Pass", "Next": next});
    let machine = json!({"StartAt": "A", "States": {"A": pass("B"), "B": pass("C"), "C": pass("B"), "D": {"Type": "Succeed"}}});
    let trouble = run(
        &machine,
        "{}",
        &Options {
            max_transitions: 5_000,
            limits: false,
            ..Options::default()
        },
    )
    .unwrap_err();
    assert_eq!(
        trouble.message,
        "exceeded 5000 transitions; possible infinite loop: `B` → `C`"
    );
    let retrier = json!({"ErrorEquals": ["States.ALL"], "MaxAttempts": 99_999_999, "MaxDelaySeconds": 2});
    let task = json!({"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Retry": [retrier], "End": true});
    let plan = plan(&json!({"StartAt": "A", "States": {"A": task}}));
    let options = Options {
        max_transitions: 5_000,
        limits: false,
        ..Options::default()
    };
    let mut world = Failing(Dice(Seeded::new(1)));
    let trouble = simulate::run(&plan, Value::empty_object(), &mut world, &options).unwrap_err();
    assert!(
        trouble.message.starts_with("exceeded 5000 transitions"),
        "{}",
        trouble.message
    );
}
