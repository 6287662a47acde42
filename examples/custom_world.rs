//! Answers the tasks of a state machine from Rust, and retries what fails: `cargo run --example custom_world`.

use aslkit::{Simulator, Status, TaskCall, TaskError};
use serde_json::{Value, json};

const DEFINITION: &str = r#"{
  "StartAt": "Reserve",
  "States": {
    "Reserve": {
      "Type": "Task",
      "Resource": "arn:aws:lambda:us-east-1:123456789012:function:reserve",
      "Retry": [{"ErrorEquals": ["Busy"], "IntervalSeconds": 2, "MaxAttempts": 3}],
      "End": true
    }
  }
}"#;

/// A stock that is busy at first.
struct Stock {
    left: u64,
}

impl Stock {
    fn reserve(&mut self, task: &TaskCall<'_>) -> Result<Value, TaskError> {
        if task.retries < 2 {
            return Err(TaskError {
                error: "Busy".to_owned(),
                cause: format!("attempt {} came too early", task.retries + 1),
            });
        }
        self.left -= 1;
        Ok(json!({"item": task.arguments["item"], "left": self.left}))
    }
}

fn main() -> Result<(), aslkit::Error> {
    let simulator = Simulator::new("reserve.asl.json", DEFINITION)?;
    let mut stock = Stock { left: 5 };
    let execution = simulator.run_with(&json!({"item": "tea"}), |task| stock.reserve(&task))?;
    assert_eq!(execution.status, Status::Succeeded);
    assert_eq!(execution.output, Some(json!({"item": "tea", "left": 4})));
    println!("succeeded after {:?} on the virtual clock", execution.duration);
    Ok(())
}
