import { _, type Ajv, type CodeKeywordDefinition, type KeywordCxt } from 'ajv'
import { not, or } from 'ajv/dist/compile/codegen/index.js'
import names from 'ajv/dist/compile/names.js'
import { Type } from 'ajv/dist/compile/util.js'

/** After how many errors in one list or one object the validator looks no further there. */
const ENOUGH_ERRORS = 200

const { errors: FOUND } = names.default

/**
 * Bounds what a validator with `allErrors` collects: Ajv itself has no such limit, so that a small body which is wrong
 * in 100,000 places costs minutes. Its two loops over what a client sends, the items of a list and the fields that an
 * object does not know, end after enough errors of their own. A loop ends early only where it has found errors itself,
 * so nothing invalid is ever taken for valid.
 */
export function boundErrors(ajv: Ajv): void {
  replaceKeyword(ajv, 'items', boundItems)
  replaceKeyword(ajv, 'additionalProperties', boundUnknownFields)
}

/** Gives a keyword other code; where `code` declines a schema by `false`, Ajv's own stays. */
function replaceKeyword(ajv: Ajv, keyword: string, code: (cxt: KeywordCxt) => boolean): void {
  const original = ajv.getKeyword(keyword) as CodeKeywordDefinition
  ajv.removeKeyword(keyword)
  ajv.addKeyword({
    ...original,
    keyword,
    trackErrors: true,
    code: cxt => {
      if (!code(cxt)) original.code(cxt)
    },
  })
}

function boundItems(cxt: KeywordCxt): boolean {
  const { gen, data, schema, keyword, it } = cxt
  if (Array.isArray(schema)) return false
  it.items = true
  const valid = gen.name('valid')
  const length = gen.const('len', _`${data}.length`)
  gen.forRange('i', 0, length, index => {
    cxt.subschema({ keyword, dataProp: index, dataPropType: Type.Num }, valid)
    endWhenEnough(cxt)
  })
  return true
}

function boundUnknownFields(cxt: KeywordCxt): boolean {
  const { gen, data, schema, parentSchema, it } = cxt
  if (schema !== false || parentSchema['patternProperties'] !== undefined) return false
  it.props = true
  const known = Object.keys(parentSchema['properties'] ?? {})
  gen.forIn('key', data, key => {
    gen.if(not(or(_`false`, ...known.map(name => _`${key} === ${name}`))), () => {
      cxt.setParams({ additionalProperty: key })
      cxt.error()
      endWhenEnough(cxt)
    })
  })
  return true
}

/** Leaves the loop around it once this keyword has found enough. */
function endWhenEnough({ gen, errsCount = _`0` }: KeywordCxt): void {
  gen.if(_`${FOUND} - ${errsCount} >= ${ENOUGH_ERRORS}`, () => gen.break())
}
