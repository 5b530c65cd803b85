// What every module uses to look at the page.

export const find = (selector, within = document) => within.querySelector(selector);
export const all = (selector, within = document) => [...within.querySelectorAll(selector)];
export const isTyping = (element) => element.closest("input, select, textarea, [contenteditable]") !== null;

/** Call `then(target)` whenever htmx has put something into one of the elements with these ids. */
export function whenSwapped(ids, then) {
  document.body.addEventListener("htmx:afterSwap", ({ detail }) => {
    if (ids.includes(detail.target.id)) then(detail.target);
  });
}
