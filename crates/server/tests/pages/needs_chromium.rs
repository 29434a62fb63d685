//! Pages as people see them: the main paths by keyboard and mouse, what keeps people out (axe-core), pictures of every page.

use mihenk_testkit::{axe, chromium::Browser};

use crate::house::{House, password};

/// Signs somebody in through the form.
fn sign_in(browser: &mut Browser, address: &str, name: &str) {
    browser.fresh();
    browser.open(&format!("{address}/login"));
    browser.fill("#name", name);
    browser.fill("#password", &password(name));
    browser.goes(|browser| browser.click("form button.main"));
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

fn save(name: &str, png: &[u8]) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/pages");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(format!("{name}.png")), png).unwrap();
}

#[test]
fn no_page_keeps_anybody_out_or_complains_in_either_theme_and_any_language() {
    let house = House::open();
    let address = house.listens();
    let alerts = house.alerts();
    let mut browser = Browser::start();
    let script = axe::script();
    let mut wrong = Vec::new();
    let pages: Vec<(&str, &str, String)> = vec![
        ("cem", "work", "/work".to_owned()),
        ("cem", "alert", format!("/alerts/{}", alerts[0])),
        ("cem", "alert-rtl", format!("/alerts/{}", alerts[1])),
        ("cem", "screen", "/screen?q=Zerrin%20Ornekoglu%201961".to_owned()),
        ("cem", "scan", "/scan?q=Yesterday%20the%20Council%20named%20Zerrin%20%C3%96rneko%C4%9Flu%20and%20Deneme%20Denizcilik%20Limited.".to_owned()),
    ];
    let mut who = "";
    for language in ["en", "tr", "fa"] {
        for (name, called, path) in &pages {
            if *name != who {
                sign_in(&mut browser, &address, name);
                who = name;
            }
            for theme in ["light", "dark"] {
                browser.look(1440, 900, false);
                browser.open(&format!("{address}/screen"));
                choose(&mut browser, language, theme);
                browser.open(&format!("{address}{path}"));
                let found = violations(&mut browser, &script);
                if !found.is_empty() {
                    wrong.push(format!("{called} {language} {theme}: {found}"));
                }
                let complaints = browser.complaints();
                if !complaints.is_empty() {
                    wrong.push(format!("{called} {language} {theme}: {complaints:?}"));
                }
                let overflow = browser.value("document.documentElement.scrollWidth - innerWidth");
                if overflow.as_i64().unwrap() > 0 {
                    wrong.push(format!("{called} {language}: {overflow} px too wide at 1440 px"));
                }
                save(&format!("{called}-{language}-{theme}"), &browser.picture());
                if theme == "light" {
                    browser.look(360, 740, false);
                    let overflow = browser.value("document.documentElement.scrollWidth - innerWidth");
                    if overflow.as_i64().unwrap() > 0 {
                        wrong.push(format!("{called} {language}: {overflow} px too wide at 360 px"));
                    }
                    save(&format!("{called}-{language}-narrow"), &browser.picture());
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
