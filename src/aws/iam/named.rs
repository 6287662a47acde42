//! Resources of templates: the formats of their ARNs, and what a reference to one of them is.

/// A type of resources.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// The types in CloudFormation and SAM.
    pub cloudformation: &'static [&'static str],
    /// The type in Terraform; empty if there is none.
    pub terraform: &'static str,
    /// The format of the ARN after `arn:partition:`; `~` is region and account, `{}` the name.
    pub format: &'static str,
    /// What `Ref` is in CloudFormation, and `id` in Terraform.
    pub reference: Reference,
    /// The property of CloudFormation with the name.
    pub property: &'static str,
    /// The attribute of CloudFormation that is the name, for types whose `Ref` is something else.
    pub name_attribute: &'static str,
    /// The argument of Terraform with the name.
    pub argument: &'static str,
}

/// What a reference to a resource is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reference {
    /// The name.
    Name,
    /// The ARN.
    Arn,
    /// The URL of a queue.
    Url,
}

const fn kind(
    cloudformation: &'static [&'static str],
    terraform: &'static str,
    format: &'static str,
    property: &'static str,
    argument: &'static str,
) -> Kind {
    Kind {
        cloudformation,
        terraform,
        format,
        reference: Reference::Name,
        property,
        name_attribute: "",
        argument,
    }
}

#[expect(clippy::needless_pass_by_value, reason = "a constant is given")]
const fn by_arn(name_attribute: &'static str, kind: Kind) -> Kind {
    Kind {
        reference: Reference::Arn,
        name_attribute,
        ..kind
    }
}

/// The types of resources that state machines call. Source: CloudFormation template reference and provider of Terraform,
/// return values of each type.
#[rustfmt::skip]
const KINDS: &[Kind] = &[
    kind(&["AWS::Lambda::Function", "AWS::Serverless::Function"], "aws_lambda_function", "lambda:~:function:{}", "FunctionName", "function_name"),
    kind(&["AWS::DynamoDB::Table", "AWS::Serverless::SimpleTable", "AWS::DynamoDB::GlobalTable"], "aws_dynamodb_table", "dynamodb:~:table/{}", "TableName", "name"),
    Kind { reference: Reference::Url, name_attribute: "QueueName", ..kind(&["AWS::SQS::Queue"], "aws_sqs_queue", "sqs:~:{}", "QueueName", "name") },
    by_arn("TopicName", kind(&["AWS::SNS::Topic"], "aws_sns_topic", "sns:~:{}", "TopicName", "name")),
    kind(&["AWS::S3::Bucket"], "aws_s3_bucket", "s3:::{}", "BucketName", "bucket"),
    by_arn("Name", kind(&["AWS::StepFunctions::StateMachine"], "aws_sfn_state_machine", "states:~:stateMachine:{}", "StateMachineName", "name")),
    by_arn("Name", kind(&["AWS::Serverless::StateMachine"], "awscc_stepfunctions_state_machine", "states:~:stateMachine:{}", "Name", "state_machine_name")),
    by_arn("Name", kind(&["AWS::StepFunctions::Activity"], "aws_sfn_activity", "states:~:activity:{}", "Name", "name")),
    kind(&["AWS::Events::EventBus"], "aws_cloudwatch_event_bus", "events:~:event-bus/{}", "Name", "name"),
    kind(&["AWS::IAM::Role"], "aws_iam_role", "iam::${AWS::AccountId}:role/{}", "RoleName", "name"),
    kind(&["AWS::ECS::Cluster"], "aws_ecs_cluster", "ecs:~:cluster/{}", "ClusterName", "name"),
    by_arn("", kind(&["AWS::ECS::TaskDefinition"], "aws_ecs_task_definition", "ecs:~:task-definition/{}:*", "Family", "family")),
    by_arn("", kind(&["AWS::Batch::JobQueue"], "aws_batch_job_queue", "batch:~:job-queue/{}", "JobQueueName", "name")),
    by_arn("", kind(&["AWS::Batch::JobDefinition"], "aws_batch_job_definition", "batch:~:job-definition/{}:*", "JobDefinitionName", "name")),
    kind(&["AWS::Glue::Job"], "aws_glue_job", "glue:~:job/{}", "Name", "name"),
    kind(&["AWS::Glue::Crawler"], "aws_glue_crawler", "glue:~:crawler/{}", "Name", "name"),
    kind(&["AWS::DataBrew::Job"], "", "databrew:~:job/{}", "Name", ""),
    kind(&["AWS::CodeBuild::Project"], "aws_codebuild_project", "codebuild:~:project/{}", "Name", "name"),
    kind(&["AWS::KMS::Key"], "aws_kms_key", "kms:~:key/{}", "", ""),
    kind(&["AWS::Logs::LogGroup"], "aws_cloudwatch_log_group", "logs:~:log-group:{}", "LogGroupName", "name"),
    by_arn("", kind(&["AWS::SecretsManager::Secret"], "aws_secretsmanager_secret", "secretsmanager:~:secret:{}-??????", "Name", "name")),
    kind(&["AWS::Athena::WorkGroup"], "aws_athena_workgroup", "athena:~:workgroup/{}", "Name", "name"),
    kind(&["AWS::Kinesis::Stream"], "aws_kinesis_stream", "kinesis:~:stream/{}", "Name", "name"),
    kind(&["AWS::KinesisFirehose::DeliveryStream"], "aws_kinesis_firehose_delivery_stream", "firehose:~:deliverystream/{}", "DeliveryStreamName", "name"),
    kind(&["AWS::EMRServerless::Application"], "aws_emrserverless_application", "emr-serverless:~:/applications/{}", "", ""),
];

/// The kind of a resource type of CloudFormation or SAM, or of Terraform.
pub fn kind_of(resource_type: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| {
        kind.cloudformation.contains(&resource_type)
            || (!kind.terraform.is_empty() && kind.terraform == resource_type)
    })
}

impl Kind {
    /// The ARN of the resource with a name, with pseudo parameters of CloudFormation.
    pub fn arn(&self, name: &str) -> String {
        let format = self.format.replace('~', "${AWS::Region}:${AWS::AccountId}");
        format!("arn:${{AWS::Partition}}:{}", format.replace("{}", name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_types_of_both_languages() {
        let queue = kind_of("AWS::SQS::Queue").expect("in the table");
        assert_eq!(kind_of("aws_sqs_queue"), Some(queue));
        assert_eq!(queue.reference, Reference::Url);
        assert_eq!(
            queue.arn("orders"),
            "arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:orders"
        );
        assert_eq!(kind_of("AWS::EC2::Instance"), None);
    }
}
