//! Starts the staff console on its page.

fn main() {
    console::start();
}
