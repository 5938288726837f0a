import { hash } from 'node:crypto'
import type { Language } from '#http/problems/language.ts'

const STYLE = [
  '@page{size:A4;margin:14mm}',
  'body{font:10.5pt/1.5 "Hiragino Sans","Noto Sans CJK JP","Noto Sans JP","Yu Gothic",Meiryo,sans-serif;color:#111;' +
    'max-width:182mm;margin:0 auto;padding:1em}',
  'h1{font-size:15pt;margin:0 0 .4em}',
  'dl{display:grid;grid-template-columns:max-content 1fr;gap:.1em 1em;margin:0 0 1em}',
  'dt{color:#555}dd{margin:0;overflow-wrap:anywhere}',
  'section{break-inside:avoid-page;margin:0 0 1.1em}',
  'h2{font-size:11.5pt;margin:0;border-bottom:1.5pt solid #111;display:flex;justify-content:space-between;gap:1em}',
  'p{margin:.2em 0}',
  'table{border-collapse:collapse;width:100%;table-layout:fixed;font-size:9.5pt}',
  'th,td{text-align:left;vertical-align:top;padding:.15em .4em;border-bottom:.4pt solid #999;overflow-wrap:anywhere}',
  'th{font-weight:600;color:#555}',
  'thead{display:table-header-group}tr{break-inside:avoid}',
  'col.role{width:13%}col.duties{width:20%}col.name{width:22%}col.email{width:31%}col.day{width:14%}',
  '.over{font-weight:600}',
  '@media print{body{padding:0}}',
].join('')

/** The page loads nothing and runs nothing; its one style sheet is known by its digest. */
export const PRINTED_PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${hash('sha256', STYLE, 'base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join(';')

/** A page to print on A4, in one language: a title, and what is under it as HTML. */
export function printedPage(title: string, language: Language, content: readonly string[]): string {
  return [
    '<!doctype html>',
    `<html lang="${language}">`,
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${title}</title>`,
    `<style>${STYLE}</style>`,
    `<h1>${title}</h1>`,
    ...content,
    '</html>',
    '',
  ].join('\n')
}
