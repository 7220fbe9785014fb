//! Reports without script: a form, a receipt, and the way back.

use reqwest::{Method, header::HeaderMap};
use tokio::{io::AsyncWriteExt, net::TcpStream};

use crate::support::*;

/// The value of a hidden field.
fn hidden(page: &str, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let at = page.find(&mark).unwrap_or_else(|| panic!("no {name} in {page}")) + mark.len();
    page[at..].split('"').next().unwrap().to_owned()
}

/// What the form of an odour holds; the seventh field is its street.
fn odour<'a>(id: &'a str, code: &'a str, text: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![
        ("id", id),
        ("claim_code", code),
        ("category", "air_odour"),
        ("website", ""),
        ("answers.SMELL", "rubber"),
        ("location.address", ""),
        ("location.street", ""),
        ("location.outfall", ""),
        ("text", text),
    ]
}

/// Posts a form as a browser without script does.
async fn multipart(portal: &Portal, fields: &[(&str, &str)]) -> Answer {
    let mut body = String::new();
    for (name, value) in fields {
        body.push_str(&format!(
            "--frontier\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        ));
    }
    body.push_str("--frontier--\r\n");
    let request = portal.request(Method::POST, "report?lang=en");
    let request = request.header("content-type", "multipart/form-data; boundary=frontier");
    Answer::of(request.body(body).send().await.unwrap()).await
}

async fn posted(portal: &Portal, fields: &[(&str, &str)]) -> Answer {
    // Letters, digits, dashes and blanks are all that these stories enter.
    let pairs: Vec<_> =
        fields.iter().map(|(name, value)| format!("{name}={}", value.replace(' ', "+"))).collect();
    let request = portal.request(Method::POST, "track?lang=en");
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    Answer::of(request.body(pairs.join("&")).send().await.unwrap()).await
}

fn is_personal(headers: &HeaderMap) -> bool {
    headers["cache-control"] == "no-store" && headers["referrer-policy"] == "no-referrer"
}

#[tokio::test]
async fn a_report_is_written_sent_and_followed_without_script() {
    let portal = Portal::with(take_reports).await;
    let first = portal.get("report?lang=en").await;
    assert!(first.text().contains("report?lang=en&amp;category=air_odour"), "{}", first.text());
    let form = portal.get("report?lang=en&category=air_odour").await;
    assert!(is_personal(&form.headers));
    let (id, code) = (hidden(form.text(), "id"), hidden(form.text(), "claim_code"));
    let mut fields = odour(&id, &code, "It smells of <b>rubber</b>.\r\nEvery night.");
    let lacking = multipart(&portal, &fields).await;
    assert_eq!(lacking.status, 422);
    assert!(lacking.text().contains("report?lang=en#f-location"), "{}", lacking.text());
    assert!(lacking.text().contains("It smells of &lt;b&gt;rubber&lt;/b&gt;.\nEvery night."));
    assert!(lacking.text().contains("value=\"rubber\" selected"));
    assert_eq!(hidden(lacking.text(), "id"), id);
    fields[6] = ("location.street", "erlang");
    let receipt = multipart(&portal, &fields).await;
    assert_eq!(receipt.status, 200, "{}", receipt.text());
    assert!(is_personal(&receipt.headers) && receipt.text().contains(&code));
    assert!(!receipt.text().contains("<script"));
    let again = multipart(&portal, &fields).await;
    assert_eq!(again.text(), receipt.text(), "sent twice, received once");

    let wrong = posted(&portal, &[("code", "JLP-1")]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text().contains("aria-invalid=\"true\""));
    let found = posted(&portal, &[("code", &code)]).await;
    assert!(found.status == 200 && is_personal(&found.headers));
    let (act_id, version) = (hidden(found.text(), "act_id"), hidden(found.text(), "version"));
    let answer = [
        ("code", code.as_str()),
        ("act", "answer"),
        ("act_id", &act_id),
        ("version", &version),
        ("text", "Tonight again"),
    ];
    let told = posted(&portal, &answer).await;
    assert!(told.text().contains("Tonight again"), "{}", told.text());
    let twice = posted(&portal, &answer).await;
    assert_eq!(twice.text().matches("Tonight again").count(), 1);
}

#[tokio::test]
async fn fifty_slow_senders_of_the_plain_form_take_nobodys_turn() {
    let portal = Portal::with(take_reports).await;
    let mut slow = Vec::new();
    for _ in 0..50 {
        let mut line = TcpStream::connect(portal.address()).await.unwrap();
        let head = "POST /report HTTP/1.1\r\nHost: portal\r\n\
            Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 9000000\r\n\r\n\
            --b\r\nContent-Disposition: form-data; name=\"photos\"; filename=\"a.jpg\"\r\n\r\n";
        line.write_all(head.as_bytes()).await.unwrap();
        line.write_all(&[0xff; 4_000]).await.unwrap();
        slow.push(line);
    }
    let form = portal.get("report?lang=en&category=air_odour").await;
    let (id, code) = (hidden(form.text(), "id"), hidden(form.text(), "claim_code"));
    let mut fields = odour(&id, &code, "It smells of rubber.");
    fields[6] = ("location.street", "erlang");
    let receipt = multipart(&portal, &fields).await;
    assert!(receipt.status == 200 && receipt.text().contains(&code), "{}", receipt.text());
    drop(slow);
}

#[tokio::test]
async fn the_code_on_an_outfalls_sign_opens_the_form_for_it() {
    let portal = Portal::with(take_reports).await;
    let form = portal.get("report?lang=en&outfall=DEMO-0001").await;
    assert!(form.text().contains("value=\"DEMO-0001\""), "{}", form.text());
    assert_eq!(hidden(form.text(), "category"), "outfall_discharge");
}

#[tokio::test]
async fn a_closed_form_names_the_official_channels() {
    let portal = Portal::start().await;
    let page = portal.get("report?lang=zh-CN").await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("023-89071217") && !page.text().contains("<textarea"));
}
