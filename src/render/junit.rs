//! `JUnit` XML, which Jenkins, GitLab, and others read. The crate `quick-junit` writes it, and adds 75 kB to the program.

use quick_junit::{Report, XmlString};
use std::io::{self, Write};

/// Writes a report that is valid by the schema that Jenkins publishes for its xUnit plugin (junit-10.xsd).
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let xml = report.to_string().map_err(io::Error::other)?;
    // The schema knows the number of skipped cases only in suites. The names of reports do not contain this text, so the first
    // place is in the start tag of the root.
    let skipped = format!(r#" skipped="{}""#, report.skipped);
    out.write_all(xml.replacen(&skipped, "", 1).as_bytes())
}

/// A string without control characters. The crate removes most of them itself, but not all that XML does not allow.
pub(super) fn text(text: &str) -> XmlString {
    let is_left = |c| matches!(c, '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}');
    XmlString::new(text.replace(is_left, "\u{fffd}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use quick_junit::{TestCase, TestCaseStatus, TestSuite};

    #[test]
    fn only_suites_count_skipped_cases() {
        let mut report = Report::new("asl test");
        let mut suite = TestSuite::new("a");
        suite.add_test_case(TestCase::new(text("\u{ffff}<"), TestCaseStatus::skipped()));
        report.add_test_suite(suite);
        let mut out = Vec::new();
        write(&report, &mut out).unwrap();
        let xml = String::from_utf8(out).unwrap();
        assert!(
            xml.contains(r#"<testsuites name="asl test" tests="1" failures="0" errors="0">"#),
            "{xml}"
        );
        assert!(
            xml.contains(r#"<testsuite name="a" tests="1" skipped="1" "#),
            "{xml}"
        );
        assert!(xml.contains("name=\"\u{fffd}&lt;\""), "{xml}");
    }
}
