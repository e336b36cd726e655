/** Passkeys in the browser: makes one, shows one, says what became of it. The words stand on the element. */
import { startAuthentication, startRegistration } from '@simplewebauthn/browser'

type Way = { ask: string; answer: string; make: boolean }
const WAYS: Record<string, Way> = {
  'sign-in': { ask: '/desk/sign-in/passkey/options', answer: '/desk/sign-in/passkey', make: false },
  code: { ask: '/desk/sign-in/code/passkey/options', answer: '/desk/sign-in/code/passkey', make: false },
  prove: { ask: '/desk/account/proof/passkey/options', answer: '/desk/account/proof/passkey', make: false },
  add: { ask: '/desk/account/passkeys/options', answer: '/desk/account/passkeys', make: true },
}

/** What the service refused, in its own words. */
class Refused extends Error {}

async function post(path: string, body: object): Promise<Record<string, unknown>> {
  const lang = document.documentElement.lang.startsWith('zh') ? 'zh' : 'en'
  const answer = await fetch(`${path}?lang=${lang}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
  })
  const said = (await answer.json().catch(() => ({}))) as Record<string, unknown>
  if (answer.ok) return said
  const issue = (said['issues'] as { rule?: string; remedy?: string }[] | undefined)?.[0]
  throw new Refused(issue ? [issue.rule, issue.remedy].filter(Boolean).join(' ') : String(said['detail'] ?? ''))
}

function wayOf(at: HTMLElement): Way {
  const way = WAYS[at.dataset['passkey'] ?? '']
  if (way) return way
  const base = at.dataset['at'] ?? ''
  return { ask: `${base}/options`, answer: base, make: true }
}

async function run(at: HTMLElement): Promise<void> {
  const way = wayOf(at)
  const typed = (name: string) => at.closest('form')?.querySelector<HTMLInputElement>(`[name="${name}"]`)?.value ?? ''
  const { options } = await post(way.ask, way.make ? { password: typed('password') } : {})
  const response = way.make
    ? await startRegistration({ optionsJSON: options as never })
    : await startAuthentication({ optionsJSON: options as never })
  const sent = way.make ? { response, name: typed('name') } : { response }
  const said = await post(
    way.answer,
    way.ask.includes('/sign-in/') ? { ...sent, next: at.dataset['next'] ?? '' } : sent,
  )
  if (typeof said['next'] === 'string') location.assign(said['next'])
  else if (at.dataset['then'] === 'stay') return
  else location.replace(location.pathname)
}

function wire(at: HTMLElement): void {
  const button = at.querySelector('button')
  const status = at.querySelector('[role=status]')
  if (!button || !status) return
  const say = (words = ''): void => {
    status.textContent = words
  }
  const elsewhere = at.dataset['origin'] !== location.origin
  const able = 'PublicKeyCredential' in window
  button.hidden = elsewhere || !able
  if (button.hidden) say(at.dataset[elsewhere ? 'elsewhere' : 'unable'])
  button.addEventListener('click', () => {
    button.disabled = true
    say('')
    run(at)
      .then(() => say(at.dataset['done']))
      .catch((err: unknown) => say(err instanceof Refused && err.message ? err.message : at.dataset['failed']))
      .finally(() => {
        button.disabled = false
      })
  })
}

for (const at of document.querySelectorAll<HTMLElement>('[data-passkey]')) wire(at)
