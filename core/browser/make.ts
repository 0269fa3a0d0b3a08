/** An element with these properties; never from HTML text, so nothing has to be escaped. */
export function make<Name extends keyof HTMLElementTagNameMap> (name: Name, properties: Partial<HTMLElementTagNameMap[Name]>): HTMLElementTagNameMap[Name] {
  return Object.assign(document.createElement(name), properties)
}
