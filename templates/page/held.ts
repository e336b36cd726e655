/** Files that pages load and that are not made of text here: pictures, Mongolian face, scripts; named by the hash of their bytes. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sha256 } from '../../src/lib/id.ts'
import { ROOT } from '../../src/lib/root.ts'

export type Asset = { bytes: Uint8Array; name: string }
const known = new Map<string, Asset | null>()

export const sealImage = (): Asset => beside('seal.png')
/** What a shared link shows beside its title: 1200 × 630, the seal over a relay line, without a word that could be wrong. */
export const shareImage = (): Asset => beside('share.png')

/** For those pages alone that have Mongolian text. Noto Sans Mongolian under the SIL OFL 1.1, as @fontsource/noto-sans-mongolian has it. */
export const mongolianFace = (): Asset => beside('mongolian.woff2')
export const mongolianLicence = (): Uint8Array => beside('mongolian-OFL.txt').bytes

/** Keeps an incident's page fresh. null where the browser's code was not built: the page stands without it. */
export const incidentScript = (): Asset | null => once(join(ROOT, 'dist/client/incident.js'), 'incident.js')

/** Read once: a build that replaces a file comes with a new process. */
function once(file: string, name: string): Asset | null {
  const found = known.get(file)
  if (found !== undefined) return found
  const asset = existsSync(file) ? hashed(name, new Uint8Array(readFileSync(file))) : null
  known.set(file, asset)
  return asset
}

function beside(name: string): Asset {
  const file = join(ROOT, 'templates/page', name)
  const asset = once(file, name)
  if (!asset) throw new Error(`${file} is missing`)
  return asset
}

/** seal.png with its bytes' hash in its name: seal.1a2b3c4d.png */
const hashed = (name: string, bytes: Uint8Array): Asset => ({
  bytes,
  name: name.replace(/\.(?=\w+$)/, `.${sha256(bytes).slice(0, 8)}.`),
})
