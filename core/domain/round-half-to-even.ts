/** 0.5 -> 0, 1.5 -> 2, 2.5 -> 2: as the figures on the wire were always rounded. */
export function roundHalfToEven (value: number): number {
  const floor = Math.floor(value)
  if (value - floor !== 0.5) return Math.round(value)
  return floor % 2 === 0 ? floor : floor + 1
}
