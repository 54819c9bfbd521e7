// The reader's choice of light or dark, made before the first paint. Without it, the system's choice holds.
{
  const root = document.documentElement
  const choose = (scheme) => { root.dataset.scheme = scheme }
  let kept
  try { kept = localStorage.getItem('scheme') } catch { /* storage may be forbidden: the choice lasts for the page */ }
  if (kept !== 'light' && kept !== 'dark') kept = 'auto'
  choose(kept)
  addEventListener('DOMContentLoaded', () => {
    for (const option of document.getElementsByName('scheme')) option.checked = option.value === kept
  })
  addEventListener('change', ({ target }) => {
    if (target.name !== 'scheme') return
    choose(target.value)
    try { localStorage.setItem('scheme', target.value) } catch { /* as above */ }
  })
}
