/**
 * Keeps an incident's page fresh: asks for a small file, and when that says something changed fetches the page and puts its top and
 * timeline in place. Says when it last looked, says changes politely, and never moves what is being read. Without it the page stands.
 */

const SECONDS = 1000
const EVERY = 20 * SECONDS
/** Nobody is looking: the battery and the line are spared. */
const HIDDEN = 180 * SECONDS
/** The incident is over; a correction may still come. */
const CLOSED = 300 * SECONDS
const LONGEST = 300 * SECONDS
/** Looked again at once when the page comes back to the front, unless it has just been. */
const JUST = 5 * SECONDS
const PATIENCE = 15 * SECONDS

type Now = { mark?: string; title?: string; latest?: string; closed?: boolean }

const page = document.getElementById('incident')
if (page?.dataset['now']) watch(page, page.dataset['now'])

function watch(root: HTMLElement, address: string): void {
  let failures = 0
  let checkedAt = Date.now()
  let timer = 0
  let busy = false
  /** How far this device's clock is from the server's. */
  let astray = 0

  const pause = (): number => {
    const base = document.hidden ? HIDDEN : root.dataset['open'] === undefined ? CLOSED : EVERY
    const wait = Math.min(Math.max(LONGEST, base), base * 2 ** failures)
    // Spread, so that a million readers do not ask in the same second.
    return wait * (0.8 + Math.random() * 0.4)
  }
  const later = (ms: number): void => {
    clearTimeout(timer)
    timer = window.setTimeout(() => void look(), ms)
  }

  async function look(): Promise<void> {
    if (busy) return
    busy = true
    try {
      const answer = await ask(address)
      astray = clockOf(answer) ?? astray
      const now = (await answer.json()) as Now
      if (now.mark && now.mark !== root.dataset['mark']) await renew(now)
      failures = 0
      checkedAt = Date.now()
      say('checked', checkedAt)
    } catch {
      failures++
      say('failed', checkedAt)
    } finally {
      busy = false
      overdue()
      later(pause())
    }
  }

  /** The page as it is now; a cache between may still hold the old one, and then it is asked again next time. */
  async function renew(now: Now): Promise<void> {
    const answer = await ask(location.pathname)
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('incident')
    if (!fresh || fresh.dataset['mark'] === root.dataset['mark']) return
    const keep = place(root)
    for (const id of ['now', 'timeline']) exchange(id, fresh)
    overdue()
    keep()
    root.dataset['mark'] = fresh.dataset['mark']
    if (fresh.dataset['open'] === undefined) delete root.dataset['open']
    else root.dataset['open'] = ''
    const said = document.getElementById('said')
    if (said) said.textContent = (root.dataset['changed'] ?? '').replace('{title}', now.latest ?? now.title ?? '')
  }

  function say(what: 'checked' | 'failed', at: number): void {
    const line = document.getElementById('checked')
    if (!line) return
    const time = new Date(at)
    const two = (n: number) => String(n).padStart(2, '0')
    const wall = `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`
    line.textContent = (root.dataset[what] ?? '').replace('{at}', wall)
    line.hidden = false
  }

  function overdue(): void {
    const line = document.getElementById('overdue')
    if (line) line.hidden = !(Date.parse(line.dataset['next'] ?? '') < Date.now() + astray)
  }

  document.addEventListener('visibilitychange', () => {
    later(document.hidden || Date.now() - checkedAt < JUST ? pause() : 0)
  })
  addEventListener('online', () => later(0))
  // A page that comes back from the browser's memory may be hours old.
  window.addEventListener('pageshow', (event) => event.persisted && later(0))
  say('checked', checkedAt)
  overdue()
  later(pause() / 4)
}

/** Asked with the ETag the browser kept: unchanged costs a few bytes. */
async function ask(address: string): Promise<Response> {
  const answer = await fetch(address, { cache: 'no-cache', signal: AbortSignal.timeout(PATIENCE) })
  if (!answer.ok) throw new Error(String(answer.status))
  return answer
}

function clockOf(answer: Response): number | undefined {
  const said = Date.parse(answer.headers.get('date') ?? '')
  const age = Number(answer.headers.get('age') ?? 0)
  return Number.isNaN(said) || Number.isNaN(age) ? undefined : said + age * SECONDS - Date.now()
}

/** Puts the fresh part in place of the old one, where they differ; who had the focus on a link keeps it. */
function exchange(id: string, fresh: HTMLElement): void {
  const old = document.getElementById(id)
  const made = fresh.querySelector(`#${id}`)
  if (!old || !made || old.outerHTML === made.outerHTML) return
  const focused = old.contains(document.activeElement) ? document.activeElement?.getAttribute('href') : null
  const put = document.importNode(made, true) as HTMLElement
  old.replaceWith(put)
  if (!focused) return
  const link = [...put.querySelectorAll('a')].find((a) => a.getAttribute('href') === focused)
  link?.focus({ preventScroll: true })
}

/** Remembers the first station in sight and, once the page has changed, scrolls by as much as it was pushed. */
function place(root: HTMLElement): () => void {
  const top = (el: Element) => el.getBoundingClientRect().top
  const timeline = document.getElementById('timeline')
  if (!timeline || (scrollY === 0 && top(root) >= 0)) return () => {}
  const seen = [...timeline.querySelectorAll('[data-key]')].find((el) => el.getBoundingClientRect().bottom > 0)
  // Who reads the top reads what is newest; who has scrolled on keeps the line they are at.
  const held = seen && top(seen) < innerHeight ? seen : null
  const key = held?.getAttribute('data-key')
  const before = held ? top(held) : 0
  const root0 = document.documentElement
  const height = root0.scrollHeight
  const below = !seen
  root0.classList.add('still')
  return () => {
    const after = key ? document.querySelector(`#timeline [data-key="${CSS.escape(key)}"]`) : null
    if (after) scrollBy(0, top(after) - before)
    else if (below) scrollBy(0, root0.scrollHeight - height)
    requestAnimationFrame(() => root0.classList.remove('still'))
  }
}
