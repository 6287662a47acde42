//! Policies in TypeScript for the CDK.

use super::derived::Derived;
use super::formats::{Part, by_operator, identifier, parts};
use std::io::{self, Write};

pub(super) fn write(derived: &Derived<'_>, out: &mut dyn Write) -> io::Result<()> {
    let name = identifier(derived.name);
    writeln!(out, "const role = new iam.Role(this, '{name}Role', {{")?;
    writeln!(
        out,
        "  assumedBy: new iam.ServicePrincipal('states.amazonaws.com'),\n}});"
    )?;
    for statement in &derived.composition.policy.statement {
        writeln!(
            out,
            "role.addToPolicy(new iam.PolicyStatement({{\n  sid: '{}',",
            statement.sid
        )?;
        if statement.effect != "Allow" {
            writeln!(out, "  effect: iam.Effect.{},", statement.effect.to_uppercase())?;
        }
        for (name, texts) in [("actions", &statement.action), ("resources", &statement.resource)] {
            let texts: Vec<String> = texts.iter().map(|text| literal(text)).collect();
            match texts.as_slice() {
                [only] => writeln!(out, "  {name}: [{only}],")?,
                texts => {
                    writeln!(out, "  {name}: [")?;
                    for text in texts {
                        writeln!(out, "    {text},")?;
                    }
                    writeln!(out, "  ],")?;
                }
            }
        }
        let operators = by_operator(statement);
        if !operators.is_empty() {
            writeln!(out, "  conditions: {{")?;
            for (operator, entries) in operators {
                let entries: Vec<String> = entries
                    .iter()
                    .map(|(key, value)| format!("'{key}': {}", literal(value)))
                    .collect();
                writeln!(out, "    {operator}: {{ {} }},", entries.join(", "))?;
            }
            writeln!(out, "  }},")?;
        }
        writeln!(out, "}}));")?;
    }
    Ok(())
}

/// A string as a literal; with references, as a template literal.
fn literal(text: &str) -> String {
    let all = parts(text);
    if let [Part::Reference(name)] = all.as_slice() {
        return reference(name);
    }
    if !all.iter().any(|part| matches!(part, Part::Reference(_))) {
        return format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"));
    }
    let mut literal = String::from("`");
    for part in all {
        match part {
            Part::Literal(text) => literal.push_str(&text.replace('\\', "\\\\").replace('`', "\\`")),
            Part::Reference(name) => {
                literal.push_str("${");
                literal.push_str(&reference(name));
                literal.push('}');
            }
        }
    }
    literal.push('`');
    literal
}

fn reference(name: &str) -> String {
    match name {
        "AWS::Partition" => "Aws.PARTITION".to_owned(),
        "AWS::Region" => "Aws.REGION".to_owned(),
        "AWS::AccountId" => "Aws.ACCOUNT_ID".to_owned(),
        "AWS::URLSuffix" => "Aws.URL_SUFFIX".to_owned(),
        name => match name.split_once('.') {
            Some((resource, attribute)) => format!("Fn.getAtt('{resource}', '{attribute}').toString()"),
            None => format!("Fn.ref('{name}')"),
        },
    }
}
