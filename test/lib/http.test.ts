/** The door for outbound HTTP: what an outsider's address can never reach, and what an answer may cost. */
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { afterEach, describe, expect, test } from 'vitest'
import type { Outsider as ChannelOutsider } from '../../src/delivery/channel.ts'
import { isPublicAddress } from '../../src/lib/address.ts'
import { Refusal } from '../../src/lib/errors.ts'
import { configured, type Outsider, outsider } from '../../src/lib/http.ts'
import { selfSigned } from '../support/certificate.ts'

const running: Server[] = []
afterEach(() => {
  for (const server of running.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function listen(server: Server): Promise<number> {
  running.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}
const serve = (listener: RequestListener) => listen(createServer(listener))

async function refusal(answer: Promise<unknown>): Promise<Refusal> {
  const err = await answer.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(err).toBeInstanceOf(Refusal)
  return err as Refusal
}
const code = async (answer: Promise<unknown>) => (await refusal(answer)).code

/** A resolver that must not be reached: the address has to be refused by its writing alone. */
const noResolver = async (host: string): Promise<never> => {
  throw new Error(`looked up ${host}`)
}
const strict: Outsider = outsider({ allow: [], resolve: noResolver })
const resolvingTo = (...addresses: string[]) =>
  outsider({
    allow: [],
    resolve: async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
  })

describe('an address an outsider gave', () => {
  test.each([
    'https://127.0.0.1/',
    'https://10.1.2.3/',
    'https://172.16.0.1/',
    'https://192.168.1.1/',
    'https://169.254.169.254/latest/meta-data/',
    'https://100.64.0.1/',
    'https://100.100.100.200/',
    'https://168.63.129.16/',
    'https://0.0.0.0/',
    'https://224.0.0.1/',
    'https://255.255.255.255/',
    'https://198.18.0.1/',
    'https://[::1]/',
    'https://[::]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:8.8.8.8]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[64:ff9b:1::1]/',
    'https://[2002:7f00:1::]/',
    'https://[2001:0:5ef5:79fb::1]/',
    'https://[2001:db8::1]/',
    'https://[fe80::1]/',
    'https://[fc00::1]/',
    'https://[fd00:ec2::254]/',
    'https://[ff02::1]/',
    'https://127.0.0.1:8443/',
  ])('%s is refused as private', async (url) => {
    const { kind, code } = await refusal(strict(url))
    expect([kind, code]).toEqual(['invalid', 'url-private-address'])
  })

  test.each([
    'https://0177.0.0.1/',
    'https://0x7f.0.0.1/',
    'https://2130706433/',
    'https://127.1/',
    'https://127.0.0.1./',
    'https://%31%32%37.0.0.1/',
    'https://１２７.0.0.1/',
    'https://127。0。0。1/',
    'https://0x08080808/',
    'https://8.8.2056/',
    'https://p%72ess.example/',
  ])('%s is refused for its odd writing, wherever it leads', async (url) => {
    expect(await code(strict(url))).toBe('url-odd-address')
  })

  test.each([
    ['http://press.example/', 'url-not-https'],
    ['ftp://press.example/', 'url-not-https'],
    ['file:///etc/passwd', 'url-not-https'],
    ['javascript:alert(1)', 'url-not-https'],
    ['https://a:b@press.example/', 'url-credentials'],
    ['https://a@press.example/', 'url-credentials'],
    ['https://@press.example/', 'url-credentials'],
    ['https://press.example@127.0.0.1/', 'url-credentials'],
    ['https://press.example\\@127.0.0.1/', 'url-malformed'],
    ['https://press.example/\r\nHost: x', 'url-malformed'],
    [' https://press.example/', 'url-malformed'],
    ['https://press\t.example/', 'url-malformed'],
    ['//press.example/', 'url-malformed'],
    ['', 'url-malformed'],
  ])('%j is refused as %s', async (url, expected) => {
    expect(await code(strict(url))).toBe(expected)
  })

  test.each([
    [['127.0.0.1']],
    [['8.8.8.8', '10.0.0.1']],
    [['2606:4700::1111', '::1']],
    [['8.8.8.8', '::ffff:10.0.0.1']],
    [['fe80::1%eth0']],
    [['not an address']],
  ])('a name that leads to %j is refused, one bad address among good ones too', async (addresses) => {
    const { kind, code } = await refusal(resolvingTo(...addresses)('https://push.example/'))
    expect([kind, code]).toEqual(['invalid', 'url-private-address'])
  })

  test('a name is asked anew for each connection, so a second answer is checked like the first', async () => {
    const answers = ['203.0.113.9', '127.0.0.1']
    const asked: string[] = []
    const call = outsider({
      allow: [],
      resolve: async () => {
        const address = answers[asked.length] as string
        asked.push(address)
        return [{ address, family: 4 }]
      },
    })
    expect(await code(call('https://rebind.example/'))).toBe('url-private-address')
    expect(await code(call('https://rebind.example/'))).toBe('url-private-address')
    expect(asked).toEqual(answers)
  })

  test('ordinary public addresses are public', () => {
    const open = ['8.8.8.8', '1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2400:3200::1', '223.5.5.5']
    expect(open.filter((address) => !isPublicAddress(address))).toEqual([])
  })

  test('the refusal names the host and never the path, which may hold a secret', async () => {
    const err = await refusal(strict('https://10.0.0.1/secret-token?key=1'))
    expect(JSON.stringify([err.message, err.params])).not.toMatch(/secret|key/)
    expect(err.params).toEqual({ host: '10.0.0.1' })
  })
})

describe('exactly listed addresses', () => {
  test('http and loopback are allowed at the listed port and refused at every other', async () => {
    const port = await serve((_req, res) => res.end('ok'))
    const other = await serve((_req, res) => res.end('inner'))
    const call = outsider({ allow: [`127.0.0.1:${port}`], resolve: noResolver })
    expect(Buffer.from((await call(`http://127.0.0.1:${port}/`)).body).toString()).toBe('ok')
    expect(await code(call(`http://127.0.0.1:${other}/`))).toBe('url-not-https')
    expect(await code(call(`https://127.0.0.1:${other}/`))).toBe('url-private-address')
    expect(await code(call(`http://localhost:${port}/`))).toBe('url-not-https')
    expect(await code(call(`http://127.1:${port}/`))).toBe('url-odd-address')
  })

  test('configured origins are exact in scheme, host and port', async () => {
    const port = await serve((_req, res) => res.end('ok'))
    const call = configured([`http://127.0.0.1:${port}`])
    expect((await call(`http://127.0.0.1:${port}/x`)).status).toBe(200)
    for (const url of [`https://127.0.0.1:${port}/`, 'http://127.0.0.1:1/', `http://localhost:${port}/`]) {
      expect(await code(call(url))).toBe('url-origin-not-configured')
    }
  })

  test('both have the signature a channel is handed', () => {
    const handed: ChannelOutsider[] = [outsider({ allow: [] }), configured([])]
    expect(handed).toHaveLength(2)
  })
})

describe('one exchange', () => {
  const to = (port: number) => outsider({ allow: [`127.0.0.1:${port}`] })

  test('method, headers and bytes arrive, and the answer comes back whole', async () => {
    const port = await serve(async (req, res) => {
      const chunks: Buffer[] = []
      for await (const chunk of req) chunks.push(chunk as Buffer)
      res.writeHead(201, { 'set-cookie': ['a=1', 'b=2'], 'x-got': `${req.method} ${req.headers['ttl']}` })
      res.end(Buffer.concat(chunks))
    })
    const body = new Uint8Array([0, 1, 255])
    const headers = { TTL: '60', Host: 'evil.example', 'Content-Length': '9' }
    const answer = await to(port)(`http://127.0.0.1:${port}/a?b`, { method: 'POST', headers, body })
    expect(answer).toMatchObject({ status: 201, headers: { 'x-got': 'POST 60', 'set-cookie': 'a=1, b=2' } })
    expect([...answer.body]).toEqual([0, 1, 255])
  })

  test('a redirect is handed back, not followed', async () => {
    let hits = 0
    const port = await serve((_req, res) => {
      hits++
      res.writeHead(302, { location: 'http://169.254.169.254/' }).end()
    })
    const answer = await to(port)(`http://127.0.0.1:${port}/`)
    expect([answer.status, answer.headers['location'], hits]).toEqual([302, 'http://169.254.169.254/', 1])
  })

  test('only the allowed number of answer bytes is kept, even of an endless answer', async () => {
    const port = await serve((_req, res) => {
      const pour = () => {
        while (!res.destroyed && res.write(Buffer.alloc(10_000)));
      }
      res.on('drain', pour)
      pour()
    })
    expect((await to(port)(`http://127.0.0.1:${port}/`)).body).toHaveLength(64 * 1024)
    expect((await to(port)(`http://127.0.0.1:${port}/`, { maxBytes: 10 })).body).toHaveLength(10)
  })

  test.each(['before the answer', 'in the middle of the answer'])('one deadline ends a stall %s', async (when) => {
    const port = await serve((_req, res) => {
      if (when !== 'before the answer') res.write('a')
    })
    const err = await refusal(to(port)(`http://127.0.0.1:${port}/`, { timeoutMs: 80 }))
    expect([err.kind, err.code, err.params['sent']]).toEqual(['unavailable', 'far-end-timeout', 1])
  })

  test('the deadline also ends a resolver that never answers, and then nothing was sent', async () => {
    const call = outsider({ allow: [], resolve: () => new Promise(() => {}) })
    const err = await refusal(call('https://slow.example/', { timeoutMs: 60 }))
    expect([err.code, err.params['sent']]).toEqual(['far-end-timeout', 0])
  })

  test('a signal ends the call, before it begins or while it waits', async () => {
    const port = await serve(() => {})
    const url = `http://127.0.0.1:${port}/`
    expect(await code(to(port)(url, { signal: AbortSignal.abort() }))).toBe('far-end-aborted')
    expect(await code(to(port)(url, { signal: AbortSignal.timeout(50) }))).toBe('far-end-aborted')
  })

  test('a closed port was not sent to; a far end that hangs up may have been', async () => {
    const port = await serve((req) => req.socket.destroy())
    const hungUp = await refusal(to(port)(`http://127.0.0.1:${port}/`))
    expect([hungUp.code, hungUp.params['sent']]).toEqual(['far-end-unreachable', 1])
    const closed = await refusal(to(1)('http://127.0.0.1:1/'))
    expect([closed.code, closed.params['sent'], closed.params['why']]).toEqual([
      'far-end-unreachable',
      0,
      'ECONNREFUSED',
    ])
  })

  test('one that waited for a connection of another and is then hung up on may have been sent', async () => {
    let asked = 0
    const port = await serve((_req, res) => {
      if (++asked <= 64) setTimeout(() => res.end('ok'), 20)
      else res.destroy()
    })
    const call = to(port)
    const answers = await Promise.allSettled(Array.from({ length: 80 }, () => call(`http://127.0.0.1:${port}/`)))
    const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as Refusal] : []))
    expect(refused.map(({ params }) => params['sent'])).toEqual(Array(16).fill(1))
  })

  test('a name that does not exist says so', async () => {
    const resolve = async () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }))
    const err = await refusal(outsider({ allow: [], resolve })('https://nowhere.example/'))
    expect([err.kind, err.code, err.params['sent']]).toEqual(['unavailable', 'far-end-unknown-name', 0])
  })

  test('a connection is kept and used again', async () => {
    const ports = new Set<number | undefined>()
    const port = await serve((req, res) => {
      ports.add(req.socket.remotePort)
      res.end('ok')
    })
    const call = to(port)
    for (let i = 0; i < 5; i++) await call(`http://127.0.0.1:${port}/`)
    expect(ports.size).toBe(1)
  })
})

describe('over TLS', () => {
  const pem = selfSigned('DNS:push.example')
  const tls = (listener: RequestListener) => listen(createTlsServer(pem, listener))
  const toLoopback = async () => [{ address: '127.0.0.1', family: 4 }]

  test('the checked address is connected to while SNI and Host carry the name', async () => {
    const seen: unknown[] = []
    const port = await tls((req, res) => {
      seen.push((req.socket as TLSSocket & { servername?: string }).servername, req.headers.host)
      res.end('ok')
    })
    const call = outsider({ allow: [`push.example:${port}`], resolve: toLoopback, ca: pem.cert })
    expect((await call(`https://push.example:${port}/`)).status).toBe(200)
    expect(seen).toEqual(['push.example', `push.example:${port}`])
  })

  test('a certificate for another name, or of an unknown authority, is refused before anything is sent', async () => {
    let hits = 0
    const port = await tls((_req, res) => {
      hits++
      res.end('ok')
    })
    const options = { allow: [`other.example:${port}`, `push.example:${port}`], resolve: toLoopback }
    const wrongName = await refusal(outsider({ ...options, ca: pem.cert })(`https://other.example:${port}/`))
    const unknown = await refusal(outsider(options)(`https://push.example:${port}/`))
    expect([wrongName.params['why'], unknown.params['why']]).toEqual([
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
    ])
    expect([wrongName.params['sent'], unknown.params['sent'], hits]).toEqual([0, 0, 0])
  })

  test('with nothing listed, the same server behind a public-looking name is never connected to', async () => {
    let connections = 0
    const port = await tls((_req, res) => res.end('ok'))
    running.at(-1)?.on('connection', () => connections++)
    const call = outsider({ allow: [], resolve: toLoopback, ca: pem.cert })
    expect(await code(call(`https://push.example:${port}/`))).toBe('url-private-address')
    expect(connections).toBe(0)
  })
})
