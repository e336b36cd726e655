/** What a claim may not carry when it is named to be set right: a live link to it, or the account of a private person. Pure. */

/** Addresses, also spelt without their scheme; accounts; and what a reader would look a person up by. */
const FOUND: [what: 'link' | 'account', pattern: RegExp][] = [
  ['link', /(?:https?|ftp):\/\/\S+|(?<![\w@.])(?:www\.)[\w-]+(?:\.[\w-]+)+\S*/i],
  [
    'link',
    /(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:com|cn|net|org|gov|edu|cc|tv|me|io|info|top|xyz|vip|link|app|im|co)(?![\w-])(?:\/\S*)?/i,
  ],
  ['account', /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/],
  ['account', /(?<![\w.])[@＠][\p{L}\p{N}_\-·]{2,30}/u],
  [
    'account',
    /(?:微信|微博|抖音|快手|小红书|QQ|公众号|视频号|贴吧)\s*(?:账?号|账户|帐号|ID|昵称|用户名|群号|群)?\s*[:：]\s*[\p{L}\p{N}_\-.]{2,30}/iu,
  ],
  ['account', /(?:微信号|QQ号?|QQ群|抖音号|快手号)\s*[a-z0-9][a-z0-9_-]{4,30}/i],
  ['account', /(?<![a-z])(?:wx|wxid|weixin|qq)[\s_:：-]*[a-z0-9][a-z0-9_-]{4,30}/i],
  [
    'account',
    /(?:微信号|公众号|视频号|抖音号|快手号|账号|帐号|账户|博主|群主|昵称)\s*[“"「'《][^”"」'》]{1,30}[”"」'》]/,
  ],
]

/** The first thing that may not stand, and of which sort it is. */
export function forbiddenIn(text: string): { what: 'link' | 'account'; words: string } | null {
  for (const [what, pattern] of FOUND) {
    const words = pattern.exec(text)?.[0]
    if (words) return { what, words: words.slice(0, 60) }
  }
  return null
}
