/** The bare loop of P1a: ready messages over pipelined SMTP on 20 connections, no database, no rendering, no record. Its own process. */
import { connect } from 'node:net'

const [port = '0', connections = '20'] = process.argv.slice(2)

type Order = { mails: number; message: string; domain: string }

/** One connection: the next envelope travels with the body before it, so that the relay never waits for us. */
function pump(next: () => number, message: Buffer, domain: string): Promise<void> {
  return new Promise((done, fail) => {
    const socket = connect({ port: Number(port), host: '127.0.0.1', noDelay: true })
    const envelope = (n: number) => `MAIL FROM:<a@b.example>\r\nRCPT TO:<r${n}@${domain}>\r\nDATA\r\n`
    let rest = ''
    let ready = false
    let current = -1
    socket.on('error', fail)
    socket.on('close', () => done())
    const sendBody = () => {
      current = next()
      socket.cork()
      socket.write(message)
      socket.write(current >= 0 ? `.\r\n${envelope(current)}` : '.\r\nQUIT\r\n')
      socket.uncork()
    }
    const begin = () => {
      current = next()
      if (current < 0) return void socket.end('QUIT\r\n')
      socket.write(envelope(current))
    }
    socket.on('data', (chunk: Buffer) => {
      rest += chunk.toString('latin1')
      for (let at = rest.indexOf('\n'); at >= 0; at = rest.indexOf('\n')) {
        const line = rest.slice(0, at)
        rest = rest.slice(at + 1)
        if (line.startsWith('220')) socket.write('EHLO bare.example\r\n')
        else if (!ready && line.startsWith('250 ')) {
          ready = true
          begin()
        } else if (line.startsWith('354')) sendBody()
      }
    })
  })
}

process.on('message', async ({ mails, message, domain }: Order) => {
  const bytes = Buffer.from(message, 'latin1')
  let given = 0
  const next = () => (given < mails ? given++ : -1)
  const began = performance.now()
  await Promise.all(Array.from({ length: Number(connections) }, () => pump(next, bytes, domain)))
  process.send?.({ perSecond: (mails * 1000) / (performance.now() - began) })
})
process.on('disconnect', () => process.exit(0))
process.send?.({ ready: 1 })
