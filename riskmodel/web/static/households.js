// A household's page with a keyboard: the rows around it and its decision. Without it, every link and form works the same.
"use strict";

(() => {
  const press = (selector) => { const found = document.querySelector(selector); if (found) found.click(); };
  const isTyping = (element) => element.closest("input:not([type=checkbox]):not([type=radio]), select, textarea") !== null;
  const keys = {
    j: () => press("[data-next]"),
    k: () => press("[data-previous]"),
    l: () => press("[data-list]"),
    d: () => { const first = document.querySelector(".decide input[type=radio]"); if (first) first.focus(); },
    u: () => press("[data-undo]"),
    "?": () => { const help = document.getElementById("clavier"); help.open = !help.open; help.querySelector("summary").focus(); },
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
    if (!keys[event.key] || !document.getElementById("touches").checked) return;
    event.preventDefault();
    keys[event.key]();
  });
  document.addEventListener("DOMContentLoaded", () => {
    const box = document.getElementById("touches");
    box.checked = localStorage.getItem("vigie-touches") !== "non";
    box.addEventListener("change", () => localStorage.setItem("vigie-touches", box.checked ? "oui" : "non"));
  });
})();
