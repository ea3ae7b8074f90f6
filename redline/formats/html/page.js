"use strict";
(() => {
  const byId = id => document.getElementById(id);
  const paper = byId("paper"), main = byId("text"), panel = byId("panel"), said = byId("said");
  const SHOWN = 200; // rows of a list that are made at once
  const CUT = 90; // characters of a row
  const REVISED = "del[data-revision], ins[data-revision]";
  const BLOCK = "[data-line]";
  const APART = ".page, .noteref";
  const say = text => { said.textContent = ""; requestAnimationFrame(() => { said.textContent = text; }); };
  const counted = number => number.toLocaleString("en");
  for (const each of document.querySelectorAll(".scripted")) each.hidden = false;

  // -- the source, read when it is first asked for ------------------------------------------
  let data = null;
  const read = () => {
    if (!data) {
      data = JSON.parse(byId("data").textContent);
      data.lines = data.source.split(/\r\n|[\n\r\f]/);
    }
    return data;
  };
  const label = name => read().labels[name] || name;

  // -- views --------------------------------------------------------------------------------
  const radios = [...document.querySelectorAll("input[name=view]")];
  const view = () => (radios.find(each => each.checked) || { value: "marked" }).value;
  let watcher = null, waiting = 0;
  const heads = document.createElement("div");
  heads.id = "heads";
  heads.setAttribute("aria-hidden", "true");
  for (const radio of radios.slice(1, 3)) {
    const head = document.createElement("span");
    head.textContent = radio.parentElement.textContent.trim();
    heads.append(head);
  }

  const pair = sheet => {
    if (sheet.dataset.paired) return;
    sheet.dataset.paired = "yes";
    for (const block of [...sheet.children]) {
      if (block.matches(".page, aside")) continue;
      const now = block.cloneNode(true);
      for (const each of [now, ...now.querySelectorAll("[id]")]) each.removeAttribute("id");
      for (const each of now.querySelectorAll(".turn")) each.remove();
      now.classList.add("now");
      block.after(now);
    }
  };
  const pairAll = () => { for (const sheet of main.children) pair(sheet); };
  const pairIdly = () => {
    // What is far away is made in spare time, so that the browser's search finds it.
    const sheets = [...main.children];
    const step = deadline => {
      while (sheets.length && deadline.timeRemaining() > 4) pair(sheets.shift());
      if (sheets.length) waiting = requestIdleCallback(step);
    };
    if (window.requestIdleCallback) waiting = requestIdleCallback(step); else pairAll();
  };
  const side = on => {
    if (on === paper.classList.contains("side")) return;
    const anchor = first();
    paper.classList.toggle("side", on);
    if (on) {
      main.before(heads);
      heads.style.setProperty("--top", topped() + "px");
      watcher = new IntersectionObserver(seen => {
        for (const each of seen) if (each.isIntersecting) pair(each.target);
      }, { rootMargin: "100% 0px" });
      for (const sheet of main.children) watcher.observe(sheet);
      pairIdly();
    } else {
      if (window.cancelIdleCallback) cancelIdleCallback(waiting);
      watcher.disconnect();
      heads.remove();
      for (const sheet of main.children) {
        if (!sheet.dataset.paired) continue;
        delete sheet.dataset.paired;
        for (const now of sheet.querySelectorAll(":scope > .now")) now.remove();
      }
    }
    if (anchor) anchor.scrollIntoView({ block: "start" });
  };
  const topped = () => {
    const bar = byId("controls");
    return bar && getComputedStyle(bar).position === "sticky" ? bar.offsetHeight : 0;
  };
  // The block at the top of the screen, where the reader is.
  const first = () => {
    if (!scrollY) return null;
    const x = main.getBoundingClientRect().left + main.clientWidth / 2;
    const here = document.elementFromPoint(x, topped() + 40);
    return here && here.closest(BLOCK);
  };
  const show = value => {
    const radio = radios.find(each => each.value === value);
    if (!radio) return;
    radio.checked = true;
    viewed();
  };
  const viewed = () => {
    side(view() === "side");
    const radio = radios.find(each => each.checked);
    say(radio.parentElement.textContent.trim() + " shown");
  };
  for (const radio of radios) radio.addEventListener("change", viewed);
  addEventListener("beforeprint", () => { if (view() === "side") pairAll(); });

  // -- filters ------------------------------------------------------------------------------
  const rules = document.styleSheets[0];
  const base = rules.cssRules.length;
  const off = new Map();
  const passes = act => {
    for (const [by, values] of off) if (values.has(act.first.dataset[by] || "")) return false;
    return true;
  };
  const filter = () => {
    while (rules.cssRules.length > base) rules.deleteRule(rules.cssRules.length - 1);
    for (const [by, values] of off) {
      for (const value of values) {
        const with_ = value ? `[data-${by}="${CSS.escape(value)}"]` : `[data-revision]:not([data-${by}])`;
        rules.insertRule(`#paper ins${with_} { display: none !important }`, rules.cssRules.length);
        rules.insertRule(`#paper del${with_} { display: inline !important; color: inherit !important; ` +
          "text-decoration: none !important; background: none !important }", rules.cssRules.length);
        // A block that one text has, for these revisions alone, is in both or in none.
        rules.insertRule(`#paper [data-in="draft"]:has(del${with_}) { display: revert !important; ` +
          "visibility: visible !important }", rules.cssRules.length);
        rules.insertRule(`#paper [data-in="final"]:has(ins${with_}):not(:has(ins:not(${with_}))) ` +
          "{ display: none !important }", rules.cssRules.length);
        rules.insertRule(`#paper del${with_}::before, #paper del${with_}::after { content: none !important }`,
          rules.cssRules.length);
      }
    }
  };
  document.addEventListener("click", event => {
    const chip = event.target.closest(".filter button");
    if (!chip) return;
    const on = chip.getAttribute("aria-pressed") !== "true";
    const { by, value } = chip.dataset;
    chip.setAttribute("aria-pressed", String(on));
    if (!off.has(by)) off.set(by, new Set());
    if (on) off.get(by).delete(value); else off.get(by).add(value);
    filter();
    passed = null;
    at = -1;
    if (!panel.hidden) list();
    count();
    say(`${counted(filtered().length)} of ${counted(acts().length)} revisions are shown`);
  });

  // -- revisions, one after the other -------------------------------------------------------
  let index = null, passed = null, at = -1;
  const acts = () => {
    if (!index) {
      const found = new Map();
      for (const part of paper.querySelectorAll(REVISED)) {
        if (part.closest(".now")) continue;
        const act = found.get(part.dataset.revision);
        if (act) act.parts.push(part); else found.set(part.dataset.revision, { first: part, parts: [part] });
      }
      index = [...found.values()];
      index.forEach((act, n) => { act.n = n; });
    }
    return index;
  };
  const filtered = () => passed || (passed = off.size ? acts().filter(passes) : acts());
  const count = () => {
    const box = byId("count");
    if (!box) return;
    const all = counted(filtered().length);
    box.textContent = at < 0 ? all : `${counted(at + 1)} / ${all}`;
    for (const [id, end] of [["before", 0], ["next", filtered().length - 1]]) {
      byId(id).setAttribute("aria-disabled", String(!filtered().length || (at >= 0 && at === end)));
    }
  };
  let marked = [];
  const here = (parts, message) => {
    for (const each of marked) each.classList.remove("here");
    marked = parts;
    for (const each of marked) each.classList.add("here");
    // What a view hides has no place to go to: then its block has.
    const seen = parts.find(each => each.checkVisibility()) || parts[0].closest(BLOCK) || parts[0];
    seen.scrollIntoView({ block: "center" });
    // Sheets that come near grow to their true size: once more when they have.
    requestAnimationFrame(() => requestAnimationFrame(() => seen.scrollIntoView({ block: "center" })));
    seen.tabIndex = -1;
    seen.focus({ preventScroll: true });
    if (message) say(message);
    point(seen);
  };
  const go = to => {
    const rows = filtered();
    if (!rows.length) return;
    at = Math.max(0, Math.min(rows.length - 1, to));
    here(rows[at].parts, `Revision ${at + 1} of ${rows.length}: ${spoken(rows[at])}`);
    count();
  };
  const step = by => {
    if (at >= 0) return go(at + by);
    // From where the reader is.
    const edge = topped() + 10;
    const rows = filtered();
    let low = 0, high = rows.length;
    while (high > low) {
      const middle = (low + high) >> 1;
      if (edge > rows[middle].first.getBoundingClientRect().top) low = middle + 1; else high = middle;
    }
    go(by > 0 ? low : low - 1);
  };
  // The words of a part without what was added to it or struck from it, short.
  const wordsOf = part => {
    let out = "";
    const other = part.localName === "del" ? "ins" : "del";
    const walk = node => {
      for (const child of node.childNodes) {
        if (out.length > CUT) return;
        if (child.nodeType === 3) out += child.data;
        else if (child.nodeType === 1 && child.localName !== other && !child.matches(APART)) walk(child);
      }
    };
    walk(part);
    out = out.replace(/\s+/g, " ").trim();
    return out.length > CUT ? out.slice(0, CUT) + "…" : out;
  };
  const spoken = act => act.parts.map(part =>
    `${part.localName === "del" ? "deleted" : "added"} “${wordsOf(part)}”`).join(", ");

  // -- the lists ----------------------------------------------------------------------------
  const opener = byId("lists");
  const make = (name, text, attributes) => {
    const node = document.createElement(name);
    if (text) node.textContent = text;
    for (const [key, value] of Object.entries(attributes || {})) node.setAttribute(key, value);
    return node;
  };
  const looks = part => {
    const found = ["moved", "accidental"].filter(each => part.classList.contains(each));
    return found.length ? { class: found.join(" ") } : {};
  };
  const KINDS = { line: "classification line", control: "handling" };
  const markings = () => [...paper.querySelectorAll("[data-marking]")].filter(each => !each.closest(".now") && each.id);
  const tables = {
    revisions: {
      title: "Revisions",
      rows: () => filtered(),
      row: act => {
        const link = make("a", "", { href: "#" + encodeURIComponent(act.first.id) });
        const what = make("span", "", { class: "what" });
        act.parts.forEach((part, k) => {
          if (k) what.append(" ");
          what.append(make(part.localName, wordsOf(part) || "¶", looks(part)));
        });
        const { stage, hand } = act.first.dataset;
        const by = [stage, hand].filter(Boolean).map(label).join(", ");
        if (by) what.append(make("span", by, { class: "by" }));
        link.append(make("span", where(act.first), { class: "where" }), what);
        return link;
      },
      jump: act => go(filtered().indexOf(act)),
    },
    markings: {
      title: "Markings",
      rows: markings,
      row: mark => {
        const link = make("a", "", { href: "#" + encodeURIComponent(mark.id) });
        const what = make("span", "", { class: "what" });
        if (mark.matches(".banner")) for (const node of mark.childNodes) what.append(node.cloneNode(true));
        else what.append(wordsOf(mark));
        what.append(make("span", KINDS[mark.dataset.kind] || mark.dataset.kind, { class: "by" }));
        link.append(make("span", "page " + mark.dataset.on, { class: "where" }), what);
        return link;
      },
      jump: mark => here([mark], mark.textContent.trim().slice(0, CUT)),
    },
  };
  let table = "revisions";
  const where = node => {
    const line = lineOf(node);
    const block = node.closest(BLOCK);
    return line ? "line " + line : block && block.dataset.on ? "page " + block.dataset.on : "";
  };
  const list = () => {
    const { rows, row, jump } = tables[table];
    const all = rows();
    const tabs = make("div", "", { class: "tabs", role: "group", "aria-label": "Which list" });
    for (const [name, each] of Object.entries(tables)) {
      const size = name === "revisions" ? (name === table ? all.length : filtered().length) : each.rows().length;
      const tab = make("button", `${each.title} ${counted(size)}`, { type: "button", "aria-pressed": String(name === table) });
      tab.addEventListener("click", () => { table = name; list(); panel.querySelector("[aria-pressed=true]").focus(); });
      tabs.append(tab);
    }
    const close = make("button", "Close", { type: "button", id: "close" });
    close.addEventListener("click", shut);
    tabs.append(close);
    const ol = make("ol");
    const more = make("button", "", { type: "button" });
    const add = () => {
      const from = ol.childElementCount;
      for (const each of all.slice(from, from + SHOWN)) {
        const item = make("li");
        const link = row(each);
        link.addEventListener("click", event => { event.preventDefault(); jump(each); });
        item.append(link);
        ol.append(item);
      }
      const left = all.length - ol.childElementCount;
      more.textContent = `Show ${counted(Math.min(left, SHOWN))} more of ${counted(left)}`;
      more.hidden = !left;
      return ol.children[from];
    };
    more.addEventListener("click", () => { const item = add(); if (item) item.firstChild.focus(); });
    panel.replaceChildren(tabs, ol, more);
    add();
    if (!all.length) ol.replaceWith(make("p", "There are none."));
  };
  const open = () => {
    panel.hidden = false;
    opener.setAttribute("aria-expanded", "true");
    list();
  };
  const shut = () => {
    panel.hidden = true;
    opener.setAttribute("aria-expanded", "false");
    opener.focus();
  };
  if (opener) opener.addEventListener("click", () => { if (panel.hidden) open(); else shut(); });
  if (!radios.length) table = "markings";
  for (const [id, by] of [["before", -1], ["next", 1]]) {
    const button = byId(id);
    if (button) button.addEventListener("click", () => step(by));
  }

  // -- the source line ----------------------------------------------------------------------
  const bar = byId("line");
  // How much text of its block stands before a place in it; what is not the paper's is not counted.
  const offset = (block, node, within) => {
    let sum = 0;
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, {
      acceptNode: each => each.nodeType === 1 && each.matches(APART) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
    });
    for (let each = walker.nextNode(); each; each = walker.nextNode()) {
      if (each === node) return sum + (each.nodeType === 3 ? within : 0);
      if (each.nodeType === 3) sum += each.length;
    }
    return sum;
  };
  const lineAt = (block, node, within) => {
    let line = Number(block.dataset.line);
    if (block.dataset.breaks) {
      const place = offset(block, node, within);
      for (const start of block.dataset.breaks.split(" ")) if (place >= Number(start)) line += 1;
    }
    return line;
  };
  const lineOf = node => {
    const block = node.closest(BLOCK);
    return block ? lineAt(block, node, 0) : 0;
  };
  let told = 0;
  const tell = line => {
    if (line === told) return;
    told = line;
    bar.hidden = !line;
    if (line) bar.replaceChildren(make("b", "line " + line), make("span", read().lines[line - 1] || " "));
  };
  const point = node => { if (read().source) tell(lineOf(node)); };
  let moved = 0;
  main.addEventListener("mousemove", event => {
    if (moved) return;
    moved = requestAnimationFrame(() => {
      moved = 0;
      const block = event.target.closest && event.target.closest(BLOCK);
      if (!block) return;
      let node = event.target, within = 0;
      if (document.caretPositionFromPoint) {
        const caret = document.caretPositionFromPoint(event.clientX, event.clientY);
        if (caret && block.contains(caret.offsetNode)) { node = caret.offsetNode; within = caret.offset; }
      } else if (document.caretRangeFromPoint) {
        const range = document.caretRangeFromPoint(event.clientX, event.clientY);
        if (range && block.contains(range.startContainer)) { node = range.startContainer; within = range.startOffset; }
      }
      if (read().source) tell(lineAt(block, node, within));
    });
  });
  main.addEventListener("mouseleave", () => tell(0));

  // -- keys ---------------------------------------------------------------------------------
  const keys = {
    1: () => show("marked"), 2: () => show("draft"), 3: () => show("final"), 4: () => show("side"),
    n: () => step(1), p: () => step(-1), l: () => opener.click(),
  };
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const details = byId("keys");
    if (event.key === "Escape") {
      if (details && details.open) { details.open = false; details.firstElementChild.focus(); }
      else if (!panel.hidden) shut();
      else tell(0);
      return;
    }
    const single = byId("single");
    if (!single || !single.checked || !keys[event.key]) return;
    if (!radios.length && event.key !== "l") return;
    event.preventDefault();
    keys[event.key]();
  });

  // -- where the address points -------------------------------------------------------------
  const address = () => {
    const target = location.hash.length > 1 && byId(decodeURIComponent(location.hash.slice(1)));
    if (target && target.dataset.revision) here([target], "");
  };
  addEventListener("hashchange", address);
  count();
  address();
})();
