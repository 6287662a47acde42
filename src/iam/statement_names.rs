//! The names of statements, which say why they are needed.

use crate::aws::iam::requirement::Purpose;
use foldhash::HashMap;

/// Gives each statement of a policy a name of its own.
#[derive(Debug, Default)]
pub(super) struct StatementNames<'n> {
    /// The place of each reason in `names`.
    known: HashMap<(Purpose, &'n str), usize>,
    /// The names, with the number of statements that have them.
    names: Vec<(String, usize)>,
}

impl<'n> StatementNames<'n> {
    /// The name of the next statement.
    pub(super) fn next(&mut self, purpose: Purpose, service: &'n str) -> String {
        let names = &mut self.names;
        let at = *self.known.entry((purpose, service)).or_insert_with(|| {
            let name = sid(purpose, service);
            names
                .iter()
                .position(|(known, _)| *known == name)
                .unwrap_or_else(|| {
                    names.push((name, 0));
                    names.len() - 1
                })
        });
        let (name, count) = &mut self.names[at];
        *count += 1;
        match *count {
            1 => name.clone(),
            count => format!("{name}Part{count}"),
        }
    }
}

/// The name of a statement, which says why it is needed.
fn sid(purpose: Purpose, service: &str) -> String {
    match purpose {
        Purpose::Call => format!("Call{service}"),
        Purpose::Wait => format!("WaitFor{service}"),
        Purpose::ManagedRule => format!("ManageRuleFor{service}"),
        Purpose::PassRole => format!("PassRoleTo{service}"),
        Purpose::UseData => format!("UseDataOf{service}"),
        Purpose::RunMap => "RunDistributedMap".to_owned(),
        Purpose::ReadItems => "ReadItems".to_owned(),
        Purpose::WriteResults => "WriteResults".to_owned(),
        Purpose::AssumeRole => "AssumeRole".to_owned(),
        Purpose::InvokeHttp => "InvokeHttpEndpoint".to_owned(),
        Purpose::UseConnection => "UseConnection".to_owned(),
        Purpose::Logging => "DeliverLogs".to_owned(),
        Purpose::Tracing => "SendTraces".to_owned(),
        Purpose::Encryption => "UseKey".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_of_one_reason_are_parts() {
        let cases = [
            (Purpose::Call, "Sqs", "CallSqs"),
            (Purpose::Call, "Sqs", "CallSqsPart2"),
            (Purpose::Wait, "Sqs", "WaitForSqs"),
            (Purpose::ReadItems, "S3", "ReadItems"),
            (Purpose::ReadItems, "Other", "ReadItemsPart2"),
            (Purpose::Call, "Sqs", "CallSqsPart3"),
        ];
        let mut names = StatementNames::default();
        for (purpose, service, expected) in cases {
            assert_eq!(names.next(purpose, service), expected);
        }
    }
}
