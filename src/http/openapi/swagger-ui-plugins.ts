// The functions of this file run in the browser: the page gets their text, so they use nothing from outside themselves.

type Props = Record<string, unknown>
type Component = (props: Props) => unknown
type Wrapper = (original: unknown) => Component
/** The part of Swagger UI that a plugin uses. */
type PageSystem = {
  React: {
    createElement(component: unknown, props: Props | null, ...children: unknown[]): unknown
    useState(initial: boolean): [boolean, (value: boolean) => void]
  }
}
/** An immutable.js map, as Swagger UI passes what the document says of an answer. */
type DocumentedAnswer = { get(name: 'description'): string | undefined }
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
  function withoutExamples({ example: _example, examples: _examples, ...rest }: Record<string, unknown>) {
    return rest
  }
  // oxlint-disable-next-line unicorn/consistent-function-scoping -- as above
  function mapped<Value, Result>(values: Record<string, Value> = {}, change: (value: Value) => Result) {
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]))
  }
  function emptied(operation: PageOperation): PageOperation {
    const { parameters = [], requestBody } = operation
    return {
      ...operation,
      parameters: parameters.map(({ schema, ...parameter }) => ({
        ...withoutExamples(parameter),
        ...(schema !== undefined && { schema: withoutExamples(schema) }),
      })),
      ...(requestBody !== undefined && {
        requestBody: {
          ...requestBody,
          content: mapped(requestBody.content, body => ({ ...withoutExamples(body), example: {} })),
        },
      }),
    }
  }
  function pathsOf({ paths }: PageDocument): NonNullable<PageDocument['paths']> {
    return mapped(paths, operations =>
      mapped(operations, operation => (operation['x-no-prefill'] === true ? emptied(operation) : operation)),
    )
  }
  const updateJsonSpec = (original: UpdateSpec) => (document: PageDocument) =>
    original({ ...document, paths: pathsOf(document) })
  return { wrapComponents: {}, statePlugins: { spec: { wrapActions: { updateJsonSpec } } } }
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

/**
 * Shows of each refusal one line, which opens at a click, and the headers of an answer only when asked for: an
 * operation has up to twenty refusals, each with an example.
 */
export function foldedAnswersPlugin({ React }: PageSystem): PagePlugin {
  function foldedAnswer(code: string, description: string, open: () => void): unknown {
    const button = React.createElement('button', { type: 'button', onClick: open }, `▸ ${description}`)
    return React.createElement(
      'tr',
      { className: 'response' },
      React.createElement('td', { className: 'response-col_status' }, code),
      React.createElement('td', { className: 'response-col_description folded-answer' }, button),
      React.createElement('td', { className: 'response-col_links' }),
    )
  }
  const foldedResponse: Wrapper = original => props => {
    const [isOpen, setOpen] = React.useState(false)
    const code = String(props['code'])
    if (isOpen || !/^[45]/.test(code)) return React.createElement(original, props)
    const description = (props['response'] as DocumentedAnswer).get('description') ?? ''
    return foldedAnswer(code, description.replaceAll('`', ''), () => {
      setOpen(true)
    })
  }
  const foldedHeaders: Wrapper = original => props =>
    React.createElement(
      'details',
      { className: 'answer-headers' },
      React.createElement('summary', null, 'Headers'),
      React.createElement(original, props),
    )
  return { wrapComponents: { response: foldedResponse, headers: foldedHeaders } }
}

/** Takes away what a page that sends nothing has no use for: the buttons that ask for a key. */
export function readOnlyPlugin(): PagePlugin {
  return { wrapComponents: { authorizeBtn: () => () => null, authorizeOperationBtn: () => () => null } }
}
