//! Input that nobody would write: a seeded loop changes, cuts and joins pieces of good files.
//!
//! Whatever comes in, nothing panics, every record has one answer in its place, and every mention in a text stands where
//! it says. The seeds are fixed, so a failure can be looked at again.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed, in its helpers too")]

use std::sync::OnceLock;

use mihenk_node::{
    BaseRate, Model, Node, Options, Scratch,
    batch::{Format, Input, screen},
    compare, scan, starter,
};

fn node() -> &'static Node {
    static NODE: OnceLock<Node> = OnceLock::new();
    NODE.get_or_init(|| starter::node(Model::built_in()).unwrap())
}

/// A generator that gives the same numbers everywhere (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }

    /// A good file with up to five places changed: by a byte, a piece of another file, a cut.
    fn spoiled(&mut self, good: &[&str]) -> Vec<u8> {
        const PIECES: [&str; 12] =
            ["\"", "\\", "\n", "\r\n", "\u{202E}", "\\ud800", "<b>", "&#1740;", "&amp", ",", "\u{FEFF}", "\0"];
        let mut bytes = good[self.roll(good.len())].as_bytes().to_vec();
        for _ in 0..self.roll(6) {
            let at = self.roll(bytes.len() + 1);
            let end = (at + self.roll(60)).min(bytes.len());
            match self.roll(6) {
                0 => drop(bytes.splice(at..at, [self.roll(256) as u8])),
                1 => drop(bytes.drain(at..end)),
                2 => drop(bytes.splice(at..at, PIECES[self.roll(PIECES.len())].bytes())),
                3 => {
                    let other = good[self.roll(good.len())].as_bytes();
                    let from = self.roll(other.len());
                    let to = (from + self.roll(80)).min(other.len());
                    bytes.splice(at..end, other[from..to].iter().copied());
                }
                4 => bytes.truncate(bytes.len() - self.roll(bytes.len() / 8 + 1)),
                _ => bytes.extend_from_within(at..end),
            }
        }
        bytes
    }
}

const QUERIES: [&str; 3] = [
    "{\"id\":\"1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Qasem Soleimani\",\"قاسم\"],\"birthDate\":\"1957\"}}\n\
     {\"id\":22222222222222222222,\"schema\":\"Vessel\",\"properties\":{\"imoNumber\":9116412}}\n",
    "{\"schema\":\"Company\",\"properties\":{\"name\":\"Redin Dış Ticaret\",\"country\":[\"tr\",\"XX\",null]},\"extra\":[[{}]]}\n",
    "\u{FEFF}{\"id\":null,\"schema\":\"Thing\",\"properties\":{\"name\":{\"id\":\"a\"},\"alias\":true}}\r\n\r\n",
];

const TABLES: [&str; 3] = [
    "id,schema,name,birthDate,note\n1,Person,\"Soleimani, Qasem\",1957,\"a \"\"note\"\"\"\n2,Vessel,Sea Lavender,,\n",
    "\u{FEFF}Full name;Date of birth;Country\r\nQasem Soleimani;1957-03-11;Iran\r\n\"Ali\r\nReza\";;XX\r\n",
    "schema\tname1\tname2\tname\nPerson\tAli\t\"A\tB\"\tx\nCompany\tAcme\tAcme Ltd\ty\n",
];

/// Answers of a file with so many threads, if it is one.
fn answers(bytes: &[u8], format: Format, threads: usize) -> Option<Vec<u8>> {
    let input = Input::open("spoiled", bytes).ok()?;
    let mut out = Vec::new();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let summary = pool.install(|| screen(node(), input, &mut out, format, &Options::default(), |_| {})).unwrap();
    assert!(summary.errors <= summary.records);
    Some(out)
}

#[test]
fn every_line_of_a_spoiled_file_has_its_answer() {
    let mut dice = Dice(0x5EED_0011);
    let mut asked = 0;
    for round in 0..600 {
        let bytes = dice.spoiled(&QUERIES).repeat(1 + round % 3);
        // A list in brackets has its objects, whatever the lines.
        let is_json = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes).trim_ascii_start().starts_with(b"{");
        let Some(out) = answers(&bytes, Format::JsonLines, 2) else { continue };
        let lines: Vec<serde_json::Value> =
            out.split(|&b| b == b'\n').filter(|l| !l.is_empty()).map(|l| serde_json::from_slice(l).unwrap()).collect();
        if is_json {
            let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
            let records = text.split(|&b| b == b'\n').filter(|l| !l.trim_ascii().is_empty()).count();
            assert_eq!(lines.len(), records, "{}", String::from_utf8_lossy(&bytes));
        }
        asked += lines.iter().filter(|l| l.get("error").is_none()).count();
    }
    assert!(asked > 200, "the loop leaves something to ask: {asked}");
}

#[test]
fn spoiled_tables_are_read_or_refused_row_by_row() {
    let mut dice = Dice(0x5EED_0012);
    let mut asked = 0;
    for _ in 0..600 {
        let bytes = dice.spoiled(&TABLES);
        if let Some(out) = answers(&bytes, Format::Csv, 2) {
            let rows = csv::Reader::from_reader(&out[..]).into_records().map(Result::unwrap);
            asked += rows.filter(|row| row[12].is_empty()).count();
        }
        if let Ok(pairs) = compare::Pairs::open("spoiled", &bytes[..]) {
            let mut out = Vec::new();
            let summary = compare::file(node().model(), pairs, &mut out, BaseRate::EVEN, 0.7, |_| {}).unwrap();
            let mut reader = csv::ReaderBuilder::new().has_headers(true).from_reader(&out[..]);
            assert_eq!(reader.records().map(Result::unwrap).count() as u64, summary.pairs, "each row has its answer");
        }
    }
    assert!(asked > 200, "the loop leaves something to ask: {asked}");
}

#[test]
fn threads_change_nothing() {
    let mut dice = Dice(0x5EED_0013);
    let mut file = Vec::new();
    while file.len() < 700_000 {
        file.extend(dice.spoiled(&QUERIES));
        file.push(b'\n');
    }
    file.splice(0..0, QUERIES[0].bytes());
    let one = answers(&file, Format::JsonLines, 1).unwrap();
    assert!(one.iter().filter(|&&b| b == b'\n').count() > 2 * 2_048, "more than two chunks");
    for threads in [2, 7] {
        assert!(answers(&file, Format::JsonLines, threads).unwrap() == one, "{threads} threads");
    }
}

#[test]
fn mentions_in_spoiled_text_stand_where_they_say() {
    const PAGE: &str = "<!DOCTYPE html><html><body><p>They spoke of <b>Mokhtar</b> Belmokhtar &amp; of \
                        &#1571;يمن الظواهري, and of the PKK.</p><script>var x = \"Qasem Soleimani\";</script>\n\
                        <p>The cargo ship Chong Chon Gang, IMO 7937317, and Belmokhtar&#39;s men</p></body></html>";
    let texts =
        [starter::REPORT, PAGE, "QASEM SOLEIMANI\r\nقاسم سلیمانی، کاسم\n", "\u{FEFF}Мохтар Бельмохтар — 馬曉紅。"];
    let mut dice = Dice(0x5EED_0014);
    let mut scratch = Scratch::default();
    let mut found = 0;
    for _ in 0..300 {
        let bytes = dice.spoiled(&texts);
        let answer = scan::read(node(), "spoiled", &bytes, &Options::default(), &mut scratch);
        let Ok(answer) = answer else {
            assert!(bytes.iter().any(|b| *b < 0x20), "text is read in any encoding: {bytes:?}");
            continue;
        };
        for hit in &answer.hits {
            let place = bytes.get(hit.start..hit.end).expect("it lies in the file");
            // Text in which a byte was lost has a sign in its place.
            if std::str::from_utf8(&bytes).is_ok() {
                assert_eq!(place, hit.text.as_bytes(), "{bytes:?}");
            }
            assert!(!hit.text.is_empty());
            assert_eq!(hit.explanation.total().as_f64(), hit.bits, "the lines add up");
            found += 1;
        }
        assert!(answer.hits.is_sorted_by_key(|h| h.start), "in the order of the text");
    }
    assert!(found > 300, "the loop leaves something to find: {found}");
}
