"use strict";
(() => {
  const find = (query, from = document) => Array.from(from.querySelectorAll(query));
  const table = document.querySelector(".files");
  const files = find(":scope > tbody", table);
  const filters = document.querySelector(".filters");
  const counter = document.querySelector(".shown");
  const nothing = document.querySelector(".none");
  const texts = new Map();

  const textOf = (file) => {
    if (!texts.has(file)) texts.set(file, file.textContent.toLowerCase());
    return texts.get(file);
  };
  const setOpen = (file, open) => {
    file.querySelector(".detail").hidden = !open;
    file.querySelector(".open").setAttribute("aria-expanded", String(open));
    file.querySelector(".open").textContent = open ? "▾" : "▸";
  };
  const isOpen = (file) => !file.querySelector(".detail").hidden;

  const filter = () => {
    const wanted = Object.fromEntries(new FormData(filters));
    const words = wanted.text.toLowerCase().split(/\s+/).filter(Boolean);
    const byFinding = wanted.code !== "" || wanted.severity !== "";
    let shown = 0;
    for (const file of files) {
      let matching = 0;
      for (const line of find("[data-code]", file)) {
        const fits = (wanted.code === "" || line.dataset.code === wanted.code)
          && (wanted.severity === "" || line.dataset.severity === wanted.severity);
        line.hidden = !fits;
        matching += fits;
      }
      const fits = (wanted.rep === "" || file.dataset.rep === wanted.rep)
        && (wanted.result === "" || file.dataset.result === wanted.result)
        && (!byFinding || matching > 0)
        && words.every((word) => textOf(file).includes(word));
      file.hidden = !fits;
      shown += fits;
    }
    counter.textContent = counter.dataset.words.replace("{shown}", shown).replace("{all}", files.length);
    nothing.hidden = shown > 0;
  };

  const sort = (head) => {
    const heads = find(":scope > thead th", table);
    const place = heads.indexOf(head);
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const other of heads) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const value = (file) => file.rows[0].cells[place].dataset.sort;
    const numeric = head.classList.contains("number");
    const order = (one, other) => {
      const [a, b] = [value(one), value(other)];
      if (a === "" || b === "") return (a === "") - (b === "");
      const way = numeric ? Number(a) - Number(b) : a.localeCompare(b, document.documentElement.lang);
      return down ? -way : way;
    };
    table.append(...files.sort(order));
  };

  table.addEventListener("click", (event) => {
    const open = event.target.closest(".open");
    if (open) {
      const file = open.closest("tbody");
      setOpen(file, !isOpen(file));
    }
    const head = event.target.closest("thead th");
    if (head && event.target.closest("button")) sort(head);
  });
  filters.addEventListener("input", filter);
  filters.addEventListener("submit", (event) => event.preventDefault());
  filters.addEventListener("reset", () => setTimeout(filter));
  filters.querySelector("[name=all]").addEventListener("click", () => {
    const shown = files.filter((file) => !file.hidden);
    const open = !shown.every(isOpen);
    for (const file of shown) setOpen(file, open);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.target.closest("input, select")) {
      event.preventDefault();
      filters.elements.text.focus();
    }
  });
  filter();
  document.documentElement.dataset.ready = "yes";
})();
