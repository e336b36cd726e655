/** CSS shared by the public site and the desk: type, links, buttons, forms, tables, bands, badges, the relay line. */

export const baseCss = `
*,*::before,*::after{box-sizing:border-box}
:root{
--serif:"Noto Serif CJK SC","Source Han Serif SC","Songti SC","STSong","SimSun","Noto Serif",serif;
--sans:"Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei","Noto Sans",system-ui,sans-serif;
--mongol:"Noto Sans Mongolian","Mongolian Baiti","Menksoft Qagan","MongolianScript",var(--sans);
font-size:16px;-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:1rem}
:root:lang(en){--sans:"Noto Sans","Source Sans 3","Segoe UI",system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif}
:root[data-type=large],:root:has(#large-type:checked){font-size:20px}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.65 var(--sans);overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
h1,h2,h3{font-family:var(--serif);font-weight:700;line-height:1.35;margin:0;text-wrap:pretty}
h1{font-size:1.75rem}
h2{font-size:1.125rem}
h3{font-size:1rem}
p,ul,ol,dl,table,figure,fieldset{margin:0 0 1rem}
small,.small{font-size:.875rem}
.quiet{color:var(--ink-2)}
a{color:var(--sky);text-underline-offset:.2em;text-decoration-thickness:1px}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:3px solid var(--sky);outline-offset:2px;border-radius:2px}
time,.num,td.num,.times{font-variant-numeric:tabular-nums}
time{white-space:nowrap}
.num{text-align:right}
code,.mono{font-family:ui-monospace,"Noto Sans Mono CJK SC",Menlo,Consolas,monospace;font-size:.875em;overflow-wrap:anywhere}
hr{border:0;border-top:1px solid var(--line);margin:1.5rem 0}
[hidden]{display:none!important}
@media not print{.print-only{display:none!important}}
.desk .print-only{display:none!important}
.visually-hidden{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:.5rem;top:-4rem;background:var(--card);padding:.5rem 1rem;z-index:9}
.skip:focus{top:.5rem}

.band{padding:.25rem 1rem;font-size:.875rem;text-align:center}
.band strong{margin-right:.75em}
.seal{display:inline-grid;place-items:center;width:2.125rem;height:2.125rem;border-radius:4px;background:var(--seal);color:#fff;font:700 1.25rem/1 var(--serif);flex:none}

.button,button{display:inline-block;min-height:2.75rem;padding:.5rem 1.25rem;border:1px solid var(--edge);border-radius:4px;background:var(--card);color:var(--ink);font:700 1rem/1.6 var(--sans);text-align:center;text-decoration:none;cursor:pointer}
.button:hover,button:hover{border-color:var(--ink)}
.button.primary,button.primary{background:var(--sky-fill);border-color:var(--sky-fill);color:#fff}
.button.decisive,button.decisive{background:var(--seal);border-color:var(--seal);color:#fff}
.button.danger,button.danger{border-color:var(--seal-ink);color:var(--seal-ink)}
button:disabled,.button[aria-disabled=true]{opacity:1;background:var(--wash);border-color:var(--line);color:var(--ink-2);cursor:not-allowed}

label,legend{font-weight:700}
legend{padding:0}
fieldset{border:0;padding:0;min-width:0}
.field{margin:0 0 1.25rem}
.field>label:not(.choice){display:block;margin-bottom:.25rem}
.field .hint{color:var(--ink-2);font-size:.875rem;margin:.25rem 0 0}
input,select,textarea{font:inherit;color:var(--ink);background:var(--card);border:1px solid var(--edge);border-radius:4px;padding:.5rem .75rem;min-height:2.75rem;max-width:100%}
.field>input,.field>select,.field>textarea{width:100%}
textarea{min-height:8rem;line-height:1.65}
input[type=checkbox],input[type=radio]{width:1.25rem;height:1.25rem;min-height:0;margin:.3rem .6rem 0 0;accent-color:var(--sky-fill);flex:none}
.choice{display:flex;align-items:flex-start;min-height:2rem;font-weight:400}
.choices{columns:12rem auto;column-gap:1.5rem}
.choices .choice{break-inside:avoid}
[aria-invalid=true]{border-color:var(--seal-ink);box-shadow:inset 3px 0 0 var(--seal-ink)}
.issues{border-left:4px solid var(--seal-ink);background:var(--wash);padding:.75rem 1rem;margin:0 0 1.5rem;list-style-position:inside}
.field .sub{margin-top:.75rem}
.field .topic-rule{margin-top:.5rem}
.field .issues{padding:.5rem .75rem;margin:.5rem 0 0;font-size:.875rem}

table{border-collapse:collapse;max-width:100%}
th,td{padding:.5rem 1rem .5rem 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
th{font-weight:700;border-bottom-color:var(--ink)}
.scroll{overflow-x:auto;max-width:100%;margin:0 0 1rem}
.notice{border:1px solid var(--line);border-left:4px solid var(--sky);background:var(--card);padding:.75rem 1rem;margin:0 0 1.25rem;border-radius:3px}
.notice.warn{border-left-color:var(--warn)}
.notice.ok{border-left-color:var(--ok)}
.notice p{margin:0 0 .375rem}
.notice>:last-child,.notice p:last-child{margin-bottom:0}
.level,.chip{display:inline-block;border-radius:3px;padding:.0625rem .5rem;font-size:.875rem;line-height:1.6}
.level{font-weight:700}
.level .shape{margin-right:.4em}
.chip{border:1px solid var(--line);background:var(--card);color:var(--ink-2)}
.chip.changed{border-color:var(--warn);color:var(--warn)}
.chips{display:flex;flex-wrap:wrap;gap:.375rem;margin:0 0 .5rem;padding:0;list-style:none}
dl.facts{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;font-size:.9375rem}
dl.facts dt{color:var(--ink-2)}
dl.facts dd{margin:0}

.relay{list-style:none;margin:0 0 1rem;padding:0}
.relay>li{position:relative;padding:0 0 1.125rem 1.75rem}
.relay>li::before{content:"";position:absolute;left:.1875rem;top:.4rem;width:.875rem;height:.875rem;border-radius:50%;background:var(--paper);border:2px solid var(--edge);z-index:1}
.relay>li::after{content:"";position:absolute;left:.5625rem;top:.9rem;bottom:-.6rem;width:2px;background:var(--line)}
.relay>li:last-child{padding-bottom:0}
.relay>li:last-child::after{content:none}
.relay>li.done::before{background:var(--ok);border-color:var(--ok)}
.relay>li.done::after{background:var(--ok)}
.relay>li.now::before{background:var(--seal);border-color:var(--seal);box-shadow:0 0 0 4px var(--seal-halo)}
.relay>li.late::before{border:2px dashed var(--warn)}
.relay .station{font-weight:700}
.relay .where,.relay .state,.relay .note,.relay time{display:block;font-size:.875rem;color:var(--ink-2)}
.relay .late .state{color:var(--warn)}

@media (prefers-reduced-motion:no-preference){a,.button,button{transition:border-color .12s}}
@media (forced-colors:active){.relay>li::before,.level,.seal{forced-color-adjust:none}}
@media print{
@page{size:A4;margin:25mm 22mm}
:root{font-size:11pt}
body{background:#fff}
.no-print,.skip,button,.button{display:none!important}
a{color:inherit;text-decoration:none}
.notice,.level,.band{-webkit-print-color-adjust:exact;print-color-adjust:exact}
h1,h2,h3{break-after:avoid}
}
`
