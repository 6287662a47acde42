//! The table of requirements of optimized integrations, sorted by service and action.

use super::row::{Condition, Grant, Necessity, Purpose, Requirement, Target, When};

/// What every pattern of an integration needs.
const CALL: Grant = Grant {
    when: When::Call,
    necessity: Necessity::Required,
    purpose: Purpose::Call,
    actions: &[],
    target: Target::All,
    conditions: &[],
    is_published_on_all: false,
};

/// What an integration needs to wait for a job, and to stop it.
const WAIT: Grant = Grant {
    when: When::Sync,
    necessity: Necessity::Completes,
    purpose: Purpose::Wait,
    ..CALL
};

/// The EventBridge rule that notifies Step Functions of the end of a job.
const RULE: Grant = Grant {
    when: When::Sync,
    purpose: Purpose::ManagedRule,
    actions: &["events:PutTargets", "events:PutRule", "events:DescribeRule"],
    ..CALL
};

/// A role that is passed to the called service.
const PASS: Grant = Grant {
    purpose: Purpose::PassRole,
    actions: &["iam:PassRole"],
    ..CALL
};

/// Data that the called service uses with the rights of the caller.
const DATA: Grant = Grant {
    necessity: Necessity::Advised,
    purpose: Purpose::UseData,
    ..CALL
};

pub(super) const TABLE: &[Requirement] = &[
    Requirement {
        service: "apigateway",
        action: "invoke",
        grants: &[Grant {
            actions: &["execute-api:Invoke"],
            target: Target::Api,
            ..CALL
        }],
        source: "Step Functions developer guide, connect-api-gateway",
    },
    Requirement {
        service: "athena",
        action: "getQueryExecution",
        grants: &[Grant {
            actions: &["athena:GetQueryExecution"],
            target: Target::Formats(&["athena:~:workgroup/*"]),
            is_published_on_all: true,
            ..CALL
        }],
        source: "Step Functions developer guide, connect-athena",
    },
    Requirement {
        service: "athena",
        action: "getQueryResults",
        grants: &[
            Grant {
                actions: &["athena:GetQueryResults"],
                target: Target::Formats(&["athena:~:workgroup/*"]),
                is_published_on_all: true,
                ..CALL
            },
            Grant {
                necessity: Necessity::Required,
                actions: &["s3:GetObject"],
                target: Target::Formats(&["s3:::*"]),
                is_published_on_all: true,
                ..DATA
            },
        ],
        source: "Step Functions developer guide, connect-athena",
    },
    Requirement {
        service: "athena",
        action: "startQueryExecution",
        grants: &[
            Grant {
                actions: &["athena:StartQueryExecution"],
                target: Target::Formats(&["athena:~:workgroup/{WorkGroup=primary}"]),
                ..CALL
            },
            Grant {
                necessity: Necessity::Advised,
                actions: &["athena:GetDataCatalog"],
                target: Target::Formats(&["athena:~:datacatalog/*"]),
                ..CALL
            },
            Grant {
                actions: &["athena:GetQueryExecution", "athena:StopQueryExecution"],
                target: Target::Formats(&["athena:~:workgroup/{WorkGroup=primary}"]),
                is_published_on_all: true,
                ..WAIT
            },
            Grant {
                necessity: Necessity::Advised,
                actions: &[
                    "athena:GetWorkGroup",
                    "athena:BatchGetQueryExecution",
                    "athena:GetQueryResults",
                    "athena:ListQueryExecutions",
                ],
                target: Target::Formats(&["athena:~:workgroup/{WorkGroup=primary}"]),
                is_published_on_all: true,
                ..WAIT
            },
            Grant {
                actions: &[
                    "s3:GetBucketLocation",
                    "s3:GetObject",
                    "s3:ListBucket",
                    "s3:ListBucketMultipartUploads",
                    "s3:ListMultipartUploadParts",
                    "s3:AbortMultipartUpload",
                    "s3:CreateBucket",
                    "s3:PutObject",
                ],
                target: Target::Formats(&["s3:::*"]),
                is_published_on_all: true,
                ..DATA
            },
            Grant {
                actions: &[
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
                ],
                target: Target::Formats(&[
                    "glue:~:catalog",
                    "glue:~:database/*",
                    "glue:~:table/*",
                    "glue:~:userDefinedFunction/*",
                ]),
                is_published_on_all: true,
                ..DATA
            },
            Grant {
                actions: &["lakeformation:GetDataAccess"],
                target: Target::All,
                ..DATA
            },
        ],
        source: "Step Functions developer guide, connect-athena",
    },
    Requirement {
        service: "athena",
        action: "stopQueryExecution",
        grants: &[Grant {
            actions: &["athena:StopQueryExecution"],
            target: Target::Formats(&["athena:~:workgroup/*"]),
            is_published_on_all: true,
            ..CALL
        }],
        source: "Step Functions developer guide, connect-athena",
    },
    Requirement {
        service: "batch",
        action: "submitJob",
        grants: &[
            Grant {
                actions: &["batch:SubmitJob"],
                target: Target::BatchJob,
                is_published_on_all: true,
                ..CALL
            },
            Grant {
                actions: &["batch:DescribeJobs"],
                target: Target::All,
                ..WAIT
            },
            Grant {
                actions: &["batch:TerminateJob"],
                target: Target::Formats(&["batch:~:job/*"]),
                is_published_on_all: true,
                ..WAIT
            },
            Grant {
                target: Target::Rule("StepFunctionsGetEventsForBatchJobsRule"),
                ..RULE
            },
        ],
        source: "Step Functions developer guide, connect-batch",
    },
    Requirement {
        service: "bedrock",
        action: "createModelCustomizationJob",
        grants: &[
            Grant {
                actions: &["bedrock:CreateModelCustomizationJob"],
                target: Target::Model("BaseModelIdentifier"),
                ..CALL
            },
            Grant {
                actions: &["bedrock:CreateModelCustomizationJob"],
                target: Target::Formats(&["bedrock:~:custom-model/*", "bedrock:~:model-customization-job/*"]),
                ..CALL
            },
            Grant {
                target: Target::Role("RoleArn"),
                conditions: &[Condition::MayPassTo("bedrock.amazonaws.com")],
                ..PASS
            },
            Grant {
                actions: &[
                    "bedrock:GetModelCustomizationJob",
                    "bedrock:StopModelCustomizationJob",
                ],
                target: Target::Formats(&["bedrock:~:model-customization-job/*"]),
                ..WAIT
            },
        ],
        source: "Step Functions developer guide, connect-bedrock",
    },
    Requirement {
        service: "bedrock",
        action: "invokeModel",
        grants: &[
            Grant {
                actions: &["bedrock:InvokeModel"],
                target: Target::Model("ModelId"),
                ..CALL
            },
            Grant {
                necessity: Necessity::Required,
                actions: &["s3:GetObject"],
                target: Target::Object("Input.S3Uri"),
                ..DATA
            },
            Grant {
                necessity: Necessity::Required,
                actions: &["s3:PutObject"],
                target: Target::Object("Output.S3Uri"),
                ..DATA
            },
        ],
        source: "Step Functions developer guide, connect-bedrock",
    },
    Requirement {
        service: "bedrockagentcore",
        action: "invokeHarness",
        grants: &[Grant {
            actions: &["bedrock-agentcore:InvokeHarness"],
            target: Target::Arn("HarnessArn", "bedrock-agentcore:~:harness/*"),
            ..CALL
        }],
        source: "service authorization reference, bedrock-agentcore",
    },
    Requirement {
        service: "codebuild",
        action: "batchDeleteBuilds",
        grants: &[Grant {
            actions: &["codebuild:BatchDeleteBuilds"],
            target: Target::Build("Ids"),
            ..CALL
        }],
        source: "Step Functions developer guide, connect-codebuild",
    },
    Requirement {
        service: "codebuild",
        action: "batchGetReports",
        grants: &[Grant {
            actions: &["codebuild:BatchGetReports"],
            target: Target::ReportGroups("ReportArns"),
            is_published_on_all: true,
            ..CALL
        }],
        source: "Step Functions developer guide, connect-codebuild",
    },
    Requirement {
        service: "codebuild",
        action: "deleteBuildBatch",
        grants: &[Grant {
            actions: &["codebuild:DeleteBuildBatch"],
            target: Target::Build("Id"),
            ..CALL
        }],
        source: "Step Functions developer guide, connect-codebuild",
    },
    Requirement {
        service: "codebuild",
        action: "retryBuildBatch",
        grants: &[
            Grant {
                actions: &["codebuild:RetryBuildBatch"],
                target: Target::Build("Id"),
                ..CALL
            },
            Grant {
                actions: &["codebuild:StopBuildBatch", "codebuild:BatchGetBuildBatches"],
                target: Target::Build("Id"),
                ..WAIT
            },
            Grant {
                necessity: Necessity::Advised,
                target: Target::Rule("StepFunctionsGetEventForCodeBuildStartBuildBatchRule"),
                ..RULE
            },
        ],
        source: "Step Functions developer guide, connect-codebuild",
    },
    Requirement {
        service: "codebuild",
        action: "startBuild",
        grants: &[
            Grant {
                actions: &["codebuild:StartBuild"],
                target: Target::Either("codebuild:~:project/{ProjectName}", "codebuild:{R}:*:project/*"),
                ..CALL
            },
            Grant {
                actions: &["codebuild:StopBuild", "codebuild:BatchGetBuilds"],
                target: Target::Either("codebuild:~:project/{ProjectName}", "codebuild:{R}:*:project/*"),
                ..WAIT
            },
            Grant {
                necessity: Necessity::Tolerated,
                actions: &["codebuild:BatchGetReports"],
                target: Target::Formats(&["codebuild:~:report-group/*"]),
                ..CALL
            },
            Grant {
                target: Target::Rule("StepFunctionsGetEventForCodeBuildStartBuildRule"),
                ..RULE
            },
        ],
        source: "Step Functions developer guide, connect-codebuild",
    },
    Requirement {
        service: "codebuild",
        action: "startBuildBatch",
        grants: &[
            Grant {
                actions: &["codebuild:StartBuildBatch"],
                target: Target::Formats(&["codebuild:~:project/{ProjectName}"]),
                ..CALL
            },
            Grant {
                actions: &["codebuild:StopBuildBatch", "codebuild:BatchGetBuildBatches"],
                target: Target::Formats(&["codebuild:~:project/{ProjectName}"]),
                ..WAIT
            },
            Grant {
                target: Target::Rule("StepFunctionsGetEventForCodeBuildStartBuildBatchRule"),
                ..RULE
            },
        ],
        source: "Step Functions developer guide, connect-codebuild",
    },
    Requirement {
        service: "codebuild",
        action: "stopBuild",
        grants: &[Grant {
            actions: &["codebuild:StopBuild"],
            target: Target::Build("Id"),
            ..CALL
        }],
        source: "Step Functions developer guide, connect-codebuild",
    },
    Requirement {
        service: "codebuild",
        action: "stopBuildBatch",
        grants: &[Grant {
            actions: &["codebuild:StopBuildBatch"],
            target: Target::Build("Id"),
            ..CALL
        }],
        source: "Step Functions developer guide, connect-codebuild",
    },
    Requirement {
        service: "databrew",
        action: "startJobRun",
        grants: &[
            Grant {
                actions: &["databrew:StartJobRun"],
                target: Target::Formats(&["databrew:~:job/{Name}"]),
                ..CALL
            },
            Grant {
                actions: &["databrew:ListJobRuns", "databrew:StopJobRun"],
                target: Target::Formats(&["databrew:~:job/{Name}"]),
                ..WAIT
            },
        ],
        source: "Step Functions developer guide, connect-databrew",
    },
    Requirement {
        service: "dynamodb",
        action: "deleteItem",
        grants: &[Grant {
            actions: &["dynamodb:DeleteItem"],
            target: Target::Formats(&["dynamodb:~:table/{TableName}"]),
            ..CALL
        }],
        source: "Step Functions developer guide, connect-ddb",
    },
    Requirement {
        service: "dynamodb",
        action: "getItem",
        grants: &[Grant {
            actions: &["dynamodb:GetItem"],
            target: Target::Formats(&["dynamodb:~:table/{TableName}"]),
            ..CALL
        }],
        source: "Step Functions developer guide, connect-ddb",
    },
    Requirement {
        service: "dynamodb",
        action: "putItem",
        grants: &[Grant {
            actions: &["dynamodb:PutItem"],
            target: Target::Formats(&["dynamodb:~:table/{TableName}"]),
            ..CALL
        }],
        source: "Step Functions developer guide, connect-ddb",
    },
    Requirement {
        service: "dynamodb",
        action: "updateItem",
        grants: &[Grant {
            actions: &["dynamodb:UpdateItem"],
            target: Target::Formats(&["dynamodb:~:table/{TableName}"]),
            ..CALL
        }],
        source: "Step Functions developer guide, connect-ddb",
    },
    Requirement {
        service: "ecs",
        action: "runTask",
        grants: &[
            Grant {
                actions: &["ecs:RunTask"],
                target: Target::TaskDefinition,
                conditions: &[Condition::Parameter {
                    operator: "ArnEquals",
                    key: "ecs:cluster",
                    parameter: "Cluster",
                }],
                ..CALL
            },
            Grant {
                necessity: Necessity::Advised,
                target: Target::TaskRoles,
                conditions: &[Condition::PassedTo("ecs-tasks.amazonaws.com")],
                ..PASS
            },
            Grant {
                target: Target::Role("Overrides.TaskRoleArn"),
                conditions: &[Condition::PassedTo("ecs-tasks.amazonaws.com")],
                ..PASS
            },
            Grant {
                target: Target::Role("Overrides.ExecutionRoleArn"),
                conditions: &[Condition::PassedTo("ecs-tasks.amazonaws.com")],
                ..PASS
            },
            Grant {
                actions: &["ecs:StopTask", "ecs:DescribeTasks"],
                target: Target::All,
                ..WAIT
            },
            Grant {
                target: Target::Rule("StepFunctionsGetEventsForECSTaskRule"),
                ..RULE
            },
        ],
        source: "Step Functions developer guide, connect-ecs",
    },
    Requirement {
        service: "eks",
        action: "call",
        grants: &[],
        source: "Step Functions developer guide, connect-eks",
    },
    Requirement {
        service: "eks",
        action: "createCluster",
        grants: &[
            Grant {
                actions: &["eks:CreateCluster"],
                target: Target::All,
                ..CALL
            },
            Grant {
                target: Target::Role("RoleArn"),
                conditions: &[Condition::PassedTo("eks.amazonaws.com")],
                ..PASS
            },
            Grant {
                actions: &["eks:DescribeCluster", "eks:DeleteCluster"],
                target: Target::Formats(&["eks:~:cluster/*"]),
                ..WAIT
            },
        ],
        source: "Step Functions developer guide, connect-eks",
    },
    Requirement {
        service: "eks",
        action: "createFargateProfile",
        grants: &[
            Grant {
                actions: &["eks:CreateFargateProfile"],
                target: Target::Formats(&["eks:~:cluster/{ClusterName}"]),
                ..CALL
            },
            Grant {
                target: Target::Role("PodExecutionRoleArn"),
                conditions: &[Condition::MayPassTo("eks.amazonaws.com")],
                ..PASS
            },
            Grant {
                actions: &["eks:DescribeFargateProfile", "eks:DeleteFargateProfile"],
                target: Target::Formats(&["eks:~:fargateprofile/{ClusterName}/{FargateProfileName}/*"]),
                ..WAIT
            },
        ],
        source: "service authorization reference, eks",
    },
    Requirement {
        service: "eks",
        action: "createNodegroup",
        grants: &[
            Grant {
                actions: &["eks:CreateNodegroup", "ec2:DescribeSubnets"],
                target: Target::All,
                ..CALL
            },
            Grant {
                actions: &["iam:GetRole", "iam:ListAttachedRolePolicies"],
                target: Target::Formats(&["iam::{A}:role/*"]),
                ..CALL
            },
            Grant {
                target: Target::Role("NodeRole"),
                conditions: &[Condition::PassedTo("eks.amazonaws.com")],
                ..PASS
            },
            Grant {
                actions: &["eks:DescribeNodegroup", "eks:DeleteNodegroup"],
                target: Target::Formats(&["eks:~:nodegroup/*"]),
                ..WAIT
            },
        ],
        source: "Step Functions developer guide, connect-eks",
    },
    Requirement {
        service: "eks",
        action: "deleteCluster",
        grants: &[
            Grant {
                actions: &["eks:DeleteCluster"],
                target: Target::Formats(&["eks:~:cluster/{Name}"]),
                ..CALL
            },
            Grant {
                actions: &["eks:DescribeCluster"],
                target: Target::Formats(&["eks:~:cluster/{Name}"]),
                ..WAIT
            },
        ],
        source: "Step Functions developer guide, connect-eks",
    },
    Requirement {
        service: "eks",
        action: "deleteFargateProfile",
        grants: &[
            Grant {
                actions: &["eks:DeleteFargateProfile"],
                target: Target::Formats(&["eks:~:fargateprofile/{ClusterName}/{FargateProfileName}/*"]),
                ..CALL
            },
            Grant {
                actions: &["eks:DescribeFargateProfile"],
                target: Target::Formats(&["eks:~:fargateprofile/{ClusterName}/{FargateProfileName}/*"]),
                ..WAIT
            },
        ],
        source: "service authorization reference, eks",
    },
    Requirement {
        service: "eks",
        action: "deleteNodegroup",
        grants: &[
            Grant {
                actions: &["eks:DeleteNodegroup"],
                target: Target::Formats(&["eks:~:nodegroup/{ClusterName}/{NodegroupName}/*"]),
                ..CALL
            },
            Grant {
                actions: &["eks:DescribeNodegroup"],
                target: Target::Formats(&["eks:~:nodegroup/{ClusterName}/{NodegroupName}/*"]),
                ..WAIT
            },
        ],
        source: "Step Functions developer guide, connect-eks",
    },
    Requirement {
        service: "eks",
        action: "runJob",
        grants: &[],
        source: "Step Functions developer guide, connect-eks",
    },
    Requirement {
        service: "elasticmapreduce",
        action: "addStep",
        grants: &[
            Grant {
                actions: &["elasticmapreduce:AddJobFlowSteps"],
                target: Target::Either(
                    "elasticmapreduce:~:cluster/{ClusterId}",
                    "elasticmapreduce:*:*:cluster/*",
                ),
                ..CALL
            },
            Grant {
                actions: &["elasticmapreduce:DescribeStep", "elasticmapreduce:CancelSteps"],
                target: Target::Either(
                    "elasticmapreduce:~:cluster/{ClusterId}",
                    "elasticmapreduce:*:*:cluster/*",
                ),
                ..WAIT
            },
            Grant {
                necessity: Necessity::Tolerated,
                target: Target::Rule("StepFunctionsGetEventForEMRAddJobFlowStepsRule"),
                ..RULE
            },
        ],
        source: "Step Functions developer guide, connect-emr",
    },
    Requirement {
        service: "elasticmapreduce",
        action: "cancelStep",
        grants: &[Grant {
            actions: &["elasticmapreduce:CancelSteps"],
            target: Target::Either(
                "elasticmapreduce:~:cluster/{ClusterId}",
                "elasticmapreduce:*:*:cluster/*",
            ),
            ..CALL
        }],
        source: "Step Functions developer guide, connect-emr",
    },
    Requirement {
        service: "elasticmapreduce",
        action: "createCluster",
        grants: &[
            Grant {
                actions: &["elasticmapreduce:RunJobFlow"],
                target: Target::All,
                ..CALL
            },
            Grant {
                target: Target::Role("ServiceRole"),
                conditions: &[Condition::MayPassTo("elasticmapreduce.amazonaws.com")],
                ..PASS
            },
            Grant {
                target: Target::Role("JobFlowRole"),
                conditions: &[Condition::MayPassTo("ec2.amazonaws.com")],
                ..PASS
            },
            Grant {
                target: Target::Role("AutoScalingRole"),
                conditions: &[Condition::MayPassTo("application-autoscaling.amazonaws.com")],
                ..PASS
            },
            Grant {
                actions: &[
                    "elasticmapreduce:DescribeCluster",
                    "elasticmapreduce:TerminateJobFlows",
                ],
                target: Target::Formats(&["elasticmapreduce:~:cluster/*"]),
                is_published_on_all: true,
                ..WAIT
            },
            Grant {
                necessity: Necessity::Tolerated,
                target: Target::Rule("StepFunctionsGetEventForEMRRunJobFlowRule"),
                ..RULE
            },
        ],
        source: "Step Functions developer guide, connect-emr",
    },
    Requirement {
        service: "elasticmapreduce",
        action: "modifyInstanceFleetByName",
        grants: &[Grant {
            actions: &[
                "elasticmapreduce:ModifyInstanceFleet",
                "elasticmapreduce:ListInstanceFleets",
            ],
            target: Target::Either(
                "elasticmapreduce:~:cluster/{ClusterId}",
                "elasticmapreduce:*:*:cluster/*",
            ),
            ..CALL
        }],
        source: "Step Functions developer guide, connect-emr",
    },
    Requirement {
        service: "elasticmapreduce",
        action: "modifyInstanceGroupByName",
        grants: &[Grant {
            actions: &[
                "elasticmapreduce:ModifyInstanceGroups",
                "elasticmapreduce:ListInstanceGroups",
            ],
            target: Target::Either("elasticmapreduce:~:cluster/{ClusterId}", "*"),
            is_published_on_all: true,
            ..CALL
        }],
        source: "Step Functions developer guide, connect-emr",
    },
    Requirement {
        service: "elasticmapreduce",
        action: "setClusterTerminationProtection",
        grants: &[Grant {
            actions: &["elasticmapreduce:SetTerminationProtection"],
            target: Target::Either(
                "elasticmapreduce:~:cluster/{ClusterId}",
                "elasticmapreduce:*:*:cluster/*",
            ),
            ..CALL
        }],
        source: "Step Functions developer guide, connect-emr",
    },
    Requirement {
        service: "elasticmapreduce",
        action: "terminateCluster",
        grants: &[
            Grant {
                actions: &["elasticmapreduce:TerminateJobFlows"],
                target: Target::Either(
                    "elasticmapreduce:~:cluster/{ClusterId}",
                    "elasticmapreduce:*:*:cluster/*",
                ),
                ..CALL
            },
            Grant {
                actions: &["elasticmapreduce:DescribeCluster"],
                target: Target::Either(
                    "elasticmapreduce:~:cluster/{ClusterId}",
                    "elasticmapreduce:*:*:cluster/*",
                ),
                ..WAIT
            },
            Grant {
                necessity: Necessity::Tolerated,
                target: Target::Rule("StepFunctionsGetEventForEMRTerminateJobFlowsRule"),
                ..RULE
            },
        ],
        source: "Step Functions developer guide, connect-emr",
    },
    Requirement {
        service: "emr-containers",
        action: "createVirtualCluster",
        grants: &[
            Grant {
                actions: &["emr-containers:CreateVirtualCluster"],
                target: Target::All,
                ..CALL
            },
            Grant {
                necessity: Necessity::Tolerated,
                actions: &["iam:CreateServiceLinkedRole"],
                target: Target::Formats(&["iam::{A}:role/aws-service-role/emr-containers.amazonaws.com/*"]),
                ..CALL
            },
        ],
        source: "Step Functions developer guide, connect-emr-eks",
    },
    Requirement {
        service: "emr-containers",
        action: "deleteVirtualCluster",
        grants: &[
            Grant {
                actions: &["emr-containers:DeleteVirtualCluster"],
                target: Target::Formats(&["emr-containers:~:/virtualclusters/{Id}"]),
                ..CALL
            },
            Grant {
                actions: &["emr-containers:DescribeVirtualCluster"],
                target: Target::Formats(&["emr-containers:~:/virtualclusters/{Id}"]),
                ..WAIT
            },
        ],
        source: "Step Functions developer guide, connect-emr-eks",
    },
    Requirement {
        service: "emr-containers",
        action: "startJobRun",
        grants: &[
            Grant {
                actions: &["emr-containers:StartJobRun"],
                target: Target::Formats(&["emr-containers:~:/virtualclusters/{VirtualClusterId}"]),
                conditions: &[Condition::Parameter {
                    operator: "StringEquals",
                    key: "emr-containers:ExecutionRoleArn",
                    parameter: "ExecutionRoleArn",
                }],
                ..CALL
            },
            Grant {
                actions: &["emr-containers:DescribeJobRun", "emr-containers:CancelJobRun"],
                target: Target::Formats(&["emr-containers:~:/virtualclusters/{VirtualClusterId}/jobruns/*"]),
                ..WAIT
            },
        ],
        source: "Step Functions developer guide, connect-emr-eks",
    },
    Requirement {
        service: "emr-serverless",
        action: "cancelJobRun",
        grants: &[
            Grant {
                actions: &["emr-serverless:CancelJobRun"],
                target: Target::Formats(&[
                    "emr-serverless:~:/applications/{ApplicationId}/jobruns/{JobRunId}",
                ]),
                ..CALL
            },
            Grant {
                actions: &["emr-serverless:GetJobRun"],
                target: Target::Formats(&[
                    "emr-serverless:~:/applications/{ApplicationId}/jobruns/{JobRunId}",
                ]),
                ..WAIT
            },
            Grant {
                target: Target::Rule("StepFunctionsGetEventsForEMRServerlessJobRule"),
                ..RULE
            },
        ],
        source: "Step Functions developer guide, connect-emr-serverless",
    },
    Requirement {
        service: "emr-serverless",
        action: "createApplication",
        grants: &[
            Grant {
                actions: &["emr-serverless:CreateApplication"],
                target: Target::Formats(&["emr-serverless:~:/*"]),
                is_published_on_all: true,
                ..CALL
            },
            Grant {
                necessity: Necessity::Tolerated,
                actions: &["iam:CreateServiceLinkedRole"],
                target: Target::Formats(&[
                    "iam::{A}:role/aws-service-role/ops.emr-serverless.amazonaws.com/*",
                ]),
                ..CALL
            },
            Grant {
                actions: &[
                    "emr-serverless:GetApplication",
                    "emr-serverless:DeleteApplication",
                ],
                target: Target::Formats(&["emr-serverless:~:/applications/*"]),
                ..WAIT
            },
            Grant {
                target: Target::Rule("StepFunctionsGetEventsForEMRServerlessApplicationRule"),
                ..RULE
            },
        ],
        source: "Step Functions developer guide, connect-emr-serverless",
    },
    Requirement {
        service: "emr-serverless",
        action: "deleteApplication",
        grants: &[
            Grant {
                actions: &["emr-serverless:DeleteApplication"],
                target: Target::Formats(&["emr-serverless:~:/applications/{ApplicationId}"]),
                ..CALL
            },
            Grant {
                actions: &["emr-serverless:GetApplication"],
                target: Target::Formats(&["emr-serverless:~:/applications/{ApplicationId}"]),
                ..WAIT
            },
            Grant {
                target: Target::Rule("StepFunctionsGetEventsForEMRServerlessApplicationRule"),
                ..RULE
            },
        ],
        source: "Step Functions developer guide, connect-emr-serverless",
    },
    Requirement {
        service: "emr-serverless",
        action: "startApplication",
        grants: &[
            Grant {
                actions: &["emr-serverless:StartApplication"],
                target: Target::Formats(&["emr-serverless:~:/applications/{ApplicationId}"]),
                ..CALL
            },
            Grant {
                actions: &["emr-serverless:GetApplication", "emr-serverless:StopApplication"],
                target: Target::Formats(&["emr-serverless:~:/applications/{ApplicationId}"]),
                ..WAIT
            },
            Grant {
                target: Target::Rule("StepFunctionsGetEventsForEMRServerlessApplicationRule"),
                ..RULE
            },
        ],
        source: "Step Functions developer guide, connect-emr-serverless",
    },
    Requirement {
        service: "emr-serverless",
        action: "startJobRun",
        grants: &[
            Grant {
                actions: &["emr-serverless:StartJobRun"],
                target: Target::Formats(&["emr-serverless:~:/applications/{ApplicationId}"]),
                ..CALL
            },
            Grant {
                target: Target::Role("ExecutionRoleArn"),
                conditions: &[Condition::PassedTo("emr-serverless.amazonaws.com")],
                ..PASS
            },
            Grant {
                actions: &["emr-serverless:GetJobRun", "emr-serverless:CancelJobRun"],
                target: Target::Either(
                    "emr-serverless:~:/applications/{ApplicationId}/jobruns/*",
                    "emr-serverless:~:/applications/*",
                ),
                ..WAIT
            },
            Grant {
                target: Target::Rule("StepFunctionsGetEventsForEMRServerlessJobRule"),
                ..RULE
            },
        ],
        source: "Step Functions developer guide, connect-emr-serverless",
    },
    Requirement {
        service: "emr-serverless",
        action: "stopApplication",
        grants: &[
            Grant {
                actions: &["emr-serverless:StopApplication"],
                target: Target::Formats(&["emr-serverless:~:/applications/{ApplicationId}"]),
                ..CALL
            },
            Grant {
                actions: &["emr-serverless:GetApplication"],
                target: Target::Formats(&["emr-serverless:~:/applications/{ApplicationId}"]),
                ..WAIT
            },
            Grant {
                target: Target::Rule("StepFunctionsGetEventsForEMRServerlessApplicationRule"),
                ..RULE
            },
        ],
        source: "Step Functions developer guide, connect-emr-serverless",
    },
    Requirement {
        service: "events",
        action: "putEvents",
        grants: &[Grant {
            actions: &["events:PutEvents"],
            target: Target::EventBuses,
            ..CALL
        }],
        source: "Step Functions developer guide, connect-eventbridge",
    },
    Requirement {
        service: "glue",
        action: "startJobRun",
        grants: &[
            Grant {
                actions: &["glue:StartJobRun"],
                target: Target::Either("glue:~:job/{JobName}", "*"),
                is_published_on_all: true,
                ..CALL
            },
            Grant {
                actions: &["glue:GetJobRun", "glue:BatchStopJobRun"],
                target: Target::Either("glue:~:job/{JobName}", "*"),
                is_published_on_all: true,
                ..WAIT
            },
            Grant {
                necessity: Necessity::Advised,
                actions: &["glue:GetJobRuns"],
                target: Target::Either("glue:~:job/{JobName}", "*"),
                is_published_on_all: true,
                ..WAIT
            },
        ],
        source: "Step Functions developer guide, connect-glue",
    },
    Requirement {
        service: "http",
        action: "invoke",
        grants: &[],
        source: "Step Functions developer guide, call-https-apis",
    },
    Requirement {
        service: "lambda",
        action: "invoke",
        grants: &[Grant {
            actions: &["lambda:InvokeFunction"],
            target: Target::Function,
            ..CALL
        }],
        source: "Step Functions developer guide, connect-lambda",
    },
    Requirement {
        service: "mediaconvert",
        action: "createJob",
        grants: &[
            Grant {
                actions: &["mediaconvert:CreateJob"],
                target: Target::Formats(&[
                    "mediaconvert:~:queues/*",
                    "mediaconvert:~:jobTemplates/*",
                    "mediaconvert:~:presets/*",
                ]),
                is_published_on_all: true,
                ..CALL
            },
            Grant {
                target: Target::Role("Role"),
                conditions: &[Condition::PassedTo("mediaconvert.amazonaws.com")],
                ..PASS
            },
            Grant {
                necessity: Necessity::Tolerated,
                actions: &["mediaconvert:TagResource"],
                target: Target::All,
                ..CALL
            },
            Grant {
                actions: &["mediaconvert:GetJob", "mediaconvert:CancelJob"],
                target: Target::Formats(&["mediaconvert:~:jobs/*"]),
                // Step Functions tags the jobs that it waits for.
                conditions: &[Condition::Equals {
                    key: "aws:ResourceTag/ManagedByService",
                    value: "AWSStepFunctions",
                }],
                is_published_on_all: true,
                ..WAIT
            },
            Grant {
                target: Target::Rule("StepFunctionsGetEventsForMediaConvertJobRule"),
                ..RULE
            },
        ],
        source: "Step Functions developer guide, connect-mediaconvert",
    },
    Requirement {
        service: "sagemaker",
        action: "createEndpoint",
        grants: &[Grant {
            actions: &["sagemaker:CreateEndpoint"],
            target: Target::Formats(&[
                "sagemaker:~:endpoint/{EndpointName}",
                "sagemaker:~:endpoint-config/{EndpointConfigName}",
            ]),
            ..CALL
        }],
        source: "service authorization reference, sagemaker",
    },
    Requirement {
        service: "sagemaker",
        action: "createEndpointConfig",
        grants: &[Grant {
            actions: &["sagemaker:CreateEndpointConfig"],
            target: Target::Formats(&["sagemaker:~:endpoint-config/{EndpointConfigName}"]),
            ..CALL
        }],
        source: "service authorization reference, sagemaker",
    },
    Requirement {
        service: "sagemaker",
        action: "createHyperParameterTuningJob",
        grants: &[
            Grant {
                actions: &["sagemaker:CreateHyperParameterTuningJob"],
                target: Target::Formats(&[
                    "sagemaker:~:hyper-parameter-tuning-job/{HyperParameterTuningJobName}*",
                ]),
                ..CALL
            },
            Grant {
                necessity: Necessity::Tolerated,
                actions: &["sagemaker:ListTags"],
                target: Target::All,
                ..CALL
            },
            Grant {
                necessity: Necessity::Tolerated,
                actions: &["sagemaker:AddTags"],
                target: Target::Formats(&["sagemaker:~:hyper-parameter-tuning-job/*"]),
                ..CALL
            },
            Grant {
                target: Target::Role("TrainingJobDefinition.RoleArn"),
                conditions: &[Condition::PassedTo("sagemaker.amazonaws.com")],
                ..PASS
            },
            Grant {
                actions: &[
                    "sagemaker:DescribeHyperParameterTuningJob",
                    "sagemaker:StopHyperParameterTuningJob",
                ],
                target: Target::Formats(&[
                    "sagemaker:~:hyper-parameter-tuning-job/{HyperParameterTuningJobName}*",
                ]),
                ..WAIT
            },
            Grant {
                necessity: Necessity::Advised,
                target: Target::Rule("StepFunctionsGetEventsForSageMakerTuningJobsRule"),
                ..RULE
            },
        ],
        source: "aws-step-functions-data-science-sdk-python, README",
    },
    Requirement {
        service: "sagemaker",
        action: "createLabelingJob",
        grants: &[
            Grant {
                actions: &["sagemaker:CreateLabelingJob"],
                target: Target::Formats(&["sagemaker:~:labeling-job/{LabelingJobName}*"]),
                ..CALL
            },
            Grant {
                necessity: Necessity::Tolerated,
                actions: &["sagemaker:ListTags"],
                target: Target::All,
                ..CALL
            },
            Grant {
                necessity: Necessity::Tolerated,
                actions: &["sagemaker:AddTags"],
                target: Target::Formats(&["sagemaker:~:labeling-job/*"]),
                ..CALL
            },
            Grant {
                target: Target::Role("RoleArn"),
                conditions: &[Condition::PassedTo("sagemaker.amazonaws.com")],
                ..PASS
            },
            Grant {
                actions: &["sagemaker:DescribeLabelingJob", "sagemaker:StopLabelingJob"],
                target: Target::Formats(&["sagemaker:~:labeling-job/{LabelingJobName}*"]),
                ..WAIT
            },
            Grant {
                necessity: Necessity::Advised,
                target: Target::Rule("StepFunctionsGetEventsForSageMakerLabelingJobsRule"),
                ..RULE
            },
        ],
        source: "service authorization reference, sagemaker",
    },
    Requirement {
        service: "sagemaker",
        action: "createModel",
        grants: &[
            Grant {
                actions: &["sagemaker:CreateModel"],
                target: Target::Formats(&["sagemaker:~:model/{ModelName}"]),
                ..CALL
            },
            Grant {
                target: Target::Role("ExecutionRoleArn"),
                conditions: &[Condition::PassedTo("sagemaker.amazonaws.com")],
                ..PASS
            },
        ],
        source: "service authorization reference, sagemaker",
    },
    Requirement {
        service: "sagemaker",
        action: "createProcessingJob",
        grants: &[
            Grant {
                actions: &["sagemaker:CreateProcessingJob"],
                target: Target::Formats(&["sagemaker:~:processing-job/{ProcessingJobName}*"]),
                ..CALL
            },
            Grant {
                necessity: Necessity::Tolerated,
                actions: &["sagemaker:ListTags"],
                target: Target::All,
                ..CALL
            },
            Grant {
                necessity: Necessity::Tolerated,
                actions: &["sagemaker:AddTags"],
                target: Target::Formats(&["sagemaker:~:processing-job/*"]),
                ..CALL
            },
            Grant {
                target: Target::Role("RoleArn"),
                conditions: &[Condition::PassedTo("sagemaker.amazonaws.com")],
                ..PASS
            },
            Grant {
                actions: &["sagemaker:DescribeProcessingJob", "sagemaker:StopProcessingJob"],
                target: Target::Formats(&["sagemaker:~:processing-job/{ProcessingJobName}*"]),
                ..WAIT
            },
            Grant {
                target: Target::Rule("StepFunctionsGetEventsForSageMakerProcessingJobsRule"),
                ..RULE
            },
        ],
        source: "aws-cdk-lib, aws-stepfunctions-tasks",
    },
    Requirement {
        service: "sagemaker",
        action: "createTrainingJob",
        grants: &[
            Grant {
                actions: &["sagemaker:CreateTrainingJob"],
                target: Target::Formats(&["sagemaker:~:training-job/{TrainingJobName}*"]),
                ..CALL
            },
            Grant {
                necessity: Necessity::Advised,
                actions: &["sagemaker:ListTags"],
                target: Target::All,
                ..CALL
            },
            Grant {
                necessity: Necessity::Tolerated,
                actions: &["sagemaker:AddTags"],
                target: Target::Formats(&["sagemaker:~:training-job/*"]),
                ..CALL
            },
            Grant {
                target: Target::Role("RoleArn"),
                conditions: &[Condition::PassedTo("sagemaker.amazonaws.com")],
                ..PASS
            },
            Grant {
                actions: &["sagemaker:DescribeTrainingJob", "sagemaker:StopTrainingJob"],
                target: Target::Formats(&["sagemaker:~:training-job/{TrainingJobName}*"]),
                ..WAIT
            },
            Grant {
                target: Target::Rule("StepFunctionsGetEventsForSageMakerTrainingJobsRule"),
                ..RULE
            },
        ],
        source: "Step Functions developer guide, connect-sagemaker",
    },
    Requirement {
        service: "sagemaker",
        action: "createTransformJob",
        grants: &[
            Grant {
                actions: &["sagemaker:CreateTransformJob"],
                target: Target::Formats(&["sagemaker:~:transform-job/{TransformJobName}*"]),
                ..CALL
            },
            Grant {
                necessity: Necessity::Advised,
                actions: &["sagemaker:ListTags"],
                target: Target::All,
                ..CALL
            },
            Grant {
                necessity: Necessity::Tolerated,
                actions: &["sagemaker:AddTags"],
                target: Target::Formats(&["sagemaker:~:transform-job/*"]),
                ..CALL
            },
            Grant {
                necessity: Necessity::Tolerated,
                actions: &["iam:PassRole"],
                target: Target::Formats(&["iam::{A}:role/*"]),
                ..CALL
            },
            Grant {
                actions: &["sagemaker:DescribeTransformJob", "sagemaker:StopTransformJob"],
                target: Target::Formats(&["sagemaker:~:transform-job/{TransformJobName}*"]),
                ..WAIT
            },
            Grant {
                target: Target::Rule("StepFunctionsGetEventsForSageMakerTransformJobsRule"),
                ..RULE
            },
        ],
        source: "Step Functions developer guide, connect-sagemaker",
    },
    Requirement {
        service: "sagemaker",
        action: "updateEndpoint",
        grants: &[Grant {
            actions: &["sagemaker:UpdateEndpoint"],
            target: Target::Formats(&[
                "sagemaker:~:endpoint/{EndpointName}",
                "sagemaker:~:endpoint-config/{EndpointConfigName}",
            ]),
            ..CALL
        }],
        source: "service authorization reference, sagemaker",
    },
    Requirement {
        service: "sns",
        action: "publish",
        grants: &[Grant {
            actions: &["sns:Publish"],
            target: Target::Topic,
            ..CALL
        }],
        source: "Step Functions developer guide, connect-sns",
    },
    Requirement {
        service: "sqs",
        action: "sendMessage",
        grants: &[Grant {
            actions: &["sqs:SendMessage"],
            target: Target::Queue,
            ..CALL
        }],
        source: "Step Functions developer guide, connect-sqs",
    },
    Requirement {
        service: "states",
        action: "startExecution",
        grants: &[
            Grant {
                actions: &["states:StartExecution"],
                target: Target::StateMachine,
                ..CALL
            },
            Grant {
                actions: &["states:DescribeExecution", "states:StopExecution"],
                target: Target::Executions,
                ..WAIT
            },
            Grant {
                target: Target::Rule("StepFunctionsGetEventsForStepFunctionsExecutionRule"),
                ..RULE
            },
        ],
        source: "Step Functions developer guide, connect-stepfunctions",
    },
];
