// The search.
let matches = [];
let current = -1;

// Removes characters that are invisible or cannot be typed into a search field.
const plain = (words) => words.toLowerCase().replace(/[\s\p{Cc}\p{Cf}]+/gu, '');

function seek() {
  for (const id of matches) mark(id, 'match', false);
  const sought = plain(search.value);
  const fits = (node) => [node.name, node.type, node.integration].some((w) => w && plain(w).includes(sought));
  matches = sought ? states.filter(fits).map((node) => node.id) : [];
  current = -1;
  for (const id of matches) mark(id, 'match', true);
  found.textContent = !sought ? '' : matches.length === 1 ? '1 state' : `${matches.length || 'no'} states`;
}

function stepMatch(by) {
  if (!matches.length) return;
  current = (current + by + matches.length) % matches.length;
  const id = matches[current];
  reveal(id, true);
  open(id);
  found.textContent = `${current + 1} of ${matches.length}: ${nameOf(id)}`;
}

search.addEventListener('input', seek);
search.addEventListener('keydown', (event) => {
  if (event.key === 'Enter') {
    event.preventDefault();
    stepMatch(event.shiftKey ? (current < 0 ? 0 : -1) : 1);
  }
});
