/** The certificates of other offices this one trusts: PEM files an administrator put into data/alert-trust. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

export const TRUST_FOLDER = 'alert-trust'
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/** Every certificate in a text; a key beside it is passed over. */
export const certificatesIn = (text: string): string[] => text.match(CERTIFICATE) ?? []

/** Ours too: what we published comes back to us as ours. */
export async function heldCertificates(dataDir: string): Promise<string[]> {
  const folder = join(dataDir, TRUST_FOLDER)
  const names = await readdir(folder).catch(() => [])
  const files = names.filter((n) => /\.(pem|crt|cer)$/i.test(n)).map((n) => join(folder, n))
  const own = ['live', 'exercise'].map((which) => join(dataDir, 'keys', `alert-${which}.pem`))
  const texts = await Promise.all([...files, ...own].map((f) => readFile(f, 'utf8').catch(() => '')))
  return texts.flatMap(certificatesIn)
}
