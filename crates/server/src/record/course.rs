//! Made-up courses of issues: every event asked of the ledger's own rules, as those of real ones are.

use domain::{
    calendar::WorkCalendar,
    period::day_start,
    rectification::{
        Actor, ActorRole, Body, Case, Event, ItemNumber, Refusal, Rules, Window, check, check_found,
    },
};
use jiff::{SignedDuration, ToSpan, civil::Date};
use store::NewItemEvent;

/// One issue's course as it grows.
pub struct Course<'a> {
    number: ItemNumber,
    rules: &'a Rules,
    calendar: &'a WorkCalendar,
    today: Date,
    case: Option<Case>,
    events: Vec<NewItemEvent>,
}

impl<'a> Course<'a> {
    /// Nothing has happened yet.
    pub const fn new(
        number: ItemNumber,
        rules: &'a Rules,
        calendar: &'a WorkCalendar,
        today: Date,
    ) -> Self {
        Self { number, rules, calendar, today, case: None, events: Vec::new() }
    }

    /// The issue so far.
    pub const fn case(&self) -> Option<&Case> {
        self.case.as_ref()
    }

    /// The next working day on or after `day`.
    pub fn working(&self, day: Date) -> Date {
        let mut day = day;
        while !self.calendar.is_working_day(day) && day < Date::MAX {
            day = day.saturating_add(1.day());
        }
        day
    }

    /// The days of publicity that begin on `from`.
    pub fn window(&self, from: Date) -> Window {
        self.rules.window(from, self.calendar)
    }

    /// The working day on or after that many days before today.
    pub fn last_days(&self, ago: i64) -> Date {
        let day = self.working(self.today - ago.days());
        // Today may be a day of rest: then the last one before it.
        if day <= self.today { day } else { self.working(self.today - (ago + 9).days()) }
    }

    /// Adds what happens on the next working day on or after `on`; false where that lies ahead of today.
    ///
    /// # Errors
    ///
    /// The rule it breaks.
    pub fn add(&mut self, on: Date, body: Body) -> Result<bool, Refusal> {
        let on = self.working(on).max(self.case.as_ref().map_or(Date::MIN, |case| case.last));
        if on > self.today {
            return Ok(false);
        }
        let objects = matches!(body, Body::Objected { .. });
        let actor = if objects { Actor::Public } else { Actor::System };
        let at = day_start(on) + SignedDuration::from_mins(9 * 60);
        match &self.case {
            None => check_found(&body, &actor, on, at)?,
            Some(case) => check(case, &body, &actor, on, at, self.rules, self.calendar)?,
        }
        let event = Event {
            number: 1,
            item: self.number.clone(),
            seq: self.case.as_ref().map_or(0, |case| case.seq) + 1,
            at,
            on,
            // Whose hands they were is made up too, but officers' they would be.
            actor: if objects { ActorRole::Public } else { ActorRole::Officer },
            unit: None,
            who: None,
            simulated: true,
            body,
        };
        match &mut self.case {
            Some(case) => case.apply(&event, None)?,
            None => self.case = Some(Case::begin(&event)?),
        }
        self.events.push(NewItemEvent {
            at,
            on,
            actor: event.actor,
            unit: None,
            signed: None,
            simulated: true,
            body: event.body,
        });
        Ok(true)
    }

    /// The events, each with the number of the issue.
    pub fn events(self) -> impl Iterator<Item = (ItemNumber, NewItemEvent)> {
        let number = self.number;
        self.events.into_iter().map(move |event| (number.clone(), event))
    }
}
