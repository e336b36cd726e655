/** Pages of accredited journalists. Whoever is not signed in is led to the sign-in from any address here, whether or not anything is there. */
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import {
  itemPath,
  MediaAskedPage,
  MediaEnterPage,
  MediaListPage,
  MediaOpenedPage,
  MediaReleasePage,
  MediaSignInPage,
  MediaTermsPage,
} from '../../../templates/page/media.tsx'
import { FOLDER } from '../../../templates/page/site.ts'
import { t } from '../../../templates/words/index.ts'
import { assertPatience } from '../../audience/ask.ts'
import type { Journalist } from '../../audience/journalist.ts'
import { goodMediaLink } from '../../audience/media-link.ts'
import { askToEnter, enter, goOut, journalistIn } from '../../audience/media-sign-in.ts'
import { acceptTerms, hasAccepted, TERMS, termsVersion } from '../../audience/media-terms.ts'
import { LANGUAGES, partFor } from '../../desk/content.ts'
import { MINUTE } from '../../lib/clock.ts'
import { notFound, Refusal } from '../../lib/errors.ts'
import { attend, stayAway } from '../../publication/attend.ts'
import { meetingsFor } from '../../publication/conference.ts'
import { mediaList } from '../../publication/media-list.ts'
import { readFile, readPage } from '../../publication/media-read.ts'
import type { App, Req } from '../env.ts'
import { formOf } from '../guards/form.ts'
import { type Limit, networkOf, Throttle } from '../guards/rate.ts'
import { type RouteSpec, route } from '../guards/route.ts'
import { answerPage, issuesOf, ownOf, publicly } from '../views/public-page.tsx'

const COOKIE = 'ortoo.media'
const open = { act: 'public', html: true, maxBytes: 4096 } as const satisfies Partial<RouteSpec>
/** No token of 192 bits is guessed; this keeps the log readable while somebody tries. */
const TRIES: Limit = { max: 30, windowMs: MINUTE, longestMs: 10 * MINUTE }
/** A person reads; a program would copy. */
const READINGS = { max: 40, windowMs: MINUTE }
/**
 * Pages with a form say where it came from to this site alone: with no referrer at all a browser sends `Origin: null`, and the form
 * would not be believed to be ours.
 */
const WITH_FORM = { 'referrer-policy': 'same-origin', 'x-robots-tag': 'noindex, nofollow, noarchive' }
const SHOWN = { 'x-robots-tag': 'noindex, nofollow, noarchive', 'cache-control': 'no-store', vary: 'Cookie' }

export function mountMedia(app: App): void {
  mountEntry(app)
  const at = (path: string, here: (c: Req) => string, show: (c: Req, who: Journalist) => Promise<Response>) =>
    route(app, { ...open, method: 'get', path }, (c) => publicly(c, here(c), () => signedIn(c, show)))
  const itself = (c: Req) => new URL(c.req.url).pathname
  route(app, { ...open, method: 'get', path: '/media' }, (c) => c.redirect('/media/', 303))
  at('/media/', () => '/media/', list)
  for (const [path, run] of [
    ['attend', attend],
    ['stay-away', stayAway],
  ] as const)
    route(app, { ...open, method: 'post', path: `/media/meetings/{id}/${path}` }, (c) =>
      publicly(c, '/media/', () => signedIn(c, (_, who) => meet(c, who, run))),
    )
  at('/media/releases/{id}/', itself, release)
  at('/media/releases/{id}/{folder}/', itself, release)
  at('/media/releases/{id}/files/{sha256}', itself, file)
}

/** What leads in and out. */
function mountEntry(app: App): void {
  let throttle: Throttle | undefined
  const trying = (c: Req, here: string, handle: () => Promise<Response>) =>
    publicly(c, here, () => {
      throttle ??= new Throttle(c.var.ctx.clock)
      throttle.assertMayTry(networkOf(c), TRIES)
      return handle()
    })
  const enterPath = (c: Req) => `/media/enter/${encodeURIComponent(c.req.param('token') ?? '')}`
  route(app, { ...open, method: 'get', path: '/media/sign-in' }, (c) =>
    answerPage(c, <MediaSignInPage {...ownOf(c, '/media/sign-in')} />, 200, WITH_FORM),
  )
  route(app, { ...open, method: 'post', path: '/media/sign-in' }, (c) => trying(c, '/media/sign-in', () => ask(c)))
  route(app, { ...open, method: 'get', path: '/media/enter/{token}' }, (c) =>
    trying(c, '/media/sign-in', () => showEnter(c, enterPath(c))),
  )
  // Its address is the secret and is told to nobody, so it has no referrer and proves itself by the token alone.
  route(app, { ...open, openForm: true, method: 'post', path: '/media/enter/{token}' }, (c) =>
    trying(c, '/media/sign-in', () => doEnter(c)),
  )
  route(app, { ...open, method: 'get', path: '/media/terms' }, (c) =>
    publicly(c, '/media/terms', async () => ((await whoIs(c)) ? showTerms(c) : toSignIn(c))),
  )
  route(app, { ...open, method: 'post', path: '/media/terms' }, (c) => publicly(c, '/media/terms', () => doTerms(c)))
  route(app, { ...open, method: 'post', path: '/media/sign-out' }, doSignOut)
}

const whoIs = (c: Req): Promise<Journalist | null> => journalistIn(c.var.ctx, getCookie(c, COOKIE))
const toSignIn = (c: Req): Response => c.redirect(`/media/sign-in?lang=${c.var.lang}`, 303)

/** Who is in and has accepted the terms as they stand; anybody else is led to what comes first. */
async function signedIn(c: Req, show: (c: Req, who: Journalist) => Promise<Response>): Promise<Response> {
  const who = await whoIs(c)
  if (!who) return toSignIn(c)
  if (!hasAccepted(who)) return c.redirect(`/media/terms?lang=${c.var.lang}`, 303)
  return show(c, who)
}

async function ask(c: Req): Promise<Response> {
  const email = (await formOf(c)).one('email')
  try {
    await askToEnter(c.var.ctx, networkOf(c), { email })
    return answerPage(c, <MediaAskedPage {...ownOf(c, '/media/sign-in')} />)
  } catch (err) {
    const own = { ...ownOf(c, '/media/sign-in'), email }
    return answerPage(c, <MediaSignInPage {...own} issues={issuesOf(c, err)} />, 422, WITH_FORM)
  }
}

async function showEnter(c: Req, here: string): Promise<Response> {
  const { journalist } = await goodMediaLink(c.var.ctx.store.db, c.var.ctx, c.req.param('token') ?? '')
  const { name, outlet } = journalist
  return answerPage(c, <MediaEnterPage {...ownOf(c, here)} who={{ name, outlet }} />)
}

async function doEnter(c: Req): Promise<Response> {
  const { session, expiresAt } = await enter(c.var.ctx, c.req.param('token') ?? '')
  setCookie(c, COOKIE, session, {
    path: '/media',
    httpOnly: true,
    sameSite: 'Lax',
    secure: c.var.ctx.config.publicUrl.startsWith('https://'),
    // By its age: the clock of a reader's machine need not agree with ours.
    maxAge: Math.max(0, Math.floor((Date.parse(expiresAt) - c.var.ctx.clock.ms()) / 1000)),
  })
  return c.redirect(`/media/?lang=${c.var.lang}`, 303)
}

function showTerms(c: Req, more: { issues?: ReturnType<typeof issuesOf>; status?: number } = {}): Response {
  const props = { ...ownOf(c, '/media/terms'), terms: TERMS, version: termsVersion, issues: more.issues ?? [] }
  return answerPage(c, <MediaTermsPage {...props} />, more.status ?? 200, WITH_FORM)
}

async function doTerms(c: Req): Promise<Response> {
  const who = await whoIs(c)
  if (!who) return toSignIn(c)
  const form = await formOf(c)
  const sent = { version: form.one('version'), accept: form.one('accept') === 'yes' }
  if (!sent.accept || sent.version === termsVersion) {
    try {
      await acceptTerms(c.var.ctx, who.id, sent)
      return c.redirect(`/media/?lang=${c.var.lang}`, 303)
    } catch (err) {
      return showTerms(c, { issues: issuesOf(c, err), status: 422 })
    }
  }
  // A text that changed while they read it: shown anew, and nothing is accepted.
  return showTerms(c, { status: 409 })
}

async function doSignOut(c: Req): Promise<Response> {
  const session = getCookie(c, COOKIE)
  if (session) await goOut(c.var.ctx, session)
  deleteCookie(c, COOKIE, { path: '/media' })
  return toSignIn(c)
}

const list = (c: Req, who: Journalist): Promise<Response> => showList(c, who, {})

async function showList(c: Req, who: Journalist, more: { refused?: string; status?: number }): Promise<Response> {
  const { ctx, lang } = c.var
  const [found, offers] = await Promise.all([mediaList(ctx, who), meetingsFor(ctx, who)])
  // Papers they may read now; one whose hour has come stands on the page of the conference.
  const papersOf = (ids: string[]) =>
    found.waiting
      .filter((w) => ids.includes(w.id))
      .map((w) => {
        const { language, part } = partFor(w.content, lang === 'en' ? 'en' : 'zh-CN')
        return { href: itemPath(w.id, language), title: part.title, lang: language }
      })
  const meetings = offers.map((m) => ({ ...m, papers: papersOf(m.papers) }))
  const own = { ...ownOf(c, '/media/'), ...found, meetings, who: namesOf(who), now: ctx.clock.now() }
  const props = { ...own, ...(more.refused ? { refused: more.refused } : {}) }
  return answerPage(c, <MediaListPage {...props} />, more.status ?? 200, { ...SHOWN, ...WITH_FORM })
}

/** What a journalist may not know of answers as if it were not there; what cannot be done now is said on the list. */
async function meet(c: Req, who: Journalist, run: typeof attend): Promise<Response> {
  try {
    await run(c.var.ctx, who, c.req.param('id') as string)
    return c.redirect(`/media/?lang=${c.var.lang}`, 303)
  } catch (err) {
    if (!(err instanceof Refusal) || err.kind !== 'wrong-state') throw err
    return showList(c, who, { refused: t(c.var.lang, `problem.${err.code}`), status: 409 })
  }
}

const namesOf = ({ name, outlet }: Journalist) => ({ name, outlet })

async function release(c: Req, who: Journalist): Promise<Response> {
  const { ctx } = c.var
  await assertPatience(ctx, 'media-read', who.id, READINGS)
  const folder = c.req.param('folder')
  const wanted = LANGUAGES.find((l) => FOLDER[l] === `${folder}/`) ?? null
  if (folder !== undefined && !wanted) throw notFound('release')
  const id = c.req.param('id') as string
  const found = await readPage(ctx, who, id, wanted)
  if ('opened' in found) return opened(c, found.opened)
  const own = ownOf(c, new URL(c.req.url).pathname)
  return answerPage(c, <MediaReleasePage {...own} {...found} who={namesOf(who)} id={id} />, 200, SHOWN)
}

async function file(c: Req, who: Journalist): Promise<Response> {
  const { ctx } = c.var
  await assertPatience(ctx, 'media-read', who.id, READINGS)
  const found = await readFile(ctx, who, c.req.param('id') as string, c.req.param('sha256') as string)
  if ('opened' in found) return opened(c, found.opened)
  return c.body(found.bytes as Uint8Array<ArrayBuffer>, 200, {
    ...SHOWN,
    'content-type': found.file.type,
    'content-disposition': `attachment; filename*=UTF-8''${encoded(found.name)}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'referrer-policy': 'no-referrer',
  })
}

/** RFC 8187 §3.2.1: what encodeURIComponent leaves and the header may not hold. */
const encoded = (name: string): string =>
  encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/** Led on where the public page stands; in the moment before it does, told where it will be. */
async function opened(c: Req, address: string): Promise<Response> {
  if (await c.var.ctx.site.lookup(address)) return c.redirect(address, 303)
  return answerPage(c, <MediaOpenedPage {...ownOf(c, '/media/')} address={address} />)
}
