//! The shape of the context object.
//!
//! Source: developer guide, "Accessing execution data from the Context object"; recordings of AWS.

use super::types::Object;
use super::types::Shape;

/// The context object in an execution with this input; `item` is the value of the innermost Map's item. Unknown fields
/// are any value: another rule reports them.
pub(super) fn context(input: &Shape, item: Option<&Shape>) -> Shape {
    thread_local! {
        /// The context object of almost every machine: its input is not declared.
        static OF_ANY_INPUT: Shape = build(&Shape::Any, None);
    }
    if input.is_any() && item.is_none() {
        OF_ANY_INPUT.with(Shape::clone)
    } else {
        build(input, item)
    }
}

fn build(input: &Shape, item: Option<&Shape>) -> Shape {
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
    let mut context = Object::of(Shape::Any)
        .with("Execution", execution.into())
        .with("StateMachine", machine.into())
        .with("State", state.into())
        .with_possible("Task", task.into());
    if let Some(item) = item {
        let item = Object::of(Shape::Any)
            .with("Index", Shape::number())
            .with("Value", item.clone());
        context = context.with("Map", Object::of(Shape::Any).with("Item", item.into()).into());
    }
    context.into()
}
