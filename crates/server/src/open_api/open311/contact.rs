//! A contact that an Open311 client sends in the clear: sealed to the officers' key before anything is kept of it.

use super::{params::Params, sealing};

/// A name and a way to reach it, as the report form seals them.
#[derive(Debug, serde::Serialize)]
struct Contact {
    name: String,
    reach: String,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sealed {
    /// None was sent.
    Absent,
    /// Only the officers' key opens it.
    To(String),
    /// There is no key to seal it to, so that it was thrown away.
    Dropped,
}

/// Seals what was sent to `recipient`, an age recipient; empty: there is none.
pub(super) fn seal(params: &Params, recipient: &str) -> Sealed {
    let joined = |names: &[&str], between: &str| {
        let parts: Vec<_> = names.iter().filter_map(|name| params.all(name).next()).collect();
        parts.join(between)
    };
    let contact = Contact {
        name: joined(&["last_name", "first_name"], " "),
        reach: joined(&["phone", "email", "account_id"], "，"),
    };
    if contact.name.is_empty() && contact.reach.is_empty() {
        return Sealed::Absent;
    }
    if recipient.trim().is_empty() {
        return Sealed::Dropped;
    }
    let plain = serde_json::to_vec(&contact).unwrap_or_default();
    match sealing::seal(recipient, &plain) {
        Ok(sealed) => Sealed::To(sealed),
        Err(error) => {
            tracing::error!(%error, "a contact was thrown away, because it could not be sealed");
            Sealed::Dropped
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::check::is_sealed;

    fn sent(query: &str) -> Params {
        Params::decode(query.as_bytes()).unwrap()
    }

    #[test]
    fn a_contact_is_sealed_to_the_officers_key() {
        let params = sent("first_name=Li&last_name=&phone=13800000000&email=li@example.org");
        let Sealed::To(sealed) =
            seal(&params, "age1lswj5guhqgmglfgx5esxzw7jnx8rmawkma6nvcmf6gqvxn3gkazsemd335")
        else {
            panic!("nothing was sealed")
        };
        assert!(is_sealed(&sealed) && !sealed.contains("13800000000"));
    }

    #[test]
    fn without_a_key_to_seal_to_a_contact_is_thrown_away() {
        assert_eq!(seal(&sent("email=&last_name="), ""), Sealed::Absent);
        assert_eq!(seal(&sent("email=a@example.org"), ""), Sealed::Dropped);
        assert_eq!(seal(&sent("email=a@example.org"), "age1nonsense"), Sealed::Dropped);
    }
}
