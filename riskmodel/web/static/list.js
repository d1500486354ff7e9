// The list of the week with a keyboard, and decisions taken on the row. Without it, every link and form works the same.
"use strict";

(() => {
  const KEPT = "vigie-touches";
  const rows = () => [...document.querySelectorAll("#liste tbody tr.line")];
  const link = (row) => row.querySelector("th a") || row.querySelector("th");
  const say = (text) => { document.getElementById("annonce").textContent = text; };
  const isTyping = (element) => element.closest("input:not([type=checkbox]), select, textarea, [contenteditable]") !== null;
  let last = null; // the row people were on, by the name it keeps when the table is drawn again

  const here = () => document.activeElement.closest("#liste tr.line") || rows().find((row) => row.id === last) || null;

  function go(row) {
    if (!row) return;
    rows().forEach((other) => other.classList.toggle("is-here", other === row));
    last = row.id;
    const target = link(row);
    if (target.tagName !== "A") target.tabIndex = -1;
    target.focus();
    row.scrollIntoView({ block: "nearest" });
  }

  function move(step) {
    const all = rows();
    if (!all.length) return;
    const at = all.indexOf(here());
    const next = at < 0 ? all[step > 0 ? 0 : all.length - 1] : all[at + step];
    if (next) go(next);
    else say(step > 0 ? "Dernière ligne de la page." : "Première ligne de la page.");
  }

  // Deciding under the row, with the form of the household's page; opening it is reading the row.
  const form = () => document.getElementById("choix");

  function leave() {
    const row = form() && form().previousElementSibling;
    if (!row) return;
    form().remove();
    go(row);
  }

  function choose(row) {
    const opener = row && row.querySelector("[data-decide]");
    if (!opener) { if (row) say("Cette ligne est déjà décidée : la touche u annule la décision."); return; }
    leave();
    go(row);
    row.insertAdjacentHTML("afterend", `<tr id="choix"><td colspan="${row.cells.length}"></td></tr>`);
    const cell = form().cells[0];
    htmx.ajax("GET", `${opener.pathname}/decision`, { source: cell, target: cell, swap: "innerHTML" }).then(() => {
      const asked = cell.querySelector("form");
      if (!asked) return;
      asked.setAttribute("hx-post", asked.getAttribute("action"));
      htmx.process(asked);
      cell.querySelector("input[type=radio]").focus();
    });
  }

  // The table and the state of the review as they are now: somebody else may have decided meanwhile.
  function redraw(id, forward, said) {
    const order = rows().map((row) => row.id);
    const wanted = { source: "#lignes", target: "#lignes", swap: "outerHTML settle:0ms", select: "#lignes", selectOOB: "#revue" };
    htmx.ajax("GET", location.pathname + location.search, wanted).then(() => {
      const after = order.slice(order.indexOf(id) + (forward ? 1 : 0));
      const next = rows().find((row) => row.id === after.find((name) => rows().some((one) => one.id === name)));
      go(next || rows().find((row) => row.id === id) || rows()[0]);
      const rest = document.querySelector("#revue-reste, #revue strong");
      say([said, rest ? rest.textContent.trim() : ""].filter(Boolean).join(" "));
    });
  }

  const keys = {
    j: () => move(1), ArrowDown: () => move(1),
    k: () => move(-1), ArrowUp: () => move(-1),
    d: () => choose(here() || rows()[0]),
    u: () => {
      const button = here() && here().querySelector("[data-undo]");
      if (button) button.click();
      else say("Rien à annuler sur cette ligne.");
    },
    "?": () => {
      const help = document.getElementById("clavier");
      help.open = !help.open;
      help.querySelector("summary").focus();
    },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const row = event.target.closest("#liste tr.line");
    if (event.key === "Escape" && form()) { leave(); return; }
    if (isTyping(event.target) || (event.key.length === 1 && !document.getElementById("touches").checked)) return;
    const act = keys[event.key];
    const isArrow = event.key.startsWith("Arrow");
    if (!act || (isArrow && !row)) return;
    event.preventDefault();
    act();
  });

  document.addEventListener("focusin", (event) => {
    const row = event.target.closest("#liste tr.line");
    if (row) last = row.id;
  });

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-decide]");
    if (!opener || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    choose(opener.closest("tr"));
  });

  // What an act of a row answers is not shown: the table is drawn again. A refusal is, at the head of the page.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { elt, requestConfig, xhr } = event.detail;
    if (!elt.closest("#liste") || requestConfig.verb !== "post") return;
    event.detail.shouldSwap = xhr.status >= 400;
    event.detail.swapOverride = "innerHTML";
    if (xhr.status >= 400) document.getElementById("avis").scrollIntoView({ block: "nearest" });
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const { elt, successful, requestConfig } = event.detail;
    if (!elt.closest("#liste") || requestConfig.verb !== "post" || !successful) return;
    const isUndo = elt.classList.contains("undo");
    const row = isUndo ? elt.closest("tr") : form().previousElementSibling;
    redraw(row.id, !isUndo, `Bail ${row.dataset.bail} : ${isUndo ? "décision annulée" : "décision enregistrée"}.`);
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    const counted = event.target.id === "lignes" && event.detail.requestConfig.elt.id === "filtres" && event.target.querySelector("[data-annonce]");
    if (counted) say(counted.textContent.trim());
  });

  document.addEventListener("DOMContentLoaded", () => {
    const box = document.getElementById("touches");
    box.checked = localStorage.getItem(KEPT) !== "non";
    box.addEventListener("change", () => localStorage.setItem(KEPT, box.checked ? "oui" : "non"));
  });
})();
