/** Whether PDFs of releases can be made: Chromium is there and prints a page. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { printToPdf } from '../../lib/chromium.ts'
import { SECOND } from '../../lib/clock.ts'
import { fail, type Look, note, ok, reason } from './finding.ts'

export const printer: Look = {
  name: 'printer',
  async run(config) {
    const { chromium } = config
    if (!chromium) return [note('doctor.printer-none')]
    const door = createServer((_req, res) => res.end('<!doctype html><title>1</title><p>驿'))
    await new Promise<void>((up) => door.listen(0, '127.0.0.1', up))
    try {
      const url = `http://127.0.0.1:${(door.address() as AddressInfo).port}/`
      await printToPdf({ chromium, url, folder: join(config.dataDir, 'print'), timeoutMs: 20 * SECOND })
      return [ok('doctor.printer', { path: chromium })]
    } catch (err) {
      return [fail('doctor.printer-fails', { path: chromium, why: reason(err) })]
    } finally {
      door.close()
      door.closeAllConnections()
    }
  },
}
