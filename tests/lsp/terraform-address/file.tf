resource "aws_sfn_state_machine" "orders" {
  name       = "orders"
  role_arn   = "arn:aws:iam::111122223333:role/orders"
  definition = templatefile("${path.module}/orders.asl.json", {})
}

resource "aws_cloudwatch_event_target" "orders" {
  rule = "orders"
  arn  = aws_sfn_state_machine.orders.arn
}

output "arn" {
  value = "${aws_sfn_state_machine.orders.arn} of ${aws_sfn_state_machine.orders_old.arn}"
}
