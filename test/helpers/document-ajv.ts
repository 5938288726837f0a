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

/**
 * The validator of the schema at a place of the document. Those of all places share what they refer to, which a schema
 * of its own that refers to the document would compile again.
 */
export function validatorAt(ajv: Ajv, at: string): ReturnType<Ajv['compile']> {
  const validate = ajv.getSchema(`document#${at}`)
  if (validate === undefined) throw new Error(`no schema at ${at}`)
  return validate
}
