//! Mounts the public portal on the page.

use portal::App;

fn main() {
    leptos::mount::mount_to_body(App);
}
