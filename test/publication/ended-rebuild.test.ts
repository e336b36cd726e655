/** A warning that was lifted and a danger declared over, made again from rows: every file the same to the byte, after each step and as time goes on. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { runsOfRelease } from '../../src/delivery/run-store.ts'
import { carryTurns } from '../../src/delivery/turns.ts'
import { createRelease } from '../../src/desk/create.ts'
import type { ContentInput } from '../../src/desk/draft.ts'
import { saveDraft } from '../../src/desk/save.ts'
import { closeIncident } from '../../src/incident/close.ts'
import { openIncident } from '../../src/incident/open.ts'
import { HOUR, MINUTE, plus } from '../../src/lib/clock.ts'
import { beginEnding } from '../../src/publication/ending.ts'
import { publishApproved } from '../../src/publication/publish.ts'
import { commitFirstPages } from '../../src/server/first-site.ts'
import { openStore } from '../../src/store/open.ts'
import { ortoo } from '../cli/terminal.ts'
import { needs, startPostgres } from '../support/backends.ts'
import { type Morning, morning } from '../support/morning.ts'
import { fireWarning } from '../support/sample.ts'

let m: Morning
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  expect(m.errors).toEqual([])
})

const now = () => m.clock.now()
const fire = () =>
  fireWarning(
    now(),
    {},
    {
      en: {
        title: 'Orange grassland fire warning',
        blocks: { facts: 'The danger of fire is high.', advice: 'Light no fire outdoors.' },
        body: '',
      },
    },
  )

/** Everything ordered so far has been written to the public trees, by the workers themselves. */
async function rendered(id: string, editions: number): Promise<void> {
  for (let i = 0; i < 600; i++) {
    const runs = (await runsOfRelease(m.ctx.store.db, id)).filter((r) => r.outlet === 'website' || r.outlet === 'feeds')
    if (runs.length === 2 * editions && runs.every((r) => r.state === 'done')) return
    await sleep(25)
  }
  throw new Error(`never rendered: ${JSON.stringify(m.errors)}`)
}
async function published(content: ContentInput): Promise<{ id: string; number: string }> {
  const release = await createRelease(m.ctx, m.who('drafter'), content)
  await out(release.id, 1)
  return release
}
async function out(id: string, edition: number): Promise<void> {
  await m.agree(id)
  await publishApproved(m.ctx, id, 'signer')
  await rendered(id, edition)
}
const get = (path: string) => fetch(`${m.url}${path}`).then((r) => r.text())
async function rebuildsEqual(after: string, ...args: string[]): Promise<void> {
  const said = await ortoo({ env: {}, ctx: m.ctx }, 'site', 'rebuild', ...args)
  expect([after, said.status], said.out.join('\n')).toEqual([after, 0])
}
/** Every live file there is, by its path: what a rebuild may not change. */
async function everyFile(): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const tree of ['website', 'feeds'] as const)
    for await (const hit of m.ctx.site.walk(tree)) found.set(hit.path, `${hit.status} ${hit.hash}`)
  return found
}

describe.each(needs('postgres') ? (['sqlite', 'postgres'] as const) : (['sqlite'] as const))('over %s', (backend) => {
  test('a warning that is lifted and a danger declared over are the same made again, also when its hour has passed', async () => {
    const cluster = backend === 'postgres' ? await startPostgres() : null
    if (cluster) closing.push(() => cluster.stop())
    m = await morning({}, cluster ? { store: await openStore({ databaseUrl: await cluster.fresh() }) } : {})
    closing.push(() => m.close())
    await commitFirstPages(m.ctx, m.ctx.site)
    const work = await m.work()
    closing.push(() => work.stop())

    const warning = await published(fire())
    await rebuildsEqual('a warning', '--compare')

    await beginEnding(m.ctx, m.who('drafter'), warning.id)
    const { warningLevel, cap, expiresAt, ...core } = fire().core
    const lifted = (facts: string): ContentInput => ({
      core,
      parts: {
        'zh-CN': {
          title: '青格勒盟解除草原火险橙色预警',
          changeNote: '本预警已解除：普降大雪。',
          blocks: { facts, advice: '请继续注意野外用火。' },
          body: '',
        },
        en: {
          title: 'Orange grassland fire warning lifted',
          changeNote: 'This warning is lifted: it has snowed.',
          blocks: { facts: 'It has snowed everywhere.', advice: 'Go on being careful with fire.' },
          body: '',
        },
      },
      attachments: [],
    })
    await saveDraft(m.ctx, m.who('drafter'), warning.id, lifted('普降大雪，火险等级已降低。'), null)
    await out(warning.id, 2)
    expect(await get(`/cap/ortoo-${warning.number}-2.xml`)).toContain('<msgType>Cancel</msgType>')
    expect(await get(`/releases/${warning.number}/`)).toContain('本预警已解除')
    await rebuildsEqual('lifted', '--compare')

    const incident = await openIncident(m.ctx, m.who('drafter'), {
      titleZh: '草原火灾',
      class: 'natural',
      areas: ['159921'],
      knownAt: plus(now(), -HOUR),
    })
    const clear = await published({
      core: {
        ...{ kind: 'all-clear', incidentId: incident.id, asOf: now() },
        ...{ areas: ['159921'], topics: ['fire'], contacts: fire().core.contacts },
      },
      parts: {
        'zh-CN': { title: '草原火灾险情已解除', blocks: { facts: '明火扑灭。', advice: '请注意余火。' }, body: '' },
      },
      attachments: [],
    })
    expect(await get(`/releases/${clear.number}/`)).toContain('险情解除')
    await rebuildsEqual('all clear', '--compare')

    // The hour at which the warning would have ended by itself passes, and the incident is closed: neither says anything new of it.
    m.clock.to(plus(now(), 7 * HOUR))
    await carryTurns(m.ctx)
    await closeIncident(m.ctx, m.who('signer'), incident.id)
    m.clock.to(plus(now(), MINUTE))
    await carryTurns(m.ctx)
    expect(await get(`/releases/${warning.number}/`)).not.toContain('有效期已过')
    await rebuildsEqual('the hour of its end', '--compare')

    // Put in place of what stands there, nothing is another byte; and what is another byte is found.
    const before = await everyFile()
    expect([...before.keys()]).toEqual(expect.arrayContaining([`/cap/ortoo-${warning.number}-2.xml`]))
    await rebuildsEqual('put in place')
    expect(await everyFile()).toEqual(before)
    const path = `/cap/ortoo-${warning.number}-2.xml`
    const forged = { path, type: 'application/cap+xml', body: '<alert/>' }
    await m.ctx.site.commit('feeds', 'live', 1_000_000, [forged])
    const said = await ortoo({ env: {}, ctx: m.ctx }, 'site', 'rebuild', '--compare')
    expect([said.status, said.out.join('\n').includes(path)]).toEqual([1, true])
  }, 90_000)
})
