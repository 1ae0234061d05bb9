"use strict";
/* When a passkey was not used (the person stopped, the browser knows none), the page says so in a sentence. */

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const note = document.getElementById("passkey-error");
  note.textContent = "The passkey was not used. Try again, or take another way.";
  note.hidden = false;
});
