/** P10: a public page and a desk page while fifty thousand mails go out of the same process, against the bare loop beside an idle one. */

import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { carry, ok, type Service } from '../support/service.ts'
import { child } from './far/child.ts'
import type { Measured } from './measured.ts'
import { notice, scene, waitFor } from './scene.ts'

const MAILS = 50_000
const CONNECTIONS = 20
const PAUSE_MS = 4

export async function p10(): Promise<Measured> {
  const relay = await child('far/smtp-server.js')
  const port = relay.ready['port'] as number
  const s = await scene({ readers: MAILS, smtpPort: port, connections: CONNECTIONS })
  try {
    const first = await carry(s, { ...notice('100'), core: { ...notice('100').core, outlets: ['website', 'feeds'] } })
    await waitFor(s, first.id, 'website')
    const token = await deskToken(s)
    const pages = { public: `/releases/${first.number}/`, desk: `/desk/releases/${first.number}` }
    const release = await carry(s, notice('101'))
    const ours = await during(waitFor(s, release.id, 'email'), s.url, pages, token)
    const heard = await relay.ask<{ sample: string }>({ ask: 'stats' })
    const bare = await child('reference/bare-smtp.js', [port, CONNECTIONS])
    const order = { mails: MAILS, message: heard.sample, domain: 'bare.example' }
    const other = await during(bare.ask(order, 600_000), s.url, pages, token)
    await bare.end()
    const figure = (page: 'public' | 'desk') => ({
      ours: p99(ours[page]),
      other: p99(other[page]),
      what: `ms, p99 of ${ours[page].length} looks at a ${page} page while sending / beside the bare loop (${other[page].length})`,
      goal: '≤ 2',
    })
    return { P10public: figure('public'), P10desk: figure('desk') }
  } finally {
    await s.close()
    await relay.end()
  }
}

type Looks = { public: number[]; desk: number[] }

/** Looks at both pages in turn for as long as the work goes on. */
async function during(
  work: Promise<unknown>,
  url: string,
  pages: { public: string; desk: string },
  token: string,
): Promise<Looks> {
  const agent = new Agent({ keepAlive: true, maxSockets: 2 })
  const looks: Looks = { public: [], desk: [] }
  let over = false
  void work.finally(() => {
    over = true
  })
  while (!over) {
    looks.public.push(await look(`${url}${pages.public}`, agent, {}))
    await sleep(PAUSE_MS)
    looks.desk.push(await look(`${url}${pages.desk}`, agent, { authorization: `Bearer ${token}` }))
    await sleep(PAUSE_MS)
  }
  await work
  agent.destroy()
  return looks
}

/** Milliseconds to the last byte. */
function look(url: string, agent: Agent, headers: Record<string, string>): Promise<number> {
  const began = performance.now()
  return new Promise((resolve, reject) => {
    request(url, { agent, headers }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`${url} answered ${answer.statusCode}`))
      answer.resume()
      answer.on('end', () => resolve(performance.now() - began))
    })
      .on('error', reject)
      .end()
  })
}

const p99 = (ms: number[]): number => [...ms].sort((a, b) => a - b)[Math.floor(ms.length * 0.99)] as number

/** A token of the drafter's, made over the API. */
async function deskToken(s: Service): Promise<string> {
  return (await ok(s.as('drafter')<{ token: string }>('POST', '/tokens', { name: 'bench', scopes: ['read'] }))).token
}
