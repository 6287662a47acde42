//! Policies in YAML: plain, and as resources of CloudFormation and SAM.

use super::derived::Derived;
use super::formats::{Part, by_operator, identifier, parts, refers_to_itself};
use crate::iam::{PolicyStatement, trust_policy};
use std::io::{self, Write};

/// Writes YAML.
struct Yaml<'o> {
    out: &'o mut dyn Write,
    /// Whether references are intrinsic functions.
    has_intrinsics: bool,
}

/// The trust policy and the permission policy.
pub(super) fn write_plain(derived: &Derived<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut yaml = Yaml {
        out,
        has_intrinsics: false,
    };
    writeln!(yaml.out, "TrustPolicy:")?;
    yaml.value(&trust_policy(derived.environment), 2)?;
    writeln!(yaml.out, "Policy:")?;
    yaml.document(derived.composition.policy.statement.iter(), 2)
}

/// A role, and a policy apart for what refers to the state machine, which in turn refers to the role.
pub(super) fn write_cloudformation(derived: &Derived<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut yaml = Yaml {
        out,
        has_intrinsics: true,
    };
    let role = format!("{}Role", identifier(derived.name));
    let statements = &derived.composition.policy.statement;
    let is_apart = |statement: &&PolicyStatement<'_>| refers_to_itself(statement, derived);
    writeln!(
        yaml.out,
        "Resources:\n  {role}:\n    Type: AWS::IAM::Role\n    Properties:"
    )?;
    writeln!(yaml.out, "      AssumeRolePolicyDocument:")?;
    yaml.value(&trust_policy(derived.environment), 8)?;
    if statements.iter().any(|statement| !is_apart(&statement)) {
        writeln!(yaml.out, "      Policies:\n        - PolicyName: {role}Policy")?;
        writeln!(yaml.out, "          PolicyDocument:")?;
        yaml.document(statements.iter().filter(|statement| !is_apart(statement)), 12)?;
    }
    if statements.iter().any(|statement| is_apart(&statement)) {
        writeln!(
            yaml.out,
            "  {role}OwnExecutions:\n    Type: AWS::IAM::Policy\n    Properties:"
        )?;
        writeln!(
            yaml.out,
            "      PolicyName: {role}OwnExecutions\n      Roles:\n        - !Ref {role}"
        )?;
        writeln!(yaml.out, "      PolicyDocument:")?;
        yaml.document(statements.iter().filter(is_apart), 8)?;
    }
    Ok(())
}

/// The property `Policies` of a state machine. SAM creates the role before the state machine, whose name is therefore the
/// pattern of the names that CloudFormation generates.
pub(super) fn write_sam(derived: &Derived<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut yaml = Yaml {
        out,
        has_intrinsics: true,
    };
    let place = derived.environment;
    let (name, pattern) = (
        format!("${{{}.Name}}", derived.name),
        format!("{}-*", derived.name),
    );
    let reference = format!("${{{}}}", derived.name);
    let arn = format!(
        "arn:{}:states:{}:{}:stateMachine:{pattern}",
        place.partition, place.region, place.account
    );
    let statements: Vec<PolicyStatement<'_>> = derived
        .composition
        .policy
        .statement
        .iter()
        .map(|statement| {
            let mut statement = statement.clone();
            let replaced = |text: &str| text.replace(&reference, &arn).replace(&name, &pattern);
            for text in &mut statement.resource {
                *text = replaced(text).into();
            }
            for condition in statement.condition.to_mut() {
                condition.value = replaced(&condition.value).into();
            }
            statement
        })
        .collect();
    writeln!(yaml.out, "Policies:\n  - Version: \"2012-10-17\"\n    Statement:")?;
    yaml.statements(statements.iter(), 6)
}

impl Yaml<'_> {
    fn document<'n: 's, 's>(
        &mut self,
        statements: impl Iterator<Item = &'s PolicyStatement<'n>>,
        indent: usize,
    ) -> io::Result<()> {
        writeln!(
            self.out,
            "{:indent$}Version: \"2012-10-17\"\n{:indent$}Statement:",
            "", ""
        )?;
        self.statements(statements, indent + 2)
    }

    fn statements<'n: 's, 's>(
        &mut self,
        statements: impl Iterator<Item = &'s PolicyStatement<'n>>,
        indent: usize,
    ) -> io::Result<()> {
        for statement in statements {
            writeln!(self.out, "{:indent$}- Sid: {}", "", statement.sid)?;
            writeln!(self.out, "{:indent$}  Effect: {}", "", statement.effect)?;
            for (name, texts) in [("Action", &statement.action), ("Resource", &statement.resource)] {
                writeln!(self.out, "{:indent$}  {name}:", "")?;
                for text in texts {
                    let text = self.scalar(text);
                    writeln!(self.out, "{:indent$}    - {text}", "")?;
                }
            }
            let operators = by_operator(statement);
            if !operators.is_empty() {
                writeln!(self.out, "{:indent$}  Condition:", "")?;
            }
            for (operator, entries) in operators {
                writeln!(self.out, "{:indent$}    {operator}:", "")?;
                for (key, value) in entries {
                    let value = self.scalar(value);
                    writeln!(self.out, "{:indent$}      {key}: {value}", "")?;
                }
            }
        }
        Ok(())
    }

    /// A JSON value that is an object of objects, arrays of objects, and strings.
    fn value(&mut self, value: &serde_json::Value, indent: usize) -> io::Result<()> {
        for (key, value) in value.as_object().into_iter().flatten() {
            write!(self.out, "{:indent$}{key}:", "")?;
            match value {
                serde_json::Value::Array(items) => {
                    writeln!(self.out)?;
                    for item in items {
                        writeln!(self.out, "{:indent$}  -", "")?;
                        self.value(item, indent + 4)?;
                    }
                }
                serde_json::Value::Object(_) => {
                    writeln!(self.out)?;
                    self.value(value, indent + 2)?;
                }
                other => {
                    let text = self.scalar(other.as_str().unwrap_or_default());
                    writeln!(self.out, " {text}")?;
                }
            }
        }
        Ok(())
    }

    /// A string as a scalar, or as the intrinsic function with its value.
    fn scalar(&self, text: &str) -> String {
        let quoted = || serde_json::Value::from(text).to_string();
        if !self.has_intrinsics {
            let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '/' | '.' | '_');
            let is_word = text.starts_with(|c: char| c.is_ascii_alphabetic()) && !text.ends_with(':');
            return if is_word && text.chars().all(is_plain) {
                text.to_owned()
            } else {
                quoted()
            };
        }
        match parts(text).as_slice() {
            [Part::Reference(name)] if name.starts_with("AWS::") || !name.contains('.') => {
                format!("!Ref {name}")
            }
            [Part::Reference(name)] => format!("!GetAtt {name}"),
            all if all.iter().any(|part| matches!(part, Part::Reference(_))) => format!("!Sub {}", quoted()),
            _ => Yaml {
                out: &mut io::sink(),
                has_intrinsics: false,
            }
            .scalar(text),
        }
    }
}
