/* Adds “Copy” to the share box, which works without it, and says aloud that something was copied. */
"use strict";

async function copy(field) {
  field.focus();
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    return document.execCommand("copy"); // without HTTPS the newer way is closed
  }
}

const today = new Date().toLocaleDateString("en-GB", {day: "numeric", month: "long", year: "numeric"});
for (const field of document.querySelectorAll(".share textarea")) field.value = field.value.replace("[add the day]", today);

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy), status = document.querySelector(".copied");
  button.hidden = false;
  button.addEventListener("click", async () => {
    const name = document.querySelector(`label[for="${field.id}"]`).textContent.split(",")[0];
    status.textContent = "";
    const done = await copy(field);
    button.focus();
    status.textContent = done ? `Copied: ${name.toLowerCase()}.` : "It could not be copied. It is selected: press Ctrl and C.";
  });
}
