//! A flood: what programs send waits, people get through, nobody is refused, and the server does not grow.
#![expect(clippy::unwrap_used, reason = "the helpers of tests fail by panicking, as tests do")]

mod served;

use std::{fs, time::Instant};

use contract::{
    paths,
    report::{Challenge, Proof, Receipt},
};
use domain::report::{ClaimCode, ReportId};
use futures_util::{StreamExt, stream};
use reqwest::Method;
use serde_json::{Value, json};
use served::{Officer, Portal, configured, report};
use server::{config::Rates, reports::challenge};

/// Submissions of programs in an hour: without a proof, with one that was used before, or with a forged one.
const SCRIPTED: u64 = 10_000;
/// Submissions of a program that does the work, from one address.
const LABOURED: u64 = 100;
/// People behind one address of a mobile network.
const PEOPLE: u64 = 50;
/// The address they share, and from which a tenth of the programs send, too.
const SHARED: &str = "203.0.113.77";
/// What the server may grow by; ten thousand reports on their way would be more.
const MOST_GROWTH: u64 = 160 << 20;

/// Ids and codes of submission number `n`; those of phones are random.
fn submission(n: u64) -> (String, Value) {
    let mut random = [0x5a; 13];
    random[..8].copy_from_slice(&n.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
    let id = ReportId::new(1_795_000_000_000 + n, random[..10].try_into().unwrap());
    let text = format!("第 {n} 次看到雨水口流出泡沫，晚上十点以后最多");
    (id.to_string(), report(&ClaimCode::from_random(random), &text, &[]))
}

/// What program number `n` sends, and from where: IPv4, and many networks of one IPv6 site.
fn scripted(n: u64, spent: &Proof) -> (String, Value) {
    let address = match n % 10 {
        0 => SHARED.to_owned(),
        1..5 => format!("2001:db8:77:{:x}::{n:x}", n % 5_000),
        _ => format!("198.18.{}.{}", n / 250 % 250, n % 250),
    };
    let (_, mut sent) = submission(n);
    if n.is_multiple_of(3) {
        sent["written_ms"] = 200.into();
    }
    // Programs fill in what they find, use a solution again, or forge one.
    match n / 10 % 10 {
        0 => sent["website"] = "http://spam.example".into(),
        1 => sent["proof"] = json!(spent),
        2 => sent["proof"] = json!(Proof { number: spent.number + n, ..spent.clone() }),
        3 => sent["text"] = "http://a http://b http://c".into(),
        _ => {}
    }
    (address, sent)
}

/// A challenge, solved as a browser solves it.
async fn solved(portal: &Portal, address: &str) -> Proof {
    let answer = portal.request_from(address, Method::GET, paths::REPORT_CHALLENGE).send().await;
    let asked: Challenge = answer.unwrap().json().await.unwrap();
    tokio::task::spawn_blocking(move || challenge::solve(&asked).unwrap()).await.unwrap()
}

/// Whether the report waits behind the others; it is taken in any case.
async fn delayed(portal: &Portal, address: &str, id: &str, sent: &Value) -> bool {
    let request = portal.request_from(address, Method::PUT, &paths::report(id)).json(sent);
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), 201, "nobody is refused: {}", answer.text().await.unwrap());
    answer.json::<Receipt>().await.unwrap().delayed
}

/// A report with the work done for it.
async fn proved(portal: &Portal, address: &str, n: u64) -> bool {
    let (id, mut sent) = submission(n);
    sent["proof"] = json!(solved(portal, address).await);
    delayed(portal, address, &id, &sent).await
}

/// How many of these are not behind the others.
fn queued(delayed: &[bool]) -> u64 {
    delayed.iter().filter(|delayed| !**delayed).count() as u64
}

fn status(portal: &Portal, name: &str) -> u64 {
    let text = fs::read_to_string(format!("/proc/{}/status", portal.pid())).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    line.trim_start_matches(':').trim().trim_end_matches(" kB").parse::<u64>().unwrap() << 10
}

/// Cases in a queue, as an officer sees it.
async fn in_queue(portal: &Portal, officer: &Officer, queue: &str) -> u64 {
    let path = format!("cases?queue={queue}");
    let answer = officer.send(portal, Method::GET, &path, Value::Null).await;
    answer.json::<Value>().await.unwrap()["total"].as_u64().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn of_ten_thousand_scripted_submissions_few_reach_the_queue_and_fifty_people_do() {
    let folder = configured("warn");
    let mut officer = Officer::added(folder.path(), "triage", &["triage"]);
    let portal = Portal::start(folder);
    officer.sign_in(&portal, "四个普通的词语放在一起，够长").await;
    let (rates, portal) = (Rates::default(), &portal);
    let spent = solved(portal, "192.0.2.1").await;
    let (id, mut first) = submission(9_000_000);
    first["proof"] = json!(spent);
    assert!(!delayed(portal, "192.0.2.1", &id, &first).await);

    let (began, before) = (Instant::now(), status(portal, "VmRSS"));
    let programs = stream::iter(0..SCRIPTED).map(|n| {
        let (id, (address, sent)) = (submission(n).0, scripted(n, &spent));
        async move { delayed(portal, &address, &id, &sent).await }
    });
    let workers = stream::iter(0..LABOURED).map(|n| proved(portal, "198.51.100.9", 1_000_000 + n));
    let people = stream::iter(0..PEOPLE).map(|n| proved(portal, SHARED, 2_000_000 + n));
    let (programs, workers, people) = tokio::join!(
        programs.buffer_unordered(32).collect::<Vec<_>>(),
        workers.buffer_unordered(2).collect::<Vec<_>>(),
        people.buffer_unordered(4).collect::<Vec<_>>(),
    );
    let seconds = began.elapsed().as_secs();
    let growth = status(portal, "VmHWM").saturating_sub(before);
    let (normal, behind) =
        (in_queue(portal, &officer, "normal").await, in_queue(portal, &officer, "delayed").await);
    println!(
        "flood: {} of {SCRIPTED} scripted submissions in the normal queue (at most {} an hour), {} of {LABOURED} with \
         work from one address (at most {}), {} of {PEOPLE} people behind one address; officers see {normal} and \
         {behind} delayed; {seconds} s, growth at most {} MiB",
        queued(&programs),
        rates.unproved_per_hour,
        queued(&workers),
        rates.proved_per_client,
        queued(&people),
        growth >> 20
    );
    // What leaks from a bucket while the flood lasts is room again.
    let within = |per_hour: u32| u64::from(per_hour) + u64::from(per_hour) * seconds / 3_600 + 1;
    assert!(queued(&programs) <= within(rates.unproved_per_hour));
    assert!(queued(&workers) <= within(rates.proved_per_client));
    assert_eq!(queued(&people), PEOPLE);
    assert_eq!(normal, queued(&programs) + queued(&workers) + queued(&people) + 1);
    assert_eq!(normal + behind, SCRIPTED + LABOURED + PEOPLE + 1, "nothing is lost");
    assert!(normal <= within(rates.queue_per_hour));
    assert!(growth < MOST_GROWTH, "{growth} bytes");
}
