/** A whole station in this process: context, public server on a free port, real sinks, people. For tests below the HTTP API. */
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { outlets } from '../../channels/index.ts'
import { putArea, putTopic } from '../../src/audience/store.ts'
import { readConfig } from '../../src/config.ts'
import { type Ctx, closeContext, createContext, type Log } from '../../src/context.ts'
import { DEFAULT_CHAINS } from '../../src/staff/chain.ts'
import type { Actor, Role } from '../../src/staff/member.ts'
import { SCOPES } from '../../src/staff/member.ts'
import { insertAgency, insertMember } from '../../src/staff/store.ts'
import { startWork } from '../../src/work.ts'

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
