/** Files of the desk and the browser's code, from memory: /assets/*.js, /assets/desk.css, /sw.js. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sha256 } from '../lib/id.ts'
import { ROOT } from '../lib/root.ts'
import type { App } from './env.ts'
import { route } from './guards/route.ts'

type Asset = { body: string; type: string; etag: string }

/** What the build left in dist/, and the stylesheets handed in by name. */
function load(styles: Record<string, string>): Map<string, Asset> {
  const found = new Map<string, Asset>()
  const put = (path: string, body: string, type: string) =>
    found.set(path, { body, type, etag: `"${sha256(body).slice(0, 16)}"` })
  for (const [folder, at] of [
    ['client', '/assets/'],
    ['public', '/'],
  ] as const) {
    const dir = join(ROOT, 'dist', folder)
    if (!existsSync(dir)) continue
    for (const name of readdirSync(dir).filter((n) => n.endsWith('.js')))
      put(at + name, readFileSync(join(dir, name), 'utf8'), 'text/javascript')
  }
  for (const [name, css] of Object.entries(styles)) put(`/assets/${name}`, css, 'text/css')
  return found
}

export function mountAssets(app: App, styles: Record<string, string>): void {
  const assets = load(styles)
  for (const [path, asset] of assets) {
    route(app, { method: 'get', path, act: 'public' }, (c) => {
      const headers = {
        etag: asset.etag,
        'cache-control': 'public, max-age=300',
        'content-type': `${asset.type}; charset=utf-8`,
      }
      return c.req.header('if-none-match') === asset.etag
        ? c.body(null, 304, headers)
        : c.body(asset.body, 200, headers)
    })
  }
}
