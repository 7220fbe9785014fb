//! What a report says, in exactly one form, so that its digest means something.

use contract::report::Submission;
use domain::canonical::{Value, sha256};
use domain::report::category::Answer;

use super::district::point;
use crate::keys::Key;

/// SHA-256 of the canonical content: what a receipt states. Neither the claim code nor what surrounds the sending is part
/// of it, so that a reporter can show the content to somebody without giving the code away.
pub fn digest(submission: &Submission) -> [u8; 32] {
    sha256(canonical(submission).as_bytes())
}

/// What tells one submission from another under the same id. The claim code is part of it, and the key keeps anyone who
/// reads the database from trying codes against it.
pub fn fingerprint(submission: &Submission, code: &str, key: &Key) -> [u8; 32] {
    key.mac(&[canonical(submission).as_bytes(), code.as_bytes()])
}

/// The canonical JSON (RFC 8785) of a report's content.
fn canonical(submission: &Submission) -> String {
    let text = |text: &Option<String>| text.as_deref().map(Value::from);
    let location = &submission.location;
    let place = location.place.and_then(point).map(|point| {
        let degree = |micro: i32| Value::from(i64::from(micro));
        Value::object([("lat_micro", degree(point.lat)), ("lon_micro", degree(point.lon))])
    });
    let contact = submission.sealed_contact.as_deref();
    Value::object_of_some([
        ("format", Some("bilan-content-1".into())),
        ("category", Some(submission.category.as_str().into())),
        ("answers", Some(Value::List(submission.answers.iter().map(answer).collect()))),
        ("text", Some(submission.text.as_str().into())),
        ("place", place),
        ("address", text(&location.address)),
        ("street", text(&location.street)),
        ("outfall", text(&location.outfall)),
        ("photos", Some(Value::texts(&submission.photos))),
        (
            "contact",
            contact.map(|sealed| Value::from(domain::canonical::hex(&sha256(sealed.as_bytes())))),
        ),
        ("lang", Some(submission.lang.as_str().into())),
        ("follows", text(&submission.follows)),
    ])
    .to_string()
}

fn answer(answer: &Answer) -> Value {
    Value::object([("code", answer.code.as_str().into()), ("values", Value::texts(&answer.values))])
}

#[cfg(test)]
mod tests {
    use contract::report::{Challenge, Proof};

    use super::*;
    use crate::reports::check::tests::submission;

    #[test]
    fn sending_again_with_another_proof_is_the_same_report() {
        let key = Key::random().unwrap();
        let challenge = Challenge {
            algorithm: "SHA-256".into(),
            challenge: String::new(),
            max_number: 1,
            salt: String::new(),
            signature: String::new(),
        };
        let again = Submission {
            proof: Some(Proof { challenge, number: 1 }),
            written_ms: Some(1),
            website: "x".into(),
            ..submission()
        };
        assert_eq!(digest(&submission()), digest(&again));
        assert_eq!(fingerprint(&submission(), "c", &key), fingerprint(&again, "c", &key));
    }

    #[test]
    fn every_part_of_the_content_counts() {
        let changes: [fn(&mut Submission); 9] = [
            |s| s.category = "noise".into(),
            |s| s.answers[0].values = vec!["sewage".into()],
            |s| s.text.push('.'),
            |s| s.location.place.as_mut().unwrap().lon += 0.000_001,
            |s| s.location.address = Some("a".into()),
            |s| s.photos.push("00".repeat(32)),
            |s| s.sealed_contact = Some("sealed".into()),
            |s| s.lang = "en".into(),
            |s| s.follows = Some("R7K3M9QXD".into()),
        ];
        for change in changes {
            let mut other = submission();
            change(&mut other);
            assert_ne!(digest(&submission()), digest(&other), "{other:?}");
        }
    }

    #[test]
    fn another_claim_code_is_another_submission_but_the_same_content() {
        let key = Key::random().unwrap();
        assert_ne!(fingerprint(&submission(), "a", &key), fingerprint(&submission(), "b", &key));
    }
}
