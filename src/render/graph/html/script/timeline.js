// The timeline: one row per visit, nested rows below the row of the enclosing state, created on first use.
const timeline = byId('timeline');
const lanes = [];
const inside = new Map();
visits.forEach(({ parent }, index) => {
  if (!inside.has(parent)) inside.set(parent, []);
  inside.get(parent).push(index);
});
for (const group of inside.values()) group.sort((a, b) => (visits[a].iteration ?? 0) - (visits[b].iteration ?? 0) || a - b);
// Rows with at least this many children are collapsed initially.
const MANY = 25;
const folded = new Set([...inside].filter(([parent, group]) => parent !== undefined && group.length >= MANY).map(([parent]) => parent));
const rows = [];
const millis = (ms) => {
  for (const [size, unit] of [[864e5, 'd'], [36e5, 'h'], [6e4, 'min'], [1e3, 's']]) {
    if (ms >= size) return `${Number((ms / size).toPrecision(3))} ${unit}`;
  }
  return `${ms} ms`;
};
const isShut = (index) => {
  for (let at = index; at !== undefined; at = visits[at].parent) if (folded.has(at)) return true;
  return false;
};

function point(index) {
  if (!lanes.length) return;
  for (const lane of timeline.querySelectorAll('.now')) lane.classList.remove('now');
  let seen = index;
  for (let at = visits[index].parent; at !== undefined; at = visits[at].parent) if (folded.has(at)) seen = at;
  lanes[seen].classList.add('now');
  if (!timeline.hidden) lanes[seen].scrollIntoView({ block: 'nearest' });
}

function refold() {
  for (const { element, parent } of rows) element.hidden = parent !== undefined && isShut(parent);
  for (const index of inside.keys()) {
    const button = lanes[index]?.querySelector('.fold');
    if (!button) continue;
    button.textContent = folded.has(index) ? '▸' : '▾';
    button.setAttribute('aria-expanded', String(!folded.has(index)));
  }
  point(Number(moment.value));
}

function fill() {
  const end = Math.max(1, ...visits.map((visit) => visit.to));
  const bar = (track, kind, from, to) => {
    const span = make('span', undefined, { class: kind });
    span.style.left = `${(100 * from) / end}%`;
    span.style.width = `${(100 * (to - from)) / end}%`;
    track.append(span);
  };
  const indent = (element, depth) => { element.style.paddingLeft = `${Math.min(depth, 8) * 1.1}em`; };
  const put = (element, parent) => {
    rows.push({ element, parent });
    timeline.append(element);
  };
  const gap = (left, parent, depth) => {
    const element = make('p', `… ${count(left)} ${left === 1 ? 'entry' : 'entries'} omitted`);
    indent(element, depth + 1.5);
    put(element, parent);
  };
  const lane = (index, depth) => {
    const visit = visits[index];
    const tries = visit.attempts ?? [];
    const element = make('div', undefined, { class: visit.failure ? 'lane failed' : 'lane' });
    const [who, track, long] = ['who', 'track', 'long'].map((kind) => make('span', undefined, { class: kind }));
    indent(who, depth);
    const holds = inside.get(index)?.length ?? 0;
    if (holds || visit.more) {
      const fold = make('button', '▾', { type: 'button', class: 'fold', 'aria-label': `States in ${nameOf(visit.node)}` });
      fold.addEventListener('click', (event) => {
        event.stopPropagation();
        if (!folded.delete(index)) folded.add(index);
        refold();
      });
      who.append(fold);
    }
    const said = `from ${millis(visit.from)} to ${millis(visit.to)}`
      + (tries.length > 1 ? `, ${tries.length} attempts` : '') + (visit.failure ? `, ${failed(visit.failure)}` : '');
    const name = make('button', nameOf(visit.node), { type: 'button', class: 'to' });
    name.setAttribute('aria-label', [nameOf(visit.node), itemOf(visit), said].filter(Boolean).join(', '));
    element.title = said;
    who.append(name);
    if (visit.iteration !== undefined) who.append(make('span', `#${count(visit.iteration)}`, { class: 'item' }));
    long.textContent = millis(visit.to - visit.from);
    bar(track, 'bar', visit.from, visit.to);
    for (const { from, to, failure } of tries) bar(track, failure ? 'try bad' : 'try', from, to);
    element.append(who, track, long);
    element.addEventListener('click', () => {
      play(false);
      enter(index);
      open(visit.node);
    });
    lanes[index] = element;
    put(element, visit.parent);
    if (holds) group(index, depth + 1);
    if (visit.more) gap(visit.more, index, depth + 1);
  };
  const group = (parent, depth) => {
    for (const index of inside.get(parent)) {
      if (visits[index].skipped) gap(visits[index].skipped, parent, depth);
      lane(index, depth);
    }
  };
  const axis = make('div', undefined, { class: 'lane axis' });
  const folds = make('span', undefined, { class: 'who' });
  const holders = visits.map((visit, index) => index).filter((index) => inside.has(index) || visits[index].more);
  for (const [words, is] of [['Collapse all', true], ['Expand all', false]]) {
    const button = make('button', words, { type: 'button', class: 'to' });
    button.addEventListener('click', () => {
      folded.clear();
      if (is) holders.forEach((index) => folded.add(index));
      refold();
    });
    if (holders.length) folds.append(button);
  }
  const scale = make('span', undefined, { class: 'track', 'aria-hidden': 'true' });
  for (const part of [0, 0.5, 1]) scale.append(make('span', part ? millis(end * part) : '0'));
  axis.append(folds, scale, make('span', 'time', { class: 'long' }));
  timeline.append(axis);
  group(undefined, 0);
  refold();
}

byId('times').addEventListener('click', () => {
  if (!lanes.length) fill();
  timeline.hidden = !timeline.hidden;
  byId('times').setAttribute('aria-expanded', String(!timeline.hidden));
  show();
  if (!timeline.hidden) enter(Number(moment.value));
});

if (visits.length) {
  moment.max = visits.length - 1;
  moment.addEventListener('input', () => step(0));
  byId('before').addEventListener('click', () => step(-1));
  byId('after').addEventListener('click', () => step(1));
  byId('play').addEventListener('click', () => play(!timer));
  byId('scrub').hidden = false;
}
