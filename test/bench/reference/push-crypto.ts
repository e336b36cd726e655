/** What no web push can go under: the bare crypto of one message after the other, on one core, keys already at hand. */
import { createCipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto'

const WARM_UP = 500

/** Fresh P-256 key pair, key agreement, three HKDFs (RFC 8291), AES-128-GCM over `bytes` octets; n times. */
export async function pushCrypto(n: number, bytes = 700): Promise<{ perSecond: number; cpuUs: number }> {
  const browsers = Array.from({ length: 256 }, () => ({
    point: createECDH('prime256v1').generateKeys(),
    auth: randomBytes(16),
  }))
  const plaintext = randomBytes(bytes)
  const ours = createECDH('prime256v1')
  const salts = randomBytes(16 * 256)
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), Buffer.alloc(130)])
  const [cek, nonce] = [Buffer.from('Content-Encoding: aes128gcm\0'), Buffer.from('Content-Encoding: nonce\0')]
  const one = (i: number): number => {
    const { point, auth } = browsers[i % 256] as { point: Buffer; auth: Buffer }
    info.set(point, 14)
    info.set(ours.generateKeys(), 79)
    const salt = salts.subarray((i % 256) * 16, (i % 256) * 16 + 16)
    const secret = new Uint8Array(hkdfSync('sha256', ours.computeSecret(point), auth, info, 32))
    const key = new Uint8Array(hkdfSync('sha256', secret, salt, cek, 16))
    const cipher = createCipheriv('aes-128-gcm', key, new Uint8Array(hkdfSync('sha256', secret, salt, nonce, 12)))
    return cipher.update(plaintext).length + cipher.final().length + cipher.getAuthTag().length
  }
  let sealed = 0
  for (let i = 0; i < WARM_UP; i++) sealed += one(i)
  const [began, cpu] = [performance.now(), process.threadCpuUsage()]
  for (let i = 0; i < n; i++) sealed += one(i)
  const perSecond = (n * 1000) / (performance.now() - began)
  const { user, system } = process.threadCpuUsage(cpu)
  if (sealed !== (n + WARM_UP) * (bytes + 16)) throw new Error('the crypto gave the wrong lengths')
  return { perSecond, cpuUs: (user + system) / n }
}

if (import.meta.main) console.log(await pushCrypto(20_000))
