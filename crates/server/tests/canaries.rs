//! What must never be kept or told, searched for in everything that a portal writes: database, photos, log, backup, public
//! answers.
#![expect(clippy::unwrap_used, reason = "the helpers of tests fail by panicking, as tests do")]
#![expect(clippy::print_stdout, reason = "how much was searched is part of the evidence")]

#[path = "../../photo/tests/support/mod.rs"]
mod made;
mod served;

use base64::{Engine, prelude::BASE64_STANDARD};
use contract::paths;
use domain::report::ClaimCode;
use made::{assert_bare, exif, with_segment};
use reqwest::Method;
use serde_json::json;
use served::{
    ADDRESS, Officer, Portal, configured, digest, files, printed, random_code, report,
    search::{Canaries, spellings},
};
use server::keys;

/// Who reports, which they seal on the phone.
const CONTACT: [(&str, &str); 4] = [
    ("the reporter's name", "欧阳金丝雀先生"),
    ("the reporter's number", "13987654321"),
    ("the reporter's mail", "jinsique.ouyang@canary.example"),
    ("the reporter's home", "谢家湾正街91号3单元1704"),
];
/// Who reports through another city's program, which sends it open.
const CLIENT: [(&str, &str, &str); 5] = [
    ("first_name", "a client's first name", "Kanarienvogelina"),
    ("last_name", "a client's last name", "Zeisig-Hänfling"),
    ("phone", "a client's number", "02368421357"),
    ("email", "a client's mail", "zeisig@canary-client.example"),
    ("account_id", "a client's account", "account-canary-5581"),
];
/// What they wrote too much of: for officers, not for the public.
const PHONE: &str = "13812345678";
const HOME: &str = "石坪桥横街77号8栋2单元1203室";
/// Where the photo was taken: 29° 30′ 48″ N, 106° 28′ 49″ E.
const TAKEN: ([u32; 3], [u32; 3]) = ([29, 30, 48], [106, 28, 49]);
const CAMERA: &str = "CANARY-CAMERA-29.513333-106.480278";
const PASSWORD: &str = "一百零八棵黄葛树-canary";

/// A photo that tells where it was taken, in fractions and in words.
fn photo() -> Vec<u8> {
    let rgba: Vec<u8> =
        (0..160 * 120_u32).flat_map(|at| [(at % 160) as u8, (at / 160) as u8, 90, 255]).collect();
    let place = [b"Exif\0\0".as_slice(), &exif(TAKEN.0, TAKEN.1, 1), CAMERA.as_bytes()].concat();
    with_segment(&photo::encode_rgba(160, 120, &rgba).unwrap(), 0xe1, &place)
}

/// What a phone seals is opaque to the portal; any armor is, too.
fn sealed() -> String {
    let contact = CONTACT.map(|(_, text)| text).join("，");
    let hidden: Vec<u8> =
        contact.bytes().map(|byte| byte ^ keys::random::<1>().unwrap()[0]).collect();
    let hidden = BASE64_STANDARD.encode(hidden);
    format!("-----BEGIN AGE ENCRYPTED FILE-----\n{hidden}\n-----END AGE ENCRYPTED FILE-----\n")
}

/// Everything about a reporter that must be nowhere: contact, address, where the photo was taken, and the codes.
fn of_reporters(codes: &[(&str, &ClaimCode)]) -> Canaries {
    let mut texts: Vec<(&str, String)> =
        CONTACT.iter().map(|(what, text)| (*what, (*text).to_owned())).collect();
    texts.extend(CLIENT.iter().map(|(_, what, text)| (*what, (*text).to_owned())));
    texts.push(("the reporter's address", ADDRESS.to_owned()));
    texts.extend(
        ["29.5133", "106.4802", CAMERA].map(|text| ("where the photo was taken", text.to_owned())),
    );
    for (what, code) in codes {
        let shown = code.shown("JLP");
        texts.push((what, shown.replace('-', "")));
        texts.push((what, shown.replace('-', "")[3..].to_owned()));
        texts.push((what, shown));
        texts.push((what, code.secret()));
    }
    let texts: Vec<_> = texts.iter().map(|(what, text)| (*what, text.as_str())).collect();
    let mut canaries = Canaries::of(&texts);
    let address: std::net::Ipv6Addr = ADDRESS.parse().unwrap();
    canaries.add("the reporter's address, binary", address.octets().to_vec());
    canaries.add("the reporter's network, binary", address.octets()[..8].to_vec());
    for part in [TAKEN.0, TAKEN.1] {
        let fractions = |bytes: fn(u32) -> [u8; 4]| {
            part.iter().flat_map(|part| [bytes(*part), bytes(1)].concat()).collect()
        };
        canaries.add("where the photo was taken, in fractions", fractions(u32::to_be_bytes));
        canaries.add("where the photo was taken, in fractions", fractions(u32::to_le_bytes));
    }
    canaries
}

/// Sends a photo and a report with it; the report's id and number.
async fn filed(portal: &Portal, code: &ClaimCode) -> (String, String) {
    let photo = photo();
    let stored = portal.put_photo(&photo).await;
    assert_eq!(stored.status(), 200, "{}", stored.text().await.unwrap());
    let text = format!("桃花溪边有油花。我的电话{PHONE}，住{HOME}。");
    let mut report = report(code, &text, &[digest(&photo)]);
    report["sealed_contact"] = sealed().into();
    let (id, number) = portal.file(report).await;
    (id.as_str().to_owned(), number)
}

async fn tracked(portal: &Portal, code: &ClaimCode) -> u16 {
    let code = json!({ "code": code.shown("JLP") });
    portal.send(Method::POST, paths::TRACK, &[], code).await.status().as_u16()
}

/// Sends what cannot be taken, with the code and the contact in it: what is refused is not told to the log, either.
async fn refused(portal: &Portal, code: &ClaimCode) {
    let shown = code.shown("JLP");
    let broken = format!("{{\"code\": \"{shown}\", \"contact\": \"{}\"", CONTACT[1].1);
    let mut nonsense = report(code, CONTACT[0].1, &[]);
    nonsense["category"] = CONTACT[2].1.into();
    let id = "019ac3a0-5d00-7000-8000-000000000000";
    let report = portal.request(Method::PUT, &paths::report(id));
    for (request, status) in [
        (portal.request(Method::POST, paths::TRACK).body(broken.clone()), 415),
        (
            portal
                .request(Method::POST, paths::TRACK)
                .header("content-type", "application/json")
                .body(broken.clone()),
            400,
        ),
        (report.try_clone().unwrap().json(&nonsense), 422),
        (report.header("content-type", "application/json").body(broken), 400),
        (portal.request(Method::GET, &format!("track/{shown}?code={shown}")), 404),
        (
            portal
                .request(Method::GET, paths::SITE)
                .header("cookie", &shown)
                .header("referer", CONTACT[3].1.escape_unicode().to_string()),
            200,
        ),
    ] {
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), status, "{}", answer.text().await.unwrap());
    }
}

/// Files a report as another city's program does, with everything that it knows of the person.
async fn filed_by_a_client(portal: &Portal, key: &str) {
    let fixed = [
        ("api_key", key),
        ("service_code", "AIR01"),
        ("lat", "29.5020"),
        ("long", "106.5110"),
        ("description", "夜间异味"),
        ("attribute[SMELL]", "rubber"),
    ];
    let contact = CLIENT.iter().map(|(field, _, text)| (*field, *text));
    let percent = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let fields = fixed.into_iter().chain(contact);
    let form: Vec<_> =
        fields.map(|(name, value)| format!("{}={}", percent(name), percent(value))).collect();
    let request = portal.request(Method::POST, "open311/v2/requests.json").body(form.join("&"));
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), 200, "{}", answer.text().await.unwrap());
}

#[test]
fn whatever_way_a_text_is_spelt_it_is_found() {
    for (text, bytes) in [CONTACT[0].1, CAMERA, "7K3M9QXD2FHB5R8T"]
        .into_iter()
        .flat_map(|text| spellings(text).into_iter().map(move |(_, bytes)| (text, bytes)))
    {
        let around = [&b"before"[..], &bytes, b"behind"].concat();
        assert!(!Canaries::of(&[("it", text)]).found(&around).is_empty(), "{text}");
    }
    for before in ["", "a", "ab"] {
        let around = BASE64_STANDARD.encode(format!("{before}{CAMERA} and more"));
        assert!(
            !Canaries::of(&[("it", CAMERA)]).found(around.as_bytes()).is_empty(),
            "behind {before:?}"
        );
    }
}

/// Looks for `canaries` in everything that the public may ask for; the report itself is there.
async fn told_to_everybody(portal: &Portal, number: &str, canaries: [&Canaries; 3]) {
    let near =
        format!("{}?lon=106.4953&lat=29.5021&category=outfall_discharge", paths::REPORTS_NEARBY);
    let one = format!("{}/{number}", paths::REPORTS);
    let public = [
        paths::REPORTS,
        &one,
        &near,
        paths::REPORTS_GEOJSON,
        paths::REPORTS_CSV,
        paths::REPORTS_ATOM,
        "open311/v2/requests.json",
    ];
    let mut told = 0;
    for path in public {
        let answer = portal.get(path).await.text().await.unwrap();
        for canaries in canaries {
            canaries.lack(path, answer.as_bytes());
        }
        told += usize::from(answer.contains(number));
    }
    assert!(told >= 4, "the report is public in {told} of {} places", public.len());
}

/// Looks for `secret` in every file that was written, and for `private` in the log, too.
fn written(portal: &Portal, secret: [&Canaries; 2], private: &Canaries) {
    let folder = portal.folder.path();
    printed(folder, &["backup", "copy.sqlite"]);
    let mut written = files(folder);
    // The officers' own key is theirs, and is not left on a server.
    written.retain(|(name, _)| !name.ends_with("officers-identity.txt"));
    let named = |end: &str| {
        let found = written.iter().find(|(name, _)| name.ends_with(end));
        &found.unwrap_or_else(|| panic!("no {end}")).1
    };
    let [log, database, copy] = ["log.txt", "bilan.sqlite", "copy.sqlite"].map(named);
    assert!(!log.is_empty(), "a log at the level trace says something");
    private.lack("the log", log);
    for (name, bytes) in &written {
        for canaries in secret {
            canaries.lack(name, bytes);
        }
    }
    // The search finds what is there: the text that officers read.
    assert!(!private.found(copy).is_empty());
    let pictures = files(&folder.join("data/photos"));
    assert_eq!(pictures.len(), 1);
    assert_bare("the photo that is kept", &pictures[0].1);
    assert!(files(&folder.join("data/uploads")).is_empty());
    println!(
        "{} files searched for {} spellings of canaries: {} bytes of database, {} of its backup, {} of log",
        written.len(),
        secret.map(|canaries| canaries.spellings).iter().sum::<usize>(),
        database.len(),
        copy.len(),
        log.len()
    );
}

#[tokio::test]
async fn neither_files_nor_log_nor_public_answers_tell_who_reported_or_open_a_report() {
    let folder = configured("trace");
    let mut officer = Officer::added(folder.path(), "pub", &["publisher", "verifier"]);
    let key = printed(folder.path(), &["key", "add", "client", "--open311"]).trim().to_owned();
    let portal = Portal::start(folder);
    let (code, wrong) = (random_code(), random_code());
    let (id, number) = filed(&portal, &code).await;
    filed_by_a_client(&portal, &key).await;
    assert_eq!((tracked(&portal, &code).await, tracked(&portal, &wrong).await), (200, 404));
    refused(&portal, &code).await;
    officer.sign_in(&portal, PASSWORD).await;
    let photos = [digest(&photo())];
    officer.act(&portal, &number, json!({ "action": "publish", "public_photos": photos })).await;
    let path = format!("cases/{number}/identity");
    let contact = officer.send(&portal, Method::POST, &path, json!({ "reason": "核实" })).await;
    assert_eq!(contact.status(), 200, "{}", contact.text().await.unwrap());

    let reporters = of_reporters(&[("the claim code", &code), ("a wrong code", &wrong)]);
    let staff = Canaries::of(&[
        ("a password", &officer.initial),
        ("a password", PASSWORD),
        ("a session's token", officer.cookie.split_once('=').unwrap().1),
        ("a session's proof", &officer.csrf),
        ("a client's key", &key),
    ]);
    let private = Canaries::of(&[
        ("a phone number", PHONE),
        ("a home", HOME),
        ("the report's own id", &id),
        ("the exact place", "106.49537"),
        ("the exact place", "29.50217"),
        ("the exact place", "106495371"),
    ]);
    told_to_everybody(&portal, &number, [&reporters, &staff, &private]).await;
    written(&portal, [&reporters, &staff], &private);
}

#[tokio::test]
async fn nor_do_the_files_of_a_demonstration() {
    let portal = Portal::demonstration();
    let (code, wrong) = (random_code(), random_code());
    let (_, number) = filed(&portal, &code).await;
    assert_eq!((tracked(&portal, &code).await, tracked(&portal, &wrong).await), (200, 404));
    let reporters = of_reporters(&[("the claim code", &code), ("a wrong code", &wrong)]);
    let written = files(portal.folder.path());
    for (name, bytes) in &written {
        reporters.lack(name, bytes);
    }
    let database = written.iter().filter(|(name, _)| name.contains("bilan.sqlite"));
    let knows = |bytes: &[u8], text: &str| !Canaries::of(&[("it", text)]).found(bytes).is_empty();
    assert!(database.clone().any(|(_, bytes)| knows(bytes, PHONE) && knows(bytes, &number)));
    for (name, picture) in files(&portal.folder.path().join("data/photos")) {
        assert_bare(&name, &picture);
    }
    let bytes: usize = written.iter().map(|(_, bytes)| bytes.len()).sum();
    println!("{} files of a demonstration searched, {bytes} bytes", written.len());
}
