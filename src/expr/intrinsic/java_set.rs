//! The iteration order of a Java `HashSet`, which `States.ArrayUnique` exposes.

use crate::value::Value;

/// The distinct values among `items`, in the iteration order of `new HashSet<>(items)`.
///
/// Numbers written differently are distinct; objects are equal regardless of the order of their keys.
pub(super) fn in_set_order(items: &[Value]) -> Vec<Value> {
    // Java sizes the table for the source collection: 4/3 of its size, rounded up to a power of two, at least 16.
    let buckets = (items.len() / 3 * 4 + items.len() % 3 * 4 / 3 + 1)
        .max(16)
        .next_power_of_two();
    let mut table: Vec<Vec<&Value>> = vec![Vec::new(); buckets];
    for item in items {
        let hash = hash(item);
        let spread = (hash ^ (hash.cast_unsigned() >> 16).cast_signed()).cast_unsigned();
        let bucket = &mut table[spread as usize & (buckets - 1)];
        if !bucket.iter().any(|other| same(other, item)) {
            bucket.push(item);
        }
    }
    table.into_iter().flatten().cloned().collect()
}

/// Java's `equals` for parsed JSON: an `Integer` never equals a `Double`.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b && a.as_i64().is_some() == b.as_i64().is_some(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}

/// Java's `hashCode` for parsed JSON.
fn hash(value: &Value) -> i32 {
    match value {
        Value::Null => 0,
        Value::Bool(true) => 1231,
        Value::Bool(false) => 1237,
        Value::Number(number) => match number.as_i64() {
            Some(integer) => match i32::try_from(integer) {
                Ok(integer) => integer,
                Err(_) => fold(integer.cast_unsigned()),
            },
            None => fold(number.as_f64().to_bits()),
        },
        Value::String(text) => hash_text(text),
        Value::Array(items) => items
            .iter()
            .fold(1i32, |sum, item| sum.wrapping_mul(31).wrapping_add(hash(item))),
        Value::Object(members) => members.iter().fold(0i32, |sum, (key, member)| {
            sum.wrapping_add(hash_text(key) ^ hash(member))
        }),
    }
}

fn hash_text(text: &str) -> i32 {
    text.encode_utf16().fold(0i32, |sum, unit| {
        sum.wrapping_mul(31).wrapping_add(i32::from(unit))
    })
}

#[expect(clippy::cast_possible_truncation, reason = "Java keeps the low half")]
fn fold(bits: u64) -> i32 {
    ((bits ^ (bits >> 32)) as u32).cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unique(text: &str) -> String {
        let value = Value::parse(text).unwrap();
        Value::array(in_set_order(value.as_array().unwrap())).to_json()
    }

    #[test]
    fn orders_items_like_a_java_hash_table() {
        assert_eq!(unique("[3,2,1,2,19]"), "[1,2,3,19]");
        assert_eq!(
            unique("[\"b\",\"a\",true,false,null]"),
            "[null,\"a\",\"b\",false,true]"
        );
        assert_eq!(unique("[[5,6],[6,5],[5,6]]"), "[[6,5],[5,6]]");
    }

    #[test]
    fn compares_items_like_java() {
        assert_eq!(unique(r#"[{"x":1,"y":2},{"y":2,"x":1}]"#), r#"[{"x":1,"y":2}]"#);
        assert_eq!(unique(r#"[7,"7",7]"#), r#"[7,"7"]"#);
        assert_eq!(
            Value::parse(&unique("[1,1.0]"))
                .unwrap()
                .as_array()
                .unwrap()
                .len(),
            2
        );
    }
}
