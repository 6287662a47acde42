resource "aws_sfn_state_machine" "orders" {
  name     = "orders"
  role_arn = "arn:aws:iam::111122223333:role/orders"
  definition = jsonencode({
    QueryLanguage = "JSONata"
    StartAt = "Start"
    States = {
      Start = {
        Type = "Pass"
        Output = {
          order = {
            id = "1"
            lines = [1, 2]
          }
        }
        Next = "Load"
      }
      Load = {
        Type = "Task"
        Resource = "arn:aws:states:::dynamodb:getItem"
        Arguments = {
          TableName = "orders"
          Key = {
            id = {
              S = "{% $states.input.order.id %}"
            }
          }
        }
        Assign = {
          lines = "{% $count($states.input.order.lines) %}"
        }
        Output = "{% $states.result.Item %}"
        Catch = [{
          ErrorEquals = ["States.ALL"]
          Output = "{% $states.errorOutput.Cause %}"
          Next = "Done"
        }]
        Next = "Done"
      }
      Done = {
        Type = "Succeed"
        Output = "{% $string($lines) & $states.context.Execution.Id & $linse %}"
      }
    }
  })
}
