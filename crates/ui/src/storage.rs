//! What this device remembers: bounded, and never needed.

use leptos::prelude::window;

/// Entries larger than this are not kept: a phone's storage is shared by the whole site.
const MAX_ENTRY: usize = 200_000;
/// As many replies are kept; the one unused for longest makes room.
const MAX_REPLIES: usize = 12;
const PREFIX: &str = "bilan:";
const ORDER: &str = "bilan-order";

/// Texts kept on this device. Every failure (private mode, full storage) reads as "nothing kept".
pub struct Kept;

impl Kept {
    /// A preference.
    pub fn preference(name: &str) -> Option<String> {
        storage()?.get_item(name).ok().flatten()
    }

    /// Remembers a preference, or forgets it.
    pub fn set_preference(name: &str, value: Option<&str>) {
        let Some(storage) = storage() else { return };
        // A device that refuses to remember still works; there is nobody to tell.
        let _ = match value {
            Some(value) => storage.set_item(name, value),
            None => storage.remove_item(name),
        };
    }

    /// The last reply kept for `path`.
    pub fn reply(path: &str) -> Option<String> {
        storage()?.get_item(&format!("{PREFIX}{path}")).ok().flatten()
    }

    /// Keeps the text of a reply for an offline start.
    pub fn keep_reply(path: &str, text: &str) {
        let Some(storage) = storage() else { return };
        if text.len() > MAX_ENTRY {
            return;
        }
        let order = storage.get_item(ORDER).ok().flatten().unwrap_or_default();
        let (order, dropped) = reordered(&order, path);
        for path in dropped {
            let _ = storage.remove_item(&format!("{PREFIX}{path}"));
        }
        if storage.set_item(&format!("{PREFIX}{path}"), text).is_ok() {
            let _ = storage.set_item(ORDER, &order);
        }
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

/// The order of kept paths with `path` as the newest, and the paths that no longer fit.
fn reordered(order: &str, path: &str) -> (String, Vec<String>) {
    let mut paths: Vec<&str> =
        order.split('\n').filter(|known| !known.is_empty() && *known != path).collect();
    paths.push(path);
    let excess = paths.len().saturating_sub(MAX_REPLIES);
    let dropped = paths.drain(..excess).map(str::to_owned).collect();
    (paths.join("\n"), dropped)
}

#[cfg(test)]
mod tests {
    use super::{MAX_REPLIES, reordered};

    #[test]
    fn a_path_asked_again_becomes_the_newest() {
        assert_eq!(reordered("a\nb\nc", "a"), ("b\nc\na".to_owned(), vec![]));
    }

    #[test]
    fn the_oldest_makes_room() {
        let full: Vec<String> = (0..MAX_REPLIES).map(|n| n.to_string()).collect();
        let (order, dropped) = reordered(&full.join("\n"), "new");
        assert_eq!(dropped, ["0"]);
        assert!(order.starts_with("1\n") && order.ends_with("\nnew"));
    }
}
