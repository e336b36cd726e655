/** What lies outside the process: database, Redis, the public address, alarms, who may be called. */
import { lookup } from 'node:dns/promises'
import { existsSync } from 'node:fs'
import type { Config } from '../../config.ts'
import { configured } from '../../lib/http.ts'
import { redisTime } from '../../queue/redis-probe.ts'
import { factorsOf, hasAny, NO_FACTORS } from '../../staff/factor-store.ts'
import { allAgencies, type MemberRow, membersOf, rolesOf } from '../../staff/store.ts'
import { openAlarms } from '../../store/alarm.ts'
import { BEAT_EVERY, lastBeat } from '../../store/health.ts'
import { openStore, type Store } from '../../store/open.ts'
import { probe } from '../../store/probe.ts'
import { type Finding, fail, type Look, note, ok, reason, skew } from './finding.ts'

/** Headers carry whole seconds. */
const HTTP_SLACK_MS = 5000

export const database: Look = {
  name: 'database',
  async run(config, clock) {
    const file = /^sqlite:(.+)$/.exec(config.databaseUrl)?.[1]
    if (file && !existsSync(file)) return [note('doctor.database-new', { file })]
    let store: Store | undefined
    try {
      store = await openStore({ databaseUrl: config.databaseUrl })
      const seen = await probe(store)
      return [
        ...(seen.problems.length
          ? [fail('doctor.database-damaged', { what: seen.problems[0] as string })]
          : [ok('doctor.database', { kind: store.dialect === 'sqlite' ? 'SQLite' : 'PostgreSQL' })]),
        ...(seen.clockMs === null ? [] : [skew('database', seen.clockMs, clock.ms())]),
        ...(seen.missing.length
          ? [note('doctor.database-behind', { names: seen.missing.join(', ') })]
          : [...(await office(store)), ...(await beating(store, clock.ms()))]),
      ]
    } catch (err) {
      return [fail('doctor.database-unreachable', { why: reason(err) })]
    } finally {
      await store?.close()
    }
  },
}

/** Who could help, and what is waiting for somebody. */
async function office(store: Store): Promise<Finding[]> {
  const agencies = await allAgencies(store.db)
  const members = await membersOf(
    store.db,
    agencies.map((a) => a.id),
  )
  const admins = members.filter((m) => m.active && rolesOf(m).includes('admin'))
  const open = await openAlarms(store.db)
  const restored = open.find((alarm) => alarm.cause === 'restored' && !alarm.acknowledged_at)
  return [
    admins.length === 0
      ? fail('doctor.no-admin')
      : admins.length === 1
        ? note('doctor.one-admin')
        : ok('doctor.admins', { n: admins.length }),
    ...(await factors(store, members)),
    ...(restored ? [note('doctor.restored', { at: restored.since })] : []),
    ...(open.length ? [note('doctor.alarms-open', { n: open.length })] : []),
  ]
}

/** With a password alone whoever has it signs. */
async function factors(store: Store, members: MemberRow[]): Promise<Finding[]> {
  const signers = members.filter((m) => m.active && m.user_id && rolesOf(m).includes('signer'))
  if (signers.length === 0) return []
  const found = await factorsOf(
    store.db,
    members.flatMap((m) => (m.active && m.user_id ? [m.user_id] : [])),
  )
  if (![...found.values()].some(hasAny)) return [note('doctor.no-factors')]
  const n = signers.filter((m) => hasAny(found.get(m.user_id ?? '') ?? NO_FACTORS)).length
  const of = signers.length
  return [n < of ? note('doctor.signers-without', { n: of - n, of }) : ok('doctor.some-factors', { n, of })]
}

/** The work says every few seconds that it lives. On a machine where nothing runs that is no fault. */
async function beating(store: Store, now: number): Promise<Finding[]> {
  const at = await lastBeat(store.db, 'work')
  if (!at) return []
  const seconds = Math.round((now - Date.parse(at)) / 1000)
  return [seconds * 1000 > 6 * BEAT_EVERY ? note('doctor.work-silent', { seconds }) : ok('doctor.work')]
}

export const redis: Look = {
  name: 'redis',
  async run({ redisUrl, role }, clock) {
    if (!redisUrl) return [role === 'all' ? ok('doctor.redis-none') : note('doctor.redis-needed', { role })]
    try {
      return [ok('doctor.redis'), skew('redis', await redisTime(redisUrl), clock.ms())]
    } catch (err) {
      return [fail('doctor.redis-unreachable', { why: reason(err) })]
    }
  },
}

export const publicAddress: Look = {
  name: 'public-address',
  async run(config, clock) {
    const url = new URL(config.publicUrl)
    const host = url.hostname.replace(/^\[|\]$/g, '')
    const resolved = await lookup(host).catch(() => null)
    if (!resolved) return [fail('doctor.dns', { host })]
    const local = /^(127\.|::1$)/.test(resolved.address)
    const found = [
      local
        ? note('doctor.local-only', { url: config.publicUrl })
        : ok('doctor.dns-ok', { host, address: resolved.address }),
    ]
    if (!local && url.protocol !== 'https:') found.push(fail('doctor.not-https', { url: config.publicUrl }))
    return [...found, ...(await answering(config, clock.ms()))]
  },
}

async function answering(config: Config, now: number): Promise<Finding[]> {
  const { publicUrl } = config
  try {
    const answer = await configured([new URL(publicUrl).origin])(`${publicUrl}/healthz`, { timeoutMs: 5000 })
    const date = Date.parse(answer.headers['date'] ?? '')
    return [
      answer.status < 500
        ? ok('doctor.answers', { url: publicUrl })
        : fail('doctor.answers-badly', { url: publicUrl, status: answer.status }),
      ...(Number.isNaN(date) ? [] : [skew('http', date, now, HTTP_SLACK_MS)]),
    ]
  } catch {
    return [note('doctor.silent', { url: publicUrl })]
  }
}

export const settings: Look = {
  name: 'settings',
  async run(config) {
    return [
      ...(config.alarm.webhook || config.alarm.command ? [ok('doctor.alarms')] : [note('doctor.alarms-desk-only')]),
      ...config.outsiders.map((address) => note('doctor.outsider', { address })),
      ...(config.site.mark ? [note('doctor.mark', { mark: config.site.mark })] : []),
    ]
  },
}
