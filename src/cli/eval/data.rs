//! The data of an evaluation: input, context object, and variables.

use super::args::Args;
use crate::cli::{CliError, json_input};
use crate::expr::Scope;
use crate::value::{Object, Value};
use std::time::{SystemTime, UNIX_EPOCH};

/// Input, context object, variables, time and seed.
pub(super) struct Data {
    /// `None` where none is given: undefined for JSONata, `{}` for everything else.
    pub(super) input: Option<Value>,
    nothing: Value,
    context: Value,
    variables: Object,
    now: i64,
    pub(super) seed: u64,
}

impl Data {
    pub(super) fn read(args: &Args) -> Result<Self, CliError> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let nanoseconds = u64::try_from(now.as_nanos() & u128::from(u64::MAX)).unwrap_or_default();
        let context = args.context.as_deref().map(json_input::file).transpose()?;
        let variables = args.variables.as_deref().map(|path| {
            let value = json_input::file(path)?;
            value.as_object().cloned().ok_or_else(|| {
                let found = value.type_name();
                let error = CliError::new(format!(
                    "`{}` must contain an object, found: {found}",
                    path.display()
                ));
                error.help("each member of the object is a variable, named without `$`")
            })
        });
        Ok(Self {
            input: args.input.as_deref().map(json_input::argument).transpose()?,
            nothing: Value::empty_object(),
            context: context.unwrap_or_else(Value::empty_object),
            variables: variables.transpose()?.unwrap_or_default(),
            now: i64::try_from(now.as_millis()).unwrap_or(i64::MAX),
            seed: args.seed.unwrap_or(nanoseconds),
        })
    }

    pub(super) fn scope(&self) -> Scope<'_> {
        let input = self.input.as_ref().unwrap_or(&self.nothing);
        Scope::new(input, &self.context, &self.variables).at(self.now)
    }
}
