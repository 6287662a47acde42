//! Addresses of objects in S3.

/// The bucket and the key of `s3://bucket/key`, or of `bucket/key` and `/bucket/key`.
pub(super) fn parts(uri: &str) -> Option<(&str, &str)> {
    let path = uri.strip_prefix("s3://").unwrap_or(uri).trim_start_matches('/');
    let (bucket, key) = path.split_once('/').unwrap_or((path, ""));
    (!bucket.is_empty()).then_some((bucket, key))
}

/// The ARN of an object, or of all objects below a key that is a folder or empty.
pub(super) fn object_arn(partition: &str, bucket: &str, key: &str) -> String {
    let all = if key.is_empty() || key.ends_with('/') {
        "*"
    } else {
        ""
    };
    format!("arn:{partition}:s3:::{bucket}/{key}{all}")
}
