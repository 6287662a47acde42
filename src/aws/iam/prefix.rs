//! The IAM prefix of each service of the SDK.

use super::table;

/// The services whose prefix is another word than their name in a `Resource`, sorted. Source: the names of their actions in
/// the service authorization reference, compared with those of the SDK.
const PREFIXES: [(&str, &str); 124] = [
    ("accountaccessruntime", "account-access"),
    ("agentregistrycontrol", "agent-registry"),
    ("amp", "aps"),
    ("apigatewaymanagementapi", "execute-api"),
    ("apigatewayv2", "apigateway"),
    ("appconfigdata", "appconfig"),
    ("applicationdiscovery", "discovery"),
    ("bedrockagent", "bedrock"),
    ("bedrockagentcorecontrol", "bedrock-agentcore"),
    ("bedrockagentruntime", "bedrock"),
    ("bedrockdataautomation", "bedrock"),
    ("bedrockdataautomationruntime", "bedrock"),
    ("bedrockruntime", "bedrock"),
    ("chimesdkidentity", "chime"),
    ("chimesdkmediapipelines", "chime"),
    ("chimesdkmeetings", "chime"),
    ("chimesdkmessaging", "chime"),
    ("chimesdkvoice", "chime"),
    ("cloudcontrol", "cloudformation"),
    ("cloudhsmv2", "cloudhsm"),
    ("cloudsearchdomain", "cloudsearch"),
    ("cloudwatchlogs", "logs"),
    ("cloudwatchomni", "cloudwatch"),
    ("cognitoidentityprovider", "cognito-idp"),
    ("computeoptimizerautomation", "aco-automation"),
    ("connectcampaignsv2", "connect-campaigns"),
    ("connectcases", "cases"),
    ("connectcontactlens", "connect"),
    ("connecthealth", "health-agent"),
    ("connectscheduling", "connect"),
    ("costandusagereport", "cur"),
    ("costexplorer", "ce"),
    ("customerprofiles", "profile"),
    ("databasemigration", "dms"),
    ("devopsagent", "aidevops"),
    ("directory", "ds"),
    ("directoryservicedata", "ds-data"),
    ("docdb", "rds"),
    ("dynamodbstreams", "dynamodb"),
    ("efs", "elasticfilesystem"),
    ("elasticloadbalancingv2", "elasticloadbalancing"),
    ("elasticsearch", "es"),
    ("emr", "elasticmapreduce"),
    ("eventbridge", "events"),
    ("eventbridgev2", "events"),
    ("forecastquery", "forecast"),
    ("greengrassv2", "greengrass"),
    ("iamtoolbox", "iam"),
    ("iotdataplane", "iot"),
    ("iotjobsdataplane", "iotjobsdata"),
    ("iotsecuretunneling", "iot"),
    ("ivsrealtime", "ivs"),
    ("keyspaces", "cassandra"),
    ("keyspacesstreams", "cassandra"),
    ("kinesisanalyticsv2", "kinesisanalytics"),
    ("kinesisvideoarchivedmedia", "kinesisvideo"),
    ("kinesisvideomedia", "kinesisvideo"),
    ("kinesisvideosignaling", "kinesisvideo"),
    ("kinesisvideowebrtcstorage", "kinesisvideo"),
    ("lambdacore", "lambda"),
    ("lambdamicrovms", "lambda"),
    ("lambdaweb", "lambda"),
    ("lexmodelbuilding", "lex"),
    ("lexmodelsv2", "lex"),
    ("lexruntime", "lex"),
    ("lexruntimev2", "lex"),
    ("location", "geo"),
    ("mailmanager", "ses"),
    ("marketplaceagreement", "aws-marketplace"),
    ("marketplacecatalog", "aws-marketplace"),
    ("marketplacedeployment", "aws-marketplace"),
    ("marketplacediscovery", "aws-marketplace"),
    ("marketplaceentitlement", "aws-marketplace"),
    ("marketplacemetering", "aws-marketplace"),
    ("marketplacereporting", "aws-marketplace"),
    ("mediastoredata", "mediastore"),
    ("migrationhub", "mgh"),
    ("migrationhubconfig", "mgh"),
    ("migrationhubrefactorspaces", "refactor-spaces"),
    ("mturk", "mechanicalturk"),
    ("mwaa", "airflow"),
    ("mwaaserverless", "airflow-serverless"),
    ("neptune", "rds"),
    ("neptunedata", "neptune-db"),
    ("opensearch", "es"),
    ("opensearchserverless", "aoss"),
    ("partnercentralaccount", "partnercentral"),
    ("partnercentralbenefits", "partnercentral"),
    ("partnercentralchannel", "partnercentral"),
    ("partnercentralrevenuemeasurement", "partnercentral"),
    ("partnercentralselling", "partnercentral"),
    ("paymentcryptographydata", "payment-cryptography"),
    ("personalizeevents", "personalize"),
    ("personalizeruntime", "personalize"),
    ("pinpoint", "mobiletargeting"),
    ("pinpointemail", "ses"),
    ("pinpointsmsvoice", "sms-voice"),
    ("pinpointsmsvoicev2", "sms-voice"),
    ("qconnect", "wisdom"),
    ("resiliencehubv2", "resiliencehub"),
    ("resourcegroupstaggingapi", "tag"),
    ("s3control", "s3"),
    ("sagemakera2iruntime", "sagemaker"),
    ("sagemakeredge", "sagemaker"),
    ("sagemakerfeaturestoreruntime", "sagemaker"),
    ("sagemakerinferencerouterruntime", "sagemaker"),
    ("sagemakerjobruntime", "sagemaker"),
    ("sagemakermetrics", "sagemaker"),
    ("sagemakerruntime", "sagemaker"),
    ("sagemakertrainingsessionruntime", "sagemaker"),
    ("serverlessapplicationrepository", "serverlessrepo"),
    ("servicecatalogappregistry", "servicecatalog"),
    ("sesv2", "ses"),
    ("sfn", "states"),
    ("signerdata", "signer"),
    ("simpledb", "sdb"),
    ("simpledbv2", "sdb"),
    ("ssoadmin", "sso"),
    ("ssooidc", "sso-oauth"),
    ("supplychain", "scn"),
    ("taxsettings", "tax"),
    ("timestreamquery", "timestream"),
    ("timestreamwrite", "timestream"),
    ("workspacesthinclient", "thinclient"),
];

/// The prefix of the IAM actions of a service: `states` for `sfn`.
pub fn prefix_of(service: &str) -> Option<&'static str> {
    if let Ok(at) = PREFIXES.binary_search_by(|(name, _)| (*name).cmp(service)) {
        return PREFIXES.get(at).map(|(_, prefix)| *prefix);
    }
    match table::service(service) {
        Some(found) => Some(found.prefix()),
        None => table::prefix_without_hyphens(service),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_prefix_is_in_the_table() {
        assert!(PREFIXES.is_sorted());
        assert!(
            PREFIXES
                .iter()
                .all(|(_, prefix)| table::service(prefix).is_some())
        );
    }

    #[test]
    fn finds_equal_hyphenated_and_different_prefixes() {
        let cases = [
            ("dynamodb", Some("dynamodb")),
            ("acmpca", Some("acm-pca")),
            ("sfn", Some("states")),
            ("mwaa", Some("airflow")),
            ("iotthingsgraph", None),
        ];
        for (service, prefix) in cases {
            assert_eq!(prefix_of(service), prefix, "{service}");
        }
    }
}
