/** An office with accredited journalists and something under embargo, served as the service serves it. All content is invented (示例). */
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { accredit } from '../../src/audience/accredit.ts'
import { replay } from '../../src/delivery/replay.ts'
import { attach } from '../../src/desk/attach.ts'
import { createRelease } from '../../src/desk/create.ts'
import type { ContentInput } from '../../src/desk/draft.ts'
import { type Clock, HOUR, plus } from '../../src/lib/clock.ts'
import { decide } from '../../src/review/decide.ts'
import { currentSubmission } from '../../src/review/store.ts'
import { submit } from '../../src/review/submit.ts'
import { commitFirstPages } from '../../src/server/first-site.ts'
import type { Actor } from '../../src/staff/member.ts'
import { type App, appOf } from './caller.ts'
import { giveToken } from './office.ts'
import { CLEAR, policyDraft } from './sample.ts'
import { publishNew, type Station, station } from './station.ts'

/** Words that stand nowhere but in the release under embargo: its title, its text, its English, its file. */
export const CANARY = ['苜蓿三八', '密云七九', 'alfalfa-canary', '牧草附件五六', '附件里的话四二'] as const

export type MediaScene = {
  station: Station
  app: App
  url: string
  /** A form or page of the desk, as this member. */
  desk(person: string, path: string, form?: Record<string, string>): Promise<{ status: number; text: string }>
  /** A reader's browser: keeps cookies, follows nothing. */
  browser(): Browser
  /** Written, agreed by everybody and waiting for its time. */
  hold(over?: Partial<ContentInput['core']>): Promise<{ id: string; number: string; sha256: string; opensAt: string }>
  /** Agreed by every step of the chain. */
  agree(id: string): Promise<void>
  /** Renders what is public, as a rebuild does. */
  render(): Promise<void>
  /** Somebody accredited who has come in and accepted. */
  journalist(email?: string): Promise<Browser & { id: string }>
  close(): Promise<void>
}
export type Seen = { status: number; text: string; headers: Headers; location: string }
export type Browser = {
  /** What it would send. */
  cookie(): string
  get(path: string): Promise<Seen>
  post(path: string, form?: Record<string, string>, headers?: Record<string, string>): Promise<Seen>
}

export async function mediaScene(clock?: Clock, env: Record<string, string> = {}): Promise<MediaScene> {
  const names = { SITE_NAME_ZH: '青格勒盟新闻发布', SITE_NAME_EN: 'Qinggele League Press' }
  const s = await station({ ...names, ...env }, clock ? { clock } : {})
  await commitFirstPages(s.ctx, s.ctx.site)
  await publishNew(s, policyDraft({ documentNumber: undefined }))
  const render = () => replay(s.ctx, s.ctx.channels, 0, () => {}).then(() => {})
  await render()
  const app = await appOf(s.ctx)
  const answer = getRequestListener(app.fetch)
  const server = createServer(async (req, res) => {
    if (!(await s.ctx.site.handle(req, res))) await answer(req, res)
  })
  server.keepAliveTimeout = 120_000
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const who = (name: string) => s.people[name] as Actor
  const tokens = new Map<string, string>()

  const browser = (): Browser => {
    let cookie = ''
    const ask = async (path: string, init: RequestInit = {}): Promise<Seen> => {
      const headers = { ...(cookie ? { cookie } : {}), ...(init.headers as Record<string, string>) }
      const res = await fetch(path.startsWith('http') ? path : url + path, { ...init, headers, redirect: 'manual' })
      for (const set of res.headers.getSetCookie()) cookie = (set.split(';')[0] as string).replace(/=$/, '=-')
      return {
        status: res.status,
        text: await res.text(),
        headers: res.headers,
        location: res.headers.get('location') ?? '',
      }
    }
    return {
      cookie: () => cookie,
      get: (path) => ask(path),
      post: (path, form = {}, headers = { 'sec-fetch-site': 'same-origin' }) =>
        ask(path, { method: 'POST', body: new URLSearchParams(form), headers }),
    }
  }

  const agree = async (id: string): Promise<void> => {
    const revisionHash = (await currentSubmission(s.ctx.store.db, id))?.revision_hash as string
    const yes = { revisionHash, verdict: 'approve' as const }
    await decide(s.ctx, who('reviewer'), id, yes)
    await decide(s.ctx, who('confidentiality'), id, { ...yes, confidentiality: CLEAR })
    await decide(s.ctx, who('signer'), id, yes)
  }

  return {
    ...{ station: s, app, url, browser, render, agree },
    async desk(person, path, form) {
      if (!tokens.has(person)) tokens.set(person, await giveToken(s.ctx, person))
      const res = await app.request(path, {
        headers: { authorization: `Bearer ${tokens.get(person)}` },
        ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
      })
      return { status: res.status, text: await res.text() }
    },
    async hold(over = {}) {
      const opensAt = plus(s.ctx.clock.now(), 2 * HOUR)
      const draft = policyDraft(
        { documentNumber: undefined, notBefore: opensAt, embargo: true, ...over },
        `<p>自明年起，${CANARY[1]}补助标准提高。</p>`,
      )
      draft.parts['zh-CN'] = { ...draft.parts['zh-CN'], title: `关于${CANARY[0]}补助的通知` }
      draft.parts.en = { title: `Notice on ${CANARY[2]}`, body: `<p>Support for ${CANARY[2]}.</p>`, blocks: {} }
      const made = await createRelease(s.ctx, who('drafter'), draft)
      const bytes = new TextEncoder().encode(`${CANARY[4]}\n`)
      await attach(s.ctx, who('drafter'), made.id, { name: `${CANARY[3]}.txt`, title: CANARY[3], bytes }, null)
      await submit(s.ctx, who('drafter'), made.id, null)
      await agree(made.id)
      const file = await s.ctx.store.db
        .selectFrom('attachment')
        .select('sha256')
        .where('release_id', '=', made.id)
        .executeTakeFirstOrThrow()
      return { id: made.id, number: made.number, sha256: file.sha256, opensAt: over.notBefore ?? opensAt }
    },
    async journalist(email = 'reporter@news.example') {
      const validUntil = plus(s.ctx.clock.now(), 90 * 24 * HOUR).slice(0, 10)
      const person = { name: '其木格（示例）', outlet: '青格勒日报（示例）', email, validUntil, by: 'hand' }
      const { journalist, link } = await accredit(s.ctx, who('admin'), person)
      const visitor = browser()
      await visitor.post(new URL(link as string).pathname)
      const terms = (await visitor.get('/media/terms')).text
      const version = /name="version" value="([^"]+)"/.exec(terms)?.[1] as string
      await visitor.post('/media/terms', { version, accept: 'yes' })
      return { ...visitor, id: journalist.id }
    },
    async close() {
      server.close()
      server.closeAllConnections()
      await s.close()
    },
  }
}

/** Letters kept because there is no relay, as text. */
export function lettersIn(dir: string): string[] {
  const folder = join(dir, 'outbox')
  const read = (name: string) => readFileSync(join(folder, name), 'latin1')
  const plain = (raw: string) =>
    Buffer.from(
      raw
        .replace(/=\r\n/g, '')
        .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
      'latin1',
    ).toString('utf8')
  try {
    return readdirSync(folder).map((name) => plain(read(name)))
  } catch {
    return []
  }
}
