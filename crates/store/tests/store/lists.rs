//! Officers' queue, the public's list, and what neither may show.

use domain::report::{ActorRole, EventKind, State};
use jiff::SignedDuration;
use store::{
    Assignee, Bounds, Cell, CellRange, InboxFilter, InboxSort, NewReportPhoto, Page, PhotoEdit,
    PhotoState, Publication, PublishedFilter, Sender,
};

use crate::{filing::*, support::*};

/// Six reports a minute apart, the newest last; 3 and 6 of odour, 1 dispatched and overdue.
async fn six() -> Scene {
    let scene = Scene::open().await;
    for number in 1..=6 {
        let mut report = new_report(number);
        report.received = now() + SignedDuration::from_mins(i64::from(number));
        if number % 3 == 0 {
            report.category = "air_odour".to_owned();
            report.category_group = "air".to_owned();
            report.told.text = Some("100% 刺鼻 smell".to_owned());
        }
        scene.file([report]).await;
    }
    let officer = scene.store.add_staff(new_staff("li"), audit("add", "li")).await.unwrap();
    change(&scene.store, 1, now(), move |change| {
        change.standing.state = State::Dispatched;
        change.standing.department = Some("housing".to_owned());
        change.standing.assignee = Some(officer);
        change.standing.due = Some(now());
    })
    .await
    .unwrap();
    scene
}

async fn asked(scene: &Scene, filter: InboxFilter) -> Vec<u32> {
    let later = now() + SignedDuration::from_hours(1);
    let inbox = scene.store.inbox(filter, InboxSort::Newest, first(50), later).await.unwrap();
    assert_eq!(inbox.total, inbox.rows.len() as u64);
    inbox.rows.iter().map(|row| row.report.public_id[1..].parse().unwrap()).collect()
}

#[tokio::test]
async fn each_filter_narrows_the_queue_to_what_it_says() {
    let scene = six().await;
    let all = InboxFilter::default;
    let texts = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
    let later = now() + SignedDuration::from_hours(1);
    let from = now() + SignedDuration::from_mins(5);
    for (filter, expected) in [
        (all(), vec![6, 5, 4, 3, 2, 1]),
        (InboxFilter { states: vec![State::Dispatched], ..all() }, vec![1]),
        (InboxFilter { states: vec![State::Dispatched, State::Closed], ..all() }, vec![1]),
        (InboxFilter { categories: texts(&["air_odour"]), ..all() }, vec![6, 3]),
        (InboxFilter { groups: texts(&["noise", "water"]), ..all() }, vec![5, 4, 2, 1]),
        (InboxFilter { departments: texts(&["housing"]), ..all() }, vec![1]),
        (InboxFilter { streets: texts(&["elsewhere"]), ..all() }, vec![]),
        (InboxFilter { assignee: Some(Assignee::Nobody), ..all() }, vec![6, 5, 4, 3, 2]),
        (InboxFilter { assignee: Some(Assignee::Officer(1)), ..all() }, vec![1]),
        (InboxFilter { overdue_at: Some(now()), ..all() }, vec![]),
        (InboxFilter { overdue_at: Some(later), ..all() }, vec![1]),
        (InboxFilter { from: Some(from), ..all() }, vec![6, 5]),
        (InboxFilter { publication: Some(Publication::Published), ..all() }, vec![]),
        (InboxFilter { text: Some("刺鼻".to_owned()), ..all() }, vec![6, 3]),
        (InboxFilter { text: Some("SMELL".to_owned()), ..all() }, vec![6, 3]),
        (InboxFilter { text: Some("100%".to_owned()), ..all() }, vec![6, 3]),
        (InboxFilter { text: Some("1%0".to_owned()), ..all() }, vec![]),
        (InboxFilter { text: Some(public_id(4)), ..all() }, vec![4]),
        (InboxFilter { text: Some(" ".to_owned()), ..all() }, vec![6, 5, 4, 3, 2, 1]),
    ] {
        assert_eq!(asked(&scene, filter.clone()).await, expected, "{filter:?}");
    }
}

#[tokio::test]
async fn a_page_comes_with_the_counts_of_all_pages() {
    let scene = six().await;
    let later = now() + SignedDuration::from_hours(1);
    let page = |sort, number| {
        let store = scene.store.clone();
        async move {
            let page = Page { number, size: 4 };
            let inbox = store.inbox(InboxFilter::default(), sort, page, later).await.unwrap();
            let counts = (inbox.total, inbox.by_state, inbox.overdue);
            assert_eq!(counts, (6, vec![(State::Dispatched, 1), (State::Submitted, 5)], 1));
            let numbers = inbox.rows.iter().map(|row| row.report.public_id[1..].parse().unwrap());
            numbers.collect::<Vec<u32>>()
        }
    };
    assert_eq!(page(InboxSort::Newest, 0).await, [6, 5, 4, 3]);
    assert_eq!(page(InboxSort::Newest, 1).await, [2, 1]);
    assert_eq!(page(InboxSort::Oldest, 0).await, [1, 2, 3, 4]);
    assert_eq!(page(InboxSort::Deadline, 0).await, [1, 2, 3, 4]);
    assert_eq!(page(InboxSort::Changed, 0).await, [6, 5, 4, 3]);
    assert_eq!(page(InboxSort::Changed, 7).await, [0; 0]);
}

#[tokio::test]
async fn nothing_is_public_that_is_not_published() {
    let scene = six().await;
    let all = PublishedFilter::default;
    let public = || async { scene.store.published_reports(all(), Page::ALL).await.unwrap() };
    assert_eq!(public().await.total, 0);
    scene.publish(2).await;
    for publication in
        [Publication::Waiting, Publication::Hidden, Publication::HiddenByHolder, Publication::Never]
    {
        // A copy that is prepared, or was taken down, is not public.
        change(&scene.store, 3, now(), move |change| {
            change.standing.public = Some(public_copy());
            change.standing.publication = publication;
        })
        .await
        .unwrap();
        let page = public().await;
        assert_eq!((page.total, page.reports[0].public_id.clone()), (1, public_id(2)));
        assert_eq!(scene.store.published_report(&public_id(3)).await.unwrap(), None);
        assert!(scene.store.published_course(&public_id(3)).await.unwrap().is_empty());
    }
    let without = change(&scene.store, 4, now(), |change| {
        change.standing.publication = Publication::Published;
    });
    without.await.unwrap_err();
    assert_eq!(public().await.total, 1);
}

#[tokio::test]
async fn what_is_published_names_no_place_word_or_hour_but_the_copys() {
    let scene = six().await;
    scene.publish(2).await;
    let secret = ["106510000", "29500000", "桩机很响", "3 栋", "7K3M", "argon2", "yangjiaping"];
    let report = scene.store.published_report(&public_id(2)).await.unwrap().unwrap();
    let course = scene.store.published_course(&public_id(2)).await.unwrap();
    let shown = format!("{report:?} {course:?}");
    for word in secret.iter().copied().chain([id(2).as_str()]) {
        assert!(!shown.contains(word), "{word} in {shown}");
    }
    assert_eq!(course[0].at, at("2026-11-22T16:00:00Z"), "midnight in Beijing");
    let db = rusqlite::Connection::open(scene.path()).unwrap();
    let view = db.prepare("select * from published_report").unwrap();
    let columns: Vec<_> = view.column_names().collect();
    assert_eq!(columns.len(), 17, "a new public column needs a look: {columns:?}");
    for column in columns {
        let own = ["public_id", "simulated", "category", "category_group", "state", "finding"];
        let allowed =
            own.contains(&column) || ["department", "followers", "merged_into"].contains(&column);
        assert!(allowed || column.starts_with("public_"), "{column}");
    }
}

#[tokio::test]
async fn the_public_finds_reports_by_cell_time_and_kind() {
    let scene = six().await;
    for number in [1, 2, 3] {
        scene.publish(number).await;
    }
    let moved = scene
        .store
        .settle_cells(|places| {
            assert_eq!(places.len(), 3);
            assert!(places.iter().all(|place| place.place.is_some()));
            let up = Cell { level_m: 4_000, x: 2_662, y: 819 };
            vec![(places[0].report.clone(), Some(up)), (places[1].report.clone(), None)]
        })
        .await
        .unwrap();
    assert_eq!(moved, 2);
    let range = |level_m, x, y| CellRange { level_m, x, y };
    let all = PublishedFilter::default;
    for (filter, expected) in [
        (all(), vec![3, 2, 1]),
        (PublishedFilter { cells: vec![range(4_000, 2_600..=2_700, 819..=819)], ..all() }, vec![1]),
        (
            PublishedFilter {
                cells: vec![
                    range(4_000, 2_600..=2_700, 800..=900),
                    range(500, 21_302..=21_302, 6_555..=6_555),
                ],
                ..all()
            },
            vec![3, 1],
        ),
        (PublishedFilter { cells: vec![range(500, 0..=9, 0..=9)], ..all() }, vec![]),
        (PublishedFilter { categories: vec!["air_odour".to_owned()], ..all() }, vec![3]),
        (PublishedFilter { states: vec![State::Dispatched], ..all() }, vec![1]),
        (PublishedFilter { to: Some(now()), ..all() }, vec![]),
        (PublishedFilter { text: Some("施工".to_owned()), ..all() }, vec![3, 2, 1]),
        // Words of the report that are not words of its copy find nothing.
        (PublishedFilter { text: Some("桩机".to_owned()), ..all() }, vec![]),
    ] {
        let page = scene.store.published_reports(filter.clone(), Page::ALL).await.unwrap();
        let found: Vec<u32> =
            page.reports.iter().map(|report| report.public_id[1..].parse().unwrap()).collect();
        assert_eq!((found.clone(), page.total), (expected, found.len() as u64), "{filter:?}");
    }
}

#[tokio::test]
async fn a_photo_is_public_only_with_its_report_and_its_copy() {
    let scene = Scene::open().await;
    scene.store.add_photo(new_photo(1)).await.unwrap();
    let mut report = new_report(1);
    report.photos = vec![[1; 32]];
    scene.file([report]).await;
    let public = |name: &'static str| scene.store.is_published_photo(name);
    let publish = PhotoEdit {
        sha256: [1; 32],
        state: PhotoState::Published,
        redactions: Some("[[1,2,3,4]]".to_owned()),
        public_name: Some("public.jpg".to_owned()),
    };
    let entry = audit("redact", &public_id(1));
    scene.store.edit_photo(publish.clone(), entry.clone()).await.unwrap();
    assert!(!public("public.jpg").await.unwrap(), "the report is not published");
    scene.publish(1).await;
    assert!(public("public.jpg").await.unwrap());
    assert!(!public("001.jpg").await.unwrap(), "the picture without boxes");
    let report = scene.store.published_report(&public_id(1)).await.unwrap().unwrap();
    assert_eq!(report.photos[0].name, "public.jpg");

    let hide = PhotoEdit { state: PhotoState::Hidden, public_name: None, ..publish };
    scene.store.edit_photo(hide, entry).await.unwrap();
    assert!(!public("public.jpg").await.unwrap());
    let photo = scene.store.photo([1; 32]).await.unwrap().unwrap();
    assert_eq!((photo.redactions.as_str(), photo.public_name), ("[[1,2,3,4]]", None));
    let lease = SignedDuration::from_mins(1);
    let job = scene.store.claim_job(&[store::PHOTO_GONE], now(), lease).await.unwrap().unwrap();
    assert_eq!(job.body, r#"{"name":"public.jpg"}"#);
    assert!(!scene.store.needs_picture("public.jpg").await.unwrap());
    assert!(scene.store.needs_picture("001.jpg").await.unwrap());
}

#[tokio::test]
async fn the_same_picture_sent_again_keeps_the_first_and_gives_up_the_second() {
    let scene = Scene::open().await;
    scene.store.add_photo(new_photo(1)).await.unwrap();
    let mut again = new_photo(1);
    again.name = "again.jpg".to_owned();
    let kept = scene.store.add_photo(again).await.unwrap();
    assert_eq!(kept.name.as_deref(), Some("001.jpg"));
    assert_eq!(scene.store.job_counts(now()).await.unwrap().due, 1);
    // Under the same name there is nothing to give up.
    scene.store.add_photo(new_photo(1)).await.unwrap();
    assert_eq!(scene.store.job_counts(now()).await.unwrap().due, 1);
}

#[tokio::test]
async fn officers_find_what_is_near_and_pictures_that_look_alike() {
    let scene = six().await;
    let around = |lon: i64| Bounds {
        lon_micro: lon - 1_000..=lon + 1_000,
        lat_micro: 29_499_000..=29_501_000,
    };
    let near = |lon, category: Option<&str>, since| {
        scene.store.reports_near(around(lon), category.map(str::to_owned), since, 10)
    };
    assert_eq!(near(106_510_500, None, now()).await.unwrap().len(), 6);
    let odour = near(106_510_500, Some("air_odour"), now()).await.unwrap();
    assert_eq!(odour[0].public_id, public_id(6));
    let since = now() + SignedDuration::from_secs(330);
    assert_eq!(near(106_510_500, None, since).await.unwrap().len(), 1);
    assert!(near(106_520_000, None, now()).await.unwrap().is_empty());

    scene.store.add_photo(new_photo(3)).await.unwrap();
    change(&scene.store, 5, now(), |change| {
        let photo = NewReportPhoto { sha256: [3; 32], sender: Sender::Officer, message: None };
        change.photos = vec![photo, photo];
    })
    .await
    .unwrap();
    assert_eq!(scene.store.photo_looks(now()).await.unwrap(), [(id(5), 3 << 60)]);
    assert_eq!(scene.store.report_photos(&id(5)).await.unwrap().len(), 1);
}

#[tokio::test]
async fn statistics_rest_on_one_line_per_report() {
    let scene = six().await;
    change(&scene.store, 2, now(), |change| {
        change.standing.accepted = Some(now());
        change.standing.state = State::Closed;
        change.standing.reopened = 1;
        change.events = vec![event(ActorRole::Officer, EventKind::Closed)];
    })
    .await
    .unwrap();
    let minute = |number| now() + SignedDuration::from_mins(number);
    let times = scene.store.report_times(minute(2), minute(4)).await.unwrap();
    assert_eq!(times.len(), 2);
    let second = &times[0];
    assert_eq!((second.accepted, second.closed, second.reopened), (Some(now()), Some(now()), 1));
    assert_eq!((second.state, times[1].state), (State::Closed, State::Submitted));
}
