//! Mounts the public portal on the page.

use portal::App;

fn main() {
    leptos::mount::mount_to_body(App);
    // What the server wrote for readers without script has been taken over by the program.
    if let Some(summary) = leptos::prelude::document().get_element_by_id("summary") {
        summary.remove();
    }
}
