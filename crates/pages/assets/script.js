// The one script. Every page works without it; with it, keys move and decide, results come while typing, and drafts are kept on the server.
"use strict";
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const isTyping = () => /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? "") && document.activeElement.type !== "radio" && document.activeElement.type !== "checkbox";

  // Rows that can be walked through with j and k.
  const rows = all("[data-row]");
  let at = rows.findIndex((row) => row.matches(".chosen, [aria-current]"));
  const choose = (next) => {
    if (!rows.length) return;
    at = Math.max(0, Math.min(rows.length - 1, next));
    rows.forEach((row, index) => row.classList.toggle("chosen", index === at));
    const link = rows[at].matches("a") ? rows[at] : one("a", rows[at]);
    link?.focus({ preventScroll: true });
    rows[at].scrollIntoView({ block: "nearest" });
    openBeside(rows[at]);
  };

  // On a wide screen the chosen alert is open beside the list: the server writes it, and it has its place before it comes, so that nothing moves.
  const pane = one("#beside");
  const isWide = () => pane && getComputedStyle(pane).display !== "none";
  let besideTimer = 0;
  let besideAsked = 0;
  const openBeside = (row, wait = 150) => {
    if (!row?.dataset.beside || !isWide()) return;
    const number = ++besideAsked;
    clearTimeout(besideTimer);
    besideTimer = setTimeout(async () => {
      try {
        const answer = await fetch(row.dataset.beside);
        const text = await answer.text();
        if (!answer.ok || number !== besideAsked || pane.contains(document.activeElement)) return;
        pane.innerHTML = text;
        pane.scrollTop = 0;
        keepDrafts(pane);
        rows.forEach((other) => other.classList.toggle("chosen", other === row));
        at = rows.indexOf(row);
      } catch { /* The link still opens it. */ }
    }, wait);
  };
  const walk = (step) => {
    // On an alert the walk goes to the next one; on a list it chooses.
    const link = one(step > 0 ? "a[data-next]" : "a[data-previous]");
    if (link) { link.click(); return; }
    choose(at + step);
  };

  const openDecision = (name) => {
    const details = one(`details[data-key="${name}"]`);
    if (!details) return false;
    details.open = true;
    (one("input[type=radio]:checked, input[type=radio], textarea, select", details) ?? one("summary", details))?.focus();
    details.scrollIntoView({ block: "nearest" });
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey) {
      if (event.key === "Enter") {
        const form = document.activeElement?.closest("form");
        if (form) { event.preventDefault(); form.requestSubmit(); }
      }
      return;
    }
    if (event.altKey || event.isComposing) return;
    if (event.key === "Escape") {
      const dialog = one("dialog[open]");
      if (dialog) dialog.close(); else document.activeElement?.blur();
      return;
    }
    if (isTyping()) return;
    const keys = {
      j: () => walk(1), k: () => walk(-1),
      f: () => openDecision("f"), t: () => openDecision("t"), m: () => openDecision("m"), e: () => openDecision("e"),
      u: () => one(".told.undo button")?.click(),
      "/": () => one("[data-search]")?.focus(),
      // The chosen row opens even when its link has lost the focus.
      Enter: document.activeElement === document.body && at >= 0 ? () => (rows[at].matches("a") ? rows[at] : one("a", rows[at]))?.click() : undefined,
      "?": () => one("dialog#keys")?.showModal(),
    };
    // Keys stay where they are on a keyboard for another script.
    const physical = /^Key([A-Z])$/.exec(event.code)?.[1].toLowerCase();
    const act = keys[event.key] ?? (/^[a-z]$/i.test(event.key) ? undefined : keys[physical]);
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
    if (act) { event.preventDefault(); act(); }
    else if (digit) {
      const open = one("details[data-key][open]");
      const radio = open && all("input[type=radio]", open)[Number(digit) - 1];
      if (radio) { event.preventDefault(); radio.checked = true; radio.focus(); }
    }
  });
  for (const button of all("[data-keys]")) {
    button.hidden = false;
    button.addEventListener("click", () => one("dialog#keys")?.showModal());
  }
  one("dialog#keys button")?.addEventListener("click", () => one("dialog#keys").close());

  // Drafts: what is typed is kept on the server, so that an expired session or another machine loses nothing.
  const csrf = one("input[name=csrf]")?.value ?? "";
  const keepDrafts = (root) => { for (const field of all("[data-draft]", root)) {
    let timer = 0;
    let kept = field.value;
    const keep = () => {
      clearTimeout(timer);
      if (field.value === kept) return;
      kept = field.value;
      const body = new URLSearchParams({ place: field.dataset.draft, text: kept, csrf });
      fetch("/drafts", { method: "POST", body, keepalive: true, headers: { "x-csrf-token": csrf } }).then((answer) => {
        const mark = one(`[data-kept="${field.id}"]`);
        if (mark) mark.hidden = !answer.ok;
      }).catch(() => { kept = null; });
    };
    field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, 600); });
    field.addEventListener("blur", keep);
    addEventListener("pagehide", keep);
    field.form?.addEventListener("submit", () => { clearTimeout(timer); kept = field.value; });
  } };
  keepDrafts(document);
  const openFirst = () => {
    if (pane && !("there" in pane.dataset) && !pane.children.length) openBeside(rows[Math.max(at, 0)], 0);
  };
  openFirst();
  addEventListener("resize", openFirst);

  // Results while typing: the server writes them, and they take the place of those that stand there.
  const live = one("[data-live]");
  if (live) {
    const form = live.form;
    const place = one("#results");
    let timer = 0;
    let asked = 0;
    const ask = async () => {
      const number = ++asked;
      const query = new URLSearchParams(new FormData(form));
      try {
        const answer = await fetch(`${form.getAttribute("action")}?${query}&part=1`);
        if (!answer.ok || number !== asked) return;
        place.innerHTML = await answer.text();
        history.replaceState(null, "", `${form.getAttribute("action")}?${query}`);
      } catch { /* The button still asks. */ }
    };
    live.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 160); });
    live.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); form.requestSubmit(); }
    });
  }

  // Who else is here, and whether somebody changed it meanwhile.
  const watched = one("[data-watch]");
  if (watched) {
    // What the page came with stays where it is; what comes later lies above the page, so that nothing moves.
    const came = document.createElement("div");
    came.className = "came";
    came.setAttribute("aria-live", "polite");
    watched.after(came);
    const said = (place) => Array.from(place.querySelectorAll("b, .bad"), (part) => part.textContent).join();
    const before = said(watched);
    setInterval(async () => {
      if (document.hidden) return;
      try {
        const answer = await fetch(watched.dataset.watch);
        if (!answer.ok) return;
        const now = document.createElement("div");
        now.innerHTML = await answer.text();
        if (said(now) === before) came.replaceChildren();
        else if (said(now) !== said(came)) came.replaceChildren(...now.childNodes);
      } catch { /* It is said when something is sent. */ }
    }, 15000);
  }

  // What is chosen in a form is kept at once, and what would come of it takes the place of what stands there.
  for (const form of all("form[data-preview]")) {
    let asked = 0;
    form.addEventListener("change", async (event) => {
      if (event.target.closest(".otherwise")) return;
      const number = ++asked;
      try {
        const answer = await fetch(form.dataset.preview, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { "x-csrf-token": csrf } });
        const text = await answer.text();
        if (!answer.ok || number !== asked) return;
        const page = new DOMParser().parseFromString(text, "text/html");
        for (const part of ["#becomes", "#kinds"]) {
          const next = one(part, page);
          if (next && one(part) && !one(part).contains(document.activeElement)) one(part).replaceWith(next);
        }
      } catch { /* The button still asks. */ }
    });
  }

  // What is not done yet is looked at again.
  if (one("[data-again]")) {
    setInterval(async () => {
      try {
        const answer = await fetch(location.href);
        if (answer.ok && !one("[data-again]", new DOMParser().parseFromString(await answer.text(), "text/html"))) location.reload();
      } catch { /* The link still asks. */ }
    }, 2000);
  }

  for (const box of all("[data-all]")) {
    box.addEventListener("change", () => all(`input[name="${box.dataset.all}"]`).forEach((other) => { other.checked = box.checked; }));
  }
})();
