/** Browser code of the subscribe page: turns notifications on and off, and sends a test. Asks only when a button is pressed. */
import { pushPageWords } from '../../../templates/words/push.ts'
import { mountPlaces, mountWords } from './places.ts'
import { mountWays, type Ways } from './ways.ts'

type Key = keyof typeof pushPageWords

const english = document.documentElement.lang.toLowerCase().startsWith('en')

function say(key: Key, params: Record<string, string> = {}): string {
  return pushPageWords[key][english ? 1 : 0].replace(/\{(\w+)\}/g, (whole, name) => params[name] ?? whole)
}

const WORKER = '/sw.js'
/** A test that takes longer than this is called late, in milliseconds. */
const LATE = 30_000

/** Where notifications stand in this browser. */
type State = 'unsupported' | 'homescreen' | 'denied' | 'off' | 'on'

async function stateNow(): Promise<State> {
  const able = 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window
  if (!able) return /iPhone|iPad/.test(navigator.userAgent) ? 'homescreen' : 'unsupported'
  if (Notification.permission === 'denied') return 'denied'
  return (await subscription()) ? 'on' : 'off'
}

async function subscription(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration('/')
  return registration ? registration.pushManager.getSubscription() : null
}

/** @returns whether the browser allows it */
async function turnOn(choices: Choices): Promise<boolean> {
  if ((await Notification.requestPermission()) !== 'granted') return false
  await navigator.serviceWorker.register(WORKER, { scope: '/' })
  const registration = await navigator.serviceWorker.ready
  const { key } = (await ask('/push/key')) as { key: string }
  const made = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) })
  await save(made, choices)
  return true
}

/** The site first: when it does not take the address, the browser keeps none either. */
async function save(made: PushSubscription, choices: Choices): Promise<void> {
  const { endpoint, keys } = made.toJSON()
  try {
    await ask('/push/subscriptions', { endpoint, keys, ...choices })
  } catch (error) {
    await made.unsubscribe()
    throw error
  }
}

/** The browser first: whatever the site answers, nothing more can arrive. */
async function turnOff(): Promise<void> {
  const made = await subscription()
  if (!made) return
  await made.unsubscribe()
  await ask('/push/subscriptions', { endpoint: made.endpoint }, 'DELETE')
}

/** Resolves with the time of arrival as the service worker saw it. */
async function sendTest(): Promise<number> {
  const made = await subscription()
  const arrival = new Promise<number>((resolve, reject) => {
    const late = setTimeout(() => reject(new Late()), LATE)
    navigator.serviceWorker.addEventListener('message', ({ data }) => {
      if (data?.type !== 'push-arrived' || data.tag !== 'test') return
      clearTimeout(late)
      resolve(data.at as number)
    })
  })
  arrival.catch(() => {})
  await ask('/push/subscriptions/test', { endpoint: made?.endpoint })
  return arrival
}

class Late extends Error {}

/** The code an administrator's link brings along: this browser is to report what reaches it. */
const code = new URLSearchParams(location.search).get('canary')

async function reportFromNowOn(): Promise<void> {
  const made = await subscription()
  const { secret } = (await ask('/push/canaries', { endpoint: made?.endpoint, code })) as { secret: string }
  await (await caches.open('canary')).put('/canary', Response.json({ secret }))
}

/** GET without, POST (or DELETE) with a body. Throws the sentence of the answer where there is one (RFC 9457). */
async function ask(path: string, body?: object, method = 'POST'): Promise<unknown> {
  const sent = { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const response = await fetch(path, body ? sent : {})
  const answer = await response.json().catch(() => ({}))
  if (!response.ok) throw new Error(answer.detail ?? answer.title ?? `HTTP ${response.status}`)
  return answer
}

function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0))
}

type Choices = {
  language: string
  topics: string[]
  areas: string[]
  urgency: string
  topicRule: string
  standby?: string
}

/** What is ticked in the form the panel stands in. */
function choicesOf(panel: Element): Choices {
  const form = panel.closest('form')
  const data = form ? new FormData(form) : new FormData()
  const all = (name: string): string[] => [...data.getAll(name), ...data.getAll(`${name}[]`)].map(String)
  return {
    language: String(data.get('language') ?? (english ? 'en' : 'zh-CN')),
    topics: all('topics'),
    areas: all('areas'),
    urgency: String(data.get('urgency') ?? 'normal'),
    topicRule: String(data.get('topicRule') ?? 'any'),
  }
}

/** `<div data-push></div>` becomes a sentence on where things stand and the buttons that make sense there. */
function mount(panel: HTMLElement, ways?: () => Ways | undefined): (said?: string) => Promise<void> {
  const status = document.createElement('p')
  status.setAttribute('role', 'status')
  const buttons = document.createElement('p')
  panel.replaceChildren(status, buttons)

  const button = (key: Key, act: () => Promise<string | undefined>): HTMLButtonElement => {
    const made = document.createElement('button')
    made.type = 'button'
    made.textContent = say(key)
    made.addEventListener('click', () => run(act))
    return made
  }
  const run = async (act: () => Promise<string | undefined>): Promise<void> => {
    for (const each of buttons.querySelectorAll('button')) each.disabled = true
    const said = await act().catch((error: Error) =>
      error instanceof Late ? say('push.page.late') : say('push.page.failed', { why: error.message }),
    )
    await show(said)
  }
  const on = button('push.page.turnOn', async () => {
    status.textContent = say('push.page.asking')
    await turnOn(choicesOf(panel))
    return undefined
  })
  const keep = button('push.page.save', async () => {
    const made = (await subscription())?.toJSON()
    if (made) await ask('/push/subscriptions', { endpoint: made.endpoint, keys: made.keys, ...choicesOf(panel) })
    return say('push.page.saved')
  })
  const test = button('push.page.test', async () => {
    status.textContent = say('push.page.testing')
    const asked = Date.now()
    const at = await sendTest()
    const time = new Date(at).toLocaleTimeString(english ? 'en-GB' : 'zh-CN', { hour12: false })
    return say('push.page.arrived', { time, seconds: ((at - asked) / 1000).toFixed(1) })
  })
  const canary = button('push.page.canary', async () => {
    await reportFromNowOn()
    return say('push.page.reports')
  })
  const off = button('push.page.turnOff', () => turnOff().then(() => undefined))

  const show = async (said?: string): Promise<void> => {
    const state = await stateNow()
    status.textContent = said ?? say(`push.page.${state}`)
    panel.dataset['state'] = state
    for (const each of [on, keep, test, canary, off]) each.disabled = false
    // In a form with ways of its own to choose from, its one button turns them on as well.
    const form = ways?.()
    form?.show(state === 'off')
    panel.closest<HTMLElement>('#push')?.toggleAttribute('data-quiet', Boolean(form) && state === 'off')
    buttons.replaceChildren(
      ...(state === 'on' ? [...(code ? [canary] : []), keep, test, off] : state === 'off' && !form ? [on] : []),
    )
  }
  void show()
  return show
}

/** A whole form: ways, areas, what it comes to, and the panel within it. */
function mountForm(form: HTMLFormElement): void {
  const panel = form.querySelector<HTMLElement>('[data-push]')
  let ways: Ways | undefined
  let show: ((said?: string) => Promise<void>) | undefined
  const tell = mountWords(form, () => ways?.way())
  if (form.querySelector('[data-way]') && panel)
    ways = mountWays(
      form,
      {
        turnOn: (standby) => turnOn({ ...choicesOf(panel), ...(standby ? { standby } : {}) }),
        async done(said) {
          await show?.(said)
          panel.scrollIntoView({ block: 'center' })
        },
        failed: (error) => say('push.page.failed', { why: error.message }),
      },
      tell,
    )
  const field = form.querySelector<HTMLElement>('[data-places]')
  if (field) mountPlaces(field, tell)
  if (panel) show = mount(panel, () => ways)
}

for (const form of document.forms) mountForm(form)
for (const panel of document.querySelectorAll<HTMLElement>('[data-push]')) if (!panel.closest('form')) mount(panel)
// What is wrong is read first, and led to from there.
document.querySelector<HTMLElement>('#issues')?.focus()
