//! An issue of the rectification ledger and the office that brings it to its end.

use contract::{
    officer::record::ItemCase,
    paths,
    problem::Code,
    rectification::{Objection, ObjectionTaken},
};
use domain::role::Role;
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::{Answer, Colleague, Portal};

/// The facts of an issue.
pub(crate) fn facts() -> Value {
    json!({ "source": "self_found", "batch": "2026 年第四季度自查", "medium": "water",
        "title": "桃花溪排口雨天溢流", "text": "排口雨天有污水溢流入溪。", "origin": "recorded" })
}

/// A record as evidence.
fn record(note: &str) -> Value {
    json!([{ "kind": "record", "phase": "after", "note": note }])
}

/// The people an issue needs: none of them can bring it to its end alone.
pub(crate) struct Office<'a> {
    portal: &'a Portal,
    pub(crate) triage: Colleague<'a>,
    /// Of the responsible unit.
    pub(crate) handler: Colleague<'a>,
    pub(crate) verifier: Colleague<'a>,
    pub(crate) second: Colleague<'a>,
    pub(crate) publisher: Colleague<'a>,
}

impl<'a> Office<'a> {
    pub(crate) async fn of(portal: &'a Portal) -> Self {
        let handler =
            Colleague::of(portal, "handler", &[Role::Handler], Some("city_management")).await;
        handler.sign_in().await;
        let signed_in = async |name, role| Colleague::signed_in(portal, name, &[role]).await;
        Self {
            portal,
            triage: signed_in("triage", Role::Triage).await,
            handler,
            verifier: signed_in("verifier", Role::Verifier).await,
            second: signed_in("second", Role::Verifier).await,
            publisher: signed_in("publisher", Role::Publisher).await,
        }
    }

    /// Records an issue and brings it as far as `stage`; the last event is the newest version.
    pub(crate) async fn brings(&self, number: &str, stage: &str) -> ItemCase {
        let new = json!({ "number": number, "on": "2026-11-02", "facts": facts() });
        let opened = self.triage.post("record/items", new).await;
        assert_eq!(opened.status, 201, "{}", opened.text());
        let case: ItemCase = opened.read();
        if case.stage.key() == stage { case } else { self.goes_on(number, stage).await }
    }

    /// Brings an issue that was recorded as far as `stage`.
    pub(crate) async fn goes_on(&self, number: &str, stage: &str) -> ItemCase {
        for (who, body) in self.steps() {
            let case = who.does(number, body).await;
            if case.stage.key() == stage {
                return case;
            }
        }
        panic!("an issue never gets to {stage}");
    }

    fn steps(&self) -> Vec<(&Colleague<'a>, Value)> {
        let check = |step: &str| {
            json!({ "kind": "checked", "step": step, "passed": true, "record": "现场核查无溢流",
                "evidence": [] })
        };
        let today = domain::period::beijing_day(self.portal.now());
        let rules = self.portal.app().profile.record.rules;
        let window = rules.window(today, &self.portal.app().reports.calendar);
        vec![
            (
                &self.triage,
                json!({ "kind": "assigned", "unit": "city_management", "lead": null,
                    "term": "dated", "due": "2026-12-31" }),
            ),
            (
                &self.handler,
                json!({ "kind": "measures_set", "goal": "雨天无溢流", "measures": "清淤并修复截流井",
                    "plan": [], "reason": null }),
            ),
            (
                &self.handler,
                json!({ "kind": "progress", "permille": 600, "text": "清淤完成", "pace": null,
                    "evidence": [] }),
            ),
            (
                &self.handler,
                json!({ "kind": "done", "result": "截流井已修复", "evidence": record("验收记录 2026-11") }),
            ),
            (&self.handler, check("self_check")),
            (&self.verifier, check("preliminary")),
            (&self.second, check("acceptance")),
            (
                &self.publisher,
                json!({ "kind": "published", "from": window.from, "until": window.until,
                    "link": null }),
            ),
        ]
    }

    /// Lets days pass; whoever acts signs in again.
    pub(crate) async fn days_pass(&self, days: i64) {
        self.portal.pass(SignedDuration::from_hours(24 * days));
        for colleague in
            [&self.triage, &self.handler, &self.verifier, &self.second, &self.publisher]
        {
            colleague.sign_in().await;
        }
    }
}

impl Portal {
    /// A reader objects.
    pub(crate) async fn objects(&self, number: &str, text: &str) -> ObjectionTaken {
        let proof = Some(self.proof("203.0.113.9").await);
        let sent =
            Objection { text: text.into(), sealed_contact: None, proof, website: String::new() };
        let taken = self.post_json(&paths::objections(number), &sent).await;
        assert_eq!(taken.status, 201, "{}", taken.text());
        taken.read()
    }
}

impl Colleague<'_> {
    /// The issue.
    pub(crate) async fn issue(&self, number: &str) -> ItemCase {
        self.read(&format!("record/items/{number}")).await
    }

    /// Tries an event on the issue as it is now.
    pub(crate) async fn tries(&self, number: &str, body: Value) -> Answer {
        let version = self.issue(number).await.version;
        self.tries_on(number, version, body).await
    }

    /// Tries an event on that version.
    pub(crate) async fn tries_on(&self, number: &str, version: u32, body: Value) -> Answer {
        let act = json!({ "seen_version": version, "body": body });
        self.post(&format!("record/items/{number}/acts"), act).await
    }

    /// Does something to the issue; it must succeed.
    pub(crate) async fn does(&self, number: &str, body: Value) -> ItemCase {
        let answer = self.tries(number, body.clone()).await;
        assert_eq!(answer.status, 200, "{body}: {}", answer.text());
        answer.read()
    }

    /// Tries an event that a rule forbids now; the rule's sentence.
    pub(crate) async fn is_refused(&self, number: &str, body: Value) -> String {
        let answer = self.tries(number, body.clone()).await;
        let problem = answer.json();
        assert_eq!(
            (answer.status, problem["code"].as_str()),
            (409, Some(Code::Conflict.key())),
            "{body}: {}",
            answer.text()
        );
        problem["detail"].as_str().unwrap().to_owned()
    }
}
