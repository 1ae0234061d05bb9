"use strict";
/* LIIA's desk: names for the parts of the editor and of Select2, which come without, and no style of their own. */

// The editor would write a <style> element, which the policy forbids; it leaves that when it finds one already. This
// one bears the name in no namespace, so it is no stylesheet to the browser. The rules themselves stand in admin.css.
const marker = document.createElementNS(null, "style");
marker.setAttribute("data-tiptap-style", "");
document.head.append(marker);

// "Clear all" would stand as a span among the items of a list; each item can be taken out by itself.
for (const select of document.querySelectorAll("select.admin-autocomplete[multiple]")) select.dataset.allowClear = "false";

const BUTTONS = {
  heading3: "Heading",
  heading4: "Smaller heading",
  paragraph: "Plain paragraph",
  blockquote: "Quotation",
  bulletList: "Bulleted list",
  orderedList: "Numbered list",
  bold: "Bold",
  italic: "Italic",
  link: "Link",
  unlink: "Remove the link",
  "history:undo": "Undo",
  "history:redo": "Redo",
};
const ONCE = ["link", "unlink", "history:undo", "history:redo"];

function labelOf(field) {
  const label = document.querySelector(`label[for="${CSS.escape(field.id)}"]`);
  if (label) label.id ||= `${field.id}_label`;
  return label;
}

function nameToolbar(bar, label) {
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", `Format: ${label.textContent.replace(/:$/, "")}`);
  for (const button of bar.querySelectorAll("button")) {
    const name = BUTTONS[button.dataset.name] || button.title;
    button.title = name;
    button.setAttribute("aria-label", name);
  }
}

function tellStates(bar) {
  for (const button of bar.querySelectorAll("button")) {
    button.setAttribute("aria-disabled", button.classList.contains("disabled"));
    if (!ONCE.includes(button.dataset.name)) button.setAttribute("aria-pressed", button.classList.contains("active"));
  }
}

// The editor knows no tables and would run their cells together. So a pasted row becomes a paragraph, "Year: 2023; Homes:
// 14", as `pagereader.text.tables` writes it; the site does the same with what it is sent.
const IN_A_CELL = "p, div, h1, h2, h3, h4, h5, h6, ul, ol, li, blockquote";
const hasFigure = (cell) => /\d/.test(cell.textContent);

function namesColumns([first, ...others]) {
  if (!others.length) return false;
  if (first.every((cell) => cell.tagName === "TH")) return true;
  return others.flat().some(hasFigure) && !first.some(hasFigure);
}

function rowsAsParagraphs(table) {
  const rows = [...table.rows].map((row) => [...row.cells]).filter((cells) => cells.length);
  const heads = namesColumns(rows) ? rows.shift().map((cell) => cell.textContent.replace(/\s+/g, " ").trim()) : [];
  const paragraphs = table.caption ? [[table.caption]] : [];
  paragraphs.push(...rows);
  return paragraphs.map((cells) => {
    const paragraph = document.createElement("p");
    cells.forEach((cell, number) => {
      if (!cell.textContent.trim()) return;
      for (const block of cell.querySelectorAll(IN_A_CELL)) block.replaceWith(" ", ...block.childNodes, " ");
      if (paragraph.hasChildNodes()) paragraph.append("; ");
      if (heads[number] && cell !== table.caption) paragraph.append(`${heads[number]}: `);
      paragraph.append(...cell.childNodes);
    });
    return paragraph;
  });
}

function withoutTables(html) {
  if (!/<table/i.test(html)) return html;
  const pasted = new DOMParser().parseFromString(html, "text/html");
  const tables = [...pasted.querySelectorAll("table")].reverse(); // an inner table before the one around it
  for (const table of tables) table.replaceWith(...rowsAsParagraphs(table));
  return pasted.body.innerHTML;
}

document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
  const label = labelOf(textarea);
  const text = editor.view.dom;
  if (!label) return;
  text.setAttribute("aria-labelledby", label.id);
  text.setAttribute("aria-multiline", "true");
  const described = textarea.getAttribute("aria-describedby");
  if (described) text.setAttribute("aria-describedby", described);
  if (textarea.getAttribute("aria-invalid")) text.setAttribute("aria-invalid", "true");
  label.addEventListener("click", () => editor.commands.focus());
  editor.on("create", () => {
    const bar = text.previousElementSibling;
    editor.view.setProps({ transformPastedHTML: withoutTables });
    nameToolbar(bar, label);
    tellStates(bar);
    editor.on("transaction", () => tellStates(bar));
  });
});

function nameSelect2(container) {
  const select = container.previousElementSibling;
  const label = select && select.id && labelOf(select);
  if (!label) return;
  const box = container.querySelector("[role=combobox]");
  const inside = container.querySelector(".select2-selection__rendered");
  if (box && inside && inside.id) {
    inside.setAttribute("aria-labelledby", label.id);
    box.setAttribute("aria-labelledby", `${label.id} ${inside.id}`);
  }
  for (const input of container.querySelectorAll("input")) input.setAttribute("aria-labelledby", label.id);
}

// Open, it says whose list it shows by an older attribute only.
function tieToList(box) {
  const list = box.getAttribute("aria-owns");
  if (list) box.setAttribute("aria-controls", list);
  else box.removeAttribute("aria-controls");
}

function nameAdded(node) {
  if (node.matches(".select2-container")) nameSelect2(node);
  for (const input of node.querySelectorAll(".select2-search__field:not([aria-labelledby])")) {
    input.setAttribute("aria-label", "Type a few letters");
  }
}

new MutationObserver((changes) => {
  for (const { type, target, addedNodes } of changes) {
    if (type === "attributes") tieToList(target);
    for (const node of addedNodes) if (node.nodeType === Node.ELEMENT_NODE) nameAdded(node);
  }
}).observe(document.body, { childList: true, subtree: true, attributeFilter: ["aria-owns"] });
