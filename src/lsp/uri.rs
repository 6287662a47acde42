//! Paths of files as the protocol names them: `file:///folder/file.asl.json`.

use std::path::{Path, PathBuf};

/// The path of a URI. A document that is not a file, such as one that was never saved, has a relative path.
pub(super) fn to_path(uri: &str) -> PathBuf {
    let Some(rest) = uri.strip_prefix("file://") else {
        let name = uri.rsplit(['/', ':', '\\']).next().unwrap_or(uri);
        return PathBuf::from(decode(name));
    };
    let path = decode(rest);
    // `file:///c:/folder` is `c:/folder`, and `file://server/share` is `//server/share`.
    match path.as_bytes() {
        [b'/', drive, b':', ..] if drive.is_ascii_alphabetic() => PathBuf::from(&path[1..]),
        [b'/', ..] => PathBuf::from(path),
        _ => PathBuf::from(format!("//{path}")),
    }
}

/// The URI of an absolute path.
pub(super) fn from_path(path: &Path) -> String {
    let path = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    let mut uri = String::from(if path.starts_with('/') {
        "file://"
    } else {
        "file:///"
    });
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => {
                uri.push(char::from(byte));
            }
            byte => push_fmt!(uri, "%{byte:02X}"),
        }
    }
    uri
}

fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let hex = text.get(at + 1..at + 3).filter(|_| *byte == b'%');
        let decoded = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(decoded.unwrap_or(*byte));
        at += if decoded.is_some() { 3 } else { 1 };
    }
    String::from_utf8(out).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_uris_are_inverse() {
        for (path, uri) in [
            ("/a/b c/é.json", "file:///a/b%20c/%C3%A9.json"),
            ("/100%/x#y?z", "file:///100%25/x%23y%3Fz"),
        ] {
            assert_eq!(from_path(Path::new(path)), uri);
            assert_eq!(to_path(uri), Path::new(path));
        }
    }

    #[test]
    fn reads_the_uris_of_other_clients() {
        for (uri, path) in [
            ("file:///c%3A/x.json", "c:/x.json"),
            ("file://server/share/x", "//server/share/x"),
            ("untitled:Untitled-1", "Untitled-1"),
            ("file:///a%zz", "/a%zz"),
        ] {
            assert_eq!(to_path(uri), Path::new(path));
        }
    }
}
