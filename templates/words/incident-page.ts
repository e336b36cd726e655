/** Words of the home and incident pages, and of what time alone changes. */
import type { Words } from './index.ts'

export const incidentPageWords = {
  'public.over': ['有效期已过', 'No longer valid'],
  'public.over.at': ['本稿有效期已于 {at} 届满。', 'The validity of this release ended on {at}.'],
  'public.over.not-lifted': [
    '有效期已过不等于情况已经结束，请以最新发布为准。',
    'This does not mean that it is over. Please go by the latest release.',
  ],

  'public.please': ['现在请您', 'Please do this now'],
  'public.incident.over': ['本事件已结束。', 'This incident is over.'],
  'public.incident.more': ['本事件的全部发布', 'Everything on this incident'],
  'public.next.overdue': [
    '已过预计发布时间，新的情况还没有发布。',
    'The time announced for the next update has passed; nothing newer has been published yet.',
  ],
  'public.watch.checked': ['本页自动更新。上次检查：{at}', 'This page updates by itself. Last checked: {at}'],
  'public.watch.failed': [
    '现在连不上，稍后自动再试。上次检查：{at}',
    'No connection just now; trying again. Last checked: {at}',
  ],
  'public.watch.changed': ['本页已更新：{title}', 'This page has been updated: {title}'],
  'public.gone.file.superseded': [
    '这个附件已被较新的版本取代，请不要再使用或转发。',
    'A later edition has taken its place. Please do not use or forward it any more.',
  ],
  'public.language.mn': ['蒙古文', 'Mongolian'],

  'desk.alarm.turn-failing': ['网站到时未能更新', 'Public pages could not be brought up to date'],
  'desk.alarm.turn-failing.do': [
    '有效期已过或事件已结束，但网页和订阅源还没有改过来；系统持续重试。请查看数据文件夹或存储桶是否可写、磁盘是否已满（ortoo doctor）。',
    'Something has expired or an incident was closed, and pages and feeds do not say so yet. We go on trying. See whether the data folder or bucket can be written and the disk has room (ortoo doctor).',
  ],
} satisfies Words
