/** CSS of the few pages the edge has of its own: readable in light and dark, on any screen. */

export const edgeCss = `:root{color-scheme:light dark;--ink:#1b1b1b;--paper:#f7f5f0;--card:#fff;--line:#d8d2c4;--link:#0b4a8f}
@media (prefers-color-scheme:dark){:root{--ink:#ecebe6;--paper:#15171a;--card:#1d2024;--line:#3a3f45;--link:#8fc1ff}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.7 system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif}
main{max-width:40rem;margin:0 auto;padding:2.5rem 1rem}
h1{font-size:1.5rem;line-height:1.35;margin:0 0 1rem}
h1 span{display:block}
h1 [lang=en]{font-size:1.125rem;font-weight:400}
p{margin:0 0 .75rem}
ul{list-style:none;padding:0;margin:1.25rem 0;border-top:1px solid var(--line)}
li{border-bottom:1px solid var(--line)}
a{display:block;min-height:2.75rem;padding:.5rem 0;color:var(--link)}
`
