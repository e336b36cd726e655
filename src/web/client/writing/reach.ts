/** How many people each outlet would reach, as places, topics and urgency are chosen. */
import { call } from './desk-call.ts'
import { fieldsOf } from './keep.ts'

const SETTLED_MS = 300
const COUNTS = /^core\.(areas|topics|urgency|mode|lane)$/

export function watchReach(form: HTMLFormElement): void {
  if (!form.querySelector('[data-reach]')) return
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked = 0
  const ask = async () => {
    const mine = ++asked
    const fields = fieldsOf(form).filter(([name]) => COUNTS.test(name))
    const { body } = await call<{ reach: Record<string, string> }>('POST', '/desk/reach', { fields })
    if (mine !== asked || !body) return
    for (const [outlet, html] of Object.entries(body.reach)) {
      const place = form.querySelector(`[data-reach="${outlet}"]`)
      const fresh = new DOMParser().parseFromString(html, 'text/html').body.firstElementChild
      if (place && fresh) place.replaceWith(fresh)
    }
  }
  form.addEventListener('change', (event) => {
    if (!COUNTS.test((event.target as HTMLInputElement).name)) return
    clearTimeout(timer)
    timer = setTimeout(ask, SETTLED_MS)
  })
}
