//! What a report says of itself, in the forms that agencies use; and what it does not say is not made up.
//!
//! Every value must stand where its place says. A dateline without a year is no date: the year would be a guess.

use mihenk_screening::scan::{Report, Text};

const REST: &str = "the ministry said in a statement that the talks on border trade would go on for another week.";

fn read(text: &str) -> (Option<String>, Option<String>, Option<String>) {
    let report = Report::of(&Text::of(text).content);
    (report.date.map(|d| d.value.to_string()), report.agency.map(|a| a.value), report.code.map(|c| c.value))
}

#[test]
fn dates_are_read_in_many_forms() {
    for (head, day) in [
        ("Tuesday 25 July 2017 - 22:43", "2017-07-25"),
        ("Tuesday, July 25, 2017", "2017-07-25"),
        ("Published: 2017-07-25 10:00", "2017-07-25"),
        ("25 Temmuz 2017 Salı", "2017-07-25"),
        ("25 Temmuz 2017, 14:20", "2017-07-25"),
        ("25.07.2017 14:20", "2017-07-25"),
        ("Вторник, 25 июля 2017", "2017-07-25"),
        ("25 juillet 2017", "2017-07-25"),
        ("25. Juli 2017", "2017-07-25"),
        ("2017/07/25", "2017-07-25"),
    ] {
        assert_eq!(read(&format!("{head}\n\nTalks end\n\n{REST}\n")).0.as_deref(), Some(day), "{head}");
    }
}

#[test]
fn the_date_of_the_report_goes_before_other_dates() {
    let page = format!("28 Mar 2024\nTuesday 25 July 2017 - 22:43\n\nTalks end on 3 August 2017\n\n{REST}\n");
    assert_eq!(read(&page).0.as_deref(), Some("2017-07-25"));
    let html =
        format!("<html><body><div>28 Mar 2024</div>\n<p>Monday, 24 July 2017 10:15</p><p>{REST}</p></body></html>");
    assert_eq!(read(&html).0.as_deref(), Some("2017-07-24"));
}

#[test]
fn what_is_not_certain_is_no_date() {
    for head in
        ["TEHRAN, July 25 (FNA) —", "July 2017", "in 2017", "31.02.2017", "Tuesday", "12:30", "ISBN 978-3-16-148410-0"]
    {
        assert_eq!(read(&format!("{head}\n\nTalks end\n\n{REST}\n")).0, None, "{head}");
    }
}

#[test]
fn the_agency_stands_in_the_dateline() {
    for (dateline, agency) in [
        ("TEHRAN, July 25 (FNA) — ", "FNA"),
        ("TEHRAN (Tasnim) – ", "Tasnim"),
        ("ANKARA, 25 July (AA) - ", "AA"),
        ("FNA- ", "FNA"),
        ("IRNA – ", "IRNA"),
        ("MOSCOW, July 25. /TASS/. ", "TASS"),
    ] {
        let text = format!("Tuesday 25 July 2017\n\nTalks end\n\n{dateline}{REST}\n");
        assert_eq!(read(&text).1.as_deref(), Some(agency), "{dateline}");
        let html = format!("<p>Talks end</p>\n<p>\n  {dateline}{REST}</p>");
        assert_eq!(read(&html).1.as_deref(), Some(agency), "{dateline} in HTML");
    }
    for line in [
        "High-ranking officials met, and ",
        "The SNSC (its secretary) – ",
        "DHKP-C and others, ",
        "He said (twice) that ",
    ] {
        assert_eq!(read(&format!("{line}{REST}\n")).1, None, "{line}");
    }
}

#[test]
fn the_code_stands_behind_its_word() {
    for (line, code) in [
        ("Story Code : 269797", "269797"),
        ("News ID: 3990137", "3990137"),
        ("Haber Kodu: AA-20170725", "AA-20170725"),
        ("کد خبر: 269797", "269797"),
    ] {
        assert_eq!(read(&format!("{line}\n\nTalks end\n\n{REST}\n")).2.as_deref(), Some(code), "{line}");
    }
    assert_eq!(read(&format!("The story code is not known\n\n{REST}\n")).2, None);
}

#[test]
fn every_value_stands_where_its_place_says() {
    let source = format!(
        "<html><body>\r\n<p>Tuesday&nbsp;25 July 2017</p>\r\n<p>Story&#32;Code : 269797</p>\r\n<p>TEHRAN (F<b>N</b>A) &mdash; {REST}</p>"
    );
    let text = Text::of(&source);
    let report = Report::of(&text.content);
    let place = |start, end| {
        let (start, end) = text.source_range(start, end);
        &source[start..end]
    };
    let (date, agency, code) = (report.date.unwrap(), report.agency.unwrap(), report.code.unwrap());
    assert_eq!(place(date.start, date.end), "25 July 2017");
    assert_eq!(place(agency.start, agency.end), "F<b>N</b>A");
    assert_eq!(place(code.start, code.end), "269797");
}
