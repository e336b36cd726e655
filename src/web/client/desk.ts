/** The desk's small script: progress that moves by itself, words kept until they are saved, hits marked in the text. All works without it. */

import { mountMap } from './area-map.ts'
import { copyButtons } from './copy.ts'
import { watchLive } from './live.ts'
import { followGoing } from './my-desk.ts'
import './passkey.ts'
import { mountFold } from './place-fold.ts'
import { mountPlaces } from './places.ts'
import { refresh } from './refresh.ts'
import { comments } from './review.ts'
import { shortcuts } from './shortcuts.ts'
import { keepTicking } from './warning.ts'

const EVERY_MS = 1500

/** Asks again for the part of the page that moves while a release goes out: where no stream can be had. */
function poll(section: HTMLElement): void {
  const address = section.dataset['progress']
  if (!address) return
  const look = async () => {
    if (!document.hidden) {
      const answer = await fetch(address, { headers: { accept: 'application/json' } }).catch(() => null)
      if (answer?.ok) {
        const { html, going } = (await answer.json()) as { html: string; going: boolean }
        show(section, html)
        if (!going) return
      } else if (answer && answer.status < 500) return
    }
    setTimeout(look, EVERY_MS)
  }
  setTimeout(look, EVERY_MS)
}

/** Keeps open what was open, and the focus where it was. */
function show(section: HTMLElement, html: string): void {
  const focused = section.contains(document.activeElement) ? document.activeElement?.id : ''
  const open = new Set([...section.querySelectorAll<HTMLElement>('details[open]')].map((d) => d.id))
  const fresh = new DOMParser().parseFromString(html, 'text/html').body
  section.replaceChildren(...fresh.childNodes)
  for (const d of section.querySelectorAll('details')) d.open = open.has(d.id)
  if (focused) document.getElementById(focused)?.focus()
}

/** Asks before words that nobody has saved are left behind. */
function keepWords(form: HTMLFormElement): void {
  let typed = false
  form.addEventListener('input', () => {
    typed = true
  })
  form.addEventListener('submit', () => {
    typed = false
  })
  addEventListener('beforeunload', (event) => {
    if (typed) event.preventDefault()
  })
}

/** A button pressed twice sends once. */
function sendOnce(form: HTMLFormElement): void {
  let sent = false
  form.addEventListener('submit', (event) => {
    if (sent) event.preventDefault()
    sent = true
  })
  addEventListener('pageshow', () => {
    sent = false
  })
}

/** Marks in the text what the list of hits names. */
function markHits(reading: HTMLElement): void {
  const wanted = [...reading.querySelectorAll<HTMLDataElement>('[data-hit]')].map((d) => d.value).filter(Boolean)
  for (const text of new Set(wanted)) {
    const walker = document.createTreeWalker(reading, NodeFilter.SHOW_TEXT)
    const found: Text[] = []
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (node.nodeValue?.includes(text) && !node.parentElement?.closest('mark')) found.push(node as Text)
    for (const node of found) {
      const rest = node.splitText(node.data.indexOf(text))
      rest.splitText(text.length)
      const mark = document.createElement('mark')
      rest.replaceWith(mark)
      mark.append(rest)
    }
  }
}

/** After a form was refused the next key goes on from what is wrong, and it is read aloud. */
function faceRefusal(): void {
  const [arrival] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  if ((arrival?.responseStatus ?? 200) < 400) return
  const what = document.querySelector<HTMLElement>('main [role=alert],main .issues')
  if (!what) return
  what.tabIndex = -1
  what.focus()
}

faceRefusal()
copyButtons()
shortcuts()
for (const section of document.querySelectorAll<HTMLElement>('[data-progress]'))
  watchLive(section, { show: (html) => show(section, html), otherwise: () => poll(section) })
for (const section of document.querySelectorAll<HTMLElement>('[data-going]')) followGoing(section)
for (const section of document.querySelectorAll<HTMLElement>('[data-refresh]'))
  refresh(section, (html) => show(section, html))
for (const place of document.querySelectorAll<HTMLElement>('[data-map]')) mountMap(place)
for (const field of document.querySelectorAll<HTMLElement>('[data-places]')) mountPlaces(field, () => undefined)
for (const fold of document.querySelectorAll<HTMLDetailsElement>('.d-place-fold')) mountFold(fold)
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-keep]')) keepWords(form)
for (const form of document.querySelectorAll<HTMLFormElement>('form[method=post]')) sendOnce(form)
for (const reading of document.querySelectorAll<HTMLElement>('.d-reading')) markHits(reading)
comments()
keepTicking()
