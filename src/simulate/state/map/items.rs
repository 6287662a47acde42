//! The items in the input of a Map.

use crate::expr::EvalError;
use crate::simulate::bindings::Bindings;
use crate::simulate::inspect::Point;
use crate::simulate::plan::{Map, Setting};
use crate::simulate::state_cx::StateCx;
use crate::spec::{QueryLanguage, error_name};
use crate::value::Value;

/// The items that are not read from S3: an array, or an object if `allows_object`.
pub(super) fn evaluate(
    cx: &mut StateCx<'_, '_>,
    map: &Map,
    effective: &Value,
    allows_object: bool,
) -> Result<Value, EvalError> {
    let items = match (&map.items, &map.items_path) {
        (Some(items), _) => cx.evaluate(items, Bindings::from_input(effective))?,
        (None, Some(path)) => cx.setting(path, effective)?,
        (None, None) => effective.clone(),
    };
    let fits = match &items {
        Value::Array(_) => true,
        Value::Object(_) => allows_object && (map.items.is_some() || map.items_path.is_some()),
        _ => false,
    };
    if fits {
        cx.inspect(Point::AfterItemsPath, &items);
        return Ok(items);
    }
    if cx.state.language == QueryLanguage::JsonPath {
        let path = map.items_path.as_ref().map_or("$", Setting::text);
        // AWS prints a path into the context object without the first `$`.
        let path = path
            .strip_prefix('$')
            .filter(|rest| rest.starts_with('$'))
            .unwrap_or(path);
        return Err(EvalError::runtime(format!(
            "Reference path \"{path}\" must point to array."
        )));
    }
    match &map.items_expression {
        Some(expression) => Err(expression.unexpected_type("Items", "array", &items)),
        None => Err(EvalError {
            error: error_name::QUERY_EVALUATION_ERROR,
            cause: format!("Map state input must be an array but was: {items}"),
            location: None,
        }),
    }
}

/// The items of a Distributed Map, which can also iterate over the members of an object.
pub(super) fn for_children(
    cx: &mut StateCx<'_, '_>,
    map: &Map,
    effective: &Value,
) -> Result<Value, EvalError> {
    evaluate(cx, map, effective, true)
}
