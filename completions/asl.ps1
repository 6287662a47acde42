
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'asl' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'asl'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'asl' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use color')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With --version, also print the dates of the data tables')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('lint', 'lint', [CompletionResultType]::ParameterValue, 'Check definitions: fields, flow, expressions, integrations')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the state machines in files: definitions, templates, Terraform, Serverless Framework')
            [CompletionResult]::new('graph', 'graph', [CompletionResultType]::ParameterValue, 'Draw the states and transitions of a definition')
            [CompletionResult]::new('shapes', 'shapes', [CompletionResultType]::ParameterValue, 'Show the types of the data at each state')
            [CompletionResult]::new('cost', 'cost', [CompletionResultType]::ParameterValue, 'Estimate the cost of a state machine as a Standard and as an Express workflow')
            [CompletionResult]::new('iam', 'iam', [CompletionResultType]::ParameterValue, 'Derive the IAM role that a state machine needs, or check its role')
            [CompletionResult]::new('eval', 'eval', [CompletionResultType]::ParameterValue, 'Evaluate an expression: JSONPath, an intrinsic function, JSONata, or a payload template')
            [CompletionResult]::new('simulate', 'simulate', [CompletionResultType]::ParameterValue, 'Run a definition with mocked tasks on a virtual clock')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Run test suites with mocked tasks, and compare the executions with the expected results')
            [CompletionResult]::new('test-state', 'test-state', [CompletionResultType]::ParameterValue, 'Run a single state, like the TestState API')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Print the manual of a rule, or list the rules')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'Print the JSON schema of the language, or of a file that asl reads or writes')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a completion script for a shell')
            [CompletionResult]::new('lsp', 'lsp', [CompletionResultType]::ParameterValue, 'Run the language server, for editors')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'asl;lint' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use color')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--type', '--type', [CompletionResultType]::ParameterName, 'Workflow type of definitions, unless their template specifies it')
            [CompletionResult]::new('--deny', '--deny', [CompletionResultType]::ParameterName, 'Report a rule as an error; can be repeated; "all" selects every rule')
            [CompletionResult]::new('--warn', '--warn', [CompletionResultType]::ParameterName, 'Report a rule as a warning; can be repeated')
            [CompletionResult]::new('--allow', '--allow', [CompletionResultType]::ParameterName, 'Disable a rule; can be repeated')
            [CompletionResult]::new('--max-warnings', '--max-warnings', [CompletionResultType]::ParameterName, 'Fail if there are more than N warnings')
            [CompletionResult]::new('--severity', '--severity', [CompletionResultType]::ParameterName, 'Minimum severity to report; the formats compact and github print lambda-without-retry, missing-logging, and missing-tracing only with "info"')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Configuration file [default: nearest asl.toml or .asl.toml above each file]')
            [CompletionResult]::new('--threads', '--threads', [CompletionResultType]::ParameterName, 'Number of files to check in parallel [default: number of processors]')
            [CompletionResult]::new('--s3-root', '--s3-root', [CompletionResultType]::ParameterName, 'Directory with local copies of the S3 objects that templates reference, named BUCKET/KEY, KEY, or the last part of KEY')
            [CompletionResult]::new('--stdin-filename', '--stdin-filename', [CompletionResultType]::ParameterName, 'Filename to use for standard input; its extension determines the syntax')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to a file instead of standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to a file instead of standard output')
            [CompletionResult]::new('--fix', '--fix', [CompletionResultType]::ParameterName, 'Apply safe fixes; with standard input, print the fixed text, and findings to standard error')
            [CompletionResult]::new('--unsafe-fixes', '--unsafe-fixes', [CompletionResultType]::ParameterName, 'Also apply unsafe fixes, which may change the behavior; implies --fix')
            [CompletionResult]::new('--diff', '--diff', [CompletionResultType]::ParameterName, 'Print fixes as a unified diff instead of applying them; implies --fix')
            [CompletionResult]::new('--fix-only', '--fix-only', [CompletionResultType]::ParameterName, 'Apply fixes without reporting findings; implies --fix')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print every finding of lambda-without-retry, missing-logging, and missing-tracing in the text format, instead of one per file')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print every finding of lambda-without-retry, missing-logging, and missing-tracing in the text format, instead of one per file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Report only errors, without a summary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Report only errors, without a summary')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Ignore configuration files')
            [CompletionResult]::new('--force-exclude', '--force-exclude', [CompletionResultType]::ParameterName, 'Treat the given files like files found in a directory: skip those that git or "exclude" ignores, and those without a definition')
            [CompletionResult]::new('--allow-outside', '--allow-outside', [CompletionResultType]::ParameterName, 'Allow templates to reference files outside the given directory and its repository')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'asl;list' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use color')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--s3-root', '--s3-root', [CompletionResultType]::ParameterName, 'Directory with local copies of the S3 objects that templates reference, named BUCKET/KEY, KEY, or the last part of KEY')
            [CompletionResult]::new('--stdin-filename', '--stdin-filename', [CompletionResultType]::ParameterName, 'Filename to use for standard input; its extension determines the syntax')
            [CompletionResult]::new('--allow-outside', '--allow-outside', [CompletionResultType]::ParameterName, 'Allow templates to reference files outside the given directory and its repository')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'asl;graph' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use color')
            [CompletionResult]::new('--state-machine', '--state-machine', [CompletionResultType]::ParameterName, 'Name of the state machine in a template that contains several')
            [CompletionResult]::new('--s3-root', '--s3-root', [CompletionResultType]::ParameterName, 'Directory with local copies of the S3 objects that templates reference, named BUCKET/KEY, KEY, or the last part of KEY')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: from the extension of --output, otherwise ascii on a terminal and mermaid in a pipe]')
            [CompletionResult]::new('--direction', '--direction', [CompletionResultType]::ParameterName, 'Layout direction')
            [CompletionResult]::new('--detail', '--detail', [CompletionResultType]::ParameterName, 'Level of detail')
            [CompletionResult]::new('--history', '--history', [CompletionResultType]::ParameterName, 'Show an execution, recorded by aws stepfunctions get-execution-history, asl simulate --format history, or in CloudWatch Logs')
            [CompletionResult]::new('--execution', '--execution', [CompletionResultType]::ParameterName, 'Execution to show, if the logs contain several')
            [CompletionResult]::new('--diff', '--diff', [CompletionResultType]::ParameterName, 'Show changes since an older definition: a file, or REV:PATH for a Git revision')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to a file instead of standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to a file instead of standard output')
            [CompletionResult]::new('--allow-outside', '--allow-outside', [CompletionResultType]::ParameterName, 'Allow templates to reference files outside the given directory and its repository')
            [CompletionResult]::new('--lint', '--lint', [CompletionResultType]::ParameterName, 'Mark states with lint findings')
            [CompletionResult]::new('--markdown', '--markdown', [CompletionResultType]::ParameterName, 'Wrap output in a fenced code block for Markdown')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'asl;shapes' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use color')
            [CompletionResult]::new('--state-machine', '--state-machine', [CompletionResultType]::ParameterName, 'Name of the state machine in a template that contains several')
            [CompletionResult]::new('--s3-root', '--s3-root', [CompletionResultType]::ParameterName, 'Directory with local copies of the S3 objects that templates reference, named BUCKET/KEY, KEY, or the last part of KEY')
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, 'Show only this state [default: all states]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Show the data at this point of each state [default: input and output; with --format json, every point]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--diff', '--diff', [CompletionResultType]::ParameterName, 'Show the types that changed since an older definition: a file, or REV:PATH for a Git revision')
            [CompletionResult]::new('--input', '--input', [CompletionResultType]::ParameterName, 'Example of an input: a file, - for standard input, or JSON [default: declared in asl.toml, otherwise any value]')
            [CompletionResult]::new('--input-schema', '--input-schema', [CompletionResultType]::ParameterName, 'JSON Schema of the input')
            [CompletionResult]::new('--history', '--history', [CompletionResultType]::ParameterName, 'Recorded executions (histories, or log events), whose inputs and task results are examples')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to a file instead of standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to a file instead of standard output')
            [CompletionResult]::new('--allow-outside', '--allow-outside', [CompletionResultType]::ParameterName, 'Allow templates to reference files outside the given directory and its repository')
            [CompletionResult]::new('--strict-input', '--strict-input', [CompletionResultType]::ParameterName, 'Assume that the data has only the fields of the examples')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'asl;cost' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use color')
            [CompletionResult]::new('--state-machine', '--state-machine', [CompletionResultType]::ParameterName, 'Name of the state machine in the template [default: all]')
            [CompletionResult]::new('--s3-root', '--s3-root', [CompletionResultType]::ParameterName, 'Directory with local copies of the S3 objects that templates reference, named BUCKET/KEY, KEY, or the last part of KEY')
            [CompletionResult]::new('--executions', '--executions', [CompletionResultType]::ParameterName, 'Executions per month [default: 1000000]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'AWS region of the prices')
            [CompletionResult]::new('--type', '--type', [CompletionResultType]::ParameterName, 'Workflow type for recommendations and the budget')
            [CompletionResult]::new('--assume', '--assume', [CompletionResultType]::ParameterName, 'File with assumptions: odds, item counts, durations, failure rates')
            [CompletionResult]::new('--scaffold', '--scaffold', [CompletionResultType]::ParameterName, 'Write an assumptions file for the definition, and exit; - for standard output')
            [CompletionResult]::new('--duration', '--duration', [CompletionResultType]::ParameterName, 'Duration of an Express execution: 300ms, 10s, 5m')
            [CompletionResult]::new('--memory', '--memory', [CompletionResultType]::ParameterName, 'Memory of an Express execution, in MB')
            [CompletionResult]::new('--prices', '--prices', [CompletionResultType]::ParameterName, 'File with prices that replace the built-in ones; see asl schema prices')
            [CompletionResult]::new('--history', '--history', [CompletionResultType]::ParameterName, 'Estimate from recorded executions: files with the output of aws stepfunctions get-execution-history or with events of executions in CloudWatch Logs, globs, or directories with such files')
            [CompletionResult]::new('--diff', '--diff', [CompletionResultType]::ParameterName, 'Compare with an older definition: a file, or REV:PATH for a Git revision')
            [CompletionResult]::new('--budget', '--budget', [CompletionResultType]::ParameterName, 'Exit with code 1 if a month costs more than this many US dollars')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--stdin-filename', '--stdin-filename', [CompletionResultType]::ParameterName, 'Filename to use for standard input; its extension determines the syntax')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to a file instead of standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to a file instead of standard output')
            [CompletionResult]::new('--input', '--input', [CompletionResultType]::ParameterName, 'Estimate from a simulated execution with this input: a file, - for standard input, or JSON')
            [CompletionResult]::new('--mocks', '--mocks', [CompletionResultType]::ParameterName, 'Mocks, in the format of asl or a MockConfigFile.json of Step Functions Local')
            [CompletionResult]::new('--test-case', '--test-case', [CompletionResultType]::ParameterName, 'Test case in a MockConfigFile.json')
            [CompletionResult]::new('--mock-machine', '--mock-machine', [CompletionResultType]::ParameterName, 'State machine in a MockConfigFile.json with several')
            [CompletionResult]::new('--mock', '--mock', [CompletionResultType]::ParameterName, 'Result of a task, as JSON that may contain JSONata expressions ({% … %}); repeat for other tasks, or for further attempts of the same task')
            [CompletionResult]::new('--fail', '--fail', [CompletionResultType]::ParameterName, 'Error of a task, before any result from --mock; can be repeated')
            [CompletionResult]::new('--unmocked', '--unmocked', [CompletionResultType]::ParameterName, 'Result of a task without a mock: a sample of its response, its own input, or an error')
            [CompletionResult]::new('--repeat', '--repeat', [CompletionResultType]::ParameterName, 'Estimate from the mean of N simulated executions, incrementing the seed')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'Random seed')
            [CompletionResult]::new('--allow-outside', '--allow-outside', [CompletionResultType]::ParameterName, 'Allow templates to reference files outside the given directory and its repository')
            [CompletionResult]::new('--no-free-tier', '--no-free-tier', [CompletionResultType]::ParameterName, 'Ignore the free tier of state transitions')
            [CompletionResult]::new('--count-start-end', '--count-start-end', [CompletionResultType]::ParameterName, 'Count the start and the end of a Standard execution as state transitions')
            [CompletionResult]::new('--services', '--services', [CompletionResultType]::ParameterName, 'Include the cost of called services')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Estimate even if the definition has errors')
            [CompletionResult]::new('--strict', '--strict', [CompletionResultType]::ParameterName, 'Fail on tasks without a mock, as with --unmocked error')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'asl;iam' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use color')
            [CompletionResult]::new('--state-machine', '--state-machine', [CompletionResultType]::ParameterName, 'Name of the state machine in a template that contains several')
            [CompletionResult]::new('--s3-root', '--s3-root', [CompletionResultType]::ParameterName, 'Directory with local copies of the S3 objects that templates reference, named BUCKET/KEY, KEY, or the last part of KEY')
            [CompletionResult]::new('--policy', '--policy', [CompletionResultType]::ParameterName, 'Compare the policies in a file instead of those in the template: one policy, a list of policies, or the output of an IAM API')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format [default: text with --check and --explain, cloudformation, sam, or terraform for such templates, otherwise json]')
            [CompletionResult]::new('--partition', '--partition', [CompletionResultType]::ParameterName, 'Partition of ARNs [default: that of the definition]')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Account of ARNs, 12 digits [default: *, or a reference in a template]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Region of ARNs [default: *, or a reference in a template]')
            [CompletionResult]::new('--state-machine-name', '--state-machine-name', [CompletionResultType]::ParameterName, 'Name of the state machine in ARNs [default: *, or that in the template]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to a file instead of standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to a file instead of standard output')
            [CompletionResult]::new('--allow-outside', '--allow-outside', [CompletionResultType]::ParameterName, 'Allow templates to reference files outside the given directory and its repository')
            [CompletionResult]::new('--check', '--check', [CompletionResultType]::ParameterName, 'Compare the role of the template with what the state machine needs')
            [CompletionResult]::new('--explain', '--explain', [CompletionResultType]::ParameterName, 'Show which states need each action')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'asl;eval' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use color')
            [CompletionResult]::new('--template', '--template', [CompletionResultType]::ParameterName, 'JSON file with a payload template to evaluate instead of an expression')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'Language of the expression [default: JSONata in {% %}, an intrinsic function for States.…, JSONPath for $…]')
            [CompletionResult]::new('--input', '--input', [CompletionResultType]::ParameterName, 'Input: a file, - for standard input, or JSON')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'JSON file with the context object: $$ or $states.context')
            [CompletionResult]::new('--variables', '--variables', [CompletionResultType]::ParameterName, 'JSON file with an object of variables, named without the $')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'Random seed [default: different in each run]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--strict', '--strict', [CompletionResultType]::ParameterName, 'Reject expressions that Step Functions would reject')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'asl;simulate' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use color')
            [CompletionResult]::new('--state-machine', '--state-machine', [CompletionResultType]::ParameterName, 'Name of the state machine in a template that contains several')
            [CompletionResult]::new('--s3-root', '--s3-root', [CompletionResultType]::ParameterName, 'Directory with local copies of the S3 objects that templates reference, named BUCKET/KEY, KEY, or the last part of KEY')
            [CompletionResult]::new('--input', '--input', [CompletionResultType]::ParameterName, 'Execution input: a file, - for standard input, or JSON')
            [CompletionResult]::new('--replay', '--replay', [CompletionResultType]::ParameterName, 'Replay a recorded execution (output of aws stepfunctions get-execution-history, or its events in CloudWatch Logs) with its input and the outcomes of its tasks, and show the first step that differs')
            [CompletionResult]::new('--execution', '--execution', [CompletionResultType]::ParameterName, 'Execution to replay, if the logs contain several; all of them by default')
            [CompletionResult]::new('--policy', '--policy', [CompletionResultType]::ParameterName, 'Fail tasks that the role does not permit: a file with its policies, or "template" for the role in the template')
            [CompletionResult]::new('--scaffold', '--scaffold', [CompletionResultType]::ParameterName, 'Write a mock file with a sample result for every task, and exit; - for standard output')
            [CompletionResult]::new('--type', '--type', [CompletionResultType]::ParameterName, 'Workflow type [default: from the template, or STANDARD]')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'Random seed')
            [CompletionResult]::new('--start-time', '--start-time', [CompletionResultType]::ParameterName, 'Start time of the execution')
            [CompletionResult]::new('--limits', '--limits', [CompletionResultType]::ParameterName, 'Enforce AWS quotas on payloads, history, and duration')
            [CompletionResult]::new('--max-payload', '--max-payload', [CompletionResultType]::ParameterName, 'With --limits off, fail on payloads of more than N bytes')
            [CompletionResult]::new('--max-transitions', '--max-transitions', [CompletionResultType]::ParameterName, 'Abort after N transitions')
            [CompletionResult]::new('--repeat', '--repeat', [CompletionResultType]::ParameterName, 'Run N times, resetting the mocks and incrementing the seed, and report the distribution of outcomes')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Stop when this state is left for the first time, and return its output')
            [CompletionResult]::new('--report', '--report', [CompletionResultType]::ParameterName, 'Also write an HTML report with the graph, the execution, and a timeline')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--log-level', '--log-level', [CompletionResultType]::ParameterName, 'Log level of --format logs [default: all]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to a file instead of standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to a file instead of standard output')
            [CompletionResult]::new('--mocks', '--mocks', [CompletionResultType]::ParameterName, 'Mocks, in the format of asl or a MockConfigFile.json of Step Functions Local')
            [CompletionResult]::new('--test-case', '--test-case', [CompletionResultType]::ParameterName, 'Test case in a MockConfigFile.json')
            [CompletionResult]::new('--mock-machine', '--mock-machine', [CompletionResultType]::ParameterName, 'State machine in a MockConfigFile.json with several')
            [CompletionResult]::new('--mock', '--mock', [CompletionResultType]::ParameterName, 'Result of a task, as JSON that may contain JSONata expressions ({% … %}); repeat for other tasks, or for further attempts of the same task')
            [CompletionResult]::new('--fail', '--fail', [CompletionResultType]::ParameterName, 'Error of a task, before any result from --mock; can be repeated')
            [CompletionResult]::new('--unmocked', '--unmocked', [CompletionResultType]::ParameterName, 'Result of a task without a mock: a sample of its response, its own input, or an error')
            [CompletionResult]::new('--input-schema', '--input-schema', [CompletionResultType]::ParameterName, 'JSON Schema of the input')
            [CompletionResult]::new('--history', '--history', [CompletionResultType]::ParameterName, 'Recorded executions (histories, or log events), whose inputs and task results are examples')
            [CompletionResult]::new('--allow-outside', '--allow-outside', [CompletionResultType]::ParameterName, 'Allow templates to reference files outside the given directory and its repository')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Run even if the definition has errors')
            [CompletionResult]::new('--include-execution-data', '--include-execution-data', [CompletionResultType]::ParameterName, 'Include inputs and outputs in --format logs')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show every iteration and complete payloads in the timeline')
            [CompletionResult]::new('--strict', '--strict', [CompletionResultType]::ParameterName, 'Fail on tasks without a mock, as with --unmocked error')
            [CompletionResult]::new('--strict-input', '--strict-input', [CompletionResultType]::ParameterName, 'Assume that the data has only the fields of the examples')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'asl;test' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use color')
            [CompletionResult]::new('-E', '-E ', [CompletionResultType]::ParameterName, 'Run only the cases that a filter selects: a glob for the name, or an expression such as ''name(~declined) and not tag(slow)'' with name(…), machine(…), state(…), tag(…) and =exact, ~part, #glob, /regex/')
            [CompletionResult]::new('--filter', '--filter', [CompletionResultType]::ParameterName, 'Run only the cases that a filter selects: a glob for the name, or an expression such as ''name(~declined) and not tag(slow)'' with name(…), machine(…), state(…), tag(…) and =exact, ~part, #glob, /regex/')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Run only cases with this tag; can be repeated')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Also write a report to a file, such as junit=report.xml; can be repeated')
            [CompletionResult]::new('--threads', '--threads', [CompletionResultType]::ParameterName, 'Number of cases to run in parallel [default: number of processors]')
            [CompletionResult]::new('--shard', '--shard', [CompletionResultType]::ParameterName, 'Run only part I of N parts of the cases, for N runners in parallel')
            [CompletionResult]::new('--coverage', '--coverage', [CompletionResultType]::ParameterName, 'Measure the coverage of the state machines; formats other than text replace the test report, except that json is added to a report with --format json')
            [CompletionResult]::new('--coverage-file', '--coverage-file', [CompletionResultType]::ParameterName, 'Write the coverage to a file')
            [CompletionResult]::new('--fail-under', '--fail-under', [CompletionResultType]::ParameterName, 'Fail if less than N percent of the states and transitions are covered; KIND=N,... names kinds as in the JSON report')
            [CompletionResult]::new('--merge', '--merge', [CompletionResultType]::ParameterName, 'Merge JSON reports of the parts of a run, with their coverage')
            [CompletionResult]::new('--on', '--on', [CompletionResultType]::ParameterName, 'Experimental: also send cases to the TestState API through the AWS CLI, and show where its results differ')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'With --on aws, the endpoint to send requests to')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Configuration file [default: nearest asl.toml or .asl.toml above the current directory]')
            [CompletionResult]::new('--mock-machine', '--mock-machine', [CompletionResultType]::ParameterName, 'Definition for a state machine of a MockConfigFile.json; can be repeated')
            [CompletionResult]::new('--input', '--input', [CompletionResultType]::ParameterName, 'Input of the executions of a MockConfigFile.json, or with --generate, example of an input: a file, - for standard input, or JSON')
            [CompletionResult]::new('--import', '--import', [CompletionResultType]::ParameterName, 'Convert a MockConfigFile.json into a suite')
            [CompletionResult]::new('--record', '--record', [CompletionResultType]::ParameterName, 'Append a case for each recorded execution (histories, or log events) to a suite')
            [CompletionResult]::new('--definition', '--definition', [CompletionResultType]::ParameterName, 'State machine of a new suite, or of the MockConfigFile.json: FILE or FILE#NAME')
            [CompletionResult]::new('--mocks', '--mocks', [CompletionResultType]::ParameterName, 'Mocks of a new suite, for results that the recordings do not contain')
            [CompletionResult]::new('--generate', '--generate', [CompletionResultType]::ParameterName, 'Write a suite that covers a definition, FILE or FILE#NAME')
            [CompletionResult]::new('--input-schema', '--input-schema', [CompletionResultType]::ParameterName, 'JSON Schema of the input')
            [CompletionResult]::new('--history', '--history', [CompletionResultType]::ParameterName, 'Recorded executions (histories, or log events), whose inputs and task results are examples')
            [CompletionResult]::new('--from-histories', '--from-histories', [CompletionResultType]::ParameterName, 'Prefer the inputs and results of recorded executions (histories, or log events) to samples')
            [CompletionResult]::new('--max-cases', '--max-cases', [CompletionResultType]::ParameterName, 'Generate at most N cases')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Suite to write with --import, --record, or --generate, which prints it by default')
            [CompletionResult]::new('--suite', '--suite', [CompletionResultType]::ParameterName, 'Suite to write with --import, --record, or --generate, which prints it by default')
            [CompletionResult]::new('--list', '--list', [CompletionResultType]::ParameterName, 'List the cases that would run')
            [CompletionResult]::new('--update-snapshots', '--update-snapshots', [CompletionResultType]::ParameterName, 'Update the stored snapshots, and delete those that no case uses')
            [CompletionResult]::new('--fail-fast', '--fail-fast', [CompletionResultType]::ParameterName, 'Stop at the first case that fails')
            [CompletionResult]::new('--watch', '--watch', [CompletionResultType]::ParameterName, 'Watch the files, and run the affected cases again after each change, until Ctrl-C')
            [CompletionResult]::new('--timings', '--timings', [CompletionResultType]::ParameterName, 'Include wall times in JUnit reports')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'List every case in the text format, and show whole payloads in timelines')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'List every case in the text format, and show whole payloads in timelines')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Ignore configuration files')
            [CompletionResult]::new('--strict-input', '--strict-input', [CompletionResultType]::ParameterName, 'Assume that the data has only the fields of the examples')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'asl;test-state' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use color')
            [CompletionResult]::new('--request', '--request', [CompletionResultType]::ParameterName, 'Request of the TestState API, as JSON; - for standard input')
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, 'State to test, at any depth')
            [CompletionResult]::new('--state-machine', '--state-machine', [CompletionResultType]::ParameterName, 'Name of the state machine in the template, if there are several')
            [CompletionResult]::new('--input', '--input', [CompletionResultType]::ParameterName, 'State input: a file, - for standard input, or JSON')
            [CompletionResult]::new('--mock', '--mock', [CompletionResultType]::ParameterName, 'Mock, as in a request: {"result": …} or {"errorOutput": {"error": …, "cause": …}}')
            [CompletionResult]::new('--inspection-level', '--inspection-level', [CompletionResultType]::ParameterName, 'Level of detail')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Context object')
            [CompletionResult]::new('--variables', '--variables', [CompletionResultType]::ParameterName, 'Variables on entry')
            [CompletionResult]::new('--role-arn', '--role-arn', [CompletionResultType]::ParameterName, 'Execution role in the context object')
            [CompletionResult]::new('--field-validation-mode', '--field-validation-mode', [CompletionResultType]::ParameterName, 'Validation mode for the mock result, overriding the mode in the mock')
            [CompletionResult]::new('--retrier-retry-count', '--retrier-retry-count', [CompletionResultType]::ParameterName, 'Number of retries already made by the matching retrier')
            [CompletionResult]::new('--error-caused-by-state', '--error-caused-by-state', [CompletionResultType]::ParameterName, 'State inside a Map or Parallel that caused the mocked error')
            [CompletionResult]::new('--map-iteration-failure-count', '--map-iteration-failure-count', [CompletionResultType]::ParameterName, 'Number of failed Map iterations')
            [CompletionResult]::new('--map-item-reader-data', '--map-item-reader-data', [CompletionResultType]::ParameterName, 'Data for the ItemReader of a Map, in the format of its source: JSON, JSON Lines, or CSV')
            [CompletionResult]::new('--allow-outside', '--allow-outside', [CompletionResultType]::ParameterName, 'Allow templates to reference files outside the given directory and its repository')
            [CompletionResult]::new('--reveal-secrets', '--reveal-secrets', [CompletionResultType]::ParameterName, 'Reveal secrets (rejected by AWS together with a mock)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'asl;explain' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use color')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'asl;schema' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use color')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'asl;completions' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use color')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'asl;lsp' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use color')
            [CompletionResult]::new('--stdio', '--stdio', [CompletionResultType]::ParameterName, 'Communicate over standard input and output, which is the only transport and the default')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'asl;help' {
            [CompletionResult]::new('lint', 'lint', [CompletionResultType]::ParameterValue, 'Check definitions: fields, flow, expressions, integrations')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the state machines in files: definitions, templates, Terraform, Serverless Framework')
            [CompletionResult]::new('graph', 'graph', [CompletionResultType]::ParameterValue, 'Draw the states and transitions of a definition')
            [CompletionResult]::new('shapes', 'shapes', [CompletionResultType]::ParameterValue, 'Show the types of the data at each state')
            [CompletionResult]::new('cost', 'cost', [CompletionResultType]::ParameterValue, 'Estimate the cost of a state machine as a Standard and as an Express workflow')
            [CompletionResult]::new('iam', 'iam', [CompletionResultType]::ParameterValue, 'Derive the IAM role that a state machine needs, or check its role')
            [CompletionResult]::new('eval', 'eval', [CompletionResultType]::ParameterValue, 'Evaluate an expression: JSONPath, an intrinsic function, JSONata, or a payload template')
            [CompletionResult]::new('simulate', 'simulate', [CompletionResultType]::ParameterValue, 'Run a definition with mocked tasks on a virtual clock')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Run test suites with mocked tasks, and compare the executions with the expected results')
            [CompletionResult]::new('test-state', 'test-state', [CompletionResultType]::ParameterValue, 'Run a single state, like the TestState API')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Print the manual of a rule, or list the rules')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'Print the JSON schema of the language, or of a file that asl reads or writes')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a completion script for a shell')
            [CompletionResult]::new('lsp', 'lsp', [CompletionResultType]::ParameterValue, 'Run the language server, for editors')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'asl;help;lint' {
            break
        }
        'asl;help;list' {
            break
        }
        'asl;help;graph' {
            break
        }
        'asl;help;shapes' {
            break
        }
        'asl;help;cost' {
            break
        }
        'asl;help;iam' {
            break
        }
        'asl;help;eval' {
            break
        }
        'asl;help;simulate' {
            break
        }
        'asl;help;test' {
            break
        }
        'asl;help;test-state' {
            break
        }
        'asl;help;explain' {
            break
        }
        'asl;help;schema' {
            break
        }
        'asl;help;completions' {
            break
        }
        'asl;help;lsp' {
            break
        }
        'asl;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
