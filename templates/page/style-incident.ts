/** CSS of the home and incident pages, of what has expired, and of Mongolian text wherever it stands. */
import { mongolianFace } from './held.ts'

export const incidentCss = `
@font-face{font-family:"Noto Sans Mongolian";src:url(${mongolianFace().name}) format("woff2");font-display:swap;unicode-range:U+1800-18AF,U+202F,U+11660-1166C}
.level.over{background:var(--card);color:var(--ink-2);border:1px solid var(--edge);padding:0 .4375rem}
.still{overflow-anchor:none}

.hero{grid-template-rows:auto 1fr}
.hero-head,.hero-rest{grid-column:1}
.hero-advice{grid-column:2;grid-row:1/span 2}
.hero-advice .advice{height:100%}
.hero .more{margin:.5rem 0 0}
.hero .more a{display:inline-block;min-height:1.5rem}

.incident-now{background:var(--card);border:1px solid var(--line);border-left:10px solid var(--edge);padding:1.25rem 1.5rem 1rem;margin-bottom:1.25rem}
.incident-now.red{border-left-color:#b3261e}.incident-now.orange{border-left-color:#b34a00}.incident-now.yellow{border-left-color:#f4c414}.incident-now.blue{border-left-color:#0f5cab}
.incident-now h1{margin:.25rem 0}
.place{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1.5rem;margin:0 0 .75rem}
.place p,.place .tongues{margin:0}
.place .tongues{gap:0 1rem}
.incident-now .notice{margin-bottom:.75rem}
.please{margin:0 0 1rem;font-size:1.0625rem}
.please h2{font-family:var(--sans);font-size:1.1875rem}
.tap{display:flex;flex-wrap:wrap;gap:.5rem;list-style:none;margin:.75rem 0 0!important;padding:0!important}
.tap:empty{display:none}
.incident-facts .asof{margin-bottom:.25rem}
.incident-facts .latest{font-size:1.25rem;margin:.75rem 0 .25rem}
.incident-facts .latest a{color:inherit;text-underline-offset:.25em}
.incident-facts .summary{color:var(--ink-2);margin:0 0 .5rem}
.incident-facts p.small{margin:.5rem 0 0}
.beside{border-top:1px solid var(--line);margin-top:.875rem;padding-top:.5rem}
.beside h2{font:700 1rem/1.5 var(--sans);margin:0 0 .25rem}
.beside ul{list-style:none;margin:0;padding:0}
.beside li{padding:.1875rem 0}
.overdue{color:var(--warn);font-weight:700;margin:0 0 .25rem}
#checked{margin:-.5rem 0 1rem}
.timeline .chip{justify-self:start}

:is(.row h3,.hero h2,.relay .station,.incident-facts h2,dd,.latest) :is(a,span):lang(mn-Mong),.relay .station:lang(mn-Mong),.row p:lang(mn-Mong),.summary:lang(mn-Mong){writing-mode:vertical-lr;text-orientation:mixed;font-family:var(--mongol);display:block;max-width:100%;max-height:14rem;overflow-x:auto;line-height:1.7;-webkit-line-clamp:none}
.advice ul:lang(mn-Mong){writing-mode:vertical-lr;font-family:var(--mongol);max-height:16rem;max-width:100%;overflow-x:auto;padding:1.25rem 0 0}
.tongues [lang=mn-Mong-CN]{font-family:var(--sans)}

.mongolian .summary:lang(mn-Mong),.mongolian .advice ul:lang(mn-Mong){max-height:none;overflow:visible;line-height:inherit}

@media (max-width:56rem){
.hero{grid-template-columns:minmax(0,1fr);grid-template-rows:none;gap:0}
.hero-head,.hero-rest,.hero-advice{grid-column:1;grid-row:auto}
.hero-advice .advice{height:auto;margin:.25rem 0 .875rem}
}
@media (max-width:32rem){
.incident-now{border-left-width:6px;padding:.875rem 1rem}
.incident-now .place{margin-bottom:.375rem}
.incident-now h1{font-size:1.375rem;line-height:1.3}
.please{padding:.75rem .875rem}
.please ul:not(.tap){padding-left:1.125rem}
.tap .button{padding:.5rem .875rem}
.incident-facts .asof{display:grid;grid-template-columns:max-content 1fr;gap:0 .75rem}
.incident-facts .asof div{display:contents}
}
@media print{
.incident-now,.hero{break-inside:avoid}
.tap .button{display:inline!important;border:0;padding:0}
#checked{display:none}
}
`
