/** CSS of access before the hour: the band, the marks of a copy on screen and paper, the journalists' list; the desk's record. */

/** A stylesheet of its own: readers of the public site do not load it. */
const screen = `
.embargo{position:sticky;top:0;z-index:6;background:var(--seal);color:#fff;padding:.5rem 1rem;margin:0 -1rem 1rem}
.embargo p{margin:0}
.embargo strong{font-size:1.0625rem;margin-right:.25rem}
.embargo .copy-mark{font-size:.8125rem;color:#fff}
.copy-mark{font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.copy-mark.end{border:2px solid var(--seal-ink);color:var(--seal-ink);padding:.5rem .75rem;margin-top:2rem;font-size:.875rem}
.copy-ground{position:fixed;inset:0;z-index:-1;overflow:hidden;pointer-events:none;user-select:none;display:flex;flex-wrap:wrap;gap:5rem 4rem;align-content:flex-start;rotate:-18deg;scale:1.4;opacity:.13;font-size:.875rem;color:var(--ink)}
.copy-ground span{white-space:nowrap}
.media-text{max-width:46rem}
.media-terms li{margin-bottom:.75rem}
.media-list{list-style:none;padding:0}
.media-list>li{border-top:2px solid var(--seal-ink);padding:.75rem 0 .25rem}
.media-list h2{font-size:1.25rem;margin:.25rem 0}
.media-list p{margin:0}
.media-when strong{color:var(--seal-ink)}
.media-out{margin-top:2.5rem;border-top:1px solid var(--line);padding-top:1rem}
@media (max-width:30rem){.embargo{padding:.375rem 1rem}.embargo .copy-mark{font-size:.75rem}}
`
/** On paper the number stands at the foot of every sheet: what is fixed is drawn on each. The form of an official document waits for its hour. */
const paper = `
@media print{
.embargo{position:static;background:none;color:#000;border:2pt solid #000;margin:0 0 4mm;padding:2mm 3mm}
.embargo .copy-mark{color:#000}
.copy-mark.end{position:fixed;bottom:0;left:0;right:0;margin:0;border:0;border-top:.5pt solid #000;color:#000;background:#fff;padding:1mm 0 0;font-size:8pt}
.copy-ground{opacity:.14;color:#000}
.media-text{max-width:none;padding-bottom:12mm}
.media-text .print-only.print-only.print-only{display:none!important}
}
`
export const mediaCss: string = (screen + paper).replace(/\n\s*/g, '')

export const mediaDeskCss = `
.d-embargo{border-left:4px solid var(--seal-ink);padding-left:.75rem}
.d-media{list-style:none;margin:0 0 1.5rem;padding:0}
.d-media>li{border-bottom:1px solid var(--line);padding:.75rem 0}
.d-media p{margin:0}
.d-media-day{max-width:20rem}
.d-media .d-buttons{margin-top:.5rem;flex-wrap:wrap;align-items:center}
.d-media form.d-buttons{margin:0}
.d-media .chip{margin-left:.375rem}
.d-media .chip.out{border-color:var(--seal-ink);color:var(--seal-ink)}
.d-copies{width:100%;border-collapse:collapse}
.d-copies th,.d-copies td{text-align:left;padding:.375rem .75rem .375rem 0;border-bottom:1px solid var(--line);vertical-align:top}
.d-copies code{white-space:nowrap}
@media (max-width:40rem){
.d-copies thead{display:none}
.d-copies tr{display:block;border-bottom:1px solid var(--line);padding:.5rem 0}
.d-copies td{display:inline;border:0;padding:0 .5rem 0 0}
}
`
