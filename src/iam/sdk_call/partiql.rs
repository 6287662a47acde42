//! Statements of `PartiQL`, the SQL of DynamoDB.

/// The IAM action and the table of a statement, with the index if it reads one. Source: DynamoDB developer guide, ql-iam.
pub(super) fn action_and_table(statement: &str) -> Option<(&'static str, Option<String>, Option<String>)> {
    let mut words = statement.split_whitespace();
    let verb = words.next()?.to_ascii_uppercase();
    let (action, before_table) = match verb.as_str() {
        "SELECT" => ("dynamodb:PartiQLSelect", "FROM"),
        "INSERT" => ("dynamodb:PartiQLInsert", "INTO"),
        "UPDATE" => ("dynamodb:PartiQLUpdate", ""),
        "DELETE" => ("dynamodb:PartiQLDelete", "FROM"),
        _ => return None,
    };
    if !before_table.is_empty() {
        words.find(|word| word.eq_ignore_ascii_case(before_table));
    }
    let written = words.next().unwrap_or_default();
    let mut names = written
        .split('.')
        .map(|name| name.trim_matches(|c| matches!(c, '"' | '\'' | ';')).to_owned())
        .filter(|name| !name.is_empty() && *name != "*");
    Some((action, names.next(), names.next()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_have_an_action_and_a_table() {
        let cases = [
            (
                "SELECT * FROM \"Orders\" WHERE id = '1'",
                "dynamodb:PartiQLSelect",
                Some("Orders"),
                None,
            ),
            (
                "select a from Orders.byDay",
                "dynamodb:PartiQLSelect",
                Some("Orders"),
                Some("byDay"),
            ),
            (
                "INSERT INTO \"T\" VALUE {}",
                "dynamodb:PartiQLInsert",
                Some("T"),
                None,
            ),
            ("UPDATE T SET a = 1", "dynamodb:PartiQLUpdate", Some("T"), None),
            (
                "DELETE FROM T WHERE a = 1",
                "dynamodb:PartiQLDelete",
                Some("T"),
                None,
            ),
            ("SELECT 1", "dynamodb:PartiQLSelect", None, None),
        ];
        for (statement, action, table, index) in cases {
            let found = action_and_table(statement);
            let expected = (action, table.map(str::to_owned), index.map(str::to_owned));
            assert_eq!(found, Some(expected), "{statement}");
        }
        assert_eq!(action_and_table("EXPLAIN"), None);
    }
}
