use jiff::{SignedDuration, Timestamp};
use store::{Job, JobCounts, NewJob, Store};

use crate::support::*;

fn job(kind: &str, run: Timestamp, key: Option<&str>) -> NewJob {
    NewJob {
        kind: kind.to_owned(),
        body: r#"{"to":"water"}"#.to_owned(),
        key: key.map(str::to_owned),
        run,
    }
}

fn later(minutes: i64) -> Timestamp {
    now() + SignedDuration::from_mins(minutes)
}

async fn claim(store: &Store, kinds: &[&str], at: Timestamp) -> Option<Job> {
    store.claim_job(kinds, at, SignedDuration::from_mins(5)).await.unwrap()
}

#[tokio::test]
async fn the_job_that_is_due_longest_comes_first_and_only_to_who_can_do_it() {
    let scene = Scene::open().await;
    let jobs = vec![
        job("notify", later(-1), None),
        job("notify", later(-2), None),
        job("seal", later(-3), None),
        job("notify", later(1), None),
    ];
    scene.store.add_jobs(jobs).await.unwrap();
    let counts = JobCounts { due: 3, later: 1, given_up: 0 };
    assert_eq!(scene.store.job_counts(now()).await.unwrap(), counts);
    assert!(claim(&scene.store, &["other"], now()).await.is_none());
    for run in [later(-2), later(-1)] {
        let claimed = claim(&scene.store, &["notify"], now()).await.unwrap();
        assert_eq!((claimed.run, claimed.attempt), (run, 1));
    }
    assert!(claim(&scene.store, &["notify"], now()).await.is_none());
    let any = claim(&scene.store, &["notify", "seal"], now()).await.unwrap();
    assert_eq!(any.kind, "seal");
}

#[tokio::test]
async fn a_job_is_claimed_by_one_however_many_ask() {
    let scene = Scene::open().await;
    scene.store.add_jobs((0..5).map(|_| job("notify", now(), None)).collect()).await.unwrap();
    let workers: Vec<_> = (0..20)
        .map(|_| {
            let store = scene.store.clone();
            tokio::spawn(async move { claim(&store, &["notify"], now()).await })
        })
        .collect();
    let mut claimed = Vec::new();
    for worker in workers {
        claimed.extend(worker.await.unwrap().map(|job| job.id));
    }
    claimed.sort_unstable();
    assert_eq!(claimed, [1, 2, 3, 4, 5]);
}

#[tokio::test]
async fn two_jobs_of_one_key_are_one_also_when_the_first_is_done() {
    let scene = Scene::open().await;
    let keyed = || vec![job("notify", now(), Some("report:1")), job("notify", now(), None)];
    scene.store.add_jobs(keyed()).await.unwrap();
    scene.store.add_jobs(vec![keyed().remove(0)]).await.unwrap();
    assert_eq!(scene.store.job_counts(now()).await.unwrap().due, 2);
    let first = claim(&scene.store, &["notify"], now()).await.unwrap();
    assert!(scene.store.finish_job(&first, now()).await.unwrap());
    assert!(!scene.store.finish_job(&first, now()).await.unwrap(), "it is done already");
    scene.store.add_jobs(vec![keyed().remove(0)]).await.unwrap();
    assert_eq!(scene.store.job_counts(now()).await.unwrap().due, 1);
}

#[tokio::test]
async fn who_does_not_finish_in_time_has_lost_the_job() {
    let scene = Scene::open().await;
    scene.store.add_jobs(vec![job("notify", now(), None)]).await.unwrap();
    let slow = claim(&scene.store, &["notify"], now()).await.unwrap();
    assert!(claim(&scene.store, &["notify"], later(4)).await.is_none());
    let second = claim(&scene.store, &["notify"], later(5)).await.unwrap();
    assert_eq!((second.id, second.attempt), (slow.id, 2));
    assert!(!scene.store.finish_job(&slow, later(6)).await.unwrap());
    assert!(!scene.store.fail_job(&slow, "late", None, later(6)).await.unwrap());
    assert!(scene.store.finish_job(&second, later(6)).await.unwrap());
    assert_eq!(scene.store.job_counts(later(60)).await.unwrap(), JobCounts::default());
}

#[tokio::test]
async fn a_failed_job_is_tried_again_when_it_was_said_until_it_is_given_up() {
    let scene = Scene::open().await;
    scene.store.add_jobs(vec![job("notify", now(), None)]).await.unwrap();
    let claimed = claim(&scene.store, &["notify"], now()).await.unwrap();
    assert!(scene.store.fail_job(&claimed, "503", Some(later(10)), now()).await.unwrap());
    assert!(claim(&scene.store, &["notify"], later(9)).await.is_none());
    let again = claim(&scene.store, &["notify"], later(10)).await.unwrap();
    assert_eq!(again.attempt, 2);
    assert!(scene.store.fail_job(&again, "410", None, later(10)).await.unwrap());
    assert!(claim(&scene.store, &["notify"], later(1_000)).await.is_none());
    let counts = scene.store.job_counts(later(1_000)).await.unwrap();
    assert_eq!(counts, JobCounts { due: 0, later: 0, given_up: 1 });
}
