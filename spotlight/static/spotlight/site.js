/* Adds to pages that work without it: suggestions while typing, a list that follows its filters in place, and a
   reader's own list. */
"use strict";

/* --- suggestions: an ARIA combobox; Enter without a choice searches as the form does ----------------------------- */
function combobox(input) {
  const list = document.createElement("ul"), status = document.createElement("p");
  let options = [], chosen = -1, asked = 0;
  list.className = "suggestions";
  list.id = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  list.hidden = true;
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  input.after(list, status);
  for (const [name, value] of Object.entries({role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id}))
    input.setAttribute(name, value);

  function close() {
    asked++; // an answer that is still under way belongs to an earlier text
    options = [];
    list.hidden = true;
    list.replaceChildren();
    status.textContent = "";
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
  function choose(n) {
    chosen = (n + options.length) % options.length;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === chosen)));
    input.setAttribute("aria-activedescendant", list.children[chosen].id);
    list.children[chosen].scrollIntoView({block: "nearest"});
  }
  function show(found) {
    options = found;
    list.replaceChildren(...found.map((option, i) => {
      const item = document.createElement("li"), kind = document.createElement("span");
      item.id = `suggestion-${i}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      kind.className = "kind";
      kind.textContent = option.kind;
      item.append(option.label, kind);
      item.addEventListener("mousedown", event => { event.preventDefault(); location.assign(option.url); });
      return item;
    }));
    chosen = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!!found.length));
    status.textContent = !found.length ? "No suggestions." : found.length === 1 ? "1 suggestion." : `${found.length} suggestions.`;
  }
  input.addEventListener("input", async () => {
    close(); // suggestions for another text must not be chosen
    const turn = asked;
    await new Promise(rest => setTimeout(rest, 120));
    if (turn !== asked || !input.value.trim()) return;
    const answer = await fetch(`${input.dataset.suggestions}?${new URLSearchParams({q: input.value})}`).catch(() => null);
    const found = answer?.ok && (await answer.json().catch(() => null))?.suggestions;
    if (turn === asked && found) show(found);
  });
  input.addEventListener("keydown", event => {
    if (event.key === "Escape" && !list.hidden) event.preventDefault(); // closes, and leaves the text
    if (event.key === "Escape") close();
    if (list.hidden) return;
    if (event.key === "ArrowDown") { choose(chosen + 1); event.preventDefault(); }
    if (event.key === "ArrowUp") { choose(chosen < 0 ? -1 : chosen - 1); event.preventDefault(); }
    if (event.key === "Enter" && chosen >= 0) { location.assign(options[chosen].url); event.preventDefault(); }
  });
  input.addEventListener("blur", close);
  addEventListener("pagehide", close);
}

/* --- the list follows its filters and its map: address, counts and results change, focus stays where it is -------- */
function liveFilters(form) {
  const results = document.getElementById("results");
  let turn = 0, drawn = location.pathname + location.search;

  function renew(fresh) {
    const focused = results.contains(document.activeElement) ? document.activeElement : null;
    const place = [...results.querySelectorAll(".tile")].indexOf(focused), words = focused?.textContent;
    const open = results.querySelector(".list-map")?.open;
    results.replaceChildren(...fresh.childNodes);
    if (open) results.querySelector(".list-map").open = true;
    if (!focused) return;
    const same = [...results.querySelectorAll(focused.tagName)].find(element => element.textContent === words);
    const next = results.querySelectorAll(".tile")[place] || same || document.getElementById("result-count");
    next.focus({preventScroll: true});
  }
  async function follow(address, remember) {
    const mine = ++turn;
    results.classList.add("busy");
    const answer = await fetch(address).catch(() => null);
    if (mine !== turn) return;
    if (!answer?.ok) { location.assign(address); return; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine !== turn) return;
    if (remember) history.pushState(null, "", address);
    drawn = location.pathname + location.search;
    document.title = page.title;
    renew(page.getElementById("results"));
    for (const id of ["within", "all-partners"]) // a new search and the page of partners keep these filters
      document.getElementById(id)?.replaceWith(page.getElementById(id) ?? "");
    results.classList.remove("busy");
    for (const box of form.querySelectorAll("input[type=checkbox]")) {
      const fresh = page.querySelector(`input[name="${box.name}"][value="${CSS.escape(box.value)}"]`);
      if (!fresh) continue;
      box.dataset.count = fresh.dataset.count;
      box.closest("label").querySelector(".n").textContent = fresh.dataset.count;
      box.checked = box.defaultChecked = fresh.checked;
    }
    document.getElementById("announce").textContent = document.getElementById("result-count").textContent;
  }
  form.addEventListener("change", () => follow(`${form.action}?${new URLSearchParams(new FormData(form))}`, true));
  results.addEventListener("click", event => {
    const tile = event.target.closest(".tile");
    if (!tile || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    follow(tile.href.split("#")[0], true);
  });
  // A link within the page, such as “Skip to the content”, changes no list.
  addEventListener("popstate", () => { if (location.pathname + location.search !== drawn) follow(location.href, false); });
  // Left before the answer came: it is not waited for, and on coming back the boxes say what the list shows.
  addEventListener("pagehide", () => { turn++; });
  addEventListener("pageshow", event => {
    if (!event.persisted) return;
    results.classList.remove("busy");
    for (const box of form.querySelectorAll("input[type=checkbox]")) box.checked = box.defaultChecked;
  });
}

document.querySelectorAll("[data-suggestions]").forEach(combobox);
document.querySelectorAll("form[data-live]").forEach(liveFilters);

/* --- a reader's own list, on this device only; without script, or where nothing may be stored, the buttons still lead
   to a pack whose address is the list --------------------------------------------------------------------------- */
const KEPT = "my-list", MOST = 30;
const said = document.createElement("p");
said.className = "visually-hidden";
said.setAttribute("role", "status");
document.body.append(said);

function list() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) || "[]");
    return Array.isArray(kept) ? kept.filter(Number.isInteger) : [];
  } catch { return []; }
}

function keep(ids) {
  try { ids.length ? localStorage.setItem(KEPT, JSON.stringify(ids)) : localStorage.removeItem(KEPT); }
  catch { return false; }
  show();
  return true;
}

function show() {
  const ids = list(), place = document.querySelector("[data-my-list]"), link = place?.querySelector("a");
  if (link && (ids.length || !place.hasAttribute("data-carried"))) {
    place.hidden = !ids.length;
    link.textContent = `My list (${ids.length})`;
    link.href = `${link.pathname}?ids=${ids.join(",")}`;
  }
  for (const button of document.querySelectorAll("[data-add]")) {
    const on = ids.includes(Number(button.dataset.add));
    const words = on ? "On my list: take it off" : "Add to my list";
    if (button.textContent === words) continue;
    button.textContent = words;
    button.setAttribute("aria-label", `${words}: ${button.dataset.title}`);
    button.classList.toggle("on", on);
  }
  const here = document.querySelector("[data-pack]");
  if (!here) return;
  const same = here.dataset.pack === ids.join(",");
  here.querySelector("[data-take]").hidden = same || !here.dataset.pack;
  here.querySelector("[data-empty]").hidden = !ids.length;
}

document.addEventListener("click", event => {
  const button = event.target.closest("[data-add], [data-take], [data-empty]");
  if (!button) return;
  const ids = list(), id = Number(button.dataset.add);
  if (button.matches("[data-empty]")) {
    if (keep([])) said.textContent = "Your list is empty.";
  } else if (button.matches("[data-take]")) {
    if (keep(button.closest("[data-pack]").dataset.pack.split(",").map(Number))) said.textContent = "Kept as your list on this device.";
  } else {
    const left = ids.filter(kept => kept !== id), full = left.length === ids.length && ids.length >= MOST;
    const done = full || keep(left.length < ids.length ? left : [...ids, id]);
    if (!done) return; // nothing may be stored here: the form leads on
    event.preventDefault();
    said.textContent = full ? `Your list is full: it holds ${MOST} entries.`
      : left.length < ids.length ? `Taken off your list: ${button.dataset.title}.` : `On your list: ${button.dataset.title}. It holds ${ids.length + 1}.`;
  }
});

addEventListener("storage", show);
addEventListener("pageshow", show);
const results = document.getElementById("results");
if (results) new MutationObserver(show).observe(results, {childList: true});
show();
