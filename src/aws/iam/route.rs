//! The HTTP methods and paths of API Gateway's actions, by which IAM grants them.

use crate::aws::archive::Archive;
use std::sync::LazyLock;

static TABLE: LazyLock<Archive> = LazyLock::new(|| Archive::new(include_bytes!("../data/routes.bin")));

/// The HTTP method and the path of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    /// `GET`.
    pub method: &'static str,
    /// `/restapis/{restapi_id}`; the names in braces are parameters.
    pub path: &'static str,
}

/// The route of an action of `apigateway` or `apigatewayv2`.
pub fn route(service: &str, action: &str) -> Option<Route> {
    let text = TABLE.text(TABLE.find(service)?);
    text.lines().find_map(|line| {
        let mut words = line.split(' ');
        let is_it = words.next()?.eq_ignore_ascii_case(action);
        let (method, path) = (words.next()?, words.next()?);
        is_it.then_some(Route { method, path })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_methods_and_paths() {
        assert!(
            route("apigateway", "getRestApis").is_some_and(|r| r.method == "GET" && r.path == "/restapis")
        );
        assert!(route("apigatewayv2", "createApi").is_some_and(|r| r.method == "POST" && r.path == "/apis"));
        assert_eq!(route("dynamodb", "getItem"), None);
        assert!(TABLE.is_sound());
    }
}
