#!/usr/bin/env bash
# The script of the GitHub action: installs asl, lints, and summarizes the changes of the state machines. action.yml passes
# its inputs as ASL_* variables. The variables GITHUB_* and RUNNER_* are those of the runner.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
most_machines=10
# GitHub rejects summaries of over 1 MiB, and comments of over 64 KiB.
most_bytes=60000

install() {
    local folder=$ASL_DIR arguments=()
    if [ -x "$folder/asl" ] || [ -x "$folder/asl.exe" ]; then
        echo "Found asl $ASL_VERSION in the cache"
    else
        if [ -n "${GH_TOKEN:-}" ] && command -v gh >/dev/null; then
            arguments=(--attestation "$ASL_REPOSITORY")
        fi
        sh "$here/install.sh" --version "$ASL_VERSION" --dir "$folder" --base-url "$ASL_BASE_URL" --binary-only ${arguments[@]+"${arguments[@]}"}
    fi
    export PATH="$folder:$PATH"
    echo "$folder" >> "$GITHUB_PATH"
    asl --version
}

# `${list[@]+"${list[@]}"}` is an empty list also in the bash of macOS, where `"${list[@]}"` is an error.

# The exit code of a command whose failure is a result.
code_of() {
    local code=0
    "$@" || code=$?
    return_code=$code
}

lint() {
    local arguments=()
    # Both inputs are lists that are separated by spaces or line breaks.
    read -r -d '' -a paths <<< "$ASL_PATHS" || true
    read -r -d '' -a arguments <<< "$ASL_ARGS" || true
    case $ASL_FAIL_ON in
        error | never) ;;
        warning) arguments+=(--max-warnings 0) ;;
        *)
            echo "::error::fail-on is \`$ASL_FAIL_ON\`, but must be error, warning, or never"
            exit 2
            ;;
    esac
    if [ "$ASL_SARIF" = true ]; then
        code_of asl lint --format sarif --output "$RUNNER_TEMP/asl.sarif" ${arguments[@]+"${arguments[@]}"} ${paths[@]+"${paths[@]}"}
        echo "sarif=$RUNNER_TEMP/asl.sarif" >> "$GITHUB_OUTPUT"
    fi
    code_of asl lint --format "$ASL_FORMAT" ${arguments[@]+"${arguments[@]}"} ${paths[@]+"${paths[@]}"}
    echo "exit-code=$return_code" >> "$GITHUB_OUTPUT"
}

# Whether the commit before the change is here; a shallow checkout does not have it.
has_base() {
    [ -n "$ASL_BASE" ] || return 1
    git cat-file -e "$ASL_BASE^{commit}" 2>/dev/null || git fetch --quiet --depth 1 origin "$ASL_BASE" 2>/dev/null
}

# The state machines in files that differ from the base: file and name, separated by a tab. A definition has no name.
changed_machines() {
    git diff --name-only --diff-filter=AM --relative "$ASL_BASE" -- ${paths[@]+"${paths[@]}"} | while IFS= read -r file; do
        asl list --format json "$file" 2>/dev/null |
            python3 -c 'import json, sys
for machine in json.load(sys.stdin)["machines"]:
    print(machine["path"], machine.get("name", ""), sep="\t")' || true
    done
}

summarize() {
    local file name chosen count=0
    echo "## State machines"
    if [ "$lint_code" = 0 ]; then echo "asl lint found no problems that fail the check."; else echo "asl lint found problems: see the annotations."; fi
    if ! has_base; then
        return
    fi
    while IFS=$'\t' read -r file name; do
        count=$((count + 1))
        if [ "$count" -gt "$most_machines" ]; then
            printf '\nOnly the first %s changed state machines are shown.\n' "$most_machines"
            break
        fi
        chosen=()
        if [ -n "$name" ]; then chosen=(--state-machine "$name"); fi
        printf '\n### %s\n\n' "$file${name:+: $name}"
        if git cat-file -e "$ASL_BASE:./$file" 2>/dev/null; then
            asl graph "$file" ${chosen[@]+"${chosen[@]}"} --diff "$ASL_BASE:./$file" --markdown || true
            printf '\n<details><summary>Cost</summary>\n\n'
            asl cost "$file" ${chosen[@]+"${chosen[@]}"} --diff "$ASL_BASE:./$file" --format markdown || true
            printf '\n</details>\n'
        else
            asl graph "$file" ${chosen[@]+"${chosen[@]}"} --markdown || true
        fi
    done < <(changed_machines)
}

comment() {
    if ! command -v gh >/dev/null || [ -z "$ASL_PULL_REQUEST" ]; then
        echo "::warning::a comment needs gh and a pull request"
        return
    fi
    head -c "$most_bytes" "$RUNNER_TEMP/asl-summary.md" > "$RUNNER_TEMP/asl-comment.md"
    gh pr comment "$ASL_PULL_REQUEST" --repo "$GITHUB_REPOSITORY" --edit-last --create-if-none \
        --body-file "$RUNNER_TEMP/asl-comment.md" || echo "::warning::the comment was not written: it needs the permission pull-requests: write"
}

install
lint
lint_code=$return_code
if [ "$ASL_SUMMARY" = true ]; then
    summarize > "$RUNNER_TEMP/asl-summary.md" 2>/dev/null
    head -c 1000000 "$RUNNER_TEMP/asl-summary.md" >> "$GITHUB_STEP_SUMMARY"
    if [ "$ASL_COMMENT" = true ]; then comment; fi
fi
# 1 means findings; 2 means that asl could not do its work, which never passes.
if [ "$lint_code" = 1 ] && [ "$ASL_FAIL_ON" = never ]; then exit 0; fi
exit "$lint_code"
