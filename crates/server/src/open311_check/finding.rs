//! What a checker finds, and how it says so.

use std::{collections::BTreeMap, fmt};

/// What is looked at; each is a fault that some deployed server has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// The address answers.
    Reachable,
    /// A resource that exists is answered with 200, and one that does not with an error's status.
    Status,
    /// `text/xml` and `application/json`, each with its character set.
    MediaType,
    /// XML begins by saying that it is XML.
    Declaration,
    /// What is sent can be read in its format.
    WellFormed,
    /// JSON leaves out the root element of the XML.
    Unwrapped,
    /// Lists are arrays, also of one.
    Arrays,
    /// The fields that the specification asks for are there.
    Fields,
    /// JSON is the image of the XML.
    SameInBoth,
    /// Ids and codes are texts.
    TextIds,
    /// Dates name their zone.
    Zones,
    /// `metadata` tells whether there is a definition.
    Metadata,
    /// `status` filters.
    StatusFilter,
    /// Lists of ids are understood.
    CommaLists,
    /// Errors have a code and a description, in the format asked for.
    ErrorBodies,
    /// An error is no page of HTML with status 200.
    HtmlErrors,
    /// No callback of the caller's is written into an answer.
    NoJsonp,
    /// An answer has at most 1,000 requests, whatever is asked for.
    BoundedPages,
    /// Nobody must give an e-mail address.
    NoEmailNeeded,
}

impl Rule {
    /// Every rule, in the order of the report.
    pub const ALL: [Self; 19] = [
        Self::Reachable,
        Self::Status,
        Self::MediaType,
        Self::Declaration,
        Self::WellFormed,
        Self::Unwrapped,
        Self::Arrays,
        Self::Fields,
        Self::SameInBoth,
        Self::TextIds,
        Self::Zones,
        Self::Metadata,
        Self::StatusFilter,
        Self::CommaLists,
        Self::ErrorBodies,
        Self::HtmlErrors,
        Self::NoJsonp,
        Self::BoundedPages,
        Self::NoEmailNeeded,
    ];

    /// Its name in the report.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Reachable => "reachable",
            Self::Status => "status",
            Self::MediaType => "media-type",
            Self::Declaration => "xml-declaration",
            Self::WellFormed => "well-formed",
            Self::Unwrapped => "json-unwrapped",
            Self::Arrays => "arrays",
            Self::Fields => "fields",
            Self::SameInBoth => "same-in-both",
            Self::TextIds => "text-ids",
            Self::Zones => "zones",
            Self::Metadata => "metadata",
            Self::StatusFilter => "status-filter",
            Self::CommaLists => "comma-lists",
            Self::ErrorBodies => "error-bodies",
            Self::HtmlErrors => "html-errors",
            Self::NoJsonp => "no-jsonp",
            Self::BoundedPages => "bounded-pages",
            Self::NoEmailNeeded => "no-email-needed",
        }
    }

    /// What a server should do.
    pub const fn advice(self) -> &'static str {
        match self {
            Self::Reachable => "answer over HTTP within 30 seconds, with at most 32 MiB",
            Self::Status => "answer 200 to what exists and 404 to what does not",
            Self::MediaType => {
                "send text/xml; charset=utf-8 and application/json; charset=utf-8, never application/xml"
            }
            Self::Declaration => "begin XML with <?xml version=\"1.0\" encoding=\"utf-8\"?>",
            Self::WellFormed => "send what a reader of the format can read, in UTF-8",
            Self::Unwrapped => {
                "leave out the XML's root element in JSON: [...], not {\"services\": [...]}"
            }
            Self::Arrays => "send an array also where there is one element, or none",
            Self::Fields => "send every required field of the specification",
            Self::SameInBoth => "make JSON from the same values as XML, by the Spark rule",
            Self::TextIds => "send ids and codes as texts: \"001\" is no number",
            Self::Zones => "end every date with Z or an offset such as +08:00",
            Self::Metadata => "say metadata: true of a service whose definition has attributes",
            Self::StatusFilter => "answer status=open and status=closed with such requests alone",
            Self::CommaLists => "understand service_request_id=a,b as two requests",
            Self::ErrorBodies => {
                "answer errors with an array of code and description, in the format asked for"
            }
            Self::HtmlErrors => "never answer an error with a page of HTML and status 200",
            Self::NoJsonp => "ignore callback and jsonp: any page could read what is sent for them",
            Self::BoundedPages => "send at most 1,000 requests, whatever page_size says",
            Self::NoEmailNeeded => {
                "take requests without an e-mail address: the specification makes it optional"
            }
        }
    }
}

/// One fault and where it was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Against which rule.
    pub rule: Rule,
    /// What was asked: the method and the address.
    pub asked: String,
    /// What was wrong with the answer.
    pub seen: String,
}

/// What became of each rule.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    /// Faults, in the order they were seen.
    pub faults: Vec<Finding>,
    /// Rules that could not be judged, and why.
    pub unjudged: BTreeMap<Rule, &'static str>,
    /// Requests sent.
    pub requests: usize,
}

/// Faults of one rule that are told in full; of more the count.
const TOLD: usize = 3;

impl Findings {
    /// Whether any fault is against `rule`.
    pub fn has(&self, rule: Rule) -> bool {
        self.faults.iter().any(|fault| fault.rule == rule)
    }

    fn told(&self, f: &mut fmt::Formatter<'_>, rule: Rule) -> fmt::Result {
        let faults: Vec<_> = self.faults.iter().filter(|fault| fault.rule == rule).collect();
        let name = rule.key();
        match (faults.len(), self.unjudged.get(&rule)) {
            (0, Some(why)) => writeln!(f, "  ?   {name}: {why}"),
            (0, None) => writeln!(f, "  ok  {name}"),
            (count, _) => {
                writeln!(f, "FAULT {name}: {}", rule.advice())?;
                for fault in faults.iter().take(TOLD) {
                    writeln!(f, "        {}\n          {}", fault.asked, fault.seen)?;
                }
                match count.checked_sub(TOLD) {
                    Some(more) if more > 0 => writeln!(f, "        and {more} more"),
                    _ => Ok(()),
                }
            }
        }
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for rule in Rule::ALL {
            self.told(f, rule)?;
        }
        let broken = Rule::ALL.into_iter().filter(|rule| self.has(*rule)).count();
        write!(f, "{} requests; {broken} of {} rules broken", self.requests, Rule::ALL.len())?;
        match self.unjudged.keys().filter(|rule| !self.has(**rule)).count() {
            0 => Ok(()),
            unjudged => write!(f, ", {unjudged} not judged"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_its_line_and_faults_are_told_with_what_was_asked() {
        let fault = |n: usize| Finding {
            rule: Rule::Zones,
            asked: format!("GET requests.json?page={n}"),
            seen: "requested_datetime is \"2026-11-23T10:00:00\"".to_owned(),
        };
        let findings = Findings {
            faults: (0..5).map(fault).collect(),
            unjudged: [(Rule::BoundedPages, "there are fewer than 1,000 requests")].into(),
            requests: 20,
        };
        let text = findings.to_string();
        assert_eq!(text.lines().filter(|line| line.starts_with("  ok  ")).count(), 17);
        for part in [
            "FAULT zones: end every date with Z",
            "GET requests.json?page=2",
            "and 2 more",
            "  ?   bounded-pages: there are fewer",
            "20 requests; 1 of 19 rules broken, 1 not judged",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert!(!text.contains("page=3"));
        let keys: std::collections::BTreeSet<_> = Rule::ALL.map(Rule::key).into();
        assert_eq!(keys.len(), Rule::ALL.len());
    }
}
