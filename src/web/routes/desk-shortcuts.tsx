/** The list of keys, and the switch that turns single keys off in this browser (WCAG 2.1.4). */
import { setCookie } from 'hono/cookie'
import type { App, Req } from '../env.ts'
import { OFF_COOKIE } from '../shortcuts.ts'
import { first } from '../views/fields.ts'
import { ShortcutsPage } from '../views/shortcuts.tsx'
import { frameOf, goTo, page, screen, sentIn } from './desk-frame.ts'

const HERE = '/desk/shortcuts'
const YEAR = 365 * 86_400

export function mountShortcuts(app: App): void {
  screen(app, { method: 'get', path: HERE, act: 'signed-in' }, async (c) =>
    page(c, <ShortcutsPage f={await frameOf(c)} />),
  )
  screen(app, { method: 'post', path: HERE, act: 'signed-in' }, choose)
}

async function choose(c: Req): Promise<Response> {
  const off = first((await sentIn(c)).fields, 'keys') === 'off'
  const about = { path: '/desk', sameSite: 'Lax', httpOnly: true } as const
  setCookie(c, OFF_COOKIE, off ? 'off' : 'on', { ...about, maxAge: YEAR })
  return goTo(c, HERE, off ? 'keys-off' : 'keys-on')
}
