//! Definitions that would need more memory or time than there is.

use super::tests::yaml;
use aslkit::asl::lower;
use aslkit::history::Time;
use aslkit::simulate::mocks::{DEFAULT_START, MockedWorld, Mocks, Settings, Unmocked};
use aslkit::simulate::{self, Error, Execution, Options, Plan};
use aslkit::value::Value;
use std::rc::Rc;
use std::time::{Duration, Instant};

fn run(definition: &str, input: &str, options: Options) -> Result<Execution, Error> {
    let document = yaml(definition);
    let plan = Rc::new(Plan::new(&lower::machine(&document.roots[0])));
    let mocks = Mocks::default();
    let settings = Settings {
        seed: 0,
        start: Time::parse(DEFAULT_START).unwrap(),
    };
    let options = Options {
        limits: false,
        ..options
    };
    let mut world = MockedWorld::new(&mocks, settings, Unmocked::Echo);
    simulate::run(&plan, Value::parse(input).unwrap(), &mut world, &options)
}

/// A Distributed Map over a thousand items whose processor is `inside`, `depth` times.
fn nested(depth: usize) -> String {
    let inside = if depth == 1 {
        "P: {Type: Pass, End: true}".to_owned()
    } else {
        nested(depth - 1)
    };
    let start = if depth == 1 { "P" } else { "M" };
    format!(
        "M: {{Type: Map, Items: '{{% [1..1000] %}}', ItemProcessor: {{ProcessorConfig: {{Mode: DISTRIBUTED, ExecutionType: \
         STANDARD}}, StartAt: {start}, States: {{{inside}}}}}, End: true}}"
    )
}

#[test]
fn nested_maps_stop_at_the_maximum_number_of_transitions() {
    let began = Instant::now();
    let options = Options {
        record_events: false,
        max_transitions: 10_000,
        ..Options::default()
    };
    let definition = format!(
        "{{QueryLanguage: JSONata, StartAt: M, States: {{{}}}}}",
        nested(3)
    );
    let error = run(&definition, "{}", options).unwrap_err();
    assert!(error.message.starts_with("exceeded 10000 transitions"), "{error}");
    assert!(
        began.elapsed() < Duration::from_secs(120),
        "{:?}",
        began.elapsed()
    );
}

#[test]
fn payloads_that_double_stop_at_the_maximum_size() {
    let states: Vec<String> = (0..60)
        .map(|i| {
            format!(
                "S{i}: {{Type: Pass, Parameters: {{a.$: 'States.Array($, $)'}}, Next: S{}}}",
                i + 1
            )
        })
        .collect();
    let definition = format!(
        "{{StartAt: S0, States: {{{}, S60: {{Type: Succeed}}}}}}",
        states.join(", ")
    );
    let began = Instant::now();
    let options = Options {
        max_payload: 1 << 20,
        ..Options::default()
    };
    let execution = run(&definition, "{}", options).unwrap();
    assert_eq!(execution.error.error.as_deref(), Some("States.DataLimitExceeded"));
    assert_eq!(
        execution.error.cause.as_deref(),
        Some(
            "The state/task 'S16' returned a result of more than 1048576 bytes, the limit of --max-payload."
        )
    );
    assert!(
        began.elapsed() < Duration::from_secs(120),
        "{:?}",
        began.elapsed()
    );
}

#[test]
fn variables_that_double_stop_at_the_maximum_size() {
    let definition = "{StartAt: A, States: {A: {Type: Pass, Assign: {v: [1]}, Next: B}, B: {Type: Pass, Assign: {v.$: \
                      'States.Array($v, $v)'}, Next: B}}}";
    let options = Options {
        max_payload: 1 << 20,
        ..Options::default()
    };
    let execution = run(definition, "{}", options).unwrap();
    assert_eq!(execution.error.error.as_deref(), Some("States.DataLimitExceeded"));
}

#[test]
fn a_recorded_history_has_a_maximum_length() {
    let options = || Options {
        max_events: 1_000,
        ..Options::default()
    };
    let definition = "{StartAt: A, States: {A: {Type: Pass, Next: A}}}";
    let error = run(definition, "{}", options()).unwrap_err();
    assert_eq!(error.message, "the execution has more than 1000 events");
    let unrecorded = Options {
        record_events: false,
        max_transitions: 5_000,
        ..options()
    };
    let error = run(definition, "{}", unrecorded).unwrap_err();
    assert!(error.message.starts_with("exceeded 5000 transitions"), "{error}");
}

#[test]
fn children_of_a_distributed_map_need_memory_only_while_they_run() {
    let definition = "{QueryLanguage: JSONata, StartAt: M, States: {M: {Type: Map, Items: '{% [1..20000] %}', ItemProcessor: \
                      {ProcessorConfig: {Mode: DISTRIBUTED, ExecutionType: STANDARD}, StartAt: P, States: {P: {Type: Pass, \
                      End: true}}}, Output: '{% $count($states.result) %}', End: true}}}";
    let options = Options {
        record_events: false,
        ..Options::default()
    };
    let execution = run(definition, "{}", options).unwrap();
    assert_eq!(
        execution.output.map(|output| output.to_json()),
        Some("20000".to_owned())
    );
    assert!(execution.peak.frames < 10, "{}", execution.peak.frames);
    let items = execution.map_runs[0].items;
    assert_eq!((items.total, items.succeeded, items.running), (20_000, 20_000, 0));
}
