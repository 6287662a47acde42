//! The policy templates of SAM: `LambdaInvokePolicy`, `DynamoDBCrudPolicy`.

use crate::aws::archive::Archive;
use std::sync::LazyLock;

static TABLE: LazyLock<Archive> = LazyLock::new(|| Archive::new(include_bytes!("../data/sam-policies.bin")));

/// The source of the table.
pub fn source() -> &'static str {
    TABLE.source()
}

/// The day it was retrieved, `YYYY-MM-DD`.
pub fn retrieved() -> &'static str {
    TABLE.retrieved()
}

/// The statements of a policy template as a JSON array, with `${Parameter}` in strings.
pub fn policy_template(name: &str) -> Option<&'static str> {
    TABLE.find(name).map(|entry| TABLE.text(entry))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn has_the_statements_of_each_template() {
        assert!(TABLE.is_sound());
        for entry in TABLE.entries() {
            let statements: Result<Vec<serde_json::Value>, _> = serde_json::from_str(TABLE.text(entry));
            assert!(statements.is_ok_and(|all| !all.is_empty()), "{}", entry.name);
        }
        assert!(
            policy_template("SQSSendMessagePolicy").is_some_and(|text| text.contains("sqs:SendMessage*"))
        );
        assert_eq!(policy_template("NoSuchPolicy"), None);
    }
}
