/** Speaks to the running service as its members do: over HTTP, each with their own token. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../lib/clock.ts'
import type { Outsider } from '../lib/http.ts'
import { CHAIN_OF } from './cast.ts'

export type Release = { id: string; number: string; state: string; version: number; agencyId: string; lane: string }
export type Content = {
  core: Record<string, unknown>
  parts: Record<string, Record<string, unknown>>
  attachments: unknown[]
}
export type Run = {
  id: string
  outlet: string
  state: string
  why: string
  notReady: string | null
  audience: number
  counts: Record<string, number>
  repeats: number
  times: Record<string, string | null>
}
export type Edition = {
  number: number
  type: string
  publishedAt: string
  address: string
  told: { all: number; done: number } | null
  dispatches: Run[]
}

/** The eight answers of the confidentiality list, all clear (保密审查). */
const CLEAR = {
  checks: Object.fromEntries(
    [
      'state-secret',
      'work-secret',
      'trade-secret',
      'privacy',
      'security-stability',
      'aggregation',
      'copyright-source',
      'wording',
    ].map((name) => [name, { result: 'clear', note: '' }]),
  ),
  disclosure: 'proactive',
  verdict: 'publish',
  carrier: 'official',
}

/** The service refused something the demo does not expect to be refused. */
export class Refused extends Error {}

export class Desk {
  readonly #url: string
  readonly #tokens: Map<string, string>
  readonly #call: Outsider
  readonly #clock: Clock

  constructor(url: string, tokens: Map<string, string>, call: Outsider, clock: Clock) {
    this.#url = url
    this.#tokens = tokens
    this.#call = call
    this.#clock = clock
  }

  /** One call as a member. @throws Refused with what the service said */
  async as<T>(
    member: string,
    method: string,
    path: string,
    body?: unknown,
    more: Record<string, string> = {},
  ): Promise<T> {
    const text = typeof body === 'string'
    const type = text ? 'text/plain; charset=utf-8' : 'application/json'
    const answer = await this.#call(`${this.#url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#tokens.get(member)}`,
        'accept-language': 'zh',
        ...(body === undefined ? {} : { 'content-type': type }),
        ...more,
      },
      ...(body === undefined ? {} : { body: text ? body : JSON.stringify(body) }),
      maxBytes: 4 << 20,
      timeoutMs: 60_000,
    })
    const said = Buffer.from(answer.body).toString('utf8')
    if (answer.status >= 300) throw new Refused(`${member} ${method} ${path}: ${answer.status} ${said}`)
    return (said ? JSON.parse(said) : {}) as T
  }

  /** A draft in the drafter's own agency. */
  async draft(drafter: string, content: unknown): Promise<Release> {
    return (await this.as<{ release: Release }>(drafter, 'POST', '/releases', content)).release
  }

  /** What the scanners and other running alerts say against it is answered, then it goes to review. */
  async submit(drafter: string, id: string): Promise<void> {
    const { hits } = await this.as<{ hits: { key: string; resolution: unknown }[] }>(
      drafter,
      'GET',
      `/releases/${id}/judgement`,
    )
    for (const { key } of hits.filter((h) => !h.resolution))
      await this.as(drafter, 'POST', `/releases/${id}/hits/${key}/resolution`, {
        action: 'keep',
        note: '示例：已逐处核对',
      })
    await this.as(drafter, 'POST', `/releases/${id}/submission`)
  }

  /** Everyone whose word is needed says yes to exactly the revision they see; the last signature publishes. */
  async agree(id: string, body: string, lane: string): Promise<void> {
    const chain = CHAIN_OF[body]?.[lane as 'routine' | 'flash'] ?? []
    for (const [i, member] of chain.entries()) {
      const seen = await this.as<{ revision: { hash: string } }>(member, 'GET', `/releases/${id}`)
      const answers = chain.length < 3 ? i === 0 : i === 1
      await this.as(member, 'POST', `/releases/${id}/decisions`, {
        revisionHash: seen.revision.hash,
        verdict: 'approve',
        ...(answers ? { confidentiality: CLEAR } : {}),
      })
    }
  }

  /** Drafted, sent for review, agreed, published. */
  async publish(drafter: string, content: unknown): Promise<Release> {
    const release = await this.draft(drafter, content)
    await this.submit(drafter, release.id)
    await this.agree(release.id, release.agencyId, release.lane)
    return release
  }

  /** Begins a correction, an erratum or an added language, and saves what `change` makes of the published text. */
  async change(drafter: string, id: string, type: string, change: (content: Content) => void): Promise<void> {
    const begun = await this.as<{ release: Release }>(drafter, 'POST', `/releases/${id}/correction`, { type })
    const { release, revision } = await this.as<{ release: Release; revision: { content: Content } }>(
      drafter,
      'GET',
      `/releases/${id}`,
    )
    change(revision.content)
    await this.as(drafter, 'PUT', `/releases/${id}/draft`, revision.content, { 'if-match': `"${release.version}"` })
    await this.submit(drafter, id)
    await this.agree(id, begun.release.agencyId, begun.release.lane)
  }

  /** Editions of a release, newest first. */
  async editions(member: string, id: string): Promise<Edition[]> {
    return (await this.as<{ items: Edition[] }>(member, 'GET', `/releases/${id}/editions`)).items
  }

  /** Waits until the newest edition is out over every outlet. @throws when it is not within `ms` */
  async settled(member: string, id: string, number: number, ms = 60_000): Promise<Edition> {
    for (const end = this.#clock.ticks() + ms; ; await sleep(25)) {
      const [newest] = await this.editions(member, id)
      const runs = newest?.dispatches ?? []
      const over = runs.length > 0 && runs.every((r) => ['done', 'stopped', 'held'].includes(r.state))
      if (newest && newest.number >= number && over) return newest
      if (this.#clock.ticks() > end) throw new Refused(`not out after ${ms} ms: ${JSON.stringify(runs)}`)
    }
  }
}
