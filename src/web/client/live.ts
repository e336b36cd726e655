/** Follows a release that is going out: figures in their places, the whole part where its shape changed, a sentence now and then for those who listen. */

/** Said aloud no oftener, unless something ended or began. */
const SAID_EVERY_MS = 15_000

type Figures = {
  id: string
  bar: string
  total?: string
  pace?: string
  counts: Record<string, string>
  times: Record<string, string>
}
type Ways = { show(html: string): void; otherwise(): void /** Nothing more is to come. */; over?(): void }

/** @returns what ends it */
export function watchLive(section: HTMLElement, ways: Ways): () => void {
  const address = section.dataset['events']
  if (!address) return () => {}
  if (!('EventSource' in window)) {
    ways.otherwise()
    return () => {}
  }
  let source: EventSource | null = null
  let heard = false
  const speak = speaker()

  const open = () => {
    source = new EventSource(address)
    source.addEventListener('page', (event) => {
      heard = true
      const { html, said } = read(event) as { html: string; said: string }
      ways.show(html)
      speak(said, true)
    })
    source.addEventListener('figures', (event) => {
      const { runs, said } = read(event) as { runs: Figures[]; said: string }
      for (const run of runs) put(section, run)
      speak(said, false)
    })
    source.addEventListener('end', (event) => {
      close()
      ways.over?.()
      if ((read(event) as { why: string }).why === 'refused') speak(section.dataset['off'] ?? '', true)
    })
    source.addEventListener('error', () => {
      // It comes again by itself unless it was refused.
      if (source?.readyState !== EventSource.CLOSED) return
      close()
      if (!heard) ways.otherwise()
    })
  }
  const close = () => {
    source?.close()
    source = null
    removeEventListener('visibilitychange', rest)
  }
  /** A page nobody looks at holds no stream. */
  const rest = () => {
    if (document.hidden && source) {
      source.close()
      source = null
    } else if (!document.hidden && !source) open()
  }
  open()
  addEventListener('visibilitychange', rest)
  return close
}

const read = (event: Event): unknown => JSON.parse((event as MessageEvent<string>).data)

function put(section: HTMLElement, run: Figures): void {
  const line = section.querySelector(`[data-run="${run.id}"]`)
  if (!line) return
  for (const [name, text] of Object.entries(run.counts)) write(line.querySelector(`[data-count="${name}"]`), text)
  write(line.querySelector('[data-pace]'), run.pace)
  write(line.querySelector('[data-total]'), run.total)
  markup(line.querySelector('[data-bar]'), run.bar)
  for (const [name, html] of Object.entries(run.times)) markup(line.querySelector(`[data-time="${name}"]`), html)
}

function write(place: Element | null, text: string | undefined): void {
  if (place && text !== undefined && place.textContent !== text) place.textContent = text
}

/** Markup of our own server; parsed into an inert document first. */
function markup(place: Element | null, html: string): void {
  if (place) place.replaceChildren(...new DOMParser().parseFromString(html, 'text/html').body.childNodes)
}

/** Writes into the status line of the page, which screen readers read out when they have time. */
function speaker(): (text: string, now: boolean) => void {
  const place = document.getElementById('progress-said')
  let last = Number.NEGATIVE_INFINITY
  let said = ''
  return (text, now) => {
    const at = performance.now()
    if (!place || text === said || (!now && at - last < SAID_EVERY_MS)) return
    last = at
    said = text
    place.textContent = text
  }
}
