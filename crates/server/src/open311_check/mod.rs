//! Looks at a server of Open311 GeoReport v2 as its clients do, in XML and JSON, and says which of the faults it has that
//! break them. Every rule is one that a deployed server has broken.

mod ask;
mod errors;
mod filing;
mod finding;
mod image;
mod lists;
mod walk;

use self::{ask::Asker, walk::Walk};
pub use self::{
    filing::Filing,
    finding::{Finding, Findings, Rule},
};

/// What to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The address that `discovery.xml` lies below.
    pub endpoint: String,
    /// Sent with every request, where a server has several.
    pub jurisdiction: Option<String>,
    /// With it one request is sent.
    pub filing: Option<Filing>,
}

/// Walks over the server.
///
/// # Errors
///
/// When no request can be made at all; what is wrong with the server is a finding.
pub async fn check(target: &Target) -> reqwest::Result<Findings> {
    let asker = Asker::new(&target.endpoint, target.jurisdiction.as_deref())?;
    let mut walk = Walk { asker, findings: Findings::default() };
    walk.discovery().await;
    let services = walk.services().await;
    if walk.findings.faults.iter().all(|fault| fault.rule == Rule::Reachable)
        && walk.findings.has(Rule::Reachable)
    {
        // Nobody is there: the rest would be the same sentence again.
        for rule in Rule::ALL.into_iter().filter(|rule| *rule != Rule::Reachable) {
            walk.cannot_judge(rule, "nothing answers");
        }
        return Ok(walk.findings);
    }
    walk.requests().await;
    walk.unknown_things().await;
    walk.callbacks().await;
    walk.filing(target.filing.as_ref(), &services).await;
    Ok(walk.findings)
}
