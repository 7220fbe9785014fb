//! Places: the grid, and that no output and no pair of outputs gives a reporter's home away.

use std::collections::{BTreeMap, BTreeSet};

use domain::privacy::cells::{Cell, Exposure, Grid, K, Level, Placed, Point, Released, publish};
use jiff::{
    ToSpan,
    civil::{Date, date},
};
use proptest::{collection::vec, prelude::*, sample::select};
use rstest::rstest;

/// The middle of the demonstration's district.
const LATITUDE: i32 = 29_500_000;
const FIRST: Date = date(2026, 11, 1);

fn grid() -> Grid {
    Grid::at_latitude(LATITUDE)
}

fn day(number: i32) -> Date {
    FIRST + number.days()
}

/// Metres between two micro-degrees of one latitude, as floating point has it.
fn metres_east(degrees: i32, latitude: i32) -> f64 {
    let radians = f64::from(latitude) / 1e6 * std::f64::consts::PI / 180.0;
    f64::from(degrees) / 1e6 * 111_195.0 * radians.cos()
}

#[rstest]
#[case(0)]
#[case(29_500_000)]
#[case(-29_500_000)]
#[case(45_000_000)]
#[case(53_000_000)]
#[case(75_000_000)]
fn cells_are_square_where_the_grid_is_made_for(#[case] latitude: i32) {
    let grid = Grid::at_latitude(latitude);
    for level in Level::ALL {
        let cell = grid.cell(Point { lon: 106_500_000, lat: latitude }, level);
        let (south_west, north_east) = grid.corners(cell);
        let width = metres_east(north_east.lon - south_west.lon, latitude);
        let height = f64::from(north_east.lat - south_west.lat) / 1e6 * 111_195.0;
        let side = f64::from(level.metres());
        assert!((width / side - 1.0).abs() < 0.005, "{width} m for {side}");
        assert!((height / side - 1.0).abs() < 0.005, "{height} m for {side}");
    }
}

fn point() -> impl Strategy<Value = Point> {
    (-180_000_000..180_000_000, -85_000_000..85_000_000).prop_map(|(lon, lat)| Point { lon, lat })
}

proptest! {
    #[test]
    fn a_point_lies_in_its_cell_and_the_cell_around_its_middle(at in point()) {
        let grid = grid();
        for level in Level::ALL {
            let cell = grid.cell(at, level);
            let (south_west, north_east) = grid.corners(cell);
            prop_assert!((south_west.lon..north_east.lon).contains(&at.lon) || at.lon.abs() > 179_000_000);
            prop_assert!((south_west.lat..north_east.lat).contains(&at.lat));

            prop_assert_eq!(grid.cell(grid.centre(cell), level), cell);
        }
    }

    #[test]
    fn each_cell_lies_in_one_of_the_next_size(at in point()) {
        let grid = grid();
        for level in Level::ALL {
            let up = grid.cell(at, level).up();
            prop_assert_eq!(up, level.up().map(|up| grid.cell(at, up)));
            prop_assert_eq!(level.up().and_then(Level::down), level.up().map(|_| level));
        }
    }
}

/// One report as a test makes it.
#[derive(Debug, Clone)]
struct Report {
    id: String,
    category: &'static str,
    exposure: Exposure,
    at: Point,
    day: Date,
    released_on: Date,
}

fn released(reports: &[Report]) -> Vec<Released<'_>> {
    let one = |report: &Report| Released {
        released_on: report.released_on,
        id: "",
        category: report.category,
        exposure: report.exposure,
        at: report.at,
        day: report.day,
    };
    reports.iter().map(|report| Released { id: &report.id, ..one(report) }).collect()
}

/// A home report in the 500 m cell `x`, `y` of a 4 km cell.
fn home(number: usize, x: i32, y: i32, released_on: i32) -> Report {
    let grid = grid();
    let corner = grid.cell(Point { lon: 106_500_000, lat: LATITUDE }, Level::Km4);
    let cell = Cell { level: Level::M500, x: corner.x * 8 + x, y: corner.y * 8 + y };
    let (south_west, _) = grid.corners(cell);
    let offset = i32::try_from(number % 40).expect("small") * 100;
    Report {
        id: format!("R{number:03}"),
        category: "noise",
        exposure: Exposure::FromHome,
        at: Point { lon: south_west.lon + offset, lat: south_west.lat + offset },
        day: FIRST,
        released_on: day(released_on),
    }
}

fn homes(places: &[(i32, i32, usize)]) -> Vec<Report> {
    let each = places.iter().flat_map(|(x, y, count)| std::iter::repeat_n((*x, *y), *count));
    each.enumerate().map(|(number, (x, y))| home(number, x, y, 0)).collect()
}

fn levels(placed: &[Placed]) -> BTreeMap<Level, usize> {
    let mut levels = BTreeMap::new();
    for placed in placed {
        *levels.entry(placed.cell.level).or_default() += 1;
    }
    levels
}

// Places are 500 m cells inside one cell of 4 km, which has eight by eight of them.
#[rstest]
#[case::four_are_left_out(&[(0, 0, 4)], &[])]
#[case::five_in_one_place(&[(0, 0, 5)], &[(Level::M500, 5)])]
#[case::one_of_five_next_door(&[(0, 0, 4), (1, 0, 1)], &[(Level::Km1, 5)])]
#[case::four_beside_five_pull_all_up(&[(0, 0, 5), (1, 0, 4)], &[(Level::Km1, 9)])]
#[case::five_beside_five(&[(0, 0, 5), (1, 0, 5)], &[(Level::M500, 10)])]
#[case::one_far_away_pulls_all_up(&[(0, 0, 5), (7, 7, 1)], &[(Level::Km4, 6)])]
#[case::far_away_but_enough(&[(0, 0, 5), (7, 7, 4), (6, 6, 1)], &[(Level::M500, 5), (Level::Km1, 5)])]
#[case::in_the_quarter(&[(0, 0, 2), (2, 2, 3)], &[(Level::Km2, 5)])]
fn homes_appear_in_company_or_not_at_all(
    #[case] places: &[(i32, i32, usize)],
    #[case] expected: &[(Level, usize)],
) {
    let reports = homes(places);
    let placed = publish(&grid(), &released(&reports), day(1), K);
    assert_eq!(levels(&placed), expected.iter().copied().collect());
}

#[test]
fn a_release_appears_when_its_day_is_over() {
    let reports = homes(&[(0, 0, 5)]);
    assert!(publish(&grid(), &released(&reports), day(0), K).is_empty());
    assert_eq!(publish(&grid(), &released(&reports), day(1), K).len(), 5);
}

#[test]
fn late_reports_wait_for_their_own_company() {
    let mut reports = homes(&[(0, 0, 5)]);
    reports.extend((10..13).map(|number| home(number, 0, 0, 1)));
    assert_eq!(publish(&grid(), &released(&reports), day(2), K).len(), 5);
    reports.extend((20..22).map(|number| home(number, 1, 1, 2)));
    let placed = publish(&grid(), &released(&reports), day(3), K);
    assert_eq!(levels(&placed), [(Level::M500, 5), (Level::Km1, 5)].into());
}

#[test]
fn other_categories_and_days_are_no_company() {
    let mut reports = homes(&[(0, 0, 5)]);
    reports[4].category = "odour";
    assert!(publish(&grid(), &released(&reports), day(9), K).is_empty());
    reports[4].category = "noise";
    reports[4].day = day(1);
    assert!(publish(&grid(), &released(&reports), day(9), K).is_empty());
}

#[test]
fn the_same_report_twice_counts_once() {
    let mut reports = homes(&[(0, 0, 4)]);
    reports.push(reports[0].clone());
    assert!(publish(&grid(), &released(&reports), day(9), K).is_empty());
}

#[test]
fn fewer_than_five_cannot_be_asked_for() {
    let reports = homes(&[(0, 0, 4)]);
    assert!(publish(&grid(), &released(&reports), day(9), 1).is_empty());
    let reports = homes(&[(0, 0, 6)]);
    assert!(publish(&grid(), &released(&reports), day(9), 7).is_empty());
}

#[test]
fn what_is_nobodys_home_appears_at_once_and_alone() {
    let mut report = home(0, 0, 0, 0);
    for (exposure, level) in [(Exposure::Fine, Level::M50), (Exposure::Coarse, Level::M500)] {
        report.exposure = exposure;
        let reports = [report.clone()];
        let placed = publish(&grid(), &released(&reports), day(0), K);
        assert_eq!(placed, [Placed { id: "R000".to_owned(), cell: grid().cell(report.at, level) }]);
        assert!(publish(&grid(), &released(&reports), day(-1), K).is_empty());
    }
}

/// Reports of a few days in and around a few cells of 4 km, crowded enough to be published now and then.
fn district() -> impl Strategy<Value = Vec<Report>> {
    let exposure = select(vec![
        Exposure::FromHome,
        Exposure::FromHome,
        Exposure::FromHome,
        Exposure::Coarse,
        Exposure::Fine,
    ]);
    let place = prop_oneof![(0_i32..60_000, 0_i32..60_000), (0_i32..12_000, 0_i32..12_000)];
    let one = (place, select(vec!["noise", "odour"]), exposure, 0_i32..3, 0_i32..5);
    vec(one, 0..120).prop_map(|all| {
        let one =
            |(number, ((east, north), category, exposure, reported, later)): (usize, _)| Report {
                id: format!("R{number:03}"),
                // A category is from home or not as a whole.
                category: if exposure == Exposure::FromHome { category } else { "dust" },
                exposure,
                at: Point { lon: 106_480_000 + east, lat: 29_480_000 + north },
                day: day(reported),
                released_on: day(reported + later),
            };
        all.into_iter().enumerate().map(one).collect()
    })
}

/// What a reader can count: reports from home by category, day and cell.
fn counts<'a>(
    reports: &'a [Report],
    placed: &[Placed],
) -> BTreeMap<(&'a str, Date, Cell), BTreeSet<String>> {
    let mut counts: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
    for placed in placed {
        let report = reports.iter().find(|report| report.id == placed.id).expect("a report");
        if report.exposure == Exposure::FromHome {
            counts
                .entry((report.category, report.day, placed.cell))
                .or_default()
                .insert(placed.id.clone());
        }
    }
    counts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_output_and_no_two_outputs_show_fewer_than_five_homes(reports in district()) {
        let grid = grid();
        let released = released(&reports);
        let outputs: Vec<_> = (0..9).map(|number| publish(&grid, &released, day(number), K)).collect();
        for output in &outputs {
            for ((_, _, cell), ids) in counts(&reports, output) {
                prop_assert!(ids.len() >= K);
                prop_assert!(cell.level >= Level::M500);
            }
        }
        for (earlier, later) in (0..9).flat_map(|a| (a..9).map(move |b| (a, b))) {
            let (before, after) = (&outputs[earlier], &outputs[later]);
            prop_assert!(before.iter().all(|placed| after.contains(placed)), "what was shown stays");
            let new: Vec<_> = after.iter().filter(|placed| !before.contains(placed)).cloned().collect();
            for ids in counts(&reports, &new).values() {
                prop_assert!(ids.len() >= K, "{} new ones by day {later}", ids.len());
            }
        }
    }

    #[test]
    fn no_cell_follows_from_the_others_around_it(reports in district()) {
        // What became new on one day, per cell of any size: everything inside minus any choice of its quarters.
        let grid = grid();
        let released = released(&reports);
        let mut before = Vec::new();
        for number in 0..9 {
            let output = publish(&grid, &released, day(number), K);
            let new: Vec<_> = output.iter().filter(|placed| !before.contains(*placed)).cloned().collect();
            let counts = counts(&reports, &new);
            for (category, day, cell) in counts.keys() {
                let mut above = cell.up();
                while let Some(around) = above {
                    let undivided = counts.get(&(*category, *day, around));
                    prop_assert!(undivided.is_none(), "{around:?} is shown whole and in part");
                    above = around.up();
                }
            }
            before = output;
        }
    }

    #[test]
    fn a_shown_cell_is_where_the_report_is(reports in district()) {
        let grid = grid();
        for placed in publish(&grid, &released(&reports), day(9), K) {
            let report = reports.iter().find(|report| report.id == placed.id).expect("a report");
            prop_assert_eq!(grid.cell(report.at, placed.cell.level), placed.cell);
        }
    }

    #[test]
    fn the_order_of_reports_changes_nothing(
        (one, other) in district().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
    ) {
        let placed = |reports: &[Report]| publish(&grid(), &released(reports), day(6), K);
        prop_assert_eq!(placed(&one), placed(&other));
    }

    #[test]
    fn a_new_report_moves_no_older_one(reports in district(), (x, y) in (0_i32..8, 0_i32..8)) {
        let before = publish(&grid(), &released(&reports), day(8), K);
        let mut more = reports;
        more.push(home(999, x, y, 8));
        let after = publish(&grid(), &released(&more), day(9), K);
        prop_assert!(before.iter().all(|placed| after.contains(placed)));
    }
}

/// Every way in which up to 14 homes can lie in the four quarters of one square kilometre.
fn quarters() -> impl Iterator<Item = [usize; 4]> {
    (0..15_usize.pow(4)).filter_map(|code| {
        let counts = [0, 1, 2, 3].map(|quarter| code / 15_usize.pow(quarter) % 15);
        (counts.iter().sum::<usize>() <= 14).then_some(counts)
    })
}

#[test]
fn even_who_knows_the_rule_cannot_name_a_quarter_with_fewer_than_five() {
    let mut worlds: BTreeMap<Vec<(Cell, usize)>, Vec<[usize; 4]>> = BTreeMap::new();
    for counts in quarters() {
        let [a, b, c, d] = counts;
        let reports = homes(&[(0, 0, a), (1, 0, b), (0, 1, c), (1, 1, d)]);
        let placed = publish(&grid(), &released(&reports), day(1), K);
        let mut shown: BTreeMap<Cell, usize> = BTreeMap::new();
        for placed in placed {
            *shown.entry(placed.cell).or_default() += 1;
        }
        worlds.entry(shown.into_iter().collect()).or_default().push(counts);
    }
    assert!(worlds.len() > 20, "only {} different outputs", worlds.len());
    for (shown, possible) in worlds {
        for quarter in 0..4 {
            let mut counts = possible.iter().map(|counts| counts[quarter]);
            let betrayed = counts.all(|count| (1..K).contains(&count));
            assert!(!betrayed, "quarter {quarter} follows from {shown:?}");
        }
    }
}
