//! Departments are told by signed messages, again until they take them, and nothing leads elsewhere.

use std::sync::{Arc, Mutex};

use domain::role::Role;
use ingest::Secret;
use jiff::SignedDuration;
use serde_json::json;
use server::{
    config::Webhook,
    jobs,
    officers::webhooks::{DELIVERY, SIGNATURE, signature},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpListener,
};

use crate::support::{Colleague, Portal, Told, claim_code, report_id, smoke, take_reports, until};

const SECRET: &str = "a secret of the water bureau";

/// What arrived: the head's lines and the body.
type Received = Arc<Mutex<Vec<(Vec<String>, String)>>>;

/// A department's server, which gives these answers one after the other, the last one for ever.
async fn department(answers: &'static [&'static str]) -> (String, Received) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/hooks", listener.local_addr().unwrap());
    let received = Received::default();
    let kept = received.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let mut stream = BufReader::new(stream);
            let mut head = Vec::new();
            loop {
                let mut line = String::new();
                stream.read_line(&mut line).await.unwrap();
                if line.trim().is_empty() {
                    break;
                }
                head.push(line.trim().to_owned());
            }
            let length = head.iter().find_map(|line| line.strip_prefix("content-length: "));
            let mut body = vec![0; length.map_or(0, |text| text.parse().unwrap())];
            stream.read_exact(&mut body).await.unwrap();
            let at = {
                let mut kept = kept.lock().unwrap();
                kept.push((head, String::from_utf8(body).unwrap()));
                kept.len() - 1
            };
            let answer = answers.get(at).or(answers.last()).unwrap();
            let answer =
                format!("HTTP/1.1 {answer}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    (address, received)
}

fn header<'a>(head: &'a [String], name: &str) -> &'a str {
    let found = head.iter().find_map(|line| line.strip_prefix(&format!("{name}: ")));
    found.unwrap_or_else(|| panic!("no {name} in {head:?}"))
}

fn hook(url: &str, department: &str) -> Webhook {
    Webhook {
        url: url.to_owned(),
        secret: Secret::new(SECRET),
        department: department.to_owned(),
        kinds: Vec::new(),
    }
}

async fn portal(url: &str) -> Portal {
    Portal::with(|config| {
        config.reports.enabled = true;
        config.reports.webhooks = vec![hook(url, "water")];
    })
    .await
}

async fn arrived(received: &Received, count: usize) -> (Vec<String>, String) {
    let what = format!("message {count}");
    until(&what, async || received.lock().unwrap().get(count - 1).cloned()).await
}

#[tokio::test]
async fn a_department_is_told_of_its_cases_and_of_nothing_else() {
    let (url, received) = department(&["204 No Content"]).await;
    let portal = portal(&url).await;
    let triage = Colleague::signed_in(&portal, "triage", &[Role::Triage]).await;
    let id = portal.report(Told::of("金丝雀在桃花溪边唱歌")).await;
    triage.act(&id, "accept", json!({})).await;
    triage.act(&id, "dispatch", json!({ "department": "water" })).await;
    triage.act(&id, "note", json!({ "text": "内部备注" })).await;
    triage.act(&id, "dispatch", json!({ "department": "police" })).await;
    triage.act(&id, "extend", json!({ "reason": "待查" })).await;
    let (head, body) = arrived(&received, 1).await;
    let told: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!(
        (told["event"].as_str(), told["public_id"].as_str()),
        (Some("dispatch"), Some(id.as_str()))
    );
    assert_eq!(
        (told["state"].as_str(), told["department"].as_str()),
        (Some("dispatched"), Some("water"))
    );
    for private in ["金丝雀", "huayan", "106.", "106495300", "triage"] {
        assert!(!body.contains(private), "{private} in {body}");
    }
    let stated = header(&head, SIGNATURE);
    let seconds: i64 =
        stated.strip_prefix("t=").unwrap().split(',').next().unwrap().parse().unwrap();
    let at = jiff::Timestamp::from_second(seconds).unwrap();
    assert_eq!(stated, signature(SECRET, at, &body));
    assert!((portal.now().as_second() - seconds).abs() < 60);
    let (_, second) = arrived(&received, 2).await;
    assert!(
        second.contains("\"department\":\"police\""),
        "who had it is told that it is gone: {second}"
    );
    let idle =
        async || (portal.store().job_counts(portal.now()).await.unwrap().due == 0).then_some(());
    until("nothing else waits", idle).await;
    assert_eq!(received.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn a_delivery_that_fails_is_sent_again_later_under_the_same_number() {
    let (url, received) =
        department(&["500 Oops", "302 Found\r\nlocation: http://127.0.0.1:1/", "200 OK"]).await;
    let portal = portal(&url).await;
    let triage = Colleague::signed_in(&portal, "triage", &[Role::Triage]).await;
    let id = portal.report(Told::of("油花")).await;
    triage.act(&id, "accept", json!({})).await;
    triage.act(&id, "dispatch", json!({ "department": "water" })).await;
    let (first, body) = arrived(&received, 1).await;
    let number = header(&first, DELIVERY).to_owned();
    let mut later = first;
    for (count, seconds) in [(2, 31), (3, 121)] {
        let waits = async || {
            let counts = portal.store().job_counts(portal.now()).await.unwrap();
            (counts.later == 1).then_some(())
        };
        until("the failure is noted", waits).await;
        portal.pass(SignedDuration::from_secs(seconds));
        let (head, again) = arrived(&received, count).await;
        assert_eq!((header(&head, DELIVERY), again.as_str()), (number.as_str(), body.as_str()));
        assert_ne!(header(&head, SIGNATURE), header(&later, SIGNATURE), "signed anew");
        later = head;
    }
    let done = async || {
        let counts = portal.store().job_counts(portal.now()).await.unwrap();
        (counts.due + counts.later + counts.given_up == 0).then_some(())
    };
    until("the delivery is done", done).await;
}

#[tokio::test]
async fn who_hears_of_everything_is_told_of_a_new_report_once_it_is_in_the_queue() {
    let (url, received) = department(&["204 No Content"]).await;
    let (others, theirs) = department(&["204 No Content"]).await;
    let portal = Portal::with(|config| {
        take_reports(config);
        config.reports.rates.unproved_per_hour = 2;
        config.reports.webhooks = vec![hook(&url, ""), hook(&others, "water")];
    })
    .await;
    let mut numbers = Vec::new();
    for n in 0..3 {
        numbers.push(portal.file(n, &smoke(n)).await.public_id);
    }
    // The same report again is no new one.
    assert_eq!(portal.send_report(&report_id(0), &smoke(0)).await.status, 200);
    let mut told = Vec::new();
    for count in [1, 2] {
        told.push(arrived(&received, count).await.1);
    }
    portal.pass(SignedDuration::from_hours(1));
    jobs::look_after_reports(portal.app()).await;
    told.push(arrived(&received, 3).await.1);
    for (n, (number, body)) in numbers.iter().zip(&told).enumerate() {
        let body: serde_json::Value = serde_json::from_str(body).unwrap();
        assert_eq!(
            (body["event"].as_str(), body["state"].as_str()),
            (Some("received"), Some("submitted"))
        );
        assert_eq!(body["public_id"].as_str(), Some(number.as_str()), "report {n}");
    }
    for private in ["烟囱", "106.", "106511", &claim_code(0), &report_id(0)] {
        assert!(!told.concat().contains(private), "{private} in {told:?}");
    }
    assert_eq!(received.lock().unwrap().len(), 3);
    assert!(theirs.lock().unwrap().is_empty(), "it is nobody's case yet");
}
