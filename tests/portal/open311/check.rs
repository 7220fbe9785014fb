//! `bilan open311-check` on our own server, and on servers that have the faults it is there to find.

use std::collections::BTreeSet;

use server::open311_check::{Filing, Findings, Rule, Target, check};

use super::{
    faulty::{Fault, server},
    *,
};

async fn checked(endpoint: String, filing: Option<Filing>) -> Findings {
    check(&Target { endpoint, jurisdiction: None, filing }).await.unwrap()
}

fn broken(findings: &Findings) -> BTreeSet<&'static str> {
    findings.faults.iter().map(|fault| fault.rule.key()).collect()
}

#[tokio::test]
async fn nothing_is_wrong_with_our_own_server() {
    let city = City::start().await;
    let filing = Filing {
        api_key: city.key.clone(),
        lat: "29.5020".to_owned(),
        long: "106.5110".to_owned(),
    };
    let target = Target {
        endpoint: city.portal.url("open311/v2/"),
        jurisdiction: Some(OURS.to_owned()),
        filing: Some(filing),
    };
    let findings = check(&target).await.unwrap();
    assert!(findings.faults.is_empty(), "{findings}");
    let unjudged: Vec<_> = findings.unjudged.keys().copied().collect();
    assert_eq!(unjudged, [Rule::BoundedPages], "{findings}");
    assert_eq!(city.reports().await, 4, "the one that was sent");
}

#[tokio::test]
async fn an_empty_server_is_not_blamed_for_what_cannot_be_seen() {
    let city = City::empty().await;
    let findings = checked(city.portal.url("open311/v2"), None).await;
    assert!(findings.faults.is_empty(), "{findings}");
    for rule in [Rule::StatusFilter, Rule::CommaLists, Rule::NoEmailNeeded] {
        assert!(findings.unjudged.contains_key(&rule), "{findings}");
    }
    assert_eq!(city.reports().await, 0, "nothing was sent");
}

#[tokio::test]
async fn each_fault_of_deployed_servers_is_found_and_no_other_is_told() {
    let faults = [
        (Fault::Nothing, None),
        (Fault::JsonInsideItsRoot, Some(Rule::Unwrapped)),
        (Fault::OneIsNoArray, Some(Rule::Arrays)),
        (Fault::ApplicationXml, Some(Rule::MediaType)),
        (Fault::NoDeclaration, Some(Rule::Declaration)),
        (Fault::NoZone, Some(Rule::Zones)),
        (Fault::NumericIds, Some(Rule::TextIds)),
        (Fault::HtmlWith200, Some(Rule::HtmlErrors)),
        (Fault::MetadataAlwaysFalse, Some(Rule::Metadata)),
        (Fault::StatusIgnored, Some(Rule::StatusFilter)),
        (Fault::CommaListsNotUnderstood, Some(Rule::CommaLists)),
        (Fault::NoCodeInErrors, Some(Rule::ErrorBodies)),
        (Fault::Jsonp, Some(Rule::NoJsonp)),
        (Fault::UnboundedPages, Some(Rule::BoundedPages)),
        (Fault::EmailNeeded, Some(Rule::NoEmailNeeded)),
        (Fault::OtherValuesInJson, Some(Rule::SameInBoth)),
    ];
    for (fault, rule) in faults {
        let findings = checked(server(fault).await, None).await;
        let expected: BTreeSet<_> = rule.iter().map(|rule| rule.key()).collect();
        assert_eq!(broken(&findings), expected, "{fault:?}\n{findings}");
    }
}

#[tokio::test]
async fn where_nobody_answers_that_alone_is_said() {
    let gone = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", gone.local_addr().unwrap());
    drop(gone);
    let findings = checked(endpoint, None).await;
    assert_eq!(broken(&findings), BTreeSet::from(["reachable"]), "{findings}");
}
