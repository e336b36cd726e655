/** Carries a call over HTTP/1.1, on connections kept per origin. */
import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import { type Call, plainHeaders, sendable } from './http-call.ts'

/** Shorter than servers usually keep an idle connection, so that a request rarely meets one just closed. */
const IDLE_MS = 4_000

export type Agents = { http: HttpAgent; https: HttpsAgent }

/** Agents keep connections per origin. The lookup runs where the connection is made, so what was checked is what is used. */
export function agents(lookup: LookupFunction, ca?: string): Agents {
  const common = { keepAlive: true, timeout: IDLE_MS, maxSockets: 64, maxFreeSockets: 16, lookup }
  return { http: new HttpAgent(common), https: new HttpsAgent({ ...common, ...(ca ? { ca } : {}) }) }
}

export function overHttp1(call: Call, { http, https }: Agents): void {
  const { url, request } = call
  const secure = url.protocol === 'https:'
  const options = { method: request.method ?? 'GET', headers: sendable(request) }
  const wire = secure ? httpsRequest(url, { ...options, agent: https }) : httpRequest(url, { ...options, agent: http })
  call.drop = () => void wire.destroy()
  watchSent(wire, secure, call)
  wire.on('error', (err) => call.fail(err))
  wire.on('response', (answer) => collect(answer, call))
  wire.end(request.body)
}

/** Connections that stand. One handed on to a call that waited for it does not say of itself that it is used again. */
const standing = new WeakSet<object>()

/** From the moment a connection stands bytes may have arrived. */
function watchSent(wire: ClientRequest, secure: boolean, call: Call): void {
  wire.on('socket', (socket) => {
    // It does not connect a second time: a listener left on it would wait as long as it lasts.
    if (wire.reusedSocket || standing.has(socket)) {
      call.sent = 1
      return
    }
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      standing.add(socket)
      call.sent = 1
    })
  })
}

/** Keeps the first `most` bytes; what comes after is not read, and the connection is given up. */
function collect(answer: IncomingMessage, call: Call): void {
  const chunks: Buffer[] = []
  let size = 0
  const finish = () =>
    call.done({
      status: answer.statusCode ?? 0,
      headers: plainHeaders(answer.headers),
      body: Buffer.concat(chunks).subarray(0, call.most),
    })
  answer.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    size += chunk.length
    if (size <= call.most) return
    finish()
    answer.destroy()
  })
  answer.on('end', finish)
  answer.on('error', (err) => call.fail(err))
}
