//! What the plugin serverless-step-functions of the Serverless Framework allows in the roles that it derives. Source:
//! `lib/deploy/stepFunctions/iamStrategies` of version 3.24 (MIT).

/// What it allows for a Distributed Map.
pub const MAP: &[&str] = &[
    "states:StartExecution",
    "states:DescribeExecution",
    "states:StopExecution",
];

/// What it allows for a `ResultWriter`.
pub const RESULTS: &[&str] = &["s3:PutObject"];

/// What it allows on the key of `encryptionConfig`.
pub const KEY: &[&str] = &["kms:Decrypt", "kms:Encrypt"];

const FUNCTION: &[&str] = &["lambda:InvokeFunction"];

const EXECUTION: &[&str] = &[
    "states:StartExecution",
    "states:StartSyncExecution",
    "states:DescribeExecution",
    "states:StopExecution",
    "events:PutTargets",
    "events:PutRule",
    "events:DescribeRule",
];

const STATEMENT: &[&str] = &[
    "redshift-data:ExecuteStatement",
    "redshift-data:BatchExecuteStatement",
    "secretsmanager:GetSecretValue",
    "redshift:GetClusterCredentials",
    "redshift-serverless:GetCredentials",
    "redshift:GetClusterCredentialsWithIAM",
];

const QUERY: &[&str] = &[
    "athena:StartQueryExecution",
    "athena:GetDataCatalog",
    "s3:GetBucketLocation",
    "s3:GetObject",
    "s3:ListBucket",
    "s3:ListBucketMultipartUploads",
    "s3:ListMultipartUploadParts",
    "s3:AbortMultipartUpload",
    "s3:CreateBucket",
    "s3:PutObject",
    "glue:CreateDatabase",
    "glue:GetDatabase",
    "glue:GetDatabases",
    "glue:UpdateDatabase",
    "glue:DeleteDatabase",
    "glue:CreateTable",
    "glue:UpdateTable",
    "glue:GetTable",
    "glue:GetTables",
    "glue:DeleteTable",
    "glue:BatchDeleteTable",
    "glue:BatchCreatePartition",
    "glue:CreatePartition",
    "glue:UpdatePartition",
    "glue:GetPartition",
    "glue:GetPartitions",
    "glue:BatchGetPartition",
    "glue:DeletePartition",
    "glue:BatchDeletePartition",
    "lakeformation:GetDataAccess",
    // Only for `.sync`, which is the only form that needs them.
    "athena:StopQueryExecution",
    "athena:GetQueryExecution",
    "athena:GetWorkGroup",
    "athena:BatchGetQueryExecution",
    "athena:GetQueryResults",
    "athena:ListQueryExecutions",
];

/// The actions by the `Resource` after `arn:aws:states:::`, without the pattern; sorted.
#[rustfmt::skip]
const GRANTED: [(&str, &[&str]); 45] = [
    ("athena:getQueryExecution", &["athena:GetQueryExecution"]),
    ("athena:getQueryResults", &["athena:GetQueryResults", "s3:GetObject"]),
    ("athena:startQueryExecution", QUERY),
    ("athena:stopQueryExecution", &["athena:StopQueryExecution"]),
    ("aws-sdk:dynamodb:batchGetItem", &["dynamodb:BatchGetItem"]),
    ("aws-sdk:dynamodb:batchWriteItem", &["dynamodb:BatchWriteItem"]),
    ("aws-sdk:dynamodb:putItem", &["dynamodb:PutItem"]),
    ("aws-sdk:dynamodb:query", &["dynamodb:Query"]),
    ("aws-sdk:dynamodb:scan", &["dynamodb:Scan"]),
    ("aws-sdk:dynamodb:updateItem", &["dynamodb:UpdateItem"]),
    ("aws-sdk:dynamodb:updateTable", &["dynamodb:UpdateTable"]),
    ("aws-sdk:eventbridge:putTargets", &["events:PutTargets"]),
    ("aws-sdk:redshiftdata:batchExecuteStatement", STATEMENT),
    ("aws-sdk:redshiftdata:cancelStatement", &["redshift-data:CancelStatement"]),
    ("aws-sdk:redshiftdata:describeStatement", &["redshift-data:DescribeStatement"]),
    ("aws-sdk:redshiftdata:executeStatement", STATEMENT),
    ("aws-sdk:redshiftdata:getStatementResult", &["redshift-data:GetStatementResult"]),
    ("aws-sdk:redshiftdata:listStatements", &["redshift-data:ListStatements"]),
    ("aws-sdk:s3:getObject", &["s3:GetObject"]),
    ("aws-sdk:s3:listObjectsV2", &["s3:ListBucket"]),
    ("aws-sdk:s3:putObject", &["s3:PutObject"]),
    ("aws-sdk:scheduler:createSchedule", &["scheduler:CreateSchedule", "iam:PassRole"]),
    ("aws-sdk:scheduler:deleteSchedule", &["scheduler:DeleteSchedule"]),
    ("aws-sdk:sesv2:sendEmail", &["ses:SendEmail"]),
    ("aws-sdk:sfn:startSyncExecution", EXECUTION),
    ("batch:submitJob", &["batch:SubmitJob", "batch:DescribeJobs", "batch:TerminateJob", "events:PutTargets", "events:PutRule", "events:DescribeRule"]),
    ("bedrock:invokeModel", &["bedrock:InvokeModel"]),
    ("codebuild:startBuild", &["codebuild:StartBuild", "codebuild:StopBuild", "codebuild:BatchGetBuilds", "events:PutTargets", "events:PutRule", "events:DescribeRule"]),
    ("dynamodb:deleteItem", &["dynamodb:DeleteItem"]),
    ("dynamodb:getItem", &["dynamodb:GetItem"]),
    ("dynamodb:putItem", &["dynamodb:PutItem"]),
    ("dynamodb:updateItem", &["dynamodb:UpdateItem"]),
    ("ecs:runTask", &["ecs:RunTask", "ecs:StopTask", "ecs:DescribeTasks", "iam:PassRole", "events:PutTargets", "events:PutRule", "events:DescribeRule"]),
    ("events:putEvents", &["events:PutEvents"]),
    ("glue:startJobRun", &["glue:StartJobRun", "glue:GetJobRun", "glue:GetJobRuns", "glue:BatchStopJobRun"]),
    ("http:invoke", &["states:InvokeHTTPEndpoint", "events:RetrieveConnectionCredentials", "secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]),
    ("lambda:invoke", FUNCTION),
    ("s3:getObject", &["s3:GetObject"]),
    ("s3:listObjectsV2", &["s3:ListBucket"]),
    ("s3:putObject", &["s3:PutObject"]),
    ("sagemaker:createTransformJob", &["sagemaker:CreateTransformJob", "sagemaker:DescribeTransformJob", "sagemaker:StopTransformJob", "sagemaker:ListTags", "events:PutTargets", "events:PutRule", "events:DescribeRule"]),
    ("sns:publish", &["sns:Publish"]),
    ("sqs:sendMessage", &["sqs:SendMessage"]),
    ("states:startExecution", EXECUTION),
    ("states:startExecution.sync:2", EXECUTION),
];

/// The actions that the plugin allows for a task with this `Resource`; `None` if it does not know the integration.
pub fn granted(resource: &str) -> Option<&'static [&'static str]> {
    let Some((_, call)) = resource.split_once(":states:::") else {
        // The ARN of a function, or a reference to one.
        let is_function = resource.contains(":lambda:") || !resource.starts_with("arn:");
        return is_function.then_some(FUNCTION);
    };
    let call = call
        .strip_suffix(".sync")
        .or_else(|| call.strip_suffix(".waitForTaskToken"))
        .unwrap_or(call);
    let at = GRANTED.binary_search_by_key(&call, |(known, _)| known).ok()?;
    Some(GRANTED[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_integrations_with_their_patterns() {
        assert!(GRANTED.is_sorted_by_key(|(call, _)| *call));
        let cases = [
            ("arn:aws:states:::sqs:sendMessage.waitForTaskToken", true),
            ("arn:aws-cn:states:::states:startExecution.sync:2", true),
            ("arn:aws:states:::aws-sdk:ec2:describeInstances", false),
            ("arn:aws:lambda:eu-west-1:1:function:f", true),
            ("${Fn.Arn}", true),
            ("arn:aws:states:eu-west-1:1:activity:a", false),
        ];
        for (resource, is_known) in cases {
            assert_eq!(granted(resource).is_some(), is_known, "{resource}");
        }
    }
}
