(() => {
  const faults = [];
  const check = (is, words) => is || faults.push(words);
  const $ = (id) => document.getElementById(id);
  const press = (target, key) => target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  const box = () => document.querySelector('#view svg').getAttribute('viewBox');
  try {
    const states = [...document.querySelectorAll('.node[tabindex]')];
    const data = JSON.parse($('data').textContent);
    check(states.length === data.graph.nodes.filter((n) => n.name !== undefined).length, 'states');
    for (const state of states) {
      check(state.getAttribute('role') === 'button' && state.getAttribute('aria-label'), 'role');
    }
    faults.push(...faultsOf(document.querySelector('#view svg')));
    check(document.documentElement.scrollWidth <= innerWidth, 'wider than the window');

    for (const key of ['+', '-', '0', 'ArrowLeft', 'ArrowUp']) {
      const before = box();
      press(document.body, key);
      check(before !== box() || key === '0', `key ${key}`);
    }
    const before = box();
    $('view').dispatchEvent(new WheelEvent('wheel', { deltaY: -100, clientX: 50, clientY: 200, bubbles: true, cancelable: true }));
    check(before !== box(), 'wheel');

    // A pointer that no hand moves cannot be captured.
    $('view').setPointerCapture = () => {};
    const point = (type, x, y) => $('view').dispatchEvent(new PointerEvent(type, {
      pointerId: 1, button: type === 'pointermove' ? -1 : 0, buttons: type === 'pointerup' ? 0 : 1, clientX: x, clientY: y, bubbles: true }));
    const [x, y] = box().split(' ').map(Number);
    point('pointerdown', 100, 300);
    point('pointermove', 130, 260);
    point('pointerup', 130, 260);
    const [dragged, lifted] = box().split(' ').map(Number);
    check(dragged < x && lifted > y, 'drag');
    point('pointermove', 200, 200);
    check(box().startsWith(`${dragged} ${lifted} `), 'no drag once released');
    point('pointerdown', 200, 200);
    point('pointerup', 200, 200);

    for (const state of states) {
      const node = data.graph.nodes.find((n) => n.id === state.id);
      state.focus();
      press(state, 'Enter');
      check(!$('panel').hidden && $('name').textContent === node.name, `panel of ${state.id}`);
      check($('panel').contains(document.activeElement), 'focus in the panel');
      const text = $('panel').querySelector('[aria-label="Definition"]').textContent;
      check(text.includes('Type'), `definition of ${state.id}`);
      check($('panel').getBoundingClientRect().right <= innerWidth + 1, 'panel in the window');
      press(document.activeElement, 'Escape');
      check($('panel').hidden && document.activeElement === state, 'Escape');
    }
    states[0].dispatchEvent(new MouseEvent('click', { bubbles: true }));
    check(!$('panel').hidden, 'click');
    const link = $('panel').querySelector('.go');
    const target = link.textContent;
    link.click();
    check($('name').textContent === target, 'link');
    press(document.body, 'Escape');

    press(document.body, '/');
    check(document.activeElement === $('search'), 'slash');
    const last = data.graph.nodes.findLast((n) => n.name !== undefined);
    $('search').value = last.name.toUpperCase();
    $('search').dispatchEvent(new Event('input', { bubbles: true }));
    check($(last.id).classList.contains('match') && $('found').textContent, 'search');
    press($('search'), 'Enter');
    check(!$('panel').hidden && $('name').textContent === last.name, 'Enter in the search');
    press($('search'), 'Escape');
    $('search').value = 'no such state \u{1f9ff}';
    $('search').dispatchEvent(new Event('input', { bubbles: true }));
    check(/^no /.test($('found').textContent) && !document.querySelector('.match'), 'nothing found');

    if (data.visits.length) {
      $('times').click();
      const lanes = [...document.querySelectorAll('#timeline .lane:not(.axis)')];
      check(!$('timeline').hidden && lanes.length === data.visits.length, 'a lane for each entry');
      const [shut, unfold] = document.querySelectorAll('#timeline .axis button');
      if (data.visits.some((visit) => visit.parent !== undefined)) {
        const inner = () => lanes.filter((lane) => lane.hidden).length;
        shut.click();
        check(inner() === data.visits.filter((visit) => visit.parent !== undefined).length, 'all lanes fold');
        unfold.click();
        check(inner() === 0, 'all lanes unfold');
        const fold = document.querySelector('#timeline .fold');
        fold.click();
        check(inner() > 0 && fold.getAttribute('aria-expanded') === 'false', 'one lane folds');
        lanes.findLast((lane) => lane.hidden).click();
        check(document.querySelectorAll('.lane.now:not([hidden])').length === 1, 'a folded moment is seen around it');
        fold.click();
        check(inner() === 0, 'one lane unfolds');
      }
      const last = data.visits.length - 1;
      $('moment').value = last;
      $('moment').dispatchEvent(new Event('input', { bubbles: true }));
      check(data.visits[last].number === data.entered, 'the end of the execution is here');
      check(document.querySelectorAll('.lane.now').length === 1, 'the lane of the moment');
      check($('name').textContent === data.graph.nodes.find((n) => n.id === data.visits[last].node).name, 'the panel goes along');
      lanes[0].click();
      const [first] = data.visits;
      check(Number($('moment').value) === 0 && !$('panel').hidden, 'a lane leads to its moment');
      const values = [...$('panel').querySelectorAll('pre')].map((pre) => pre.textContent.replace(/\s/g, ''));
      for (const side of ['input', 'output'].filter((side) => side in first && !data.values[first[side]].bytes)) {
        check(values.includes(data.values[first[side]].text.replace(/\s/g, '')), `the ${side} of a visit`);
      }
      const tries = first.attempts ?? [];
      check(tries.length < 2 || $('panel').querySelectorAll('ol li').length === tries.length, 'the attempts of a visit');
      press(document.body, '.');
      check(Number($('moment').value) === 1, 'a key steps on');
      press(document.body, ',');
      check(Number($('moment').value) === 0, 'a key steps back');
      press(document.body, ' ');
      check($('play').getAttribute('aria-label') === 'Pause' && $('when').getAttribute('aria-live') === 'off', 'it plays');
      press(document.body, ' ');
      check($('play').getAttribute('aria-label') === 'Play' && $('when').getAttribute('aria-live') === 'polite', 'it pauses');
      const bars = lanes.map((lane) => lane.querySelector('.bar').getBoundingClientRect());
      const tracks = lanes.map((lane) => lane.querySelector('.track').getBoundingClientRect());
      check(bars.every((bar, i) => bar.left >= tracks[i].left - 1 && bar.right <= tracks[i].right + 3), 'bars on their tracks');
      lanes[0].click();
      $('times').click();
      check($('timeline').hidden, 'the timeline closes');
      press(document.body, 'Escape');
    }
    const ground = () => getComputedStyle(document.body).backgroundColor;
    const grounds = [ground()];
    for (let i = 0; i < 3; i += 1) {
      $('look').click();
      grounds.push(ground());
      faults.push(...faultsOf(document.querySelector('#view svg')).map((fault) => `${$('look').title}: ${fault}`));
    }
    check(grounds[0] !== grounds[1] && grounds[0] === grounds[2] && grounds[0] === grounds[3], `looks ${grounds}`);
    check($('scrub').hidden === (data.visits.length === 0), 'scrubber');
    data.visits.slice(0, 100).forEach((visit, i) => {
      const now = document.querySelectorAll('.node.now');
      check(now.length === 1 && now[0].id === visit.node, `visit ${i}`);
      $('after').click();
    });
  } catch (error) {
    faults.push(String(error.stack));
  }
  faults.push(...window.errors);
  document.documentElement.dataset.verdict = [...new Set(faults)].join('; ') || 'good';
})();
