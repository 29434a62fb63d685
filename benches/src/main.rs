//! dev harness (experimental)
use mihenk_entities::Entity;
use mihenk_names::Bearer;
use mihenk_screening::{
    candidates::Scratch,
    comparison::*,
    index::{Index, build::build},
    making::{self, examples::Judged, population::Background},
    model::{Model, calibration::Score},
    pairing,
    record::*,
    screener::{Options, Screener},
    shape::*,
    weights::*,
};
use std::time::Instant;
const D: &str = "/work/shared/data";

fn background(f: &str) -> Background {
    let t = std::fs::read_to_string(f).unwrap();
    Background {
        title: f.into(),
        words: t
            .lines()
            .filter(|l| !l.starts_with('#'))
            .map(|l| {
                let (w, s) = l.split_once(' ').unwrap();
                (w.to_owned(), s.parse().unwrap())
            })
            .collect(),
    }
}
fn join(mut v: Vec<Background>) -> Vec<Background> {
    let b = v.pop().unwrap();
    let mut a = v.pop().unwrap();
    a.words.extend(b.words);
    vec![a]
}
fn best_f1(mut v: Vec<(f64, bool)>) -> (f64, f64, f64, f64) {
    v.sort_by(|a, b| b.0.total_cmp(&a.0));
    let pos = v.iter().filter(|x| x.1).count() as f64;
    let neg = v.len() as f64 - pos;
    let (mut tp, mut fp) = (0.0, 0.0);
    let mut best = (0.0, 0.0, 0.0, 0.0);
    for i in 0..v.len() {
        if v[i].1 {
            tp += 1.0;
        } else {
            fp += 1.0;
        }
        if i + 1 < v.len() && v[i + 1].0 == v[i].0 {
            continue;
        }
        let f1 = 2.0 * tp / (2.0 * tp + fp + (pos - tp));
        if f1 > best.0 {
            best = (f1, v[i].0, tp / pos, fp / neg);
        }
    }
    best
}
fn show(q: &AskedName, l: &AskedName, c: &Comparison) -> String {
    let xs: Vec<String> = c
        .pairs
        .iter()
        .map(|p| {
            format!(
                "{}~{} {:?}{:.1}",
                q.units[p.asked as usize].own.word.form,
                l.units[p.listed as usize].own.word.form,
                p.likeness.channel,
                p.likeness.bits.as_f64()
            )
        })
        .collect();
    let fs: Vec<String> = Feature::ALL
        .iter()
        .filter(|f| c.amounts[**f as usize] != 0)
        .map(|f| format!("{f:?}={:.1}", c.amounts[*f as usize] as f64 / 100.0))
        .collect();
    format!("{} | {}", xs.join(", "), fs.join(" "))
}
fn bearers_of(s: &str) -> &'static [Bearer] {
    bearers(mihenk_entities::Schema::named(s).unwrap())
}
fn compare(model: &Model, schema: &str, a: &str, b: &str) -> (f64, String) {
    let mut best: Option<(f64, String)> = None;
    for &be in bearers_of(schema) {
        let (q, l) = (AskedName::read(a, be, &model.rarity), AskedName::read(b, be, &model.rarity));
        let c = Comparison::new(q.shape(), l.shape(), pairing::pairs(&q, &l, &model.costs), &q.together);
        let s = c.bits(&model.weights).0.as_f64();
        if best.as_ref().is_none_or(|x| s > x.0) {
            best = Some((s, show(&q, &l, &c)));
        }
    }
    best.unwrap()
}
fn name_bench(model: &Model) -> Vec<(f64, bool, String, String)> {
    let mut rows = csv::Reader::from_path(format!("{D}/name_bench/cases.csv")).unwrap();
    rows.records()
        .map(|r| {
            let r = r.unwrap();
            let (s, t) = compare(model, &r[1], &r[2], &r[3]);
            (s, &r[4] == "true", format!("{} | {} | {}", &r[0], &r[2], &r[3]), t)
        })
        .collect()
}
fn at(v: &[(f64, bool, String, String)], t: f64) -> (f64, f64, f64) {
    let (mut tp, mut fp, mut p, mut n) = (0.0, 0.0, 0.0, 0.0);
    for x in v {
        if x.1 {
            p += 1.0;
        } else {
            n += 1.0;
        }
        if x.0 >= t {
            if x.1 { tp += 1.0 } else { fp += 1.0 }
        }
    }
    (2.0 * tp / (tp + fp + p), tp / p, fp / n)
}
fn main() {
    let t = Instant::now();
    let list: Vec<Entity> =
        std::fs::read_to_string("/tmp/x/index.jsonl").unwrap().lines().map(|l| Entity::from_json(l).unwrap()).collect();
    eprintln!("read {:?}", t.elapsed());
    let judged: Vec<Judged> = std::fs::read_to_string(format!("{D}/screening_dev/queries.jsonl"))
        .unwrap()
        .lines()
        .map(|l| Judged::from_json(l).unwrap())
        .collect();
    let bg =
        join(vec![background("data/background/us_surnames.txt"), background("data/background/us_given_names.txt")]);
    let what: Vec<String> = std::env::args().skip(1).collect();
    let has = |x: &str| what.iter().any(|w| w == x);
    if has("scan") {
        let model = Model::from_bytes(&std::fs::read("data/model.bin").unwrap()).unwrap();
        let files: Vec<std::path::PathBuf> = [
            "un_consolidated.xml",
            "ofac/sdn.csv",
            "ofac/alt.csv",
            "ofac/add.csv",
            "ofac/sdn_comments.csv",
            "ofac/cons_prim.csv",
            "ofac/cons_alt.csv",
            "ofac/cons_add.csv",
        ]
        .iter()
        .map(|f| format!("{D}/lists/{f}").into())
        .collect();
        let t = Instant::now();
        let r = mihenk_lists::read_files(&files).unwrap();
        eprintln!("lists {:?}", t.elapsed());
        let ents: Vec<Entity> = r.into_iter().flat_map(|r| r.entities).collect();
        let t = Instant::now();
        let index = Index::from_bytes(&build(&ents, &model, [0; 32])).unwrap();
        eprintln!("index {:?} {} bytes {} entities", t.elapsed(), index.size_bytes(), index.entity_count());
        let sc = Screener { index: &index, model: &model };
        let opt = Options { base_rate: mihenk_screening::model::calibration::BaseRate::TEXT, ..Options::default() };
        let mut scratch = Scratch::default();
        for f in what.iter().filter(|f| *f != "scan") {
            let t = std::fs::read_to_string(f).unwrap();
            let text = mihenk_screening::scan::Text::of(&t);
            let tm = Instant::now();
            let s = mihenk_screening::scan::scan(&sc, &text, &opt, &mut scratch);
            println!("{f} {:?} {:?}", tm.elapsed(), s.report);
            for m in s.mentions {
                println!(
                    "  {:?} {} {} [{}] bits {} score {} name {:?} ref {:?}",
                    &t[m.start..m.end],
                    index.entity(m.entity).id(),
                    index.entity(m.entity).caption(),
                    m.start,
                    m.bits,
                    m.score.as_f64(),
                    m.name.map(|n| index.name_text(&index.names()[n.1 as usize])),
                    m.refers_to
                );
            }
        }
        return;
    }
    if has("count") {
        use mihenk_screening::{index::build::mixed, likeness::*, rarity::*, term::*};
        let model = Model::from_bytes(&std::fs::read("data/model.bin").unwrap()).unwrap();
        let index = Index::from_bytes(&build(&list, &model, [0; 32])).unwrap();
        let mut seen = std::collections::HashSet::new();
        let (mut n, mut nkeys, mut nwords, mut nfound, mut near, mut ht_only, mut ht_found) =
            (0u64, 0u64, 0u64, 0u64, 0u64, 0u64, 0u64);
        let (mut ranges, mut words) = (vec![], vec![]);
        let mut listed = 0;
        let mut by = [(0u64, 0u64); 6];
        let mut plain = 0u64;
        for j in &judged {
            let r = Record::of(&j.query);
            for nm in &r.names {
                for &be in r.bearers {
                    let a = AskedName::read(&nm.text, be, &model.rarity);
                    for u in &a.units {
                        if u.own.word.form.len() == 1
                            || !seen.insert((u.own.word.form.clone(), be as u8, u.is_merged(), u.own.word.lacks_vowels))
                        {
                            continue;
                        }
                        let t = u.own.term();
                        let mut keys = vec![];
                        if u.is_merged() {
                            t.each_sound_key(true, |k| keys.push(mixed(k, be)));
                        } else {
                            t.each_key(true, |k| keys.push(mixed(k, be)));
                        }
                        n += 1;
                        nkeys += keys.len() as u64;
                        index.words_under(&keys, &mut ranges, &mut words);
                        nwords += words.len() as u64;
                        let ex = words.iter().any(|w| index.term(&index.words()[*w as usize]).form == t.form);
                        listed += ex as u64;
                        let mut htk = vec![];
                        let mut full = vec![];
                        full.extend(keys.iter().copied());
                        if !u.is_merged()
                            && let (Some(h), Some(ta)) = (t.head(), t.tail())
                        {
                            for (a, b) in [(Aspect::Head, h), (Aspect::Tail, ta)] {
                                let k = mixed(short(key(a, b)), be);
                                htk.push(k);
                            }
                        }
                        let aspects: [(&str, Vec<u32>); 6] = [
                            ("fine", t.keys.fine.to_vec()),
                            ("coarse", t.keys.coarse.to_vec()),
                            ("unv", t.keys.unvowelled.to_vec()),
                            ("broad", vec![t.keys.broad]),
                            ("visual", vec![t.keys.visual]),
                            ("del", {
                                let mut d = vec![];
                                deletions(t.form, |k| d.push(short(k)));
                                d
                            }),
                        ];
                        if !u.is_merged() {
                            plain += 1;
                            for (i, (_, ks)) in aspects.iter().enumerate() {
                                let ks: Vec<u32> = ks.iter().filter(|k| **k != 0).map(|k| mixed(*k, be)).collect();
                                let (mut r2, mut w2) = (vec![], vec![]);
                                index.words_under(&ks, &mut r2, &mut w2);
                                by[i].0 += w2.len() as u64;
                                by[i].1 += w2
                                    .iter()
                                    .filter(|w| {
                                        likeness(&t, &index.term(&index.words()[**w as usize]), &model.costs).is_some()
                                    })
                                    .count() as u64;
                            }
                        }
                        let rest: Vec<u32> = full.iter().copied().filter(|k| !htk.contains(k)).collect();
                        let (mut r2, mut w2) = (vec![], vec![]);
                        index.words_under(&rest, &mut r2, &mut w2);
                        for &w in &words {
                            let row = &index.words()[w as usize];
                            let l = index.term(row);
                            if l.form.len() == 1 {
                                continue;
                            }
                            let only = !w2.contains(&w);
                            ht_only += only as u64;
                            if (t.keys.letters ^ l.keys.letters).count_ones() <= 6 {
                                near += 1;
                            }
                            if likeness(&t, &l, &model.costs).is_some() {
                                nfound += 1;
                                ht_found += only as u64;
                            }
                        }
                    }
                }
            }
        }
        println!("plain {plain} {:?}", by.map(|b| (b.0 as f64 / plain as f64, b.1 as f64 / plain as f64)));
        println!(
            "units {n} listed {listed} keys/unit {:.1} words/unit {:.1} found/unit {:.1} near {:.1} head/tail only {:.1} of which found {:.2}",
            nkeys as f64 / n as f64,
            nwords as f64 / n as f64,
            nfound as f64 / n as f64,
            near as f64 / n as f64,
            ht_only as f64 / n as f64,
            ht_found as f64 / n as f64
        );
        return;
    }
    if has("speed") {
        let model = Model::from_bytes(&std::fs::read("data/model.bin").unwrap()).unwrap();
        let t = Instant::now();
        let bytes = build(&list, &model, [0; 32]);
        eprintln!("index {:?} {} bytes", t.elapsed(), bytes.len());
        let index = Index::from_bytes(&bytes).unwrap();
        let sc = Screener { index: &index, model: &model };
        let dev: Vec<Record> = judged.iter().map(|j| Record::of(&j.query)).collect();
        let mut cust = vec![];
        for f in ["unlisted_people", "unlisted_people_us"] {
            for r in csv::Reader::from_path(format!("{D}/fixtures/{f}.csv")).unwrap().records().step_by(5) {
                let r = r.unwrap();
                let v = serde_json::json!({"id":"x","schema":"Person","properties":{"name":[&r[0]],"birthDate":[&r[5]],"nationality":[&r[7]]}});
                cust.push(Record::of(&Entity::from_value(v).unwrap()));
            }
        }
        for (n, recs) in [("dev", &dev), ("customers", &cust)] {
            if has("devonly") && n != "dev" {
                continue;
            }
            for round in 0..(if has("devonly") { 12 } else { 3 }) {
                let mut scratch = Scratch::default();
                let t = Instant::now();
                let mut lat: Vec<u128> = vec![];
                let mut hits = 0;
                for r in recs.iter() {
                    let t = Instant::now();
                    hits += sc.screen(r, &Options::default(), &mut scratch).len();
                    lat.push(t.elapsed().as_nanos());
                }
                if has("slow") && round == 1 {
                    let mut l: Vec<(u128, usize)> = lat.iter().enumerate().map(|(i, l)| (*l, i)).collect();
                    l.sort_by(|a, b| b.cmp(a));
                    for (l, i) in l.iter().take(25) {
                        eprintln!("SLOW {} {:?}", l, recs[*i].names.iter().map(|n| &n.text).collect::<Vec<_>>());
                    }
                }
                lat.sort();
                eprintln!(
                    "{n} round {round} {:?} {:.0}/s p50 {} p99 {} max {} ns hits {hits}",
                    t.elapsed(),
                    recs.len() as f64 / t.elapsed().as_secs_f64(),
                    lat[lat.len() / 2],
                    lat[lat.len() * 99 / 100],
                    lat[lat.len() - 1]
                );
            }
        }
        return;
    }
    let t = Instant::now();
    let inputs =
        making::Inputs { lists: &list, backgrounds: &bg, judged: &judged, title: "dev".into(), inputs: vec![] };
    let (model, report) = making::make(&inputs).unwrap();
    eprintln!("model {:?} {} bytes", t.elapsed(), model.to_bytes().len());
    for l in report.lines() {
        println!("{l}");
    }
    println!("threshold {:?} points {:?}", model.scale, model.calibration.points);
    println!(
        "{}",
        Feature::ALL
            .iter()
            .map(|f| format!("{f:?}={:.2}", model.weights.of(*f) as f64 / 100.0))
            .collect::<Vec<_>>()
            .join(" ")
    );
    if has("write") {
        std::fs::write("data/model.bin", model.to_bytes()).unwrap();
    }
    if has("cat") {
        let (a, b) = (report.categories(report.score_at(0.01)), report.categories(report.score_at(0.001)));
        for (x, y) in a.iter().zip(b) {
            println!("{:28} {:4} {:.3} {:.3}", x.0, x.1, x.2, y.2);
        }
    }
    let mut v = name_bench(&model);
    let b = best_f1(v.iter().map(|x| (x.0, x.1)).collect());
    println!("name_bench best F1 {:.4} at {:.2}, recall {:.3} false {:.3}", b.0, b.1, b.2, b.3);
    let th = model.scale.threshold.as_f64();
    let a = at(&v, th);
    println!("name_bench at threshold F1 {:.4} recall {:.3} false {:.3}", a.0, a.1, a.2);
    let mut r = model.clone();
    r.weights = Weights::reasoned();
    let b = best_f1(name_bench(&r).iter().map(|x| (x.0, x.1)).collect());
    println!("name_bench reasoned best F1 {:.4} at {:.2}, recall {:.3} false {:.3}", b.0, b.1, b.2, b.3);
    if has("nb") {
        v.sort_by(|a, b| b.0.total_cmp(&a.0));
        for (s, y, g, t) in &v {
            if (*s >= th) != *y {
                println!("NB {s:.1} {y} {g} | {t}");
            }
        }
    }
    for (a, b) in
        [("Nikos Maziotis", "Nikolaos Maziotis"), ("Ted Doe", "Theodore Doe"), ("Ahmet Jennati", "Ahmad Jannati")]
    {
        println!("{:?}", compare(&model, "Person", a, b));
    }
    let t = Instant::now();
    let bytes = build(&list, &model, [0; 32]);
    eprintln!("index {:?} {} bytes", t.elapsed(), bytes.len());
    let index = Index::from_bytes(&bytes).unwrap();
    let sc = Screener { index: &index, model: &model };
    let recs: Vec<Record> = judged.iter().map(|j| Record::of(&j.query)).collect();
    let mut scratch = Scratch::default();
    let opt = Options::default();
    for round in 0..3 {
        let t = Instant::now();
        let mut lat: Vec<u128> = vec![];
        let mut hits = 0;
        for r in &recs {
            let t = Instant::now();
            hits += sc.screen(r, &opt, &mut scratch).len();
            lat.push(t.elapsed().as_nanos());
        }
        lat.sort();
        eprintln!(
            "round {round} {:?} {:.0}/s p50 {} p99 {} max {} ns hits {hits}",
            t.elapsed(),
            recs.len() as f64 / t.elapsed().as_secs_f64(),
            lat[lat.len() / 2],
            lat[lat.len() * 99 / 100],
            lat[lat.len() - 1]
        );
    }
    // in-sample screening as score.py
    let (mut tp, mut np, mut fp, mut nn) = (0, 0, 0, 0);
    for (j, r) in judged.iter().zip(&recs) {
        let h = sc.screen(r, &opt, &mut scratch);
        if j.is_listed() {
            np += 1;
            let ok = h.iter().any(|h| h.is_match && j.expected.iter().any(|e| e == index.entity(h.entity).id()));
            tp += ok as i32;
            if !ok && has("fn") {
                println!(
                    "FN {} {:?} -> {:?}",
                    j.category,
                    j.query.properties,
                    h.iter().map(|h| (index.entity(h.entity).caption(), h.bits)).collect::<Vec<_>>()
                );
            }
        } else if j.counts {
            nn += 1;
            let bad = h.iter().any(|h| h.is_match);
            fp += bad as i32;
            if bad && has("fp") {
                let b = &h[0];
                let n = b.basis.names.map(|n| index.name_text(&index.names()[n.2 as usize]).to_owned());
                println!(
                    "FP {} {:?} -> {} {:?} {:?} {}",
                    j.category,
                    j.query.properties,
                    index.entity(b.entity).caption(),
                    n,
                    b.bits,
                    Feature::ALL
                        .iter()
                        .filter(|f| b.basis.amounts[**f as usize] != 0)
                        .map(|f| format!("{f:?}={:.1}", b.basis.amounts[*f as usize] as f64 / 100.0))
                        .collect::<Vec<_>>()
                        .join(" ")
                );
            }
        }
    }
    println!("in-sample at .70: recall {:.4} false {:.4}", tp as f64 / np as f64, fp as f64 / nn as f64);
    if has("lossless") {
        let mut diff = 0;
        for r in recs.iter().step_by(97) {
            let o = Options { limit: 50, cutoff: Score(5000), ..opt };
            let a = sc.screen(r, &o, &mut scratch);
            let b = sc.screen_all(r, &o);
            if a.iter().map(|h| (h.entity, h.bits)).collect::<Vec<_>>()
                != b.iter().map(|h| (h.entity, h.bits)).collect::<Vec<_>>()
            {
                diff += 1;
                println!(
                    "DIFF {:?}\n {:?}\n {:?}",
                    r.names,
                    a.iter().map(|h| (h.entity, h.bits)).collect::<Vec<_>>(),
                    b.iter().map(|h| (h.entity, h.bits)).collect::<Vec<_>>()
                );
            }
        }
        println!("lossless: {diff} differ");
    }
}
