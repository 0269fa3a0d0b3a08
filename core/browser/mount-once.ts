/** A page and the host around it may both bring the script; it must work once. Waits for the document. */
export function mountOnce (name: string, mount: () => void): void {
  const { dataset } = document.documentElement
  const key = `invigilMounted${name[0]?.toUpperCase() ?? ''}${name.slice(1)}`
  if (dataset[key]) return
  dataset[key] = 'on'
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', mount, { once: true })
  else mount()
}
