/** Outside judges of a signed alert: libxml2 canonicalises, openssl checks. They share no code with what signs. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const canonical = (xml: string): Buffer => execFileSync('xmllint', ['--nonet', '--exc-c14n', '-'], { input: xml })
const within = (xml: string, name: string): string => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? ''

/** What is wrong with the signature, one sentence each; empty when anyone with the certificate can rely on the document. */
export function signatureProblems(xml: string, certificate: string): string[] {
  const signature =
    /<Signature xmlns="http:\/\/www\.w3\.org\/2000\/09\/xmldsig#">.*<\/Signature>(?=<\/alert>\n?$)/s.exec(xml)?.[0]
  if (!signature) return ['no signature as the last child of the alert']
  const signedInfo = /<SignedInfo>.*<\/SignedInfo>/s.exec(signature)?.[0] ?? ''
  const digest = createHash('sha256')
    .update(canonical(xml.replace(signature, '')))
    .digest('base64')
  const problems = digest === within(signature, 'DigestValue') ? [] : ['the digest is of something else']
  const dir = mkdtempSync(join(tmpdir(), 'ortoo-cap-'))
  const file = (name: string, bytes: string | Buffer) => {
    writeFileSync(join(dir, name), bytes)
    return join(dir, name)
  }
  try {
    const cert = file('cert.pem', certificate)
    const key = file('key.pem', execFileSync('openssl', ['x509', '-in', cert, '-noout', '-pubkey']))
    execFileSync('openssl', ['verify', '-x509_strict', '-CAfile', cert, cert], { stdio: 'pipe' })
    const standing = signedInfo.replace('<SignedInfo>', '<SignedInfo xmlns="http://www.w3.org/2000/09/xmldsig#">')
    const said = file('said', canonical(standing))
    const value = file('value', Buffer.from(within(signature, 'SignatureValue'), 'base64'))
    execFileSync('openssl', ['dgst', '-sha256', '-verify', key, '-signature', value, said], { stdio: 'pipe' })
    if (within(signature, 'X509Certificate') !== certificate.replace(/-----[^-]+-----|\s/g, ''))
      problems.push('the certificate in it is another')
  } catch (err) {
    problems.push(`openssl: ${String((err as { stdout?: Buffer }).stdout ?? '')}${(err as Error).message}`)
  } finally {
    rmSync(dir, { recursive: true })
  }
  return problems
}
