import{r as e}from"./table.mjs";const t={bold:`1`,red:`31`,cyan:`36`};function faultsAsText(e,n,r){let i=r.colour===`always`?(e,n)=>`\u001b[${t[e]}m${n}\u001b[0m`:(e,t)=>t;return[...e.map(e=>`${faultBlock(e,i)}\n`),summary(e.length,n)].join(`
`)}function faultBlock(e,t){return[`${t(`bold`,`${e.file}:${String(e.line)}:${String(e.column)}`)}: ${t(`red`,`error`)} ${e.rule}`,...lines(e.message),...e.frame===``?[]:e.frame.split(`
`),...lines(`hint: ${e.hint}`).map(e=>t(`cyan`,e))].join(`
`)}function lines(t){return e(t,`  `).trimEnd().split(`
`)}function summary(e,t){let n=`${count(t,`file`)} checked`;return e===0?`${n}: no faults\n`:`${n}: ${count(e,`fault`)}\n`}function count(e,t){return`${String(e)} ${t}${e===1?``:`s`}`}export{faultsAsText as t};