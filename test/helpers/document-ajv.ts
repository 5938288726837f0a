import AjvClass from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

export type Ajv = InstanceType<typeof AjvClass.default>

/** A validator of schemas that knows the document, as `document`. */
export function documentAjv(document: object): Ajv {
  const ajv = new AjvClass.default({ strict: false, inlineRefs: false, code: { optimize: false } })
  addFormats.default(ajv)
  ajv.addSchema({ $id: 'document', ...document })
  return ajv
}
