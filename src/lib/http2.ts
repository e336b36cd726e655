/** Carries calls over HTTP/2 (RFC 9113): per origin a few connections, each with as many streams as both sides allow. */
import type { LookupFunction } from 'node:net'
import { isIP } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { Refusal } from './errors.ts'
import type { Call } from './http-call.ts'
import { Line } from './http2-line.ts'

const CONNECT_MS = 15_000
/** A connection is enough for a slow far end; a few are used only where all streams of the others are taken. */
const MOST_LINES = 4
/** How many origins are remembered as speaking HTTP/1.1 only. */
const MOST_OLD = 1_000
/** A stream handed back untouched is asked again so often, then its caller decides. */
const MOST_RETURNS = 2
/** After ENHANCE_YOUR_CALM nothing is begun for a while, and half as much at once from then on. */
const CALM_MS = 1_000
/** What is known of an origin is forgotten when it has been quiet so long. */
const FORGET_MS = 60_000

export type Http2Options = {
  lookup: LookupFunction
  ca?: string | undefined
  /** Carries the call where the far end does not speak HTTP/2. */
  otherwise: (call: Call) => void
}

export class Origins {
  readonly #options: Http2Options
  readonly #known = new Map<string, Origin>()
  readonly #old = new Set<string>()

  constructor(options: Http2Options) {
    this.#options = options
  }

  carry(call: Call): void {
    const { origin } = call.url
    if (this.#old.has(origin)) {
      this.#options.otherwise(call)
      return
    }
    let known = this.#known.get(origin)
    if (!known) {
      known = new Origin(call.url, this.#options, {
        old: () => this.#remember(origin),
        quiet: () => this.#known.delete(origin),
      })
      this.#known.set(origin, known)
    }
    known.carry(call)
  }

  #remember(origin: string): void {
    this.#old.delete(origin)
    this.#old.add(origin)
    for (const oldest of this.#old) {
      if (this.#old.size <= MOST_OLD) return
      this.#old.delete(oldest)
    }
  }
}

class Origin {
  readonly #url: URL
  readonly #options: Http2Options
  readonly #tell: { old: () => void; quiet: () => void }
  readonly #forget: NodeJS.Timeout
  readonly #lines = new Set<Line>()
  /** In the order they came; a Set, so that one whose deadline passes leaves at once. */
  readonly #waiting = new Set<Call>()
  #connecting: TLSSocket | undefined
  /** A further connection was refused while others stand: these have to do. */
  #enough = false
  #most = 100
  #calm: NodeJS.Timeout | undefined
  /** No further connection is begun while it runs. */
  #paused: NodeJS.Timeout | undefined

  constructor(url: URL, options: Http2Options, tell: { old: () => void; quiet: () => void }) {
    this.#url = url
    this.#options = options
    this.#tell = tell
    this.#forget = setTimeout(() => this.#lookQuiet(), FORGET_MS).unref()
  }

  carry(call: Call): void {
    this.#forget.refresh()
    const line = this.#freeLine()
    if (line) {
      this.#ask(line, call)
      return
    }
    this.#wait(call)
    this.#grow()
  }

  #freeLine(): Line | undefined {
    if (this.#calm) return undefined
    for (const line of this.#lines) if (line.free(this.#most)) return line
    return undefined
  }

  #ask(line: Line, call: Call): void {
    try {
      line.ask(call, (fate) => {
        if (fate === 'returned') this.#returned(call)
        if (fate === 'old') this.#old(call)
        this.#pump()
      })
    } catch (err) {
      // A header that cannot be written: nothing has left.
      call.fail(err as Error)
    }
  }

  #wait(call: Call): void {
    this.#waiting.add(call)
    call.drop = () => {
      this.#waiting.delete(call)
      // A connection that nobody waits for any longer may hang for ever: the next caller begins with a new one.
      if (this.#waiting.size === 0) this.#connecting?.destroy()
    }
  }

  /** The far end said that it did nothing with it: safe to ask again (RFC 9113 §8.7). */
  #returned(call: Call): void {
    call.sent = 0
    if (++call.returned > MOST_RETURNS) call.fail(new Error('REFUSED_STREAM'))
    else this.#wait(call)
  }

  #pump(): void {
    for (const call of this.#waiting) {
      const line = this.#freeLine()
      if (!line) break
      this.#waiting.delete(call)
      this.#ask(line, call)
    }
    if (this.#waiting.size > 0) this.#grow()
  }

  #grow(): void {
    if (this.#connecting || this.#calm || this.#paused || this.#enough || this.#lines.size >= MOST_LINES) return
    const socket = connect(this.#url, this.#options)
    this.#connecting = socket
    const deadline = setTimeout(() => socket.destroy(this.#refusal('far-end-timeout')), CONNECT_MS)
    let why: Error | undefined
    socket.once('error', (err) => {
      why = err
    })
    const over = () => {
      clearTimeout(deadline)
      this.#connecting = undefined
    }
    const closed = () => {
      over()
      this.#failWaiting(why ?? this.#refusal('far-end-unreachable'))
    }
    socket.once('close', closed)
    socket.once('secureConnect', () => {
      if (socket.alpnProtocol === 'h2') {
        new Line(this.#url.origin, socket, {
          ready: (line) => {
            over()
            socket.off('close', closed)
            this.#lines.add(line)
            this.#pump()
          },
          slots: () => this.#pump(),
          calm: () => this.#calmDown(),
          gone: (line) => {
            this.#lines.delete(line)
            this.#enough = false
            if (!line.used && this.#waiting.size > 0) this.#pause()
            this.#pump()
          },
        })
        return
      }
      socket.off('close', closed)
      over()
      socket.destroy()
      this.#old()
    })
  }

  /** No HTTP/2 here: whoever waits, and whoever was told to come back with HTTP/1.1, goes the older way. */
  #old(call?: Call): void {
    this.#tell.old()
    const all = [...(call ? [call] : []), ...this.#waiting]
    this.#waiting.clear()
    for (const one of all) {
      one.sent = 0
      one.drop = undefined
      this.#options.otherwise(one)
    }
  }

  /** Whoever waits fails only where no connection is left to wait for. */
  #failWaiting(why: Error): void {
    this.#enough = this.#lines.size > 0
    if (this.#enough) return
    const all = [...this.#waiting]
    this.#waiting.clear()
    for (const call of all) call.fail(why)
  }

  #calmDown(): void {
    this.#most = Math.max(1, Math.ceil(this.#most / 2))
    clearTimeout(this.#calm)
    this.#calm = setTimeout(() => {
      this.#calm = undefined
      this.#pump()
    }, CALM_MS)
  }

  /** A far end that lets us in, takes nothing and hangs up would be called again as fast as it does so. */
  #pause(): void {
    clearTimeout(this.#paused)
    this.#paused = setTimeout(() => {
      this.#paused = undefined
      this.#pump()
    }, CALM_MS).unref()
  }

  #lookQuiet(): void {
    if (this.#lines.size || this.#waiting.size || this.#connecting || this.#calm || this.#paused) this.#forget.refresh()
    else this.#tell.quiet()
  }

  #refusal(code: string): Refusal {
    return new Refusal('unavailable', code, [], { host: this.#url.host, sent: 0 })
  }
}

function connect(url: URL, { lookup, ca }: Http2Options): TLSSocket {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const socket = connectTls({
    host,
    port: Number(url.port) || 443,
    servername: isIP(host) ? '' : host,
    ALPNProtocols: ['h2', 'http/1.1'],
    lookup,
    ...(ca ? { ca } : {}),
  })
  return socket.setNoDelay(true)
}
