/** CSS of reviewing at the desk: differences, comments beside the text, who is asked, who has read. */
export const reviewDeskCss = `
.d-compare{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr) auto;gap:.5rem 1rem;align-items:end;margin-bottom:1rem}
.d-compare .field{margin:0}
.d-compared dt{font-size:1.0625rem;border-top:1px solid var(--line);padding-top:.75rem;margin-top:1rem}
.d-compared dd{background:var(--card);border:1px solid var(--line);padding:.75rem 1rem;margin:.375rem 0 0}
.desk .hint del,.desk .hint ins{padding:0 .125rem}
.desk .hint ins{text-decoration:none;border-bottom:2px solid var(--ok)}
.d-comments{margin-top:1.5rem;border-top:1px solid var(--line);padding-top:1rem}
.d-comments ul{list-style:none;margin:0;padding:0}
.d-comments li{border-left:4px solid var(--sky);padding:.25rem 0 .25rem .75rem;margin-bottom:1rem}
.d-comments li.changed{border-left-style:dashed;border-left-color:var(--edge)}
.d-comments li.settled{border-left-color:var(--ok)}
.d-comments p{margin:0 0 .25rem}
.d-comments .said{white-space:pre-line;overflow-wrap:anywhere}
.d-comments blockquote{margin:0 0 .25rem;padding:.125rem .5rem;background:var(--wash);overflow-wrap:anywhere}
.d-comments li.changed blockquote{text-decoration:line-through;text-decoration-thickness:1px}
.d-comments .answer{margin-left:.75rem}
.d-comments .chip{margin-left:.375rem}
.d-reply{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;align-items:baseline}
.d-reply details[open]{flex:1 0 100%}
.d-reply form{margin:0}
.desk .d-comments .d-fold{margin-bottom:.5rem}
.desk .d-comments button:not(.link){width:auto}
.desk .d-comments button.link{width:auto;min-height:1.75rem}
.desk .d-pick{position:fixed;z-index:5;right:1rem;bottom:1rem;width:auto;box-shadow:0 2px 8px rgb(0 0 0/.25)}
.d-marks{border-top:1px solid var(--line);margin-top:1rem;padding-top:.75rem}
.desk .d-marks h2{font:400 .9375rem/1.6 var(--sans);color:var(--ink-2);margin-bottom:.25rem}
.d-marks ul{list-style:none;margin:0;padding:0}
.d-marks li{padding:.25rem 0;font-size:.9375rem}
.d-marks .given b span{color:var(--ok)}
.desk .d-asked h2 span{font:400 .9375rem/1.4 var(--sans);margin-left:.5rem}
.d-asked .d-people li{padding:.25rem 0}
.d-asked .d-people p{flex:1 0 100%;margin:0;display:flex;flex-wrap:wrap;gap:.125rem 1rem;align-items:baseline;color:var(--ink-2)}
.desk .d-asked form{margin:0}
.d-limits{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:0 1rem}
.d-limits legend{grid-column:1/-1}
.d-readings{font-size:.9375rem;padding-left:2.5rem}
.desk .d-refer{margin:.75rem 0 0}
.desk .d-refer .hint{display:block;margin:.25rem 0 0}
.d-people .chip{margin-left:.375rem}
mark.noted{background:none;color:inherit;border-bottom:2px dotted var(--sky)}
@media (max-width:38rem){
.d-signing .d-sub{margin-bottom:.375rem}
.d-signing .d-sub .d-wrote{display:none}
.d-signing .d-text{display:flex;flex-direction:column}
.d-signing .d-text>.d-reading{order:1}
.d-signing .d-text>.d-beside{order:2}
.d-signing .d-text>.d-since{order:3}
.d-signing .d-text>.d-if-false{order:4}
.d-signing .d-text>.d-hits{order:5}
.d-signing .d-sheet{padding:.25rem 1rem;margin:0 -1rem .75rem;font-size:.9375rem;line-height:1.42}
.d-signing .d-sheet h1{font-size:1.125rem;line-height:1.35;margin:.125rem 0 0}
.d-signing .release>header{margin-bottom:.125rem}
.d-signing .release .source{display:none}
.d-signing .chips{margin:0;gap:.25rem}
.d-signing .chips .chip{font-size:.8125rem;padding:0 .375rem}
.d-signing .asof{margin:0 0 .125rem;gap:0 .5rem;font-size:.8125rem}
.d-signing .asof div{display:block}
.d-signing .asof dt,.d-signing .asof dd{display:inline}
.d-signing .advice{padding:.125rem .625rem;margin-bottom:.25rem}
.d-signing .advice h2{font-size:1rem;margin:0}
.d-signing .advice li{padding:0}
.d-signing .calls{margin:0!important}
.d-signing .block{margin-bottom:.125rem}
.d-signing .block h2{display:inline;font-size:1rem;margin:0 .375rem 0 0}
.d-signing .block [data-block],.d-signing .block [data-block] p:first-child{display:inline}
.d-signing .block p,.d-signing .body p{margin:0 0 .125rem}
.d-signing .body{line-height:1.5}
.plain .d-signing .d-sub{margin-bottom:.25rem}
.d-compare{grid-template-columns:minmax(0,1fr)}
}
`
