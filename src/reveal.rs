//! Puts the program in the place of what the server wrote, once its page stands still.
//!
//! Until then it is laid out unseen (`data-waiting`): numbers that arrive one after the other would
//! push down what is being read.

use std::{cell::Cell, time::Duration};

use leptos::{
    mount::mount_to,
    prelude::{document, set_interval_with_handle, set_timeout},
};
use ui::turn::{first_page_stands, is_building};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::{App, api_client};

/// Between two looks at the page.
const LOOK: Duration = Duration::from_millis(60);
/// Looks in a row at which nothing was under way and nothing had moved.
const STILL: u32 = 3;
/// Looks after which a page that is still loading is shown as it is: about four seconds.
const PATIENCE: u32 = 66;
/// What stands where a part of a page is still to come.
const TO_COME: &str = ".skeleton, .overview-rest:empty";

/// Mounts the portal, unseen, and shows it when it is ready.
pub fn start() {
    let Some(place) = element("portal") else {
        leptos::mount::mount_to_body(App);
        return show(None);
    };
    // In a turn of its own: the program itself has just been started in this one.
    set_timeout(move || mount(place), Duration::ZERO);
}

fn mount(place: HtmlElement) {
    mount_to(place.clone(), App).forget();
    let watch = Watch::default();
    let handle = std::rc::Rc::new(Cell::new(None));
    let own = std::rc::Rc::clone(&handle);
    let look = move || {
        if watch.is_over(&place) {
            own.take().inspect(leptos::prelude::IntervalHandle::clear);
            show(Some(&place));
        }
    };
    match set_interval_with_handle(look, LOOK) {
        Ok(interval) => handle.set(Some(interval)),
        Err(_) => show(element("portal").as_ref()),
    }
}

/// What the looks have found so far.
#[derive(Default)]
struct Watch {
    looks: Cell<u32>,
    still: Cell<u32>,
    height: Cell<i32>,
}

impl Watch {
    /// One more look: true when the page stands still, or has had its time.
    fn is_over(&self, place: &HtmlElement) -> bool {
        let whole = api_client::is_idle()
            && !is_building()
            && !has(place, TO_COME)
            && has(place, "h1")
            && self.has_not_moved(place);
        self.still.set(if whole { self.still.get() + 1 } else { 0 });
        self.looks.set(self.looks.get() + 1);
        self.still.get() >= STILL || self.looks.get() >= PATIENCE
    }

    /// Asked last: the browser has to lay out the page for the answer.
    fn has_not_moved(&self, place: &HtmlElement) -> bool {
        let height = place.offset_height();
        self.height.replace(height) == height
    }
}

fn has(place: &HtmlElement, selector: &str) -> bool {
    matches!(place.query_selector(selector), Ok(Some(_)))
}

fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Takes away what the server wrote for readers without script, in the frame that shows the program.
fn show(place: Option<&HtmlElement>) {
    first_page_stands();
    if let Some(summary) = element("summary") {
        summary.remove();
    }
    if let Some(place) = place {
        let _ = place.remove_attribute("data-waiting");
    }
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-portal", "started");
    }
}
