/** 文字实录: begins the draft of what was said at a press conference, under its incident, with its places and words to start from. */
import { t } from '../../templates/words/index.ts'
import type { Ctx } from '../context.ts'
import type { Content } from '../desk/content.ts'
import { createRelease } from '../desk/create.ts'
import type { ReleaseRow } from '../desk/store.ts'
import { wallMinute } from '../lib/clock.ts'
import type { Actor } from '../staff/member.ts'
import { conferenceFor, type Meeting } from './conference.ts'
import { publicConference } from './conference-store.ts'

/** @throws Refusal not-found for what is no public press conference of one's office or below */
export async function beginTranscript(ctx: Ctx, by: Actor, number: string): Promise<ReleaseRow> {
  const { meeting } = await conferenceFor(ctx, by, number)
  const row = await publicConference(ctx.store.db, meeting.releaseId)
  const { areas, topics } = (JSON.parse(row?.content ?? '{"core":{"areas":[],"topics":[]}}') as Content).core
  const fill = t('zh', 'desk.conference.transcript.fill')
  return createRelease(ctx, by, {
    core: {
      kind: 'press-conference',
      mode: meeting.mode,
      areas,
      topics,
      ...(meeting.incidentId ? { incidentId: meeting.incidentId } : {}),
      relatesTo: [{ releaseId: meeting.releaseId, as: 'transcript-of' }],
    },
    parts: {
      'zh-CN': {
        title: t('zh', 'desk.conference.transcript.title', { title: meeting.title.zh }).slice(0, 300),
        blocks: { whenWhere: whenWhere(ctx, meeting) },
        body: `<p>${fill}</p><h2>${t('zh', 'desk.conference.transcript.answers')}</h2><p>${fill}</p>`,
      },
    },
  })
}

function whenWhere(ctx: Ctx, { conference }: Meeting): string {
  const wall = wallMinute(conference.startsAt, ctx.config.site.offset)
  const [y, m, d] = wall.slice(0, 10).split('-').map(Number)
  return `${y}年${m}月${d}日${wall.slice(11)}${conference.place ? `，${conference.place}` : ''}`
}
