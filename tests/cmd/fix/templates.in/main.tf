resource "aws_sfn_state_machine" "object" {
  name     = "object"
  role_arn = "arn:aws:iam::123456789012:role/r"
  definition = jsonencode({
    StartAt = "A"
    States = {
      A = { Type = "Pass", Next = "B" } # first
      B = {
        Type    = "Wait"
        Seconds = "5"
      }
    }
  })
}

resource "aws_sfn_state_machine" "heredoc" {
  name       = "heredoc"
  role_arn   = "arn:aws:iam::123456789012:role/r"
  definition = <<-EOF
    {
      "StartAt": "A",
      "States": {
        "A": {
          "Type": "Pass"
        }
      }
    }
  EOF
}
