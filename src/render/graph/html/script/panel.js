// The panel.
let chosen = null;

function make(tag, words, attributes = {}) {
  const element = document.createElement(tag);
  if (words !== undefined) element.textContent = words;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

function section(title, ...parts) {
  byId('facts').append(make('h3', title), ...parts);
}

function list(items) {
  const element = make('ul');
  element.append(...items);
  return element;
}

const encoder = new TextEncoder();
const bytes = new Map();

// The text of a state's definition, without the indentation of its first line.
function written(node) {
  const at = data.written[node.id];
  if (!at) return null;
  if (!bytes.has(at.text)) bytes.set(at.text, encoder.encode(data.texts[at.text]));
  const all = bytes.get(at.text);
  const text = (from, to) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(all.subarray(from, to));
  const line = all.lastIndexOf(10, at.from - 1) + 1;
  const indent = /^[ \t]*/.exec(text(at.from === 0 ? 0 : line, at.from))[0].length;
  const dedented = new RegExp(`\\n[ \\t]{0,${indent}}`, 'g');
  return text(at.from, at.to).trimEnd().replace(/\r\n/g, '\n').replace(dedented, '\n');
}

function duration(ms) {
  if (ms < 1000) return `${ms} ms`;
  const units = [['d', 86400], ['h', 3600], ['min', 60]];
  let left = ms / 1000;
  const parts = [];
  for (const [unit, length] of units) {
    if (left >= length) parts.push(`${Math.floor(left / length)} ${unit}`);
    left %= length;
  }
  if (left > 0) parts.push(`${Number(left.toFixed(3))} s`);
  return parts.join(' ');
}

const words = { start: 'StartAt', end: 'End', next: 'Next', rule: 'rule', default: 'Default', catch: 'Catch' };

function transition(edge, other) {
  const item = make('li');
  const target = nodes.get(other);
  const kind = edge.kind === 'rule' ? `rule ${edge.index + 1}` : words[edge.kind];
  item.append(make('span', `${kind} → `, { class: 'soft' }));
  if (target.name === undefined) item.append(titles[target.kind]);
  else {
    const link = make('button', target.name, { class: 'go', type: 'button' });
    link.addEventListener('click', () => {
      reveal(other);
      open(other, true);
    });
    item.append(link);
  }
  const more = [];
  // The symbols for executions and changes in the drawing are spelled out here.
  let label = edge.taken > 1 ? edge.label?.replace(/(^|[ ·]+)×[\d,]+$/, '') : edge.label;
  if (edge.change) label = label?.replace(/^[+−] ?/, '');
  if (edge.kind === 'catch') more.push(edge.errors.join(', '));
  else if (label && label.toLowerCase() !== edge.kind) more.push(label);
  if (edge.taken !== undefined) more.push(`taken ${edge.taken}×`);
  if (edge.change) more.push(edge.change);
  if (more.length) item.append(make('span', ` · ${more.join(' · ')}`, { class: 'soft' }));
  return item;
}

function open(id, takesFocus = false) {
  const node = nodes.get(id);
  const isOther = chosen !== id;
  if (chosen) mark(chosen, 'chosen', false);
  chosen = id;
  mark(id, 'chosen', true);
  byId('name').textContent = node.name;
  byId('facts').replaceChildren();
  const type = node.kind === 'missing' ? 'Undefined state' : node.type ?? 'Unknown type';
  byId('facts').append(make('p', [type, node.integration].filter(Boolean).join(' · ')));
  if (node.pointer) {
    const pointer = make('p', undefined, { class: 'soft' });
    pointer.append(make('code', node.pointer));
    byId('facts').append(pointer);
  }
  if (node.comment) byId('facts').append(make('p', node.comment));
  if (node.change) section('Change', make('p', `${node.change} since the older definition`));
  if (node.findings) {
    section('Findings', list(node.findings.map((finding) => {
      const item = make('li');
      item.append(
        make('span', finding.severity, { class: finding.severity === 'error' ? 'bad' : 'soft' }), ' ',
        make('code', finding.rule), ` ${finding.message}`,
      );
      return item;
    })));
  }
  if (node.execution) section('Execution', execution(node.execution));
  if (node.coverage) section('Coverage', coverage(node.coverage));
  visited(id);
  const [input, output] = data.types?.[id] ?? [];
  if (input !== undefined) {
    section('Types', make('p', 'Input', { class: 'soft' }), make('pre', input),
      make('p', 'Output', { class: 'soft' }), make('pre', output));
  }
  const out = data.graph.edges.filter((edge) => edge.from === id);
  const into = data.graph.edges.filter((edge) => edge.to === id && nodes.get(edge.from).name !== undefined);
  if (out.length) section('Outgoing transitions', list(out.map((edge) => transition(edge, edge.to))));
  if (into.length) section('Incoming transitions', list(into.map((edge) => transition(edge, edge.from))));
  const text = written(node);
  if (text !== null) section('Definition', make('pre', text, { tabindex: '0', 'aria-label': 'Definition' }));
  const wasHidden = panel.hidden;
  panel.hidden = false;
  if (isOther) panel.scrollTop = 0;
  show();
  if (wasHidden) reveal(id);
  if (takesFocus) byId('name').focus();
}

function execution(did) {
  const facts = make('dl');
  const fact = (name, value, attributes) => facts.append(make('dt', name), make('dd', value, attributes));
  fact('Entered', did.entries === 1 ? 'once' : `${did.entries} times`);
  if (did.retries) fact('Retries', String(did.retries));
  if (did.entries) fact('Total time', duration(did.duration_ms));
  if (did.failed) fact('Outcome', 'the execution failed here', { class: 'bad' });
  if (did.error !== undefined) fact('Error', did.error, { class: 'bad' });
  if (did.cause !== undefined) fact('Cause', did.cause);
  return facts;
}

function coverage(did) {
  const { entries, cases } = did;
  if (!entries) return make('p', 'not entered by any test case', { class: 'bad' });
  const facts = make('div');
  const count = cases.length === 1 ? '1 case' : `${cases.length} cases`;
  facts.append(make('p', `entered ${entries === 1 ? 'once' : `${entries} times`} by ${count}`));
  facts.append(list(cases.map((name) => make('li', name))));
  return facts;
}

function close() {
  if (!chosen) return false;
  const id = chosen;
  const hadFocus = panel.contains(document.activeElement);
  mark(id, 'chosen', false);
  chosen = null;
  panel.hidden = true;
  show();
  if (hadFocus) byId(id).focus();
  return true;
}

function mark(id, name, is) {
  byId(id).classList.toggle(name, is);
}
