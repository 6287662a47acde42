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

// The viewport: the point at the upper left of the window, and pixels per unit.
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

// Zooms around a point of the window.
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

// Scrolls a node into view unless it is visible.
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

// Pointers: one drags, two pinch; a press with little movement is a click.
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
