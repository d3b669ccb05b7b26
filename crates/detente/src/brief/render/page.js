"use strict";
(() => {
  // Opens the folded blocks around the place that a link leads to.
  const reveal = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const place = id && document.getElementById(id);
    if (!place) return;
    let folded = false;
    for (let node = place; node; node = node.parentElement) {
      if (node.tagName === "DETAILS" && !node.open) { node.open = true; folded = true; }
    }
    if (folded) place.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();

  // All runs of a quote light up together with their entry in the ledger.
  const light = (on) => (event) => {
    const mark = event.target.closest && event.target.closest("mark[data-evidence]");
    if (!mark) return;
    const names = mark.dataset.evidence.split(" ");
    for (const other of document.querySelectorAll("mark[data-evidence]")) {
      if (other.dataset.evidence.split(" ").some((name) => names.includes(name))) other.classList.toggle("lit", on);
    }
    for (const name of names) {
      const entry = document.getElementById(name);
      if (entry) entry.classList.toggle("lit", on);
    }
  };
  for (const [kind, on] of [["mouseover", true], ["focusin", true], ["mouseout", false], ["focusout", false]]) {
    document.addEventListener(kind, light(on));
  }

  // Tables and drawings wider than their place say that they scroll.
  const boxes = document.querySelectorAll(".plot, .table");
  const measure = (box) => box.classList.toggle("scrolls", box.scrollWidth > box.clientWidth + 1);
  if (window.ResizeObserver) {
    const watch = new ResizeObserver((entries) => { for (const entry of entries) measure(entry.target); });
    for (const box of boxes) watch.observe(box);
  }

  // On a phone, rows are shown as cards. Some browsers take a table's roles away with that: name them again.
  const narrow = matchMedia("(max-width: 40rem)");
  const roles = [["table", "table"], ["thead, tbody", "rowgroup"], ["tr", "row"], ["td", "cell"],
    ["thead th", "columnheader"], ["tbody th", "rowheader"]];
  const name = () => {
    if (!narrow.matches) return;
    for (const [what, role] of roles) {
      for (const node of document.querySelectorAll(`.cards :is(${what})`)) node.setAttribute("role", role);
    }
  };
  narrow.addEventListener("change", name);
  name();

  // Paper has no folds. Browsers that print folded blocks closed get them opened, and closed again. A figure's
  // table stays folded: the figure is there.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open], .twin)")];
    for (const block of opened) block.open = true;
  });
  addEventListener("afterprint", () => { for (const block of opened) block.open = false; });
})();
