//! The place of a state machine: partition, region, account, and what the references of its template mean.

use crate::aws::arn;
use crate::template::{MachinePermissions, Names};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The place of a state machine. Each part is a value, `*`, or a reference.
#[derive(Debug, Clone)]
pub struct Environment {
    /// `aws`, `aws-cn`.
    pub partition: String,
    /// `eu-west-1`.
    pub region: String,
    /// Twelve digits.
    pub account: String,
    /// The name of the state machine, or `*`.
    pub machine: String,
    /// The names of the template.
    pub names: Arc<Names>,
    /// The substitutions of the definition, with their values in the template.
    pub substitutions: BTreeMap<String, String>,
}

impl Environment {
    /// The place of a definition about which nothing is known.
    pub fn unknown() -> Self {
        Self {
            partition: "aws".to_owned(),
            region: "*".to_owned(),
            account: "*".to_owned(),
            machine: "*".to_owned(),
            names: Arc::default(),
            substitutions: BTreeMap::new(),
        }
    }

    /// The place of a machine in a template.
    pub fn from_template(permissions: &MachinePermissions) -> Self {
        Self {
            partition: "${AWS::Partition}".to_owned(),
            region: "${AWS::Region}".to_owned(),
            account: "${AWS::AccountId}".to_owned(),
            machine: permissions.machine.clone(),
            names: Arc::clone(&permissions.names),
            substitutions: permissions.substitutions.clone(),
        }
    }

    /// The same place, in which the name of each resource of the template may be any text.
    pub(super) fn with_open_names(&self) -> Self {
        let mut open = self.clone();
        Arc::make_mut(&mut open.names).open();
        open
    }

    /// An ARN in a format that follows `arn:partition:`, with `~` for region and account, `{R}`, and `{A}`.
    pub(super) fn arn(&self, format: &str) -> String {
        let mut text = String::with_capacity(format.len() + 64);
        text.push_str("arn:");
        text.push_str(&self.partition);
        text.push(':');
        let mut rest = format;
        while let Some(at) = memchr::memchr2(b'~', b'{', rest.as_bytes()) {
            text.push_str(&rest[..at]);
            let mark = &rest[at..];
            if let Some(after) = mark.strip_prefix('~') {
                text.push_str(&self.region);
                text.push(':');
                text.push_str(&self.account);
                rest = after;
            } else if let Some(after) = mark.strip_prefix("{R}") {
                text.push_str(&self.region);
                rest = after;
            } else if let Some(after) = mark.strip_prefix("{A}") {
                text.push_str(&self.account);
                rest = after;
            } else {
                text.push('{');
                rest = &mark[1..];
            }
        }
        text.push_str(rest);
        text
    }

    /// An ARN in a format, see [`Self::arn`], and what follows it.
    pub(super) fn arn_of(&self, format: &str, rest: &[&str]) -> String {
        let mut arn = self.arn(format);
        rest.iter().for_each(|text| arn.push_str(text));
        arn
    }

    /// The ARN of the state machine.
    pub(super) fn machine_arn(&self) -> String {
        self.arn_of("states:~:stateMachine:", &[&self.machine])
    }

    /// Replaces the partition `aws` by the partition of the environment if that is unknown: a template with ARNs in `aws` is
    /// deployed in `aws`.
    pub(super) fn with_own_partition<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match text.strip_prefix("arn:aws:") {
            Some(rest) if self.partition.starts_with("${") => {
                Cow::Owned(format!("arn:{}:{rest}", self.partition))
            }
            _ => Cow::Borrowed(text),
        }
    }

    /// A string of the definition with substitutions and references replaced by what they mean.
    pub fn resolve<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if arn::is_known(text) {
            return Cow::Borrowed(text);
        }
        let mut substituted = text.to_owned();
        let mut last = None;
        while let Some((name, value)) = self.next_substitution(&substituted, last) {
            let placeholder = format!("${{{name}}}");
            // An ARN inside of another text is not the substitution, but a resource with the same name.
            let is_inside = value.ends_with("Arn}") && !substituted.starts_with(&placeholder);
            if !is_inside {
                substituted = substituted.replace(&placeholder, value);
            }
            last = Some(name);
        }
        Cow::Owned(self.resolve_in_template(&substituted).into_owned())
    }

    /// The first substitution after `last`, in the order of their names, whose placeholder is in the text.
    fn next_substitution(&self, text: &str, last: Option<&str>) -> Option<(&str, &str)> {
        let names = text.split("${").skip(1).filter_map(|rest| rest.split('}').next());
        let later = names.filter(|name| last.is_none_or(|last| *name > last));
        let found = later
            .filter_map(|name| self.substitutions.get_key_value(name))
            .min();
        found.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// A string of the template with references replaced by what they mean, and pseudo parameters by the place.
    pub(super) fn resolve_in_template<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if arn::is_known(text) {
            return Cow::Borrowed(text);
        }
        let mut text = self.names.resolve(text).into_owned();
        for (name, value) in [
            ("${AWS::Partition}", &self.partition),
            ("${AWS::Region}", &self.region),
            ("${AWS::AccountId}", &self.account),
        ] {
            if value != name && text.contains(name) {
                text = text.replace(name, value);
            }
        }
        Cow::Owned(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_formats() {
        let mut environment = Environment::unknown();
        environment.region = "eu-west-1".to_owned();
        environment.account = "111122223333".to_owned();
        let cases = [
            ("sqs:~:orders", "arn:aws:sqs:eu-west-1:111122223333:orders"),
            ("iam::{A}:role/*", "arn:aws:iam::111122223333:role/*"),
            (
                "bedrock:{R}::foundation-model/x",
                "arn:aws:bedrock:eu-west-1::foundation-model/x",
            ),
            ("s3:::b/{x}", "arn:aws:s3:::b/{x}"),
        ];
        for (format, expected) in cases {
            assert_eq!(environment.arn(format), expected);
        }
    }

    #[test]
    fn substitutions_are_replaced_in_the_order_of_their_names() {
        let mut environment = Environment::unknown();
        for (name, value) in [("A", "${B}-1"), ("B", "x"), ("Q", "${Queue.Arn}"), ("C", "${A}")] {
            environment
                .substitutions
                .insert(name.to_owned(), value.to_owned());
        }
        let cases = [
            ("plain", "plain"),
            ("${A}/${A}", "x-1/x-1"),
            ("${C} ${Unknown}", "${A} ${Unknown}"),
            ("${Q}", "${Queue.Arn}"),
            ("arn:aws:sqs:::${Q}", "arn:aws:sqs:::${Q}"),
        ];
        for (text, expected) in cases {
            assert_eq!(environment.resolve(text), expected, "{text}");
        }
    }
}
