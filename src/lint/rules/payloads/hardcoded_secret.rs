//! `hardcoded-secret`

use crate::asl::{Kind, Payload, State};
use crate::document::{Member, Node, NodeKind, Text};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::spec::placeholder;
use std::ops::Range;

declare_rule! {
    /// The definition contains a hardcoded secret.
    ///
    /// ## What it does
    ///
    /// Checks payloads, and the `Result` of Pass states, for strings that have the format of a credential (access keys
    /// of AWS, tokens of GitHub, Slack, Stripe, and others, private keys, bearer tokens, passwords in URLs), and for
    /// literal values under keys such as `password`, `apiKey`, and `clientSecret`. Placeholders, names of secrets, and
    /// examples are ignored.
    ///
    /// ## Why is this bad?
    ///
    /// Everyone with read access to the definition, its repository, or an execution history can read the secret.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": {"user": "app", "password": "hunter2"}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:secretsmanager:getSecretValue", "Parameters": {"SecretId": "prod/db/password"}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "hardcoded-secret",
        family: Payloads,
        severity: Warning,
        check: Check::State(check),
    }
}

fn check(cx: &Context<'_, '_>, state: &State<'_>, findings: &mut Findings<'_>) {
    state.for_each_payload(&mut |payload: &Payload<'_>| walk(cx, payload.node, findings));
    if let Kind::Pass(pass) = &state.kind
        && let Some(result) = pass.result
    {
        walk(cx, result, findings);
    }
}

fn walk(cx: &Context<'_, '_>, node: &Node, findings: &mut Findings<'_>) {
    match &node.kind {
        NodeKind::String(text) => {
            if let Some((range, what)) = credential(text) {
                findings.add(finding(cx, text, range, &format!("this is {what}")));
            }
        }
        NodeKind::Array(items) => items.iter().for_each(|item| walk(cx, item, findings)),
        NodeKind::Object(members) => {
            for member in members {
                if let Some(text) = literal_secret(member) {
                    findings.add(finding(
                        cx,
                        text,
                        0..text.len(),
                        &format!("the value of `{}`", member.key.as_str()),
                    ));
                } else {
                    walk(cx, &member.value, findings);
                }
            }
        }
        _ => {}
    }
}

/// The message never contains the secret, since reports are stored and shared.
fn finding(cx: &Context<'_, '_>, text: &Text, range: Range<usize>, label: &str) -> Finding<'static> {
    Finding::new(cx.place(text, range), format!("hardcoded secret: {label}")).help(
        "store it in Secrets Manager, or for an HTTP Task in an EventBridge connection, and rotate it, since it has been \
         exposed",
    )
}

/// The literal under a key for a secret, unless its format identifies a credential.
fn literal_secret(member: &Member) -> Option<&Text> {
    let text = member.value.as_text()?;
    (is_secret_value(&member.key, text) && credential(text).is_none()).then_some(text)
}

/// The format of a token after the prefix by which its issuer makes it recognizable.
struct Shape {
    prefix: &'static str,
    /// The number of characters after the prefix: exact if only letters and digits are allowed, otherwise a minimum.
    length: usize,
    /// The allowed characters other than letters and digits.
    also: &'static str,
    what: &'static str,
}

const fn shape(prefix: &'static str, length: usize, also: &'static str, what: &'static str) -> Shape {
    Shape {
        prefix,
        length,
        also,
        what,
    }
}

/// Sources: the documentation of the issuers.
const SHAPES: [Shape; 21] = [
    shape("AIza", 35, "-_", "a Google API key"),
    shape("AKIA", 16, "", "an AWS access key ID"),
    shape("ASIA", 16, "", "a temporary AWS access key ID"),
    shape("Basic ", 16, "+/=", "a user name and password"),
    shape("Bearer ", 20, "-._~+/=", "a bearer token"),
    shape("SG.", 60, "-_.", "a SendGrid API key"),
    shape("eyJ", 40, "-_.", "a JSON Web Token"),
    shape("gho_", 36, "", "a GitHub token"),
    shape("ghp_", 36, "", "a GitHub token"),
    shape("ghr_", 36, "", "a GitHub token"),
    shape("ghs_", 36, "", "a GitHub token"),
    shape("ghu_", 36, "", "a GitHub token"),
    shape("github_pat_", 30, "_", "a GitHub token"),
    shape("glpat-", 20, "-_", "a GitLab token"),
    shape("npm_", 36, "", "an npm token"),
    shape("rk_live_", 16, "_", "a Stripe key"),
    shape("sk-", 32, "-_", "a secret API key"),
    shape("sk_live_", 16, "_", "a Stripe key"),
    shape("xoxb-", 20, "-", "a Slack token"),
    shape("xoxp-", 20, "-", "a Slack token"),
    shape("xoxs-", 20, "-", "a Slack token"),
];

/// The first credential in a string, and its kind.
fn credential(text: &str) -> Option<(Range<usize>, &'static str)> {
    const SHORTEST: usize = 12;
    if text.len() < SHORTEST {
        return None;
    }
    if let Some(range) = password_in_url(text) {
        return Some((range, "a password in a URL"));
    }
    // Few strings have a hyphen, which is faster to search for.
    if memchr::memchr(b'-', text.as_bytes()).is_some()
        && let Some(end) = memchr::memmem::find(text.as_bytes(), b"PRIVATE KEY-----")
        && let Some(start) = text[..end].rfind("-----BEGIN ")
    {
        return Some((start..end + "PRIVATE KEY-----".len(), "a private key"));
    }
    let bytes = text.as_bytes();
    // A token contains a digit, and most strings do not.
    if !bytes.iter().fold(false, |found, byte| found | byte.is_ascii_digit()) {
        return None;
    }
    let starts = (0..bytes.len()).filter(|&i| {
        matches!(
            bytes[i],
            b'A' | b'B' | b'S' | b'e' | b'g' | b'n' | b'r' | b's' | b'x'
        ) && (i == 0 || !bytes[i - 1].is_ascii_alphanumeric())
    });
    for start in starts {
        for shape in &SHAPES {
            if let Some(rest) = text[start..].strip_prefix(shape.prefix)
                && let Some(length) = token_len(rest, shape)
            {
                return Some((start..start + shape.prefix.len() + length, shape.what));
            }
        }
    }
    None
}

/// The length of the token after a prefix, if it has the right length, contains a digit, and is not an example.
fn token_len(rest: &str, shape: &Shape) -> Option<usize> {
    let belongs = |c: char| c.is_ascii_alphanumeric() || shape.also.contains(c);
    let length = rest.find(|c| !belongs(c)).unwrap_or(rest.len());
    let token = &rest[..length];
    let fits = if shape.also.is_empty() {
        length == shape.length
    } else {
        length >= shape.length
    };
    let is_real = token.bytes().any(|b| b.is_ascii_digit())
        && !is_placeholder(token)
        && distinct(token) >= 6
        && (shape.prefix != "eyJ" || token.matches('.').count() == 2);
    (fits && is_real).then_some(length)
}

fn distinct(text: &str) -> usize {
    let mut seen = [false; 256];
    text.bytes().for_each(|b| seen[usize::from(b)] = true);
    seen.iter().filter(|s| **s).count()
}

/// The password of `scheme://user:password@host`.
fn password_in_url(text: &str) -> Option<Range<usize>> {
    // Most strings have no `@`.
    memchr::memchr(b'@', text.as_bytes())?;
    let start = text.find("://")? + 3;
    let authority = text[start..].split(['/', '?', '#', ' ', '"', '\'']).next()?;
    let at = authority.rfind('@')?;
    let colon = authority[..at].find(':')?;
    let password = &authority[colon + 1..at];
    (password.len() >= 4 && !is_placeholder(password)).then_some(start + colon + 1..start + at)
}

/// Suffixes of keys whose value is a secret in any format.
const SECRET_KEYS: [&str; 15] = [
    "accesstoken",
    "apikey",
    "apisecret",
    "apitoken",
    "authtoken",
    "bearertoken",
    "clientsecret",
    "passphrase",
    "passwd",
    "password",
    "privatekey",
    "refreshtoken",
    "secretaccesskey",
    "secretkey",
    "sessiontoken",
];

/// Endings of keys whose value is either a secret or the name of one, so that it must look random.
const DOUBTFUL_KEYS: [&str; 3] = ["pwd", "secret", "token"];

fn is_secret_value(key: &str, value: &str) -> bool {
    // Most keys have other endings and need no further checks.
    let last = key.as_bytes().last().map(u8::to_ascii_lowercase);
    let may_be_secret = |word: &&&str| word.as_bytes().last() == last.as_ref();
    if !matches!(last, Some(b'd' | b'e' | b'n' | b't' | b'y')) {
        return false;
    }
    let letters = || key.bytes().rev().filter(u8::is_ascii_alphanumeric).map(|b| b.to_ascii_lowercase());
    let ends_with = |word: &&&str| {
        let mut letters = letters();
        word.bytes().rev().all(|byte| letters.next() == Some(byte))
    };
    if let Some(word) = SECRET_KEYS.iter().filter(may_be_secret).find(ends_with) {
        return value.len() >= 6 && !is_placeholder(value) && !names_itself(value, word);
    }
    let is_key = |word: &&str| letters().eq(word.bytes().rev());
    DOUBTFUL_KEYS.iter().any(is_key)
        && value.len() >= 16
        && looks_random(value)
        && !is_placeholder(value)
}

/// A value such as `my-api-key` under `apiKey`.
fn names_itself(value: &str, word: &str) -> bool {
    let value: String = value
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_ascii_lowercase();
    value.contains(word)
        || ["password", "secret", "token", "apikey"]
            .iter()
            .any(|w| value.contains(w))
}

fn looks_random(value: &str) -> bool {
    let is = |test: fn(&char) -> bool| value.chars().filter(test).count();
    let digits = is(char::is_ascii_digit);
    value
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "+/=_".contains(c))
        && digits >= 2
        && (digits >= 4 || (is(char::is_ascii_uppercase) > 0 && is(char::is_ascii_lowercase) > 0))
        && distinct(value) >= 8
}

/// Text that is a placeholder for a secret.
fn is_placeholder(value: &str) -> bool {
    const MARKS: [&str; 14] = [
        "{%",
        "<",
        "*",
        "arn:",
        "changeme",
        "dummy",
        "example",
        "fake",
        "insert",
        "placeholder",
        "redacted",
        "replace",
        "xxx",
        "your",
    ];
    let lower = value.to_ascii_lowercase();
    value.starts_with(['$', '{'])
        || value.contains(char::is_whitespace)
        || lower.starts_with("states.")
        || lower.starts_with('/')
        || matches!(
            lower.as_str(),
            "string" | "hidden" | "required" | "optional" | "undefined"
        )
        || MARKS.iter().any(|mark| lower.contains(mark))
        || placeholder::is_in(value)
        || distinct(value) < 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<&'static str> {
        credential(text).map(|(_, what)| what)
    }

    /// Written in two parts, so that secret scanners do not report them.
    #[test]
    fn recognizes_credentials_by_their_format() {
        let joined = |parts: [&str; 2]| parts.concat();
        let found = |parts| told(&joined(parts)).is_some();
        assert!(found(["AKIA", "Q3EGRP5TTJ3KXWZ4"]) && found(["key=ASIA", "Q3EGRP5TTJ3KXWZ4;"]));
        assert!(found(["ghp_", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"]));
        assert!(found(["Bearer ", "a1b2c3d4e5f6a7b8c9d0e1f2"]));
        assert!(found(["-----BEGIN RSA ", "PRIVATE KEY-----\nMIIE"]));
        assert!(found(["postgres://app:", "s3cr3t@db:5432/orders"]));
        assert!(found(["sk_live_", "4eC39HqLyjWDarjtT1zdp7dc"]));
    }

    #[test]
    fn ignores_text_that_only_resembles_a_credential() {
        for text in [
            "AKIAIOSFODNN7EXAMPLE",
            "AKIAQ3EGRP5TTJ3KXWZ4ABCD",
            "BAKIAQ3EGRP5TTJ3KXWZ4",
            "Bearer {}",
            "Bearer <token of the caller>",
            "Basic understanding of state machines",
            "sk_live_xxxxxxxxxxxxxxxxxxxx",
            "https://example.com/a:b@c",
            "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf",
            "risk-management-department-of-the-company",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }

    #[test]
    fn recognizes_secrets_by_their_key() {
        for (key, value) in [
            ("password", "hunter2"),
            ("MasterUserPassword", "correct-horse"),
            ("x-api-key", "9f8e7d6c5b"),
            ("token", "a1B2c3D4e5F6g7H8"),
        ] {
            assert!(is_secret_value(key, value), "{key}");
        }
        for (key, value) in [
            ("password", "${DbPassword}"),
            ("password", "{% $states.input.password %}"),
            ("password", "$.password"),
            ("password", "string"),
            ("password", "******"),
            ("apiKey", "my-api-key"),
            ("NextToken", "a1B2c3D4e5F6g7H8"),
            ("ClientRequestToken", "a1B2c3D4e5F6g7H8"),
            ("token", "wait-for-approval"),
            ("secret", "prod/db/credentials"),
            ("SecretId", "a1B2c3D4e5F6g7H8"),
            (
                "clientSecret",
                "arn:aws:secretsmanager:eu-west-1:111122223333:secret:x",
            ),
        ] {
            assert!(!is_secret_value(key, value), "{key} {value}");
        }
    }
}
