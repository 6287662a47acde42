//! Round trip of encoding and decoding.

use super::{Origin, read, write};
use crate::history::{ErrorData, Evaluation, Event, EventKind, Scheduled, TaskResource, Time};
use crate::spec::StateType;
use crate::value::Value;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use std::rc::Rc;

fn text() -> impl Strategy<Value = Rc<str>> {
    "\\PC{0,8}".prop_map(Into::into)
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        text().prop_map(Value::String),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        let member = ("[a-z]{0,3}", inner.clone()).prop_map(|(key, value)| (Rc::from(key), value));
        prop_oneof![
            vec(inner, 0..4).prop_map(Value::array),
            vec(member, 0..4).prop_map(|members| Value::object(members.into_iter().collect())),
        ]
    })
}

fn error() -> impl Strategy<Value = Rc<ErrorData>> {
    (option::of(text()), option::of(text())).prop_map(|(error, cause)| Rc::new(ErrorData { error, cause }))
}

fn state_type() -> impl Strategy<Value = StateType> {
    proptest::sample::select(&StateType::ALL[..])
}

fn resource() -> impl Strategy<Value = Rc<TaskResource>> {
    prop_oneof![
        text().prop_map(|arn| TaskResource::Lambda { arn }),
        text().prop_map(|arn| TaskResource::Activity { arn }),
        (text(), text()).prop_map(|(resource_type, resource)| TaskResource::Service {
            resource_type,
            resource,
        }),
    ]
    .prop_map(Rc::new)
}

/// An event that does not belong to a task.
fn kind() -> impl Strategy<Value = EventKind> {
    use EventKind as K;
    let assigned = option::of(vec((text(), value()), 0..3))
        .prop_map(|members| members.map(|members| Rc::new(members.into_iter().collect())));
    let index = 0..1_000_000_usize;
    prop_oneof![
        value().prop_map(|input| K::ExecutionStarted { input }),
        value().prop_map(|output| K::ExecutionSucceeded { output }),
        error().prop_map(K::ExecutionFailed),
        error().prop_map(K::ExecutionTimedOut),
        error().prop_map(K::ExecutionAborted),
        (state_type(), text(), value()).prop_map(|(state_type, name, input)| K::StateEntered {
            state_type,
            name,
            input
        }),
        (state_type(), text(), value(), assigned).prop_map(|(state_type, name, output, assigned)| {
            K::StateExited {
                state_type,
                name,
                output,
                assigned,
            }
        }),
        state_type().prop_map(|state_type| K::StateAborted { state_type }),
        (text(), error(), option::of(text())).prop_map(|(state, data, location)| {
            K::EvaluationFailed(Rc::new(Evaluation {
                state,
                data: Rc::unwrap_or_clone(data),
                location,
            }))
        }),
        Just(K::ParallelStateStarted),
        Just(K::ParallelStateSucceeded),
        Just(K::ParallelStateFailed),
        index.clone().prop_map(|length| K::MapStateStarted { length }),
        Just(K::MapStateSucceeded),
        Just(K::MapStateFailed),
        (text(), index.clone()).prop_map(|(name, index)| K::MapIterationStarted { name, index }),
        (text(), index.clone()).prop_map(|(name, index)| K::MapIterationSucceeded { name, index }),
        (text(), index.clone()).prop_map(|(name, index)| K::MapIterationFailed { name, index }),
        (text(), index).prop_map(|(name, index)| K::MapIterationAborted { name, index }),
        text().prop_map(|arn| K::MapRunStarted { arn }),
        (text(), 0..10u64).prop_map(|(arn, count)| K::MapRunRedriven { arn, count }),
        Just(K::MapRunSucceeded),
        error().prop_map(K::MapRunFailed),
    ]
}

/// The events of a task. Only the first one contains all details of the resource.
fn task() -> impl Strategy<Value = Vec<EventKind>> {
    use EventKind as K;
    let details = (
        value(),
        option::of(any::<i64>()),
        option::of(any::<i64>()),
        option::of(value()),
    );
    let worker = option::of(text());
    (resource(), details, worker, value(), value(), error()).prop_map(
        |(resource, (input, timeout, heartbeat, role), worker, submitted, output, data)| {
            let resource = || Rc::clone(&resource);
            let mut events = vec![
                K::TaskScheduled(Rc::new(Scheduled {
                    resource: resource(),
                    input,
                    timeout,
                    heartbeat,
                    role,
                })),
                K::TaskStarted {
                    resource: resource(),
                    worker: worker.filter(|_| !matches!(*resource(), TaskResource::Lambda { .. })),
                },
                K::TaskSucceeded {
                    resource: resource(),
                    output,
                },
                K::TaskFailed {
                    resource: resource(),
                    data: Rc::clone(&data),
                },
                K::TaskTimedOut {
                    resource: resource(),
                    data,
                },
            ];
            if matches!(*resource(), TaskResource::Service { .. }) {
                events.push(K::TaskSubmitted {
                    resource: resource(),
                    output: submitted,
                });
            }
            events
        },
    )
}

proptest! {
    #[test]
    fn encoded_histories_are_decoded_unchanged(
        kinds in vec(prop_oneof![kind().prop_map(|kind| vec![kind]), task()], 0..8),
        millis in 0..253_402_300_799_000_i64,
    ) {
        let kinds = kinds.into_iter().flatten();
        let history: Vec<Event> = kinds
            .zip(1..)
            .map(|(kind, id)| {
                // An event that follows from an event of a task belongs to the same task.
                let previous = if matches!(kind, EventKind::TaskScheduled(_)) { 0 } else { id - 1 };
                Event { id, previous, time: Time::from_millis(millis), kind }
            })
            .collect();
        let origin = Origin { role_arn: "role", region: "region" };
        let mut bytes = Vec::new();
        write(&history, origin, &mut bytes).unwrap();
        let recorded = read(&String::from_utf8(bytes).unwrap()).unwrap();
        prop_assert!(recorded.unknown.is_empty());
        prop_assert_eq!(format!("{:#?}", recorded.events), format!("{history:#?}"));
    }
}
