"use strict";
/* On the GEM's own tablet only. Nobody touches it: the day sheet goes back to the start page; on any
   other page a question comes first. Only delays count here, never the clock of the tablet. */
(() => {
  const { start, alive, quick, ask, wait } = document.currentScript.dataset;
  const dialog = document.getElementById("encore-la");
  const closing = dialog.querySelector("[data-close]");
  const EVERY = 120000;
  const sheet = !closing && location.pathname.startsWith(quick);
  let timer = 0;
  let told = performance.now();
  let typing = null;

  const toStart = () => { if (location.pathname !== start) location.replace(start); };

  /* What was typed goes along, tied to its person; files stay out. */
  async function leave() {
    if (!closing) return toStart();
    const form = typing?.isConnected ? typing : closing;
    const sent = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") sent.append(name, value);
    sent.set("csrfmiddlewaretoken", closing.elements.csrfmiddlewaretoken.value);
    if (form !== closing) {
      const to = new URL(form.getAttribute("action") || "", location.href);
      sent.append("_page", to.pathname + to.search);
    }
    await fetch(closing.action, { method: "POST", body: sent, redirect: "manual" }).catch(() => null);
    location.replace(start);
  }

  function question() {
    dialog.showModal();
    /* A text that is nobody's is neither kept for the next person nor lost: it waits behind. */
    if (closing || !typing) timer = setTimeout(leave, wait * 1000);
  }

  function again() {
    if (dialog.open) return;
    clearTimeout(timer);
    timer = sheet ? setTimeout(toStart, 60000) : location.pathname === start && !closing ? 0 : setTimeout(question, ask * 1000);
    if (closing && performance.now() - told > EVERY) {
      told = performance.now();
      fetch(alive, { redirect: "manual" }).catch(() => null);
    }
  }

  function stay() {
    told = -EVERY;
    again();
  }

  for (const name of ["pointerdown", "keydown", "input", "scroll"]) addEventListener(name, again, { passive: true, capture: true });
  addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.method === "post") typing = form;
  });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  dialog.querySelector("[data-stay]").addEventListener("click", () => { dialog.close(); stay(); });
  dialog.querySelector("[data-leave]").addEventListener("click", () => { clearTimeout(timer); leave(); });
  dialog.addEventListener("close", stay);
  again();
})();
