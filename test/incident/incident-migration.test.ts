/** An office that brings what it has from before, in every table the newer ones change: their updates are numbered, and words beside them may be emptied at the end and only then. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { emptyPersonal, personalOfIncident } from '../../src/incident/personal-store.ts'
import { compactDatabase } from '../../src/store/compact.ts'
import { migrate } from '../../src/store/migrate.ts'
import { migrations } from '../../src/store/migrations/index.ts'
import { openStore } from '../../src/store/open.ts'
import { needs, startPostgres } from '../support/backends.ts'

const AT = '2026-11-23T06:00:00.000Z'

test.each(['sqlite', 'postgres'] as const)(
  'what was there before the end is permanent, and afterwards gives up its words alone, over %s',
  async (backend) => {
    if (backend === 'postgres' && !needs('postgres')) return
    const cluster = backend === 'postgres' ? await startPostgres() : null
    const dir = mkdtempSync(join(tmpdir(), 'ortoo-'))
    const store = await openStore({ databaseUrl: cluster ? await cluster.fresh() : `sqlite:${join(dir, 'a.db')}` })
    try {
      const { db } = store
      const before = migrations.findIndex((m) => m.name === '0022-accounts')
      await migrate(store, migrations.slice(0, before))
      const put = (text: string) => sql.raw(text).execute(db)
      await put(`insert into agency (id, slug, name_zh, name_en, area_codes, chains, created_at)
        values ('league', 'league', '盟', 'League', '[]', '{}', '${AT}')`)
      await put(`insert into member (id, agency_id, name, email, languages, roles, created_at)
        values ('m', 'league', '甲', 'm@ortoo.example', '[]', '[]', '${AT}')`)
      await put(`insert into incident (id, number, agency_id, title_zh, title_en, class, grade, areas, known_at, created_at)
        values ('i1', 'I2026-0001', 'league', '火灾', '', 'natural', 'major', '[]', '${AT}', '${AT}')`)
      for (const [i, [id, mode]] of [
        ['r2', 'live'],
        ['r1', 'live'],
        ['r3', 'exercise'],
      ].entries()) {
        await put(`insert into release (id, number, agency_id, incident_id, kind, lane, mode, state, face, edition_type, created_by, created_at, updated_at)
          values ('${id}', '2026-00000${i}', 'league', 'i1', 'incident-update', 'flash', '${mode}', 'published', 'live', 'first', 'm', '${AT}', '${AT}')`)
        await put(`insert into edition (id, sequence, release_id, number, type, mode, revision, revision_hash, faces, template_digest, seal, published_at, first_published_at)
          values ('e${i}', ${i + 1}, '${id}', 1, 'takedown', '${mode}', 1, 'h', '{}', 'd', 's', '${AT}', '2026-11-23T0${i + 1}:00:00.000Z')`)
      }
      await put(`insert into incident_fact (incident_id, what, value, as_of, source, explanation, recorded_by, recorded_at)
        values ('i1', 'deaths', '3', '${AT}', '张三', '李四', 'm', '${AT}')`)
      await put(`insert into clock (id, subject, rule, rule_version, agency_id, started_at, look_at)
        values ('c1', 'incident:i1', 'first-information', 'v', 'league', '${AT}', '${AT}')`)
      await put(`insert into clock_event (clock_id, at, kind, why) values ('c1', '${AT}', 'started', '王五')`)
      await put(`insert into auth_user (id, name, email, "emailVerified", "createdAt", "updatedAt")
        values ('u', '甲', 'm@ortoo.example', ${backend === 'postgres' ? 'true' : 1}, '${AT}', '${AT}')`)
      await put(`insert into topic (slug, name_zh, name_en, position) values ('fire', '火', 'Fire', 1)`)
      await put(`insert into area (code, name_zh, name_en) values ('150000', '区', 'Region')`)
      await put(`insert into revision (id, release_id, ordinal, hash, salt, content, part_hashes, cycle, saved_by, saved_at)
        values ('v1', 'r1', 1, 'h', 's', '{}', '{}', 0, 'm', '${AT}')`)
      await put(`insert into member (id, agency_id, name, email, languages, roles, created_at)
        values ('n', 'league', '乙', 'n@ortoo.example', '[]', '[]', '${AT}')`)
      await put(`insert into submission (id, release_id, cycle, revision, revision_hash, chain, submitted_by, submitted_at, state)
        values ('s1', 'r1', 0, 1, 'h', '[]', 'm', '${AT}', 'published')`)
      await put(`insert into decision (id, release_id, cycle, submission_id, revision, revision_hash, parts, step, duties, member_id, verdict, at)
        values ('d1', 'r1', 0, 's1', 1, 'h', '{}', 'sign', '[]', 'n', 'approve', '${AT}')`)
      expect(await migrate(store)).toEqual(migrations.slice(before).map((m) => m.name))
      // What was there is as it was, with nothing new said of it.
      const one = (table: string) => sql.raw(`select * from ${table} limit 1`).execute(db)
      const said = await Promise.all(['incident', 'topic', 'area', 'revision', 'decision'].map(one))
      const row = Object.assign({}, ...said.map((r) => r.rows[0])) as Record<string, unknown>
      const fresh = ['mode', 'retired_at', 'name_mn', 'derived_from', 'on_behalf_of'].map((c) => row[c])
      expect(fresh).toEqual(['live', null, '', null, null])
      expect(await compactDatabase(store)).toBe(true)

      const numbers = await db.selectFrom('series_number').selectAll().orderBy('mode').orderBy('number').execute()
      expect(numbers.map((n) => [n.release_id, n.mode, Number(n.number)])).toEqual([
        ['r3', 'exercise', 1],
        ['r2', 'live', 1],
        ['r1', 'live', 2],
      ])
      const items = await personalOfIncident(db, 'i1')
      expect(items.map((i) => i.text)).toEqual(['张三', '李四', '王五'])
      for (const { ref } of items) await expect(emptyPersonal(db, ref)).rejects.toThrow(/is-permanent/)
      await db.updateTable('incident').set({ closed_at: AT }).where('id', '=', 'i1').execute()
      for (const { ref } of items) expect(await emptyPersonal(db, ref)).toBe(true)
      expect(await personalOfIncident(db, 'i1')).toEqual([])
      await expect(put(`update incident_fact set value = '4'`)).rejects.toThrow(/incident-fact-is-permanent/)
      await expect(put(`update incident_fact set source = '赵六'`)).rejects.toThrow(/incident-fact-is-permanent/)
      await expect(put(`update clock_event set kind = 'met'`)).rejects.toThrow(/clock-event-is-permanent/)
    } finally {
      await store.close()
      await cluster?.stop()
      rmSync(dir, { recursive: true, force: true })
    }
  },
  60_000,
)
