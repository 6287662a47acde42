# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_asl_global_optspecs
    string join \n color= V/version verbose h/help
end

function __fish_asl_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_asl_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_asl_using_subcommand
    set -l cmd (__fish_asl_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c asl -n "__fish_asl_needs_command" -l color -d 'When to use color' -r -f -a "auto\t'If the terminal supports it'
always\t'Always, also in files and pipes'
never\t'Never'"
complete -c asl -n "__fish_asl_needs_command" -s V -l version -d 'Print the version'
complete -c asl -n "__fish_asl_needs_command" -l verbose -d 'With --version, also print the dates of the data tables'
complete -c asl -n "__fish_asl_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c asl -n "__fish_asl_needs_command" -f -a "lint" -d 'Check definitions: fields, flow, expressions, integrations'
complete -c asl -n "__fish_asl_needs_command" -f -a "list" -d 'List the state machines in files: definitions, templates, Terraform, Serverless Framework'
complete -c asl -n "__fish_asl_needs_command" -f -a "graph" -d 'Draw the states and transitions of a definition'
complete -c asl -n "__fish_asl_needs_command" -f -a "shapes" -d 'Show the types of the data at each state'
complete -c asl -n "__fish_asl_needs_command" -f -a "cost" -d 'Estimate the cost of a state machine as a Standard and as an Express workflow'
complete -c asl -n "__fish_asl_needs_command" -f -a "iam" -d 'Derive the IAM role that a state machine needs, or check its role'
complete -c asl -n "__fish_asl_needs_command" -f -a "eval" -d 'Evaluate an expression: JSONPath, an intrinsic function, JSONata, or a payload template'
complete -c asl -n "__fish_asl_needs_command" -f -a "simulate" -d 'Run a definition with mocked tasks on a virtual clock'
complete -c asl -n "__fish_asl_needs_command" -f -a "test" -d 'Run test suites with mocked tasks, and compare the executions with the expected results'
complete -c asl -n "__fish_asl_needs_command" -f -a "test-state" -d 'Run a single state, like the TestState API'
complete -c asl -n "__fish_asl_needs_command" -f -a "explain" -d 'Print the manual of a rule, or list the rules'
complete -c asl -n "__fish_asl_needs_command" -f -a "schema" -d 'Print the JSON schema of the language, or of a file that asl reads or writes'
complete -c asl -n "__fish_asl_needs_command" -f -a "completions" -d 'Print a completion script for a shell'
complete -c asl -n "__fish_asl_needs_command" -f -a "lsp" -d 'Run the language server, for editors'
complete -c asl -n "__fish_asl_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c asl -n "__fish_asl_using_subcommand lint" -l color -d 'When to use color' -r -f -a "auto\t'If the terminal supports it'
always\t'Always, also in files and pipes'
never\t'Never'"
complete -c asl -n "__fish_asl_using_subcommand lint" -l format -d 'Output format' -r -f -a "text\t'Each finding with an excerpt of the file'
json\t'JSON, described by asl schema lint'
sarif\t'SARIF 2.1.0 for code scanning'
github\t'Annotations for GitHub Actions'
junit\t'JUnit XML for CI systems'
compact\t'One line per finding: path:line:col: severity rule message'
aws\t'The response of ValidateStateMachineDefinition'"
complete -c asl -n "__fish_asl_using_subcommand lint" -l type -d 'Workflow type of definitions, unless their template specifies it' -r -f -a "standard\t'Exactly once, up to a year'
express\t'Up to five minutes, no callbacks'"
complete -c asl -n "__fish_asl_using_subcommand lint" -l deny -d 'Report a rule as an error; can be repeated; "all" selects every rule' -r
complete -c asl -n "__fish_asl_using_subcommand lint" -l warn -d 'Report a rule as a warning; can be repeated' -r
complete -c asl -n "__fish_asl_using_subcommand lint" -l allow -d 'Disable a rule; can be repeated' -r
complete -c asl -n "__fish_asl_using_subcommand lint" -l max-warnings -d 'Fail if there are more than N warnings' -r
complete -c asl -n "__fish_asl_using_subcommand lint" -l severity -d 'Minimum severity to report; the formats compact and github print lambda-without-retry, missing-logging, and missing-tracing only with "info"' -r -f -a "info\t''
warning\t''
error\t''"
complete -c asl -n "__fish_asl_using_subcommand lint" -l config -d 'Configuration file [default: nearest asl.toml or .asl.toml above each file]' -r -F
complete -c asl -n "__fish_asl_using_subcommand lint" -l threads -d 'Number of files to check in parallel [default: number of processors]' -r
complete -c asl -n "__fish_asl_using_subcommand lint" -l s3-root -d 'Directory with local copies of the S3 objects that templates reference, named BUCKET/KEY, KEY, or the last part of KEY' -r -F
complete -c asl -n "__fish_asl_using_subcommand lint" -l stdin-filename -d 'Filename to use for standard input; its extension determines the syntax' -r -F
complete -c asl -n "__fish_asl_using_subcommand lint" -s o -l output -d 'Write to a file instead of standard output' -r -F
complete -c asl -n "__fish_asl_using_subcommand lint" -l fix -d 'Apply safe fixes; with standard input, print the fixed text, and findings to standard error'
complete -c asl -n "__fish_asl_using_subcommand lint" -l unsafe-fixes -d 'Also apply unsafe fixes, which may change the behavior; implies --fix'
complete -c asl -n "__fish_asl_using_subcommand lint" -l diff -d 'Print fixes as a unified diff instead of applying them; implies --fix'
complete -c asl -n "__fish_asl_using_subcommand lint" -l fix-only -d 'Apply fixes without reporting findings; implies --fix'
complete -c asl -n "__fish_asl_using_subcommand lint" -s v -l verbose -d 'Print every finding of lambda-without-retry, missing-logging, and missing-tracing in the text format, instead of one per file'
complete -c asl -n "__fish_asl_using_subcommand lint" -s q -l quiet -d 'Report only errors, without a summary'
complete -c asl -n "__fish_asl_using_subcommand lint" -l no-config -d 'Ignore configuration files'
complete -c asl -n "__fish_asl_using_subcommand lint" -l force-exclude -d 'Treat the given files like files found in a directory: skip those that git or "exclude" ignores, and those without a definition'
complete -c asl -n "__fish_asl_using_subcommand lint" -l allow-outside -d 'Allow templates to reference files outside the given directory and its repository'
complete -c asl -n "__fish_asl_using_subcommand lint" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c asl -n "__fish_asl_using_subcommand list" -l color -d 'When to use color' -r -f -a "auto\t'If the terminal supports it'
always\t'Always, also in files and pipes'
never\t'Never'"
complete -c asl -n "__fish_asl_using_subcommand list" -l format -d 'Output format' -r -f -a "text\t'Table'
json\t'JSON object with an array'"
complete -c asl -n "__fish_asl_using_subcommand list" -l s3-root -d 'Directory with local copies of the S3 objects that templates reference, named BUCKET/KEY, KEY, or the last part of KEY' -r -F
complete -c asl -n "__fish_asl_using_subcommand list" -l stdin-filename -d 'Filename to use for standard input; its extension determines the syntax' -r -F
complete -c asl -n "__fish_asl_using_subcommand list" -l allow-outside -d 'Allow templates to reference files outside the given directory and its repository'
complete -c asl -n "__fish_asl_using_subcommand list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c asl -n "__fish_asl_using_subcommand graph" -l color -d 'When to use color' -r -f -a "auto\t'If the terminal supports it'
always\t'Always, also in files and pipes'
never\t'Never'"
complete -c asl -n "__fish_asl_using_subcommand graph" -l state-machine -d 'Name of the state machine in a template that contains several' -r
complete -c asl -n "__fish_asl_using_subcommand graph" -l s3-root -d 'Directory with local copies of the S3 objects that templates reference, named BUCKET/KEY, KEY, or the last part of KEY' -r -F
complete -c asl -n "__fish_asl_using_subcommand graph" -l format -d 'Output format [default: from the extension of --output, otherwise ascii on a terminal and mermaid in a pipe]' -r -f -a "mermaid\t'Mermaid flowchart, which GitHub and GitLab render in Markdown'
dot\t'Graphviz DOT'
svg\t'SVG image for light and dark pages'
html\t'Interactive HTML page with search and the definition of each state'
ascii\t'Text drawing for the terminal'
json\t'JSON, described by asl schema graph'"
complete -c asl -n "__fish_asl_using_subcommand graph" -l direction -d 'Layout direction' -r -f -a "TB\t'Top to bottom'
LR\t'Left to right'"
complete -c asl -n "__fish_asl_using_subcommand graph" -l detail -d 'Level of detail' -r -f -a "low\t'State names and transitions only'
normal\t'Also integrations, retries, conditions, and errors'
high\t'Also comments, timeouts, and each retrier'"
complete -c asl -n "__fish_asl_using_subcommand graph" -l history -d 'Show an execution, recorded by aws stepfunctions get-execution-history, asl simulate --format history, or in CloudWatch Logs' -r -F
complete -c asl -n "__fish_asl_using_subcommand graph" -l execution -d 'Execution to show, if the logs contain several' -r
complete -c asl -n "__fish_asl_using_subcommand graph" -l diff -d 'Show changes since an older definition: a file, or REV:PATH for a Git revision' -r
complete -c asl -n "__fish_asl_using_subcommand graph" -s o -l output -d 'Write to a file instead of standard output' -r -F
complete -c asl -n "__fish_asl_using_subcommand graph" -l allow-outside -d 'Allow templates to reference files outside the given directory and its repository'
complete -c asl -n "__fish_asl_using_subcommand graph" -l lint -d 'Mark states with lint findings'
complete -c asl -n "__fish_asl_using_subcommand graph" -l markdown -d 'Wrap output in a fenced code block for Markdown'
complete -c asl -n "__fish_asl_using_subcommand graph" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c asl -n "__fish_asl_using_subcommand shapes" -l color -d 'When to use color' -r -f -a "auto\t'If the terminal supports it'
always\t'Always, also in files and pipes'
never\t'Never'"
complete -c asl -n "__fish_asl_using_subcommand shapes" -l state-machine -d 'Name of the state machine in a template that contains several' -r
complete -c asl -n "__fish_asl_using_subcommand shapes" -l s3-root -d 'Directory with local copies of the S3 objects that templates reference, named BUCKET/KEY, KEY, or the last part of KEY' -r -F
complete -c asl -n "__fish_asl_using_subcommand shapes" -l state -d 'Show only this state [default: all states]' -r
complete -c asl -n "__fish_asl_using_subcommand shapes" -l at -d 'Show the data at this point of each state [default: input and output; with --format json, every point]' -r -f -a "input\t'Input, before InputPath'
arguments\t'Arguments or Parameters; the effective input if the state has neither'
result\t'Result, before ResultSelector and Output'
output\t'Output'
variables\t'Variables on entry'"
complete -c asl -n "__fish_asl_using_subcommand shapes" -l format -d 'Output format' -r -f -a "text\t'One line for each state'
json\t'JSON with a JSON Schema for each point, described by asl schema shapes'
json-schema\t'JSON Schema'
typescript\t'TypeScript declarations'"
complete -c asl -n "__fish_asl_using_subcommand shapes" -l diff -d 'Show the types that changed since an older definition: a file, or REV:PATH for a Git revision' -r
complete -c asl -n "__fish_asl_using_subcommand shapes" -l input -d 'Example of an input: a file, - for standard input, or JSON [default: declared in asl.toml, otherwise any value]' -r
complete -c asl -n "__fish_asl_using_subcommand shapes" -l input-schema -d 'JSON Schema of the input' -r -F
complete -c asl -n "__fish_asl_using_subcommand shapes" -l history -d 'Recorded executions (histories, or log events), whose inputs and task results are examples' -r -F
complete -c asl -n "__fish_asl_using_subcommand shapes" -s o -l output -d 'Write to a file instead of standard output' -r -F
complete -c asl -n "__fish_asl_using_subcommand shapes" -l allow-outside -d 'Allow templates to reference files outside the given directory and its repository'
complete -c asl -n "__fish_asl_using_subcommand shapes" -l strict-input -d 'Assume that the data has only the fields of the examples'
complete -c asl -n "__fish_asl_using_subcommand shapes" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c asl -n "__fish_asl_using_subcommand cost" -l color -d 'When to use color' -r -f -a "auto\t'If the terminal supports it'
always\t'Always, also in files and pipes'
never\t'Never'"
complete -c asl -n "__fish_asl_using_subcommand cost" -l state-machine -d 'Name of the state machine in the template [default: all]' -r
complete -c asl -n "__fish_asl_using_subcommand cost" -l s3-root -d 'Directory with local copies of the S3 objects that templates reference, named BUCKET/KEY, KEY, or the last part of KEY' -r -F
complete -c asl -n "__fish_asl_using_subcommand cost" -l executions -d 'Executions per month [default: 1000000]' -r
complete -c asl -n "__fish_asl_using_subcommand cost" -l region -d 'AWS region of the prices' -r
complete -c asl -n "__fish_asl_using_subcommand cost" -l type -d 'Workflow type for recommendations and the budget' -r -f -a "standard\t'Exactly once, up to a year'
express\t'Up to five minutes, no callbacks'"
complete -c asl -n "__fish_asl_using_subcommand cost" -l assume -d 'File with assumptions: odds, item counts, durations, failure rates' -r -F
complete -c asl -n "__fish_asl_using_subcommand cost" -l scaffold -d 'Write an assumptions file for the definition, and exit; - for standard output' -r -F
complete -c asl -n "__fish_asl_using_subcommand cost" -l duration -d 'Duration of an Express execution: 300ms, 10s, 5m' -r
complete -c asl -n "__fish_asl_using_subcommand cost" -l memory -d 'Memory of an Express execution, in MB' -r
complete -c asl -n "__fish_asl_using_subcommand cost" -l prices -d 'File with prices that replace the built-in ones; see asl schema prices' -r -F
complete -c asl -n "__fish_asl_using_subcommand cost" -l history -d 'Estimate from recorded executions: files with the output of aws stepfunctions get-execution-history or with events of executions in CloudWatch Logs, globs, or directories with such files' -r -F
complete -c asl -n "__fish_asl_using_subcommand cost" -l diff -d 'Compare with an older definition: a file, or REV:PATH for a Git revision' -r
complete -c asl -n "__fish_asl_using_subcommand cost" -l budget -d 'Exit with code 1 if a month costs more than this many US dollars' -r
complete -c asl -n "__fish_asl_using_subcommand cost" -l format -d 'Output format' -r -f -a "text\t'Tables and text for the terminal'
json\t'JSON, described by asl schema estimate'
csv\t'One figure per line, for spreadsheets'
markdown\t'Tables for pull requests'"
complete -c asl -n "__fish_asl_using_subcommand cost" -l stdin-filename -d 'Filename to use for standard input; its extension determines the syntax' -r -F
complete -c asl -n "__fish_asl_using_subcommand cost" -s o -l output -d 'Write to a file instead of standard output' -r -F
complete -c asl -n "__fish_asl_using_subcommand cost" -l input -d 'Estimate from a simulated execution with this input: a file, - for standard input, or JSON' -r
complete -c asl -n "__fish_asl_using_subcommand cost" -l mocks -d 'Mocks, in the format of asl or a MockConfigFile.json of Step Functions Local' -r -F
complete -c asl -n "__fish_asl_using_subcommand cost" -l test-case -d 'Test case in a MockConfigFile.json' -r
complete -c asl -n "__fish_asl_using_subcommand cost" -l mock-machine -d 'State machine in a MockConfigFile.json with several' -r
complete -c asl -n "__fish_asl_using_subcommand cost" -l mock -d 'Result of a task, as JSON that may contain JSONata expressions ({% … %}); repeat for other tasks, or for further attempts of the same task' -r
complete -c asl -n "__fish_asl_using_subcommand cost" -l fail -d 'Error of a task, before any result from --mock; can be repeated' -r
complete -c asl -n "__fish_asl_using_subcommand cost" -l unmocked -d 'Result of a task without a mock: a sample of its response, its own input, or an error' -r -f -a "sample\t'A sample of its response, with the fields that later states read'
echo\t'The input of the task'
error\t'An error that stops the simulation'"
complete -c asl -n "__fish_asl_using_subcommand cost" -l repeat -d 'Estimate from the mean of N simulated executions, incrementing the seed' -r
complete -c asl -n "__fish_asl_using_subcommand cost" -l seed -d 'Random seed' -r
complete -c asl -n "__fish_asl_using_subcommand cost" -l allow-outside -d 'Allow templates to reference files outside the given directory and its repository'
complete -c asl -n "__fish_asl_using_subcommand cost" -l no-free-tier -d 'Ignore the free tier of state transitions'
complete -c asl -n "__fish_asl_using_subcommand cost" -l count-start-end -d 'Count the start and the end of a Standard execution as state transitions'
complete -c asl -n "__fish_asl_using_subcommand cost" -l services -d 'Include the cost of called services'
complete -c asl -n "__fish_asl_using_subcommand cost" -l force -d 'Estimate even if the definition has errors'
complete -c asl -n "__fish_asl_using_subcommand cost" -l strict -d 'Fail on tasks without a mock, as with --unmocked error'
complete -c asl -n "__fish_asl_using_subcommand cost" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c asl -n "__fish_asl_using_subcommand iam" -l color -d 'When to use color' -r -f -a "auto\t'If the terminal supports it'
always\t'Always, also in files and pipes'
never\t'Never'"
complete -c asl -n "__fish_asl_using_subcommand iam" -l state-machine -d 'Name of the state machine in a template that contains several' -r
complete -c asl -n "__fish_asl_using_subcommand iam" -l s3-root -d 'Directory with local copies of the S3 objects that templates reference, named BUCKET/KEY, KEY, or the last part of KEY' -r -F
complete -c asl -n "__fish_asl_using_subcommand iam" -l policy -d 'Compare the policies in a file instead of those in the template: one policy, a list of policies, or the output of an IAM API' -r -F
complete -c asl -n "__fish_asl_using_subcommand iam" -l format -d 'Output format [default: text with --check and --explain, cloudformation, sam, or terraform for such templates, otherwise json]' -r -f -a "text\t'Text for people; only with --check and --explain'
json\t'JSON, described by asl schema iam, or with --check by asl schema iam-check'
yaml\t'YAML'
cloudformation\t'A role as a resource of CloudFormation'
sam\t'The property Policies of a state machine in SAM'
terraform\t'A role in Terraform'
cdk\t'A role in TypeScript for the CDK'"
complete -c asl -n "__fish_asl_using_subcommand iam" -l partition -d 'Partition of ARNs [default: that of the definition]' -r
complete -c asl -n "__fish_asl_using_subcommand iam" -l account -d 'Account of ARNs, 12 digits [default: *, or a reference in a template]' -r
complete -c asl -n "__fish_asl_using_subcommand iam" -l region -d 'Region of ARNs [default: *, or a reference in a template]' -r
complete -c asl -n "__fish_asl_using_subcommand iam" -l state-machine-name -d 'Name of the state machine in ARNs [default: *, or that in the template]' -r
complete -c asl -n "__fish_asl_using_subcommand iam" -s o -l output -d 'Write to a file instead of standard output' -r -F
complete -c asl -n "__fish_asl_using_subcommand iam" -l allow-outside -d 'Allow templates to reference files outside the given directory and its repository'
complete -c asl -n "__fish_asl_using_subcommand iam" -l check -d 'Compare the role of the template with what the state machine needs'
complete -c asl -n "__fish_asl_using_subcommand iam" -l explain -d 'Show which states need each action'
complete -c asl -n "__fish_asl_using_subcommand iam" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c asl -n "__fish_asl_using_subcommand eval" -l color -d 'When to use color' -r -f -a "auto\t'If the terminal supports it'
always\t'Always, also in files and pipes'
never\t'Never'"
complete -c asl -n "__fish_asl_using_subcommand eval" -l template -d 'JSON file with a payload template to evaluate instead of an expression' -r -F
complete -c asl -n "__fish_asl_using_subcommand eval" -l language -d 'Language of the expression [default: JSONata in {% %}, an intrinsic function for States.…, JSONPath for $…]' -r -f -a "jsonpath\t'Path, $.a.b'
jsonata\t'Expression, {% $states.input.a %}'
intrinsic\t'Intrinsic function, States.Format(\'{}\', $.a)'"
complete -c asl -n "__fish_asl_using_subcommand eval" -l input -d 'Input: a file, - for standard input, or JSON' -r
complete -c asl -n "__fish_asl_using_subcommand eval" -l context -d 'JSON file with the context object: $$ or $states.context' -r -F
complete -c asl -n "__fish_asl_using_subcommand eval" -l variables -d 'JSON file with an object of variables, named without the $' -r -F
complete -c asl -n "__fish_asl_using_subcommand eval" -l seed -d 'Random seed [default: different in each run]' -r
complete -c asl -n "__fish_asl_using_subcommand eval" -l format -d 'Output format' -r -f -a "text\t'Value on standard output, errors on standard error'
json\t'JSON object: {"value": …}, {"undefined": true}, or {"error": {"code", "message"}}'"
complete -c asl -n "__fish_asl_using_subcommand eval" -l strict -d 'Reject expressions that Step Functions would reject'
complete -c asl -n "__fish_asl_using_subcommand eval" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c asl -n "__fish_asl_using_subcommand simulate" -l color -d 'When to use color' -r -f -a "auto\t'If the terminal supports it'
always\t'Always, also in files and pipes'
never\t'Never'"
complete -c asl -n "__fish_asl_using_subcommand simulate" -l state-machine -d 'Name of the state machine in a template that contains several' -r
complete -c asl -n "__fish_asl_using_subcommand simulate" -l s3-root -d 'Directory with local copies of the S3 objects that templates reference, named BUCKET/KEY, KEY, or the last part of KEY' -r -F
complete -c asl -n "__fish_asl_using_subcommand simulate" -l input -d 'Execution input: a file, - for standard input, or JSON' -r
complete -c asl -n "__fish_asl_using_subcommand simulate" -l replay -d 'Replay a recorded execution (output of aws stepfunctions get-execution-history, or its events in CloudWatch Logs) with its input and the outcomes of its tasks, and show the first step that differs' -r -F
complete -c asl -n "__fish_asl_using_subcommand simulate" -l execution -d 'Execution to replay, if the logs contain several; all of them by default' -r
complete -c asl -n "__fish_asl_using_subcommand simulate" -l policy -d 'Fail tasks that the role does not permit: a file with its policies, or "template" for the role in the template' -r
complete -c asl -n "__fish_asl_using_subcommand simulate" -l scaffold -d 'Write a mock file with a sample result for every task, and exit; - for standard output' -r -F
complete -c asl -n "__fish_asl_using_subcommand simulate" -l type -d 'Workflow type [default: from the template, or STANDARD]' -r -f -a "standard\t'Exactly once, up to a year'
express\t'Up to five minutes, no callbacks'"
complete -c asl -n "__fish_asl_using_subcommand simulate" -l seed -d 'Random seed' -r
complete -c asl -n "__fish_asl_using_subcommand simulate" -l start-time -d 'Start time of the execution' -r
complete -c asl -n "__fish_asl_using_subcommand simulate" -l limits -d 'Enforce AWS quotas on payloads, history, and duration' -r -f -a "aws\t'AWS quotas'
off\t'No limits'"
complete -c asl -n "__fish_asl_using_subcommand simulate" -l max-payload -d 'With --limits off, fail on payloads of more than N bytes' -r
complete -c asl -n "__fish_asl_using_subcommand simulate" -l max-transitions -d 'Abort after N transitions' -r
complete -c asl -n "__fish_asl_using_subcommand simulate" -l repeat -d 'Run N times, resetting the mocks and incrementing the seed, and report the distribution of outcomes' -r
complete -c asl -n "__fish_asl_using_subcommand simulate" -l until -d 'Stop when this state is left for the first time, and return its output' -r
complete -c asl -n "__fish_asl_using_subcommand simulate" -l report -d 'Also write an HTML report with the graph, the execution, and a timeline' -r -F
complete -c asl -n "__fish_asl_using_subcommand simulate" -l format -d 'Output format' -r -f -a "text\t'Timeline'
json\t'JSON summary, described by asl schema simulation, or with --replay by asl schema replay'
history\t'Events, as printed by aws stepfunctions get-execution-history'
logs\t'Log events, one per line, as a log group of CloudWatch Logs receives them'"
complete -c asl -n "__fish_asl_using_subcommand simulate" -l log-level -d 'Log level of --format logs [default: all]' -r -f -a "all\t'All events'
error\t'Errors'
fatal\t'The ends of unsuccessful executions'
off\t'No events'"
complete -c asl -n "__fish_asl_using_subcommand simulate" -s o -l output -d 'Write to a file instead of standard output' -r -F
complete -c asl -n "__fish_asl_using_subcommand simulate" -l mocks -d 'Mocks, in the format of asl or a MockConfigFile.json of Step Functions Local' -r -F
complete -c asl -n "__fish_asl_using_subcommand simulate" -l test-case -d 'Test case in a MockConfigFile.json' -r
complete -c asl -n "__fish_asl_using_subcommand simulate" -l mock-machine -d 'State machine in a MockConfigFile.json with several' -r
complete -c asl -n "__fish_asl_using_subcommand simulate" -l mock -d 'Result of a task, as JSON that may contain JSONata expressions ({% … %}); repeat for other tasks, or for further attempts of the same task' -r
complete -c asl -n "__fish_asl_using_subcommand simulate" -l fail -d 'Error of a task, before any result from --mock; can be repeated' -r
complete -c asl -n "__fish_asl_using_subcommand simulate" -l unmocked -d 'Result of a task without a mock: a sample of its response, its own input, or an error' -r -f -a "sample\t'A sample of its response, with the fields that later states read'
echo\t'The input of the task'
error\t'An error that stops the simulation'"
complete -c asl -n "__fish_asl_using_subcommand simulate" -l input-schema -d 'JSON Schema of the input' -r -F
complete -c asl -n "__fish_asl_using_subcommand simulate" -l history -d 'Recorded executions (histories, or log events), whose inputs and task results are examples' -r -F
complete -c asl -n "__fish_asl_using_subcommand simulate" -l allow-outside -d 'Allow templates to reference files outside the given directory and its repository'
complete -c asl -n "__fish_asl_using_subcommand simulate" -l force -d 'Run even if the definition has errors'
complete -c asl -n "__fish_asl_using_subcommand simulate" -l include-execution-data -d 'Include inputs and outputs in --format logs'
complete -c asl -n "__fish_asl_using_subcommand simulate" -l verbose -d 'Show every iteration and complete payloads in the timeline'
complete -c asl -n "__fish_asl_using_subcommand simulate" -l strict -d 'Fail on tasks without a mock, as with --unmocked error'
complete -c asl -n "__fish_asl_using_subcommand simulate" -l strict-input -d 'Assume that the data has only the fields of the examples'
complete -c asl -n "__fish_asl_using_subcommand simulate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c asl -n "__fish_asl_using_subcommand test" -l color -d 'When to use color' -r -f -a "auto\t'If the terminal supports it'
always\t'Always, also in files and pipes'
never\t'Never'"
complete -c asl -n "__fish_asl_using_subcommand test" -s E -l filter -d 'Run only the cases that a filter selects: a glob for the name, or an expression such as \'name(~declined) and not tag(slow)\' with name(…), machine(…), state(…), tag(…) and =exact, ~part, #glob, /regex/' -r
complete -c asl -n "__fish_asl_using_subcommand test" -l tag -d 'Run only cases with this tag; can be repeated' -r
complete -c asl -n "__fish_asl_using_subcommand test" -l format -d 'Output format' -r -f -a "text\t'Failed cases with the expectation, a diff, and the timeline of the run'
json\t'JSON, described by asl schema test-report'
junit\t'JUnit XML for CI systems'
tap\t'Test Anything Protocol, version 14'
github\t'Annotations for GitHub Actions'"
complete -c asl -n "__fish_asl_using_subcommand test" -l output -d 'Also write a report to a file, such as junit=report.xml; can be repeated' -r
complete -c asl -n "__fish_asl_using_subcommand test" -l threads -d 'Number of cases to run in parallel [default: number of processors]' -r
complete -c asl -n "__fish_asl_using_subcommand test" -l shard -d 'Run only part I of N parts of the cases, for N runners in parallel' -r
complete -c asl -n "__fish_asl_using_subcommand test" -l coverage -d 'Measure the coverage of the state machines; formats other than text replace the test report, except that json is added to a report with --format json' -r -f -a "text\t'Percentages and uncovered items, after the test report'
json\t'JSON, as in the field coverage of the test report'
lcov\t'LCOV tracefile'
cobertura\t'Cobertura XML'
html\t'HTML page with the graph of each state machine'"
complete -c asl -n "__fish_asl_using_subcommand test" -l coverage-file -d 'Write the coverage to a file' -r -F
complete -c asl -n "__fish_asl_using_subcommand test" -l fail-under -d 'Fail if less than N percent of the states and transitions are covered; KIND=N,... names kinds as in the JSON report' -r
complete -c asl -n "__fish_asl_using_subcommand test" -l merge -d 'Merge JSON reports of the parts of a run, with their coverage' -r -F
complete -c asl -n "__fish_asl_using_subcommand test" -l on -d 'Experimental: also send cases to the TestState API through the AWS CLI, and show where its results differ' -r -f -a "aws\t'The TestState API, through the AWS CLI'"
complete -c asl -n "__fish_asl_using_subcommand test" -l endpoint-url -d 'With --on aws, the endpoint to send requests to' -r
complete -c asl -n "__fish_asl_using_subcommand test" -l config -d 'Configuration file [default: nearest asl.toml or .asl.toml above the current directory]' -r -F
complete -c asl -n "__fish_asl_using_subcommand test" -l mock-machine -d 'Definition for a state machine of a MockConfigFile.json; can be repeated' -r
complete -c asl -n "__fish_asl_using_subcommand test" -l input -d 'Input of the executions of a MockConfigFile.json, or with --generate, example of an input: a file, - for standard input, or JSON' -r
complete -c asl -n "__fish_asl_using_subcommand test" -l import -d 'Convert a MockConfigFile.json into a suite' -r -F
complete -c asl -n "__fish_asl_using_subcommand test" -l record -d 'Append a case for each recorded execution (histories, or log events) to a suite' -r -F
complete -c asl -n "__fish_asl_using_subcommand test" -l definition -d 'State machine of a new suite, or of the MockConfigFile.json: FILE or FILE#NAME' -r
complete -c asl -n "__fish_asl_using_subcommand test" -l mocks -d 'Mocks of a new suite, for results that the recordings do not contain' -r -F
complete -c asl -n "__fish_asl_using_subcommand test" -l generate -d 'Write a suite that covers a definition, FILE or FILE#NAME' -r
complete -c asl -n "__fish_asl_using_subcommand test" -l input-schema -d 'JSON Schema of the input' -r -F
complete -c asl -n "__fish_asl_using_subcommand test" -l history -d 'Recorded executions (histories, or log events), whose inputs and task results are examples' -r -F
complete -c asl -n "__fish_asl_using_subcommand test" -l from-histories -d 'Prefer the inputs and results of recorded executions (histories, or log events) to samples' -r -F
complete -c asl -n "__fish_asl_using_subcommand test" -l max-cases -d 'Generate at most N cases' -r
complete -c asl -n "__fish_asl_using_subcommand test" -s o -l suite -d 'Suite to write with --import, --record, or --generate, which prints it by default' -r -F
complete -c asl -n "__fish_asl_using_subcommand test" -l list -d 'List the cases that would run'
complete -c asl -n "__fish_asl_using_subcommand test" -l update-snapshots -d 'Update the stored snapshots, and delete those that no case uses'
complete -c asl -n "__fish_asl_using_subcommand test" -l fail-fast -d 'Stop at the first case that fails'
complete -c asl -n "__fish_asl_using_subcommand test" -l watch -d 'Watch the files, and run the affected cases again after each change, until Ctrl-C'
complete -c asl -n "__fish_asl_using_subcommand test" -l timings -d 'Include wall times in JUnit reports'
complete -c asl -n "__fish_asl_using_subcommand test" -s v -l verbose -d 'List every case in the text format, and show whole payloads in timelines'
complete -c asl -n "__fish_asl_using_subcommand test" -l no-config -d 'Ignore configuration files'
complete -c asl -n "__fish_asl_using_subcommand test" -l strict-input -d 'Assume that the data has only the fields of the examples'
complete -c asl -n "__fish_asl_using_subcommand test" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c asl -n "__fish_asl_using_subcommand test-state" -l color -d 'When to use color' -r -f -a "auto\t'If the terminal supports it'
always\t'Always, also in files and pipes'
never\t'Never'"
complete -c asl -n "__fish_asl_using_subcommand test-state" -l request -d 'Request of the TestState API, as JSON; - for standard input' -r -F
complete -c asl -n "__fish_asl_using_subcommand test-state" -l state -d 'State to test, at any depth' -r
complete -c asl -n "__fish_asl_using_subcommand test-state" -l state-machine -d 'Name of the state machine in the template, if there are several' -r
complete -c asl -n "__fish_asl_using_subcommand test-state" -l input -d 'State input: a file, - for standard input, or JSON' -r
complete -c asl -n "__fish_asl_using_subcommand test-state" -l mock -d 'Mock, as in a request: {"result": …} or {"errorOutput": {"error": …, "cause": …}}' -r
complete -c asl -n "__fish_asl_using_subcommand test-state" -l inspection-level -d 'Level of detail' -r -f -a "INFO\t'Outcome only'
DEBUG\t'Data at every point of the data flow'
TRACE\t'Same as DEBUG; asl makes no HTTP requests that AWS would add'"
complete -c asl -n "__fish_asl_using_subcommand test-state" -l context -d 'Context object' -r
complete -c asl -n "__fish_asl_using_subcommand test-state" -l variables -d 'Variables on entry' -r
complete -c asl -n "__fish_asl_using_subcommand test-state" -l role-arn -d 'Execution role in the context object' -r
complete -c asl -n "__fish_asl_using_subcommand test-state" -l field-validation-mode -d 'Validation mode for the mock result, overriding the mode in the mock' -r -f -a "STRICT\t'Required fields and types'
PRESENT\t'Types of the fields that are present'
NONE\t'No validation'"
complete -c asl -n "__fish_asl_using_subcommand test-state" -l retrier-retry-count -d 'Number of retries already made by the matching retrier' -r
complete -c asl -n "__fish_asl_using_subcommand test-state" -l error-caused-by-state -d 'State inside a Map or Parallel that caused the mocked error' -r
complete -c asl -n "__fish_asl_using_subcommand test-state" -l map-iteration-failure-count -d 'Number of failed Map iterations' -r
complete -c asl -n "__fish_asl_using_subcommand test-state" -l map-item-reader-data -d 'Data for the ItemReader of a Map, in the format of its source: JSON, JSON Lines, or CSV' -r
complete -c asl -n "__fish_asl_using_subcommand test-state" -l allow-outside -d 'Allow templates to reference files outside the given directory and its repository'
complete -c asl -n "__fish_asl_using_subcommand test-state" -l reveal-secrets -d 'Reveal secrets (rejected by AWS together with a mock)'
complete -c asl -n "__fish_asl_using_subcommand test-state" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c asl -n "__fish_asl_using_subcommand explain" -l color -d 'When to use color' -r -f -a "auto\t'If the terminal supports it'
always\t'Always, also in files and pipes'
never\t'Never'"
complete -c asl -n "__fish_asl_using_subcommand explain" -l format -d 'Output format' -r -f -a "text\t'Text for a terminal'
json\t'JSON'
markdown\t'Markdown'"
complete -c asl -n "__fish_asl_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c asl -n "__fish_asl_using_subcommand schema" -l color -d 'When to use color' -r -f -a "auto\t'If the terminal supports it'
always\t'Always, also in files and pipes'
never\t'Never'"
complete -c asl -n "__fish_asl_using_subcommand schema" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c asl -n "__fish_asl_using_subcommand completions" -l color -d 'When to use color' -r -f -a "auto\t'If the terminal supports it'
always\t'Always, also in files and pipes'
never\t'Never'"
complete -c asl -n "__fish_asl_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c asl -n "__fish_asl_using_subcommand lsp" -l color -d 'When to use color' -r -f -a "auto\t'If the terminal supports it'
always\t'Always, also in files and pipes'
never\t'Never'"
complete -c asl -n "__fish_asl_using_subcommand lsp" -l stdio -d 'Communicate over standard input and output, which is the only transport and the default'
complete -c asl -n "__fish_asl_using_subcommand lsp" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c asl -n "__fish_asl_using_subcommand help; and not __fish_seen_subcommand_from lint list graph shapes cost iam eval simulate test test-state explain schema completions lsp help" -f -a "lint" -d 'Check definitions: fields, flow, expressions, integrations'
complete -c asl -n "__fish_asl_using_subcommand help; and not __fish_seen_subcommand_from lint list graph shapes cost iam eval simulate test test-state explain schema completions lsp help" -f -a "list" -d 'List the state machines in files: definitions, templates, Terraform, Serverless Framework'
complete -c asl -n "__fish_asl_using_subcommand help; and not __fish_seen_subcommand_from lint list graph shapes cost iam eval simulate test test-state explain schema completions lsp help" -f -a "graph" -d 'Draw the states and transitions of a definition'
complete -c asl -n "__fish_asl_using_subcommand help; and not __fish_seen_subcommand_from lint list graph shapes cost iam eval simulate test test-state explain schema completions lsp help" -f -a "shapes" -d 'Show the types of the data at each state'
complete -c asl -n "__fish_asl_using_subcommand help; and not __fish_seen_subcommand_from lint list graph shapes cost iam eval simulate test test-state explain schema completions lsp help" -f -a "cost" -d 'Estimate the cost of a state machine as a Standard and as an Express workflow'
complete -c asl -n "__fish_asl_using_subcommand help; and not __fish_seen_subcommand_from lint list graph shapes cost iam eval simulate test test-state explain schema completions lsp help" -f -a "iam" -d 'Derive the IAM role that a state machine needs, or check its role'
complete -c asl -n "__fish_asl_using_subcommand help; and not __fish_seen_subcommand_from lint list graph shapes cost iam eval simulate test test-state explain schema completions lsp help" -f -a "eval" -d 'Evaluate an expression: JSONPath, an intrinsic function, JSONata, or a payload template'
complete -c asl -n "__fish_asl_using_subcommand help; and not __fish_seen_subcommand_from lint list graph shapes cost iam eval simulate test test-state explain schema completions lsp help" -f -a "simulate" -d 'Run a definition with mocked tasks on a virtual clock'
complete -c asl -n "__fish_asl_using_subcommand help; and not __fish_seen_subcommand_from lint list graph shapes cost iam eval simulate test test-state explain schema completions lsp help" -f -a "test" -d 'Run test suites with mocked tasks, and compare the executions with the expected results'
complete -c asl -n "__fish_asl_using_subcommand help; and not __fish_seen_subcommand_from lint list graph shapes cost iam eval simulate test test-state explain schema completions lsp help" -f -a "test-state" -d 'Run a single state, like the TestState API'
complete -c asl -n "__fish_asl_using_subcommand help; and not __fish_seen_subcommand_from lint list graph shapes cost iam eval simulate test test-state explain schema completions lsp help" -f -a "explain" -d 'Print the manual of a rule, or list the rules'
complete -c asl -n "__fish_asl_using_subcommand help; and not __fish_seen_subcommand_from lint list graph shapes cost iam eval simulate test test-state explain schema completions lsp help" -f -a "schema" -d 'Print the JSON schema of the language, or of a file that asl reads or writes'
complete -c asl -n "__fish_asl_using_subcommand help; and not __fish_seen_subcommand_from lint list graph shapes cost iam eval simulate test test-state explain schema completions lsp help" -f -a "completions" -d 'Print a completion script for a shell'
complete -c asl -n "__fish_asl_using_subcommand help; and not __fish_seen_subcommand_from lint list graph shapes cost iam eval simulate test test-state explain schema completions lsp help" -f -a "lsp" -d 'Run the language server, for editors'
complete -c asl -n "__fish_asl_using_subcommand help; and not __fish_seen_subcommand_from lint list graph shapes cost iam eval simulate test test-state explain schema completions lsp help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
