/** Fills an empty sample folder: places, bodies, people, two nights of roster, 500 subscribers. Straight into rows, before the service starts. */
import type { PushSink } from '../../test/support/push-sink.ts'
import type { SmtpSink } from '../../test/support/smtp-sink.ts'
import { insertSubscriber, putArea, putTopic, setInterests } from '../audience/store.ts'
import type { Ctx } from '../context.ts'
import { DAY, HOUR, plus } from '../lib/clock.ts'
import { newId, newToken, sha256 } from '../lib/id.ts'
import { createLogin } from '../staff/auth.ts'
import { DEFAULT_CHAINS } from '../staff/chain.ts'
import { insertAgency, insertDuty, insertMember, insertToken, updateMember } from '../staff/store.ts'
import { BODIES, DUTIES, PEOPLE, PLACES, TOPICS } from './cast.ts'

export type Seeded = {
  /** Bearer token by member id. */
  tokens: Map<string, string>
  logins: { name: string; email: string }[]
  password: string
  readers: number
  /** From now on some mailboxes and browsers are gone, refuse us, or take their time. */
  misbehave(): void
}

const ADDRESS = 'ortoo.example'
/** A number that no exchange connects. */
export const PHONE = '0000-0000000'

export async function seed(ctx: Ctx, sinks: { smtp: SmtpSink; push: PushSink }): Promise<Seeded> {
  await places(ctx)
  await bodies(ctx)
  const password = newToken().slice(0, 16)
  const { tokens, logins } = await people(ctx, password)
  await roster(ctx)
  return { tokens, logins, password, ...(await readers(ctx, sinks)) }
}

async function places({ store: { db } }: Ctx): Promise<void> {
  for (const { code, zh, en, parent } of PLACES) await putArea(db, { code, name_zh: zh, name_en: en, parent })
  for (const [i, [slug, zh, en]] of TOPICS.entries())
    await putTopic(db, { slug, name_zh: zh, name_en: en, position: i + 1 })
}

async function bodies({ store: { db }, clock }: Ctx): Promise<void> {
  for (const body of BODIES)
    await insertAgency(db, {
      id: body.slug,
      parent_id: body.parent,
      slug: body.slug,
      name_zh: body.zh,
      name_en: body.en,
      area_codes: JSON.stringify(body.areas),
      chains: JSON.stringify(body.chains ?? DEFAULT_CHAINS),
      phone_signoff: 0,
      word_list: '',
      created_at: clock.now(),
    })
}

async function people(ctx: Ctx, password: string): Promise<Pick<Seeded, 'tokens' | 'logins'>> {
  const { db } = ctx.store
  const now = ctx.clock.now()
  const tokens = new Map<string, string>()
  const logins: Seeded['logins'] = []
  for (const p of PEOPLE) {
    const email = `${p.id}@${ADDRESS}`
    await insertMember(db, {
      id: p.id,
      user_id: null,
      agency_id: p.body,
      name: p.name,
      email,
      phone: PHONE,
      languages: '["zh-CN","en","mn-Mong-CN"]',
      roles: JSON.stringify(p.roles),
      active: 1,
      created_at: now,
    })
    const token = `ortoo_${newToken()}`
    await insertToken(db, {
      id: newId(ctx.clock.ms()),
      hash: sha256(token),
      member_id: p.id,
      name: 'demo',
      scopes: '["read","write","decide"]',
      created_at: now,
      expires_at: plus(now, DAY),
      last_used_at: null,
      revoked_at: null,
    })
    tokens.set(p.id, token)
    if (!p.login) continue
    await updateMember(db, p.id, { user_id: await createLogin(ctx, { name: p.name, email, password }) })
    logins.push({ name: p.name, email })
  }
  return { tokens, logins }
}

/** Tonight and tomorrow night, from six in the evening to eight in the morning by the clock of the place. */
async function roster({ store: { db }, clock }: Ctx): Promise<void> {
  const evening = `${plus(clock.now(), 8 * HOUR).slice(0, 10)}T10:00:00.000Z`
  for (const night of [0, 1])
    for (const [id, role, backup] of DUTIES)
      await insertDuty(db, {
        id: newId(clock.ms()),
        agency_id: id.split('-')[0] as string,
        member_id: id,
        role,
        backup,
        starts_at: plus(evening, night * DAY),
        ends_at: plus(evening, night * DAY + 14 * HOUR),
      })
}

const MAILS = 420
const BROWSERS = 80

/** Most want everything; some a topic, some a banner; a few read English. Every so many one will misbehave. */
async function readers(
  ctx: Ctx,
  { smtp, push }: { smtp: SmtpSink; push: PushSink },
): Promise<Pick<Seeded, 'readers' | 'misbehave'>> {
  const addressOf = (n: number) => `reader${n}@mail.example`
  for (let n = 0; n < MAILS; n++) await enrol(ctx, 'email', addressOf(n), n)
  const browsers: string[] = []
  for (let n = 0; n < BROWSERS; n++) {
    const { id, endpoint, keys } = push.subscribe()
    browsers.push(id)
    await enrol(ctx, 'webpush', endpoint, n, JSON.stringify(keys))
  }
  return {
    readers: MAILS + BROWSERS,
    misbehave() {
      for (let n = 7; n < MAILS; n += 60) smtp.script(addressOf(n), '550')
      for (let n = 11; n < MAILS; n += 140) smtp.script(addressOf(n), '550-policy')
      for (let n = 12; n < MAILS; n += 90) smtp.script(addressOf(n), { stall: 150 })
      for (let n = 6; n < BROWSERS; n += 20) push.script(browsers[n] as string, 410)
    },
  }
}

const BANNERS = ['159921', '159922', '159923']

async function enrol(ctx: Ctx, kind: 'email' | 'webpush', address: string, n: number, keys: string | null = null) {
  const at = ctx.clock.now()
  const topics = n % 5 === 3 ? [TOPICS[n % TOPICS.length]?.[0] as string] : []
  const areas = n % 7 === 4 ? [BANNERS[n % 3] as string] : []
  const id = await insertSubscriber(ctx.store.db, {
    kind,
    address,
    keys,
    token: newToken(),
    state: 'active',
    mode: 'live',
    language: n % 12 === 5 ? 'en' : 'zh-CN',
    urgency: n % 9 === 8 ? 'critical' : 'normal',
    frequency: 'at-once',
    all_topics: topics.length ? 0 : 1,
    all_areas: areas.length ? 0 : 1,
    created_at: at,
    confirmed_at: at,
    left_at: null,
  })
  await setInterests(ctx.store.db, id, topics, areas)
}
