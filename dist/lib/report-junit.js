"use strict";var U=Object.create;var y=Object.defineProperty;var z=Object.getOwnPropertyDescriptor;var B=Object.getOwnPropertyNames;var G=Object.getPrototypeOf,J=Object.prototype.hasOwnProperty;var $=(t,e)=>()=>{try{return e||t((e={exports:{}}).exports,e),e.exports}catch(n){throw e=0,n}},Q=(t,e)=>{for(var n in e)y(t,n,{get:e[n],enumerable:!0})},q=(t,e,n,r)=>{if(e&&typeof e=="object"||typeof e=="function")for(let s of B(e))!J.call(t,s)&&s!==n&&y(t,s,{get:()=>e[s],enumerable:!(r=z(e,s))||r.enumerable});return t};var f=(t,e,n)=>(n=t!=null?U(G(t)):{},q(e||!t||!t.__esModule?y(n,"default",{value:t,enumerable:!0}):n,t)),Y=t=>q(y({},"__esModule",{value:!0}),t);var L=$((pt,A)=>{A.exports=require("./main.js").modules["src/report/counts.ts"]()});var x=$((mt,M)=>{M.exports=require("./main.js").modules["src/report/display.ts"]()});var T=$((dt,N)=>{N.exports=require("./main.js").modules["src/report/finding.ts"]()});var S=$((yt,E)=>{E.exports=require("./main.js").modules["src/report/places.ts"]()});var ct={};Q(ct,{junit:()=>nt});module.exports=Y(ct);var R=f(L()),h=f(x()),O=f(T());var Z=f(L()),C={error:0,warning:1,info:2};var u=f(S());var F=f(x()),j=f(S());function H(t,{sources:e},n){let{why:r,notes:s,related:o,via:a,help:p,fix:c}=t;return[...r===null?[]:[`why: ${n(r)}`],...s.map(i=>`note: ${n(i)}`),...o.map(i=>`see ${(0,j.placeName)(e,i)}: ${n(i.message)}`),...a.length===0?[]:[`included from ${a.map(i=>(0,j.placeName)(e,i)).join(", from ")}`],...p===null?[]:[`help: ${n(p)}`],...c===null?[]:[`fix: ${c.title} (${tt[c.safety]})`]].map(F.visible)}var tt={safe:"safe, --fix",unsafe:"unsafe, --fix --unsafe-fixes"};var I=f(x()),V=`<?xml version="1.0" encoding="UTF-8"?>
`;function D(t){return t.split(`
`).map(K).join(`
`)}function K(t){return(0,I.visible)(t).replace(/[&<>"'\ufffe\uffff]/g,e=>et[e]??`\\u${e.charCodeAt(0).toString(16)}`)}var et={"&":"&amp;","<":"&lt;",">":"&gt;",'"':"&quot;","'":"&apos;"};function l(t){return Object.entries(t).map(([e,n])=>` ${e}="${K(String(n))}"`).join("")}function nt(t,e){let n=[...st(t,e),...it(t)];for(let s of t.results)n.push(v(`WebSocket handshakes of ${s.root}`,at(s,e)));let r=n.flatMap(({cases:s})=>s);return`${V}<testsuites${l({name:"nginx-ws-lint",...W(r)})}>
${n.map(({xml:s})=>s).join("")}</testsuites>
`}function v(t,e){let n=l({name:t,...W(e),skipped:X(e,"skipped")});return{cases:e,xml:`  <testsuite${n}>
${e.map(({xml:r})=>r).join("")}  </testsuite>
`}}function W(t){return{tests:t.length,failures:X(t,"failed"),errors:0}}function X(t,e){return t.filter(({state:n})=>n===e).length}function st({results:t},e){let n=new Map;for(let r of t){for(let s of r.sources.keys())n.has(s)||n.set(s,[]);for(let s of(0,R.shown)(r,e.quiet)){let o=n.get(s.file)??[];o.length===0&&n.set(s.file,o),o.push(ot(s,r,e))}}return[...n].map(([r,s])=>v(r,s.length===0?[rt(r)]:s))}function rt(t){return{state:"passed",xml:`    <testcase${l({name:"no findings",classname:t,file:t})}/>
`}}function ot(t,e,n){let{rule:r,message:s,severity:o,file:a,start:p}=t,{line:c,column:m}=(0,u.positionIn)(e.sources,a,p),i=(0,u.masker)(n.showSecrets),d=l({name:`${r} at ${c}:${m}`,classname:a,file:a,line:c}),b=[`${(0,h.visible)((0,u.placeName)(e.sources,t))}: ${o}: ${(0,h.visible)(i(s))} [${r}]`,...H(t,e,i)],g=D(b.join(`
`));if(!_(t,n))return{state:"passed",xml:`    <testcase${d}>
      <system-out>${g}</system-out>
    </testcase>
`};let k=l({message:i(s),type:o});return{state:"failed",xml:`    <testcase${d}>
      <failure${k}>${g}</failure>
    </testcase>
`}}function _({severity:t,ignored:e},{failOn:n="error"}){return e===null&&C[t]<=C[n]}function it({results:t}){let e=t.flatMap(r=>r.problems);if(e.length===0)return[];let n=e.map(({file:r,message:s})=>{let o=l({name:r??"nginx-ws-lint",classname:"input"}),a=l({message:s,type:"problem"});return{state:"failed",xml:`    <testcase${o}>
      <failure${a}/>
    </testcase>
`}});return[v("what could not be read",n)]}function at(t,e){let n=new Map,r=t.diagnostics.filter(o=>_(o,e)),s=r.filter(({refuses:o})=>o);for(let o of r)if(!(!o.breaks||o.refuses))for(let a of o.routes)n.set(a,[...n.get(a)??[],o]);return t.routes.filter(({route:o})=>o.websocket.serves!=="no").map(o=>lt(o,t,[...s,...n.get(o.route)??[]],e))}function lt(t,e,n,r){let{route:s,handshake:o,url:a}=t,p=(0,u.masker)(r.showSecrets),c=a===null?(0,O.routeName)(s,e):`${(0,O.routeName)(s,e)} (${a})`,m=l({name:c,classname:e.root,...(0,u.fileLine)(s.pass)}),i=(0,R.outcomeOf)(t);if(i==="switches")return{state:"passed",xml:`    <testcase${m}/>
`};if(i==="fails"&&n.length>0){let g=n.map(w=>`${(0,u.placeName)(e.sources,w)}: ${p(w.message)} [${w.rule}]`),k=l({message:"the handshake fails",type:"handshake"}),P=D(g.map(h.visible).join(`
`));return{state:"failed",xml:`    <testcase${m}>
      <failure${k}>${P}</failure>
    </testcase>
`}}let d=i==="unknown"?o?.unknowns[0]??"no request was found that reaches it":ut(t),b=l({message:`${i}: ${p(d)}`});return{state:"skipped",xml:`    <testcase${m}>
      <skipped${b}/>
    </testcase>
`}}function ut({handshake:t}){return t?.faults.map(({detail:e})=>e).join("; ")??""}0&&(module.exports={junit});
