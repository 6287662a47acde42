//! Filling of targets.

use crate::iam::argument::{Argument, Values};
use crate::iam::environment::Environment;
use crate::spec::placeholder;
use std::borrow::Cow;

/// The maximum number of ARNs that several known values of parameters make.
const MAX_COMBINATIONS: usize = 64;

/// Resources.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(in crate::iam) struct Resources {
    /// The ARNs, or `*`.
    pub(in crate::iam) arns: Vec<String>,
    /// ARNs on which a permission is useful, too.
    pub(in crate::iam) extra: Vec<String>,
    /// Whether a part is unknown until the state runs.
    pub(in crate::iam) is_dynamic: bool,
}

impl Resources {
    pub(in crate::iam) fn new(arns: Vec<String>) -> Self {
        Self {
            arns,
            ..Self::default()
        }
    }

    pub(in crate::iam) fn dynamic(arns: Vec<String>) -> Self {
        Self {
            arns,
            is_dynamic: true,
            ..Self::default()
        }
    }

    pub(in crate::iam) fn all() -> Self {
        Self::new(vec!["*".to_owned()])
    }

    /// Appends a string to each ARN.
    fn append(&mut self, parts: &[&str]) {
        for arn in &mut self.arns {
            parts.iter().for_each(|part| arn.push_str(part));
        }
    }
}

/// Fills targets with the arguments of one call.
#[derive(Clone, Copy)]
pub(in crate::iam) struct Filler<'a> {
    pub(in crate::iam) environment: &'a Environment,
    pub(in crate::iam) arguments: &'a Argument<'a>,
}

impl<'a> Filler<'a> {
    /// The values at a path of parameters, with references resolved.
    pub(in crate::iam) fn values_at(&self, path: &str) -> Values<'a> {
        let mut values = self.arguments.values(path);
        for value in &mut values.known {
            if let Cow::Owned(resolved) = self.environment.resolve(value) {
                *value = Cow::Owned(resolved);
            }
        }
        values
    }

    /// The only value of a parameter; `*` if it is unknown or has several.
    pub(in crate::iam) fn one_of(&self, path: &str) -> Option<Cow<'a, str>> {
        let mut values = self.values_at(path);
        if values.is_dynamic || values.known.len() > 1 {
            return Some(Cow::Borrowed("*"));
        }
        values.known.pop()
    }

    /// ARNs in a format, one for each combination of known values.
    pub(in crate::iam) fn format(&self, format: &str) -> Resources {
        let place = self.environment;
        // The partition, which is not a parameter, comes first.
        let mut resources = Resources::new(vec![place.arn("")]);
        let mut rest = format;
        while !rest.is_empty() {
            let mark = memchr::memchr2(b'~', b'{', rest.as_bytes()).unwrap_or(rest.len());
            let (literal, after) = rest.split_at(mark);
            resources.append(&[literal]);
            rest = after;
            if let Some(after) = rest.strip_prefix('~') {
                resources.append(&[&place.region, ":", &place.account]);
                rest = after;
            } else if let Some((name, after)) = rest.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
                rest = after;
                match name {
                    "R" => resources.append(&[&place.region]),
                    "A" => resources.append(&[&place.account]),
                    _ => self.append_parameter(name, &mut resources),
                }
            }
        }
        for arn in &mut resources.arns {
            while arn.contains("**") {
                *arn = arn.replace("**", "*");
            }
        }
        resources
    }

    /// Appends the values of a parameter, `Name` or `Name=default`. An ARN as a value replaces all that comes before it.
    fn append_parameter(&self, name: &str, resources: &mut Resources) {
        let (name, default) = name
            .split_once('=')
            .map_or((name, None), |(name, default)| (name, Some(default)));
        let mut values = self.values_at(name);
        if let (true, Some(default)) = (values.is_absent(), default) {
            values.known.push(Cow::Borrowed(default));
        }
        if values.is_dynamic || values.is_absent() {
            resources.is_dynamic = true;
            return resources.append(&["*"]);
        }
        match values.known.as_slice() {
            [only] if !is_arn(only) => resources.append(&[only]),
            known => {
                let joined = |arn: &String, value: &str| {
                    if is_arn(value) {
                        value.to_owned()
                    } else {
                        [arn.as_str(), value].concat()
                    }
                };
                let arns = resources.arns.iter();
                let arns = arns.flat_map(|arn| known.iter().map(move |value| joined(arn, value)));
                resources.arns = arns.take(MAX_COMBINATIONS).collect();
            }
        }
    }

    /// The ARNs in a parameter.
    pub(super) fn arn_in(&self, parameter: &str, unknown: &str) -> Resources {
        let values = self.values_at(parameter);
        if values.is_dynamic || values.is_absent() {
            return Resources::dynamic(vec![self.environment.arn(unknown)]);
        }
        let prefix = unknown.trim_end_matches('*');
        let is_whole = |value: &str| is_arn(value) || placeholder::length(value.as_bytes(), 0).is_some();
        let arn = |value: Cow<'_, str>| {
            if is_whole(&value) {
                value.into_owned()
            } else {
                self.environment.arn_of(prefix, &[&value])
            }
        };
        Resources::new(values.known.into_iter().map(arn).collect())
    }

    /// The roles in a parameter.
    pub(in crate::iam) fn role(&self, parameter: &str) -> Option<Resources> {
        let roles = self.values_at(parameter);
        if roles.is_absent() {
            return None;
        }
        if roles.is_dynamic {
            return Some(Resources::dynamic(vec![self.environment.arn("iam::{A}:role/*")]));
        }
        let role = |role: Cow<'_, str>| {
            let is_reference = parameter.ends_with("Arn") && role.starts_with("${");
            if is_arn(&role) || is_reference {
                role.into_owned()
            } else {
                self.environment.arn_of("iam::{A}:role/", &[&role])
            }
        };
        Some(Resources::new(roles.known.into_iter().map(role).collect()))
    }
}

/// Whether a string is an ARN, or a reference to one by its name.
pub(super) fn is_arn(text: &str) -> bool {
    if text.starts_with("arn:") {
        return true;
    }
    let is_reference = placeholder::expression(text.as_bytes()) == Some(text.len());
    is_reference && text.trim_end_matches('}').to_ascii_lowercase().ends_with("arn")
}
