//! Staff sign in with password and code; sessions cannot be guessed, fixed, kept or used from elsewhere.

use std::time::{Duration, Instant};

use contract::officer::Session;
use domain::role::Role;
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::json;

use crate::support::{Answer, Colleague, Portal, take_reports};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

async fn portal() -> Portal {
    Portal::with(take_reports).await
}

async fn locked(colleague: &Colleague<'_>) -> Answer {
    colleague.try_sign_in("wrong", "000000").await
}

#[tokio::test]
async fn an_officer_signs_in_and_is_known_from_then_on() {
    let portal = portal().await;
    let li = Colleague::added(&portal, "li", &[Role::Triage]).await;
    assert_eq!(li.get("session").await.status, 401);
    let answer = li.try_sign_in(&li.credentials.password, &li.code()).await;
    let session: Session = answer.read();
    assert_eq!((session.name.as_str(), session.roles.as_slice()), ("li", &[Role::Triage][..]));
    assert!(session.choices.departments.iter().any(|choice| choice.key == "water"));
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-bilan=") && cookie.contains("Path=/;"), "{cookie}");
    for flag in ["HttpOnly", "SameSite=Strict", "Secure"] {
        assert!(cookie.split("; ").any(|part| part == flag), "{flag} of {cookie}");
    }
    let known = li.get("session").await;
    assert_eq!(known.header("cache-control"), "no-store");
    assert_eq!(known.read::<Session>().csrf, session.csrf);
}

#[tokio::test]
async fn below_a_base_path_the_cookie_stays_below_it_and_without_tls_it_bears_no_prefix() {
    let portal = Portal::with(|config| {
        config.reports.enabled = true;
        config.server.base_path = "/env/".into();
        config.server.public_url = "http://localhost:8080/env/".into();
    });
    let portal = portal.await;
    let li = Colleague::added(&portal, "li", &[Role::Triage]).await;
    let answer = li.try_sign_in(&li.credentials.password, &li.code()).await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("bilan=") && cookie.contains("Path=/env/console/;"), "{cookie}");
    assert!(!cookie.contains("Secure"), "{cookie}");
    assert_eq!(li.get("session").await.status, 200);
}

#[tokio::test]
async fn whatever_is_wrong_the_answer_and_its_time_are_the_same() {
    let portal = portal().await;
    let li = Colleague::added(&portal, "li", &[Role::Triage]).await;
    let gone = Colleague::added(&portal, "gone", &[Role::Triage]).await;
    let boss = Colleague::signed_in(&portal, "boss", &[Role::Administrator]).await;
    let body = json!({ "seen_version": 1, "active": false });
    assert_eq!(boss.patch("users/gone", body).await.status, 200);
    let nobody = Colleague::added(&portal, "nobody", &[]).await;
    let unknown = json!({ "name": "wang", "password": "x", "totp": nobody.code() });
    let mut bodies = Vec::new();
    for attempt in 0..4 {
        let began = Instant::now();
        let answer = match attempt {
            0 => li.try_sign_in("wrong", &li.code()).await,
            1 => li.try_sign_in(&li.credentials.password, "000000").await,
            2 => gone.try_sign_in(&gone.credentials.password, &gone.code()).await,
            _ => nobody.post("session", unknown.clone()).await,
        };
        assert!(began.elapsed() >= Duration::from_millis(390), "{:?}", began.elapsed());
        assert_eq!((answer.status, answer.header("set-cookie")), (401, ""), "attempt {attempt}");
        bodies.push(answer.text().to_owned());
    }
    bodies.dedup();
    assert_eq!(bodies.len(), 1, "{bodies:?}");
}

#[tokio::test]
async fn a_code_signs_in_once() {
    let portal = portal().await;
    let li = Colleague::added(&portal, "li", &[Role::Triage]).await;
    let code = li.code();
    assert_eq!(li.try_sign_in(&li.credentials.password, &code).await.status, 200);
    assert_eq!(li.try_sign_in(&li.credentials.password, &code).await.status, 401);
    portal.pass(SignedDuration::from_secs(30));
    assert_eq!(
        li.try_sign_in(&li.credentials.password, &code).await.status,
        401,
        "nor a step later"
    );
    assert_eq!(li.try_sign_in(&li.credentials.password, &li.code()).await.status, 200);
}

#[tokio::test]
async fn five_failures_lock_an_account_and_a_name_of_nobody_alike() {
    let portal = portal().await;
    let li = Colleague::added(&portal, "li", &[Role::Triage]).await;
    let wang = json!({ "name": "wang", "password": "x", "totp": "000000" });
    for _ in 0..5 {
        assert_eq!(locked(&li).await.status, 401);
        assert_eq!(li.post("session", wang.clone()).await.status, 401);
    }
    let (known, unknown) = (locked(&li).await, li.post("session", wang).await);
    assert_eq!((known.status, unknown.status), (429, 429));
    assert_eq!(known.text(), unknown.text());
    assert!(known.header("retry-after").parse::<u64>().unwrap() <= 31);
    let right = li.try_sign_in(&li.credentials.password, &li.code()).await;
    assert_eq!(right.status, 429, "the right password waits, too");
    portal.pass(MINUTE);
    assert_eq!(li.try_sign_in(&li.credentials.password, &li.code()).await.status, 200);
}

#[tokio::test]
async fn who_knows_a_name_cannot_keep_its_owner_out() {
    let portal = portal().await;
    let li = Colleague::added(&portal, "li", &[Role::Triage]).await;
    let first = li.try_sign_in(&li.credentials.password, &li.code()).await;
    let cookies = first.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
    let known = cookies.into_iter().find(|cookie| cookie.starts_with("__Host-bilan-known="));
    let known = known.unwrap().split(';').next().unwrap().to_owned();
    // Somebody else, elsewhere, until the lock is a long one.
    li.set_cookie("a=b");
    for _ in 0..5 {
        assert_eq!(locked(&li).await.status, 401);
    }
    portal.pass(MINUTE);
    assert_eq!(locked(&li).await.status, 401);
    let elsewhere = li.try_sign_in(&li.credentials.password, &li.code()).await;
    assert_eq!(elsewhere.status, 429, "a browser that nobody knows waits");
    li.set_cookie(&known);
    let own = li.try_sign_in(&li.credentials.password, &li.code()).await;
    assert_eq!(own.status, 200, "{}", own.text());
    // The cookie alone opens nothing, and guesses with it are counted like all others.
    li.set_cookie(&known);
    assert_eq!(li.get("session").await.status, 401);
    for _ in 0..5 {
        assert_eq!(locked(&li).await.status, 401);
    }
    assert_eq!(locked(&li).await.status, 429);
}

#[tokio::test]
async fn attempts_sent_at_once_count_like_attempts_in_a_row() {
    let portal = portal().await;
    let li = Colleague::added(&portal, "li", &[Role::Triage]).await;
    let attempts = (0..12).map(|_| locked(&li));
    let mut statuses: Vec<u16> = Vec::new();
    for answer in futures(attempts).await {
        statuses.push(answer.status);
    }
    let compared = statuses.iter().filter(|status| **status == 401).count();
    assert_eq!(compared, 5, "{statuses:?}");
}

/// All at once.
async fn futures<F: Future<Output = Answer>>(of: impl Iterator<Item = F>) -> Vec<Answer> {
    let mut waiting: Vec<_> = of.map(Box::pin).collect();
    let mut answers = Vec::new();
    std::future::poll_fn(|context| {
        waiting.retain_mut(|future| match future.as_mut().poll(context) {
            std::task::Poll::Ready(answer) => {
                answers.push(answer);
                false
            }
            std::task::Poll::Pending => true,
        });
        if waiting.is_empty() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    answers
}

#[tokio::test]
async fn a_session_cannot_be_fixed_beforehand() {
    let portal = portal().await;
    let li = Colleague::added(&portal, "li", &[Role::Triage]).await;
    let planted = format!("__Host-bilan={}", "A".repeat(43));
    li.set_cookie(&planted);
    li.sign_in().await;
    let first = li.cookie();
    assert_ne!(first, planted);
    portal.pass(SignedDuration::from_secs(30));
    li.sign_in().await;
    let second = li.cookie();
    assert_ne!(first, second);
    li.set_cookie(&first);
    assert_eq!(li.get("session").await.status, 401, "the session before has ended");
    li.set_cookie(&planted);
    assert_eq!(li.get("session").await.status, 401);
}

#[tokio::test]
async fn a_session_that_was_signed_out_cannot_be_used_again() {
    let portal = portal().await;
    let li = Colleague::signed_in(&portal, "li", &[Role::Triage]).await;
    let cookie = li.cookie();
    let answer = li.send(Method::DELETE, "session", None).await;
    assert_eq!(answer.status, 204);
    assert!(answer.header("set-cookie").contains("Max-Age=0"));
    li.set_cookie(&cookie);
    assert_eq!(li.get("session").await.status, 401);
}

#[tokio::test]
async fn a_token_in_use_is_replaced_and_the_old_one_is_soon_worth_nothing() {
    let portal = portal().await;
    let li = Colleague::added(&portal, "li", &[Role::Triage]).await;
    let session = li.sign_in().await;
    let old = li.cookie();
    portal.pass(MINUTE * 6);
    let kept = li.read::<Session>("session").await;
    assert_ne!(li.cookie(), old);
    assert_eq!(kept.csrf, session.csrf, "a page that is open goes on");
    let new = li.cookie();
    li.set_cookie(&old);
    assert_eq!(li.get("session").await.status, 200, "a request that was under way");
    portal.pass(MINUTE * 2);
    assert_eq!(li.get("session").await.status, 401);
    li.set_cookie(&new);
    assert_eq!(li.get("session").await.status, 200);
}

#[tokio::test]
async fn a_session_ends_when_nobody_uses_it_and_after_half_a_day_in_any_case() {
    let portal = portal().await;
    let li = Colleague::signed_in(&portal, "li", &[Role::Triage]).await;
    portal.pass(MINUTE * 31);
    assert_eq!(li.get("session").await.status, 401, "idle");
    li.sign_in().await;
    for quarter in 0..47 {
        portal.pass(MINUTE * 15);
        assert_eq!(li.get("session").await.status, 200, "after {quarter} quarters of an hour");
    }
    portal.pass(MINUTE * 20);
    assert_eq!(li.get("session").await.status, 401, "half a day has passed");
}

#[tokio::test]
async fn a_change_from_another_page_is_refused() {
    let portal = portal().await;
    let boss = Colleague::signed_in(&portal, "boss", &[Role::Administrator]).await;
    let path = "console/api/v1/users";
    let body = json!({ "name": "x1", "display_name": "x", "roles": [] });
    let change = || portal.request(Method::POST, path).header("cookie", boss.cookie()).json(&body);
    let header = contract::officer::CSRF_HEADER;
    let without = Answer::of(change().send().await.unwrap()).await;
    let wrong = Answer::of(change().header(header, "x").send().await.unwrap()).await;
    let foreign = change().header(header, boss.csrf()).header("sec-fetch-site", "same-site");
    let foreign = Answer::of(foreign.send().await.unwrap()).await;
    for answer in [without, wrong, foreign] {
        assert_eq!((answer.status, answer.json()["code"].as_str()), (403, Some("not_permitted")));
    }
    let own = change().header(header, boss.csrf()).header("sec-fetch-site", "same-origin");
    assert_eq!(own.send().await.unwrap().status(), 201);
}

#[tokio::test]
async fn without_the_servers_keys_nobody_signs_in() {
    let portal = Portal::start().await;
    let body = json!({ "name": "li", "password": "x", "totp": "000000" });
    let request = portal.request(Method::POST, "console/api/v1/session").json(&body);
    let answer = Answer::of(request.send().await.unwrap()).await;
    assert_eq!((answer.status, answer.json()["code"].as_str()), (503, Some("form_closed")));
}
