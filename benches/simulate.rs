//! What executions cost, once a machine is ready to run.
#![expect(clippy::unwrap_used, reason = "the texts here parse")]

use aslkit::asl::lower;
use aslkit::document::{Syntax, read};
use aslkit::simulate::mocks::{MockedWorld, Mocks, Settings, Unmocked};
use aslkit::simulate::{Execution, Options, Plan, run};
use aslkit::source::SourceFile;
use aslkit::spec::WorkflowType;
use aslkit::value::Value;
use divan::counter::ItemsCount;
use divan::{AllocProfiler, Bencher};
use std::rc::Rc;
use std::sync::Arc;

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

/// A counter that goes round a thousand times.
const LOOP: &str = r#"
StartAt: Count
States:
  Count: { Type: Pass, Parameters: { "i.$": "States.MathAdd($.i, 1)" }, Next: Enough }
  Enough:
    Type: Choice
    Choices: [{ Variable: $.i, NumericLessThan: 1000, Next: Count }]
    Default: Done
  Done: { Type: Succeed }
"#;

/// A Map whose iterations shape their item, by JSONPath.
const PATHS: &str = r#"
StartAt: Each
States:
  Each:
    Type: Map
    ItemProcessor:
      StartAt: Label
      States:
        Label: { Type: Pass, Parameters: { "label.$": "States.Format('{}-{}', $.name, $.n)" }, End: true }
    End: true
"#;

/// The same in JSONata.
const JSONATA: &str = r#"
QueryLanguage: JSONata
StartAt: Each
States:
  Each:
    Type: Map
    ItemProcessor:
      StartAt: Label
      States:
        Label: { Type: Pass, Output: { label: "{% $states.input.name & '-' & $states.input.n %}" }, End: true }
    End: true
"#;

/// A task that fails once, and a branch that waits.
const TASKS: &str = r#"
StartAt: Both
States:
  Both:
    Type: Parallel
    Branches:
      - StartAt: Wait
        States:
          Wait: { Type: Wait, Seconds: 5, End: true }
      - StartAt: Call
        States:
          Call:
            Type: Task
            Resource: arn:aws:states:::lambda:invoke
            Parameters: { FunctionName: call, "Payload.$": $ }
            ResultPath: $.call
            End: true
    End: true
"#;

fn plan(definition: &str) -> Rc<Plan> {
    let document = read(Arc::new(SourceFile::new("bench", definition)), Syntax::Yaml);
    Rc::new(Plan::new(&lower::machine(&document.roots[0])))
}

fn items(count: usize) -> Value {
    let items = (0..count).map(|i| format!(r#"{{"n":{i},"name":"item"}}"#));
    Value::parse(&format!("[{}]", items.collect::<Vec<_>>().join(","))).unwrap()
}

fn simulate(plan: &Rc<Plan>, input: &Value, history: bool) -> Execution {
    let mocks = Mocks::default();
    let settings = Settings {
        seed: 0,
        start: aslkit::history::Time::default(),
    };
    let options = Options {
        workflow_type: WorkflowType::Express,
        limits: false,
        record_events: history,
        ..Options::default()
    };
    let mut world = MockedWorld::new(&mocks, settings, Unmocked::Echo);
    run(plan, input.clone(), &mut world, &options).unwrap()
}

#[divan::bench]
fn a_loop_of_a_thousand(bencher: Bencher<'_, '_>) {
    let (plan, input) = (plan(LOOP), Value::from([("i", 0)]));
    bencher
        .counter(ItemsCount::new(2000_usize))
        .bench_local(|| simulate(&plan, &input, false));
}

#[divan::bench(args = [1_000, 10_000])]
fn a_map_in_jsonpath(bencher: Bencher<'_, '_>, count: usize) {
    let (plan, input) = (plan(PATHS), items(count));
    bencher
        .counter(ItemsCount::new(count))
        .bench_local(|| simulate(&plan, &input, false));
}

#[divan::bench(args = [1_000, 10_000])]
fn a_map_with_its_history(bencher: Bencher<'_, '_>, count: usize) {
    let (plan, input) = (plan(PATHS), items(count));
    bencher
        .counter(ItemsCount::new(count))
        .bench_local(|| simulate(&plan, &input, true));
}

#[divan::bench(args = [1_000])]
fn a_map_in_jsonata(bencher: Bencher<'_, '_>, count: usize) {
    let (plan, input) = (plan(JSONATA), items(count));
    bencher
        .counter(ItemsCount::new(count))
        .bench_local(|| simulate(&plan, &input, false));
}

#[divan::bench]
fn a_short_execution(bencher: Bencher<'_, '_>) {
    let (plan, input) = (plan(TASKS), Value::empty_object());
    bencher.bench_local(|| simulate(&plan, &input, false));
}
