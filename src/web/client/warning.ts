/** Lets times tick that count from a moment: how long a wrong text has stood. By the server's clock, whatever this one says. */

const two = (n: number): string => String(n).padStart(2, '0')

function spoken(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000))
  const [h, m] = [Math.floor(s / 3600), Math.floor(s / 60) % 60]
  return h ? `${h}:${two(m)}:${two(s % 60)}` : `${m}:${two(s % 60)}`
}

const ahead = new WeakMap<HTMLElement, number>()

function tick(): void {
  for (const place of document.querySelectorAll<HTMLElement>('[data-since]')) {
    const began = Date.parse(place.dataset['since'] ?? '')
    if (!ahead.has(place)) ahead.set(place, Date.parse(place.dataset['now'] ?? '') - performance.now())
    const text = spoken(performance.now() + (ahead.get(place) ?? 0) - began)
    if (place.textContent !== text) place.textContent = text
  }
}

export function keepTicking(): void {
  tick()
  setInterval(tick, 500)
}
