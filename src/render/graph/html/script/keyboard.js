// The keyboard.
const commands = {
  '/': () => { search.focus(); search.select(); },
  '+': () => zoom(1.25),
  '=': () => zoom(1.25),
  '-': () => zoom(0.8),
  0: () => moveTo(...fit(whole())),
  ArrowLeft: () => pan(-60, 0),
  ArrowRight: () => pan(60, 0),
  ArrowUp: () => pan(0, -60),
  ArrowDown: () => pan(0, 60),
  ...(visits.length && { ' ': () => play(!timer), ',': () => step(-1), '.': () => step(1) }),
};
addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { target, key } = event;
  if (key === 'Escape') {
    if (!close() && target === search) {
      search.value = '';
      seek();
      search.blur();
    }
    return;
  }
  if (target.matches?.('.node[tabindex]') && (key === 'Enter' || key === ' ')) {
    event.preventDefault();
    open(target.id, true);
    return;
  }
  const scrolls = key.startsWith('Arrow') && (panel.contains(target) || timeline.contains(target));
  const presses = key === ' ' && target.matches?.('button, pre');
  if (target.matches?.('input, select') || scrolls || presses || !Object.hasOwn(commands, key)) return;
  event.preventDefault();
  commands[key]();
});
byId('closer').addEventListener('click', commands['+']);
byId('farther').addEventListener('click', commands['-']);
byId('all').addEventListener('click', commands[0]);
byId('close').addEventListener('click', close);
addEventListener('resize', show);

svg.setAttribute('role', 'group');
for (const node of states) {
  const element = byId(node.id);
  const label = element.querySelector('title').textContent;
  element.setAttribute('tabindex', '0');
  element.setAttribute('role', 'button');
  element.setAttribute('aria-label', label);
  element.addEventListener('focus', () => element.matches(':focus-visible') && reveal(node.id));
}
// Fits the whole graph if its text stays readable; otherwise shows its beginning at full width.
const READABLE = 0.75;
const first = whole() < READABLE ? Math.max(READABLE, Math.min(1, view.clientWidth / size.w)) : whole();
[at.x, at.y, at.scale] = fit(first);
show();
if (visits.length) enter(0);
