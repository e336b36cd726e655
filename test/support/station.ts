/** A whole station in this process: context, public server on a free port, real sinks, people. For tests below the HTTP API. */
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { outlets } from '../../channels/index.ts'
import { putArea, putTopic } from '../../src/audience/store.ts'
import { readConfig } from '../../src/config.ts'
import { type Ctx, closeContext, createContext, type Log } from '../../src/context.ts'
import { recountRuns } from '../../src/delivery/recount.ts'
import { type RunRow, runsOfRelease } from '../../src/delivery/run-store.ts'
import { createRelease } from '../../src/desk/create.ts'
import { publishApproved } from '../../src/publication/publish.ts'
import { decide } from '../../src/review/decide.ts'
import { currentSubmission } from '../../src/review/store.ts'
import { submit } from '../../src/review/submit.ts'
import { DEFAULT_CHAINS } from '../../src/staff/chain.ts'
import type { Actor, Role } from '../../src/staff/member.ts'
import { SCOPES } from '../../src/staff/member.ts'
import { insertAgency, insertMember } from '../../src/staff/store.ts'
import { startWork } from '../../src/work.ts'
import { CLEAR } from './sample.ts'

export type Station = {
  ctx: Ctx
  dir: string
  url: string
  people: Record<string, Actor>
  /** Everything logged at error level: a test that did not ask for it fails. */
  errors: object[]
  work(): Promise<{ stop(): Promise<void> }>
  close(): Promise<void>
}

const PEOPLE: [name: string, roles: Role[]][] = [
  ['drafter', ['drafter']],
  ['drafter2', ['drafter']],
  ['reviewer', ['reviewer']],
  ['reviewer2', ['reviewer']],
  ['confidentiality', ['confidentiality']],
  ['signer', ['signer']],
  ['signer2', ['signer']],
  ['admin', ['admin']],
  ['auditor', ['auditor']],
]

export async function station(
  env: Record<string, string> = {},
  parts: Partial<Parameters<typeof createContext>[0]> = {},
): Promise<Station> {
  const dir = await mkdtemp(join(tmpdir(), 'ortoo-'))
  const handler: { ctx?: Ctx } = {}
  const server = createServer(async (req, res) => {
    if (!(await handler.ctx?.site.handle(req, res))) res.writeHead(404).end()
  })
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const errors: object[] = []
  const log = { info() {}, debug() {}, warn() {}, error: (o: object) => void errors.push(o) } as unknown as Log
  const config = readConfig({
    ORTOO_DATA: dir,
    PUBLIC_URL: url,
    SITE_MARK: '示例',
    SWEEP_FLASH_S: '0.1',
    SWEEP_ROUTINE_S: '0.2',
    ...env,
  })
  const ctx = await createContext({ config, registry: outlets, log, ...parts })
  handler.ctx = ctx
  const people = await hire(ctx)
  return {
    ctx,
    dir,
    url,
    people,
    errors,
    work: () => startWork(ctx, { alone: true }),
    async close() {
      server.close()
      server.closeAllConnections()
      await closeContext(ctx)
      await rm(dir, { recursive: true, force: true })
    },
  }
}

async function hire(ctx: Ctx): Promise<Record<string, Actor>> {
  const { db } = ctx.store
  const at = ctx.clock.now()
  await insertAgency(db, {
    id: 'league',
    parent_id: null,
    slug: 'qinggele',
    name_zh: '青格勒盟（示例）',
    name_en: 'Qinggele League (sample)',
    area_codes: '["159900"]',
    chains: JSON.stringify(DEFAULT_CHAINS),
    phone_signoff: 0,
    word_list: '',
    created_at: at,
  })
  await putArea(db, { code: '159900', name_zh: '青格勒盟（示例）', name_en: 'Qinggele League (sample)', parent: null })
  await putArea(db, {
    code: '159921',
    name_zh: '哈日诺尔旗（示例）',
    name_en: 'Hari Nuur Banner (sample)',
    parent: '159900',
  })
  await putTopic(db, { slug: 'fire', name_zh: '草原火灾', name_en: 'Grassland fire', position: 1 })
  await putTopic(db, { slug: 'policy', name_zh: '政策', name_en: 'Policy', position: 2 })
  const people: Record<string, Actor> = {}
  for (const [name, roles] of PEOPLE) {
    await insertMember(db, {
      id: name,
      user_id: null,
      agency_id: 'league',
      name,
      email: `${name}@league.example`,
      phone: '',
      languages: '["zh-CN","en","mn-Mong-CN"]',
      roles: JSON.stringify(roles),
      active: 1,
      created_at: at,
    })
    people[name] = {
      memberId: name,
      name,
      agencyId: 'league',
      ancestors: [],
      roles,
      languages: ['zh-CN', 'en', 'mn-Mong-CN'],
      scopes: SCOPES,
    }
  }
  return people
}

/** Submits a draft, has it agreed by three and publishes it; a flash is signed by one. */
export async function agreeAndPublish(s: Station, id: string, lane: 'routine' | 'flash' = 'routine'): Promise<void> {
  await submit(s.ctx, s.people['drafter'] as Actor, id, null)
  await agree(s, id, lane)
}

/** Has what was submitted agreed and publishes it. */
export async function agree(s: Station, id: string, lane: 'routine' | 'flash' = 'routine'): Promise<void> {
  const who = (name: string) => s.people[name] as Actor
  const revisionHash = (await currentSubmission(s.ctx.store.db, id))?.revision_hash as string
  const yes = { revisionHash, verdict: 'approve' as const }
  if (lane === 'routine') {
    await decide(s.ctx, who('reviewer'), id, yes)
    await decide(s.ctx, who('confidentiality'), id, { ...yes, confidentiality: CLEAR })
    await decide(s.ctx, who('signer'), id, yes)
  } else await decide(s.ctx, who('signer'), id, { ...yes, confidentiality: CLEAR })
  await publishApproved(s.ctx, id, 'signer')
}

/** @returns the id of the release */
export async function publishNew(s: Station, draft: unknown, lane: 'routine' | 'flash' = 'routine'): Promise<string> {
  const { id } = await createRelease(s.ctx, s.people['drafter'] as Actor, draft)
  await agreeAndPublish(s, id, lane)
  return id
}

/** Waits until the run of an outlet is as the test wants it. */
export async function runUntil(
  s: Station,
  releaseId: string,
  outlet: string,
  there: (run: RunRow) => boolean,
  ms = 15_000,
): Promise<RunRow> {
  let last: RunRow | undefined
  for (const end = Date.now() + ms; Date.now() < end; await sleep(25)) {
    last = (await runsOfRelease(s.ctx.store.db, releaseId)).filter((r) => r.outlet === outlet).at(-1)
    if (last && there(last)) return last
  }
  throw new Error(`never came so far: ${JSON.stringify(last)} ${JSON.stringify(s.errors)}`)
}

/** Counters are the rows, and the rows are the audience. */
export async function assertEquation(s: Station): Promise<void> {
  const { faults } = await recountRuns(s.ctx)
  if (faults.length) throw new Error(`counters differ from rows: ${JSON.stringify(faults)}`)
}
