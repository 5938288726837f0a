// The functions of this file run in the browser: the page gets their text, so they use nothing from outside themselves.

type Props = Record<string, unknown>
type Component = (props: Props) => unknown
type Wrapper = (original: unknown) => Component
/** What Swagger UI gives to a plugin. */
type PageSystem = { React: { createElement(component: unknown, props: Props): unknown } }
/** An immutable.js map, as Swagger UI passes a request to the component that shows it as a curl command. */
type ShownRequest = { update(key: 'headers', change: (headers: HeaderMap | undefined) => unknown): unknown }
type HeaderMap = { mapEntries(change: (entry: [string, unknown]) => [string, unknown]): unknown }

type PagePlugin = {
  wrapComponents: Record<string, Wrapper>
  statePlugins?: { spec: { wrapActions: { updateJsonSpec: (original: UpdateSpec) => UpdateSpec } } }
}
type UpdateSpec = (document: PageDocument) => unknown

type PageParameter = Record<string, unknown> & { schema?: Record<string, unknown> }
type PageOperation = {
  'x-no-prefill'?: boolean
  parameters?: PageParameter[]
  requestBody?: { content: Record<string, Record<string, unknown>> }
}
type PageDocument = { paths?: Record<string, Record<string, PageOperation>> }

/**
 * Leaves every box of an operation that is marked with `x-no-prefill` empty: the reader types the id. The document
 * that the service publishes keeps its examples.
 */
export function emptyBoxesPlugin(): PagePlugin {
  // oxlint-disable-next-line unicorn/consistent-function-scoping -- the page gets the text of the outer function alone
  function withoutExamples(thing: Record<string, unknown>): Record<string, unknown> {
    return Object.fromEntries(Object.entries(thing).filter(([name]) => name !== 'example' && name !== 'examples'))
  }
  function emptied(operation: PageOperation): PageOperation {
    const { parameters = [], requestBody } = operation
    const content = Object.entries(requestBody?.content ?? {})
    return {
      ...operation,
      parameters: parameters.map(parameter => ({
        ...withoutExamples(parameter),
        ...(parameter.schema !== undefined && { schema: withoutExamples(parameter.schema) }),
      })),
      ...(requestBody !== undefined && {
        requestBody: {
          ...requestBody,
          content: Object.fromEntries(content.map(([type, body]) => [type, { ...withoutExamples(body), example: {} }])),
        },
      }),
    }
  }
  function pathsOf(document: PageDocument): NonNullable<PageDocument['paths']> {
    return Object.fromEntries(
      Object.entries(document.paths ?? {}).map(([path, operations]) => [
        path,
        Object.fromEntries(
          Object.entries(operations).map(([method, operation]) => [
            method,
            operation['x-no-prefill'] === true ? emptied(operation) : operation,
          ]),
        ),
      ]),
    )
  }
  return {
    wrapComponents: {},
    statePlugins: {
      spec: {
        wrapActions: {
          updateJsonSpec: original => document => original({ ...document, paths: pathsOf(document) }),
        },
      },
    },
  }
}

/** Shows the key nowhere: its field is one for passwords, and the curl command names a placeholder. */
export function hiddenKeyPlugin({ React }: PageSystem): PagePlugin {
  return {
    wrapComponents: {
      Input: original => props => {
        const is_key = props['id'] === 'auth-bearer-value'
        return React.createElement(original, is_key ? { ...props, type: 'password', autoComplete: 'off' } : props)
      },
      curl: original => props => {
        const request = (props['request'] as ShownRequest).update('headers', headers =>
          headers?.mapEntries(([name, value]) => [
            name,
            name.toLowerCase() === 'authorization' ? 'Bearer YOUR_KEY' : value,
          ]),
        )
        return React.createElement(original, { ...props, request })
      },
    },
  }
}

/** Takes away what a page that sends nothing has no use for: the buttons that ask for a key. */
export function readOnlyPlugin(): PagePlugin {
  return { wrapComponents: { authorizeBtn: () => () => null, authorizeOperationBtn: () => () => null } }
}
