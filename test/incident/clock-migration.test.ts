/** An office that brings clocks from before loses none: rule, version, times and what became of them, over each backend. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { clockEvents, stateOf } from '../../src/incident/clock-store.ts'
import { type ClockEvent, replay } from '../../src/incident/clocks.ts'
import { migrate } from '../../src/store/migrate.ts'
import { migrations } from '../../src/store/migrations/index.ts'
import { openStore } from '../../src/store/open.ts'
import { needs, startPostgres } from '../support/backends.ts'

const AT = '2026-11-23T06:00:00.000Z'
const OLD = [
  // id, subject, rule, started, due, met, breached, agency
  ['c1', 'incident:i1', 'first-information', AT, '2026-11-23T11:00:00.000Z', null, null, 'league'],
  ['c2', 'edition:e1', 'post-review', AT, '2026-11-24T06:00:00.000Z', '2026-11-23T08:00:00.000Z', null, 'league'],
  ['c3', 'release:r1', 'leak-report', AT, '2026-11-24T06:00:00.000Z', null, '2026-11-24T06:00:09.000Z', 'league'],
  [
    'c4',
    'release:r1:0',
    'phone-confirm',
    AT,
    '2026-11-23T18:00:00.000Z',
    '2026-11-23T20:00:00.000Z',
    '2026-11-23T18:00:04.000Z',
    'league',
  ],
  ['c5', 'fault:f1', 'fault-answer', AT, '2026-11-26T15:59:59.999Z', null, null, 'league'],
] as const

test.each(['sqlite', 'postgres'] as const)(
  'clocks from before are all there, over %s',
  async (backend) => {
    if (backend === 'postgres' && !needs('postgres')) return
    const cluster = backend === 'postgres' ? await startPostgres() : null
    const dir = mkdtempSync(join(tmpdir(), 'ortoo-'))
    const store = await openStore({ databaseUrl: cluster ? await cluster.fresh() : `sqlite:${join(dir, 'a.db')}` })
    try {
      const { db } = store
      await migrate(
        store,
        migrations.slice(
          0,
          migrations.findIndex((m) => m.name === '0021-clocks'),
        ),
      )
      const put = (text: string) => sql.raw(text).execute(db)
      await put(`insert into agency (id, slug, name_zh, name_en, area_codes, chains, created_at)
        values ('league', 'league', '盟', 'League', '[]', '{}', '${AT}')`)
      await put(`insert into member (id, agency_id, name, email, languages, roles, created_at)
        values ('m', 'league', '甲', 'm@ortoo.example', '[]', '[]', '${AT}')`)
      await put(`insert into incident (id, number, agency_id, title_zh, title_en, class, grade, areas, known_at, created_at)
        values ('i1', 'I2026-0001', 'league', '火灾', '', 'natural', 'major', '[]', '${AT}', '${AT}')`)
      await put(`insert into release (id, number, agency_id, kind, lane, mode, state, face, edition_type, created_by, created_at, updated_at)
        values ('r1', '2026-000001', 'league', 'notice', 'routine', 'live', 'quarantined', 'none', 'first', 'm', '${AT}', '${AT}')`)
      await put(`insert into edition (id, sequence, release_id, number, type, mode, revision, revision_hash, faces, template_digest, seal, published_at, first_published_at)
        values ('e1', 1, 'r1', 1, 'takedown', 'live', 1, 'h', '{}', 'd', 's', '${AT}', '${AT}')`)
      await put(`insert into fault (id, number, code_hash, page, agency_id, what, body, language, at, state)
        values ('f1', 'F2026-00001', 'x', '/', 'league', 'link', '', 'zh', '${AT}', 'open')`)
      await put(`insert into alarm (id, cause, subject, since) values ('a1', 'clock-breached', 'release:r1', '${AT}')`)
      const q = (v: string | null) => (v === null ? 'null' : `'${v}'`)
      for (const [id, subject, rule, started, due, met, breached] of OLD)
        await put(`insert into clock (id, subject, rule, rule_version, started_at, due_at, met_at, breached_at)
          values ('${id}', '${subject}', '${rule}', 'v', '${started}', '${due}', ${q(met)}, ${q(breached)})`)
      expect(await migrate(store)).toContain('0021-clocks')
      const rows = await db.selectFrom('clock').selectAll().orderBy('id').execute()
      expect(
        rows.map((c) => [c.id, c.subject, c.rule, c.started_at, c.due_at, c.met_at, c.breached_at, c.agency_id]),
      ).toEqual(OLD.map((c) => [...c]))
      for (const row of rows) {
        const events = await clockEvents(db, [row.id])
        const told = events.map((e) => ({ kind: e.kind, at: e.at, started: e.started_at, due: e.due_at }) as ClockEvent)
        expect(replay(told)).toEqual(stateOf(row))
      }
      // What was late before is told under its own clock from now on, so that meeting it ends the alarm.
      expect((await db.selectFrom('alarm').select('subject').execute())[0]?.subject).toBe('clock:c3')
    } finally {
      await store.close()
      await cluster?.stop()
      rmSync(dir, { recursive: true, force: true })
    }
  },
  60_000,
)
