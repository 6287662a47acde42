//! The examples at the end of each command's help.

/// The examples of a command. Lines that begin with `#` explain the line below them.
pub(super) fn for_command(command: &str) -> Option<&'static str> {
    Some(match command {
        "lint" => {
            "\
Examples:
  # Check all definitions and templates below the current directory
  asl lint
  # Check the state machines in a template, and fail if there are warnings
  asl lint template.yaml --max-warnings 0
  # Show the changes that the safe fixes would make
  asl lint --fix --diff
  # Annotate the lines of a pull request on GitHub
  asl lint --format github"
        }
        "test" => {
            "\
Examples:
  # Run all suites below the current directory
  asl test
  # Measure which states and transitions they cover
  asl test --coverage
  # Write a suite that covers a definition
  asl test --generate order.asl.json -o order.asl-test.yaml"
        }
        "simulate" => {
            "\
Examples:
  # Run a definition; tasks without a mock return a sample of their response
  asl simulate order.asl.json --input '{\"id\": 7}'
  # Let the first attempt of a task fail, and the second one succeed
  asl simulate order.asl.json --fail Charge=Gateway.Busy --mock 'Charge={\"paid\": true}'
  # Write a mock file to edit, and use it
  asl simulate order.asl.json --scaffold mocks.yaml
  asl simulate order.asl.json --mocks mocks.yaml
  # Check whether a recorded execution would still run the same way
  asl simulate order.asl.json --replay history.json"
        }
        "graph" => {
            "\
Examples:
  # Draw a definition in the terminal
  asl graph order.asl.json
  # Write an interactive page, or a picture
  asl graph order.asl.json -o order.html
  asl graph order.asl.json -o order.svg
  # Show what changed since a revision, as Markdown
  asl graph order.asl.json --diff main:order.asl.json --markdown"
        }
        "cost" => {
            "\
Examples:
  # Estimate the cost of a million executions per month
  asl cost order.asl.json --executions 1000000
  # Estimate it from recorded executions, with the services that tasks call
  asl cost order.asl.json --history 'runs/*.json' --services
  # Fail if a month costs more than 50 dollars
  asl cost order.asl.json --budget 50"
        }
        "list" => {
            "\
Examples:
  # List all state machines below the current directory
  asl list
  # List those of a Terraform module, for programs
  asl list infra --format json"
        }
        "shapes" => {
            "\
Examples:
  # Show the data at each state for an example of the input
  asl shapes order.asl.json --input '{\"id\": 7}'
  # Print the type of the event that a Lambda function receives
  asl shapes order.asl.json --state Charge --at arguments --format typescript"
        }
        "iam" => {
            "\
Examples:
  # Print the policy of the role that a state machine needs
  asl iam template.yaml
  # Compare it with the role in the template
  asl iam template.yaml --check"
        }
        "explain" => {
            "\
Examples:
  # Print the manual of a rule
  asl explain missing-target
  # List all rules
  asl explain"
        }
        "test-state" => {
            "\
Examples:
  # Run one state with a mocked result
  asl test-state order.asl.json --state Charge --input '{\"id\": 7}' --mock '{\"result\": {\"paid\": true}}'
  # Answer a request of the TestState API
  asl test-state --request request.json"
        }
        "eval" => {
            "\
Examples:
  # Select values with a path
  asl eval '$.items[*].sku' --input order.json
  # Call an intrinsic function
  asl eval \"States.Format('Order {}', $.id)\" --input '{\"id\": 7}'
  # Evaluate JSONata
  asl eval '{% $sum($states.input.items.price) %}' --input order.json"
        }
        "lsp" => {
            "\
Examples:
  # Serve an editor, which starts the command and connects to its standard input and output
  asl lsp"
        }
        "schema" => {
            "\
Examples:
  # List the schemas
  asl schema
  # Write the schema of mock files for an editor
  asl schema mocks > mocks.schema.json"
        }
        "completions" => {
            "\
Examples:
  # Complete commands and options in Bash, for this user
  asl completions bash > ~/.local/share/bash-completion/completions/asl"
        }
        _ => return None,
    })
}
