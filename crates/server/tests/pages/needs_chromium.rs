//! Pages as people see them: the main paths by keyboard and mouse, what keeps people out (axe-core), pictures of every page.
//!
//! In comes a house that listens on the loopback interface; pictures go to `target/pages`.

use mihenk_pages::words::{Language, Words};
use mihenk_testkit::{authenticator::one_time_code, axe, chromium::Browser};

use crate::house::{House, password};

/// Signs somebody in through the form.
fn sign_in(browser: &mut Browser, address: &str, name: &str) {
    browser.fresh();
    browser.open(&format!("{address}/login"));
    browser.fill("#name", name);
    browser.fill("#password", &password(name));
    browser.goes(|browser| browser.click("form button.main"));
}

/// Signs somebody in and opens a page.
fn sign_in_at(browser: &mut Browser, address: &str, name: &str, path: &str) {
    sign_in(browser, address, name);
    browser.open(&format!("{address}{path}"));
}

/// Chooses language and theme through the form of the page.
fn choose(browser: &mut Browser, language: &str, theme: &str) {
    browser.goes(|browser| browser.click(&format!("button[name=language][value={language}]")));
    browser.goes(|browser| browser.click(&format!("button[name=theme][value={theme}]")));
}

/// What axe-core finds wrong on the page.
fn violations(browser: &mut Browser, script: &str) -> String {
    browser.value(&format!("{script}; 0"));
    let run = "axe.run(document, { resultTypes: ['violations'] }).then((found) => found.violations.map((one) => \
               `${one.id}: ${one.nodes.map((node) => node.target.join(' ') + ' ' + node.failureSummary).slice(0, 4).join(' | ')}`).join('\\n'))";
    browser.value(run).as_str().unwrap().to_owned()
}

/// What of the page lies outside of the window to either side, but for tables that can be moved within their own frame.
fn too_wide(browser: &mut Browser) -> Option<String> {
    let find = "Array.from(document.querySelectorAll('body *')).filter((one) => { const box = one.getBoundingClientRect(); \
                return box.width > 0 && (box.right > innerWidth + 1 || box.left < -1) && !one.closest('.wide, .nav ul, .skip, .unseen, svg'); }) \
                .map((one) => `${one.tagName}.${one.className} ${Math.round(one.getBoundingClientRect().left)}–${Math.round(one.getBoundingClientRect().right)}`) \
                .slice(0, 4).join(', ')";
    let found = browser.value(find).as_str().unwrap().to_owned();
    let overflow = browser.value("document.documentElement.scrollWidth - innerWidth").as_i64().unwrap();
    (!found.is_empty() || overflow > 0).then(|| format!("{overflow} px too wide: {found}"))
}

fn save(name: &str, png: &[u8]) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/pages");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(format!("{name}.png")), png).unwrap();
}

#[test]
fn no_page_keeps_anybody_out_or_complains_in_either_theme_and_any_language() {
    let house = House::open();
    let address = house.listens();
    let mut browser = Browser::start();
    let script = axe::script();
    let mut wrong = Vec::new();
    let pages = house.pages(&house.works());
    let mut who = "";
    for language in ["en", "tr", "fa"] {
        for (name, called, path, _) in &pages {
            if *name != who {
                sign_in(&mut browser, &address, name);
                who = name;
            }
            // axe looks at every page in both themes; the languages share both.
            let themes: &[&str] = if language == "tr" { &["light"] } else { &["light", "dark"] };
            for theme in themes {
                browser.look(1440, 900, false);
                browser.open(&format!("{address}/screen"));
                choose(&mut browser, language, theme);
                browser.open(&format!("{address}{path}"));
                // Forms that are folded up keep nobody out either.
                browser.value("document.querySelectorAll('details.inner').forEach((one) => { one.open = true; }); 0");
                let found = violations(&mut browser, &script);
                if !found.is_empty() {
                    wrong.push(format!("{called} {language} {theme}: {found}"));
                }
                let complaints = browser.complaints();
                if !complaints.is_empty() {
                    wrong.push(format!("{called} {language} {theme}: {complaints:?}"));
                }
                wrong.extend(too_wide(&mut browser).map(|told| format!("{called} {language} at 1440 px: {told}")));
                save(&format!("{called}-{language}-{theme}"), &browser.picture());
                if *theme == "light" {
                    browser.look(360, 740, false);
                    wrong.extend(too_wide(&mut browser).map(|told| format!("{called} {language} at 360 px: {told}")));
                    save(&format!("{called}-{language}-narrow"), &browser.picture());
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_alert_is_cleared_by_keyboard_alone_and_taken_back() {
    let house = House::open();
    let address = house.listens();
    let mut browser = Browser::start();
    sign_in(&mut browser, &address, "cem");
    assert_eq!(browser.path(), "/work");
    browser.key("j");
    browser.goes(|browser| browser.key("Enter"));
    let alert = browser.path();
    assert!(alert.starts_with("/alerts/A-"), "{alert}");
    browser.key("f");
    browser.key("2");
    assert_eq!(browser.value("document.querySelector('input[name=reason]:checked').value"), "document");
    browser.goes(|browser| browser.control("Enter"));
    // The next alert is there, with what was done and how to take it back.
    assert_ne!(browser.path(), alert);
    assert!(browser.text(".told").contains("waits for a second person"), "{}", browser.text(".told"));
    browser.goes(|browser| browser.key("u"));
    assert_eq!(browser.path(), alert);
    assert!(browser.text("main").contains("open again"), "{}", browser.text("main"));
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn results_come_while_typing_and_nothing_is_fetched_from_elsewhere() {
    let house = House::open();
    let address = house.listens();
    let mut browser = Browser::start();
    sign_in(&mut browser, &address, "cem");
    browser.open(&format!("{address}/screen"));
    browser.fill("#q", "Hosein Mehrazar Nemoune");
    browser.wait_for("document.querySelector('#results h3')");
    assert!(browser.text("#results h3").contains("حسین"), "{}", browser.text("#results"));
    browser.fill("#q", "Ingrid Solheim");
    browser.wait_for("document.querySelector('#results .empty')");
    let elsewhere: Vec<String> = browser.fetched().into_iter().filter(|url| !url.starts_with(&address)).collect();
    assert_eq!(elsewhere, Vec::<String>::new());
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn what_was_typed_is_there_on_another_machine() {
    let house = House::open();
    let address = house.listens();
    let alert = house.alerts().remove(0);
    let mut browser = Browser::start();
    sign_in_at(&mut browser, &address, "cem", &format!("/alerts/{alert}"));
    browser.key("f");
    browser.fill("#note-f", "Henüz bitmemiş bir not");
    browser.wait_for("!document.querySelector('[data-kept=note-f]').hidden");
    sign_in_at(&mut browser, &address, "cem", &format!("/alerts/{alert}"));
    assert_eq!(browser.value("document.querySelector('#note-f').value"), "Henüz bitmemiş bir not");
    // It is nobody else's.
    sign_in_at(&mut browser, &address, "elif", &format!("/alerts/{alert}"));
    assert_eq!(browser.value("document.querySelector('#note-f').value"), "");
    assert!(browser.text("#here").contains("cem"), "whoever else looks at it is told: {}", browser.text("#here"));
}

#[test]
fn whoever_comes_later_is_told_and_nothing_moves_under_the_cursor() {
    let house = House::open();
    let address = house.listens();
    let alert = house.alerts().remove(0);
    let mut browser = Browser::start();
    sign_in_at(&mut browser, &address, "cem", &format!("/alerts/{alert}"));
    let place = "document.querySelector('#note-f').closest('.decide').getBoundingClientRect().top";
    let before = browser.value(place);
    house.get(&format!("/alerts/{alert}"), Some(&house.token("elif")));
    browser.wait_for("document.querySelector('.came').textContent.includes('elif')");
    assert_eq!(browser.value(place), before);
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn a_freeze_takes_two_people_and_the_second_review_shows_facts_first() {
    let house = House::open();
    let address = house.listens();
    let [alert, case, _, _] = house.works();
    let mut browser = Browser::start();
    sign_in(&mut browser, &address, "cem");
    let proposed = house.freeze(&case, "EX-20").to_string();
    browser.open(&format!("{address}/freezes/{proposed}"));
    assert_eq!(
        browser.value("document.querySelectorAll('form[action$=confirm]').length"),
        0,
        "nobody confirms their own"
    );
    sign_in(&mut browser, &address, "dilek");
    browser.open(&format!("{address}/freezes/{proposed}"));
    browser.goes(|browser| browser.click("form[action$=confirm] button"));
    assert!(browser.text("main").contains("in force"), "{}", browser.text("main"));
    browser.open(&format!("{address}/review/{alert}"));
    assert!(!browser.text("main").contains("Doğum tarihleri başka"), "facts only");
    browser.click("input[value=clear]");
    browser.fill("#note", "Facts fit another person");
    browser.goes(|browser| browser.click("form[action$=view] button"));
    assert!(browser.text("main").contains("Doğum tarihleri başka"), "{}", browser.text("main"));
    browser.goes(|browser| browser.click("form[action$=agree] button"));
    assert_eq!(browser.path(), "/review");
    // Cem proposes to release, and Dilek lets go.
    sign_in(&mut browser, &address, "cem");
    browser.open(&format!("{address}/freezes/{proposed}"));
    browser.click("input[name=asset]");
    browser.fill("#rwhy", "The order was lifted");
    browser.goes(|browser| browser.click("form[action$=release] button"));
    sign_in(&mut browser, &address, "dilek");
    browser.open(&format!("{address}/freezes/{proposed}"));
    browser.goes(|browser| browser.click("form[action$=confirm] button"));
    assert!(browser.text("main table").contains("released"), "{}", browser.text("main table"));
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn customers_are_taken_in_by_example() {
    let house = House::open();
    let address = house.listens();
    let place = house.held_file("cem");
    let mut browser = Browser::start();
    sign_in(&mut browser, &address, "cem");
    browser.open(&format!("{address}{place}"));
    // Nobody has said yet what the words G and T mean, so no row would be taken.
    assert_eq!(browser.value("document.querySelectorAll('.becomes .who-is').length"), 0);
    for (number, schema) in [(0, "Person"), (1, "Company")] {
        let choose = format!(
            "{{ const one = document.querySelector('#kind-{number}'); one.value = '{schema}'; one.dispatchEvent(new Event('change', {{ bubbles: true }})); 0 }}"
        );
        browser.value(&choose);
        browser.wait_for(&format!("document.querySelectorAll('.becomes .who-is').length > {}", number * 3));
    }
    assert!(browser.text("#becomes").contains("مریم نمونه‌پور"), "{}", browser.text("#becomes"));
    assert_eq!(browser.value("document.querySelectorAll('.becomes .refused').length"), 2);
    // What was chosen is kept, also when nothing was sent.
    browser.open(&format!("{address}{place}"));
    assert_eq!(browser.value("document.querySelector('#kind-1').value"), "Company");
    browser.goes(|browser| browser.click("button.main"));
    assert_eq!(browser.path(), place);
    assert!(browser.text("#result").contains('5'), "{}", browser.text("main"));
    assert!(browser.text("main table").contains("31/02/1990"), "{}", browser.text("main"));
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn a_decision_is_computed_again_and_the_chain_is_whole() {
    let house = House::open();
    let address = house.listens();
    let [alert, ..] = house.works();
    let mut browser = Browser::start();
    sign_in(&mut browser, &address, "deniz");
    browser.open(&format!("{address}/audit?subject={alert}"));
    browser.goes(|browser| browser.click("form[action$=replay] button"));
    assert!(browser.text("#replayed").contains("The same"), "{}", browser.text("main"));
    browser.goes(|browser| browser.click("form[action$=verify] button"));
    assert!(browser.text(".note").contains("The chain is whole"), "{}", browser.text("main"));
}

#[test]
fn in_persian_the_page_runs_from_right_to_left_with_its_calendar_and_numerals() {
    let house = House::open();
    let address = house.listens();
    let mut browser = Browser::start();
    sign_in(&mut browser, &address, "cem");
    choose(&mut browser, "fa", "dark");
    assert_eq!(browser.value("getComputedStyle(document.body).direction"), "rtl");
    assert!(browser.text(".head").contains("آذر ۱۴۰۵"), "{}", browser.text(".head"));
    browser.goes(|browser| browser.click("tr[data-row] a"));
    // The key of the Latin letter f, whatever the keyboard writes.
    browser.key("f");
    assert_eq!(browser.value("document.querySelector('details[data-key=f]').open"), true);
    browser.click("details[data-key=f] input[type=radio]");
    browser.goes(|browser| browser.click("details[data-key=f] button.main"));
    assert!(browser.text(".told").contains("در انتظار"), "{}", browser.text(".told"));
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn every_key_does_what_the_list_of_keys_says() {
    let house = House::open();
    let address = house.listens();
    let mut browser = Browser::start();
    sign_in(&mut browser, &address, "cem");
    let chosen = "Array.from(document.querySelectorAll('[data-row]')).findIndex((row) => row.matches('.chosen'))";
    for (key, row) in [("j", 0), ("j", 1), ("k", 0)] {
        browser.key(key);
        assert_eq!(browser.value(chosen), row, "{key}");
    }
    browser.key("?");
    assert_eq!(browser.value("document.querySelector('dialog#keys').open"), true, "on the work list too");
    browser.key("Escape");
    assert_eq!(browser.value("document.querySelector('dialog#keys').open"), false);
    browser.goes(|browser| browser.key("Enter"));
    let first = browser.path();
    assert!(first.starts_with("/alerts/A-"), "{first}");
    browser.goes(|browser| browser.key("j"));
    assert_ne!(browser.path(), first);
    browser.goes(|browser| browser.key("k"));
    assert_eq!(browser.path(), first);
    for key in ["f", "t", "m", "e"] {
        browser.key(key);
        let open =
            "Array.from(document.querySelectorAll('details[data-key][open]')).map((one) => one.dataset.key).join()";
        assert_eq!(browser.value(open), key, "one decision is open at a time");
        browser.key("Escape");
    }
    // What is typed into a field moves nothing.
    browser.key("m");
    browser.fill("#note-m", "jk f?");
    assert_eq!(browser.path(), first);
    browser.goes(|browser| browser.control("Enter"));
    assert_ne!(browser.path(), first, "on to the one behind it");
    assert!(browser.text(".told").contains("Noted"), "{}", browser.text(".told"));
    let second = browser.path();
    browser.key("e");
    browser.fill("#basis", "Order 12");
    browser.fill("#note-e", "The same person");
    browser.goes(|browser| browser.control("Enter"));
    assert!(browser.text(".told").contains("part of a case"), "{}", browser.text(".told"));
    browser.goes(|browser| browser.key("u"));
    assert_eq!(browser.path(), second);
    assert!(browser.text(".told").contains("Undone"), "{}", browser.text(".told"));
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn a_decision_leads_on_to_the_next_alert() {
    let house = House::open();
    let address = house.listens();
    let mut browser = Browser::start();
    sign_in(&mut browser, &address, "cem");
    for _ in 0..5 {
        browser.open(&format!("{address}/work"));
        browser.key("j");
        browser.goes(|browser| browser.key("Enter"));
        browser.key("f");
        browser.key("1");
        browser.goes(|browser| browser.control("Enter"));
        assert!(browser.text(".told").contains("A-"), "{}", browser.text(".told"));
        let place = browser.path();
        assert!(place.starts_with("/alerts/A-") || place == "/work", "{place}");
    }
}

#[test]
fn signing_in_keeps_nobody_out_in_either_theme_and_any_language() {
    let house = House::open();
    let address = house.listens();
    let mut browser = Browser::start();
    let script = axe::script();
    let mut wrong = Vec::new();
    let mut look = |browser: &mut Browser, called: &str| {
        let path = browser.path();
        for (theme, dark) in [("light", false), ("dark", true)] {
            browser.look(1440, 900, dark);
            let found = violations(browser, &script);
            wrong.extend((!found.is_empty()).then(|| format!("{path} {called} {theme}: {found}")));
            save(&format!("{called}-{theme}"), &browser.picture());
        }
        browser.look(360, 740, false);
        wrong.extend(too_wide(browser).map(|told| format!("{path} {called} at 360 px: {told}")));
        save(&format!("{called}-narrow"), &browser.picture());
        wrong.extend(browser.complaints().into_iter().map(|told| format!("{path} {called}: {told}")));
    };
    for language in ["en", "tr", "fa"] {
        browser.fresh();
        browser.open(&format!("{address}/login"));
        browser.goes(|browser| browser.click(&format!("button[name=language][value={language}]")));
        look(&mut browser, &format!("login-{language}"));
        browser.fill("#name", "cem");
        browser.fill("#password", "not mine");
        browser.goes(|browser| browser.click("form button.main"));
        // A refused request is an answer, and the browser says so.
        let refused = browser.complaints();
        assert!(refused.iter().all(|told| told.contains("401") || told.contains("422")), "{refused:?}");
        look(&mut browser, &format!("login-refused-{language}"));
        browser.open(&format!("{address}/reference/problems.html"));
        look(&mut browser, &format!("problems-{language}"));
    }
    sign_in(&mut browser, &address, "cem");
    browser.open(&format!("{address}/second-factor"));
    look(&mut browser, "factor-begin");
    browser.goes(|browser| browser.click("form[action='/second-factor'] button"));
    look(&mut browser, "factor-secret");
    let secret = browser.text("main code");
    browser.fill("#code", &one_time_code(&secret, house.now()));
    browser.goes(|browser| browser.click("form[action$=confirm] button"));
    look(&mut browser, "factor-codes");
    sign_in(&mut browser, &address, "cem");
    assert!(browser.path().starts_with("/code"), "{}", browser.path());
    look(&mut browser, "code");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pages_fit_a_wall_and_a_sheet_of_paper() {
    let house = House::open();
    let address = house.listens();
    let mut browser = Browser::start();
    let mut wrong = Vec::new();
    let mut who = "";
    for (name, called, path, _) in &house.pages(&house.works()) {
        if *name != who {
            sign_in(&mut browser, &address, name);
            who = name;
        }
        browser.look(3840, 2160, false);
        browser.open(&format!("{address}{path}"));
        wrong.extend(too_wide(&mut browser).map(|told| format!("{called} at 3840 px: {told}")));
        save(&format!("{called}-en-wall"), &browser.picture());
        // Dark on the screen, and light on paper.
        choose(&mut browser, "en", "dark");
        browser.open(&format!("{address}{path}"));
        browser.as_on_paper();
        wrong.extend(too_wide(&mut browser).map(|told| format!("{called} on paper: {told}")));
        let ink = browser.value(
            "getComputedStyle(document.querySelector('h1')).color + getComputedStyle(document.body).backgroundColor",
        );
        if ink != "rgb(0, 0, 0)rgb(255, 255, 255)" {
            wrong.push(format!("{called} on paper is not black on white: {ink}"));
        }
        save(&format!("{called}-en-paper"), &browser.picture());
        let printed = browser.printed();
        assert!(printed.starts_with(b"%PDF-"), "{called}");
        browser.look(1440, 900, false);
        choose(&mut browser, "en", "light");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_main_paths_go_in_persian_and_a_report_stays_hidden() {
    let house = House::open();
    let address = house.listens();
    let [alert, case, _, proposed] = house.works();
    let words = Words::of(Language::Persian);
    let mut browser = Browser::start();
    let enter = |browser: &mut Browser, name: &str| {
        sign_in(browser, &address, name);
        browser.open(&format!("{address}/screen"));
        choose(browser, "fa", "light");
    };
    enter(&mut browser, "cem");
    browser.fill("#q", "Hosein Mehrazar Nemoune");
    browser.wait_for("document.querySelector('#results h3')");
    assert!(browser.text("#results h3").contains("حسین"), "{}", browser.text("#results"));
    // The analyst does not confirm their own freeze, and hears nothing of a report; the officer has both on the case.
    let buttons = "document.querySelectorAll('form[action$=confirm]').length";
    browser.open(&format!("{address}/freezes/{proposed}"));
    assert_eq!(browser.value(buttons), 0);
    let reports = "document.querySelectorAll('a[href*=reports]').length";
    browser.open(&format!("{address}/cases/{case}"));
    assert_eq!(browser.value(reports), 0);
    let place = house.held_file("cem");
    browser.open(&format!("{address}{place}"));
    for (number, schema) in [(0, "Person"), (1, "Company")] {
        browser.value(&format!(
            "{{ const one = document.querySelector('#kind-{number}'); one.value = '{schema}'; one.dispatchEvent(new Event('change', {{ bubbles: true }})); 0 }}"
        ));
        browser.wait_for(&format!("document.querySelectorAll('.becomes .who-is').length > {}", number * 3));
    }
    browser.goes(|browser| browser.click("button.main"));
    assert!(browser.text("#result").contains('۵'), "{}", browser.text("main"));
    enter(&mut browser, "dilek");
    browser.open(&format!("{address}/freezes/{proposed}"));
    browser.goes(|browser| browser.click("form[action$=confirm] button"));
    let in_force = words.of_kind("freeze", "in-force");
    assert!(browser.text("main").contains(&in_force), "{}", browser.text("main"));
    enter(&mut browser, "deniz");
    browser.open(&format!("{address}/audit?subject={alert}"));
    browser.goes(|browser| browser.click("form[action$=replay] button"));
    assert!(browser.text("#replayed").contains(&words.say("replay-same")), "{}", browser.text("main"));
    enter(&mut browser, "okan");
    browser.open(&format!("{address}/cases/{case}"));
    assert!(browser.value(reports).as_i64().unwrap() >= 3, "in the way around, a report, a new one");
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn on_a_wide_screen_the_next_alert_is_open_beside_the_list_and_deciding_stays_there() {
    let house = House::open();
    let address = house.listens();
    let mut browser = Browser::start();
    let script = axe::script();
    sign_in(&mut browser, &address, "cem");
    browser.look(1920, 1080, false);
    browser.open(&format!("{address}/work"));
    let rows = "Array.from(document.querySelectorAll('tr[data-row]'), (row) => Math.round(row.getBoundingClientRect().top) + ' ' + Math.round(row.getBoundingClientRect().width)).join()";
    let before = browser.value(rows);
    browser.wait_for("document.querySelector('#beside h2')");
    assert_eq!(browser.value(rows), before, "nothing moves when it comes");
    let shown = "document.querySelector('#beside .head a').textContent";
    let chosen = "document.querySelector('tr.chosen [name=id]').value";
    assert_eq!(browser.value(shown), browser.value(chosen));
    assert_eq!(violations(&mut browser, &script), "");
    assert_eq!(too_wide(&mut browser), None);
    save("work-beside-en-light", &browser.picture());
    // The keys walk the list, and what they choose is open.
    let first = browser.value(shown).as_str().unwrap().to_owned();
    browser.key("j");
    browser.wait_for(&format!("{shown} !== '{first}'"));
    assert_eq!(browser.value(shown), browser.value(chosen));
    assert_eq!(browser.value(rows), before);
    let second = browser.value(shown).as_str().unwrap().to_owned();
    browser.key("f");
    browser.key("1");
    browser.goes(|browser| browser.control("Enter"));
    let place = browser.value("location.pathname + location.search").as_str().unwrap().to_owned();
    assert!(place.starts_with("/work?where=free&beside=A-"), "{place}");
    assert!(browser.text(".told").contains(&second), "{}", browser.text(".told"));
    // The next one is there already when the page comes, without any script.
    let next = browser.value(shown).as_str().unwrap().to_owned();
    let page = house.get(&place, Some(&house.token("cem"))).text;
    assert_ne!(next, second);
    assert!(page.contains(&format!("action=\"/alerts/{next}/clear\"")), "{page}");
    browser.goes(|browser| browser.key("u"));
    assert!(browser.text(".told").contains("Undone"), "{}", browser.text(".told"));
    choose(&mut browser, "fa", "dark");
    browser.look(1920, 1080, true);
    browser.open(&format!("{address}/work"));
    browser.wait_for("document.querySelector('#beside h2')");
    assert_eq!(violations(&mut browser, &script), "");
    assert_eq!(too_wide(&mut browser), None);
    save("work-beside-fa-dark", &browser.picture());
    // Where there is no room it is not there, and nobody is said to have looked.
    browser.look(1440, 900, false);
    browser.open(&format!("{address}/work"));
    assert_eq!(browser.value("getComputedStyle(document.querySelector('#beside')).display"), "none");
    assert_eq!(browser.value("document.querySelector('#beside').children.length"), 0);
    // Where there is room again it is there.
    browser.look(1920, 1080, false);
    browser.wait_for("document.querySelector('#beside h2')");
    assert_eq!(browser.complaints(), Vec::<String>::new());
}
