//! Names of what histories, ledger and audit log keep by key.

use domain::{Lang, rectification::EventKind, report::ActionKind};

use crate::words;

/// What was done, in words; a key that this console does not know yet stays as it is.
pub(crate) fn deed_name(key: &str, lang: Lang) -> String {
    if let Some(action) = ActionKind::from_key(key) {
        return action.name(lang).to_owned();
    }
    if let Some(event) = EventKind::from_key(key.strip_prefix("item_").unwrap_or(key)) {
        return event.name(lang).to_owned();
    }
    let of_reward = key.strip_prefix("reward_").unwrap_or(key);
    entry_name(of_reward, lang).or_else(|| account_name(key, lang)).unwrap_or(key).to_owned()
}

/// An entry of the ledger.
fn entry_name(kind: &str, lang: Lang) -> Option<&'static str> {
    Some(match kind {
        "received" => words::deed_received(lang),
        "eligibility" => words::deed_eligibility(lang),
        "proposed" => words::deed_proposed(lang),
        "approved" => words::deed_approved(lang),
        "rejected" => words::deed_rejected(lang),
        "notified" => words::deed_notified(lang),
        "voucher_issued" => words::deed_voucher_issued(lang),
        "paid" => words::deed_paid(lang),
        "declined" => words::deed_declined(lang),
        "expired" => words::deed_expired(lang),
        _ => return None,
    })
}

/// What concerns accounts, identities, and the record beside the events of its issues.
fn account_name(key: &str, lang: Lang) -> Option<&'static str> {
    Some(match key {
        "sign_in" => words::deed_sign_in(lang),
        "sign_in_failed" => words::deed_sign_in_failed(lang),
        "user_add" => words::deed_user_add(lang),
        "user_change" => words::deed_user_change(lang),
        "user_reset" => words::deed_user_reset(lang),
        "user_handover" => words::deed_user_handover(lang),
        "user_disable" => words::deed_user_disable(lang),
        "user_enable" => words::deed_user_enable(lang),
        "identity_taken" => words::deed_identity_taken(lang),
        "contact_given" => words::deed_contact_given(lang),
        "objection_contact_taken" => words::deed_objection_contact_taken(lang),
        "items_imported" => words::deed_items_imported(lang),
        "statement_add" => words::deed_statement_add(lang),
        "programme_revise" => words::deed_programme_revise(lang),
        "item_redact" => words::deed_item_redact(lang),
        "item_photo" => words::deed_item_photo(lang),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use domain::Lang;

    use super::deed_name;

    #[test]
    fn what_is_kept_by_key_is_read_in_words() {
        assert_eq!(deed_name("accept", Lang::Zh), "受理");
        assert_eq!(deed_name("reward_proposed", Lang::En), "reward proposed");
        assert_eq!(deed_name("proposed", Lang::Zh), "提出奖励");
        assert_eq!(deed_name("sign_in_failed", Lang::Zh), "登录失败");
        assert_eq!(deed_name("measures_set", Lang::Zh), "制定措施");
        assert_eq!(deed_name("item_closed", Lang::En), "closed");
        assert_eq!(deed_name("of_tomorrow", Lang::Zh), "of_tomorrow");
    }
}
