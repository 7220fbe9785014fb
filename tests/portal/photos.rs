//! Photos of reports, from the phone to the folder and back.

use contract::report::StoredPhoto;
use domain::{
    canonical::sha256,
    report::{ActorRole, EventBody, EventKind, ReportId},
};
use reqwest::Method;
use store::{
    NewJob, NewReport, NewReportEvent, PHOTO_GONE, PhotoEdit, PhotoState, PublicCopy, Publication,
    ReportChange, Seen, Standing, StoreError, Told,
};
use tokio::{io::AsyncWriteExt, net::TcpStream};

use crate::support::{
    Answer, Portal,
    camera::{SECRET, address, files, photo},
    take_reports, until,
};

impl Portal {
    pub(crate) async fn put(&self, photo: &[u8]) -> Answer {
        let request = self.request(Method::PUT, &address(photo)).body(photo.to_vec());
        Answer::of(request.send().await.unwrap()).await
    }

    async fn patch(&self, photo: &[u8], offset: usize, part: &[u8]) -> Answer {
        let request = self
            .request(Method::PATCH, &address(photo))
            .header("upload-offset", offset)
            .header("upload-length", photo.len())
            .body(part.to_vec());
        Answer::of(request.send().await.unwrap()).await
    }

    async fn head(&self, photo: &[u8]) -> Answer {
        Answer::of(self.request(Method::HEAD, &address(photo)).send().await.unwrap()).await
    }

    /// Sends a photo from `offset` on and is cut off at `cut`.
    async fn cut(&self, photo: &[u8], offset: usize, cut: usize) {
        let mut line = TcpStream::connect(self.address()).await.unwrap();
        let head = format!(
            "PATCH /{} HTTP/1.1\r\nHost: portal\r\nUpload-Offset: {offset}\r\n\
             Upload-Length: {length}\r\nContent-Length: {rest}\r\n\r\n",
            address(photo),
            length = photo.len(),
            rest = photo.len() - offset,
        );
        line.write_all(head.as_bytes()).await.unwrap();
        line.write_all(&photo[offset..cut]).await.unwrap();
        line.flush().await.unwrap();
        until("the bytes before the cut", || async {
            (self.head(photo).await.header("upload-offset") == cut.to_string()).then_some(())
        })
        .await;
    }

    pub(crate) fn photos(&self) -> Vec<(String, Vec<u8>)> {
        files(&self.folder().join("photos"))
    }

    pub(crate) fn uploads(&self) -> Vec<(String, Vec<u8>)> {
        files(&self.folder().join("uploads"))
    }
}

#[tokio::test]
async fn a_photo_that_is_cut_off_anywhere_goes_on_where_it_ended() {
    let portal = Portal::with(take_reports).await;
    let photo = photo(300, 200, b"");
    assert_eq!(portal.head(&photo).await.status, 404);
    // Awkward places first: nothing yet, one byte, then wherever a prime number of steps leads.
    let mut cuts: Vec<usize> = (1..8).map(|step| step * step * 7_919 % photo.len()).collect();
    cuts.extend([1, 2, photo.len() - 1]);
    cuts.sort_unstable();
    cuts.dedup();
    let mut offset = 0;
    for cut in cuts {
        portal.cut(&photo, offset, cut).await;
        let here = portal.head(&photo).await;
        assert_eq!(here.header("upload-length"), photo.len().to_string());
        assert_eq!(here.header("upload-complete"), "?0");
        offset = cut;
    }
    let wrong = portal.patch(&photo, 5, &photo[5..]).await;
    assert_eq!((wrong.status, wrong.header("upload-offset")), (409, &*offset.to_string()));

    let whole = portal.patch(&photo, offset, &photo[offset..]).await;
    assert_eq!(whole.status, 200, "{}", whole.text());
    let stored: StoredPhoto = whole.read();
    assert_eq!((stored.width, stored.height), (300, 200));
    assert_eq!(portal.head(&photo).await.header("upload-complete"), "?1");
    let row = portal.store().photo(sha256(&photo)).await.unwrap().unwrap();
    assert_eq!((row.width, row.state), (300, PhotoState::Pending));
    let [(name, picture)] = &portal.photos()[..] else { panic!("one picture") };
    assert!(name.ends_with(&format!("{}.jpg", row.name.unwrap())));
    assert_eq!(photo::check(picture), Ok((300, 200)));
    assert!(portal.uploads().is_empty());
}

#[tokio::test]
async fn a_photo_sent_in_pieces_and_again_as_a_whole_is_one_photo() {
    let portal = Portal::with(take_reports).await;
    let photo = photo(120, 90, b"");
    let (first, rest) = photo.split_at(photo.len() / 2);
    let part = portal.patch(&photo, 0, first).await;
    assert_eq!((part.status, part.header("upload-offset")), (204, &*first.len().to_string()));
    let whole = portal.patch(&photo, first.len(), rest).await;
    let again = portal.put(&photo).await;
    assert_eq!((whole.status, again.status), (200, 200));
    assert_eq!(whole.json(), again.json());
    assert_eq!(portal.photos().len(), 1);
}

#[tokio::test]
async fn a_phone_that_comes_back_overtakes_its_own_dead_connection() {
    let portal = Portal::with(take_reports).await;
    let photo = photo(120, 90, b"");
    let mut dead = TcpStream::connect(portal.address()).await.unwrap();
    let head = format!(
        "PUT /{} HTTP/1.1\r\nHost: portal\r\nContent-Length: {}\r\n\r\n",
        address(&photo),
        photo.len()
    );
    dead.write_all(head.as_bytes()).await.unwrap();
    dead.write_all(&photo[..100]).await.unwrap();
    until("the first bytes", || async {
        (portal.head(&photo).await.header("upload-offset") == "100").then_some(())
    })
    .await;
    let whole = portal.patch(&photo, 100, &photo[100..]).await;
    assert_eq!(whole.status, 200, "{}", whole.text());
    drop(dead);
}

#[tokio::test]
async fn what_has_arrived_outlives_the_server() {
    let folder = tempfile::TempDir::new().unwrap();
    let at_folder = |config: &mut server::config::Config| {
        take_reports(config);
        config.server.data_dir = folder.path().to_owned();
    };
    let [photo, done] = [photo(120, 90, b""), photo(90, 120, b"")];
    let mut first = Portal::with(at_folder).await;
    assert_eq!(first.patch(&photo, 0, &photo[..1_000]).await.status, 204);
    assert_eq!(first.put(&done).await.status, 200);
    // The next run makes a key of the same name.
    assert!(first.store().revoke_api_key("gateway", first.now()).await.unwrap());
    first.stop().await;
    let second = Portal::with(at_folder).await;
    assert_eq!(second.head(&done).await.header("upload-complete"), "?1");
    assert_eq!(second.head(&photo).await.header("upload-offset"), "1000");
    assert_eq!(second.patch(&photo, 1_000, &photo[1_000..]).await.status, 200);
}

#[tokio::test]
async fn one_client_begins_only_so_many_photos_an_hour() {
    let portal = Portal::with(|config| {
        take_reports(config);
        config.reports.rates.uploads_per_client = 2;
    })
    .await;
    let statuses = async |portal: &Portal| {
        let mut statuses = Vec::new();
        for width in 100..103 {
            statuses.push(portal.put(&photo(width, 90, b"")).await.status);
        }
        statuses
    };
    assert_eq!(statuses(&portal).await, [200, 200, 429]);
    assert_eq!(statuses(&portal).await, [200, 200, 429], "what is here already costs nothing");
}

#[tokio::test]
async fn other_bytes_than_announced_are_not_kept() {
    let portal = Portal::with(take_reports).await;
    let [announced, sent] = [photo(80, 80, b""), photo(90, 80, b"")];
    let request = portal.request(Method::PUT, &address(&announced)).body(sent);
    let answer = Answer::of(request.send().await.unwrap()).await;
    assert_eq!((answer.status, answer.json()["code"].as_str()), (409, Some("conflict")));
    assert_eq!(portal.head(&announced).await.status, 404);
    assert!(portal.photos().is_empty() && portal.uploads().is_empty());
    assert_eq!(portal.put(&announced).await.status, 200, "from its beginning it is taken");
}

#[tokio::test]
async fn no_file_of_the_server_tells_where_a_photo_was_taken() {
    let mut portal = Portal::with(take_reports).await;
    for number in 0..4 {
        let photo = photo(100 + number, 90, format!("{SECRET} behind").as_bytes());
        assert!(photo.windows(SECRET.len()).any(|part| part == SECRET.as_bytes()));
        assert_eq!(portal.put(&photo).await.status, 200);
    }
    assert_eq!(portal.photos().len(), 4);
    for (name, picture) in portal.photos() {
        photo::check(&picture).unwrap_or_else(|unexpected| panic!("{name}: {unexpected}"));
        assert_eq!(photo::gps(&picture), None);
    }
    portal.stop().await;
    for (name, bytes) in files(portal.folder()) {
        let found = bytes.windows(SECRET.len()).any(|part| part == SECRET.as_bytes());
        assert!(!found, "the place stands in {name}");
    }
}

/// A report with these photos, published; what is decided about them is for the caller.
async fn publish(portal: &Portal, photos: Vec<[u8; 32]>, edits: Vec<PhotoEdit>) {
    let now = portal.now();
    let made_ms = u64::try_from(now.as_millisecond()).unwrap();
    let id = ReportId::new(made_ms, [7; 10]).to_string();
    let received = NewReportEvent {
        at: now,
        actor: ActorRole::Reporter,
        staff: None,
        kind: EventKind::Received,
        body: EventBody::default(),
    };
    let report = NewReport {
        id: id.clone(),
        public_id: "R00000001".to_owned(),
        content_hash: [1; 32],
        answer: "{}".to_owned(),
        received: now,
        channel: "app".to_owned(),
        lang: "zh-CN".to_owned(),
        simulated: false,
        category: "air_odour".to_owned(),
        category_group: "air".to_owned(),
        from_home: false,
        told: Told::default(),
        claim: None,
        standing: Standing::submitted(),
        events: vec![received],
        messages: Vec::new(),
        photos,
        links: Vec::new(),
        contact: None,
        ledger: Vec::new(),
        jobs: Vec::new(),
    };
    portal.store().submit_report(report).await.unwrap();
    let decide = move |_: &store::View<'_>, row: &store::ReportRow| {
        let mut change = ReportChange::of(row, "officer", "publish", now);
        change.standing.publication = Publication::Published;
        change.standing.public = Some(PublicCopy {
            text: String::new(),
            note: None,
            street: None,
            cell: None,
            at: now,
            changed: now,
        });
        change.photo_edits = edits;
        Ok::<_, StoreError>(change)
    };
    portal.store().act_on_report(&id, Seen::Any, decide).await.unwrap();
}

#[tokio::test]
async fn only_published_photos_are_given_out_and_only_as_pictures() {
    let portal = Portal::with(take_reports).await;
    let [shown, hidden] = [photo(200, 100, b""), photo(100, 200, b"")];
    for photo in [&shown, &hidden] {
        assert_eq!(portal.put(photo).await.status, 200);
    }
    let name = |photo: Option<store::Photo>| photo.unwrap().name.unwrap();
    let [shown, hidden] = [sha256(&shown), sha256(&hidden)];
    let cleaned = name(portal.store().photo(shown).await.unwrap());
    let unpublished = name(portal.store().photo(hidden).await.unwrap());
    let face = photo::Rectangle { left: 16, top: 16, width: 64, height: 64 };
    let photos = &portal.app().photos;
    let covered = photos.redacted(&cleaned, vec![face]).await.unwrap().unwrap();
    let copy = photos.keep(covered).await.unwrap().name.clone();
    assert_ne!(copy, cleaned);
    assert_eq!(portal.get(&format!("photos/{copy}.jpg")).await.status, 404, "not yet");

    let edit = PhotoEdit {
        sha256: shown,
        state: PhotoState::Published,
        redactions: None,
        public_name: Some(copy.clone()),
    };
    publish(&portal, vec![shown, hidden], vec![edit]).await;
    let answer = portal.get(&format!("photos/{copy}.jpg")).await;
    assert_eq!(answer.status, 200, "{}", answer.body.len());
    for (header, value) in [
        ("content-type", "image/jpeg"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; sandbox"),
        ("content-disposition", "inline; filename=\"photo.jpg\""),
        ("cache-control", "public, max-age=31536000, immutable"),
    ] {
        assert_eq!(answer.header(header), value, "{header}");
    }
    assert_eq!(photo::check(&answer.body), Ok((200, 100)));
    // The picture without boxes, one that is not published, and what is no name of a picture.
    let traversal = "..%2f..%2fbilan.sqlite".to_owned();
    for name in [format!("{cleaned}.jpg"), format!("{unpublished}.jpg"), copy, traversal] {
        let answer = portal.get(&format!("photos/{name}")).await;
        assert_eq!((answer.status, answer.header("cache-control")), (404, "no-store"), "{name}");
    }
}

#[tokio::test]
async fn what_nobody_needs_any_more_is_removed_and_nothing_else() {
    let portal = Portal::with(take_reports).await;
    let (kept, unfinished) = (photo(100, 100, b""), photo(110, 100, b""));
    assert_eq!(portal.put(&kept).await.status, 200);
    assert_eq!(portal.patch(&unfinished, 0, &unfinished[..50]).await.status, 204);
    let name = portal.store().photo(sha256(&kept)).await.unwrap().unwrap().name.unwrap();
    let face = photo::Rectangle { left: 0, top: 0, width: 50, height: 50 };
    let photos = &portal.app().photos;
    let covered = photos.redacted(&name, vec![face]).await.unwrap().unwrap();
    let fresh = photos.keep(covered).await.unwrap();
    let gone = |name: &str| NewJob {
        kind: PHOTO_GONE.to_owned(),
        body: serde_json::json!({ "name": name }).to_string(),
        key: None,
        run: portal.now(),
    };
    // The second job comes too late: a photo has that picture again.
    portal.store().add_jobs(vec![gone(&fresh.name), gone(&name)]).await.unwrap();
    server::photos::tidy(portal.app()).await;
    assert_eq!(portal.photos().len(), 2, "a row may be about to name the fresh one");
    let gone = vec![NewJob { key: Some("again".to_owned()), ..gone(&fresh.name) }];
    drop(fresh);
    portal.store().add_jobs(gone).await.unwrap();
    server::photos::tidy(portal.app()).await;
    let names: Vec<String> = portal.photos().into_iter().map(|(name, _)| name).collect();
    assert!(names.len() == 1 && names[0].ends_with(&format!("{name}.jpg")), "{names:?}");
    assert_eq!(portal.uploads().len(), 1, "it may still be finished");

    // A day later.
    let upload = std::path::PathBuf::from(&portal.uploads()[0].0);
    let day_before = portal.now().as_second() as u64 - 25 * 3_600;
    let long_ago = std::time::UNIX_EPOCH + std::time::Duration::from_secs(day_before);
    std::fs::File::options().write(true).open(&upload).unwrap().set_modified(long_ago).unwrap();
    server::photos::tidy(portal.app()).await;
    assert!(portal.uploads().is_empty());
    assert_eq!(portal.head(&unfinished).await.status, 404);
}

#[tokio::test]
async fn where_reports_are_not_taken_no_photo_is_taken_either() {
    let portal = Portal::start().await;
    let answer = portal.put(&photo(80, 80, b"")).await;
    assert_eq!((answer.status, answer.json()["code"].as_str()), (503, Some("form_closed")));
    assert!(portal.photos().is_empty() && portal.uploads().is_empty());
}
