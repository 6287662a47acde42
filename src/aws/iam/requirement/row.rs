//! A row of the table of requirements.

/// What an integration needs.
#[derive(Debug, PartialEq, Eq)]
pub struct Requirement {
    /// The service in the `Resource`.
    pub service: &'static str,
    /// The action in the `Resource`.
    pub action: &'static str,
    /// The permissions.
    pub grants: &'static [Grant],
    /// The page that publishes them.
    pub source: &'static str,
}

/// A permission.
#[derive(Debug, PartialEq, Eq)]
pub struct Grant {
    /// The pattern that needs it.
    pub when: When,
    /// What happens without it.
    pub necessity: Necessity,
    /// Why it is needed.
    pub purpose: Purpose,
    /// The actions.
    pub actions: &'static [&'static str],
    /// The resources.
    pub target: Target,
    /// The conditions under which it is needed.
    pub conditions: &'static [Condition],
    /// Whether AWS's own policy grants it on `*`, so that a policy that does is not too broad.
    pub is_published_on_all: bool,
}

/// The pattern of a call that needs a permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Every pattern.
    Call,
    /// `.sync` and `.sync:2`.
    Sync,
}

/// What happens without a permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Necessity {
    /// Nothing that anyone notices, but AWS's policies may have it.
    Tolerated,
    /// It is needed in some cases, or AWS's policies have it.
    Advised,
    /// The task works, but it may not notice the end of its job, or leave the job running when it is stopped.
    Completes,
    /// The task fails, or the state machine cannot be created.
    Required,
}

/// Why a permission is needed; the name of the statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Purpose {
    /// A task calls it.
    Call,
    /// A task polls or stops what it waits for.
    Wait,
    /// A task waits by a rule of EventBridge that Step Functions manages.
    ManagedRule,
    /// A task passes a role to a service.
    PassRole,
    /// The called service reads or writes data with the rights of the role.
    UseData,
    /// A Distributed Map runs its child workflows.
    RunMap,
    /// A Distributed Map reads its items.
    ReadItems,
    /// A Distributed Map writes its results.
    WriteResults,
    /// A task assumes the role in its `Credentials`.
    AssumeRole,
    /// A task calls an HTTPS API.
    InvokeHttp,
    /// A task uses the credentials of a connection.
    UseConnection,
    /// The state machine writes logs.
    Logging,
    /// The state machine sends traces.
    Tracing,
    /// The state machine encrypts its data.
    Encryption,
}

/// The resources of a permission. In formats, which follow `arn:partition:`, `~` is region and account, `{R}` the region, and
/// `{Name}` a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// All, since the actions have no resource types or the resources are unknown before the call.
    All,
    /// ARNs in these formats; an unknown parameter is `*`.
    Formats(&'static [&'static str]),
    /// ARNs in the first format, or in the second if a parameter is unknown.
    Either(&'static str, &'static str),
    /// The ARN in this parameter, or ARNs in this format if it is unknown.
    Arn(&'static str, &'static str),
    /// The Lambda function in `FunctionName` with the version or alias in `Qualifier`.
    Function,
    /// The queue in `QueueUrl`.
    Queue,
    /// The topic in `TopicArn`; everything if it is unknown, or if the message goes to a phone or an endpoint.
    Topic,
    /// The event buses in `Entries`.
    EventBuses,
    /// The state machine in `StateMachineArn`.
    StateMachine,
    /// The executions of the state machine in `StateMachineArn`.
    Executions,
    /// The API, stage, method, and path of an API Gateway call with IAM authorization.
    Api,
    /// The model in this parameter.
    Model(&'static str),
    /// The task definition in `TaskDefinition`.
    TaskDefinition,
    /// The jobs, queue, and definition of a Batch job.
    BatchJob,
    /// The project of the build in this parameter.
    Build(&'static str),
    /// The groups of the reports in this parameter.
    ReportGroups(&'static str),
    /// The role in this parameter: an ARN or a name. There is no permission without the parameter.
    Role(&'static str),
    /// The roles of the task definition, which are unknown, unless they are overridden.
    TaskRoles,
    /// The object in this parameter, an S3 URI. There is no permission without the parameter.
    Object(&'static str),
    /// A rule of EventBridge with this name.
    Rule(&'static str),
}

/// A condition of a permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// `iam:PassedToService` is this service.
    PassedTo(&'static str),
    /// `iam:PassedToService` is this service, but AWS's policies do not require it.
    MayPassTo(&'static str),
    /// A condition key equals this value.
    Equals {
        /// The key.
        key: &'static str,
        /// The value.
        value: &'static str,
    },
    /// A condition key equals a parameter, if that is known. The operator follows from the value.
    Parameter {
        /// The operator.
        operator: &'static str,
        /// The key.
        key: &'static str,
        /// The parameter.
        parameter: &'static str,
    },
}
