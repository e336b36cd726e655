/** The far end of alarms: a webhook that keeps what it heard. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export type Heard = { id: string; cause: string; subject: string; since: string }
export type AlarmEnd = {
  url: string
  heard: Heard[]
  /** Waits until an alarm of the cause has arrived. */
  hears(cause: string, ms?: number): Promise<Heard>
  close(): void
}

export async function alarmEnd(): Promise<AlarmEnd> {
  const heard: Heard[] = []
  const server = createServer((req, res) => {
    let body = ''
    req.on('data', (chunk) => {
      body += chunk
    })
    req.on('end', () => {
      heard.push(JSON.parse(body))
      res.writeHead(204).end()
    })
  })
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/alarm`,
    heard,
    async hears(cause, ms = 15_000) {
      for (const end = Date.now() + ms; Date.now() < end; await sleep(25)) {
        const found = heard.find((h) => h.cause === cause)
        if (found) return found
      }
      throw new Error(`no alarm ${cause}; heard ${heard.map((h) => h.cause)}`)
    },
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
