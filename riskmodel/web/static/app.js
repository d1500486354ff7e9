// What the pages gain with JavaScript; without it every form and link works the same.
"use strict";

// A form sent twice by impatience acts once.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent === "true") { event.preventDefault(); return; }
  if (form.method === "post" && !form.hasAttribute("hx-post")) form.dataset.sent = "true";
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});

// A link shown once is copied with one press.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  source.select();
  if (navigator.clipboard) navigator.clipboard.writeText(source.value).then(() => { button.textContent = "Copié"; });
});

// An answer that moves focus away says where it goes: htmx pieces may mark it.
document.addEventListener("htmx:afterSwap", (event) => {
  const next = event.target.querySelector("[data-focus]");
  if (next) next.focus();
});
