/**
 * What the page can do beyond what it does without: search, unfold all, unfold what a link leads to, unfold for print.
 * Its hash stands in the page's policy.
 */
export const SCRIPT = `(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target === null) return;
    for (let at = target; at !== null; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true;
    target.scrollIntoView();
  };
  const form = document.querySelector('#filters');
  if (form !== null) {
    const make = (tag, properties) => Object.assign(document.createElement(tag), properties);
    const search = make('input', { type: 'search', placeholder: 'server, location, backend' });
    const label = make('label', { className: 'search', textContent: 'Search ' });
    const told = make('output', { className: 'told' });
    label.append(search);
    search.addEventListener('input', () => {
      const wanted = search.value.trim().toLowerCase();
      let count = 0;
      for (const server of all('.server')) {
        const named = server.firstElementChild.textContent.toLowerCase().includes(wanted);
        let shown = 0;
        for (const route of server.querySelectorAll('.route')) {
          const hit = wanted === '' || named || route.firstElementChild.textContent.toLowerCase().includes(wanted);
          route.hidden = !hit;
          if (hit) shown += 1;
        }
        server.hidden = shown === 0;
        count += shown;
      }
      told.textContent = wanted === '' ? '' : count + ' found';
    });
    const fold = (open) => () => {
      for (const route of all('details.route')) route.open = open && route.offsetParent !== null;
    };
    const button = (textContent, onclick) => make('button', { type: 'button', textContent, onclick });
    form.append(label, told, button('unfold', fold(true)), button('fold', fold(false)));
    form.addEventListener('submit', (event) => event.preventDefault());
  }
  addEventListener('hashchange', reveal);
  addEventListener('beforeprint', () => all('details').forEach((at) => { at.open = true; }));
  reveal();
})();
`;
