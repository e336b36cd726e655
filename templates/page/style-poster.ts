/** CSS of the poster: one sheet of A4, on paper in points and on a screen in proportion. */
import { SCALE, STEPS } from './poster-fit.ts'

const size = (name: string, scale: number) =>
  `.poster-words ${name}{font-size:calc(var(--pt)*var(--s)*${scale});line-height:1.34;margin:0 0 .42em}`
const steps = STEPS.map((s) => `.poster-words.s${s}{--s:${s}}`).join('')

export const posterCss = `
@page poster{size:A4;margin:0;@bottom-right{content:none}}
.poster-page{display:block;background:var(--wash);padding:0 0 2rem}
.poster-bar{display:flex;flex-wrap:wrap;align-items:center;gap:.5rem 1.25rem;max-width:210mm;margin:0 auto;padding:.75rem 1rem}
.poster-bar button[hidden]{display:none}
.sheet{container-type:inline-size;width:100%;max-width:210mm;aspect-ratio:210/297;margin:0 auto;overflow:hidden;background:#fff;color:#000;border:1px solid var(--line);color-scheme:light}
.poster{--pt:calc(100cqw/595.28);display:flex;flex-direction:column;height:calc(var(--pt)*841);padding:calc(var(--pt)*34) calc(var(--pt)*42) calc(var(--pt)*30);font-size:calc(var(--pt)*13);line-height:1.4}
.poster .band{font-size:calc(var(--pt)*13);line-height:1.4;padding:calc(var(--pt)*6);margin:0 0 calc(var(--pt)*10);flex:none;height:calc(var(--pt)*30);overflow:hidden;white-space:nowrap;text-align:center;-webkit-print-color-adjust:exact;print-color-adjust:exact}
.poster header{display:flex;justify-content:space-between;gap:1em;align-items:baseline;flex:none;border-bottom:calc(var(--pt)*3) solid #000;padding-bottom:calc(var(--pt)*6);margin-bottom:calc(var(--pt)*12);font-size:calc(var(--pt)*15)}
.poster-agency{font-weight:700;max-height:2.8em;overflow:hidden}
.poster-kind{flex:none}
.poster .level{font-size:inherit;padding:0 .4em;-webkit-print-color-adjust:exact;print-color-adjust:exact}
.poster-words{flex:1;min-height:0;overflow:hidden}
.poster-words h1{font-weight:700}
.poster-words h2{font:700 calc(var(--pt)*var(--s)*.5)/1.34 var(--sans);margin:0;color:#a8231a}
.poster-advice{list-style:none;margin:0;padding:0;font-weight:700}
.poster-advice li{padding-left:1.1em;text-indent:-1.1em}
.poster-advice li::before{content:"●";display:inline-block;width:1.833em;text-indent:0;font-size:.6em;vertical-align:.2em;color:#a8231a}
.poster-call{font-weight:700}
${steps}${size('li', SCALE.advice)}${size('h1', SCALE.title)}${size('.poster-call', SCALE.call)}${size('.poster-detail', SCALE.detail)}
.poster-words.upright{writing-mode:vertical-lr;font-family:var(--mongol)}
.poster-words.upright h1{font-family:var(--mongol);font-weight:400}
.poster-words.upright h1,.poster-words.upright li,.poster-words.upright p{margin:0 .42em 0 0}
.poster-words.upright .poster-advice li{padding:1.1em 0 0}
.poster footer{flex:none;display:flex;gap:calc(var(--pt)*16);align-items:center;border-top:calc(var(--pt)*3) solid #000;padding-top:calc(var(--pt)*10);height:calc(var(--pt)*134);overflow:hidden;font-size:calc(var(--pt)*12)}
.poster footer .qr{width:calc(var(--pt)*118);height:calc(var(--pt)*118);flex:none}
.poster footer p{margin:0}
.poster footer .poster-scan,.poster footer .poster-asof{font-size:calc(var(--pt)*16);font-weight:700}
.poster-address{word-break:break-all}
@media print{
.poster-page{padding:0;background:none}
.sheet{page:poster;width:210mm;max-width:none;height:296.9mm;aspect-ratio:auto;border:0;break-inside:avoid}
}
`
