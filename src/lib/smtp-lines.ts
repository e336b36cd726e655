/** Calls a mail relay and reads what it says, line by line; sends nothing of its own. */
import { createConnection, type Socket } from 'node:net'
import { connect as tlsConnect } from 'node:tls'

export const PATIENCE_MS = 5000

/** Host and port of smtp://host or smtps://host (RFC 8314 §7.3 for 465). */
export function relayAt(address: string): { host: string; port: number; secure: boolean } {
  const url = new URL(address)
  const secure = url.protocol === 'smtps:'
  return { host: url.hostname, port: Number(url.port) || (secure ? 465 : 25), secure }
}

export function callRelay(address: string): Socket {
  const { host, port, secure } = relayAt(address)
  return secure ? tlsConnect({ host, port, servername: host }) : createConnection({ host, port, timeout: PATIENCE_MS })
}

/** The greeting, and then goodbye. @throws when nobody answers or it is no mail relay (RFC 5321 §3.1) */
export async function greetingOf(address: string): Promise<string> {
  const socket = callRelay(address)
  try {
    const greeting = await lines(socket).next()
    if (!greeting.startsWith('220')) throw new Error(`greeting ${greeting.slice(0, 80)}`)
    socket.write('QUIT\r\n')
    return greeting
  } finally {
    socket.destroySoon()
  }
}

export type Relay = { next(): Promise<string>; whole(): Promise<string[]>; close(): void }

/** The relay's lines one by one; rejects when it says nothing for too long or hangs up. */
export function lines(socket: Socket): Relay {
  const ready: string[] = []
  let rest = ''
  let over: Error | null = null
  let wake = () => {}
  const end = (err: Error) => {
    over ??= err
    wake()
  }
  const take = (chunk: Buffer) => {
    const pieces = (rest + chunk.toString('latin1')).split('\r\n')
    rest = pieces.pop() ?? ''
    ready.push(...pieces)
    wake()
  }
  socket.on('data', take)
  socket.on('error', end)
  socket.once('close', () => end(new Error('hung up')))
  socket.setTimeout(PATIENCE_MS, () => end(new Error('ETIMEDOUT')))
  const next = async (): Promise<string> => {
    while (ready.length === 0) {
      if (over) throw over
      await new Promise<void>((woken) => {
        wake = woken
      })
    }
    return ready.shift() as string
  }
  return {
    next,
    async whole() {
      const all: string[] = []
      for (let line = await next(); ; line = await next()) {
        all.push(line)
        if (/^\d{3} /.test(line)) return all
      }
    },
    close: () => void socket.removeListener('data', take),
  }
}
