/** Other alerts of a place as screens show them. */
import { knownAreas } from '../../audience/store.ts'
import type { Ctx } from '../../context.ts'
import type { Content } from '../../desk/content.ts'
import { releaseAddress } from '../../desk/release.ts'
import type { ReleaseRow } from '../../desk/store.ts'
import { contradictions } from '../../review/alerts.ts'
import { alertsBeside } from '../../review/judge.ts'
import type { Beside } from '../views/alerts-beside.tsx'

export async function besideFor(
  ctx: Ctx,
  lang: 'zh' | 'en',
  release: Pick<ReleaseRow, 'id' | 'mode'>,
  content: Content,
): Promise<Beside[]> {
  const { db } = ctx.store
  const running = await alertsBeside(db, release, content, ctx.clock.now())
  const against = contradictions(content, running)
  const areas = await knownAreas(db, [...new Set(running.flatMap((r) => r.content.core.areas))])
  const name = (code: string) => {
    const area = areas.find((a) => a.code === code)
    return (lang === 'en' ? area?.name_en || area?.name_zh : area?.name_zh) ?? code
  }
  return running.map((r) => ({
    running: r,
    href: ctx.config.publicUrl + releaseAddress(r.number, release.mode),
    areas: r.content.core.areas
      .slice(0, 6)
      .map(name)
      .join(lang === 'zh' ? '、' : ', '),
    rules: against.filter((c) => c.with.releaseId === r.releaseId).map((c) => c.rule),
  }))
}
