
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
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour the output')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version; with --verbose also the dates of the data tables')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version; with --verbose also the dates of the data tables')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With --version: the dates of the data tables')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('lint', 'lint', [CompletionResultType]::ParameterValue, 'Check definitions: fields, flow, expressions, integrations')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the state machines that files hold: definitions, templates, Terraform, Serverless')
            [CompletionResult]::new('graph', 'graph', [CompletionResultType]::ParameterValue, 'Draw a definition: states and transitions, for documents, browsers and terminals')
            [CompletionResult]::new('cost', 'cost', [CompletionResultType]::ParameterValue, 'Say what a state machine costs, as Standard and as Express, before it is deployed')
            [CompletionResult]::new('eval', 'eval', [CompletionResultType]::ParameterValue, 'Try an expression: JSONPath, an intrinsic function, JSONata, or a payload template')
            [CompletionResult]::new('simulate', 'simulate', [CompletionResultType]::ParameterValue, 'Run a definition with mocked tasks on a virtual clock')
            [CompletionResult]::new('test-state', 'test-state', [CompletionResultType]::ParameterValue, 'Run one state alone, as the `TestState` API does')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Print a rule''s manual, or the list of rules')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'Print a JSON schema: of the language, or of a file asl reads or writes')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a completion script for a shell')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'asl;lint' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour the output')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print what is found')
            [CompletionResult]::new('--type', '--type', [CompletionResultType]::ParameterName, 'The type of the machines, where the file does not say it')
            [CompletionResult]::new('--deny', '--deny', [CompletionResultType]::ParameterName, 'Report a rule as an error (may be given more than once; `all` means every rule)')
            [CompletionResult]::new('--warn', '--warn', [CompletionResultType]::ParameterName, 'Report a rule as a warning')
            [CompletionResult]::new('--allow', '--allow', [CompletionResultType]::ParameterName, 'Do not report a rule')
            [CompletionResult]::new('--max-warnings', '--max-warnings', [CompletionResultType]::ParameterName, 'Exit with 1 where there are more warnings than this')
            [CompletionResult]::new('--severity', '--severity', [CompletionResultType]::ParameterName, 'The least severity to report')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The settings file, instead of the nearest asl.toml or .asl.toml above each file')
            [CompletionResult]::new('--threads', '--threads', [CompletionResultType]::ParameterName, 'How many files to check at a time')
            [CompletionResult]::new('--stdin-filename', '--stdin-filename', [CompletionResultType]::ParameterName, 'The name that standard input is reported under; its ending says the syntax')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to a file instead of standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to a file instead of standard output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Report errors only, and no summary')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Report errors only, and no summary')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Read no settings file')
            [CompletionResult]::new('--allow-outside', '--allow-outside', [CompletionResultType]::ParameterName, 'Read the files that templates name wherever they lie, not only in the folder given and the repository')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'asl;list' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour the output')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print')
            [CompletionResult]::new('--stdin-filename', '--stdin-filename', [CompletionResultType]::ParameterName, 'The name that standard input is reported under; its ending says the syntax')
            [CompletionResult]::new('--allow-outside', '--allow-outside', [CompletionResultType]::ParameterName, 'Read the files that templates name wherever they lie, not only in the folder given and the repository')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'asl;graph' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour the output')
            [CompletionResult]::new('--state-machine', '--state-machine', [CompletionResultType]::ParameterName, 'The state machine''s name in the template, where there is more than one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'What to draw in; without it -o''s ending says so; else ascii on a terminal, mermaid in a pipe')
            [CompletionResult]::new('--direction', '--direction', [CompletionResultType]::ParameterName, 'Where the picture runs to')
            [CompletionResult]::new('--detail', '--detail', [CompletionResultType]::ParameterName, 'How much the picture says')
            [CompletionResult]::new('--history', '--history', [CompletionResultType]::ParameterName, 'Show what an execution did: what `aws stepfunctions get-execution-history` or `asl simulate --format history` printed')
            [CompletionResult]::new('--diff', '--diff', [CompletionResultType]::ParameterName, 'Show what has changed since an older definition: a file, or REV:PATH for a revision in git')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to a file instead of standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to a file instead of standard output')
            [CompletionResult]::new('--allow-outside', '--allow-outside', [CompletionResultType]::ParameterName, 'Read the file that a template names wherever it lies, not only in the template''s folder and its repository')
            [CompletionResult]::new('--lint', '--lint', [CompletionResultType]::ParameterName, 'Mark the states that `asl lint` finds something in')
            [CompletionResult]::new('--markdown', '--markdown', [CompletionResultType]::ParameterName, 'In a fenced block, for a Markdown file')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'asl;cost' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour the output')
            [CompletionResult]::new('--state-machine', '--state-machine', [CompletionResultType]::ParameterName, 'The state machine''s name in the template; without it all of them are priced')
            [CompletionResult]::new('--executions', '--executions', [CompletionResultType]::ParameterName, 'How often the machine is started in a month [default: 1000000]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region whose prices hold')
            [CompletionResult]::new('--type', '--type', [CompletionResultType]::ParameterName, 'The type that the machine has: advice and budget are about its price as this')
            [CompletionResult]::new('--assume', '--assume', [CompletionResultType]::ParameterName, 'A file of assumptions: odds, items, durations, failure rates')
            [CompletionResult]::new('--scaffold-assumptions', '--scaffold-assumptions', [CompletionResultType]::ParameterName, 'Write a file of assumptions with every knob of the definition, and do nothing else; `-` is standard output')
            [CompletionResult]::new('--duration', '--duration', [CompletionResultType]::ParameterName, 'How long an Express execution takes: 300ms, 10s, 5m')
            [CompletionResult]::new('--memory', '--memory', [CompletionResultType]::ParameterName, 'How much memory an Express execution takes, in MB')
            [CompletionResult]::new('--prices', '--prices', [CompletionResultType]::ParameterName, 'Prices to use instead of asl''s own; `asl schema prices` says their shape')
            [CompletionResult]::new('--history', '--history', [CompletionResultType]::ParameterName, 'Price the mean of recorded executions: files of `aws stepfunctions get-execution-history`, globs, or folders with JSON files of it at any depth')
            [CompletionResult]::new('--compare', '--compare', [CompletionResultType]::ParameterName, 'Show the difference to another definition: a file, or REV:PATH for a revision in git')
            [CompletionResult]::new('--budget', '--budget', [CompletionResultType]::ParameterName, 'Exit with 1 where a month costs more US dollars than this')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print')
            [CompletionResult]::new('--stdin-filename', '--stdin-filename', [CompletionResultType]::ParameterName, 'The name that standard input is reported under; its ending says the syntax')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to a file instead of standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to a file instead of standard output')
            [CompletionResult]::new('--input', '--input', [CompletionResultType]::ParameterName, 'Price a simulated execution with this input: a file, `-` for standard input, or JSON')
            [CompletionResult]::new('--mocks', '--mocks', [CompletionResultType]::ParameterName, 'Mocks, in the format of asl or a MockConfigFile.json of Step Functions Local')
            [CompletionResult]::new('--test-case', '--test-case', [CompletionResultType]::ParameterName, 'Test case in a MockConfigFile.json')
            [CompletionResult]::new('--mock-machine', '--mock-machine', [CompletionResultType]::ParameterName, 'State machine in a MockConfigFile.json with several')
            [CompletionResult]::new('--mock', '--mock', [CompletionResultType]::ParameterName, 'Result of a task, as JSON that may contain JSONata expressions ({% … %}); repeat for other tasks, or for further attempts of the same task')
            [CompletionResult]::new('--fail', '--fail', [CompletionResultType]::ParameterName, 'Error of a task, before any result from --mock; can be repeated')
            [CompletionResult]::new('--repeat', '--repeat', [CompletionResultType]::ParameterName, 'Price the mean of so many simulated executions, each with its mocks afresh and the seed counted up')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'The seed of everything random')
            [CompletionResult]::new('--allow-outside', '--allow-outside', [CompletionResultType]::ParameterName, 'Read the file that a template names wherever it lies, not only in the template''s folder and its repository')
            [CompletionResult]::new('--no-free-tier', '--no-free-tier', [CompletionResultType]::ParameterName, 'Without the free transitions of each month, which other machines may have used up')
            [CompletionResult]::new('--count-start-end', '--count-start-end', [CompletionResultType]::ParameterName, 'Count start and end of a Standard execution as transitions; AWS''s page no longer says so')
            [CompletionResult]::new('--services', '--services', [CompletionResultType]::ParameterName, 'Also price what the tasks call, as far as the table goes')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Price a definition that AWS would refuse, as far as it goes')
            [CompletionResult]::new('--strict', '--strict', [CompletionResultType]::ParameterName, 'Fail on tasks without a mock')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'asl;eval' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour the output')
            [CompletionResult]::new('--template', '--template', [CompletionResultType]::ParameterName, 'A payload template to evaluate instead: a file with JSON')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'The language; without it `{% %}` is JSONata, `States.…` an intrinsic function, `$…` a path')
            [CompletionResult]::new('--input', '--input', [CompletionResultType]::ParameterName, 'The input: a file, `-` for standard input, or JSON')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'A file with the context object: `$$`, `$states.context`')
            [CompletionResult]::new('--variables', '--variables', [CompletionResultType]::ParameterName, 'A file with an object of variables: `$name`')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'What random numbers and UUIDs are drawn from; without it they differ from run to run')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print')
            [CompletionResult]::new('--strict', '--strict', [CompletionResultType]::ParameterName, 'Take as an error what Step Functions would refuse and this command would not')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'asl;simulate' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour the output')
            [CompletionResult]::new('--state-machine', '--state-machine', [CompletionResultType]::ParameterName, 'The state machine''s name in the template, where there is more than one')
            [CompletionResult]::new('--input', '--input', [CompletionResultType]::ParameterName, 'Execution input: a file, - for standard input, or JSON')
            [CompletionResult]::new('--mocks', '--mocks', [CompletionResultType]::ParameterName, 'Mocks, in the format of asl or a MockConfigFile.json of Step Functions Local')
            [CompletionResult]::new('--test-case', '--test-case', [CompletionResultType]::ParameterName, 'Test case in a MockConfigFile.json')
            [CompletionResult]::new('--mock-machine', '--mock-machine', [CompletionResultType]::ParameterName, 'State machine in a MockConfigFile.json with several')
            [CompletionResult]::new('--mock', '--mock', [CompletionResultType]::ParameterName, 'Result of a task, as JSON that may contain JSONata expressions ({% … %}); repeat for other tasks, or for further attempts of the same task')
            [CompletionResult]::new('--fail', '--fail', [CompletionResultType]::ParameterName, 'Error of a task, before any result from --mock; can be repeated')
            [CompletionResult]::new('--replay', '--replay', [CompletionResultType]::ParameterName, 'Replay a recorded execution (output of aws stepfunctions get-execution-history) with its input and the outcomes of its tasks, and show the first step that differs')
            [CompletionResult]::new('--scaffold', '--scaffold', [CompletionResultType]::ParameterName, 'Write a file of mocks with a sample result for every task, and exit; - for standard output')
            [CompletionResult]::new('--type', '--type', [CompletionResultType]::ParameterName, 'Workflow type [default: from the template, or STANDARD]')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'Random seed')
            [CompletionResult]::new('--start-time', '--start-time', [CompletionResultType]::ParameterName, 'Start time of the execution')
            [CompletionResult]::new('--limits', '--limits', [CompletionResultType]::ParameterName, 'Enforce AWS quotas on payloads, history, and duration')
            [CompletionResult]::new('--max-transitions', '--max-transitions', [CompletionResultType]::ParameterName, 'Abort after N transitions')
            [CompletionResult]::new('--repeat', '--repeat', [CompletionResultType]::ParameterName, 'Run N times, resetting the mocks and incrementing the seed, and report the distribution of outcomes')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Stop when this state is left for the first time, and return its output')
            [CompletionResult]::new('--report', '--report', [CompletionResultType]::ParameterName, 'Also write an HTML report with the graph, the execution, and a timeline')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to a file instead of standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to a file instead of standard output')
            [CompletionResult]::new('--allow-outside', '--allow-outside', [CompletionResultType]::ParameterName, 'Read the file that a template names wherever it lies, not only in the template''s folder and its repository')
            [CompletionResult]::new('--strict', '--strict', [CompletionResultType]::ParameterName, 'Fail on tasks without a mock')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Run even if the definition has errors')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show every iteration and complete payloads in the timeline')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'asl;test-state' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour the output')
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
            [CompletionResult]::new('--allow-outside', '--allow-outside', [CompletionResultType]::ParameterName, 'Allow templates to reference files outside the project')
            [CompletionResult]::new('--reveal-secrets', '--reveal-secrets', [CompletionResultType]::ParameterName, 'Reveal secrets (rejected by AWS together with a mock)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'asl;explain' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour the output')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'asl;schema' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour the output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'asl;completions' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to colour the output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'asl;help' {
            [CompletionResult]::new('lint', 'lint', [CompletionResultType]::ParameterValue, 'Check definitions: fields, flow, expressions, integrations')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the state machines that files hold: definitions, templates, Terraform, Serverless')
            [CompletionResult]::new('graph', 'graph', [CompletionResultType]::ParameterValue, 'Draw a definition: states and transitions, for documents, browsers and terminals')
            [CompletionResult]::new('cost', 'cost', [CompletionResultType]::ParameterValue, 'Say what a state machine costs, as Standard and as Express, before it is deployed')
            [CompletionResult]::new('eval', 'eval', [CompletionResultType]::ParameterValue, 'Try an expression: JSONPath, an intrinsic function, JSONata, or a payload template')
            [CompletionResult]::new('simulate', 'simulate', [CompletionResultType]::ParameterValue, 'Run a definition with mocked tasks on a virtual clock')
            [CompletionResult]::new('test-state', 'test-state', [CompletionResultType]::ParameterValue, 'Run one state alone, as the `TestState` API does')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Print a rule''s manual, or the list of rules')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'Print a JSON schema: of the language, or of a file asl reads or writes')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a completion script for a shell')
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
        'asl;help;cost' {
            break
        }
        'asl;help;eval' {
            break
        }
        'asl;help;simulate' {
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
        'asl;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
