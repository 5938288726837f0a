/**
 * A read that several clients ask for in one turn of the event loop runs once for all of them. It begins after all have
 * asked, so each sees whatever was committed before it asked. What is read belongs to all of them: none may change it.
 */
export function joinedRead<Asked, Value>(read: (asked: Asked) => Promise<Value>): (asked: Asked) => Promise<Value> {
  const joined = new Map<string, Promise<Value>>()
  return async asked => {
    const key = JSON.stringify(asked)
    const known = joined.get(key)
    if (known !== undefined) return await known
    const reading = new Promise(resolve => setImmediate(resolve)).then(async () => {
      joined.delete(key)
      return await read(asked)
    })
    joined.set(key, reading)
    return await reading
  }
}
