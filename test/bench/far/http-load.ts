/**
 * Asks one server over kept-alive connections as fast as it answers. Every answer must be as long as the first of its kind and
 * begin with the expected status: the load counts bytes and parses nothing, so that the server and not the load is what is measured.
 */
import { connect, type Socket } from 'node:net'

export type Kind = { request: string; status: number; bytes: number }
export type Order = { port: number; connections: number; ms: number; kinds: Kind[] }
export type Report = { requests: number; ms: number; wrong: number }

process.on('message', (order: Order) => {
  void load(order).then((report) => process.send?.(report))
})
process.send?.({ pid: process.pid })

async function load({ port, connections, ms, kinds }: Order): Promise<Report> {
  const asked = kinds.map((k) => ({ ...k, out: Buffer.from(k.request), head: Buffer.from(`HTTP/1.1 ${k.status} `) }))
  let requests = 0
  let wrong = 0
  let over = false
  const talk = (first: number) =>
    new Promise<void>((done, fail) => {
      const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true })
      let at = first
      let left = 0
      let fresh = false
      const ask = () => {
        if (over) {
          socket.destroy()
          done()
          return
        }
        const kind = asked[at % asked.length] as (typeof asked)[number]
        left = kind.bytes
        fresh = true
        socket.write(kind.out)
      }
      socket.on('connect', ask)
      socket.on('error', fail)
      socket.on('close', () => (over ? done() : fail(new Error('the server closed a connection'))))
      socket.on('data', (chunk: Buffer) => {
        const kind = asked[at % asked.length] as (typeof asked)[number]
        if (fresh && !chunk.subarray(0, kind.head.length).equals(kind.head)) wrong++
        fresh = false
        left -= chunk.length
        if (left > 0) return
        if (left < 0) wrong++
        requests++
        at++
        ask()
      })
    })
  const began = performance.now()
  setTimeout(() => {
    over = true
  }, ms)
  await Promise.all(Array.from({ length: connections }, (_, i) => talk(i)))
  return { requests, ms: performance.now() - began, wrong }
}
