"use strict";
/* Typing a paper sheet: x ticks and goes on, arrows move, Enter saves. Without this, Tab and Space do. */
const form = document.querySelector("form.typing");
if (form) {
  const boxes = Array.from(form.querySelectorAll("input[type=checkbox]"));
  const days = Number(form.dataset.days);
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: days, ArrowUp: -days };
  form.addEventListener("keydown", (event) => {
    const here = boxes.indexOf(event.target);
    if (here < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const tick = event.key === "x" || event.key === "X";
    if (tick) event.target.checked = true;
    const next = boxes[here + (tick ? 1 : step[event.key])];
    if (tick || step[event.key]) event.preventDefault();
    if (next) next.focus();
    else if (tick) form.querySelector("button[name=suite], button[type=submit]").focus();
  });
  if (boxes.length && !document.getElementById("erreurs")) boxes[0].focus();
}
