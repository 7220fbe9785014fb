//! Starts the public portal on its page.

fn main() {
    portal::start();
}
