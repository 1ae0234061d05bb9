/* A reader's own list, kept on this device only. Without script, or where nothing may be stored, the buttons still lead
   to a pack whose address is the list. */
"use strict";

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
