// What holds of every picture, alone or in a page: `faultsOf(svg)` says what does not.
const faultsOf = (svg) => {
  const faults = [];
  const check = (is, words) => is || faults.push(words);
  const box = (element) => element.getBoundingClientRect();
  const overlap = (a, b) => a.right > b.left + 1 && b.right > a.left + 1 && a.bottom > b.top + 1 && b.bottom > a.top + 1;
  for (const node of svg.querySelectorAll('.node')) {
    const shape = box(node.querySelector('.shape'));
    for (const text of node.querySelectorAll('text')) {
      const words = box(text);
      check(words.left >= shape.left - 1 && words.right <= shape.right + 1
        && words.top >= shape.top - 1 && words.bottom <= shape.bottom + 1, `words outside ${node.id}`);
    }
  }
  const leaves = [...svg.querySelectorAll('.node:not(.box)')].map((n) => box(n.querySelector('.shape')));
  leaves.forEach((a, i) => leaves.slice(i + 1).forEach((b) => check(!overlap(a, b), 'nodes overlap')));
  const labels = [...svg.querySelectorAll('.edge')].flatMap((edge) => [...edge.querySelectorAll('text')].map((text) => ({ edge, text })));
  labels.forEach(({ edge, text }, i) => {
    const words = box(text);
    check(!leaves.some((leaf) => overlap(leaf, words)), `"${text.textContent}" on a node`);
    for (const other of labels.slice(i + 1)) {
      check(other.edge === edge || !overlap(words, box(other.text)), `"${text.textContent}" on "${other.text.textContent}"`);
    }
  });

  // Contrast as WCAG reckons it, of words on what is painted below them.
  const colour = (words) => words.match(/[\d.]+/g).map(Number);
  const light = (c) => c.map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const contrast = (a, b) => {
    const [low, high] = [light(a), light(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  const page = svg.querySelector('.page');
  const ground = getComputedStyle(page).fill === 'none' ? getComputedStyle(document.body).backgroundColor : getComputedStyle(page).fill;
  for (const text of svg.querySelectorAll('.node text, .edge text')) {
    let below = colour(ground).slice(0, 3);
    const shape = text.closest('.node')?.querySelector('.shape');
    if (shape) {
      const { fill, fillOpacity } = getComputedStyle(shape);
      if (fill !== 'none') below = colour(fill).slice(0, 3).map((v, i) => v * Number(fillOpacity) + below[i] * (1 - Number(fillOpacity)));
    }
    check(contrast(colour(getComputedStyle(text).fill).slice(0, 3), below) >= 4.5, `"${text.textContent}" is hard to read`);
  }
  return [...new Set(faults)];
};
