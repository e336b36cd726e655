/** Outlets with their last test, and letters that could not leave. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { countMatching } from '../../audience/count.ts'
import type { Ctx } from '../../context.ts'
import { retireCanary } from '../../delivery/canary.ts'
import { inviteCanary } from '../../delivery/canary-push.ts'
import { canaries, lastSeen } from '../../delivery/canary-store.ts'
import { TESTABLE, testOutlet } from '../../delivery/outlet-test.ts'
import { lastTest } from '../../delivery/outlet-test-store.ts'
import { mayOn, standing } from '../../desk/gate.ts'
import { notFound } from '../../lib/errors.ts'
import type { Actor } from '../../staff/member.ts'
import { letterByName, letters } from '../desk-store.ts'
import type { App, Req } from '../env.ts'
import { actorIn, mayAtHome } from '../guards/route.ts'
import { LetterPage, OutboxPage, OutletsPage } from '../views/outlets.tsx'
import { frameOf, goTo, page, screen } from './desk-frame.ts'
import { mountManualTest } from './desk-manual-test.tsx'
import { readLetter } from './letter-text.ts'

const SHOWN = 200

export function mountOutlets(app: App): void {
  screen(app, { method: 'get', path: '/desk/outlets', act: 'outlet.read' }, (c) => outlets(c))
  screen(app, { method: 'post', path: '/desk/outlets/canaries', act: 'outlet.canary' }, async (c) =>
    outlets(c, await inviteCanary(c.var.ctx, actorIn(c))),
  )
  screen(app, { method: 'post', path: '/desk/outlets/canaries/{id}/retire', act: 'outlet.canary' }, async (c) => {
    await retireCanary(c.var.ctx, actorIn(c), Number(c.req.param('id')))
    return goTo(c, '/desk/outlets', 'canary-retired')
  })
  screen(app, { method: 'get', path: '/desk/outbox', act: 'outbox.read' }, outbox)
  screen(app, { method: 'get', path: '/desk/outbox/{name}', act: 'outbox.read' }, letter)
  mountManualTest(app)
  screen(app, { method: 'post', path: '/desk/outlets/{name}/test', act: 'outlet.test' }, async (c) => {
    const { outcome } = await testOutlet(c.var.ctx, actorIn(c), c.req.param('name') as string)
    return goTo(c, '/desk/outlets', outcome === 'accepted' ? 'outlet-tested' : 'outlet-not-taken')
  })
}

async function outlets(c: Req, invitation?: { url: string }): Promise<Response> {
  const { ctx } = c.var
  const by = actorIn(c)
  const lines = await Promise.all(
    ctx.channels.map(async (ch) => ({
      name: ch.name,
      everyone: ch.audience === 'everyone',
      subscribers: ch.serves ? await activeOf(ctx, ch.serves) : null,
      ...(ctx.notReady[ch.name] ? { notReady: ctx.notReady[ch.name] as string } : {}),
      mayTest: (ch.name === 'manual' || TESTABLE.some((n) => n === ch.name)) && mayAtHome(by, 'outlet.test'),
      test: (await lastTest(ctx.store.db, ch.name)) ?? null,
    })),
  )
  const kept = mayAtHome(by, 'outbox.read') && !ctx.config.smtp ? (await readable(ctx, by)).length : null
  const canaries = {
    canaries: await canaryLines(ctx),
    mayChange: mayAtHome(by, 'outlet.canary'),
    ...(invitation ? { invitation } : {}),
  }
  return page(c, <OutletsPage f={await frameOf(c)} outlets={lines} letters={kept} canaries={canaries} />)
}

/** Everybody an outlet could reach: the most urgent release for everyone. */
async function activeOf(ctx: Ctx, kind: string): Promise<number> {
  const { atOnce, inDigests } = await countMatching(ctx, kind, 'live', { topics: [], areas: [], urgency: 'critical' })
  return atOnce + inDigests
}

const canaryLines = async (ctx: Ctx) =>
  Promise.all(
    (await canaries(ctx.store.db)).map(async (c) => ({
      id: c.subscriber_id,
      kind: c.kind,
      name: c.name,
      lastSeen: await lastSeen(ctx.store.db, c.subscriber_id),
    })),
  )

/** Letters of releases this person may read now: what has been sealed since is not listed. */
async function readable(ctx: Ctx, by: Actor) {
  const rows = await letters(ctx.store.db, SHOWN)
  const releases = new Map<string, boolean>()
  for (const id of new Set(rows.map((r) => r.id)))
    releases.set(id, mayOn('release.read', by, await standing(ctx.store.db, by, id)).ok)
  return rows.filter((r) => releases.get(r.id))
}

async function outbox(c: Req): Promise<Response> {
  const rows = await readable(c.var.ctx, actorIn(c))
  const lines = rows.map((r) => ({ name: r.name, at: r.kept_at, number: r.number }))
  return page(c, <OutboxPage f={await frameOf(c)} letters={lines} />)
}

async function letter(c: Req): Promise<Response> {
  const { ctx } = c.var
  const row = await letterByName(ctx.store.db, c.req.param('name') as string)
  if (!row) throw notFound('letter')
  const at = await standing(ctx.store.db, actorIn(c), row.release_id)
  if (!mayOn('release.read', actorIn(c), at).ok) throw notFound('letter')
  // The name comes from the row, never from the address.
  const source = await readFile(join(ctx.config.dataDir, 'outbox', row.name)).catch(() => null)
  if (!source) throw notFound('letter')
  return page(
    c,
    <LetterPage
      f={await frameOf(c, at.release.mode as 'live')}
      letter={{ name: row.name, ...readLetter(source.toString('latin1')) }}
    />,
  )
}
