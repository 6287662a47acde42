use crate::cli::test::load::Loader;
use crate::cli::test::worker::{RunOptions, Worker};
use crate::render::test_report::CaseStatus;
use std::path::Path;

#[test]
fn a_panic_fails_its_case_and_no_other() {
    let mut loader = Loader::default();
    let suite = Path::new("fixtures/suites/orders/orders.asl-test.yaml");
    assert!(loader.add(suite).is_ok());
    let mut worker = Worker::new(&loader.loaded, RunOptions::QUIET);
    let broken = worker.run_by((0, 0), |_, _| panic!("a fault in asl"));
    assert_eq!(broken.report.status, CaseStatus::Error);
    let failure = &broken.report.failures[0].failure;
    assert_eq!(failure.message, "asl panicked: a fault in asl");
    for case in [(0, 0), (0, 1)] {
        assert_eq!(worker.run(case).report.status, CaseStatus::Passed);
    }
}
