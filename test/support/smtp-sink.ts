/** A real SMTP server on loopback that keeps its own log of what reached it and misbehaves on request. */
import { createServer, type Server, type Socket } from 'node:net'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'

/** What goes wrong for one recipient. `stall` waits before it answers the last dot. */
export type SmtpFault =
  | '421'
  | '450'
  | '550'
  | '550-policy'
  | 'drop-after-data'
  | 'drop-in-body'
  | 'drop-after-dot'
  | '421-after-dot'
  | { stall: number }
  | { stallRcpt: number }

/** `taken`: the last dot arrived; `answered`: and we said 250. */
export type SmtpEntry = {
  at: number
  session: string
  from: string
  to: string[]
  raw: Buffer
  bytes: number
  answered: boolean
}

export type SmtpSinkOptions = {
  port?: number
  /** Milliseconds before each answer to a last dot. */
  delayMs?: number
  /** false keeps envelopes and sizes only, for long runs. */
  keepRaw?: boolean
  greeting?: 'ok' | 'refuse' | 'nonsense' | 'silent'
  /** false: the server does not offer PIPELINING. */
  pipelining?: boolean
  /** Speaks TLS from the start, or after STARTTLS. */
  tls?: { how: 'at-once' | 'starttls'; key: string; cert: string }
  /** Asks for this log-in. */
  login?: { user: string; password: string }
}

export type SmtpSink = {
  port: number
  url: string
  log: SmtpEntry[]
  /** Times each address was refused or cut off, by what. */
  faults: { to: string; fault: string }[]
  connections(): number
  mailsTo(address: string): SmtpEntry[]
  /** From now on mail to this address meets this fault; `times` of them, then all is well. */
  script(address: string, fault: SmtpFault | null, times?: number): void
  /** Cuts every open connection, as a relay does that restarts. */
  cutAll(): void
  close(): Promise<void>
}

type Scripted = { fault: SmtpFault; left: number }

export async function startSmtpSink(options: SmtpSinkOptions = {}): Promise<SmtpSink> {
  const { greeting = 'ok' } = options
  if (greeting === 'nonsense' || greeting === 'silent') return startMute(greeting, options.port)
  const sockets = new Map<number, Socket>()
  const scripted = new Map<string, Scripted>()
  const log: SmtpEntry[] = []
  const faults: SmtpSink['faults'] = []
  let connections = 0

  const due = (address: string): SmtpFault | undefined => {
    const entry = scripted.get(address)
    if (!entry || entry.left <= 0) return undefined
    return entry.fault
  }
  const strike = (to: string, fault: SmtpFault): void => {
    const entry = scripted.get(to)
    if (entry) entry.left--
    faults.push({ to, fault: typeof fault === 'string' ? fault : 'stall' })
  }
  const cut = (session: SMTPServerSession): void => void sockets.get(session.remotePort)?.destroy()

  const server = new SMTPServer({
    banner: 'sink',
    disabledCommands: [...(options.tls ? [] : ['STARTTLS']), ...(options.login ? [] : ['AUTH'])],
    secure: options.tls?.how === 'at-once',
    ...(options.tls ? { key: options.tls.key, cert: options.tls.cert } : {}),
    authOptional: !options.login,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    hidePIPELINING: options.pipelining === false,
    size: 50 * 1024 * 1024,
    logger: false,
    closeTimeout: 200,
    onAuth(auth, _session, done) {
      const good = auth.username === options.login?.user && auth.password === options.login?.password
      done(good ? null : answer(535, '5.7.8 wrong name or password'), { user: auth.username })
    },
    onConnect(_session, done) {
      done(greeting === 'refuse' ? answer(554, '5.7.0 no mail taken here') : null)
    },
    onRcptTo({ address }, _session, done) {
      const fault = due(address)
      const refusal = fault && refusalAtRcpt(fault)
      if (fault && (refusal || typeof fault === 'object')) strike(address, fault)
      if (fault && typeof fault === 'object' && 'stallRcpt' in fault) setTimeout(() => done(), fault.stallRcpt)
      else done(refusal)
    },
    onData(stream, session, done) {
      const to = session.envelope.rcptTo.map((r) => r.address)
      const fault = to.map(due).find(Boolean)
      if (fault === 'drop-after-data') {
        strike(to[0]!, fault)
        return cut(session)
      }
      if (fault === 'drop-in-body') {
        strike(to[0]!, fault)
        stream.once('data', () => cut(session))
        return
      }
      collect(stream, options.keepRaw !== false, (raw, bytes) => {
        const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : ''
        const entry = { at: Date.now(), session: session.id, from, to, raw, bytes, answered: false }
        log.push(entry)
        if (fault === 'drop-after-dot') {
          strike(to[0]!, fault)
          return cut(session)
        }
        if (fault === '421-after-dot') {
          strike(to[0]!, fault)
          log.pop()
          return done(answer(421, '4.3.2 shutting down'))
        }
        const wait = fault && typeof fault === 'object' && 'stall' in fault ? fault.stall : (options.delayMs ?? 0)
        const finish = (): void => {
          entry.answered = true
          done(null, `2.0.0 Ok: queued as S${log.length}`)
        }
        if (wait) setTimeout(finish, wait)
        else finish()
      })
    },
  })
  server.on('error', () => {})
  server.server.on('connection', (socket: Socket) => {
    connections++
    const { remotePort } = socket
    if (remotePort) sockets.set(remotePort, socket)
    socket.on('close', () => sockets.delete(remotePort ?? 0))
  })
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', () => resolve()))
  const port = portOf(server.server)
  return {
    port,
    url: `${options.tls?.how === 'at-once' ? 'smtps' : 'smtp'}://127.0.0.1:${port}`,
    log,
    faults,
    connections: () => connections,
    mailsTo: (address) => log.filter((entry) => entry.to.includes(address)),
    script: (address, fault, times = Number.POSITIVE_INFINITY) => {
      if (fault) scripted.set(address, { fault, left: times })
      else scripted.delete(address)
    },
    cutAll: () => {
      for (const socket of sockets.values()) socket.destroy()
    },
    close: () =>
      new Promise((resolve) => {
        // Node 26 crashes where a socket is destroyed under a TLS handshake: those are left to the server's own closing.
        if (!options.tls) for (const socket of sockets.values()) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

const portOf = (server: { address(): unknown }): number => (server.address() as { port: number }).port

const answer = (responseCode: number, message: string): Error & { responseCode: number } =>
  Object.assign(new Error(message), { responseCode })

function refusalAtRcpt(fault: SmtpFault): Error | undefined {
  switch (fault) {
    case '421':
      return answer(421, '4.7.0 try again later, closing connection')
    case '450':
      return answer(450, '4.2.0 mailbox busy')
    case '550':
      return answer(550, '5.1.1 no such user here')
    case '550-policy':
      return answer(550, '5.7.1 refused by policy')
    default:
      return undefined
  }
}

function collect(stream: SMTPServerDataStream, keep: boolean, done: (raw: Buffer, bytes: number) => void): void {
  const chunks: Buffer[] = []
  let bytes = 0
  stream.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (keep) chunks.push(chunk)
  })
  stream.on('end', () => done(Buffer.concat(chunks), bytes))
}

/** A port that answers, but with no SMTP greeting: nonsense, or nothing at all. */
async function startMute(greeting: 'nonsense' | 'silent', port = 0): Promise<SmtpSink> {
  const sockets = new Set<Socket>()
  let connections = 0
  const server: Server = createServer((socket) => {
    connections++
    sockets.add(socket)
    socket.on('error', () => {})
    if (greeting === 'nonsense') socket.write('SSH-2.0-OpenSSH_9.9\r\n')
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const cutAll = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: portOf(server),
    url: `smtp://127.0.0.1:${portOf(server)}`,
    log: [],
    faults: [],
    connections: () => connections,
    mailsTo: () => [],
    script: () => {},
    cutAll,
    close: () => {
      cutAll()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
