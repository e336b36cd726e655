/** Words of the home and incident pages, and of what time alone changes. */
import type { Words } from './index.ts'

export const incidentPageWords = {
  'public.over': ['有效期已过', 'No longer valid'],
  'public.over.at': ['本稿有效期已于 {at} 届满。', 'The validity of this release ended on {at}.'],
  'public.over.not-lifted': [
    '有效期已过不等于情况已经结束，请以最新发布为准。',
    'This does not mean that it is over. Please go by the latest release.',
  ],

  'desk.alarm.turn-failing': ['网站到时未能更新', 'Public pages could not be brought up to date'],
  'desk.alarm.turn-failing.do': [
    '有效期已过或事件已结束，但网页和订阅源还没有改过来；系统持续重试。请查看数据文件夹或存储桶是否可写、磁盘是否已满（ortoo doctor）。',
    'Something has expired or an incident was closed, and pages and feeds do not say so yet. We go on trying. See whether the data folder or bucket can be written and the disk has room (ortoo doctor).',
  ],
} satisfies Words
