/**
 * Checks an enveloped XML signature by a library that shares no code with what signs ours. What it says of a valid one is the bytes that
 * were signed: whoever reads on must read those, since what stands beside them in the file nobody vouched for.
 */
import { createVerify, X509Certificate } from 'node:crypto'
import { DOMParser } from '@xmldom/xmldom'
import { SignedXml } from 'xml-crypto'

/**
 * `signed`: the canonical XML the signature covers. `certificate`: PEM, from the file itself: it proves who signed only to those who
 * had it before (`standing`).
 */
export type SignatureFound =
  | { state: 'absent' }
  | { state: 'invalid'; why: 'place' | 'covers' | 'method' | 'certificate' | 'digest' | 'value' }
  | { state: 'valid'; certificate: string; signed: string }

const DSIG = 'http://www.w3.org/2000/09/xmldsig#'
const MORE = 'http://www.w3.org/2001/04/xmldsig-more#'
const ENVELOPED = `${DSIG}enveloped-signature`
const C14N = ['http://www.w3.org/2001/10/xml-exc-c14n#', 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315']
const DIGESTS = ['http://www.w3.org/2001/04/xmlenc#sha256', 'http://www.w3.org/2001/04/xmlenc#sha512']
const STRICT_BASE64 = /^(?:[A-Za-z\d+/]{4})+(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/

/** RFC 4051 §2.3.6: r and s side by side. The library knows RSA alone. */
const ecdsa = (hash: 'sha256' | 'sha384') =>
  class {
    getAlgorithmName = () => `${MORE}ecdsa-${hash}`
    getSignature = () => ''
    verifySignature = (material: string, key: never, value: string) =>
      createVerify(hash).update(material).verify({ key, dsaEncoding: 'ieee-p1363' }, value, 'base64')
  }

const invalid = (why: Extract<SignatureFound, { state: 'invalid' }>['why']): SignatureFound => ({
  state: 'invalid',
  why,
})

/** @param xml well-formed, without a document type: the caller has seen to both */
export function checkSignature(xml: string): SignatureFound {
  const doc = new DOMParser({ errorHandler: () => {} }).parseFromString(xml, 'text/xml')
  const found = Array.from(doc.getElementsByTagNameNS(DSIG, 'Signature'))
  const [signature] = found
  if (!signature) return { state: 'absent' }
  if (found.length > 1 || signature.parentNode !== doc.documentElement) return invalid('place')
  const certificate = certificateIn(textOf(signature, 'X509Certificate')[0])
  const value = textOf(signature, 'SignatureValue')[0] ?? ''
  if (!certificate) return invalid('certificate')
  if (!STRICT_BASE64.test(value)) return invalid('value')
  if (!coversAll(signature)) return invalid('covers')
  return verified(xml, signature, certificate)
}

function verified(xml: string, signature: Element, certificate: string): SignatureFound {
  const checker = new SignedXml({ publicCert: certificate, getCertFromKeyInfo: () => null })
  const rsa = ['rsa-sha256', 'rsa-sha512'].map((name) => `${MORE}${name}`)
  checker.SignatureAlgorithms = {
    ...Object.fromEntries(rsa.map((name) => [name, checker.SignatureAlgorithms[name] as never])),
    [`${MORE}ecdsa-sha256`]: ecdsa('sha256'),
    [`${MORE}ecdsa-sha384`]: ecdsa('sha384'),
  }
  checker.loadSignature(signature)
  if (!checker.SignatureAlgorithms[checker.signatureAlgorithm ?? '']) return invalid('method')
  try {
    if (!checker.checkSignature(xml)) return invalid('digest')
  } catch {
    return invalid('value')
  }
  const [signed] = checker.getSignedReferences()
  return signed ? { state: 'valid', certificate, signed } : invalid('covers')
}

/** One reference, to the whole document, less the signature: nothing beside it can pass as signed. */
function coversAll(signature: Element): boolean {
  const all = (name: string) => Array.from(signature.getElementsByTagNameNS(DSIG, name))
  const algorithm = (of: Element) => of.getAttribute('Algorithm') ?? ''
  const [reference, more] = all('Reference')
  const [first, second, third] = all('Transform').map(algorithm)
  const [method] = all('CanonicalizationMethod').map(algorithm)
  return (
    reference !== undefined &&
    more === undefined &&
    reference.getAttribute('URI') === '' &&
    first === ENVELOPED &&
    (second === undefined || C14N.includes(second)) &&
    third === undefined &&
    C14N.includes(method ?? '') &&
    all('DigestMethod').every((d) => DIGESTS.includes(algorithm(d)))
  )
}

const textOf = (signature: Element, name: string): string[] =>
  Array.from(signature.getElementsByTagNameNS(DSIG, name)).map((e) => (e.textContent ?? '').replace(/\s/g, ''))

function certificateIn(base64: string | undefined): string | null {
  if (!base64 || !STRICT_BASE64.test(base64)) return null
  try {
    return new X509Certificate(Buffer.from(base64, 'base64')).toString()
  } catch {
    return null
  }
}

export type Standing = 'trusted' | 'unknown' | 'out-of-date'

/**
 * Whether a certificate is one we hold, or was issued by one we hold, and stood at the time the document names.
 * @param held PEM @param at any form Date can read
 */
export function standing(pem: string, held: readonly string[], at: string): Standing {
  const it = new X509Certificate(pem)
  const known = held
    .map((p) => new X509Certificate(p))
    .some((c) => c.fingerprint256 === it.fingerprint256 || (c.ca && it.checkIssued(c) && it.verify(c.publicKey)))
  if (!known) return 'unknown'
  const moment = Date.parse(at)
  return Date.parse(it.validFrom) <= moment && moment <= Date.parse(it.validTo) ? 'trusted' : 'out-of-date'
}

/** Whom a certificate names, and its SHA-256, as an officer reads it out over the telephone. */
export const certificateFace = (pem: string): { subject: string; fingerprint: string } => {
  const it = new X509Certificate(pem)
  return { subject: it.subject.replace(/\n/g, ', '), fingerprint: it.fingerprint256 }
}
