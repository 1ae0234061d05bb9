"use strict";
/* What is typed is kept: the forms of the desk and the readers' long ones, saved in this browser as one types.

   A draft holds what differs from the stored form, the stamps it was opened with, and which rows there were. It is
   offered afterwards, never put in by itself, and forgotten when its form was saved: the desk's server names the drafts
   whose form it has answered by leading on. At the desk a draft is one person's (localStorage, by the account's number,
   fourteen days); a reader's ends with the tab (sessionStorage). No secret is saved, and no file. */
(() => {
const here = document.currentScript.dataset;
const DAYS = 14, MOST = 20, LONGEST = 1_500_000, WAIT = 300, WARN = 5 * 60;
const mine = `draft:${here.user || "reader"}:`;
const page = `${mine}${location.pathname}#`;
const carried = (here.posted || "").split(" ").filter(key => key.startsWith(mine));
const SECRET = /password|csrfmiddlewaretoken|credential|^code$|__prefix__|_old$|^_selected_action$|^action$|^typed_drafts$/i;
const STAMP = /^_opened|^initial-/;
const ROW = /^(.+)-(\d+)-(.+)$/;
const editors = new Map();
let active = false; // nothing that scripts fill in by themselves is a draft
document.addEventListener("prose-editor:ready", ({ detail }) => editors.set(detail.textarea, detail.editor));

/* --- the shelf: where drafts are, if the browser gives a place at all ----------------------------------------------- */
let shelf = null;
try { shelf = here.user ? localStorage : sessionStorage; shelf.getItem(mine); } catch { shelf = null; }
const keys = () => (shelf ? Object.keys(shelf).filter(key => key.startsWith(mine)) : []);
function read(key) {
  try { return JSON.parse(shelf.getItem(key)); } catch { return null; }
}
const forget = key => shelf?.removeItem(key);
function tidy() {
  const everybodys = shelf ? Object.keys(shelf).filter(key => key.startsWith("draft:")) : [];
  for (const key of everybodys) if (!(read(key)?.at > Date.now() - DAYS * 864e5)) forget(key);
  const aged = keys().map(key => [read(key).at, key]).sort((a, b) => b[0] - a[0]);
  for (const [, key] of aged.slice(MOST)) forget(key);
}
function write(key, draft) {
  const text = JSON.stringify(draft);
  if (!shelf || text.length > LONGEST) return;
  for (let tries = 0; tries < MOST; tries++) {
    try { shelf.setItem(key, text); return; } catch {
      const oldest = keys().filter(other => other !== key).sort((a, b) => (read(a)?.at || 0) - (read(b)?.at || 0))[0];
      if (!oldest) return;
      forget(oldest);
    }
  }
}

/* --- a form's fields, as they are and as they came -------------------------------------------------------------------- */
const firsts = new WeakMap(); // pick lists are emptied into two boxes by a script of Django's: what they held at first
function groupsOf(form) {
  const groups = new Map();
  for (const field of form.elements) {
    if (!field.name || SECRET.test(field.name) || field.closest(".not-for-people")) continue;
    if (["hidden", "password", "file", "submit", "button", "image", "reset", "fieldset"].includes(field.type)) continue;
    if (!groups.has(field.name)) groups.set(field.name, []);
    groups.get(field.name).push(field);
  }
  return groups;
}
const pair = option => [option.value, option.text];
function valueOf([first, ...others], form) {
  if (first.matches("select.filtered")) return [...first.options].map(pair).sort();
  if (first.type.startsWith("select")) return [...first.selectedOptions].map(pair);
  if (["checkbox", "radio"].includes(first.type)) return [first, ...others].filter(box => box.checked).map(box => [box.value]);
  return [first, ...others].map(field => [field.value]);
}
function firstOf([first, ...others], form) {
  if (first.matches("select.filtered")) return firsts.get(form)?.get(first.name) || [];
  if (first.type.startsWith("select")) {
    const chosen = [...first.options].filter(option => option.defaultSelected);
    return (chosen.length || first.multiple ? chosen : [...first.options].slice(0, 1)).map(pair);
  }
  if (["checkbox", "radio"].includes(first.type)) return [first, ...others].filter(box => box.defaultChecked).map(box => [box.value]);
  return [first, ...others].map(field => [field.defaultValue]);
}
const values = pairs => JSON.stringify(pairs.map(([value]) => value));
function changedIn(form, also) {
  const changed = {};
  for (const [name, fields] of groupsOf(form)) {
    const value = valueOf(fields);
    if (name in also || values(value) !== values(firstOf(fields, form))) changed[name] = value;
  }
  return changed;
}
const hidden = (form, name) => form.querySelector(`input[type=hidden][name="${CSS.escape(name)}"]`);
const field = (form, name) => groupsOf(form).get(name);
function rowsOf(form) {
  const rows = {};
  for (const total of form.querySelectorAll('input[name$="-TOTAL_FORMS"]')) {
    const prefix = total.name.slice(0, -"-TOTAL_FORMS".length);
    const first = Number(hidden(form, `${prefix}-INITIAL_FORMS`)?.value || 0);
    rows[prefix] = Array.from({ length: first }, (_, n) => hidden(form, `${prefix}-${n}-id`)?.value || "");
  }
  return rows;
}

/* --- one form: saved as one types, left with a warning ----------------------------------------------------------------- */
const forms = [];
class Kept {
  constructor(form, number) {
    this.form = form;
    this.name = `${page}${form.id || number}:`;
    this.key = carried.find(key => key.startsWith(this.name)); // the form came back: with errors, or a conflict
    this.also = (this.key && read(this.key)?.changed) || {};
    this.stamps = {};
    this.key ||= `${this.name}${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
    this.sending = false;
    const pickers = [...form.querySelectorAll("select.selectfilter")];
    firsts.set(form, new Map(pickers.map(select => [select.name, [...select.selectedOptions].map(pair).sort()])));
    for (const kind of ["input", "change"]) form.addEventListener(kind, () => this.soon());
  }
  get changed() { return active ? changedIn(this.form, this.also) : {}; }
  get isDirty() { return !this.sending && Object.keys(this.changed).length > 0; }
  soon() {
    this.sending = false; // whatever was sent before did not lead away
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), WAIT);
  }
  save() {
    if (!active || !shelf || this.sending) return;
    const changed = this.changed, stamps = {};
    if (!Object.keys(changed).length) { forget(this.key); return; }
    for (const input of this.form.querySelectorAll("input[type=hidden]")) if (STAMP.test(input.name)) stamps[input.name] = input.value;
    const before = read(this.key), text = JSON.stringify(changed);
    if (before && JSON.stringify(before.changed) === text) return;
    write(this.key, { at: Date.now(), changed, stamps, rows: rowsOf(this.form) });
  }
  send() {
    this.save();
    this.sending = true;
    let draft = hidden(this.form, "typed_drafts");
    if (!draft) {
      draft = Object.assign(document.createElement("input"), { type: "hidden", name: "typed_drafts" });
      this.form.append(draft);
    }
    draft.value = [...new Set([this.key, ...carried])].join(" ");
  }
  drafts() {
    return keys().filter(key => key.startsWith(this.name) && key !== this.key).map(key => [key, read(key)])
      .filter(([, draft]) => draft?.changed).sort((a, b) => b[1].at - a[1].at);
  }
  /* Where a field of the draft is now: rows are known by their record, and new ones come after those that are here. */
  place(name, draft) {
    const [, prefix, number, rest] = ROW.exec(name) || [];
    const then = draft.rows?.[prefix], now = rowsOf(this.form)[prefix];
    if (!then || !now) return name;
    const at = number < then.length ? now.indexOf(then[number] || null) : number - then.length + now.length;
    return at < 0 ? null : `${prefix}-${at}-${rest}`;
  }
  putBack(key, draft) {
    const left = [];
    active = true;
    for (const [name, value] of Object.entries(draft.changed)) {
      const place = this.place(name, draft);
      if (place && !field(this.form, place)) this.addRow(place);
      const fields = place && field(this.form, place);
      if (fields) fill(fields, value);
      else left.push([name, value]);
    }
    // What others have changed since is then compared with what this person saw when typing.
    for (const [name, value] of Object.entries(draft.stamps)) {
      const stamp = hidden(this.form, this.place(name, draft) || "");
      if (stamp) stamp.value = value;
    }
    this.save();
    if (!left.length) forget(key);
    return left;
  }
  addRow(name) {
    const [, prefix, number] = ROW.exec(name) || [];
    const total = prefix && hidden(this.form, `${prefix}-TOTAL_FORMS`);
    for (let tries = 0; total && Number(total.value) <= Number(number) && tries < 100; tries++)
      document.querySelector(`#${CSS.escape(prefix)}-group .add-row a`)?.click();
  }
}
function fill([first, ...others], value) {
  if (first.matches("select.filtered") && window.SelectBox) pick(first, value.map(([one]) => one));
  else if (first.type.startsWith("select")) {
    for (const [one, words] of value)
      if (![...first.options].some(option => option.value === one)) first.add(new Option(words, one));
    for (const option of first.options) option.selected = value.some(([one]) => one === option.value);
  } else if (["checkbox", "radio"].includes(first.type)) {
    for (const box of [first, ...others]) box.checked = value.some(([one]) => one === box.value);
  } else {
    [first, ...others].forEach((input, n) => {
      const text = value[n]?.[0] ?? "";
      editors.get(input)?.commands.setContent(text);
      input.value = text;
    });
  }
  for (const kind of ["input", "change"]) first.dispatchEvent(new Event(kind, { bubbles: true }));
}
function pick(box, wanted) {
  const from = box.id.replace(/_to$/, "_from");
  for (const [source, target, want] of [[from, box.id, true], [box.id, from, false]]) {
    for (const option of document.getElementById(source).options) option.selected = wanted.includes(option.value) === want;
    window.SelectBox.move(source, target);
  }
}

/* --- the offer ------------------------------------------------------------------------------------------------------------ */
const BUTTON = { type: "button", className: "quiet-button" };
const make = (tag, words = "", more = {}) => Object.assign(document.createElement(tag), { textContent: words }, more);
function labelOf(form, name) {
  const fields = field(form, name), first = fields?.[0];
  const legend = fields?.length > 1 && first.closest("fieldset")?.querySelector("legend");
  const words = (legend || first?.labels?.[0])?.textContent.trim().replace(/:$/, "") || name.replace(/^.*-/, "").replace(/_/g, " ");
  const row = ROW.exec(name);
  return row ? `${words} (${row[1].replace(/_/g, " ")}, row ${Number(row[2]) + 1})` : words;
}
function wordsOf(form, name, value) {
  const type = field(form, name)?.[0].type;
  if (type === "checkbox" && value.length < 2) return value.length ? "ticked" : "not ticked";
  const text = value.map(([one, words]) => words || one).join(", ");
  return /^\s*<(p|h3|h4|ul|ol|blockquote)\b/.test(text) ? new DOMParser().parseFromString(text.replace(/></g, "> <"), "text/html").body.textContent : text;
}
function listed(form, pairs) {
  const list = make("dl");
  for (const [name, value] of pairs)
    list.append(make("dt", labelOf(form, name)), make("dd", wordsOf(form, name, value) || "(empty)"));
  return list;
}
function offer(kept, [key, draft]) {
  const box = make("section", "", { className: "draft preview-note", tabIndex: -1 });
  const when = new Date(draft.at).toLocaleString("en-GB", { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
  const back = make("button", "Put it back", BUTTON), away = make("button", "Throw it away", BUTTON);
  const more = make("details"), acts = make("p");
  box.setAttribute("aria-label", "What you typed here and did not save");
  more.append(make("summary", "What it would change"), listed(kept.form, Object.entries(draft.changed)));
  acts.append(back, " ", away);
  box.append(make("p", `You were typing here on ${when} and did not save.`), more, acts);
  back.addEventListener("click", () => {
    const left = kept.putBack(key, draft);
    box.replaceChildren(make("p", "What you typed is back in the form. It is saved when you send the form."));
    if (left.length)
      box.append(make("p", "This did not fit, because the form has changed meanwhile. Copy what you need:"), listed(kept.form, left));
    box.focus();
  });
  away.addEventListener("click", () => {
    forget(key);
    box.replaceChildren(make("p", "It is thrown away."));
    box.focus();
  });
  box.setAttribute("role", "status");
  kept.form.before(box);
}

/* --- the session's end: five minutes before, in every tab ---------------------------------------------------------------- */
const clock = `seen:${here.user}`;
const seen = () => { try { localStorage.setItem(clock, Date.now()); } catch { /* no place: this tab alone counts */ } };
function watchSession(seconds) {
  const opened = Date.now();
  const note = make("div", "", { className: "session-note" });
  note.setAttribute("role", "alert");
  let shown = "";
  function show(state, ...content) {
    if (shown === state) return;
    shown = state;
    note.replaceChildren(...content);
    document.documentElement.classList.toggle("with-note", Boolean(state));
  }
  const stay = make("button", "Stay signed in", { type: "button" });
  stay.addEventListener("click", async () => {
    const answer = await fetch(here.alive, { headers: { Accept: "application/json" } }).catch(() => null);
    const left = answer?.ok && !answer.redirected && (await answer.json()).seconds;
    if (left) { seen(); show(""); } else ended();
  });
  function ended() {
    const link = make("a", "Sign in in another tab", { href: here.signIn, target: "_blank" });
    show("ended", make("p", "You have been signed out. What you typed is saved in this browser."), link);
  }
  function tick() {
    let last = opened;
    try { last = Math.max(opened, Number(localStorage.getItem(clock)) || 0); } catch { /* as above */ }
    const left = seconds - (Date.now() - last) / 1000;
    if (left > WARN) show("");
    else if (left > 0) {
      const until = new Date(last + seconds * 1000).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
      show("soon", make("p", `You will be signed out at ${until}.`), stay);
    } else ended();
  }
  seen();
  document.body.prepend(note);
  setInterval(tick, 1000);
}

/* --- all of it -------------------------------------------------------------------------------------------------------------- */
const saveAll = () => forms.forEach(kept => kept.save());
for (const key of (here.saved || "").split(" ")) if (key.startsWith(mine)) forget(key);
if ("done" in here) keys().filter(key => key.startsWith(page)).forEach(forget);
tidy();
[...document.forms].filter(form => form.method === "post" && form.id !== "changelist-form" && groupsOf(form).size)
  .forEach((form, number) => forms.push(new Kept(form, number)));
for (const kept of forms) for (const draft of kept.drafts().slice(0, 3)) offer(kept, draft);
for (const kind of ["keydown", "pointerdown", "paste", "drop"]) addEventListener(kind, () => { active = true; }, true);
addEventListener("submit", event => {
  if (event.defaultPrevented) return;
  saveAll();
  const sent = forms.find(kept => kept.form === event.target);
  if (sent) sent.send();
  else if (carried.length && event.target.method === "post" && !hidden(event.target, "typed_drafts"))
    event.target.append(Object.assign(document.createElement("input"), { type: "hidden", name: "typed_drafts", value: carried.join(" ") }));
});
addEventListener("beforeunload", event => {
  saveAll();
  if (forms.some(kept => kept.isDirty)) { event.preventDefault(); event.returnValue = ""; }
});
addEventListener("pagehide", saveAll);
addEventListener("pageshow", event => { if (event.persisted) forms.forEach(kept => { kept.sending = false; }); });
document.addEventListener("visibilitychange", saveAll);
setInterval(saveAll, 2000);
if (here.seconds) watchSession(Number(here.seconds));
})();
