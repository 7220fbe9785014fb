//! What this server seals, opened by another implementation: `age-encryption`, by the author of the format, as the console
//! uses it.

use std::path::Path;

use serde_json::{Value, json};
use tokio::process::Command;

use super::*;

/// Makes an identity and prints it, or opens an armored file with one.
const PROGRAM: &str = r#"
import * as age from "age-encryption";
const [identity, armored] = process.argv.slice(1);
if (!identity) {
    const made = await age.generateIdentity();
    console.log(JSON.stringify({ identity: made, recipient: await age.identityToRecipient(made) }));
} else {
    const opening = new age.Decrypter();
    opening.addIdentity(identity);
    console.log(await opening.decrypt(age.armor.decode(armored), "text"));
}
"#;

/// Runs the program where the packages of the browser tests are; why not, if there are none.
async fn age(arguments: &[&str]) -> Result<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    if !folder.join("node_modules/age-encryption").exists() {
        return Err("the packages of tests/browser are not installed".to_owned());
    }
    let program = ["--input-type=module", "--eval", PROGRAM, "--"];
    let run = Command::new("node").args(program).args(arguments).current_dir(folder).output();
    let done = run.await.map_err(|error| format!("node: {error}"))?;
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    Ok(String::from_utf8(done.stdout).unwrap())
}

#[tokio::test]
async fn a_contact_that_a_client_sent_is_opened_with_the_officers_key_by_another_implementation() {
    let keys: Value = match age(&[]).await {
        Ok(keys) => serde_json::from_str(&keys).unwrap(),
        Err(why) => {
            println!("SKIPPED a_contact_that_a_client_sent_is_opened…: {why}");
            return;
        }
    };
    let recipient = keys["recipient"].as_str().unwrap().to_owned();
    let city = City::sealing_to(&recipient).await;
    let contact = [("last_name", "李"), ("first_name", "雷"), ("phone", "13800000000")];
    let answer = city.post("json", &form(&[], &contact)).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let number = answer.json()[0]["service_request_id"].as_str().unwrap().to_owned();
    let report = city.portal.kept(&number).await;
    let looked = store::NewAudit {
        at: city.portal.now(),
        staff: None,
        action: "identity_taken".to_owned(),
        subject: number,
        version: None,
        body: "{}".to_owned(),
    };
    let kept = city.portal.store().take_contact(&report.id, looked).await.unwrap().unwrap();
    assert_eq!(kept.recipient, recipient);
    let sealed = String::from_utf8(kept.sealed).unwrap();
    let opened = age(&[keys["identity"].as_str().unwrap(), &sealed]).await.unwrap();
    let opened: Value = serde_json::from_str(&opened).unwrap();
    assert_eq!(opened, json!({ "name": "李 雷", "reach": "13800000000" }));
}
