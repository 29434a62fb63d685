//! Where boxes go, so that what is tied is near and nothing lies upon anything else.
//!
//! In come the sizes of boxes and which are tied, out come their centres. Each group of boxes that are tied to one another is laid out alone: distances in the
//! picture are to be like distances in the graph, by stress majorisation (Gansner, Koren, North, *Graph Drawing by Stress Majorization*, 2004). Then
//! boxes that overlap, and boxes that a tie runs through, are moved apart. Groups stand side by side in rows, the largest first. No chance, no
//! trigonometry: the same graph gives the same places on every machine.

use std::collections::VecDeque;

/// Pixels between neighbours' centres, across and down: boxes are wider than they are high.
const STEP: (f64, f64) = (300.0, 165.0);
/// Pixels that stay free between two boxes, and at the ends of the words of a tie between them.
const GAP: (f64, f64) = (44.0, 46.0);
const ENDS: f64 = 44.0;
/// How far a box may be moved for the sake of ties that run through it, in pixels: a picture without crossings is not worth one without end.
const FAR: f64 = 170.0;
/// Pixels between two groups.
const BETWEEN: f64 = 60.0;
/// Rounds of majorisation, and of moving apart.
const ROUNDS: (usize, usize) = (240, 400);

/// A place, or a width and height, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Point {
    pub(crate) x: f64,
    pub(crate) y: f64,
}

/// That two boxes are tied, by their places.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Tied {
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// How wide the words on the line are, in pixels.
    pub(crate) words: f64,
}

/// The centres of boxes of these sizes, and the size of the whole.
pub(crate) fn place(sizes: &[Point], ties: &[Tied]) -> (Vec<Point>, Point) {
    let neighbours = neighbours(sizes.len(), ties);
    let mut groups: Vec<(Vec<usize>, Vec<Point>, Point)> = Vec::new();
    for members in components(&neighbours) {
        let (places, size) = place_group(&members, sizes, ties, &neighbours);
        groups.push((members, places, size));
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.0.len()));
    let widest = groups.iter().map(|group| group.2.x).fold(1100.0, f64::max);
    let mut all = vec![Point { x: 0.0, y: 0.0 }; sizes.len()];
    let (mut at, mut row, mut whole) = (Point { x: 0.0, y: 0.0 }, 0.0_f64, Point { x: 0.0, y: 0.0 });
    for (members, places, size) in &groups {
        if at.x > 0.0 && at.x + size.x > widest {
            at = Point { x: 0.0, y: at.y + row + BETWEEN };
            row = 0.0;
        }
        for (&member, place) in members.iter().zip(places) {
            all[member] = Point { x: at.x + place.x, y: at.y + place.y };
        }
        whole = Point { x: whole.x.max(at.x + size.x), y: whole.y.max(at.y + size.y) };
        at.x += size.x + BETWEEN;
        row = row.max(size.y);
    }
    (all, whole)
}

fn neighbours(count: usize, ties: &[Tied]) -> Vec<Vec<usize>> {
    let mut neighbours = vec![Vec::new(); count];
    for &Tied { from, to, .. } in ties {
        neighbours[from].push(to);
        neighbours[to].push(from);
    }
    for each in &mut neighbours {
        each.sort_unstable();
        each.dedup();
    }
    neighbours
}

/// Groups of boxes that are tied to one another, each in its order.
fn components(neighbours: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut is_seen = vec![false; neighbours.len()];
    let mut components = Vec::new();
    for start in 0..neighbours.len() {
        if is_seen[start] {
            continue;
        }
        let reached = steps_from(start, neighbours);
        let members: Vec<usize> = (0..neighbours.len()).filter(|&at| reached[at].is_some()).collect();
        members.iter().for_each(|&member| is_seen[member] = true);
        components.push(members);
    }
    components
}

/// How many ties each box is away; `None` when no way leads there.
fn steps_from(start: usize, neighbours: &[Vec<usize>]) -> Vec<Option<u32>> {
    let mut steps = vec![None; neighbours.len()];
    steps[start] = Some(0);
    let mut waiting = VecDeque::from([(start, 0)]);
    while let Some((at, so_far)) = waiting.pop_front() {
        for &next in &neighbours[at] {
            if steps[next].is_none() {
                steps[next] = Some(so_far + 1);
                waiting.push_back((next, so_far + 1));
            }
        }
    }
    steps
}

/// The centres of a group's boxes, from the group's upper left corner, and its size.
fn place_group(members: &[usize], sizes: &[Point], ties: &[Tied], neighbours: &[Vec<usize>]) -> (Vec<Point>, Point) {
    let distances: Vec<Vec<f64>> = members
        .iter()
        .map(|&member| {
            let steps = steps_from(member, neighbours);
            // Every member of a group is reached from every other.
            members.iter().map(|&other| f64::from(steps[other].unwrap_or(1))).collect()
        })
        .collect();
    let mut places = majorised(&distances);
    for place in &mut places {
        *place = Point { x: place.x * STEP.0, y: place.y * STEP.1 };
    }
    let sizes: Vec<Point> = members.iter().map(|&member| sizes[member]).collect();
    let inside = |member: usize| members.binary_search(&member).ok();
    let inside = |tie: &Tied| Some(Tied { from: inside(tie.from)?, to: inside(tie.to)?, words: tie.words });
    let ties: Vec<Tied> = ties.iter().filter_map(inside).collect();
    move_apart(&mut places, &sizes, &ties);
    at_the_corner(places, &sizes)
}

/// Points on a circle by rational numbers: sine and cosine are not the same on every machine.
fn on_a_circle(count: usize) -> Vec<Point> {
    let half = |at: usize, of: usize, side: f64| {
        let t = 2.0 * (at as f64 + 0.5) / of as f64 - 1.0;
        let whole = 1.0 + t * t;
        Point { x: side * (1.0 - t * t) / whole, y: 2.0 * t / whole }
    };
    let right = count.div_ceil(2);
    let left = count - right;
    let points = (0..right).map(|at| half(at, right, 1.0));
    points.chain((0..left).map(|at| half(at, left, -1.0))).collect()
}

/// Places whose distances are like these, each weighed by the inverse of its square.
fn majorised(distances: &[Vec<f64>]) -> Vec<Point> {
    let mut places = on_a_circle(distances.len());
    for _ in 0..ROUNDS.0 {
        for at in 0..places.len() {
            let (mut sum, mut weights) = (Point { x: 0.0, y: 0.0 }, 0.0);
            for other in (0..places.len()).filter(|&other| other != at) {
                let wanted = distances[at][other];
                let weight = 1.0 / (wanted * wanted);
                let (dx, dy) = (places[at].x - places[other].x, places[at].y - places[other].y);
                let length = (dx * dx + dy * dy).sqrt().max(1e-9);
                sum.x += weight * (places[other].x + wanted * dx / length);
                sum.y += weight * (places[other].y + wanted * dy / length);
                weights += weight;
            }
            if weights > 0.0 {
                places[at] = Point { x: sum.x / weights, y: sum.y / weights };
            }
        }
    }
    places
}

/// Moves boxes until none lies upon another, and none upon a tie of others as far as there is a way.
fn move_apart(places: &mut [Point], sizes: &[Point], ties: &[Tied]) {
    let first = places.to_vec();
    let mut gaps = vec![vec![GAP.0; places.len()]; places.len()];
    for tie in ties {
        let gap = gaps[tie.from][tie.to].max(tie.words + ENDS);
        (gaps[tie.from][tie.to], gaps[tie.to][tie.from]) = (gap, gap);
    }
    let mut round = 0;
    loop {
        // Ties come first; in the last rounds boxes alone, which have to be apart whatever else is so.
        let mut is_moved = round < ROUNDS.1 / 2 && off_ties(places, &first, sizes, ties);
        for (one, row) in gaps.iter().enumerate() {
            for (other, wanted) in row.iter().enumerate().skip(one + 1) {
                // Room for words is given while there is a way; that boxes are apart goes before it.
                let gap = if round < ROUNDS.1 { *wanted } else { GAP.0 };
                is_moved |= push(places, sizes, gap, one, other);
            }
        }
        round += 1;
        if !is_moved || round > ROUNDS.1 * 20 {
            return;
        }
    }
}

/// Pushes two boxes that overlap apart, along the shorter way.
fn push(places: &mut [Point], sizes: &[Point], gap: f64, one: usize, other: usize) -> bool {
    let (dx, dy) = (places[other].x - places[one].x, places[other].y - places[one].y);
    let over_x = f64::midpoint(sizes[one].x, sizes[other].x) + gap - dx.abs();
    let over_y = f64::midpoint(sizes[one].y, sizes[other].y) + GAP.1 - dy.abs();
    if over_x <= 0.01 || over_y <= 0.01 {
        return false;
    }
    if over_x < over_y {
        let by = over_x / 2.0 * if dx < 0.0 { -1.0 } else { 1.0 };
        places[one].x -= by;
        places[other].x += by;
    } else {
        let by = over_y / 2.0 * if dy < 0.0 { -1.0 } else { 1.0 };
        places[one].y -= by;
        places[other].y += by;
    }
    true
}

/// Moves boxes off ties that run through them.
fn off_ties(places: &mut [Point], first: &[Point], sizes: &[Point], ties: &[Tied]) -> bool {
    let mut is_moved = false;
    for &Tied { from, to, .. } in ties {
        for at in (0..places.len()).filter(|&at| at != from && at != to) {
            let (start, end) = (places[from], places[to]);
            let along = Point { x: end.x - start.x, y: end.y - start.y };
            let length = (along.x * along.x + along.y * along.y).sqrt().max(1e-9);
            let to_box = Point { x: places[at].x - start.x, y: places[at].y - start.y };
            let share = (to_box.x * along.x + to_box.y * along.y) / (length * length);
            if !(0.05..=0.95).contains(&share) {
                continue;
            }
            let normal = Point { x: -along.y / length, y: along.x / length };
            let off = to_box.x * normal.x + to_box.y * normal.y;
            // How far the box reaches across the tie, and a little more.
            let reach = (sizes[at].x * normal.x.abs() + sizes[at].y * normal.y.abs()) / 2.0 + 8.0;
            if off.abs() < reach {
                let by = (reach - off.abs()).min(24.0) * if off < 0.0 { -0.5 } else { 0.5 };
                let moved = Point { x: places[at].x + normal.x * by, y: places[at].y + normal.y * by };
                let (dx, dy) = (moved.x - first[at].x, moved.y - first[at].y);
                if dx * dx + dy * dy < FAR * FAR {
                    places[at] = moved;
                    is_moved = true;
                }
            }
        }
    }
    is_moved
}

/// The same places from the upper left corner of what they take, and how much that is.
fn at_the_corner(mut places: Vec<Point>, sizes: &[Point]) -> (Vec<Point>, Point) {
    let edge = |side: f64, pick: fn(&Point) -> f64, fold: fn(f64, f64) -> f64| {
        let edges = places.iter().zip(sizes).map(|(place, size)| pick(place) + side * pick(size) / 2.0);
        edges.reduce(fold).unwrap_or(0.0)
    };
    let (left, top) = (edge(-1.0, |point| point.x, f64::min), edge(-1.0, |point| point.y, f64::min));
    let (right, bottom) = (edge(1.0, |point| point.x, f64::max), edge(1.0, |point| point.y, f64::max));
    for place in &mut places {
        *place = Point { x: place.x - left, y: place.y - top };
    }
    (places, Point { x: right - left, y: bottom - top })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BOX: Point = Point { x: 180.0, y: 62.0 };

    fn overlaps(places: &[Point], sizes: &[Point]) -> Option<(usize, usize)> {
        let pairs = (0..places.len()).flat_map(|one| (one + 1..places.len()).map(move |other| (one, other)));
        pairs.into_iter().find(|&(one, other)| {
            let (dx, dy) = (places[one].x - places[other].x, places[one].y - places[other].y);
            dx.abs() < f64::midpoint(sizes[one].x, sizes[other].x)
                && dy.abs() < f64::midpoint(sizes[one].y, sizes[other].y)
        })
    }

    proptest! {
        #[test]
        fn no_box_lies_upon_another_and_all_are_inside(
            count in 0usize..40,
            ties in proptest::collection::vec((0usize..40, 0usize..40), 0..80),
        ) {
            let is_right = |(a, b): &(usize, usize)| a != b && *a < count && *b < count;
            let ties: Vec<Tied> = ties.into_iter().filter(is_right).map(|(from, to)| Tied { from, to, words: 80.0 }).collect();
            let sizes = vec![BOX; count];
            let (places, whole) = place(&sizes, &ties);
            prop_assert_eq!(overlaps(&places, &sizes), None);
            for place in &places {
                prop_assert!(place.x - 90.0 >= -0.01 && place.x + 90.0 <= whole.x + 0.01);
                prop_assert!(place.y - 31.0 >= -0.01 && place.y + 31.0 <= whole.y + 0.01);
            }
            prop_assert_eq!(place(&sizes, &ties).0, places);
        }
    }

    #[test]
    fn what_is_tied_is_nearer_than_what_is_not() {
        let chain = [(0, 1), (1, 2), (2, 3)].map(|(from, to)| Tied { from, to, words: 60.0 });
        let (places, _) = place(&[BOX; 4], &chain);
        let apart = |one: usize, other: usize| (places[one].x - places[other].x).hypot(places[one].y - places[other].y);
        assert!(apart(0, 1) < apart(0, 2) && apart(0, 2) < apart(0, 3));
    }

    #[test]
    fn nothing_takes_no_place() {
        assert_eq!(place(&[], &[]), (vec![], Point { x: 0.0, y: 0.0 }));
    }
}
