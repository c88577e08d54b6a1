// Runs in the page: passes on each text that stands as a step's output, as soon as it does.
let last;
new MutationObserver(() => {
  const shown = document.querySelector('section[aria-label^="Inspector:"] pre');
  if (!shown) return;
  const step = shown.closest('section').getAttribute('aria-label').replace('Inspector: ', '');
  const text = shown.textContent;
  if (last?.step === step && last.text === text) return;
  last = { step, text };
  window.recordOutput(step, text);
}).observe(document, { subtree: true, childList: true, characterData: true });
