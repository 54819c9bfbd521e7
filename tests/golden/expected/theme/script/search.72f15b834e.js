// The search page: what is typed is looked for in Pagefind's index, which lies beside the site and asks nobody else.
// Without this script the page shows the archive, and so does an empty field.

const form = document.querySelector('.search')
const field = form.elements.q
const found = document.getElementById('found')
const results = document.getElementById('results')
const archive = document.getElementById('archive')
const AT_ONCE = 30 // results whose text is fetched; nobody reads further down, and each is a request
const WAIT = 150 // milliseconds without a key before it looks

let index
const load = () => index ??= import(`${found.dataset.index}pagefind.js`).then(async (pagefind) => {
  await pagefind.options({ excerptLength: 24 })
  await pagefind.init()
  return pagefind
})

const say = (sentence, ...values) => {
  found.textContent = values.reduce((text, value) => text.replace(typeof value === 'number' ? '%d' : '%s', () => value), found.dataset[sentence] ?? '')
}

const element = (name, text) => Object.assign(document.createElement(name), { textContent: text })

const row = ({ url, excerpt, meta }) => {
  const item = document.createElement('li')
  const body = document.createElement('div')
  const title = Object.assign(element('a', meta.title), { href: url })
  // Pagefind escapes the text and adds nothing but <mark>.
  const text = Object.assign(document.createElement('p'), { innerHTML: excerpt })
  body.append(title, text)
  item.append(element('time', meta.date ?? ''), body)
  return item
}

const show = (rows) => {
  results.replaceChildren(...rows)
  results.hidden = !rows.length
}

const look = async () => {
  const words = field.value.trim()
  const address = new URL(location.href)
  if (words) address.searchParams.set('q', words)
  else address.searchParams.delete('q')
  history.replaceState(null, '', address)
  archive.hidden = words !== ''
  if (!words) {
    say('')
    return show([])
  }
  let answer
  try {
    answer = await (await load()).debouncedSearch(words, {}, WAIT)
  } catch {
    archive.hidden = false
    return say('off')
  }
  if (!answer) return // more was typed meanwhile
  const rows = await Promise.all(answer.results.slice(0, AT_ONCE).map(async (result) => row(await result.data())))
  if (words !== field.value.trim()) return
  const total = answer.results.length
  if (!total) say('none', words)
  else if (total === 1) say('one', words)
  else say('some', total, words)
  show(rows)
}

field.addEventListener('focus', () => load().catch(() => {}), { once: true })
field.addEventListener('input', look)
form.addEventListener('submit', (event) => {
  event.preventDefault()
  look()
})
field.value = new URLSearchParams(location.search).get('q') ?? ''
if (field.value) look()
