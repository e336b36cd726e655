/** One HTTP/2 connection: its streams, its limits, and how it ends. */
import { type ClientHttp2Session, type ClientHttp2Stream, connect, constants } from 'node:http2'
import type { TLSSocket } from 'node:tls'
import { type Call, plainHeaders, sendable } from './http-call.ts'

/** A server may close what is idle at any time; giving it up first means that a request rarely meets a closed door. */
const IDLE_MS = 4_000

const { NGHTTP2_CANCEL, NGHTTP2_ENHANCE_YOUR_CALM, NGHTTP2_HTTP_1_1_REQUIRED, NGHTTP2_REFUSED_STREAM } = constants

/** How a stream ended for its call: `returned` was certainly not processed, `old` has to be asked over HTTP/1.1. */
export type Fate = 'over' | 'returned' | 'old'

export type LineEvents = {
  /** The far end has said what it allows; nothing is sent before. */
  ready: (line: Line) => void
  /** It allows more or less than before. */
  slots: () => void
  /** It asks for less at once. */
  calm: () => void
  /** It takes no more calls. */
  gone: (line: Line) => void
}

export class Line {
  readonly #session: ClientHttp2Session
  readonly #events: LineEvents
  #idle: NodeJS.Timeout | undefined
  #open = 0
  #answers = 0
  /** Whether it ever took a call. */
  used = false
  #retired = false
  #lastProcessed = Number.POSITIVE_INFINITY

  constructor(origin: string, socket: TLSSocket, events: LineEvents) {
    this.#events = events
    const session = connect(origin, { createConnection: () => socket, settings: { enablePush: false } })
    this.#session = session
    this.#rest()
    session.once('remoteSettings', () => {
      events.ready(this)
      session.on('remoteSettings', () => events.slots())
    })
    session.on('goaway', (code, lastId) => {
      this.#lastProcessed = Math.min(this.#lastProcessed, lastId)
      if (code === NGHTTP2_ENHANCE_YOUR_CALM) events.calm()
      this.#retire()
    })
    // Streams tell their own end; without a stream nobody is there to be told.
    session.on('error', () => {})
    session.once('close', () => this.#retire())
  }

  free(most: number): boolean {
    if (this.#retired || this.#session.closed) return false
    return this.#open < Math.min(most, this.#session.remoteSettings.maxConcurrentStreams ?? most)
  }

  ask(call: Call, ended: (fate: Fate) => void): void {
    const { url, request } = call
    const stream = this.#session.request(
      { ':method': request.method ?? 'GET', ':path': url.pathname + url.search, ...sendable(request) },
      { endStream: request.body === undefined },
    )
    this.#took()
    this.used = true
    call.sent = 1
    const answersBefore = this.#answers
    call.drop = () => {
      stream.close(NGHTTP2_CANCEL)
      // Not one answer since this was asked: the connection itself may be dead.
      if (answersBefore === this.#answers) this.#retire()
    }
    let why: Error | undefined
    stream.on('error', (err) => {
      why = err
    })
    stream.on('response', (headers) => {
      this.#answers++
      collect(stream, headers, call)
    })
    stream.on('close', () => {
      const fate = this.#fateOf(stream, call)
      if (fate === 'over') call.fail(why ?? new Error(`closed with ${stream.rstCode}`))
      this.#gave()
      ended(fate)
    })
    if (request.body !== undefined) stream.end(request.body)
  }

  #fateOf(stream: ClientHttp2Stream, call: Call): Fate {
    if (call.over) return 'over'
    if (stream.rstCode === NGHTTP2_HTTP_1_1_REQUIRED) return 'old'
    if (stream.rstCode === NGHTTP2_REFUSED_STREAM || (stream.id ?? 0) > this.#lastProcessed) return 'returned'
    if (stream.rstCode === NGHTTP2_ENHANCE_YOUR_CALM) this.#events.calm()
    return 'over'
  }

  #took(): void {
    if (this.#open++ > 0) return
    clearTimeout(this.#idle)
    this.#session.ref()
  }

  #gave(): void {
    if (--this.#open > 0 || this.#retired) return
    this.#session.unref()
    this.#rest()
  }

  #rest(): void {
    this.#idle = setTimeout(() => this.#retire(), IDLE_MS).unref()
  }

  /** Takes no more calls; those under way end in peace. */
  #retire(): void {
    if (this.#retired) return
    this.#retired = true
    clearTimeout(this.#idle)
    this.#session.close()
    this.#events.gone(this)
  }
}

const EMPTY = new Uint8Array(0)

/** Keeps the first `most` bytes; what comes after is not read, and the stream is given up. */
function collect(stream: ClientHttp2Stream, headers: NodeJS.Dict<string | string[] | number>, call: Call): void {
  const chunks: Buffer[] = []
  let size = 0
  const finish = () =>
    call.done({
      status: Number(headers[':status']),
      headers: plainHeaders(headers),
      body: size === 0 ? EMPTY : Buffer.concat(chunks).subarray(0, call.most),
    })
  if (stream.endAfterHeaders) {
    finish()
    return
  }
  stream.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    size += chunk.length
    if (size <= call.most) return
    finish()
    stream.close(NGHTTP2_CANCEL)
  })
  stream.on('end', finish)
}
