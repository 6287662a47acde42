(() => {
  'use strict';
  const data = JSON.parse(document.getElementById('data').textContent);
  const byId = (id) => document.getElementById(id);
  const [view, panel, search, found] = ['view', 'panel', 'search', 'found'].map(byId);
  const svg = view.querySelector('svg');
  const size = { w: svg.viewBox.baseVal.width, h: svg.viewBox.baseVal.height };
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)');
  const nodes = new Map(data.graph.nodes.map((node) => [node.id, node]));
  const titles = { start: 'Start', end: 'End' };
  const nameOf = (id) => nodes.get(id).name ?? titles[nodes.get(id).kind];
  const states = data.graph.nodes.filter((node) => node.name !== undefined);

  // Where the picture stands: its point at the window's upper left, and how many pixels one of its units is.
  const at = { x: 0, y: 0, scale: 1 };
  let glide = 0;

  function show() {
    const { clientWidth: w, clientHeight: h } = view;
    svg.setAttribute('viewBox', `${at.x} ${at.y} ${Math.max(w, 1) / at.scale} ${Math.max(h, 1) / at.scale}`);
  }

  function moveTo(x, y, scale = at.scale) {
    cancelAnimationFrame(glide);
    const from = { ...at };
    const step = (part) => {
      const eased = 1 - (1 - part) ** 3;
      at.x = from.x + (x - from.x) * eased;
      at.y = from.y + (y - from.y) * eased;
      at.scale = from.scale + (scale - from.scale) * eased;
      show();
    };
    if (isCalm.matches) return step(1);
    const begin = performance.now();
    const frame = (now) => {
      const part = Math.min(1, Math.max(0, (now - begin) / 180));
      step(part);
      if (part < 1) glide = requestAnimationFrame(frame);
    };
    glide = requestAnimationFrame(frame);
  }

  function whole() {
    return Math.min(1, view.clientWidth / size.w, view.clientHeight / size.h);
  }

  function fit(scale) {
    const [w, h] = [view.clientWidth / scale, view.clientHeight / scale];
    const start = byId('n0')?.getBBox();
    const middle = size.w <= w || !start ? size.w / 2 : start.x + start.width / 2;
    return [middle - w / 2, size.h <= h ? (size.h - h) / 2 : 0, scale];
  }

  // Zooms so that what lies at a place of the window stays there.
  function zoom(factor, x = view.clientWidth / 2, y = view.clientHeight / 2) {
    cancelAnimationFrame(glide);
    const scale = Math.min(8, Math.max(Math.min(0.05, whole()), at.scale * factor));
    at.x += x / at.scale - x / scale;
    at.y += y / at.scale - y / scale;
    at.scale = scale;
    show();
  }

  function pan(dx, dy) {
    cancelAnimationFrame(glide);
    at.x += dx / at.scale;
    at.y += dy / at.scale;
    show();
  }

  // Brings a node into the window; one that is seen already stays where it is.
  function reveal(id, always = false) {
    const box = byId(id).querySelector('.shape').getBBox();
    const scale = Math.max(at.scale, 0.6);
    const [w, h] = [view.clientWidth / scale, view.clientHeight / scale];
    const isSeen = scale === at.scale && box.x >= at.x && box.y >= at.y
      && box.x + box.width <= at.x + w && box.y + box.height <= at.y + h;
    if (isSeen && !always) return;
    const middle = (low, length, seen) => (length > seen ? low - 20 : low + length / 2 - seen / 2);
    moveTo(middle(box.x, box.width, w), middle(box.y, box.height, h), scale);
  }

  // Pointers: one drags, two pinch; a press that hardly moves is a click.
  const pointers = new Map();
  let travelled = 0;
  const place = (event) => {
    const box = view.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  view.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    if (pointers.size === 0) travelled = 0;
    pointers.set(event.pointerId, place(event));
  });
  view.addEventListener('pointermove', (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    if (event.buttons === 0) return void pointers.delete(event.pointerId);
    const now = place(event);
    travelled += Math.hypot(now.x - before.x, now.y - before.y);
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      const apart = (point) => Math.max(1, Math.hypot(point.x - other.x, point.y - other.y));
      zoom(apart(now) / apart(before), (now.x + other.x) / 2, (now.y + other.y) / 2);
    } else if (travelled > 4) {
      view.setPointerCapture(event.pointerId);
      view.classList.add('dragged');
      pan(before.x - now.x, before.y - now.y);
    }
    pointers.set(event.pointerId, now);
  });
  for (const name of ['pointerup', 'pointercancel']) {
    addEventListener(name, (event) => {
      pointers.delete(event.pointerId);
      view.classList.remove('dragged');
    });
  }
  view.addEventListener('wheel', (event) => {
    event.preventDefault();
    const { x, y } = place(event);
    const unit = event.deltaMode === 1 ? 16 : 1;
    zoom(Math.exp(-event.deltaY * unit * (event.ctrlKey ? 0.01 : 0.0015)), x, y);
  }, { passive: false });
  view.addEventListener('click', (event) => {
    const node = event.target.closest('.node[tabindex]');
    if (node && travelled <= 4) open(node.id);
  });

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

  // A state's definition as it is written, without the indentation of the line that it begins in.
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
    // The picture's signs for what was taken and what has changed are words here.
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
    if (chosen) mark(chosen, 'chosen', false);
    chosen = id;
    mark(id, 'chosen', true);
    byId('name').textContent = node.name;
    byId('facts').replaceChildren();
    const type = node.kind === 'missing' ? 'No state has this name' : node.type ?? 'No type that exists';
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
    const out = data.graph.edges.filter((edge) => edge.from === id);
    const into = data.graph.edges.filter((edge) => edge.to === id && nodes.get(edge.from).name !== undefined);
    if (out.length) section('Leads to', list(out.map((edge) => transition(edge, edge.to))));
    if (into.length) section('Comes from', list(into.map((edge) => transition(edge, edge.from))));
    const text = written(node);
    if (text !== null) section('Definition', make('pre', text, { tabindex: '0', 'aria-label': 'Definition' }));
    const wasHidden = panel.hidden;
    panel.hidden = false;
    panel.scrollTop = 0;
    show();
    if (wasHidden) reveal(id);
    if (takesFocus) byId('name').focus();
  }

  function execution(did) {
    const facts = make('dl');
    const fact = (name, value, attributes) => facts.append(make('dt', name), make('dd', value, attributes));
    fact('Entered', did.entries === 1 ? 'once' : `${did.entries} times`);
    if (did.retries) fact('Retries', String(did.retries));
    if (did.entries) fact('Time in it', duration(did.duration_ms));
    if (did.failed) fact('Outcome', 'the execution failed here', { class: 'bad' });
    if (did.error !== undefined) fact('Error', did.error, { class: 'bad' });
    if (did.cause !== undefined) fact('Cause', did.cause);
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

  // The search.
  let matches = [];
  let current = -1;

  // Letters without what a search field cannot hold or nobody can see.
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

  // The execution, visit by visit.
  const moment = byId('moment');
  let lit = null;

  function enter(index) {
    const id = data.visits[index].node;
    if (lit) mark(lit, 'now', false);
    lit = id;
    mark(id, 'now', true);
    moment.value = index;
    const words = `${index + 1} of ${data.visits.length}: ${nameOf(id)}`;
    moment.setAttribute('aria-valuetext', words);
    byId('when').textContent = words;
    byId('before').disabled = index === 0;
    byId('after').disabled = index === data.visits.length - 1;
    lanes.forEach((lane, i) => lane.classList.toggle('now', i === index));
    if (lanes[index]) lanes[index].scrollIntoView({ block: 'nearest' });
    reveal(id);
    if (chosen && chosen !== id) open(id);
  }

  // The timeline: a lane for each entry, made when it is first asked for.
  const timeline = byId('timeline');
  const lanes = [];
  const millis = (ms) => {
    for (const [size, unit] of [[864e5, 'd'], [36e5, 'h'], [6e4, 'min'], [1e3, 's']]) {
      if (ms >= size) return `${Number((ms / size).toPrecision(3))} ${unit}`;
    }
    return `${ms} ms`;
  };

  function fill() {
    const whole = Math.max(1, ...data.visits.map((visit) => visit.to));
    const bar = (track, kind, from, to) => {
      const span = document.createElement('span');
      span.className = kind;
      span.style.left = `${(100 * from) / whole}%`;
      span.style.width = `${(100 * (to - from)) / whole}%`;
      track.append(span);
    };
    data.visits.forEach((visit, index) => {
      const lane = document.createElement('button');
      const [who, track, long] = ['who', 'track', 'long'].map((kind) => {
        const span = document.createElement('span');
        span.className = kind;
        return span;
      });
      lane.type = 'button';
      lane.className = visit.failed ? 'lane failed' : 'lane';
      who.textContent = nameOf(visit.node);
      who.style.paddingLeft = `${Math.min(visit.depth, 8)}em`;
      const tries = visit.attempts ?? [];
      long.textContent = millis(visit.to - visit.from);
      lane.title = `from ${millis(visit.from)} to ${millis(visit.to)}` + (tries.length > 1 ? `, ${tries.length} attempts` : '');
      bar(track, 'bar', visit.from, visit.to);
      for (const [from, to] of tries) bar(track, 'try', from, to);
      lane.append(who, track, long);
      lane.addEventListener('click', () => enter(index));
      lanes.push(lane);
      timeline.append(lane);
    });
    if (data.left_out) {
      const more = document.createElement('p');
      more.textContent = `The execution entered states ${data.left_out} more times; they are left out.`;
      timeline.append(more);
    }
  }

  byId('times').addEventListener('click', () => {
    if (!lanes.length) fill();
    timeline.hidden = !timeline.hidden;
    byId('times').setAttribute('aria-expanded', String(!timeline.hidden));
    if (!timeline.hidden) enter(Number(moment.value));
    show();
  });

  if (data.visits.length) {
    moment.max = data.visits.length - 1;
    moment.addEventListener('input', () => enter(Number(moment.value)));
    byId('before').addEventListener('click', () => enter(Math.max(0, Number(moment.value) - 1)));
    byId('after').addEventListener('click', () => enter(Math.min(data.visits.length - 1, Number(moment.value) + 1)));
    byId('scrub').hidden = false;
  }

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
    const scrolls = key.startsWith('Arrow') && panel.contains(target);
    if (target.matches?.('input') || scrolls || !Object.hasOwn(commands, key)) return;
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
  // All of it where its words are readable then; else from its beginning on, as wide as it is.
  const READABLE = 0.75;
  const first = whole() < READABLE ? Math.max(READABLE, Math.min(1, view.clientWidth / size.w)) : whole();
  [at.x, at.y, at.scale] = fit(first);
  show();
  if (data.visits.length) enter(0);
})();
