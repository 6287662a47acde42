//! Samples of values that are used in a given way.

use super::cycle::Cycle;
use super::kind::{Type, default_of};
use super::tree::Usage;
use crate::decision::Test;
use crate::value::{Object, Value};
use std::rc::Rc;

/// Makes samples.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sampler {
    /// The cycle that the samples should repeat instead of leaving it.
    pub repeats: Option<Cycle>,
}

impl Sampler {
    /// A value of this use. What is not known comes from `base`, such as a sample of a response, and from `echo`, a value
    /// with similar content, such as the arguments of the task.
    pub fn value(self, usage: &Usage, base: Option<&Value>, echo: Option<&Value>) -> Value {
        self.named("", usage, base, echo)
    }

    fn named(self, name: &str, usage: &Usage, base: Option<&Value>, echo: Option<&Value>) -> Value {
        if let Some(json) = &usage.json {
            let parsed = base
                .and_then(Value::as_str)
                .and_then(|text| Value::parse(text).ok());
            return Value::from(self.named(name, json, parsed.as_ref(), None).to_json());
        }
        let is_array = usage.items.is_some() || usage.kind == Some(Type::Array);
        match base {
            Some(Value::Array(items)) => self.array(usage, items, echo),
            _ if is_array => self.array(usage, &[], echo),
            Some(Value::Object(members)) => self.object(usage, Some(members), echo),
            _ if !usage.fields.is_empty() || usage.kind == Some(Type::Object) => {
                self.object(usage, None, echo)
            }
            _ => self.scalar(name, usage, base, echo),
        }
    }

    fn object(self, usage: &Usage, base: Option<&Object>, echo: Option<&Value>) -> Value {
        let mut object = base.cloned().unwrap_or_default();
        for (name, inner) in &usage.fields {
            if inner.is_only_tested_for_absence() {
                object.remove(name);
                continue;
            }
            let echoed = echo.and_then(|echo| echo.get(name));
            let value = self.named(name, inner, object.get(name), echoed);
            object.insert(Rc::clone(name), value);
        }
        if let Some(values) = &usage.entries {
            if object.is_empty() {
                object.insert("key".into(), Value::Null);
            }
            let names: Vec<Rc<str>> = object.keys().cloned().collect();
            for name in names {
                let value = self.named(
                    &name,
                    values,
                    object.get(&name).filter(|v| **v != Value::Null),
                    None,
                );
                object.insert(name, value);
            }
        }
        Value::object(object)
    }

    fn array(self, usage: &Usage, base: &[Value], echo: Option<&Value>) -> Value {
        // The fields of an array are those of its items: JSONata maps names over arrays.
        let mut item = usage.item();
        if !usage.fields.is_empty() {
            item.merge(&Usage {
                fields: usage.fields.clone(),
                ..Usage::default()
            });
        }
        let echoed = echo.and_then(Value::as_array).unwrap_or_default();
        let is_counted = usage.items.is_some() || !usage.fields.is_empty();
        let len = base.len().max(usage.len).max(usize::from(is_counted));
        let items = (0..len).map(|index| {
            let echo = echoed.get(index).or_else(|| echoed.first());
            self.named("", &item, base.get(index).or_else(|| base.first()), echo)
        });
        Value::array(items.collect())
    }

    /// The first likely value that passes all tests, or else the one that passes most of them.
    fn scalar(self, name: &str, usage: &Usage, base: Option<&Value>, echo: Option<&Value>) -> Value {
        let repeated = usage
            .repeats
            .iter()
            .filter(|(cycle, _)| Some(*cycle) == self.repeats);
        let mut tests: Vec<&Test> = repeated.map(|(_, test)| test).collect();
        if tests.is_empty() {
            tests = usage.tests.iter().collect();
        }
        let is_of_kind = |value: &&Value| usage.kind.is_none_or(|kind| kind.is_type_of(value));
        let mut candidates: Vec<Value> = base.filter(is_of_kind).cloned().into_iter().collect();
        candidates.extend(echo.filter(is_of_kind).cloned());
        candidates.extend(tests.iter().flat_map(|test| test.examples()));
        candidates.push(default_of(usage.kind.unwrap_or_else(|| kind_of_name(name))));
        candidates.extend([Type::Text, Type::Number, Type::Null].map(default_of));
        candidates.push(Value::from("other"));
        let mut best: Option<(usize, Value)> = None;
        for candidate in candidates {
            let passed = tests.iter().filter(|test| test.accepts(Some(&candidate))).count();
            if passed == tests.len() {
                return candidate;
            }
            if best.as_ref().is_none_or(|(most, _)| passed > *most) {
                best = Some((passed, candidate));
            }
        }
        best.map_or(Value::Null, |(_, value)| value)
    }
}

/// The likely type of a field.
fn kind_of_name(name: &str) -> Type {
    let lower = name.to_ascii_lowercase();
    let ends = |suffixes: &[&str]| suffixes.iter().any(|suffix| lower.ends_with(suffix));
    if ends(&[
        "count", "total", "amount", "price", "quantity", "size", "number", "seconds",
    ]) {
        Type::Number
    } else {
        Type::Text
    }
}
