/** A draft as a Word file. */
import { exportDocx } from '../../desk/docx/export.ts'
import type { App } from '../env.ts'
import { actorIn } from '../guards/route.ts'
import { screen } from './desk-frame.ts'

const TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

export function mountDocx(app: App): void {
  screen(app, { method: 'get', path: '/desk/releases/{id}/draft.docx', act: 'release.inspect' }, async (c) => {
    const { name, bytes } = await exportDocx(c.var.ctx, actorIn(c), c.req.param('id') as string, c.req.query('part'))
    return c.body(Buffer.from(bytes), 200, {
      'content-type': TYPE,
      'content-disposition': `attachment; filename="${name}"`,
    })
  })
}
