// Tells the test every state that each utterance is ever in: a MutationObserver sees each change of the document
// before it is painted.
(() => {
  const last = new Map();
  const look = () => {
    for (const block of document.querySelectorAll('[data-testid="utterance"]')) {
      const html = block.outerHTML;
      const id = block.dataset.utteranceId;
      if (last.get(id) === html) continue;
      last.set(id, html);
      window.recordUtterance({
        id,
        state: block.dataset.state,
        holds: block.querySelectorAll('[data-testid="hold"]').length,
        masks: block.querySelectorAll('[data-testid="mask"]').length,
        html,
      });
    }
  };
  const everything = { subtree: true, childList: true, characterData: true, attributes: true };
  new MutationObserver(look).observe(document, everything);
})();
