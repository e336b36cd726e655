/** A certificate for loopback that signs itself, made by openssl for one test: Node reads X.509 but makes none. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Certificate = { key: string; cert: string }

/** @param names what the certificate speaks for, as openssl writes it: `DNS:push.example`, `IP:127.0.0.1` */
export function selfSigned(...names: string[]): Certificate {
  const dir = mkdtempSync(join(tmpdir(), 'ortoo-tls-'))
  const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')]
  const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', key, '-out', cert]
  const subject = ['-subj', '/CN=ortoo test', '-addext', `subjectAltName=${names.join(',')}`, '-days', '2']
  try {
    execFileSync('openssl', ['req', '-x509', ...made, ...subject], { stdio: 'ignore' })
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
  } finally {
    rmSync(dir, { recursive: true })
  }
}
