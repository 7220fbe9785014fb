//! What of the ledger is shown, in the address of the page.

use contract::{paths, rectification::ItemLine};
use domain::Lang;
use ui::Query;

/// The choices by their names; empty where not chosen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Filter {
    /// The day whose end everything is of; empty for now.
    pub(super) as_of: String,
    pub(super) source: String,
    pub(super) medium: String,
    pub(super) unit: String,
    /// A state's key, or [`OVERDUE`].
    pub(super) state: String,
    /// Looked for in number, title and batch.
    pub(super) text: String,
    pub(super) order: Order,
    /// From 1.
    pub(super) page: usize,
}

/// Not a state of its own: any state, past the last day and not done.
pub(super) const OVERDUE: &str = "overdue";

/// The order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Order {
    /// By number, as the ledger has them.
    #[default]
    Number,
    /// The last found first.
    Found,
    /// The next deadline first, those without one last.
    Due,
}

impl Order {
    pub(super) const ALL: [Self; 3] = [Self::Number, Self::Found, Self::Due];

    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Number => "",
            Self::Found => "found",
            Self::Due => "due",
        }
    }
}

impl Filter {
    /// As the page's address has it.
    pub(super) fn of(query: &Query) -> Self {
        let text = |name: &str| query.get(name).unwrap_or_default().to_owned();
        let order = Order::ALL.into_iter().find(|order| Some(order.key()) == query.get("order"));
        Self {
            as_of: text("as_of"),
            source: text("source"),
            medium: text("medium"),
            unit: text("unit"),
            state: text("state"),
            text: text("q"),
            order: order.unwrap_or_default(),
            page: query.get("page").and_then(|page| page.parse().ok()).unwrap_or(1).max(1),
        }
    }

    /// The request: the list is filtered here, so only the day is asked for.
    pub(super) fn path(&self) -> String {
        as_of(paths::RECTIFICATION, &self.as_of, None)
    }

    /// Where the issues that are wanted stand among `items`, in the order wanted.
    pub(super) fn found(&self, items: &[ItemLine]) -> Vec<usize> {
        let wanted = self.text.trim().to_lowercase();
        let mut found: Vec<usize> = (0..items.len())
            .filter(|at| items.get(*at).is_some_and(|item| self.holds(item, &wanted)))
            .collect();
        match self.order {
            Order::Number => {}
            Order::Found => {
                found.sort_by_key(|at| std::cmp::Reverse(items.get(*at).map(|i| i.found)))
            }
            Order::Due => found.sort_by_key(|at| {
                let due = items.get(*at).and_then(|item| item.due);
                (due.is_none(), due)
            }),
        }
        found
    }

    fn holds(&self, item: &ItemLine, wanted: &str) -> bool {
        let is = |chosen: &str, key: &str| chosen.is_empty() || chosen == key;
        let state = match self.state.as_str() {
            OVERDUE => item.overdue,
            chosen => is(chosen, item.state.key()),
        };
        state
            && is(&self.source, item.source.key())
            && is(&self.medium, item.medium.key())
            && is(&self.unit, item.unit.as_deref().unwrap_or_default())
            && (wanted.is_empty() || mentions(item, wanted))
    }
}

fn mentions(item: &ItemLine, wanted: &str) -> bool {
    let texts = [item.number.as_str(), &item.title, &item.batch];
    let texts = texts.into_iter().chain(item.title_en.as_deref());
    texts.into_iter().any(|text| text.to_lowercase().contains(wanted))
}

/// The address of a reply or file as of a day, in a language where that matters.
pub(super) fn as_of(path: &str, day: &str, lang: Option<Lang>) -> String {
    let day = Some(("as_of", day)).filter(|(_, day)| !day.is_empty());
    let lang = lang.map(|lang| ("lang", lang.tag()));
    let query: Query = day.into_iter().chain(lang).collect();
    format!("{path}{query}")
}

#[cfg(test)]
mod tests {
    use domain::rectification::{Medium, Origin, Source, State};
    use jiff::civil::{Date, date};

    use super::*;

    fn line(number: &str, state: State, due: Option<Date>) -> ItemLine {
        ItemLine {
            number: number.into(),
            title: "河道排口污水直排".into(),
            title_en: Some("Sewage outfall".into()),
            source: Source::Central,
            batch: "第二轮".into(),
            medium: Medium::Water,
            unit: Some("ecology".into()),
            state,
            found: date(2021, 9, number.len() as i8),
            due,
            closed: None,
            overdue: state == State::Behind,
            origin: Origin::Simulated,
        }
    }

    fn found(search: &str, items: &[ItemLine]) -> Vec<usize> {
        Filter::of(&Query::parse(search)).found(items)
    }

    #[test]
    fn every_filter_of_the_address_narrows_the_list() {
        let items = [line("A-1", State::Closed, None), line("A-22", State::Behind, None)];
        assert_eq!(found("", &items), [0, 1]);
        assert_eq!(found("?state=closed&source=central&medium=water&unit=ecology", &items), [0]);
        assert_eq!(found("?state=overdue", &items), [1]);
        assert_eq!(found("?medium=air", &items), [] as [usize; 0]);
        assert_eq!(found("?q=a-22", &items), [1]);
        assert_eq!(found("?q=SEWAGE", &items), [0, 1]);
        assert_eq!(found("?q=排口", &items), [0, 1]);
    }

    #[test]
    fn those_without_a_deadline_come_last() {
        let items = [
            line("A-1", State::Assigned, None),
            line("A-22", State::Assigned, Some(date(2027, 1, 1))),
            line("A-333", State::Assigned, Some(date(2026, 12, 1))),
        ];
        assert_eq!(found("?order=due", &items), [2, 1, 0]);
        assert_eq!(found("?order=found", &items), [2, 1, 0]);
    }

    #[test]
    fn only_the_day_is_asked_of_the_server() {
        let filter = Filter::of(&Query::parse("?lang=en&as_of=2026-06-30&source=central&page=0"));
        assert_eq!(filter.path(), "api/v1/rectification?as_of=2026-06-30");
        assert_eq!(filter.page, 1);
        assert_eq!(Filter::default().path(), "api/v1/rectification");
    }
}
