//! Figures beside their budgets, as text.

pub(crate) struct Table {
    title: String,
    lines: Vec<[String; 3]>,
}

impl Table {
    pub(crate) fn titled(title: &str) -> Self {
        Self { title: title.to_owned(), lines: Vec::new() }
    }

    pub(crate) fn line(&mut self, what: &str, figure: String, budget: &str) {
        println!("{what}: {figure}");
        self.lines.push([what.to_owned(), figure, budget.to_owned()]);
    }

    pub(crate) fn print(&self) {
        println!("\n{}\n", self.title);
        println!("{:<48} {:>24}   budget", "what", "measured");
        for [what, figure, budget] in &self.lines {
            println!("{what:<48} {figure:>24}   {budget}");
        }
    }
}
