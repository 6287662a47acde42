//! The shape of the context object.
//!
//! Source: developer guide, "Accessing execution data from the Context object"; recordings of AWS.

use super::types::Object;
use super::types::Shape;

/// The context object in an execution with this input. Unknown fields are any value: another rule reports them.
pub(super) fn context(input: &Shape) -> Shape {
    thread_local! {
        /// The context object of almost every machine: its input is not declared.
        static OF_ANY_INPUT: Shape = build(&Shape::Any);
    }
    if input.is_any() {
        OF_ANY_INPUT.with(Shape::clone)
    } else {
        build(input)
    }
}

fn build(input: &Shape) -> Shape {
    let execution = Object::of(Shape::Any)
        .with("Id", Shape::string())
        .with("Input", input.clone())
        .with("StartTime", Shape::string())
        .with("Name", Shape::string())
        .with("RoleArn", Shape::string())
        .with_possible("RedriveCount", Shape::number())
        .with_possible("RedriveTime", Shape::string());
    let machine = Object::of(Shape::Any)
        .with("Id", Shape::string())
        .with("Name", Shape::string());
    let state = Object::of(Shape::Any)
        .with("Name", Shape::string())
        .with("EnteredTime", Shape::string())
        .with_possible("RetryCount", Shape::number());
    let task = Object::of(Shape::Any).with("Token", Shape::string());
    Object::of(Shape::Any)
        .with("Execution", execution.into())
        .with("StateMachine", machine.into())
        .with("State", state.into())
        .with_possible("Task", task.into())
        .into()
}

/// The context object around it in an iteration over items whose values have this shape.
pub(super) fn with_item(around: &Shape, value: &Shape) -> Shape {
    let item = Object::of(Shape::Any)
        .with("Index", Shape::number())
        .with("Value", value.clone())
        .with_possible("Key", Shape::string())
        .with_possible("Source", Shape::string());
    let map = Object::of(Shape::Any).with("Item", item.into());
    around.without(|union| {
        if let Some(object) = union.object.take() {
            union.object = Some(object.with("Map", map.into()));
        }
    })
}
