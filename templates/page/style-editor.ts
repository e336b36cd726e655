/** CSS of writing: the toolbar, the paper, unsaved words, languages side by side. ProseMirror's own rules too, which it may not write itself. */

export const editorDeskCss = `
.w-tools{display:flex;flex-wrap:wrap;gap:.125rem .25rem;border:1px solid var(--edge);border-bottom:0;border-radius:4px 4px 0 0;background:var(--card);padding:.25rem .375rem}
.w-tools span{display:contents}
.w-tools button{min-height:2rem;min-width:0;padding:.125rem .5rem;border:1px solid transparent;background:none;color:var(--ink);font-size:.875rem;font-weight:400}
.w-tools button:hover{border-color:var(--line)}
.w-tools button[aria-pressed=true]{border-color:var(--ink);font-weight:700}
.w-link{display:flex;flex-wrap:wrap;gap:.375rem .5rem;align-items:center;border:1px solid var(--edge);border-bottom:0;background:var(--card);padding:.375rem .5rem}
.w-link input{flex:1 1 14rem;min-height:2.25rem}
.w-link button{min-height:2.25rem}
.w-link p{flex-basis:100%;margin:0}
.w-body{position:relative;background:var(--card);border:1px solid var(--edge);border-radius:0 0 4px 4px;padding:.75rem 1rem;min-height:16rem;max-height:70vh;overflow:auto;line-height:1.75;word-wrap:break-word;overflow-wrap:anywhere;white-space:pre-wrap;white-space:break-spaces;-webkit-font-variant-ligatures:none;font-variant-ligatures:none}
.w-body>*{margin:0 0 .75rem}
.w-body h2{font:700 1.25rem/1.5 var(--serif)}
.w-body h3{font:700 1.125rem/1.5 var(--serif)}
.w-body h4{font:700 1rem/1.5 var(--serif)}
.w-body blockquote{margin-left:1rem;padding-left:1rem;border-left:3px solid var(--line)}
.w-body li p{margin:0}
.w-body ul,.w-body ol{padding-left:1.75rem}
.w-body table{border-collapse:collapse;width:100%;table-layout:fixed}
.w-body th,.w-body td{position:relative;border:1px solid var(--edge);padding:.375rem .5rem;vertical-align:top;text-align:left}
.w-body th p,.w-body td p{margin:0}
.w-body th{background:var(--paper)}
.w-body .selectedCell{outline:2px solid var(--sky);outline-offset:-2px}
.w-body figure{margin:0 0 .75rem;padding:.5rem;border:1px dashed var(--line)}
.w-body figure img{display:block;max-width:100%;max-height:24rem;height:auto}
.w-body figure:has(>img){border-style:solid}
.w-body figure:has(>img) figcaption{min-height:1.75em;margin-top:.25rem;font-size:.9375rem;color:var(--ink-2)}
.w-body figure:has(>img) figcaption:empty,.w-body figure figcaption:has(>br.ProseMirror-trailingBreak:only-child){border-bottom:1px dashed var(--line)}
.w-link select{max-width:100%;min-height:2.25rem}
.w-body hr{border:0;border-top:1px solid var(--ink);margin:1rem 0}
.w-body hr.ProseMirror-selectednode,.w-body .ProseMirror-selectednode{outline:2px solid var(--sky)}
.w-body img.ProseMirror-separator{display:inline!important;border:0!important;margin:0!important;width:0!important;height:0!important}
.w-body .ProseMirror-gapcursor{display:none;pointer-events:none;position:absolute}
.w-body .ProseMirror-gapcursor:after{content:"";display:block;position:absolute;top:-2px;width:20px;border-top:1px solid var(--ink)}
.w-body.ProseMirror-focused .ProseMirror-gapcursor{display:block}
.w-body.ProseMirror-hideselection *::selection{background:transparent}
.w-body[aria-invalid]{border-color:var(--seal-ink)}
.mongol .w-body{writing-mode:vertical-lr;text-orientation:mixed;height:24rem;width:100%;min-height:0;max-height:none;max-width:100%;overflow-x:auto;overflow-y:hidden;font-family:var(--mongol);font-size:1.125rem;line-height:1.9}
.mongol .w-body>*{margin:0 .75rem 0 0}
.mongol .w-body ul,.mongol .w-body ol{padding:1.75rem 0 0}
.w-notes:empty,#kept:empty,#trouble:empty,#others:empty{display:none}
.w-offer .d-buttons{margin-top:.75rem}
.w-differs{max-height:18rem;overflow:auto}
.d-aids{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem}
.d-aids a,.d-actions button.link{flex:none;display:inline-flex;align-items:center;min-height:1.75rem}
.d-standing{margin:0 0 1.25rem}
.d-standing p{margin:0 0 .25rem}
#others p{border-left:4px solid var(--warn);padding-left:.5rem;font-weight:700}
.d-behind details summary{font-weight:400}
.chip.changed+.chip,summary .chip{margin-left:.5rem}
@media (min-width:75em){
.d-languages:has(>div>details[open]){display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:0 1.75rem;align-items:start}
}
@media (max-width:40em){
.w-tools{flex-wrap:nowrap;overflow-x:auto}
.w-tools button{flex:none;white-space:nowrap;min-height:2.5rem}
}
`
