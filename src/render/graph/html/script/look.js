// The color scheme: the system's, unless the user selects another.
const isDark = matchMedia('(prefers-color-scheme: dark)');
const darkRules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
  .filter((rule) => rule.media?.mediaText.includes('prefers-color-scheme'));

function dress(look) {
  const query = { dark: 'all', light: 'not all' }[look] ?? isDark.media;
  for (const rule of darkRules) rule.media.mediaText = query;
  document.documentElement.style.colorScheme = look ?? '';
  const words = `Color scheme: ${look ?? 'system'}`;
  byId('look').setAttribute('aria-label', words);
  byId('look').title = words;
  byId('look').dataset.look = look ?? '';
}

byId('look').addEventListener('click', () => {
  const [other, same] = isDark.matches ? ['light', 'dark'] : ['dark', 'light'];
  dress({ '': other, [other]: same }[byId('look').dataset.look]);
});
dress();
