/** Agencies (region > league > banner, and one unrelated), a member per role in each, topics, areas: who tests act as. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { putArea, putTopic } from '../../src/audience/store.ts'
import { type Config, readConfig } from '../../src/config.ts'
import { type Ctx, closeContext, createContext, type Parts, type Registry } from '../../src/context.ts'
import type { Channel } from '../../src/delivery/channel.ts'
import { fixedClock } from '../../src/lib/clock.ts'
import { newId, newToken, sha256 } from '../../src/lib/id.ts'
import { actorOf, createLogin } from '../../src/staff/auth.ts'
import { DEFAULT_CHAINS } from '../../src/staff/chain.ts'
import { type Actor, ROLES, type Role, type Scope } from '../../src/staff/member.ts'
import { insertAgency, insertMember, insertToken, memberById, updateMember } from '../../src/staff/store.ts'

export const AGENCIES = ['region', 'league', 'banner', 'other'] as const
export type AgencyKey = (typeof AGENCIES)[number]
/** A second drafter, reviewer and signer: what one may not do for themselves a colleague may. */
export const EXTRA = ['drafter2', 'reviewer2', 'signer2'] as const
export type PersonKey = Role | (typeof EXTRA)[number]

const NAMES: Record<AgencyKey, [zh: string, en: string, areas: string[]]> = {
  region: ['示例自治区人民政府（示例）', 'Sample Region (sample)', ['150000', '159900', '159800']],
  league: ['青格勒盟行政公署（示例）', 'Qinggele League (sample)', ['159900', '159921']],
  banner: ['哈日诺尔旗人民政府（示例）', 'Harinur Banner (sample)', ['159921']],
  other: ['乌兰山市人民政府（示例）', 'Ulaanuul City (sample)', ['159800']],
}
const AREAS: [code: string, zh: string, en: string, parent: string | null][] = [
  ['150000', '示例自治区', 'Sample Region', null],
  ['159900', '青格勒盟', 'Qinggele League', '150000'],
  ['159921', '哈日诺尔旗', 'Harinur Banner', '159900'],
  ['159800', '乌兰山市', 'Ulaanuul City', '150000'],
]

export type Office = Awaited<ReturnType<typeof office>>

/** Fills an empty database. `password` is everybody's, where logins are asked for (slow: each is hashed). */
export async function office(ctx: Ctx, { logins = [] as string[] } = {}) {
  const { db } = ctx.store
  const at = ctx.clock.now()
  for (const [code, name_zh, name_en, parent] of AREAS) await putArea(db, { code, name_zh, name_en, parent })
  for (const [i, slug] of ['fire', 'weather', 'farming'].entries())
    await putTopic(db, { slug, name_zh: `主题${slug}`, name_en: slug, position: i })
  const parents: Record<AgencyKey, AgencyKey | null> = { region: null, league: 'region', banner: 'league', other: null }
  for (const key of AGENCIES) {
    const [name_zh, name_en, areas] = NAMES[key]
    await insertAgency(db, {
      id: key,
      parent_id: parents[key],
      slug: key,
      name_zh,
      name_en,
      area_codes: JSON.stringify(areas),
      chains: JSON.stringify(DEFAULT_CHAINS),
      phone_signoff: 0,
      word_list: '',
      created_at: at,
    })
  }
  const actors = {} as Record<AgencyKey, Record<PersonKey, Actor>>
  for (const key of AGENCIES) {
    actors[key] = {} as Record<PersonKey, Actor>
    for (const person of [...ROLES, ...EXTRA]) actors[key][person] = await hire(ctx, key, person)
  }
  for (const memberId of logins) await giveLogin(ctx, memberId)
  return {
    actors,
    /** Shorthand: the league's own people. */
    own: actors.league,
    /** A bearer token of a member, with these scopes (all unless told). */
    token: (memberId: string, scopes?: Scope[], expiresAt?: string) => giveToken(ctx, memberId, scopes, expiresAt),
    password: PASSWORD,
    login: (memberId: string) => giveLogin(ctx, memberId),
  }
}

export const PASSWORD = 'yi-zhan-chuan-ji-2026'
/** Member ids are agency-person: league-drafter. Addresses are at a domain that does not exist. */
export const memberId = (agency: AgencyKey, person: PersonKey): string => `${agency}-${person}`
export const emailOf = (id: string): string => `${id}@ortoo.example`

async function hire(ctx: Ctx, agency: AgencyKey, person: PersonKey): Promise<Actor> {
  const id = memberId(agency, person)
  await insertMember(ctx.store.db, {
    id,
    user_id: null,
    agency_id: agency,
    name: `${agency} ${person}`,
    email: emailOf(id),
    phone: '0000-000000',
    languages: JSON.stringify(['zh-CN', 'en', 'mn-Mong-CN']),
    roles: JSON.stringify([person.replace(/\d$/, '')]),
    active: 1,
    created_at: ctx.clock.now(),
  })
  return actorOf(ctx, (await memberById(ctx.store.db, id))!)
}

async function giveLogin(ctx: Ctx, id: string): Promise<string> {
  const user = await createLogin(ctx, { name: id, email: emailOf(id), password: PASSWORD })
  await updateMember(ctx.store.db, id, { user_id: user })
  return emailOf(id)
}

export async function giveToken(
  ctx: Ctx,
  id: string,
  scopes: Scope[] = ['read', 'write', 'decide', 'admin'],
  expiresAt = '2099-01-01T00:00:00.000Z',
): Promise<string> {
  const token = `ortoo_${newToken()}`
  await insertToken(ctx.store.db, {
    id: newId(),
    hash: sha256(token),
    member_id: id,
    name: 'test',
    scopes: JSON.stringify(scopes),
    created_at: ctx.clock.now(),
    expires_at: expiresAt,
    last_used_at: null,
    revoked_at: null,
  })
  return token
}

/** Outlets that render and send nothing. */
export const silentRegistry: Registry = () => ({
  channels: (['website', 'feeds', 'email', 'webpush'] as const).map(
    (name): Channel => ({
      name,
      audience: name === 'website' || name === 'feeds' ? 'everyone' : 'subscribers',
      ready: () => null,
      variants: () => ['all'],
      prepare: async () => null,
      send: async (_prepared, targets) => targets.map(() => ({ state: 'accepted' as const })),
    }),
  ),
  notReady: {},
})

export type Workplace = { ctx: Ctx; clock: ReturnType<typeof fixedClock>; logged: unknown[]; close(): Promise<void> }

/** A context over an empty SQLite file in a folder of its own, with a clock that stands still. Errors logged are kept. */
export async function workplace(overrides: Partial<Config> = {}, parts: Partial<Parts> = {}): Promise<Workplace> {
  const dir = mkdtempSync(join(tmpdir(), 'ortoo-'))
  const clock = fixedClock()
  const logged: unknown[] = []
  const keep = (...args: unknown[]) => void logged.push(args)
  const ctx = await createContext({
    config: { ...readConfig({ ORTOO_DATA: dir, PUBLIC_URL: 'http://press.example' }), ...overrides },
    registry: silentRegistry,
    log: { info: () => {}, debug: () => {}, warn: () => {}, error: keep } as never,
    clock,
    ...parts,
  })
  return {
    ctx,
    clock,
    logged,
    async close() {
      await closeContext(ctx)
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
