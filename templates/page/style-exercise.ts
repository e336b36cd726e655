/** Exercises at the desk: a scenario beside its button, scores in a table that scrolls by itself on a phone. */
export const exerciseDeskCss = `
.d-scenarios>li{grid-template-columns:minmax(0,1fr) auto;align-items:center}
.d-scenarios p{display:block;max-width:46rem}
.d-scores{min-width:46rem}
.d-scores th,.d-scores td,.d-scores td.num{text-align:left;vertical-align:top}
.d-scores th small{font-weight:400}
@media (max-width:40rem){
.d-scenarios>li{grid-template-columns:minmax(0,1fr)}
.d-scenarios .button{justify-self:start}
}
`
