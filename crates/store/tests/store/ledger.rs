use domain::{
    ledger::{Body, Break, GENESIS, Head, LedgerActor, Why, verify},
    reward::{Amount, Ground, RewardState},
};
use jiff::SignedDuration;
use store::{NewLedgerEntry, Reward, StoreError};

use crate::{filing::*, support::*};

fn entry(body: Body) -> NewLedgerEntry {
    NewLedgerEntry { at: now(), actor: LedgerActor::Officer("li".to_owned()), body }
}

fn amount() -> Amount {
    Amount::from_fen(100_000)
}

fn reward(state: RewardState) -> Reward {
    Reward {
        state,
        amount_fen: Some(100_000),
        edition: "渝环规〔2025〕1号".to_owned(),
        tier: Some("clue".to_owned()),
        proposer: None,
        approver: None,
        payer: None,
        voucher: None,
        claim_due: None,
        body: "{}".to_owned(),
    }
}

/// Three reports received, one of them proposed and approved: five entries.
async fn five() -> Scene {
    let scene = Scene::open().await;
    for number in 1..=3 {
        let mut report = new_report(number);
        report.ledger = vec![entry(Body::Received { joint: None })];
        scene.file([report]).await;
    }
    let proposed = Body::Proposed { amount_fen: amount(), grounds: vec![Ground::Clue] };
    let approved = Body::Approved { amount_fen: amount() };
    change(&scene.store, 2, now(), move |change| {
        change.ledger = vec![entry(proposed), entry(approved)];
        change.reward = Some(reward(RewardState::Approved));
    })
    .await
    .unwrap();
    scene
}

async fn verified(scene: &Scene, published: &[Head]) -> Result<Head, Break> {
    let rows = scene.store.ledger(0, 100).await.unwrap();
    verify(rows.into_iter().map(Into::into), published)
}

#[tokio::test]
async fn the_ledger_is_one_chain_over_all_reports() {
    let empty = Scene::open().await;
    let nothing = Head { count: 0, hash: GENESIS };
    assert_eq!(empty.store.ledger_head().await.unwrap(), nothing);
    let scene = five().await;
    let head = scene.store.ledger_head().await.unwrap();
    assert_eq!((verified(&scene, &[head]).await, head.count), (Ok(head), 5));
    let of_second = scene.store.ledger_of(&id(2)).await.unwrap();
    let numbers: Vec<_> = of_second.iter().map(|row| (row.number, row.kind.as_str())).collect();
    assert_eq!(numbers, [(2, "received"), (4, "proposed"), (5, "approved")]);
    assert!(of_second[0].body.contains(&public_id(2)) && !of_second[0].body.contains(&id(2)));
    let rest = scene.store.ledger(3, 1).await.unwrap();
    assert_eq!((rest.len(), rest[0].number), (1, 4));
}

#[tokio::test]
async fn the_database_refuses_to_rewrite_the_ledger() {
    let scene = five().await;
    let before = verified(&scene, &[]).await.unwrap();
    let copied = "insert into reward_ledger
                      select 6, report, at_us, kind, body, prev_hash, zeroblob(32)
                      from reward_ledger where number = 3";
    let skipped = copied.replace("select 6", "select 9");
    for sql in [
        "update reward_ledger set at_us = 0 where number = 5",
        "delete from reward_ledger where number = 5",
        "insert or replace into reward_ledger select * from reward_ledger where number = 5",
        copied,
        &skipped,
    ] {
        scene.tamper(sql).unwrap_err();
    }
    assert_eq!(verified(&scene, &[before]).await, Ok(before));
}

#[tokio::test]
async fn whoever_gets_round_the_triggers_is_found_at_the_entry() {
    let free = "drop trigger reward_ledger_keeps_history; drop trigger reward_ledger_keeps_rows;";
    for (sql, index, why) in [
        (
            "update reward_ledger set body = replace(body, '100000', '900000') where number = 4",
            4,
            Why::Bytes,
        ),
        ("update reward_ledger set prev_hash = zeroblob(32) where number = 3", 3, Why::Previous),
        ("update reward_ledger set hash = zeroblob(32) where number = 2", 2, Why::Bytes),
        ("delete from reward_ledger where number = 3", 3, Why::Sequence(4)),
        ("delete from reward_ledger where number = 5", 5, Why::Missing),
    ] {
        let scene = five().await;
        let head = scene.store.ledger_head().await.unwrap();
        scene.tamper(&format!("{free} {sql}")).unwrap();
        assert_eq!(verified(&scene, &[head]).await, Err(Break { index, why }), "{sql}");
    }
}

#[tokio::test]
async fn no_row_can_be_changed_taken_out_or_moved_without_being_found() {
    const ROWS: u64 = 5;
    let free = "pragma ignore_check_constraints = on;
                drop trigger reward_ledger_keeps_history; drop trigger reward_ledger_keeps_rows;";
    let mut found = 0;
    for number in 1..=ROWS {
        let other = number % ROWS + 1;
        let edited = [
            "at_us = at_us + 1",
            "kind = case kind when 'received' then 'declined' else 'received' end",
            "body = replace(body, 'seq', 'sep')",
            "body = body || ' '",
            "prev_hash = randomblob(32)",
            "hash = randomblob(32)",
            "report = (select report from reward_ledger where report <> old.report limit 1)",
        ];
        let edits = edited.map(|set| {
            let set = set.replace(
                "old.report",
                &format!("(select report from reward_ledger where number = {number})"),
            );
            format!("update reward_ledger set {set} where number = {number};")
        });
        let gone = format!("delete from reward_ledger where number = {number};");
        // The bodies and hashes of two rows exchanged, then the rows as wholes.
        let column = |column: &str| {
            format!(
                "update reward_ledger set {column} = (select {column} from kept where kept.number = \
                 case reward_ledger.number when {number} then {other} else {number} end) \
                 where number in ({number}, {other});"
            )
        };
        let kept = "create temp table kept as select * from reward_ledger;";
        let bodies = format!("{kept} {}", column("body"));
        let moved = format!("{kept} {}", ["body", "kind", "at_us", "report"].map(column).concat());
        let renumbered = [(number, 0), (other, number), (0, other)]
            .map(|(from, to)| {
                format!("update reward_ledger set number = {to} where number = {from};")
            })
            .concat();
        for sql in edits.into_iter().chain([gone, bodies, moved, renumbered]) {
            let scene = five().await;
            let head = scene.store.ledger_head().await.unwrap();
            assert_eq!((verified(&scene, &[head]).await, head.count), (Ok(head), ROWS));
            scene.tamper(&format!("{free} {sql}")).unwrap();
            let broken = verified(&scene, &[head]).await.expect_err(&sql);
            assert!(broken.index >= number.min(other) && broken.index <= ROWS, "{broken:?}: {sql}");
            found += 1;
        }
    }
    println!("{found} changes of {ROWS} entries, each found");
    assert_eq!(found, 55);
}

#[tokio::test]
async fn an_entry_belongs_to_a_report() {
    let scene = five().await;
    scene.store.append_ledger(&id(3), vec![entry(Body::Declined)]).await.unwrap();
    assert_eq!(scene.store.ledger_of(&id(3)).await.unwrap().len(), 2);
    scene.store.append_ledger(&id(9), vec![entry(Body::Declined)]).await.unwrap_err();
    assert_eq!(verified(&scene, &[]).await.unwrap().count, 6);
}

#[tokio::test]
async fn an_award_is_changed_with_its_entry_or_not_at_all() {
    let scene = five().await;
    let row = scene.store.reward(&id(2)).await.unwrap().unwrap();
    assert_eq!((row.reward.state, row.version), (RewardState::Approved, 2));
    // The ledger refuses nothing, the award does: neither stays.
    let li = scene.store.add_staff(new_staff("li"), audit("add", "li")).await.unwrap();
    let same = change(&scene.store, 2, now(), move |change| {
        change.ledger = vec![entry(Body::Rejected)];
        let own =
            Reward { proposer: Some(li), approver: Some(li), ..reward(RewardState::Approved) };
        change.reward = Some(own);
    });
    assert!(matches!(same.await, Err(StoreError::Database(_))));
    assert_eq!(scene.store.ledger_head().await.unwrap().count, 5);
    assert_eq!(scene.store.reward(&id(2)).await.unwrap().unwrap(), row);
}

#[tokio::test]
async fn two_of_the_three_officers_are_never_the_same() {
    let scene = five().await;
    let mut officers = Vec::new();
    for name in ["li", "wang", "zhang"] {
        officers.push(scene.store.add_staff(new_staff(name), audit("add", name)).await.unwrap());
    }
    for proposer in &officers {
        for approver in &officers {
            for payer in &officers {
                let award = Reward {
                    proposer: Some(*proposer),
                    approver: Some(*approver),
                    payer: Some(*payer),
                    ..reward(RewardState::Paid)
                };
                let set =
                    change(&scene.store, 2, now(), |change| change.reward = Some(award)).await;
                let distinct = proposer != approver && approver != payer && payer != proposer;
                assert_eq!(set.is_ok(), distinct, "{proposer} {approver} {payer}");
            }
        }
    }
    let names = scene.store.reward(&id(2)).await.unwrap().unwrap().names;
    assert_eq!(names, ["ZHANG", "WANG", "LI"].map(|name| Some(name.to_owned())));
}

#[tokio::test]
async fn awards_are_found_by_state_voucher_and_lapsed_claim() {
    let scene = five().await;
    let waiting = Reward {
        voucher: Some("V7K3M9QXD2FHBC".to_owned()),
        claim_due: Some(now()),
        ..reward(RewardState::AwaitingClaim)
    };
    let same_voucher = waiting.clone();
    change(&scene.store, 1, now(), |change| change.reward = Some(waiting)).await.unwrap();
    let taken = change(&scene.store, 3, now(), |change| change.reward = Some(same_voucher));
    taken.await.unwrap_err();

    let store = &scene.store;
    let by_state = store.rewards_by_state().await.unwrap();
    assert_eq!(by_state, [(RewardState::Approved, 1), (RewardState::AwaitingClaim, 1)]);
    let approved = store.rewards(vec![RewardState::Approved], first(10)).await.unwrap();
    assert_eq!((approved.len(), approved[0].public_id.clone()), (1, public_id(2)));
    assert_eq!(store.rewards(Vec::new(), first(10)).await.unwrap().len(), 2);
    let found = store.reward_of_voucher("V7K3M9QXD2FHBC").await.unwrap().unwrap();
    assert_eq!(found.report, id(1));
    let lapsed = |at| store.rewards_lapsed(RewardState::AwaitingClaim, at);
    assert!(lapsed(now()).await.unwrap().is_empty());
    assert_eq!(lapsed(now() + SignedDuration::from_secs(1)).await.unwrap().len(), 1);
}
