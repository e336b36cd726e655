/** What every desk route shares: the frame of a screen, forms as fields, refusals in words, the way back. */
import { getCookie, setCookie } from 'hono/cookie'
import { hasWords, t } from '../../../templates/words/index.ts'
import type { Mode } from '../../desk/content.ts'
import { type Issue, Refusal } from '../../lib/errors.ts'
import { agencyById } from '../../staff/store.ts'
import type { App, Req } from '../env.ts'
import { BadRequest, tagOf } from '../errors.ts'
import { type Handler, mayAtHome, type RouteSpec, route } from '../guards/route.ts'
import { OFF_COOKIE } from '../shortcuts.ts'
import type { Fields } from '../views/fields.ts'
import type { Frame, MenuItem } from '../views/frame.tsx'

type Spec = Pick<RouteSpec, 'method' | 'path' | 'act' | 'maxBytes'>

/** Registers a screen or a form of the desk: refusals are pages, the language chosen is kept. */
export function screen(app: App, spec: Spec, handler: (c: Req) => Promise<Response> | Response): void {
  const handle: Handler<never> = (c) => {
    const asked = c.req.query('lang')
    if ((asked === 'zh' || asked === 'en') && getCookie(c, 'lang') !== asked)
      setCookie(c, 'lang', asked, { path: '/', maxAge: 365 * 86_400, sameSite: 'Lax', httpOnly: true })
    return handler(c)
  }
  route(app, { ...spec, html: true }, handle as unknown as Handler<never>)
}

export async function frameOf(c: Req, mode: Mode = 'live', said = c.req.query('said')): Promise<Frame> {
  const { ctx, actor, lang } = c.var
  const agency = actor ? await agencyById(ctx.store.db, actor.agencyId) : undefined
  const url = new URL(c.req.url)
  url.searchParams.delete('lang')
  url.searchParams.delete('said')
  return {
    lang,
    // What a form was sent to may have no page of its own: the switch of language then leads to the desk.
    at: url.pathname,
    here: c.req.method === 'GET' ? url.pathname + url.search : '/desk',
    now: ctx.clock.now(),
    site: { ...ctx.config.site, publicUrl: ctx.config.publicUrl },
    mode,
    who: actor
      ? {
          memberId: actor.memberId,
          name: actor.name,
          agencyZh: agency?.name_zh ?? '',
          agencyEn: agency?.name_en ?? '',
          roles: actor.roles,
        }
      : null,
    menu: actor ? menuOf(c) : [],
    begin: {
      flash: actor !== null && mayAtHome(actor, 'release.create'),
      release: actor !== null && mayAtHome(actor, 'release.create'),
    },
    keys: getCookie(c, OFF_COOKIE) !== 'off',
    css: '/assets/desk.css',
    js: '/assets/desk.js',
    ...(said ? { said } : {}),
  }
}

const MENU = [
  ['desk.queue', '/desk', null],
  ['desk.releases', '/desk/releases', 'release.list'],
  ['desk.incidents', '/desk/incidents', 'incident.list'],
  ['desk.calendar', '/desk/calendar', 'release.list'],
  ['desk.concerns', '/desk/opinions', 'opinion.read'],
  ['desk.clocks', '/desk/clocks', 'clock.read'],
  ['desk.exercises', '/desk/exercises', 'exercise.read'],
  ['desk.alarms', '/desk/alarms', 'alarm.read'],
  ['desk.faults', '/desk/faults', 'fault.read'],
  ['desk.media', '/desk/media', 'media.read'],
  ['desk.outlets', '/desk/outlets', 'outlet.read'],
  ['desk.office', '/desk/office', 'staff.read'],
  ['desk.ledger', '/desk/ledger', 'ledger.read'],
] as const

const menuOf = (c: Req): MenuItem[] =>
  MENU.filter(([, , act]) => act === null || (c.var.actor !== null && mayAtHome(c.var.actor, act))).map(
    ([key, href]) => ({ key, href }),
  )

/** A whole page as the answer. */
export const page = (c: Req, view: unknown, status = 200): Response => {
  const html = String(view).toWellFormed()
  // The title is the first that is read aloud: it says when a form was not taken.
  const said = status >= 400 && c.req.method === 'POST' ? html.replace('<title>', `<title>${refusedAt(c)}`) : html
  return c.html(`<!doctype html>\n${said}\n`, status as 200, { 'content-language': tagOf(c.var.lang) })
}
const refusedAt = (c: Req): string => t(c.var.lang, 'readers.error.at')

/** Post, then look: the answer to a form that was taken. */
export const goTo = (c: Req, path: string, said?: string): Response =>
  c.redirect(said ? `${path}${path.includes('?') ? '&' : '?'}said=${said}` : path, 303)

/** A page of this desk that a form names to go back to; anything else leads to the queue. */
export const backTo = (asked: string): string => (/^\/desk(\/[\w./?=&-]*)?$/.test(asked) ? asked : '/desk')

export type Sent = { fields: Map<string, string[]>; file: File | null }

/** Everything a form sent, by name. @throws BadRequest */
export async function sentIn(c: Req): Promise<Sent> {
  const data = await c.req.formData().catch(() => {
    throw new BadRequest(400, 'not-a-form')
  })
  const fields = new Map<string, string[]>()
  let file: File | null = null
  for (const [name, value] of data) {
    // Forms send CRLF (HTML §4.10.21); what is kept has LF.
    if (typeof value === 'string') fields.set(name, [...(fields.get(name) ?? []), value.replace(/\r\n?/g, '\n')])
    else if (value.size > 0 && !file) file = value
  }
  return { fields, file }
}

export const fieldsFrom = (entries: Record<string, string | string[]>): Fields =>
  new Map(Object.entries(entries).map(([k, v]) => [k, Array.isArray(v) ? v : [v]]))

/** Why not, in a sentence. */
export function refusedWords(c: Req, refusal: Refusal): string {
  const { lang } = c.var
  const { roles, ...rest } = refusal.params
  const spoken = {
    ...rest,
    roles: String(roles ?? '')
      .split(' ')
      .map((r) => (hasWords(`role.${r}`) ? t(lang, `role.${r}`) : r))
      .join(t(lang, 'desk.list-comma')),
  }
  const key = [`desk.refused.${refusal.code}`, `problem.${refusal.code}`].find(hasWords)
  return key ? t(lang, key, spoken) : t(lang, 'desk.refused', { code: refusal.code })
}

/** What a form sent was refused for; anything but a refusal, and what may not be known, is thrown on. */
export function refusalIn(err: unknown): Refusal {
  if (!(err instanceof Refusal) || err.kind === 'not-found' || err.kind === 'unavailable') throw err
  return err
}
export const statusOf = (refusal: Refusal): number =>
  refusal.kind === 'invalid' ? 422 : refusal.kind === 'wrong-state' ? 409 : 403

/** What a page shows of a refusal, with the status it answers: issues beside their fields, or else the refusal in words. */
export const refusalOn = (c: Req, refusal: Refusal): { issues: Issue[]; status: number; refused?: string } => ({
  issues: refusal.issues,
  status: statusOf(refusal),
  ...(refusal.issues.length ? {} : { refused: refusedWords(c, refusal) }),
})

/** A control left empty is missing, whatever the schema calls it. */
export const asMissing = (issues: Issue[], fields: Fields): Issue[] =>
  issues.map((i) =>
    ['not-one-of', 'wrong-type', 'wrong-shape', 'wrong-date', 'wrong-time'].includes(i.code) &&
    !fields.get(i.field)?.some((v) => v.trim())
      ? { ...i, code: 'required' }
      : i,
  )
