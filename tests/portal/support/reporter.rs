//! Somebody who reports, and an officer's hand where a story needs one.

use contract::{
    paths,
    public::Place,
    report::{Challenge, Location, Proof, Receipt, Submission},
};
use domain::report::{
    ActionKind, ActorRole, Answer, ClaimCode, EventBody, EventKind, PublicId, ReportId,
};
use reqwest::Method;
use server::reports::{arrived::after, cells, challenge};
use store::{NewReportEvent, PublicCopy, Publication, ReportChange, ReportRow, Seen, StoreError};

use super::{Answer as Reply, Portal};

/// Ids and codes are random; those of a story are counted, so that it can be told again.
pub(crate) fn report_id(n: u64) -> String {
    let mut random = [0; 10];
    random[2..].copy_from_slice(&n.to_be_bytes());
    ReportId::new(1_795_000_000_000 + n, random).to_string()
}

pub(crate) fn claim_code(n: u64) -> String {
    let mut random = [0x5a; 13];
    random[..8].copy_from_slice(&n.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
    ClaimCode::from_random(random).shown("JLP")
}

/// A report of a smell of rubber.
pub(crate) fn submission(n: u64) -> Submission {
    Submission {
        category: "air_odour".into(),
        answers: vec![Answer { code: "SMELL".into(), values: vec!["rubber".into()] }],
        text: format!("第 {n} 次闻到橡胶味，晚上十点以后最重"),
        location: Location {
            place: Some(Place { lon: 106.511, lat: 29.502 }),
            ..Location::default()
        },
        photos: Vec::new(),
        claim_code: claim_code(n),
        sealed_contact: None,
        lang: "zh-CN".into(),
        follows: None,
        proof: None,
        written_ms: Some(60_000),
        website: String::new(),
    }
}

/// The same from a chimney, which nobody lives in.
pub(crate) fn smoke(n: u64) -> Submission {
    Submission {
        category: "air_smoke".into(),
        answers: vec![Answer { code: "SOURCE".into(), values: vec!["chimney".into()] }],
        text: format!("烟囱冒黑烟 {n}"),
        ..submission(n)
    }
}

impl Portal {
    pub(crate) async fn send_report(&self, id: &str, sent: &Submission) -> Reply {
        let request = self.request(Method::PUT, &paths::report(id)).json(sent);
        Reply::of(request.send().await.unwrap()).await
    }

    /// Files report number `n`, which must be new.
    pub(crate) async fn file(&self, n: u64, sent: &Submission) -> Receipt {
        let answer = self.send_report(&report_id(n), sent).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        answer.read()
    }

    /// A challenge, solved as a browser solves it.
    pub(crate) async fn proof(&self, address: &str) -> Proof {
        let request = self.request(Method::GET, paths::REPORT_CHALLENGE);
        let answer = request.header("x-forwarded-for", address).send().await.unwrap();
        let challenge: Challenge = Reply::of(answer).await.read();
        challenge::solve(&challenge).unwrap()
    }

    pub(crate) async fn post_json(&self, path: &str, body: &impl serde::Serialize) -> Reply {
        Reply::of(self.request(Method::POST, path).json(body).send().await.unwrap()).await
    }

    /// The report with that number, as the store has it.
    pub(crate) async fn kept(&self, public_id: &str) -> ReportRow {
        let number = PublicId::parse(public_id).unwrap();
        self.store().report_by_public_id(number.as_str()).await.unwrap().unwrap()
    }

    /// Does to a report what an officer does with `kind`, without looking.
    pub(crate) async fn officer_does(
        &self,
        public_id: &str,
        kind: ActionKind,
        more: impl FnOnce(&mut ReportChange) + Send + 'static,
    ) {
        let (report, at) = (self.kept(public_id).await, self.now());
        let acted = self.store().act_on_report(&report.id, Seen::Any, move |_, report| {
            let mut change = ReportChange::of(report, "an officer", kind.key(), at);
            change.standing.state = report.standing.state.apply(kind).unwrap();
            change.events.push(NewReportEvent {
                at,
                actor: ActorRole::Officer,
                staff: None,
                kind: EventKind::of(kind),
                body: EventBody::default(),
            });
            more(&mut change);
            Ok::<_, StoreError>(change)
        });
        acted.await.unwrap();
    }

    /// Publishes a report with that text, and has the cells computed.
    pub(crate) async fn publish(&self, public_id: &str, text: &str) {
        let report = self.kept(public_id).await;
        let (text, day) = (text.to_owned(), domain::period::beijing_day(report.received));
        let day = after(day) - jiff::SignedDuration::from_hours(24);
        self.officer_does(public_id, ActionKind::Publish, move |change| {
            change.standing.publication = Publication::Published;
            change.standing.public = Some(PublicCopy {
                text,
                note: None,
                street: report.told.street,
                cell: None,
                at: day,
                changed: day,
            });
        })
        .await;
        cells::settle(self.app()).await.unwrap();
    }
}
