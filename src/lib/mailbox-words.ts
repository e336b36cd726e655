/** How mail servers say in words that there is no such mailbox, where they give no enhanced code. */

/** "Mailbox unavailable" is not among them: it is also said of policy. */
const NO_MAILBOX =
  /user unknown|unknown (user|recipient|mailbox)|no such (user|mailbox|recipient|address)|(user|mailbox|recipient|address) (not found|does(n't| not) exist)|(用户|收件人|邮箱|账号|帐号)不存在/i

export const saysNoMailbox = (text: string): boolean => NO_MAILBOX.test(text)
