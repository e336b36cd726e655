/**
 * An enveloped XML signature (W3C xmldsig-core, RSA-SHA256 over exclusive canonical XML) on a document of our own. What el() writes
 * is canonical already: one default namespace, no comment, every element closed by a tag. So the markup is what is signed, byte
 * for byte; a test holds that against another canonicaliser. RSASSA-PKCS1-v1_5 gives the same signature every time, which is what lets a
 * rebuilt site come out the same.
 */
import { createHash, createPrivateKey, sign } from 'node:crypto'
import { el, trusted, type Xml, xmlDocument } from './xml.ts'

/** Both in PEM. */
export type SigningKey = { privateKey: string; certificate: string }

const DSIG = 'http://www.w3.org/2000/09/xmldsig#'
const C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'
const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256'

/** Base64 of the certificate, as X509Certificate wants it. */
const bare = (pem: string): string => pem.replace(/-----[^-]+-----|\s/g, '')

/** The document with the signature as the root's last child. Not a byte of it may change afterwards. */
export function signedDocument(root: Xml, key: SigningKey): string {
  const digest = createHash('sha256').update(root.markup).digest('base64')
  const canonical = signedInfo(digest, { xmlns: DSIG }).markup
  const value = sign('sha256', Buffer.from(canonical), createPrivateKey(key.privateKey)).toString('base64')
  const signature = el(
    'Signature',
    { xmlns: DSIG },
    signedInfo(digest, {}),
    el('SignatureValue', {}, value),
    el('KeyInfo', {}, el('X509Data', {}, el('X509Certificate', {}, bare(key.certificate)))),
  )
  const end = root.markup.lastIndexOf('</')
  return xmlDocument(trusted(root.markup.slice(0, end) + signature.markup + root.markup.slice(end)))
}

/** Taken out of its place to be signed it names its namespace itself; in its place it has it from its parent. */
const signedInfo = (digest: string, attributes: { xmlns?: string }): Xml =>
  el(
    'SignedInfo',
    attributes,
    el('CanonicalizationMethod', { Algorithm: C14N }),
    el('SignatureMethod', { Algorithm: RSA_SHA256 }),
    el(
      'Reference',
      { URI: '' },
      el(
        'Transforms',
        {},
        el('Transform', { Algorithm: `${DSIG}enveloped-signature` }),
        el('Transform', { Algorithm: C14N }),
      ),
      el('DigestMethod', { Algorithm: SHA256 }),
      el('DigestValue', {}, digest),
    ),
  )
