/** What is going out now, on the page of what waits: figures by the events of each release, and the list itself every few seconds. */
import { watchLive } from './live.ts'

const EVERY_MS = 3000
/** A stream is held for so many releases at most; the others move with the list. */
const MOST = 3

export function followGoing(section: HTMLElement): void {
  const address = section.dataset['going']
  if (!address) return
  let stops: (() => void)[] = []
  let asked = false

  const soon = () => {
    if (asked) return
    asked = true
    setTimeout(look, 1000)
  }
  /** The first page of a stream tells what stands here already; a later one that lines came or went. */
  const follow = (line: HTMLElement) => {
    let first = true
    const show = () => {
      if (!first) soon()
      first = false
    }
    return watchLive(line, { show, otherwise: () => {}, over: soon })
  }
  const wire = () => {
    for (const stop of stops) stop()
    stops = [...section.querySelectorAll<HTMLElement>('[data-events]')].slice(0, MOST).map(follow)
  }
  const look = async () => {
    asked = false
    if (document.hidden || section.contains(document.activeElement)) return
    const answer = await fetch(address, { headers: { accept: 'text/html' } }).catch(() => null)
    if (!answer?.ok) return
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').body
    const few = section.querySelectorAll('[data-events]').length <= MOST
    if (few && linesOf(fresh) === linesOf(section)) return
    section.replaceChildren(...fresh.childNodes)
    wire()
  }
  wire()
  setInterval(look, EVERY_MS)
}

/** Which outlets stand there, each in which state: their figures come by themselves. */
const linesOf = (part: HTMLElement): string =>
  [...part.querySelectorAll<HTMLElement>('[data-run]')]
    .map((run) => `${run.dataset['run']} ${run.querySelector('p')?.firstElementChild?.textContent}`)
    .join()
