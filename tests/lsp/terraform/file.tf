variable "table" {}

resource "aws_sfn_state_machine" "orders" {
  name     = "orders"
  role_arn = "arn:aws:iam::111122223333:role/orders"
  definition = jsonencode({
    Comment = "Charges orders"
    StartAt = "Check"
    States = {
      Check = {
        Type = "Choice"
        Choices = [
          {
            Variable = "$.order.id"
            IsPresent = true
            Next = "Charge"
          },
        ]
        Default = "Stop"
      }
      Charge = {
        Type = "Task"
        Resource = "arn:aws:states:::dynamodb:getItem"
        Parameters = {
          TableName = "${var.table}"
          Key = {
            id = {
              "S.$" = "States.Format('{}', $.order.id)"
            }
          }
        }
        Assign = {
          "item.$" = "$.Item"
        }
        Catch = [
          {
            ErrorEquals = ["States.Timeout"]
            Next = "Stop"
          },
        ]
        Next = "Each"
      }
      Each = {
        Type = "Map"
        ItemsPath = "$.Item.list.L"
        ItemProcessor = {
          StartAt = "One"
          States = {
            One = {
              Type = "Pass"
              Parameters = {
                "all.$" = "$item.list"
              }
              Next = "Two"
            }
            Two = {
              Type = "Pass"
              End = true
            }
          }
        }
        End = true
      }
      Stop = {
        Type = "Succeed"
      }
    }
  })
}
