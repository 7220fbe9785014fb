//! Departments are told by signed messages, again until they take them, and nothing leads elsewhere.

use std::sync::{Arc, Mutex};

use domain::role::Role;
use ingest::Secret;
use jiff::SignedDuration;
use serde_json::json;
use server::{
    config::Webhook,
    officers::webhooks::{DELIVERY, SIGNATURE, signature},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpListener,
};

use crate::support::{Colleague, Portal, Told, until};

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

async fn portal(url: &str) -> Portal {
    let hook = Webhook {
        url: url.to_owned(),
        secret: Secret::new(SECRET),
        department: "water".into(),
        kinds: Vec::new(),
    };
    Portal::with(|config| {
        config.reports.enabled = true;
        config.reports.webhooks = vec![hook];
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
    assert_eq!(portal.store().job_counts(portal.now()).await.unwrap().due, 0, "nothing else waits");
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
