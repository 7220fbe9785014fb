//! Whether two accounts are two people. Whoever gave out an account's credentials could use it, so the two count as one
//! until another administrator confirms that its holder has it, wherever a rule asks for two people.

use domain::Text;
use store::{StoreError, View};

/// Whether both accounts may be in the same hands.
///
/// # Errors
///
/// When the database cannot be read.
pub fn are_one(view: &View<'_>, one: i64, other: i64) -> Result<bool, StoreError> {
    Ok(one == other || !view.hands(one)?.is_disjoint(&view.hands(other)?))
}

/// Of `people`, those that count as `staff` and are other accounts.
///
/// # Errors
///
/// When the database cannot be read.
pub fn doubles(
    view: &View<'_>,
    staff: i64,
    people: impl IntoIterator<Item = i64>,
) -> Result<Vec<i64>, StoreError> {
    let mut found = Vec::new();
    for other in people {
        if other != staff && are_one(view, staff, other)? {
            found.push(other);
        }
    }
    Ok(found)
}

/// For the person who may not act because of it.
pub fn one_person() -> Text {
    Text::new(
        "本账户与前一环节的账户由同一管理员发放凭据，尚未经另一位管理员确认移交，按同一人计；请由他人办理，或先在“用户”页确认移交。",
        "This account and the one that acted before count as one person: one administrator gave out the credentials, and no \
         other administrator has confirmed on the users' page that the holder has the account. A colleague must do it.",
    )
}

/// For the administrator who may not confirm.
pub fn confirm_by_another() -> Text {
    Text::new(
        "移交须由发放凭据者以外的另一位管理员向本人核实后确认；也可由服务器管理员用 bilan user reset 重新发放。",
        "Another administrator than the one who gave out the credentials confirms it, after asking the holder. Or the \
         credentials are given out anew on the server with bilan user reset.",
    )
}
