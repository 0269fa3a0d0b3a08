type Table<Name extends string> = Record<Name, string>
export type TextOf<Name extends string> = (element: Element, name: Name, values?: Record<string, string>) => string

/**
 * The few sentences scripts say themselves, in English and other languages. A host page may replace each with
 * `data-text-<name>` on an ancestor of the element that speaks. `{slots}` are filled from `values`.
 */
export function createTexts<Name extends string> (english: Table<Name>, others: Record<string, Table<Name>>): TextOf<Name> {
  return (element, name, values = {}) => {
    const attribute = `data-text-${name}`
    const own = element.closest(`[${attribute}]`)?.getAttribute(attribute)
    const table = others[languageOf(element).slice(0, 2)] ?? english
    return (own ?? table[name]).replace(/\{(\w+)\}/g, (slot, key: string) => values[key] ?? slot)
  }
}

/** A language tag that `Intl` takes; hosts also write `en_US`, or nothing. */
export function languageOf (element: Element): string {
  const tag = element.closest('[lang]')?.getAttribute('lang')?.replaceAll('_', '-') || 'en'
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? 'en'
  } catch {
    return 'en'
  }
}
