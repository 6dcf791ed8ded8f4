"use strict";
/* The square code of an opening letter: what follows « # » never leaves this page by itself. */
const form = document.querySelector("form[data-letter]");
const secret = location.hash.slice(1);
if (form && /^[\w-]{16,64}$/.test(secret)) {
  form.elements.secret.value = secret;
  form.querySelector("[data-letter-words]").hidden = true;
  form.querySelector("[data-letter-read]").hidden = false;
  history.replaceState(null, "", location.pathname);
}
