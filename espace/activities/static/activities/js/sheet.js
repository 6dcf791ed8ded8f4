"use strict";
/* A tap that did not reach us says so: without this a name would only stay as it was. */
const trouble = document.getElementById("pas-note");
if (trouble) {
  for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.body.addEventListener(name, () => { trouble.hidden = false; trouble.focus(); });
  }
  document.body.addEventListener("htmx:afterOnLoad", (event) => {
    if (event.detail.successful) trouble.hidden = true;
  });
}
