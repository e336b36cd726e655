/** P3, P3n, P4: a public page from memory, as the running service answers it, beside the same bytes from bare node:http and from nginx. */
import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { carry, type Service } from '../support/service.ts'
import { type Child, child } from './far/child.ts'
import type { Kind, Order, Report } from './far/http-load.ts'
import type { Measured } from './measured.ts'
import { nginx } from './reference/nginx.ts'
import { notice, scene, waitFor } from './scene.ts'

const CONNECTIONS = 32
const ROUNDS = 7
const ROUND_MS = 1500

type Way = 'plain' | 'tag' | 'br'
type Server = { port: number; path: string; kinds: Record<Way, Kind> }

export async function p3(): Promise<Measured> {
  const relay = await child('far/smtp-sink.js')
  const s = await scene({ readers: 1, smtpPort: relay.ready['port'] as number })
  const dir = await mkdtemp(join(tmpdir(), 'ortoo-p3-'))
  const load = await child('far/http-load.js')
  const ends: (() => Promise<void>)[] = [() => load.end(), () => s.close(), () => relay.end()]
  try {
    const path = await pageOf20kB(s)
    const port = Number(new URL(s.url).port)
    const page = await bytesOf(port, path, '')
    const br = await bytesOf(port, path, 'accept-encoding: br\r\n')
    await Promise.all([writeFile(join(dir, 'page'), page.body), writeFile(join(dir, 'page.br'), br.body)])
    const bare = await child('reference/bare-http.js', [join(dir, 'page'), join(dir, 'page.br'), page.etag, br.etag])
    ends.push(() => bare.end())
    const far = await nginx(page.body)
    ends.push(() => far.end())
    const ours = await serverAt(port, path, page.etag)
    const other = await serverAt(bare.ready['port'] as number, '/page', page.etag)
    const third = await serverAt(far.port, '/page', '')
    await sameBytes([ours, other, third])
    const [a, b, c] = await rounds(load, [ours, other, third], ['plain'])
    const [d, e] = await rounds(load, [ours, other], ['tag', 'br'])
    const what = `a page of ${page.body.length} bytes, requests/s on ${CONNECTIONS} connections, median of ${ROUNDS} rounds`
    return {
      P3: { ours: a as number, other: b as number, what: `${what} / bare node:http`, goal: '≥ 0.9' },
      P3n: { ours: a as number, other: c as number, what: `${what} / nginx, one worker`, goal: '≥ 0.6' },
      P4: {
        ours: d as number,
        other: e as number,
        what: `304 and brotli in turn (${br.body.length} bytes), requests/s / bare node:http`,
        goal: '≥ 0.9',
      },
    }
  } finally {
    for (const end of ends.reverse()) await end()
    await rm(dir, { recursive: true, force: true })
  }
}

/** Published as any other; its text is lengthened until the page is as long as the goal says. */
async function pageOf20kB(s: Service): Promise<string> {
  const draft = notice('300')
  const body = `<p>${'为做好牧区饲草储备工作，各地要提前摸清底数，落实储备任务。'.repeat(160)}</p>`
  const part = { ...draft.parts['zh-CN'], body } as (typeof draft.parts)['zh-CN']
  const release = await carry(s, {
    ...draft,
    parts: { 'zh-CN': part },
    core: { ...draft.core, outlets: ['website', 'feeds'] },
  })
  await waitFor(s, release.id, 'website')
  return `/releases/${release.number}/`
}

const requestFor = (path: string, headers: string): string =>
  `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${headers}\r\n`

async function serverAt(port: number, path: string, etag: string): Promise<Server> {
  const kind = async (headers: string, status: number): Promise<Kind> => {
    const answer = await bytesOf(port, path, headers)
    if (answer.status !== status) throw new Error(`${path} on ${port} answered ${answer.status}, not ${status}`)
    return { request: requestFor(path, headers), status, bytes: answer.length }
  }
  const plain = await kind('', 200)
  if (!etag) return { port, path, kinds: { plain, tag: plain, br: plain } }
  return {
    port,
    path,
    kinds: {
      plain,
      tag: await kind(`if-none-match: ${etag}\r\n`, 304),
      br: await kind('accept-encoding: br\r\n', 200),
    },
  }
}

async function sameBytes(servers: Server[]): Promise<void> {
  const sums = servers.map(async (s) =>
    createHash('sha256')
      .update((await bytesOf(s.port, s.path, '')).body)
      .digest('hex'),
  )
  if (new Set(await Promise.all(sums)).size !== 1) throw new Error('the servers do not send the same bytes')
}

/** In turn, so that a busy moment of the machine meets each alike; the first turn warms and is not counted. @returns medians a second */
async function rounds(load: Child, servers: Server[], ways: Way[]): Promise<number[]> {
  const found = servers.map((): number[] => [])
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [i, server] of servers.entries()) {
      const order: Order = {
        port: server.port,
        connections: CONNECTIONS,
        ms: ROUND_MS,
        kinds: ways.map((w) => server.kinds[w]),
      }
      const report = await load.ask<Report>(order)
      if (report.wrong)
        throw new Error(`${report.wrong} of ${report.requests} answers on ${server.port} were not what was asked for`)
      if (round > 0) found[i]?.push((report.requests * 1000) / report.ms)
    }
  }
  return found.map(median)
}

const median = (of: number[]): number => [...of].sort((a, b) => a - b)[Math.floor(of.length / 2)] as number

type Heard = { status: number; etag: string; body: Buffer; length: number }

/** One answer, byte for byte as it came. */
function bytesOf(port: number, path: string, headers: string): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' })
    const parts: Buffer[] = []
    socket.on('error', reject)
    socket.on('connect', () => socket.write(requestFor(path, headers)))
    socket.on('data', (chunk: Buffer) => {
      parts.push(chunk)
      const all = Buffer.concat(parts)
      const split = all.indexOf('\r\n\r\n')
      if (split < 0) return
      const head = all.subarray(0, split).toString('latin1')
      const expected = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
      const body = all.subarray(split + 4)
      const status = Number(head.slice(9, 12))
      if (status !== 304 && body.length < expected) return
      socket.destroy()
      resolve({ status, etag: /etag: (\S+)/i.exec(head)?.[1] ?? '', body: Buffer.from(body), length: all.length })
    })
  })
}
