//! What a role needs for the call of an optimized integration, and beyond it.

mod row;
mod table;

pub use row::{Condition, Grant, Necessity, Purpose, Requirement, Target, When};

/// The row of an integration, by its service and action.
pub fn find(service: &str, action: &str) -> Option<&'static Requirement> {
    let at = table::TABLE.binary_search_by(|row| (row.service, row.action).cmp(&(service, action)));
    at.ok().and_then(|at| table::TABLE.get(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::iam::table as reference;
    use crate::aws::integration::{self, CalledFrom};

    #[test]
    fn rows_are_sorted_and_name_existing_integrations() {
        assert!(table::TABLE.is_sorted_by(|a, b| (a.service, a.action) < (b.service, b.action)));
        for row in table::TABLE {
            assert!(
                integration::find(row.service, row.action).is_some(),
                "{}:{}",
                row.service,
                row.action
            );
            assert!(!row.source.is_empty());
        }
    }

    #[test]
    fn every_integration_has_a_row_or_calls_an_api() {
        for integration in integration::all() {
            let is_task = integration.called_from == CalledFrom::Task;
            assert!(
                !is_task
                    || integration.api.is_some()
                    || find(integration.service, integration.action).is_some(),
                "{}:{}",
                integration.service,
                integration.action
            );
        }
    }

    #[test]
    fn rows_name_existing_actions_and_condition_keys() {
        for grant in table::TABLE.iter().flat_map(|row| row.grants) {
            for name in grant.actions {
                let (prefix, action) = name.split_once(':').expect("a prefix");
                let found = reference::action(prefix, action).expect(name);
                assert_eq!(&found.full_name(), name);
            }
        }
    }
}
