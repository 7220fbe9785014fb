//! Figures beside their budgets, as text.

#[derive(Default)]
pub(crate) struct Table {
    lines: Vec<[String; 3]>,
}

impl Table {
    pub(crate) fn line(&mut self, what: &str, figure: String, budget: &str) {
        println!("{what}: {figure}");
        self.lines.push([what.to_owned(), figure, budget.to_owned()]);
    }

    pub(crate) fn print(&self) {
        println!("\n{:<62} {:>16}   budget", "what", "measured");
        for [what, figure, budget] in &self.lines {
            println!("{what:<62} {figure:>16}   {budget}");
        }
        println!();
    }
}
