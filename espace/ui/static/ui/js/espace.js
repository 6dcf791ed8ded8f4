"use strict";
/* The one script of every page. It only adds: each page works without it. */
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js");
const summary = document.getElementById("erreurs");
if (summary) summary.focus();
