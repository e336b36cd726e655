/** Names in running text, as far as they show themselves: places and bodies by their last word, people by their title, Latin names by capitals. */

// What ends the name of a place or a body. Longer ones first.
const ENDINGS =
  '自治区|自治州|自治旗|苏木|嘎查|街道|社区|公司|集团|医院|学校|中学|小学|大学|委员会|办公室|办事处|指挥部|人民政府|政府|公署|派出所|支队|大队|草原|牧场|林场|水库|煤矿|高速|旗|县(?!级)|盟|市(?![场民])|区(?![别分域])|镇(?!静)|乡(?!亲)|村(?!民)|局(?![部面势])|厅|委(?![托派])|办(?![法理公事])|部(?![署分门队落件位])|路(?![况面线])|街|河|湖|山|矿|站(?!在)|台(?![风阶])'
// Characters that do not stand in a name: where one is met, the name begins after it.
const NOT_IN_NAMES =
  '的了在和与及或对向于为是将把从到至由自关各全本该我其这那并已也都就被使让请应须可不未无等、中上下内外前后以经按依据根'
const PLACES = new RegExp(`(?:(?![${NOT_IN_NAMES}])\\p{Script=Han}){1,8}?(?:${ENDINGS})`, 'gu')
const TITLES =
  '书记|主席|省长|市长|盟长|旗长|县长|镇长|乡长|局长|厅长|部长|主任|队长|院长|校长|同志|先生|女士|教授|医生|发言人|专家'
const PEOPLE = new RegExp(`\\p{Script=Han}{1,4}(?:${TITLES})`, 'gu')
const LATIN = /\p{Lu}[\p{L}'’-]*/gu

/** Names in the order they stand. Two texts with the same list name the same places, bodies and people, as far as can be seen. */
export const namesIn = (text: string): string[] => [
  ...(text.match(PLACES) ?? []),
  ...(text.match(PEOPLE) ?? []),
  ...latinNames(text),
]

/** Capitalised words, without the first of a sentence unless the text is a single one (a title). */
function latinNames(text: string): string[] {
  return [...text.matchAll(LATIN)]
    .filter((m) => m.index !== 0 && !/[.!?:\n“"]\s*$/.test(text.slice(0, m.index)))
    .map((m) => m[0])
}

const SURNAMES =
  /^[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常][\p{Script=Han}·]{1,2}$/u

/** Whether a piece of Chinese looks like a person's name standing by itself: a common surname and one or two characters. */
export const looksLikePerson = (piece: string): boolean => SURNAMES.test(piece)
