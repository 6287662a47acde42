# The recipes that CONTRIBUTING.md describes. `just` lists them; https://just.systems installs it.

# List the recipes.
default:
    @just --list

# Build the release binary.
build:
    cargo build --release

# Run all tests, or those whose name contains FILTER.
test FILTER='':
    cargo test {{FILTER}}

# Check formatting, lints, and documentation.
lint:
    cargo fmt --check
    cargo clippy --all-targets -- -D warnings
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps

# List public items that nothing uses.
unused:
    scripts/unused-pub --compile

# Regenerate snapshots, command transcripts, and generated files. Review the result with `git diff`.
snapshots:
    INSTA_UPDATE=always TRYCMD=overwrite UPDATE=1 cargo test
    git --no-pager diff --stat

# Run the property tests with CASES cases each.
proptest CASES='100000':
    PROPTEST_CASES={{CASES}} cargo test --release hostile

# Fuzz TARGET for SECONDS. New inputs go to fuzz/found, crashes to fuzz/artifacts.
fuzz TARGET SECONDS='60':
    mkdir -p fuzz/found/{{TARGET}}
    cargo +nightly fuzz run {{TARGET}} fuzz/found/{{TARGET}} fuzz/corpus/{{TARGET}} -- -max_total_time={{SECONDS}}

# Run the benchmarks whose name contains FILTER.
bench FILTER='':
    cargo bench -- {{FILTER}}

# Count the instructions of the workloads and compare them with benches/baseline.json.
instructions:
    cargo build --release
    python3 .ci/instructions.py target/release/asl benches/baseline.json

# Profile a command, for example `just profile lint fixtures`, and open the report.
profile +ARGS:
    cargo build --profile profiling
    perf record --call-graph dwarf -o target/perf.data target/profiling/asl {{ARGS}}
    perf report -i target/perf.data

# Print all user-facing strings of the sources.
strings *PATHS:
    scripts/user-strings {{PATHS}}

# Run everything that CI runs.
ci:
    .ci/run
