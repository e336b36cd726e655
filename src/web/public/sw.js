// The service worker: shows what a push message says and opens its page. It keeps nothing but, in a device of the office's own, what it reports with.

const EXERCISE = { exercise: ['演练', 'EXERCISE'], test: ['测试', 'TEST'] }

/** A message that cannot be read still has to be shown as something: browsers take the permission away otherwise. */
function read(event) {
  try {
    const message = event.data.json()
    if (typeof message.title === 'string') return message
  } catch {}
  return { title: '有新的发布 · New release', body: '', url: '/', tag: 'unreadable', lang: 'zh-CN', mode: 'live' }
}

/** The sender marks exercises already; here once more, so that none can be shown without. */
function titleOf({ title, mode, lang }) {
  const words = EXERCISE[mode]
  if (!words) return title
  const mark = lang === 'en' ? words[1] : words[0]
  return title.includes(mark) ? title : `[${mark}] ${title}`
}

self.addEventListener('push', (event) => {
  const message = read(event)
  const shown = self.registration.showNotification(titleOf(message), {
    body: message.body,
    tag: message.tag,
    lang: message.lang,
    renotify: Boolean(message.tag && (message.renotify || message.urgency === 'high')),
    requireInteraction: message.urgency === 'high' && message.mode === 'live',
    data: { url: message.url },
  })
  const told = tellPages({ type: 'push-arrived', tag: message.tag, at: Date.now() })
  event.waitUntil(Promise.all([shown, told, report(message)]))
})

/** A device of the office's own says what it was told to show (the subscribe page put its secret there). */
async function report({ edition, lang, title, body }) {
  if (!edition) return
  const kept = await (await caches.open('canary')).match('/canary')
  if (!kept) return
  const { secret } = await kept.json()
  const sent = { method: 'POST', headers: { 'content-type': 'application/json' } }
  await fetch('/push/arrivals', {
    ...sent,
    body: JSON.stringify({ secret, edition, language: lang, title, body }),
  }).catch(() => {})
}

async function tellPages(news) {
  for (const page of await self.clients.matchAll({ type: 'window', includeUncontrolled: true })) page.postMessage(news)
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(openPage(event.notification.data?.url))
})

/** Only pages of this site are opened, whatever a message says. */
async function openPage(url) {
  const here = self.location.origin
  const wanted = URL.canParse(url, here) ? new URL(url, here) : new URL('/', here)
  const target = wanted.origin === here ? wanted.href : `${here}/`
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const open = pages.find((page) => page.url === target)
  return open ? open.focus() : self.clients.openWindow(target)
}

/** The browser has changed its address: the site is told both, and keeps the reader's choices. */
self.addEventListener('pushsubscriptionchange', (event) => {
  event.waitUntil(renew(event.oldSubscription, event.newSubscription))
})

async function renew(before, given) {
  const { key } = await (await fetch('/push/key')).json()
  const now =
    given ?? (await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }))
  const { endpoint, keys } = now.toJSON()
  await fetch('/push/subscriptions', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ endpoint, keys, replaces: before?.endpoint }),
  })
}

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
