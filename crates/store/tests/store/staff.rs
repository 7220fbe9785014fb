use jiff::SignedDuration;
use store::{AuditFilter, NewSession, NewWebhook, Page, StaffEdit, StoreError};

use crate::{filing::*, support::*};

fn hours(number: i64) -> jiff::Timestamp {
    now() + SignedDuration::from_hours(number)
}

async fn with_li() -> (Scene, i64) {
    let scene = Scene::open().await;
    let li = scene.store.add_staff(new_staff("li"), audit("user_add", "li")).await.unwrap();
    (scene, li)
}

fn session(token: u8, staff: i64) -> NewSession {
    NewSession { token_hash: [token; 32], staff, created: now(), expires: hours(8) }
}

#[tokio::test]
async fn a_name_belongs_to_one_officer_for_good() {
    let (scene, li) = with_li().await;
    let second = scene.store.add_staff(new_staff("li"), audit("user_add", "li")).await;
    assert!(matches!(second, Err(StoreError::StaffNameInUse(name)) if name == "li"));
    let off = StaffEdit { active: Some(false), ..StaffEdit::default() };
    scene.store.update_staff("li", 1, off, audit("user_change", "li")).await.unwrap();
    scene.store.add_staff(new_staff("li"), audit("user_add", "li")).await.unwrap_err();
    let found = scene.store.staff_by_name("li").await.unwrap().unwrap();
    assert_eq!((found.id, found.active, found.version), (li, false, 2));
    assert!(scene.store.staff_by_name("LI").await.unwrap().is_none());
    // Refused additions leave no line in the log either.
    assert_eq!(scene.rows("audit_log"), 2);
}

#[tokio::test]
async fn an_edit_of_an_old_version_names_who_was_first() {
    let (scene, li) = with_li().await;
    let rename =
        |name: &str| StaffEdit { display_name: Some(name.to_owned()), ..StaffEdit::default() };
    let mut entry = audit("user_change", "li");
    entry.staff = Some(li);
    let renamed = scene.store.update_staff("li", 1, rename("李工"), entry.clone()).await.unwrap();
    assert_eq!((renamed.display_name.as_str(), renamed.roles.as_str()), ("李工", r#"["triage"]"#));
    match scene.store.update_staff("li", 1, rename("王工"), entry.clone()).await {
        Err(StoreError::Stale { by, what, .. }) => {
            assert_eq!((by.as_str(), what.as_str()), ("李工", "user_change"));
        }
        other => panic!("{:?}", other.map(|staff| staff.name)),
    }
    let nobody = scene.store.update_staff("wang", 1, rename("王工"), entry).await;
    assert!(matches!(nobody, Err(StoreError::NoSuch { what: "officer", .. })));
}

#[tokio::test]
async fn a_code_of_the_authenticator_counts_once() {
    let (scene, li) = with_li().await;
    scene.store.sign_in_failed(li, None).await.unwrap();
    scene.store.sign_in_failed(li, Some(hours(1))).await.unwrap();
    let locked = scene.store.staff(li).await.unwrap().unwrap();
    assert_eq!((locked.failures, locked.locked_until), (2, Some(hours(1))));
    assert!(scene.store.sign_in_succeeded(li, 100, now()).await.unwrap());
    let signed_in = scene.store.staff(li).await.unwrap().unwrap();
    assert_eq!((signed_in.failures, signed_in.locked_until), (0, None));
    assert_eq!(signed_in.signed_in, Some(now()));
    for step in [100, 99] {
        assert!(!scene.store.sign_in_succeeded(li, step, now()).await.unwrap(), "{step}");
    }
    assert!(scene.store.sign_in_succeeded(li, 101, now()).await.unwrap());
}

#[tokio::test]
async fn a_session_lasts_until_it_ends_is_closed_or_its_officer_is() {
    let (scene, li) = with_li().await;
    let live = |token: u8, at| {
        let store = scene.store.clone();
        async move { store.session([token; 32], at).await.unwrap().is_some() }
    };
    for token in [1, 2] {
        scene.store.open_session(session(token, li)).await.unwrap();
    }
    assert!(live(1, hours(7)).await && !live(1, hours(8)).await && !live(9, now()).await);
    scene.store.touch_session([1; 32], hours(7), hours(15)).await.unwrap();
    assert!(live(1, hours(14)).await);
    scene.store.close_session([1; 32], hours(7)).await.unwrap();
    assert!(!live(1, hours(7)).await && live(2, hours(7)).await);
    let off = StaffEdit { active: Some(false), ..StaffEdit::default() };
    scene.store.update_staff("li", 1, off, audit("user_change", "li")).await.unwrap();
    assert!(!live(2, now()).await);
}

#[tokio::test]
async fn a_replaced_token_is_good_for_requests_under_way_and_for_no_second_one() {
    let (scene, li) = with_li().await;
    scene.store.open_session(session(1, li)).await.unwrap();
    let grace = now() + SignedDuration::from_secs(30);
    let replace = |new: u8| scene.store.replace_session([1; 32], [new; 32], now(), grace);
    assert!(replace(2).await.unwrap());
    assert!(!replace(3).await.unwrap());
    let live = |token: u8, at| scene.store.session([token; 32], at);
    assert!(live(1, now()).await.unwrap().is_some());
    assert!(live(1, grace).await.unwrap().is_none());
    assert!(live(3, now()).await.unwrap().is_none());
    assert_eq!(live(2, grace).await.unwrap().unwrap().created, now());
    // Signing out everywhere reaches a token that is on its way out, too.
    scene.store.close_sessions_of(li, now()).await.unwrap();
    assert!(live(1, now()).await.unwrap().is_none() && live(2, now()).await.unwrap().is_none());
}

#[tokio::test]
async fn a_change_of_roles_or_password_ends_the_sessions_and_a_new_name_does_not() {
    let (scene, li) = with_li().await;
    let edits = [
        (StaffEdit { display_name: Some("李工".to_owned()), ..StaffEdit::default() }, true),
        (StaffEdit { department: Some(Some("water".to_owned())), ..StaffEdit::default() }, true),
        (StaffEdit { roles: Some("[]".to_owned()), ..StaffEdit::default() }, false),
        (StaffEdit { password: Some(("$new".to_owned(), false)), ..StaffEdit::default() }, false),
        (StaffEdit { totp_secret: Some(vec![1]), ..StaffEdit::default() }, false),
    ];
    for (number, (edit, stays)) in (1_u8..).zip(edits) {
        scene.store.open_session(session(number, li)).await.unwrap();
        let version = u32::from(number);
        let changed = scene.store.update_staff("li", version, edit, audit("user_change", "li"));
        assert_eq!(changed.await.unwrap().version, version + 1);
        let session = scene.store.session([number; 32], now()).await.unwrap();
        assert_eq!(session.is_some(), stays, "edit {number}");
    }
    let li = scene.store.staff(li).await.unwrap().unwrap();
    assert_eq!((li.department.as_deref(), li.must_change), (Some("water"), false));
}

#[tokio::test]
async fn the_log_is_filtered_and_cannot_be_rewritten() {
    let (scene, li) = with_li().await;
    for number in 0..5 {
        let mut entry = audit("accept", &public_id(number));
        (entry.staff, entry.at) = (Some(li), hours(i64::from(number)));
        scene.store.audit(entry).await.unwrap();
    }
    let asked = |filter: AuditFilter| scene.store.audit_entries(filter, first(2));
    let all = AuditFilter::default;
    for (filter, total) in [
        (all(), 6),
        (AuditFilter { staff_name: Some("li".to_owned()), ..all() }, 5),
        (AuditFilter { staff_name: Some("wang".to_owned()), ..all() }, 0),
        (AuditFilter { action: Some("user_add".to_owned()), ..all() }, 1),
        (AuditFilter { subject: Some(public_id(3)), ..all() }, 1),
        (AuditFilter { from: Some(hours(1)), to: Some(hours(3)), ..all() }, 2),
    ] {
        let page = asked(filter.clone()).await.unwrap();
        assert_eq!((page.total, page.entries.len()), (total, total.min(2) as usize), "{filter:?}");
    }
    let newest = asked(all()).await.unwrap().entries.remove(0);
    assert_eq!((newest.entry.subject, newest.staff_name), (public_id(4), Some("li".to_owned())));
    let last = Page { number: 2, size: 2 };
    let oldest = scene.store.audit_entries(all(), last).await.unwrap().entries.pop().unwrap();
    assert_eq!(oldest.entry.action, "user_add");
    for sql in ["update audit_log set action = 'x'", "delete from audit_log"] {
        scene.tamper(sql).unwrap_err();
    }
}

#[tokio::test]
async fn an_address_is_told_until_it_is_switched_off() {
    let scene = Scene::open().await;
    let hook = NewWebhook {
        department: Some("water".to_owned()),
        url: "https://water.example/hook".to_owned(),
        secret: vec![1, 2, 3],
        kinds: "[]".to_owned(),
    };
    let entry = || audit("webhook", "water");
    let number = scene.store.add_webhook(hook, entry()).await.unwrap();
    for error in [Some("timed out".to_owned()), Some("500".to_owned())] {
        scene.store.webhook_tried(number, now(), error).await.unwrap();
    }
    let failing = scene.store.webhooks().await.unwrap().remove(0);
    assert_eq!((failing.failures, failing.last_error.as_deref()), (2, Some("500")));
    scene.store.webhook_tried(number, hours(1), None).await.unwrap();
    assert!(scene.store.set_webhook_active(number, false, entry()).await.unwrap());
    assert!(!scene.store.set_webhook_active(77, false, entry()).await.unwrap());
    let quiet = scene.store.webhooks().await.unwrap().remove(0);
    assert_eq!((quiet.failures, quiet.last_error, quiet.active), (0, None, false));
    assert_eq!(scene.rows("audit_log"), 2);
}
