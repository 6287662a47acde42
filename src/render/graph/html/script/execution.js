// The execution, visit by visit.
const { visits } = data;
const moment = byId('moment');
const visitsOf = new Map();
visits.forEach((visit, index) => {
  if (!visitsOf.has(visit.node)) visitsOf.set(visit.node, []);
  visitsOf.get(visit.node).push(index);
});
const count = (n) => n.toLocaleString('en');
// The outcome of a failed visit.
const outcomeOf = (visit) => (!visit.failure ? '' : visit.output === undefined ? 'failed' : 'caught an error');
const itemOf = (visit) => (visit.iteration === undefined ? '' : `item ${count(visit.iteration)}`);
// AWS omits inputs and outputs if includeExecutionData is false.
const isBare = data.values.every(({ text }) => text === 'null');
let lit = null;

function enter(index) {
  const visit = visits[index];
  const id = visit.node;
  if (lit) mark(lit, 'now', false);
  lit = id;
  mark(id, 'now', true);
  moment.value = index;
  const words = [`${count(visit.number)} of ${count(data.entered)}: ${nameOf(id)}`, itemOf(visit), outcomeOf(visit)]
    .filter(Boolean).join(', ');
  moment.setAttribute('aria-valuetext', words);
  byId('when').textContent = words;
  byId('before').disabled = index === 0;
  byId('after').disabled = index === visits.length - 1;
  point(index);
  reveal(id);
  if (chosen) open(id);
}

function step(by) {
  play(false);
  enter(Math.min(visits.length - 1, Math.max(0, Number(moment.value) + by)));
}

// Plays from the current position, or from the beginning if at the end. Screen readers do not announce these changes.
let timer = 0;

function play(is) {
  clearTimeout(timer);
  timer = 0;
  byId('play').textContent = is ? '❚❚' : '▶';
  byId('play').setAttribute('aria-label', is ? 'Pause' : 'Play');
  byId('when').setAttribute('aria-live', is ? 'off' : 'polite');
  if (!is) return;
  const last = visits.length - 1;
  const next = () => {
    enter(Number(moment.value) + 1);
    if (Number(moment.value) === last) play(false);
    else wait();
  };
  const wait = () => { timer = setTimeout(next, 1000 / Number(byId('speed').value)); };
  if (Number(moment.value) === last) enter(0);
  if (last > 0) wait();
  else play(false);
}

// Pretty-printed JSON, or the truncated text.
function indented(json) {
  let [out, depth, isQuoted] = ['', 0, false];
  const line = () => `\n${'  '.repeat(depth)}`;
  for (let i = 0; i < json.length; i += 1) {
    const c = json[i];
    out += c;
    if (isQuoted) {
      if (c === '\\') out += json[i += 1] ?? '';
      else if (c === '"') isQuoted = false;
    } else if (c === '"') isQuoted = true;
    else if (c === ':') out += ' ';
    else if (c === ',') out += line();
    else if (c === '[' || c === '{') {
      if (json[i + 1] === ']' || json[i + 1] === '}') out += json[i += 1];
      else {
        depth += 1;
        out += line();
      }
    } else if (c === ']' || c === '}') {
      depth -= 1;
      out = out.slice(0, -1) + line() + c;
    }
  }
  return out;
}

function value(title, index) {
  const { text, bytes } = data.values[index];
  const parts = [make('pre', indented(text) + (bytes ? '…' : ''), { tabindex: '0', 'aria-label': title })];
  if (bytes) parts.push(make('p', `Truncated; ${count(bytes)} bytes in total`, { class: 'soft' }));
  section(title, ...parts);
}

const failed = ({ error, cause }) => [error ?? 'failed', cause].filter(Boolean).join(': ');

// One visit of a state, with links to the previous and the next one.
function visited(id) {
  const all = visitsOf.get(id);
  if (!all) return;
  const now = Number(moment.value);
  const index = all.findLast((visit) => visit <= now) ?? all[0];
  const [at, visit] = [all.indexOf(index), visits[index]];
  const steps = make('p', undefined, { class: 'steps' });
  for (const [sign, words, to] of [['‹', 'Previous visit', all[at - 1]], ['›', 'Next visit', all[at + 1]]]) {
    const button = make('button', sign, { type: 'button', 'aria-label': words, title: words });
    button.disabled = to === undefined;
    button.addEventListener('click', () => {
      play(false);
      enter(to);
      const again = [...panel.querySelectorAll('.steps button')];
      (again.find((other) => other.textContent === sign && !other.disabled) ?? again.find((other) => !other.disabled))?.focus();
    });
    steps.append(button);
  }
  const { entries } = nodes.get(id).execution;
  steps.append(make('span', `visit ${count(at + 1)} of ${count(all.length)}`
    + (entries > all.length ? ` shown here, ${count(entries)} in all` : '')));
  const facts = make('dl');
  const fact = (name, words, attributes) => facts.append(make('dt', name), make('dd', words, attributes));
  if (visit.iteration !== undefined) fact('Item', count(visit.iteration));
  fact('Entered', `after ${duration(visit.from)}`);
  fact('Took', duration(visit.to - visit.from));
  if (visit.failure) fact(visit.output === undefined ? 'Error' : 'Caught', failed(visit.failure), { class: 'bad' });
  section('Visit', steps, facts);
  const tries = visit.attempts ?? [];
  if (tries.length > 1 || tries[0]?.failure) {
    const items = tries.map(({ from, to, failure }) => {
      const item = make('li', `after ${duration(from)}, for ${duration(to - from)}`);
      if (failure) item.append(' ', make('span', failed(failure), { class: 'bad' }));
      return item;
    });
    const attempts = make('ol');
    attempts.append(...items);
    section('Attempts', attempts);
  }
  value('Input', visit.input);
  if (visit.output !== undefined) value('Output', visit.output);
  if (isBare) byId('facts').append(make('p', 'All data is null: the history may have been recorded without execution data.', { class: 'soft' }));
}
