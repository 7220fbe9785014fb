//! Drafts, photos and outgoing reports on this device (IndexedDB).

use std::{cell::RefCell, collections::BTreeMap};

use js_sys::{Array, Promise};
use ui::base::base_path;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

use super::js;

/// Raised when a shelf is added.
const VERSION: u32 = 1;

/// Where something is kept; the key is a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Shelf {
    /// Reports being written: JSON, by report id.
    Drafts,
    /// Cleaned photos: bytes, by report id and digest.
    Photos,
    /// Reports to be sent, and receipts: JSON, by report id. `sw.js` reads it too.
    Outbox,
    /// What the reader asked to keep, and the last form: JSON.
    Kept,
}

impl Shelf {
    const ALL: [Self; 4] = [Self::Drafts, Self::Photos, Self::Outbox, Self::Kept];

    const fn name(self) -> &'static str {
        match self {
            Self::Drafts => "drafts",
            Self::Photos => "photos",
            Self::Outbox => "outbox",
            Self::Kept => "kept",
        }
    }
}

/// One change; several are made together or not at all.
pub(crate) enum Change {
    /// Puts a value where there is none.
    Add(Shelf, String, JsValue),
    /// Puts a value in the place of what is there.
    Put(Shelf, String, JsValue),
    /// Takes a value away.
    Delete(Shelf, String),
}

/// Why nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unkept {
    /// What was to be added is there already.
    Known,
    /// No room, or the browser refuses.
    Refused,
}

thread_local! {
    static MEMORY: RefCell<BTreeMap<(Shelf, String), JsValue>> = const { RefCell::new(BTreeMap::new()) };
    static OPENED: RefCell<Option<JsValue>> = const { RefCell::new(None) };
}

/// The shelves; without IndexedDB (some private windows) they last as long as the page.
#[derive(Clone)]
pub(crate) struct Shelves(Option<JsValue>);

impl Shelves {
    /// Opens them.
    pub(crate) async fn open() -> Self {
        let opened = OPENED.with_borrow(Clone::clone);
        if opened.is_some() {
            return Self(opened);
        }
        let database = database().await.ok();
        OPENED.set(database.clone());
        Self(database)
    }

    /// True when what is put there is still there after the page is closed.
    pub(crate) fn last(&self) -> bool {
        self.0.is_some()
    }

    /// The value under a key.
    pub(crate) async fn get(&self, shelf: Shelf, key: &str) -> Option<JsValue> {
        let Some(database) = &self.0 else {
            return MEMORY.with_borrow(|memory| memory.get(&(shelf, key.to_owned())).cloned());
        };
        let value = self.read(database, shelf, "get", &[&key.into()]).await.ok()?;
        (!value.is_undefined()).then_some(value)
    }

    /// Every value of a shelf, in the order of the keys.
    pub(crate) async fn all(&self, shelf: Shelf) -> Vec<JsValue> {
        let Some(database) = &self.0 else {
            let of_shelf = |((of, _), value): (&(Shelf, String), &JsValue)| {
                (*of == shelf).then(|| value.clone())
            };
            return MEMORY.with_borrow(|memory| memory.iter().filter_map(of_shelf).collect());
        };
        let values = self.read(database, shelf, "getAll", &[]).await;
        values.map(|values| Array::from(&values).to_vec()).unwrap_or_default()
    }

    async fn read(
        &self,
        database: &JsValue,
        shelf: Shelf,
        method: &str,
        arguments: &[&JsValue],
    ) -> Result<JsValue, JsValue> {
        let transaction = js::call(database, "transaction", &[&shelf.name().into()])?;
        let store = js::call(&transaction, "objectStore", &[&shelf.name().into()])?;
        let request = js::call(&store, method, arguments)?;
        settled(&request, "onsuccess", &["onerror"]).await?;
        Ok(js::get(&request, "result"))
    }

    /// Makes changes, together or not at all; when this returns they are durable.
    ///
    /// # Errors
    ///
    /// Why nothing was changed.
    pub(crate) async fn change(&self, changes: Vec<Change>) -> Result<(), Unkept> {
        match &self.0 {
            Some(database) => write(database, changes).await,
            None => remember(changes),
        }
    }
}

async fn database() -> Result<JsValue, JsValue> {
    let name = format!("bilan-reports{}", base_path());
    let request = js::call(&js::global("indexedDB"), "open", &[&name.into(), &VERSION.into()])?;
    let of = request.clone();
    let upgrade = Closure::once(move || {
        let database = js::get(&of, "result");
        for shelf in Shelf::ALL {
            // One that is there already refuses, and stays.
            let _ = js::call(&database, "createObjectStore", &[&shelf.name().into()]);
        }
    });
    js::set(&request, "onupgradeneeded", upgrade.as_ref().unchecked_ref());
    settled(&request, "onsuccess", &["onerror", "onblocked"]).await?;
    let database = js::get(&request, "result");
    let of = database.clone();
    // A later program that changes the shelves must not wait for this page to be closed.
    let make_way = Closure::once_into_js(move || {
        OPENED.set(None);
        let _ = js::call(&of, "close", &[]);
    });
    js::set(&database, "onversionchange", &make_way);
    Ok(database)
}

async fn write(database: &JsValue, changes: Vec<Change>) -> Result<(), Unkept> {
    let names: Array = Shelf::ALL.iter().map(|shelf| JsValue::from_str(shelf.name())).collect();
    let refused = |_: JsValue| Unkept::Refused;
    let options = js::object(&[("durability", "strict".into())]);
    let transaction = js::call(database, "transaction", &[&names, &"readwrite".into(), &options])
        .map_err(refused)?;
    for change in changes {
        let (shelf, method, arguments) = match change {
            Change::Add(shelf, key, value) => (shelf, "add", vec![value, key.into()]),
            Change::Put(shelf, key, value) => (shelf, "put", vec![value, key.into()]),
            Change::Delete(shelf, key) => (shelf, "delete", vec![key.into()]),
        };
        let store =
            js::call(&transaction, "objectStore", &[&shelf.name().into()]).map_err(refused)?;
        js::call(&store, method, &arguments.iter().collect::<Vec<_>>()).map_err(refused)?;
    }
    settled(&transaction, "oncomplete", &["onabort"]).await.map_err(|_event| {
        let why = js::get(&js::get(&transaction, "error"), "name").as_string();
        if why.as_deref() == Some("ConstraintError") { Unkept::Known } else { Unkept::Refused }
    })
}

fn remember(changes: Vec<Change>) -> Result<(), Unkept> {
    MEMORY.with_borrow_mut(|memory| {
        let known = changes.iter().any(|change| {
            matches!(change, Change::Add(shelf, key, _) if memory.contains_key(&(*shelf, key.clone())))
        });
        if known {
            return Err(Unkept::Known);
        }
        for change in changes {
            match change {
                Change::Add(shelf, key, value) | Change::Put(shelf, key, value) => {
                    memory.insert((shelf, key), value);
                }
                Change::Delete(shelf, key) => {
                    memory.remove(&(shelf, key));
                }
            }
        }
        Ok(())
    })
}

/// Waits for the event that settles a request.
async fn settled(request: &JsValue, good: &str, bad: &[&str]) -> Result<(), JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        js::set(request, good, &resolve);
        for event in bad {
            js::set(request, event, &reject);
        }
    });
    JsFuture::from(promise).await.map(drop)
}
