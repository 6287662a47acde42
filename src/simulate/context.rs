//! The context object: `$$`, `$states.context`. It is created only for expressions that read it.
//!
//! Source: developer guide, "Accessing execution data from the Context object"; recordings of AWS.

use super::item::Item;
use super::plan::StateKind;
use super::running::Run;
use super::state_cx::StateCx;
use crate::value::{Object, Value};
use std::rc::Rc;

impl StateCx<'_, '_> {
    /// The context object as the frame sees it; `item` is the Map's item an `ItemSelector` is evaluated for.
    pub(super) fn context(&mut self, item: Option<&Item>) -> Value {
        if let Some(given) = &self.evaluator.options.context {
            let mut context = given.clone();
            if let (Some(item), Some(members)) = (item, context.as_object_mut()) {
                members.insert("Map".into(), [("Item", item.to_value())].into());
            }
            return context;
        }
        let (execution, machine) = self.journal.runs[self.run].context();
        let this = self.frame();
        let mut state: Object = [
            ("Name".into(), Value::String(Rc::clone(&self.state.name))),
            ("EnteredTime".into(), Value::from(this.entered_at.to_string())),
        ]
        .into_iter()
        .collect();
        if matches!(
            self.state.kind,
            StateKind::Task(_) | StateKind::Parallel(_) | StateKind::Map(_)
        ) {
            state.insert("RetryCount".into(), Value::from(i64::from(this.retries)));
        }
        let mut context: Object = [
            ("Execution".into(), execution),
            ("StateMachine".into(), machine),
            ("State".into(), Value::object(state)),
        ]
        .into_iter()
        .collect();
        if let Some(token) = &this.token {
            context.insert("Task".into(), [("Token", Value::String(Rc::clone(token)))].into());
        }
        let mut at = Some(this);
        let inherited = std::iter::from_fn(|| {
            let found = at?;
            at = found.parent.map(|id| &self.scheduler.frames[id]);
            Some(found)
        })
        .find_map(|f| f.item.as_deref());
        if let Some(item) = item.or(inherited) {
            context.insert("Map".into(), [("Item", item.to_value())].into());
        }
        Value::object(context)
    }
}

impl Run<'_> {
    /// `Execution` and `StateMachine`, which stay the same for a whole execution.
    fn context(&mut self) -> (Value, Value) {
        let made = self.context.get_or_insert_with(|| {
            let identity = &self.identity;
            let text = |text: &Rc<str>| Value::String(Rc::clone(text));
            let mut execution: Object = [
                ("Id".into(), text(&identity.arn)),
                ("Input".into(), self.input.clone()),
                ("StartTime".into(), Value::from(self.start.to_string())),
                ("Name".into(), text(&identity.name)),
                ("RoleArn".into(), text(&identity.role_arn)),
            ]
            .into_iter()
            .collect();
            if !identity.workflow_type.is_express() {
                execution.insert("RedriveCount".into(), Value::from(0));
            }
            let machine = [
                ("Id", text(&identity.machine_arn)),
                ("Name", text(&identity.machine_name)),
            ];
            (Value::object(execution), machine.into())
        });
        made.clone()
    }
}
