/** The least a server in this language can do: one buffer, its length and type; 304 for its tag, brotli bytes for who takes them. */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const [plainFile = '', brFile = '', etag = '', brTag = ''] = process.argv.slice(2)
const plain = readFileSync(plainFile)
const br = readFileSync(brFile)
const type = 'text/html; charset=utf-8'

const server = createServer((req, res) => {
  if (req.headers['if-none-match'] === etag) {
    res.writeHead(304, { etag })
    res.end()
  } else if (req.headers['accept-encoding'] === 'br') {
    res.writeHead(200, { 'content-type': type, 'content-encoding': 'br', 'content-length': br.length, etag: brTag })
    res.end(br)
  } else {
    res.writeHead(200, { 'content-type': type, 'content-length': plain.length, etag })
    res.end(plain)
  }
})
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }))
