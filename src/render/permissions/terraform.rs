//! Policies in Terraform.

use super::derived::Derived;
use super::formats::{Part, by_operator, parts};
use crate::iam::PolicyStatement;
use std::io::{self, Write};

/// The pseudo parameters of CloudFormation with the data sources that have their values.
const PSEUDO: [(&str, &str, &str); 4] = [
    ("AWS::Partition", "aws_partition", "partition"),
    ("AWS::Region", "aws_region", "name"),
    ("AWS::AccountId", "aws_caller_identity", "account_id"),
    ("AWS::URLSuffix", "aws_partition", "dns_suffix"),
];

pub(super) fn write(derived: &Derived<'_>, out: &mut dyn Write) -> io::Result<()> {
    let name = name_of(derived.name);
    let statements = &derived.composition.policy.statement;
    let mut sources: Vec<&str> = Vec::new();
    let environment = derived.environment;
    let trust = (environment.account != "*").then(|| {
        format!(
            "arn:{}:states:{}:{}:stateMachine:*",
            environment.partition, environment.region, environment.account
        )
    });
    let texts = statements.iter().flat_map(|statement| {
        statement
            .resource
            .iter()
            .map(|text| &**text)
            .chain(statement.condition.iter().map(|c| c.value.as_ref()))
    });
    for text in texts.chain(trust.as_deref()) {
        for (pseudo, source, _) in PSEUDO {
            if text.contains(pseudo) && !sources.contains(&source) {
                sources.push(source);
            }
        }
    }
    for source in sources {
        writeln!(out, "data \"{source}\" \"current\" {{}}\n")?;
    }
    writeln!(
        out,
        "data \"aws_iam_policy_document\" \"{name}_trust\" {{\n  statement {{"
    )?;
    writeln!(out, "    actions = [\"sts:AssumeRole\"]\n\n    principals {{")?;
    writeln!(
        out,
        "      type        = \"Service\"\n      identifiers = [\"states.amazonaws.com\"]\n    }}"
    )?;
    if let Some(arn) = trust {
        condition(out, "ArnLike", "aws:SourceArn", &arn)?;
        condition(out, "StringEquals", "aws:SourceAccount", &environment.account)?;
    }
    writeln!(out, "  }}\n}}\n")?;
    writeln!(out, "data \"aws_iam_policy_document\" \"{name}\" {{")?;
    for (at, one) in statements.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        statement(one, out)?;
    }
    writeln!(out, "}}\n\nresource \"aws_iam_role\" \"{name}\" {{")?;
    writeln!(
        out,
        "  assume_role_policy = data.aws_iam_policy_document.{name}_trust.json\n}}\n"
    )?;
    writeln!(
        out,
        "resource \"aws_iam_role_policy\" \"{name}\" {{\n  role   = aws_iam_role.{name}.id"
    )?;
    writeln!(out, "  policy = data.aws_iam_policy_document.{name}.json\n}}")
}

fn statement(statement: &PolicyStatement<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "  statement {{\n    sid = \"{}\"", statement.sid)?;
    if statement.effect != "Allow" {
        writeln!(out, "    effect = \"{}\"", statement.effect)?;
    }
    for (name, texts) in [("actions", &statement.action), ("resources", &statement.resource)] {
        let texts: Vec<String> = texts.iter().map(|text| expression(text)).collect();
        if let [only] = texts.as_slice() {
            writeln!(out, "    {name} = [{only}]")?;
            continue;
        }
        writeln!(out, "    {name} = [")?;
        for text in texts {
            writeln!(out, "      {text},")?;
        }
        writeln!(out, "    ]")?;
    }
    for (operator, entries) in by_operator(statement) {
        for (key, value) in entries {
            condition(out, operator, key, value)?;
        }
    }
    writeln!(out, "  }}")
}

fn condition(out: &mut dyn Write, operator: &str, key: &str, value: &str) -> io::Result<()> {
    writeln!(
        out,
        "\n    condition {{\n      test     = \"{operator}\"\n      variable = \"{key}\""
    )?;
    writeln!(out, "      values   = [{}]\n    }}", expression(value))
}

/// A string as an expression; a reference by itself needs no quotes.
fn expression(text: &str) -> String {
    let all = parts(text);
    if let [Part::Reference(name)] = all.as_slice() {
        return reference(name);
    }
    let mut quoted = String::from("\"");
    for part in all {
        match part {
            Part::Literal(text) => quoted.push_str(&text.replace('\\', "\\\\").replace('"', "\\\"")),
            Part::Reference(name) => {
                quoted.push_str("${");
                quoted.push_str(&reference(name));
                quoted.push('}');
            }
        }
    }
    quoted.push('"');
    quoted
}

fn reference(name: &str) -> String {
    let pseudo = PSEUDO.iter().find(|(pseudo, _, _)| *pseudo == name);
    pseudo.map_or_else(
        || name.to_owned(),
        |(_, source, attribute)| format!("data.{source}.current.{attribute}"),
    )
}

/// A name in Terraform's style.
fn name_of(name: &str) -> String {
    let mut snake = String::new();
    let mut was_lower = false;
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            if c.is_ascii_uppercase() && was_lower {
                snake.push('_');
            }
            was_lower = !c.is_ascii_uppercase();
            snake.push(c.to_ascii_lowercase());
        } else if !snake.ends_with('_') {
            snake.push('_');
            was_lower = false;
        }
    }
    snake
}
