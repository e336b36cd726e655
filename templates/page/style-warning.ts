/** CSS of warnings at the desk: the text for a false alarm, the time an error has stood, alerts beside each other, who may warn. */
export const warningDeskCss = `
.d-false-text{border-left:4px solid var(--seal-ink);padding:.25rem 0 .25rem .875rem;margin:.5rem 0}
.d-false-text p{margin:0 0 .375rem}
.d-false-text .title{font-weight:700}
.d-false-text .own{color:var(--ink-2);font-size:.875rem}
.d-if-false h2{font-size:1rem}
.d-error{display:flex;flex-wrap:wrap;gap:.125rem 1rem;align-items:baseline;border:1px solid var(--seal-ink);border-left-width:4px;background:var(--card);padding:.5rem .75rem;margin:.5rem 0}
.d-error strong{color:var(--seal-ink)}
.d-error .num{font-size:1.125rem}
.d-error.put-right{border-color:var(--ok)}
.d-error.put-right strong{color:var(--ok)}
.told .rest{color:var(--ink-2);font-size:.9375rem}
.d-beside{border:1px solid var(--line);background:var(--card);padding:.75rem 1rem;margin:0 0 1rem}
.d-beside h2{font-size:1rem;margin:0 0 .5rem}
.d-beside h2 span{font:400 .875rem/1.4 var(--sans)}
.d-beside ul{list-style:none;margin:0;padding:0}
.d-beside li{border-top:1px solid var(--line);padding:.5rem 0}
.d-beside li.against{border-left:4px solid var(--seal-ink);padding-left:.75rem}
.d-beside p{margin:0 0 .25rem}
.d-beside .advice{border-left:2px solid var(--line);padding-left:.625rem;white-space:pre-line}
.d-scroll{overflow-x:auto}
.d-scroll td,.d-scroll th{overflow-wrap:normal;word-break:normal}
.d-expiry .way{border-top:1px solid var(--line);padding:.75rem 0}
.d-expiry .way p{margin:0 0 .5rem}
.d-authority .d-group{margin-bottom:1rem}
.d-buttons form{margin:0}
.d-false-page section{border-top:1px solid var(--line);margin-top:1rem;padding-top:.75rem}
.d-false-page h2{font-size:1.0625rem;margin:0}
.d-flash .d-false-alarm{margin:.25rem 0}
.d-false-do .decisive{width:100%;min-height:3.25rem;font-size:1.125rem}
@media (max-width:40rem){
.d-flash .d-false-alarm{margin:0;padding:0;border:0}
.d-flash .d-false-alarm summary{padding:0;min-height:1.5rem;font-size:.9375rem;line-height:1.5}
.d-false-page h1{font-size:1.25rem;margin:.25rem 0}
.d-false-page .notice{padding:.5rem .75rem;margin:.5rem 0;font-size:.9375rem;line-height:1.45}
.d-false-page .notice p{margin:0 0 .25rem}
}
`
