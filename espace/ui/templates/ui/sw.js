{% load static %}"use strict";
self.addEventListener("fetch", () => {});
