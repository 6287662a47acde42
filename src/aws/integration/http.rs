//! Rules of the HTTP Task, `arn:aws:states:::http:invoke`. Source: Step Functions developer guide,
//! call-https-apis.

/// The supported methods.
pub const METHODS: [&str; 7] = ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"];

/// The supported methods of `apigateway:invoke`.
pub const API_GATEWAY_METHODS: [&str; 7] = METHODS;

/// The values of `AuthType` of `apigateway:invoke`.
pub const API_GATEWAY_AUTH_TYPES: [&str; 3] = ["NO_AUTH", "IAM_ROLE", "RESOURCE_POLICY"];

/// The values of `Transform.RequestBodyEncoding`; the first is the default.
pub const BODY_ENCODINGS: [&str; 2] = ["NONE", "URL_ENCODED"];

/// The values of `Transform.RequestEncodingOptions.ArrayFormat`; the first is the default.
pub const ARRAY_FORMATS: [&str; 4] = ["INDICES", "REPEAT", "COMMAS", "BRACKETS"];

/// Headers that make the task fail with `States.Runtime`, in lowercase, sorted. A trailing hyphen matches any suffix.
const FORBIDDEN_HEADERS: [&str; 35] = [
    "a-im",
    "accept-charset",
    "accept-datetime",
    "accept-encoding",
    "authorization",
    "cache-control",
    "connection",
    "content-encoding",
    "content-md5",
    "date",
    "expect",
    "forwarded",
    "from",
    "host",
    "http2-settings",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-range",
    "if-unmodified-since",
    "max-forwards",
    "origin",
    "pragma",
    "proxy-authorization",
    "referer",
    "server",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "via",
    "warning",
    "x-amz-",
    "x-amzn-",
    "x-forwarded-",
];

/// Whether a request with this header fails. Header names are case-insensitive.
pub fn is_forbidden_header(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    FORBIDDEN_HEADERS.iter().any(|header| {
        if header.ends_with('-') {
            name.starts_with(header)
        } else {
            name == *header
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recognizes_forbidden_headers_by_name_or_prefix() {
        assert!(FORBIDDEN_HEADERS.is_sorted());
        assert!(is_forbidden_header("Authorization") && is_forbidden_header("X-Amz-Date"));
        assert!(!is_forbidden_header("Content-Type") && !is_forbidden_header("x-request-id"));
    }
}
