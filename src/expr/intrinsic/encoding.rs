//! `States.Base64Encode`, `States.Base64Decode`, `States.Hash`

use crate::spec::quota;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::argument::{ArgumentValue, Failure, Outcome};
use super::function::{Function, Kind, Returns};
use super::name;
use crate::expr::Randomness;
use crate::expr::java;

/// The functions of this family, by name.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::new(name::BASE64_DECODE, &[Kind::Text], 1, Some(1), decode).returning(Returns::Text),
    Function::new("States.Base64Encode", &[Kind::Text], 1, Some(1), encode).returning(Returns::Text),
    Function::new("States.Hash", &[Kind::Any, Kind::Text], 2, Some(2), hash).returning(Returns::Text),
];

fn limited(text: &str) -> Result<&str, Failure> {
    // No text has more UTF-16 units than bytes.
    if text.len() > quota::INTRINSIC_TEXT_CHARACTERS
        && text.encode_utf16().count() > quota::INTRINSIC_TEXT_CHARACTERS
    {
        return Err(Failure::Arguments);
    }
    Ok(text)
}

fn encode(arguments: &[ArgumentValue], _: &mut dyn Randomness) -> Outcome {
    Ok(STANDARD.encode(limited(arguments[0].text()?)?).into())
}

/// As lenient as AWS's decoder: characters outside the alphabet are skipped, `=` ends the text, and neither padding nor
/// the bits of an incomplete last byte matter.
fn decode(arguments: &[ArgumentValue], _: &mut dyn Randomness) -> Outcome {
    let text = limited(arguments[0].text()?)?;
    let mut bytes = Vec::new();
    let mut bits = 0u32;
    let mut count = 0u32;
    for digit in text.bytes().take_while(|&byte| byte != b'=').filter_map(digit) {
        bits = (bits << 6 | u32::from(digit)) & 0xFF_FFFF;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(((bits >> count) & 0xFF) as u8);
        }
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned().into())
}

fn digit(byte: u8) -> Option<u8> {
    Some(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    })
}

/// The algorithms of `States.Hash`, which are case-sensitive.
pub const ALGORITHMS: [&str; 5] = ["MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512"];

/// The digest of `data` in lowercase hexadecimal; `None` for an unknown algorithm.
pub(crate) fn digest(data: &[u8], algorithm: &str) -> Option<String> {
    use md5::Digest as _;
    Some(match algorithm {
        "MD5" => hex(&md5::Md5::digest(data)),
        "SHA-1" => hex(&sha1::Sha1::digest(data)),
        "SHA-256" => hex(&sha2::Sha256::digest(data)),
        "SHA-384" => hex(&sha2::Sha384::digest(data)),
        "SHA-512" => hex(&sha2::Sha512::digest(data)),
        _ => return None,
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        push_fmt!(out, "{byte:02x}");
        out
    })
}

/// Hashes the text form of data of any type.
fn hash(arguments: &[ArgumentValue], _: &mut dyn Randomness) -> Outcome {
    let data = java::text(&arguments[0].value);
    let digest = digest(limited(&data)?.as_bytes(), arguments[1].text()?);
    digest.map(Into::into).ok_or(Failure::Arguments)
}
