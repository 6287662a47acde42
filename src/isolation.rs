//! Catches panics, so that one file or one request does not end the process.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Does some work. If it panics, the error is the panic's message, and nothing that the work was changing may be used
/// again.
pub fn isolated<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| message(&*panic))
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("unknown cause").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn returns_the_message_of_a_panic() {
        assert_eq!(isolated(|| 1), Ok(1));
        assert_eq!(
            isolated(|| panic!("with text")),
            Err::<(), _>("with text".to_owned())
        );
        assert_eq!(
            isolated(|| panic!("with {}", 1)),
            Err::<(), _>("with 1".to_owned())
        );
    }
}
